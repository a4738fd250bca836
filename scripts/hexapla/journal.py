"""The journal: what a sync is about to write, until its locks say so.

A sync that is killed leaves pages that no lock knows. They are no writer's edits: the journal, kept
below ``.hexapla/``, has the blob id of each, noted before it was written. For a merged page it has
what the page is to be compared with from then on. Once the locks are written it is cleared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from hexapla.storage import (
    LineWriter,
    Repository,
    Writer,
    clear_folder,
    has_folder,
    hash_blob,
    list_names,
    read_if_present,
    read_limited,
)

_LIMIT = 2**28
_FOLDER = "journal"


@dataclass(frozen=True, slots=True)
class Journal:
    """What syncs have written that did not end."""

    repository: Repository
    """Whose it is."""
    lines: LineWriter
    """Adds to it."""
    written: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Path under ``docs/`` → blob ids of what was written there, as it was delivered."""

    def note(self, path: str, blob: str) -> None:
        """Note what is about to be written, as it was delivered.

        Raises:
            StorageError: The disk is full or read-only.
        """
        self.lines.write(json.dumps([path, blob]))

    def note_base(self, data: bytes, base: bytes) -> None:
        """Note what a merged page is to be compared with."""
        folder = self.repository.cache / _FOLDER
        writer = Writer(folder, self.repository.cache / "tmp")
        writer.write(f"{hash_blob(data)}.base", base)

    def find_base(self, data: bytes) -> bytes | None:
        """Find what a page is to be compared with that an interrupted sync has merged."""
        path = self.repository.cache / _FOLDER / f"{hash_blob(data)}.base"
        return read_if_present(path, _LIMIT)

    def has(self, path: str, blob: str) -> bool:
        """Say whether an interrupted sync has written a page as it is now."""
        return blob in self.written.get(path, ())


def read_journal(repository: Repository) -> Journal:
    """Read what interrupted syncs have left."""
    folder = repository.cache / _FOLDER
    lines = LineWriter(folder, ".jsonl")
    if not has_folder(folder):
        return Journal(repository, lines)
    written: dict[str, set[str]] = {}
    for name in list_names(folder, ".jsonl"):
        for line in read_limited(folder / name, _LIMIT).split(b"\n"):
            try:
                path, blob = json.loads(line)
            except ValueError:
                continue  # the process was killed while it wrote this
            written.setdefault(str(path), set()).add(str(blob))
    return Journal(repository, lines, {path: frozenset(blobs) for path, blobs in written.items()})


def clear_journal(journal: Journal) -> None:
    """Forget what was noted: the locks say it now."""
    clear_folder(journal.repository.cache / _FOLDER)
