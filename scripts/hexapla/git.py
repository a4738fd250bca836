"""Git: what the history knows, asked of the system's git."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path


def read_change_days(folder: Path) -> dict[str, str]:
    """Read the day of each file's last change out of the history.

    Args:
        folder: A folder of a checkout.

    Returns:
        Path relative to the folder → day, ``2021-06-14``; nothing where there is no history.
    """
    command = ["git", "-c", "core.quotePath=false", "log", "--format=%x00%ct", "--name-only", "-z"]
    try:
        done = subprocess.run(
            [*command, "--relative", "--no-renames", "--", "."],
            cwd=folder,
            capture_output=True,
            check=False,
        )
    except OSError:
        return {}
    if done.returncode:
        return {}
    days: dict[str, str] = {}
    day = ""
    # NUL NUL time newline, then names that end in NUL; the latest commit is the first.
    for part in done.stdout.decode("utf-8", "surrogateescape").split("\0"):
        text = part.strip("\n")
        time, _, name = text.partition("\n")
        if time.isdigit():
            day = datetime.fromtimestamp(int(time), UTC).date().isoformat()
            text = name.lstrip("\n")
        if text and day:
            days.setdefault(text, day)
    return days


def read_blobs(folder: Path, identifiers: Iterable[str], limit: int) -> dict[str, bytes]:
    """Read blobs out of the object store of a checkout.

    Args:
        folder: A folder of the checkout.
        identifiers: Their ids.
        limit: The most bytes that one may have; a larger one is left out.

    Returns:
        Id → bytes, of those that are there.
    """
    wanted = sorted(set(identifiers))
    if not wanted:
        return {}
    sizes = _ask("--batch-check", folder, wanted).decode("ascii", "replace").splitlines()
    known = [row.split(" ") for row in sizes]
    small = [row[0] for row in known if len(row) == 3 and row[1] == "blob" and int(row[2]) <= limit]
    answer = _ask("--batch", folder, small) if small else b""
    blobs: dict[str, bytes] = {}
    done = 0
    while (end := answer.find(b"\n", done)) >= 0:
        identifier, _, size = answer[done:end].decode("ascii", "replace").split(" ")
        blobs[identifier] = answer[end + 1 : end + 1 + int(size)]
        done = end + 2 + int(size)
    return blobs


def is_shallow(folder: Path) -> bool:
    """Say whether a checkout is a clone that has only the last commits of its history."""
    command = ["git", "rev-parse", "--is-shallow-repository"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    except OSError:
        return False
    return done.stdout.strip() == b"true"


def _ask(option: str, folder: Path, identifiers: Iterable[str]) -> bytes:
    """Ask git about objects; nothing where there is no git, or no checkout."""
    question = "".join(f"{identifier}\n" for identifier in identifiers).encode("ascii")
    try:
        done = subprocess.run(
            ["git", "cat-file", option],
            cwd=folder,
            input=question,
            capture_output=True,
            check=False,
        )
    except OSError:
        return b""
    return b"" if done.returncode else done.stdout
