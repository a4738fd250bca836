"""Memory: what a build remembers for the next one, in `.hexapla/build/`.

Everything here may be deleted at any time. Each file begins with the digest of its rest: one that
is damaged counts as not there, and what it told is found out again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hexapla.errors import StorageError
from hexapla.storage import Writer, list_files, read_if_present

VERSION = "3"
"""Of what is remembered, and how it is written."""

_LIMIT = 2**31
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SORTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)
_DIGITS = 64


class Memory:
    """Values by name.

    Args:
        folder: Where they are kept.
        workspace: A folder for files in the making.
    """

    def __init__(self, folder: Path, workspace: Path) -> None:
        self.folder = folder
        self._writer = Writer(folder, workspace)

    def recall_bytes(self, name: str) -> bytes:
        """Read what is remembered; empty where that is nothing, or damaged."""
        try:
            data = read_if_present(self.folder / name, _LIMIT)
        except StorageError:
            return b""
        if not data or data[_DIGITS : _DIGITS + 1] != b"\n":
            return b""
        rest = data[_DIGITS + 1 :]
        return rest if _hash(rest) == data[:_DIGITS] else b""

    def recall(self, name: str) -> Any:
        """Read a value; None where nothing is remembered."""
        data = self.recall_bytes(name)
        return json.loads(data) if data else None

    def remember_bytes(self, name: str, data: bytes) -> None:
        """Remember bytes.

        Raises:
            StorageError: The disk is full or read-only.
        """
        self._writer.write(name, _hash(data) + b"\n" + data)

    def remember(self, name: str, value: Any) -> None:
        """Remember a value.

        Raises:
            StorageError: The disk is full or read-only.
        """
        self.remember_bytes(name, render_json(value).encode("utf-8", "surrogatepass"))

    def forget(self, name: str) -> None:
        """Forget a value."""
        self._writer.remove(name)

    def list_names(self, folder: str = "") -> list[str]:
        """List the names of what is remembered, or of that in a folder, sorted."""
        return sorted(list_files(self.folder / folder))


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data + VERSION.encode()).hexdigest().encode()


def render_json(value: Any) -> str:
    """Write a value as it is remembered."""
    return _COMPACT.encode(value)


def digest(value: Any) -> str:
    """Give a digest of a JSON value, the same for equal values.

    Args:
        value: A value; what JSON does not know counts by how it prints.
    """
    text = _SORTED.encode(value)
    return hashlib.sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def digest_texts(texts: Iterable[str]) -> str:
    """Give a digest of texts, none of which has a NUL."""
    data = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
