"""Archives: a vendor's ``.zip`` or ``.tar.*``, read member by member and never unpacked blindly.

A member's path must stay inside, links and devices are not taken, and what a small archive may
grow to is limited.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from hexapla.errors import ArchiveError
from hexapla.paths import is_inside_tree

MAXIMUM_MEMBERS = 500_000
"""Members of one archive; 105,000 articles with their media have about 110,000."""
MAXIMUM_SIZE = 8 * 2**30
"""Bytes of all members together."""
MEMBER_LIMIT = 64 * 2**20
"""Bytes of one member."""

_SUFFIXES = (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive."""

    path: str
    """Its path in the archive, with ``/``."""
    data: bytes
    """Its content; empty where there is a problem."""
    problem: str = ""
    """Why it is not taken; empty where it is."""
    size: int = 0
    """Bytes that had to be unpacked to come past it, where it is not taken."""


def is_archive(path: Path) -> bool:
    """Say whether a file is an archive, by its name."""
    return path.name.lower().endswith(_SUFFIXES)


def read_archive(path: Path) -> Iterator[Member]:
    """Yield an archive's files.

    Raises:
        ArchiveError: The archive is damaged, or too large when unpacked.
    """
    read = _read_zip if path.name.lower().endswith(".zip") else _read_tar
    size = 0
    try:
        for count, member in enumerate(read(path)):
            size += len(member.data) + member.size
            if size > MAXIMUM_SIZE or count > MAXIMUM_MEMBERS:
                raise ArchiveError("the archive is too large when unpacked", path=str(path))
            yield member
    except (
        tarfile.TarError,
        zipfile.BadZipFile,
        lzma.LZMAError,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        message = f"the archive cannot be read: {error}"
        hint = "nothing of it was imported: have it delivered again"
        raise ArchiveError(message, path=str(path), hint=hint) from error


class _Unpacked:
    """An unpacked tar archive, of which no part is read that is larger than a member may be.

    The headers of a tar archive are read whole, and may name any size.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            start = file.read(6)
        unpack = next((unpack for magic, unpack in _PACKERS if start.startswith(magic)), Path.open)
        self._file: Any = unpack(path, "rb")

    def read(self, size: int) -> bytes:
        """Read some bytes."""
        if size > MEMBER_LIMIT:
            raise tarfile.ReadError("a header is too large")
        data: bytes = self._file.read(size)
        return data

    def seek(self, place: int) -> int:
        """Go to a place."""
        return int(self._file.seek(place))

    def tell(self) -> int:
        """Give the place."""
        return int(self._file.tell())

    def close(self) -> None:
        """Close the file."""
        self._file.close()


_PACKERS: tuple[tuple[bytes, Callable[..., Any]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\0", lzma.open),
)
"""What a packed file starts with, and what opens it."""


def _read_tar(path: Path) -> Iterator[Member]:
    unpacked = _Unpacked(path)
    with closing(unpacked), tarfile.open(fileobj=cast(IO[bytes], unpacked), mode="r:") as archive:
        while (info := archive.next()) is not None:
            vars(archive)["members"].clear()  # it would keep them all
            if info.isdir():
                continue
            name = info.name.removeprefix("./")
            problem = _find_problem(name, info.size)
            if info.issym() or info.islnk():
                problem = "a link is not taken"
            elif not info.isreg():
                problem = "this is no file"
            file = None if problem else archive.extractfile(info)
            data = file.read(info.size) if file else b""
            yield Member(name, data, problem, info.size if problem else 0)


def _read_zip(path: Path) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            problem = _find_problem(info.filename, info.file_size)
            if stat.S_ISLNK(info.external_attr >> 16):
                problem = "a link is not taken"
            elif info.flag_bits & 1:
                problem = "the file is encrypted"
            if problem:
                yield Member(info.filename, b"", problem)
                continue
            try:
                # No more than the archive's directory says is unpacked; zipfile sees to that.
                with archive.open(info) as file:
                    data = file.read(info.file_size)
            except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as error:
                yield Member(info.filename, b"", f"the file is damaged: {error}")
            except NotImplementedError:
                yield Member(info.filename, b"", "it is packed in a way that is not known")
            else:
                yield Member(info.filename, data)


def _find_problem(name: str, size: int) -> str:
    """Say why a member is not taken, by its name and size."""
    if not is_inside_tree(name):
        return "its path leads out of the archive"
    return "the file is too large" if size > MEMBER_LIMIT else ""
