"""Planning: which topics and assets are due, from what is delivered and what the locks remember."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hexapla.lock import NOTHING, Line
from hexapla.model import Delivered, Form, Topic
from hexapla.paths import clean_path, is_article, localized_path, page_path, topic_identifier


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: a topic, or an asset with its locales' versions."""

    target: str
    """The topic's id, or the asset's path under ``docs/``."""
    files: tuple[Delivered, ...]
    """The delivered files."""
    topic: Topic | None
    """The topic; None for an asset."""


@dataclass(slots=True)
class Memory:
    """All locks together."""

    delivered: dict[str, Line] = field(default_factory=dict)
    """Delivered path → line."""
    written: dict[str, Line] = field(default_factory=dict)
    """Path under ``docs/`` → line, for files that come from no one article."""

    def find_base(self, path: str, files: Iterable[Delivered]) -> str:
        """Give the blob id of what was written to a path last; ``-`` when nothing was.

        Args:
            path: Under ``docs/``.
            files: The delivered files that it comes from.
        """
        if (line := self.written.get(path)) is not None:
            return line.written
        for delivered in files:
            line = self.delivered.get(delivered.path)
            if line is not None and line.written != NOTHING:
                return line.written
        return NOTHING


def remember(lines: Iterable[Line]) -> Memory:
    """Sort the lines of all locks."""
    memory = Memory()
    for line in lines:
        if line.delivered == NOTHING:
            memory.written[line.path.removeprefix("docs/")] = line
        else:
            memory.delivered[line.path] = line
    return memory


def derive_output(delivered: Delivered, source_locale: str) -> str | None:
    """Give the file under ``docs/`` that a delivered file is written to by its path alone.

    Returns:
        The path; None for a loose article, whose page stands in the lock by its own name.
    """
    if delivered.form is Form.LOOSE:
        return None
    if is_article(delivered.name):
        return page_path(topic_identifier(delivered.name), delivered.locale, source_locale)
    path = clean_path(delivered.name)
    return path if delivered.locale == source_locale else localized_path(path, delivered.locale)


_PAGE = re.compile(r"index(?:\.[\w\-]+)?\.md\Z|\.meta\.yml\Z")


def find_target(path: str) -> str:
    """Give the target of the job that writes a file under ``docs/``."""
    folder, name = posixpath.split(path)
    return folder if _PAGE.match(name) else path


def is_usable(path: str) -> bool:
    """Say whether a path may be a bundle's or an asset's: it has a name, and not a page's."""
    return path != "" and not any(_PAGE.match(part) for part in path.split("/"))


def is_settled(
    files: Iterable[Delivered],
    blobs: Mapping[str, str | None],
    memory: Memory,
    present: set[str],
    source_locale: str,
) -> bool:
    """Say whether files are as the locks have them, and the pages of each are there.

    Args:
        files: Delivered files.
        blobs: Delivered path → blob id, None where the file has not been read.
        memory: What the locks remember.
        present: The files that exist under ``docs/``.
        source_locale: The locale of ``index.md``.
    """
    for delivered in files:
        line = memory.delivered.get(delivered.path)
        if line is None or line.delivered != blobs.get(delivered.path):
            return False
        if line.written != NOTHING and derive_output(delivered, source_locale) not in present:
            return False
    return True


def group_assets(assets: Iterable[Delivered]) -> dict[str, list[Delivered]]:
    """Group the locales' versions of each asset by their path under ``docs/``."""
    groups: dict[str, list[Delivered]] = {}
    for delivered in assets:
        path = clean_path(delivered.name)
        if is_usable(path):
            groups.setdefault(path, []).append(delivered)
    return groups
