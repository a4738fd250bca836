"""Looking: what a folder has now, compared with a listing of it.

Only folders whose names have changed are read; of all files just the signatures are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hexapla.building.folders import YOUNG, Folder, is_plain
from hexapla.building.listings import Listing
from hexapla.storage import list_folder, sign_folder, sign_names


@dataclass(slots=True)
class Seen:
    """What is not as it is listed."""

    changed: dict[str, str] = field(default_factory=dict)
    """Path of a file that is listed with another signature, or without one → its signature."""
    new: dict[str, str] = field(default_factory=dict)
    """Path of a file that is not listed → its signature."""
    gone: list[str] = field(default_factory=list)
    """Paths of files that are no more."""
    folders: dict[str, str] = field(default_factory=dict)
    """Folder that was read → its signature before; `YOUNG` where not all of it can be listed."""
    gone_folders: list[str] = field(default_factory=list)
    """Folders that are no more."""


class Look:
    """One look at a tree.

    Args:
        listing: What is known of it.
        tree: The tree's path in the listing; empty: the listing is of this tree alone.
        place: Where it is.
    """

    def __init__(self, listing: Listing, tree: str, place: Path) -> None:
        self._listing = listing
        self._tree = tree
        self._place = str(place)
        self.seen = Seen()

    def compare(self) -> Seen:
        """Compare all of it."""
        seen = self.seen
        known = list(self._listing.list_folders(self._tree))
        if not self._is_listed(self._tree):
            self._walk([self._tree])
        for folder, listed in known:
            self._compare_folder(folder, listed)
        if seen.gone_folders:
            self._lose_below()
        return seen

    def _compare_folder(self, folder: str, listed: Folder) -> None:
        """Compare a folder that is listed; folders in it that are not are walked through."""
        place = self._find_place(folder)
        signature = sign_folder(place)
        if not signature:
            self.seen.gone_folders.append(folder)
            self.seen.gone += (join(folder, name) for name in listed.names)
            return
        if signature != listed.signature:
            names, below = self._read_folder(folder, signature)
            self._see_new(folder, [name for name in names if name not in listed.files])
            self._walk(path for path in below if not self._is_listed(path))
        if not (names := listed.names):
            return
        signatures = sign_names(f"{place}/", names)
        if listed.has_signatures(signatures):
            return
        for name, found in zip(names, signatures, strict=True):
            if not found:
                self.seen.gone.append(join(folder, name))
            elif found != listed.files[name][0]:
                self.seen.changed[join(folder, name)] = found

    def _walk(self, folders: Iterable[str]) -> None:
        """See all files of folders that are not listed."""
        waiting = list(folders)
        while waiting:
            folder = waiting.pop()
            if signature := sign_folder(self._find_place(folder)):
                names, below = self._read_folder(folder, signature)
                self._see_new(folder, names)
                waiting += (path for path in below if not self._is_listed(path))

    def _read_folder(self, folder: str, signature: str) -> tuple[list[str], list[str]]:
        """Give the names of a folder's files, and the paths of folders in it."""
        names, below = list_folder(self._find_place(folder))
        if not self._tree and not folder:  # a site's own, such as .git, is of no interest
            names = [name for name in names if not name.startswith(".")]
            below = [name for name in below if not name.startswith(".")]
        can_be_listed = all(map(is_plain, names)) and all(map(is_plain, below))
        self.seen.folders[folder] = signature if can_be_listed else YOUNG
        return names, [join(folder, name) for name in below]

    def _see_new(self, folder: str, names: list[str]) -> None:
        """Note files that are not listed."""
        for name, signature in zip(
            names, sign_names(f"{self._find_place(folder)}/", names), strict=True
        ):
            if signature:
                self.seen.new[join(folder, name)] = signature

    def _lose_below(self) -> None:
        """See that nothing counts that is only reached through what is no folder any more."""
        seen = self.seen
        lost = {f"{folder}/" for folder in seen.gone_folders}
        folders = [folder for folder, _ in self._listing.list_folders(self._tree)]
        for folder in set(folders).difference(seen.gone_folders):
            if any(f"{above}/" in lost for above in list_above(folder)):
                found = self._listing.find_folder(folder)
                assert found is not None
                paths = [join(folder, name) for name in found.names]
                seen.gone_folders.append(folder)
                seen.gone = sorted({*seen.gone, *paths})
                for path in paths:
                    seen.changed.pop(path, None)
        for path in [p for p in seen.new if any(f"{a}/" in lost for a in list_above(p))]:
            del seen.new[path]

    def _is_listed(self, folder: str) -> bool:
        """Say whether a folder is listed."""
        return self._listing.find_folder(folder) is not None

    def _find_place(self, folder: str) -> str:
        """Give the place of a folder."""
        below = folder[len(self._tree) :].removeprefix("/")
        return f"{self._place}/{below}" if below else self._place


def join(folder: str, name: str) -> str:
    """Give the path of what is in a folder."""
    return f"{folder}/{name}" if folder else name


def list_above(path: str) -> Iterable[str]:
    """Yield the folders above a path, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path
