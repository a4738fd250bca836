"""Tools: with what a site is built, told by a digest that changes when any of them does."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from hexapla.building.memory import VERSION
from hexapla.storage import list_files, read_limited

PACKAGES = (
    "babel jinja2 markdown markupsafe mkdocs mkdocs-material mkdocs-static-i18n nh3 pygments"
    " pymdown-extensions pyyaml"
).split()
"""The distributions whose versions show in pages."""

_SOURCE_LIMIT = 2**24
_VARIABLE = re.compile(r"!ENV[ \t]*(?:\[([^\]\n]*)\]|([^\s#]+))")


def digest_tools(configuration: str) -> str:
    """Give a digest of everything but content that pages are made with.

    Args:
        configuration: The text of ``mkdocs.yml``; it may name variables of the environment.
    """
    told = [VERSION, sys.version, *(f"{name} {read_version(name)}" for name in PACKAGES)]
    told += [f"{name}={os.environ.get(name, '')}" for name in list_variables(configuration)]
    seen = hashlib.sha1("\n".join(told).encode("utf-8", "surrogateescape"), usedforsecurity=False)
    package = Path(__file__).parents[1]
    for path in sorted(list_files(package)):
        if path.endswith(".py"):
            seen.update(read_limited(package / path, _SOURCE_LIMIT))
    return seen.hexdigest()


def read_version(name: str) -> str:
    """Give the version of an installed distribution; empty where it is not installed."""
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return ""


def list_variables(configuration: str) -> list[str]:
    """List the variables of the environment that a configuration names, sorted.

    Default values are taken for names too: that does no harm.
    """
    found: set[str] = set()
    for many, one in _VARIABLE.findall(configuration):
        found |= {name.strip(" '\"") for name in (many or one).split(",")}
    return sorted(found - {""})
