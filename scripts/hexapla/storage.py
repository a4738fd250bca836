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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from hexapla.errors import ConfigurationError, StorageError, UsageError

Signature = tuple[int, int, int, int]
"""What changes when a file does: size, modification and change time (ns), inode."""


_NAME_LIMIT = 255
"""Bytes of a file's or folder's name, on every file system in use."""
_OF_ONE_PATH = frozenset({errno.ENAMETOOLONG, errno.EISDIR, errno.EEXIST, errno.ENOTDIR})
_STEP = 2**16
"""Bytes that are asked for at a time where a file may have grown: a buffer is made for all."""
_SHORTEN = "the delivered path is too long for this file system"


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


class PathError(StorageError):
    """One file cannot be written where it should be; its neighbours can."""


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
        ConfigurationError: There is none, or a folder of it is a link to elsewhere.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file():
            repository = Repository(folder)
            for path in (repository.docs, repository.locales):
                if not path.resolve().is_relative_to(folder):
                    message = "a symbolic link leads out of the repository"
                    hint = "nothing is written elsewhere: put a folder in the link's place"
                    raise ConfigurationError(message, path=path.name, hint=hint)
            return repository
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


def sign_tree(root: Path | str) -> dict[str, Signature]:
    """Sign all files below a folder, quickly: path relative to it → signature.

    Links are not followed, and what is no file is left out, as is a folder that cannot be read.
    """
    signed: dict[str, Signature] = {}
    for folder, names in walk_folders(root):
        for name in names:
            path = f"{folder}/{name}" if folder else name
            if (signature := sign_file(f"{root}/{path}")) is not None:
                signed[path] = signature
    return signed


def sign_names(folder: str, names: Iterable[str]) -> list[str]:
    """Sign files of a folder, quickly and as text; empty where there is no regular file.

    Args:
        folder: The folder, with the slash that its files' names follow.
        names: Their names.
    """
    found = []
    for name in names:
        try:
            status = os.lstat(folder + name)
        except OSError:
            found.append("")
            continue
        is_file = status.st_mode & 0o170000 == stat.S_IFREG
        found.append(write_signature(status) if is_file else "")
    return found


def write_signature(status: os.stat_result) -> str:
    """Write a file's signature: its numbers, divided by spaces."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def sign_folder(path: str) -> str:
    """Sign a folder by what changes with the names in it; empty where there is none, but a link."""
    try:
        status = os.lstat(path)
    except OSError:
        return ""
    is_folder = stat.S_ISDIR(status.st_mode)
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}" if is_folder else ""


def list_folder(path: str) -> tuple[list[str], list[str]]:
    """List the names of files, and of folders, in a folder; none where it cannot be read."""
    names: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(path) as children:
            for child in children:
                if child.is_file(follow_symlinks=False):
                    names.append(child.name)
                elif child.is_dir(follow_symlinks=False):
                    folders.append(child.name)
    except OSError:
        return [], []
    return names, folders


def walk_folders(root: Path | str) -> Iterator[tuple[str, list[str]]]:
    """Yield the folders of a tree, the tree itself as an empty path, with the names of their files.

    Links are not followed, and a folder that cannot be read has no files.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        names, below = list_folder(f"{root}/{folder}")
        yield folder, names
        waiting += [f"{folder}/{name}" if folder else name for name in below]


