"""Tools: with what a site is built, told by a digest that changes when any of them does."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path

from hexapla.building.memory import VERSION
from hexapla.storage import has_folder, list_files, list_names, read_limited

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
    told = [VERSION, sys.version, *(f"{key} {value}" for key, value in read_versions().items())]
    told += [f"{name}={os.environ.get(name, '')}" for name in list_variables(configuration)]
    seen = hashlib.sha1("\n".join(told).encode("utf-8", "surrogateescape"), usedforsecurity=False)
    package = Path(__file__).parents[1]
    for path in sorted(list_files(package)):
        if path.endswith(".py"):
            seen.update(read_limited(package / path, _SOURCE_LIMIT))
    return seen.hexdigest()


def read_versions() -> dict[str, str]:
    """Read which versions of our tools are installed; their metadata takes longer to read."""
    found: dict[str, str] = {}
    for folder in map(Path, sys.path):
        for told in list_names(folder, "-info") if has_folder(folder) else ():
            name, _, version = told.partition("-")
            found.setdefault(name.lower().replace("_", "-"), version)
    return {name: found.get(name, "") for name in PACKAGES}


def list_variables(configuration: str) -> list[str]:
    """List the variables of the environment that a configuration names, sorted.

    Default values are taken for names too: that does no harm.
    """
    found: set[str] = set()
    for many, one in _VARIABLE.findall(configuration):
        found |= {name.strip(" '\"") for name in (many or one).split(",")}
    return sorted(found - {""})
