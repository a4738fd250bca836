"""Git's versions: what files a history has had, asked of the system's git."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

_KNOWN = frozenset("AMT")
"""What git says of a file that a commit has: added, modified, of another type."""


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A file as a commit has it."""

    path: str
    """Its path, relative to the folder that was asked for."""
    blob: str
    """The blob id of its bytes."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that has changed a folder."""

    identifier: str
    """Its id."""
    day: str
    """The day it was made, ``2021-06-14``, in UTC."""


def list_versions(folder: Path, patterns: Iterable[str]) -> list[FileVersion]:
    """List all versions that some files of a folder have had, the latest first.

    Args:
        folder: A folder of a checkout.
        patterns: Paths relative to it, whose ``*`` stand for a folder's or file's name; see
            `escape_pattern`.

    Returns:
        The versions, each once; nothing where there is no history.
    """
    specs = [f":(glob){pattern}" for pattern in patterns]
    command = ["log", "--full-history", "--format=%x00", "--raw", "--no-abbrev", "-z"]
    answer = _run(folder, *command, "--no-renames", "--relative", "--", *specs) if specs else ""
    parts = answer.split("\0")
    versions: dict[FileVersion, None] = {}
    for part, name in pairwise(parts):
        fields = part.strip("\n").split(" ")
        if len(fields) == 5 and fields[0].startswith(":") and fields[4][:1] in _KNOWN:
            versions[FileVersion(name, fields[3])] = None
    return list(versions)


def escape_pattern(path: str) -> str:
    """Write a path so that it is one in a pattern, whatever is in its name."""
    return "".join(f"\\{char}" if char in "\\*?[" else char for char in path)


def list_commits(folder: Path) -> list[Commit]:
    """List the commits on the way to the checked-out one that have changed a folder.

    Returns:
        The commits, the earliest first; nothing where there is no history.
    """
    answer = _run(folder, "log", "--first-parent", "--format=%H %ct", "--", ".")
    commits = []
    for row in answer.splitlines():
        identifier, _, time = row.partition(" ")
        if time.isdigit():
            day = datetime.fromtimestamp(int(time), UTC).date().isoformat()
            commits.append(Commit(identifier, day))
    return commits[::-1]


def find_head(folder: Path) -> str:
    """Give the id of the checked-out commit; nothing where there is none."""
    return _run(folder, "rev-parse", "--verify", "--quiet", "HEAD").strip()


def list_tree(folder: Path, commit: str) -> list[FileVersion]:
    """List the files that a folder has in a commit."""
    answer = _run(folder, "ls-tree", "-r", "-z", commit, "--", ".")
    files = []
    for row in answer.split("\0"):
        fields, _, name = row.partition("\t")
        mode, _, rest = fields.partition(" ")
        if mode.startswith("100"):  # a regular file: neither a link nor another repository
            files.append(FileVersion(name, rest.partition(" ")[2]))
    return files


def _run(folder: Path, *arguments: str) -> str:
    """Ask git; nothing where there is none, or no checkout."""
    command = ["git", "-c", "core.quotePath=false", "-c", "log.showSignature=false", *arguments]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.decode("utf-8", "surrogateescape")
