"""Listings: which files there are and which bytes they have, without reading them again.

As git's index does, a listing keeps each file's signature beside its blob id. It keeps that of each
folder too, which changes with the names in it. What is so young that it could change without its
signature's changing is listed without one: it is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from hexapla.building.folders import YOUNG, Folder, is_plain

if TYPE_CHECKING:
    from hexapla.building.memory import Memory

GRAIN = 2_000_000_000
"""Nanoseconds; some file systems count in steps of two seconds."""

_NO_BLOB = "0" * 40
"""Stands for a blob id that is not known."""

Assign = Callable[[str], str]
"""Gives the shard of a folder; `""` is the folder above all."""


class Listing:
    """Path → signature and blob id, by folders, in shards that are read when they are needed.

    Args:
        memory: Where it is remembered; None: nowhere.
        name: The name of its shards' folder.
        assign: Gives the shard of a folder.
        expected: The shards that there were; None: those that there are.
    """

    def __init__(
        self,
        memory: Memory | None = None,
        name: str = "",
        assign: Assign = lambda folder: "all",
        expected: Iterable[str] | None = None,
    ) -> None:
        self._memory = memory
        self._name = name
        self._assign = assign
        found = memory.list_names(name) if memory is not None and expected is None else ()
        self._unread = set(found if expected is None else expected)
        self._shards: dict[str, dict[str, Folder]] = {}
        self._digests: dict[str, tuple[str, str]] = {}
        self._found: dict[str, Folder] = {}
        self.touched: set[str] = set()
        """The shards that are not as they are remembered."""
        self.is_whole = True
        """Whether all that was expected could be read so far."""

    def __contains__(self, path: object) -> bool:
        folder, _, name = str(path).rpartition("/")
        found = self.find_folder(folder)
        return found is not None and name in found.files

    def __iter__(self) -> Iterator[str]:
        for folder, found in self.list_folders():
            prefix = f"{folder}/" if folder else ""
            for name in found.names:
                yield prefix + name

    def list_paths(self, tree: str) -> Iterator[str]:
        """Yield the paths of a tree's files, without the tree's own and a slash."""
        start = len(tree) + 1
        for folder, found in self.list_folders(tree):
            prefix = f"{folder[start:]}/" if len(folder) > start else ""
            for name in found.names:
                yield prefix + name

    def list_folders(self, tree: str = "") -> Iterator[tuple[str, Folder]]:
        """Yield the folders of a tree, or of all; those of one shard together, sorted."""
        below = f"{tree}/"
        for shard in self.list_shards():
            for folder, found in self._load(shard).items():
                if not tree or folder == tree or folder.startswith(below):
                    yield folder, found

    def list_shards(self) -> list[str]:
        """List the names of the shards that have something, sorted."""
        return sorted(self._unread | {name for name, folders in self._shards.items() if folders})

    def find_folder(self, folder: str) -> Folder | None:
        """Give a folder; None where it is not listed."""
        if folder not in self._found:
            found = self._load(self._assign(folder)).get(folder)
            if found is None:
                return None
            self._found[folder] = found
        return self._found[folder]

    def find_blob(self, path: str) -> str:
        """Give a file's blob id; empty where there is no such file."""
        folder, _, name = path.rpartition("/")
        found = self.find_folder(folder)
        return found.find_blob(name) if found is not None else ""

    def discard(self, path: str) -> None:
        """Forget a file."""
        folder, _, name = path.rpartition("/")
        found = self.find_folder(folder)
        if found is not None and found.files.pop(name, None) is not None:
            found.signature = YOUNG
            self._touch(folder)

    def discard_folder(self, folder: str) -> None:
        """Forget a folder; those in it stay."""
        self._found.pop(folder, None)
        if self._load(self._assign(folder)).pop(folder, None) is not None:
            self._touch(folder)

    def add(self, path: str, signature: str, blob: str, looked_at: int) -> None:
        """List a file.

        Args:
            path: Its path.
            signature: Its signature.
            blob: Its blob id.
            looked_at: The time in nanoseconds, before it was looked at.
        """
        folder, _, name = path.rpartition("/")
        files, told = self.make_folder(folder).files, (age(signature, looked_at), blob)
        if files.get(name) != told:
            files[name] = told
            self._touch(folder)

    def take_names(self, folder: str, names: Iterable[str]) -> None:
        """List a folder's files by their names alone: nobody asks what is in them."""
        known = sorted(names)
        texts = "\0".join(known), "\0".join([YOUNG] * len(known)), " ".join([_NO_BLOB] * len(known))
        self._load(self._assign(folder))[folder] = Folder(YOUNG, texts)
        self._touch(folder)

    def make_folder(self, folder: str) -> Folder:
        """Give a folder, listed where it was not."""
        shard = self._load(self._assign(folder))
        if folder not in shard:
            shard[folder] = Folder()
            self._touch(folder)
        return shard[folder]

    def sign_folder(self, folder: str, signature: str, looked_at: int) -> None:
        """Note the signature of a folder, all of whose files are listed."""
        found, aged = self.make_folder(folder), age(signature, looked_at)
        if found.signature != aged:
            found.signature = aged
            self._touch(folder)

    def digest_names(self, prefix: str = "") -> str:
        """Give a digest of which files there are in the shards whose names begin with a text."""
        return self._digest(prefix, 0)

    def digest_content(self, prefix: str = "") -> str:
        """Give a digest of which files there are, and of their bytes."""
        return self._digest(prefix, 1)

    def _digest(self, prefix: str, kind: int) -> str:
        told = []
        for shard in self.list_shards():
            folders = self._load(shard) if shard.startswith(prefix) else {}
            if folders:
                if shard not in self._digests:
                    self._digests[shard] = _digest_folders(folders)
                if (told_of_it := self._digests[shard][kind]) != _hash(""):
                    told.append(f"{shard} {told_of_it}")
        return _hash("\n".join(told))

    def remember(self) -> None:
        """Remember what has changed.

        Raises:
            StorageError: The disk is full or read-only.
        """
        assert self._memory is not None
        for shard in sorted(self.touched):
            name = f"{self._name}/{shard}"
            if self._shards[shard]:
                self._memory.remember_bytes(name, self._render(shard))
            else:
                self._memory.forget(name)
        self.touched.clear()

    def _render(self, shard: str) -> bytes:
        """Write a shard: its digests, then a line for each folder, sorted."""
        folders = self._shards[shard]
        rows = [(folder, *found.render()) for folder, found in sorted(folders.items())]
        lines = ["\t".join(row) for row in rows if is_plain(row[0])]
        self._digests.setdefault(shard, _digest_folders(folders))
        text = "\n".join([" ".join(self._digests[shard]), *lines])
        return text.encode("utf-8", "surrogateescape")

    def _load(self, shard: str) -> dict[str, Folder]:
        """Give the folders of a shard."""
        known = self._shards.get(shard)
        if known is not None:
            return known
        folders = self._shards[shard] = {}
        if shard in self._unread and self._memory is not None:
            self._unread.discard(shard)
            data = self._memory.recall_bytes(f"{self._name}/{shard}")
            self.is_whole = self.is_whole and bool(data)
            head, *lines = data.decode("utf-8", "surrogateescape").split("\n")
            for line in lines:
                folder, signature, *texts = line.split("\t")
                folders[folder] = Folder(signature, (texts[0], texts[1], texts[2]))
            if data:
                names, _, content = head.partition(" ")
                self._digests[shard] = names, content
        return folders

    def _touch(self, folder: str) -> None:
        """Note that a folder's shard has changed."""
        shard = self._assign(folder)
        self.touched.add(shard)
        self._digests.pop(shard, None)


def _digest_folders(folders: dict[str, Folder]) -> tuple[str, str]:
    """Give digests of the names of files, and of their names and bytes."""
    names: list[str] = []
    contents: list[str] = []
    for folder, found in sorted(folders.items()):
        _, files, _, blobs = found.render()
        if files:
            names += folder, files
            contents += folder, files, blobs
    return _hash("\n".join(names)), _hash("\n".join(contents))


def _hash(text: str) -> str:
    data = text.encode("utf-8", "surrogateescape")
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def age(signature: str, looked_at: int) -> str:
    """Give a signature, or what stands for one that is too young.

    Args:
        signature: Of a file or folder.
        looked_at: The time in nanoseconds, before it was taken.
    """
    if signature == YOUNG:
        return YOUNG
    modified, changed = signature.split(" ")[-3:-1]
    return YOUNG if max(int(modified), int(changed)) >= looked_at - GRAIN else signature
