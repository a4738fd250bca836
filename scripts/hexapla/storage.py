"""Storage: the only module that reads and writes files.

Deliveries come from outside: nothing is followed out of the tree, nothing is read without a
limit, and every file appears whole or not at all.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from hexapla.errors import ConfigurationError, StorageError, UsageError

Signature = tuple[int, int, int, int]
"""What changes when a file does: size, modification and change time (ns), inode."""


def hash_blob(data: bytes) -> str:
    """Give git's blob id of some bytes: 40 hex digits."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file found in a tree."""

    path: str
    """Relative to the tree, with ``/``."""
    signature: Signature
    """Its state when it was found."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something in a tree that is no readable file."""

    path: str
    """Relative to the tree, with ``/``."""
    code: str
    """The finding's code."""
    message: str
    """What it is."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A checkout with ``mkdocs.yml``, ``docs/`` and ``locales/``."""

    root: Path
    """Its absolute path."""

    @property
    def docs(self) -> Path:
        """The bundles."""
        return self.root / "docs"

    @property
    def locales(self) -> Path:
        """The deliveries and their locks."""
        return self.root / "locales"

    @property
    def cache(self) -> Path:
        """What may always be deleted."""
        return self.root / ".hexapla"


def find_repository(start: Path) -> Repository:
    """Find the repository that holds a folder: the nearest with an ``mkdocs.yml``.

    Raises:
        ConfigurationError: There is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file():
            return Repository(folder)
    message = f"there is no mkdocs.yml in {start} or above it"
    raise ConfigurationError(message, hint="run the command inside a Hexapla repository")


def scan_tree(root: Path) -> Iterator[Entry | Obstacle]:
    """Yield a tree's files, sorted by path within each folder, and what is none.

    Symbolic links are never followed: one that leaves the tree is an error, any other a warning.
    """
    yield from _scan_folder(str(root), "", os.path.realpath(root))


def _scan_folder(folder: str, prefix: str, root: str) -> Iterator[Entry | Obstacle]:
    try:
        with os.scandir(folder) as found:
            children = sorted(found, key=lambda child: child.name)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Obstacle(prefix.rstrip("/"), "file-unreadable", error.strerror or str(error))
        return
    for child in children:
        path = prefix + child.name
        if child.is_dir(follow_symlinks=False):
            yield from _scan_folder(child.path, f"{path}/", root)
        elif child.is_file(follow_symlinks=False):
            yield Entry(path, sign(child.stat(follow_symlinks=False)))
        elif child.is_symlink():
            target = os.path.realpath(child.path)
            if os.path.commonpath([root, target]) == root:
                yield Obstacle(path, "symbolic-link", "a symbolic link is not followed")
            else:
                yield Obstacle(path, "link-outside-tree", "a symbolic link leaves the tree")
        else:
            yield Obstacle(path, "special-file", "this is neither a file nor a folder")


def sign(status: os.stat_result) -> Signature:
    """Give the signature of a file's status."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def list_files(root: Path) -> set[str]:
    """Give the paths of all files below a folder, relative to it."""
    return {entry.path for entry in scan_tree(root) if isinstance(entry, Entry)}


def read_limited(path: Path | str, limit: int) -> bytes:
    """Read a regular file without following a link.

    Raises:
        StorageError: It cannot be read, or holds more than ``limit`` bytes.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise StorageError(error.strerror or str(error), path=str(path)) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise StorageError("this is not a file", path=str(path))
        if status.st_size > limit:
            message = f"the file has {status.st_size:,} bytes, over the limit of {limit:,}"
            raise StorageError(message, path=str(path))
        data = os.read(descriptor, status.st_size + 1)
        while len(data) <= status.st_size and (more := os.read(descriptor, limit)):
            data += more
        return data
    except OSError as error:
        raise StorageError(error.strerror or str(error), path=str(path)) from error
    finally:
        os.close(descriptor)


def has_folder(path: Path) -> bool:
    """Say whether there is a folder at a path."""
    return path.is_dir()


def list_names(folder: Path, ending: str) -> list[str]:
    """List the names with an ending in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(ending))


