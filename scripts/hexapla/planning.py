"""Planning: which topics and assets are due, from what is delivered and what the locks remember."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hexapla.deliveries import CONFLICTS, split_folder
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
    withdrawn: dict[str, Line] = field(default_factory=dict)
    """Path under ``docs/`` → line, for pages that nothing is delivered for any more."""

    def list_bases(self, source_locale: str) -> dict[str, str]:
        """Give the blob id of what was written last to each path under ``docs/``.

        Which delivered file it came from does not matter: the next may come from another, as when
        a locale's articles are delivered without units from now on.
        """
        bases: dict[str, str] = {}
        for lines in (self.withdrawn, self.delivered, self.written):
            for line in lines.values():
                if (page := find_page(line, source_locale)) is not None:
                    bases[page] = line.written
        return bases


def remember(lines: Iterable[Line]) -> Memory:
    """Sort the lines of all locks."""
    memory = Memory()
    for line in lines:
        if line.path.startswith("docs/"):
            kind = memory.written if line.delivered == NOTHING else memory.withdrawn
            kind[line.path.removeprefix("docs/")] = line
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


def find_page(line: Line, source_locale: str) -> str | None:
    """Give the file under ``docs/`` that a lock's line is about; None where it is about none."""
    if line.path.startswith("docs/"):
        return line.path.removeprefix("docs/")
    if line.written == NOTHING:
        return None
    folder, _, name = line.path.partition("/")
    return derive_output(Delivered(*split_folder(folder), line.path, name), source_locale)


def find_asset(line: Line) -> set[str]:
    """Give the target of the job that an asset was of, with other locales'; none for an article."""
    name = line.path.partition("/")[2]
    return set() if line.path.startswith("docs/") or is_article(name) else {clean_path(name)}


_PAGE = re.compile(r"index(?:\.[\w\-]+)?\.md\Z|\.meta\.yml\Z")


def find_target(path: str) -> str:
    """Give the target of the job that writes a file under ``docs/``."""
    folder, name = posixpath.split(path)
    return folder if _PAGE.match(name) else path


def find_disputed_targets(conflicts: Mapping[str, str]) -> dict[str, str]:
    """Find the targets of the jobs that write files in conflict.

    Args:
        conflicts: Path under ``docs/`` → what it is compared with, below its locale's folder.
    """
    targets = {}
    for path, remembered in conflicts.items():
        locale = remembered.partition("/")[0].removesuffix(CONFLICTS)
        target = find_target(path)
        if target == path:  # an asset, perhaps the locale's own version of it
            stem, ending = posixpath.splitext(path)
            target = stem.removesuffix(f".{locale}") + ending
        targets[path] = target
    return targets


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