def sign_file(path: Path | str) -> Signature | None:
    """Sign a file, links not followed; None where there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return sign(status) if stat.S_ISREG(status.st_mode) else None


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
        is_link = error.errno == errno.ELOOP
        reason = "a symbolic link is not followed" if is_link else error.strerror or str(error)
        raise StorageError(reason, path=str(path)) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise StorageError("this is not a file", path=str(path))
        if status.st_size > limit:
            message = f"the file has {status.st_size:,} bytes, over the limit of {limit:,}"
            raise StorageError(message, path=str(path))
        data = os.read(descriptor, status.st_size + 1)
        while len(data) < status.st_size and (more := os.read(descriptor, _STEP)):
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


class LineWriter:
    """Adds lines to a file of its process's own, which an interruption leaves whole but for one.

    Args:
        folder: Where the files are; made when it is needed.
        ending: That of their names.
    """

    def __init__(self, folder: Path, ending: str) -> None:
        self._folder = folder
        self._ending = ending
        self._opened: tuple[int, int] | None = None

    def write(self, line: str) -> None:
        """Add a line.

        Raises:
            StorageError: The disk is full or read-only.
        """
        process = os.getpid()
        path = self._folder / f"{process}{self._ending}"
        try:
            if self._opened is None or self._opened[0] != process:  # forked since
                self._folder.mkdir(parents=True, exist_ok=True)
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
                self._opened = process, os.open(path, flags, 0o666)
            os.write(self._opened[1], f"{line}\n".encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise explain_failure(error, str(path)) from error

    def close(self) -> None:
        """Let go of the file."""
        if self._opened is not None and self._opened[0] == os.getpid():
            os.close(self._opened[1])
        self._opened = None


class Writer:
    """Writes files below one folder, each atomically: it is there whole, or as it was.

    Args:
        root: The folder; nothing is written outside of it, through links either.
        workspace: A folder for files in the making, on the same file system where possible. Each
            process makes its own inside of it, so that none waits for another.
    """

    def __init__(self, root: Path, workspace: Path) -> None:
        self._root = str(root)
        self._workspace = str(workspace)
        self._known: set[str] = set()

    def write(self, path: str, data: bytes) -> None:
        """Write a file, its folders included.

        Args:
            path: Relative to the root.
            data: The whole content.

        Raises:
            PathError: The path is too long, or something is in its way.
            StorageError: The disk is full or read-only.
        """
        target = f"{self._root}/{path}"
        # Asked each time: a process may have been forked since.
        temporary = f"{self._workspace}/{os.getpid()}/part"
        self._make_new(target.rpartition("/")[0])
        self.check(path)
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

    def move(self, source: Path | str, path: str) -> None:
        """Put a finished file in its place, its folders included.

        Args:
            source: Where it is.
            path: Relative to the root.

        Raises:
            PathError: Something is in its way.
            StorageError: The file system is full or read-only.
        """
        self.check(path)
        target = f"{self._root}/{path}"
        try:
            self._prepare(target.rpartition("/")[0])
            _replace(str(source), target)
        except OSError as error:
            raise explain_failure(error, target) from error

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty.

        Raises:
            PathError: A symbolic link is in the way.
            StorageError: The file system is read-only.
        """
        self.check(path)
        target = Path(self._root, path)
        try:
            target.unlink(missing_ok=True)
            folder = target.parent
            while folder != Path(self._root) and not (folder.is_dir() and any(folder.iterdir())):
                if folder.is_dir():
                    folder.rmdir()
                self._known.discard(str(folder))
                folder = folder.parent
        except OSError as error:
            raise explain_failure(error, str(target)) from error

    def check(self, path: str) -> None:
        """See that a path can be written to, and that no link leads it elsewhere.

        Args:
            path: Relative to the root.

        Raises:
            PathError: It cannot.
        """
        folder, _, name = f"{self._root}/{path}".rpartition("/")
        if any(len(os.fsencode(part)) > _NAME_LIMIT for part in path.split("/")):
            message = f"cannot write: a name is longer than {_NAME_LIMIT} bytes"
            raise PathError(message, path=f"{folder}/{name}", hint=_SHORTEN)
        if folder in self._known:
            return
        expected = os.path.realpath(self._root) + folder[len(self._root) :]
        if os.path.realpath(folder) != expected:
            message = "cannot write: a symbolic link stands in the place of a folder"
            raise PathError(message, path=f"{folder}/{name}", hint="remove the link")
        there = folder
        while not os.path.lexists(there):
            there = there.rpartition("/")[0]
        if not Path(there).is_dir():
            error = NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            raise explain_failure(error, there)

    def _create(self, path: str) -> int:
        """Open a new file; what an interrupted process of the same number left is replaced."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            return os.open(path, flags, 0o666)
        except FileNotFoundError:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            return os.open(path, flags, 0o666)

    def _make_new(self, folder: str) -> None:
        """Make a folder in one that is known: what has just been made is no link."""
        if folder not in self._known and folder.rpartition("/")[0] in self._known:
            with suppress(OSError):  # whatever is in the way, `check` says so
                os.mkdir(folder)  # noqa: PTH102 - called for every page
                self._known.add(folder)

    def _prepare(self, folder: str) -> None:
        """Make a folder, unless it is known to be there."""
        if folder not in self._known:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._known.add(folder)
            if folder != self._root:
                self._known.add(folder.rpartition("/")[0])


def _replace(temporary: str, target: str) -> None:
    """Put a finished file in its place, also across file systems."""
    try:
        os.rename(temporary, target)  # noqa: PTH104 - called for every page
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        folder, _, name = target.rpartition("/")
        # Always the same name: the run after an interrupted one replaces what is left of it.
        beside = Path(folder, f".{name[:80]}.part")
        try:
            shutil.copyfile(temporary, beside)
            beside.replace(target)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        Path(temporary).unlink()


def explain_failure(error: OSError, path: str) -> StorageError:
    """Turn the system's error into one that says what to do."""
    hints = {
        errno.ENOSPC: "free some space and run the command again: it goes on where it stopped",
        errno.EDQUOT: "free some space and run the command again: it goes on where it stopped",
        errno.EROFS: "the file system is read-only",
        errno.EACCES: "the folder's permissions do not allow writing",
        errno.ENAMETOOLONG: _SHORTEN,
        errno.EISDIR: "a folder of this name is in the way",
        errno.EEXIST: "a file is where a folder must be",
        errno.ENOTDIR: "a file is where a folder must be",
    }
    reason = error.strerror or str(error)
    kind = PathError if error.errno in _OF_ONE_PATH else StorageError
    return kind(f"cannot write: {reason}", path=path, hint=hints.get(error.errno or 0))


def discard_output(stream: TextIO) -> None:
    """Let nothing more be written to a stream whose reader has gone, at exit neither."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def discard_file(path: Path) -> None:
    """Remove a file of the cache; that it cannot be removed does not matter."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def append_bytes(path: Path, parts: Iterable[bytes]) -> None:
    """Add to a file of the cache.

    Raises:
        OSError: The disk is full or read-only.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.writelines(parts)


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