def is_folder(path: Path) -> bool:
    """Say whether a path is a folder.

    Raises:
        UsageError: There is nothing.
    """
    if not path.exists():
        raise UsageError("there is no such file or folder", path=str(path))
    return path.is_dir()


def read_if_present(path: Path | str, limit: int) -> bytes | None:
    """Read a file as `read_limited` does; None where there is none."""
    return read_limited(path, limit) if os.path.lexists(path) else None


class Writer:
    """Writes files below one folder, each atomically: it is there whole, or as it was.

    Args:
        root: The folder; nothing is written outside of it, through links either.
        workspace: A folder for files in the making, on the same file system where possible. Each
            process makes its own inside of it, so that none waits for another.
    """

    def __init__(self, root: Path, workspace: Path) -> None:
        self._root = str(root)
        self._workspace = f"{workspace}/{os.getpid()}"
        self._known: set[str] = set()

    def write(self, path: str, data: bytes) -> None:
        """Write a file, its folders included.

        Args:
            path: Relative to the root.
            data: The whole content.

        Raises:
            StorageError: The disk is full, read-only, or the path leaves the root.
        """
        target = f"{self._root}/{path}"
        temporary = f"{self._workspace}/part"
        try:
            self._prepare(target.rpartition("/")[0])
            descriptor = self._create(temporary)
            try:
                view = memoryview(data)
                while view:
                    view = view[os.write(descriptor, view) :]
            finally:
                os.close(descriptor)
            _replace(temporary, target)
        except OSError as error:
            Path(temporary).unlink(missing_ok=True)
            raise explain_failure(error, target) from error

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        target = Path(self._root, path)
        try:
            target.unlink(missing_ok=True)
            folder = target.parent
            while folder != Path(self._root) and not any(folder.iterdir()):
                folder.rmdir()
                self._known.discard(str(folder))
                folder = folder.parent
        except OSError as error:
            raise explain_failure(error, str(target)) from error

    def _create(self, path: str) -> int:
        """Open a new file; what an interrupted process of the same number left is replaced."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            return os.open(path, flags, 0o666)
        except FileNotFoundError:
            Path(self._workspace).mkdir(parents=True, exist_ok=True)
            return os.open(path, flags, 0o666)

    def _prepare(self, folder: str) -> None:
        """Make a folder, and see that no link has led out of the root."""
        if folder in self._known:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        root, real = os.path.realpath(self._root), os.path.realpath(folder)
        if os.path.commonpath([root, real]) != root:
            raise StorageError("a symbolic link leads out of the folder", path=folder)
        self._known.add(folder)


def _replace(temporary: str, target: str) -> None:
    """Put a finished file in its place, also across file systems."""
    try:
        os.rename(temporary, target)  # noqa: PTH104 - called for every page
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        folder, _, name = target.rpartition("/")
        beside = f"{folder}/.{name[:80]}.{os.getpid()}.part"
        shutil.copyfile(temporary, beside)
        Path(beside).replace(target)
        Path(temporary).unlink()


def explain_failure(error: OSError, path: str) -> StorageError:
    """Turn the system's error into one that says what to do."""
    hints = {
        errno.ENOSPC: "free some space and run the command again: it goes on where it stopped",
        errno.EDQUOT: "free some space and run the command again: it goes on where it stopped",
        errno.EROFS: "the file system is read-only",
        errno.EACCES: "the folder's permissions do not allow writing",
        errno.ENAMETOOLONG: "the delivered path is too long for this file system",
    }
    reason = error.strerror or str(error)
    return StorageError(f"cannot write: {reason}", path=path, hint=hints.get(error.errno or 0))


def discard_output(stream: TextIO) -> None:
    """Let nothing more be written to a stream whose reader has gone, at exit neither."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def clear_folder(folder: Path) -> None:
    """Remove what an interrupted run left behind."""
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold a lock between processes for as long as the block runs.

    Raises:
        UsageError: Another process holds it.
        StorageError: The lock's file cannot be made.
    """
    import fcntl  # noqa: PLC0415 - not on every system

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("w")
    except OSError as error:
        raise explain_failure(error, str(path)) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = "another hexapla command is at work in this repository"
            raise UsageError(message, hint="wait for it to end") from error
        yield
