"""Inheriting: the configurations that one inherits from, found before any of them is understood."""

from __future__ import annotations

import re
from pathlib import Path

from hexapla.errors import StorageError
from hexapla.storage import read_limited

_INHERIT = re.compile(r"^INHERIT:[ \t]*([^#\n]+)", re.M)
_LIMIT = 2**24


def list_inherited(path: Path) -> list[Path]:
    """List the configurations that one inherits from, the nearest first.

    The last one may be missing: it is what the others ask for.

    Args:
        path: That of the configuration.
    """
    found: list[Path] = []
    while match := _INHERIT.search(_read(path)):
        path = path.parent / match[1].strip(" '\"\r")
        if path in found:
            break
        found.append(path)
    return found


def name_inherited(path: Path) -> dict[str, Path]:
    """Name these as they are named among what a site is made from: ``inherited-1``."""
    return {f"inherited-{number}": found for number, found in enumerate(list_inherited(path), 1)}


def _read(path: Path) -> str:
    try:
        return read_limited(path, _LIMIT).decode("utf-8", "replace")
    except StorageError:
        return ""
