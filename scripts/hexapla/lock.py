"""Locks: what sync remembers of each locale, committed beside the deliveries.

``locales/<locale>.lock`` has a line per delivered file, sorted: its path, git's blob id of its
bytes, and that of the page written from it. From it follow, with no other state, what is new,
whether a writer has edited a page, and the base of a three-way merge. Files that come from no one
article, the reconstructed source and the shared metadata, stand in the source locale's lock by
their path under ``docs/``, with ``-`` for the delivered bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from hexapla.errors import ConfigurationError

VERSION = 1
"""Raised when what sync writes changes: every page is then written anew."""

NOTHING = "-"
"""In place of a blob id: nothing was delivered, or nothing was written."""

UNSETTLED = "0" * 40
"""In place of the delivered bytes' id: the page was written, but is not settled.

Either another page of its topic could not be written, or nothing is delivered for it any more."""

RESTORE = "restore it from git, or delete it: pages are then compared with the deliveries"
"""What to do about a damaged lock."""

_TITLE = "# hexapla lock"
_ROW = re.compile(r"(.*) (-|[0-9a-f]{40}) (-|[0-9a-f]{40})\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of one file."""

    path: str
    """Relative to ``locales/`` when delivered (``sv-SE/help/start.md``), else to the repository."""
    delivered: str
    """Blob id of the delivered bytes, or ``-``."""
    written: str
    """Blob id of the file under ``docs/`` written from it, or ``-``."""


@dataclass(slots=True)
class Lock:
    """A locale's lock."""

    setting: str = ""
    """Digest of what all pages depend on; another one makes every page due."""
    lines: dict[str, Line] = field(default_factory=dict)
    """Path → line."""


def parse_lock(text: str, path: str) -> Lock:
    """Read a lock.

    Raises:
        ConfigurationError: The text is no lock, a merge's leftover for example.
    """
    rows = text.split("\n")
    title = rows[0].split(" ")
    if not rows[0].startswith(_TITLE) or len(title) != 5:
        raise ConfigurationError("this is no lock of Hexapla's", path=path, line=1, hint=RESTORE)
    lock = Lock(setting=title[4] if title[3] == str(VERSION) else "")
    for number, row in enumerate(rows[1:], 2):
        if not row:
            continue
        try:
            line = _parse_row(row)
        except ValueError as error:
            message = "this line is damaged"
            raise ConfigurationError(message, path=path, line=number, hint=RESTORE) from error
        lock.lines[line.path] = line
    return lock


def _parse_row(row: str) -> Line:
    """Read one line: its path, plain or as a JSON string, and two blob ids."""
    match = _ROW.match(row)
    if match is None:
        raise ValueError("not a path and two blob ids")
    name = json.loads(match[1]) if match[1].startswith('"') else match[1]
    return Line(name, match[2], match[3])


def render_lock(setting: str, lines: Iterable[Line]) -> str:
    """Write a lock, its lines sorted by path."""
    rows = [f"{_TITLE} {VERSION} {setting}"]
    for line in sorted(lines, key=lambda line: line.path):
        is_plain = line.path.isprintable() and not line.path.startswith(('"', "#"))
        name = line.path if is_plain else json.dumps(line.path)
        rows.append(f"{name} {line.delivered} {line.written}")
    return "\n".join(rows) + "\n"
