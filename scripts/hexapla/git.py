"""Git: what the history knows, asked of the system's git."""

from __future__ import annotations

import subprocess
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
