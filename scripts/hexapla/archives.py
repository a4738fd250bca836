"""Archives: a vendor's ``.zip`` or ``.tar.*``, read member by member and never unpacked blindly.

A member's path must stay inside, links and devices are not taken, and what a small archive may
grow to is limited.
"""

from __future__ import annotations

import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
            size += len(member.data)
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
        raise ArchiveError(message, path=str(path)) from error


def _read_tar(path: Path) -> Iterator[Member]:
    with tarfile.open(path, "r|*") as archive:
        for info in archive:
            if info.isdir():
                continue
            name = info.name.removeprefix("./")
            problem = _find_problem(name, info.size)
            if info.issym() or info.islnk():
                problem = "a link is not taken"
            elif not info.isreg():
                problem = "this is no file"
            file = None if problem else archive.extractfile(info)
            yield Member(name, file.read(MEMBER_LIMIT) if file else b"", problem)


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
            with archive.open(info) as file:
                data = file.read(MEMBER_LIMIT + 1)
            too_large = len(data) > MEMBER_LIMIT  # whatever the archive's directory says
            problem = "the file is too large" if too_large else ""
            yield Member(info.filename, b"" if too_large else data, problem)


def _find_problem(name: str, size: int) -> str:
    """Say why a member is not taken, by its name and size."""
    if not is_inside_tree(name):
        return "its path leads out of the archive"
    return "the file is too large" if size > MEMBER_LIMIT else ""
