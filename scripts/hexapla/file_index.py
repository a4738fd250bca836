"""The file index: which bytes a delivered file has, without reading it again.

As git's own index does, it keeps each file's signature (size, times, inode) beside its blob id.
A file changed within the clock's grain of being read could keep its signature, so that one so
young is never trusted. The index is a cache: it may always be deleted.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path

from hexapla.storage import Signature, Writer, read_if_present

_LIMIT = 2**30
_GRAIN = 2_000_000_000
"""Nanoseconds; some file systems count in steps of two seconds."""


class FileIndex:
    """Path relative to ``locales/`` → signature and blob id.

    Args:
        path: Where it is kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, list[int | str]] = {}
        try:
            data = read_if_present(path, _LIMIT)
            known = json.loads(data) if data else {}
        except ValueError:
            known = {}  # damaged: as good as none
        if isinstance(known, dict):
            self._known = known

    def find_blob(self, path: str, signature: Signature) -> str | None:
        """Give the blob id of a file that is still as it was; None when it must be read."""
        known = self._known.get(path)
        if isinstance(known, list) and len(known) == 5 and known[:4] == list(signature):
            return str(known[4])
        return None

    def save(self, blobs: Iterable[tuple[str, Signature, str]], read_at: int) -> None:
        """Replace the index by what is known now.

        Args:
            blobs: Path, signature and blob id of each file.
            read_at: The time, in nanoseconds, before the first of them was looked at.
        """
        known = {
            path: [*signature, blob]
            for path, signature, blob in blobs
            if max(signature[1], signature[2]) < read_at - _GRAIN
        }
        if known != self._known:
            data = json.dumps(known, separators=(",", ":")).encode()
            Writer(self._path.parent, self._path.parent / "tmp").write(self._path.name, data)


def now() -> int:
    """Give the time in nanoseconds, comparable with a signature's."""
    return time.time_ns()
