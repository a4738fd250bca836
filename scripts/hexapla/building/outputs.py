"""Outputs: the files of a site, replaced one by one and never seen half.

What is new appears at once; what is there already is replaced at the very end, when everything
that a build has to write has found room on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from hexapla.storage import Writer, hash_blob


class SiteWriter:
    """Writes files of a site.

    Args:
        site: The site's folder.
        stage: A folder of this writer's own for files that will replace others.
        workspace: A folder for files in the making.
        intact: Path in the site → blob id, of the files that are as a build has left them.
        is_present: Says whether the site has a file, whatever is in it.
    """

    def __init__(
        self,
        site: Path,
        stage: Path,
        workspace: Path,
        intact: Mapping[str, str],
        is_present: Callable[[str], bool],
    ) -> None:
        self._writer = Writer(site, workspace)
        self._stage = Writer(stage, workspace)
        self._intact = intact
        self._is_present = is_present
        self.files: dict[str, str] = {}
        """Path → blob id of all that belongs to the site, written or found as it should be."""
        self.staged: set[str] = set()
        """The files that will replace others."""
        self.written: set[str] = set()
        """The paths of the files that had to be written."""
        self.size = 0
        """The bytes of these."""

    def write(self, path: str, data: bytes) -> None:
        """Write a file, unless the site has it.

        Args:
            path: Relative to the site.
            data: The whole content.

        Raises:
            StorageError: The disk is full or read-only.
        """
        blob = hash_blob(data)
        self.files[path] = blob
        if self._intact.get(path) == blob:
            self._unstage(path)
            return
        self.written.add(path)
        self.size += len(data)
        if self._is_present(path):
            self._stage.write(path, data)
            self.staged.add(path)
        else:
            self._writer.write(path, data)

    def _unstage(self, path: str) -> None:
        """Forget what was to replace a file: a later step has found that nothing should."""
        if path in self.staged:
            self._stage.remove(path)
            self.staged.discard(path)
            self.written.discard(path)

    def keep(self, path: str) -> None:
        """Keep a file that the site has, whose content is known to be the same."""
        self.files[path] = self._intact[path]


def replace_files(site: Path, stage: Path, workspace: Path, staged: Collection[str]) -> None:
    """Let staged files replace those of the site.

    Raises:
        StorageError: The file system is read-only.
    """
    writer = Writer(site, workspace)
    for path in sorted(staged):
        writer.move(stage / path, path)


def remove_files(site: Path, workspace: Path, paths: Collection[str]) -> None:
    """Remove files that no longer belong to the site, and the folders that they leave empty.

    Raises:
        StorageError: The file system is read-only.
    """
    writer = Writer(site, workspace)
    for path in sorted(paths):
        writer.remove(path)
