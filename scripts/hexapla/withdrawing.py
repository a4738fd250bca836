"""Withdrawing: pages that nothing delivered is written to any more.

They stay, and are reported, until ``--prune`` removes those that no writer has edited. A page whose
article is still delivered but is now written elsewhere has only moved: it goes at once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from hexapla.findings import Finding
from hexapla.lock import NOTHING, UNSETTLED, Line, Lock
from hexapla.model import Delivered
from hexapla.paths import SHARED_METADATA
from hexapla.planning import Job, Memory, find_page, find_target
from hexapla.renaming import remove_aliases
from hexapla.storage import Repository, hash_blob, read_if_present

_LIMIT = 2**28

Lines = dict[str, tuple[str, Line]]
"""The lines of all locks: path → locale and line."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A page that nothing delivered is written to any more."""

    page: str
    """Its path under ``docs/``."""
    locale: str
    """The locale whose lock remembers it."""
    written: str
    """Blob id of what was written last."""
    has_moved: bool
    """Whether what it showed is still delivered, and is written elsewhere."""

    def remember(self) -> Line:
        """Give the line by which the lock knows a page that stays."""
        return Line(f"docs/{self.page}", UNSETTLED, self.written)

    def report(self, *, is_edited: bool) -> Finding:
        """Report that it stays."""
        message = "its article is no longer delivered; the page stays"
        hint = "hexapla sync --prune removes it"
        if is_edited:
            message = "nothing delivered is written here any more; the page stays, as it was edited"
            hint = "keep what is worth keeping elsewhere, and remove the page"
        return Finding(f"docs/{self.page}", 0, 0, "withdrawn", message, hint)


def find_gone(memory: Memory, files: Iterable[Delivered]) -> dict[str, Line]:
    """Find the files that the locks know and that are delivered no longer: path → line."""
    delivered = {file.path for file in files}
    return {path: line for path, line in memory.delivered.items() if path not in delivered}


def drop_lost(lines: Lines, jobs: Iterable[Job]) -> Lines:
    """Leave out the lines of what no job has to do with any more."""
    paths: set[str] = set()
    targets: set[str] = set()
    for job in jobs:
        targets.add(job.target)
        paths.update(file.path for file in job.files)
    return {
        path: (locale, line)
        for path, (locale, line) in lines.items()
        if path in paths
        or (line.delivered == NOTHING and find_target(path.removeprefix("docs/")) in targets)
    }


def find_orphans(
    remembered: Lines, lines: Lines, jobs: Iterable[Job], source_locale: str
) -> list[Orphan]:
    """Find the pages that are written from nothing any more.

    Args:
        remembered: The locks' lines before the jobs were done.
        lines: Those after, without what is lost.
        jobs: All jobs, due or not.
        source_locale: The locale of ``index.md``.

    Returns:
        The orphans, sorted by page.
    """
    if all(
        path in lines and (lines[path][1].written == NOTHING) == (line.written == NOTHING)
        for path, (_, line) in remembered.items()
    ):
        return []  # every line is still there, and with it its page
    current = {find_page(line, source_locale) for _, line in lines.values()}
    targets: set[str] = set()
    delivered: set[str] = set()
    for job in jobs:
        targets.add(job.target)
        delivered.update(file.path for file in job.files)
    # The same bytes under another path: a file that was renamed, or given its topic by a writer.
    kept = {line.delivered for _, line in lines.values()} - {NOTHING, UNSETTLED}
    settled = {NOTHING, UNSETTLED, *kept}
    lost = [
        find_page(line, source_locale)
        for path, (_, line) in remembered.items()
        if path not in delivered and line.delivered not in settled
    ]
    # Where a loose article is lost, which of the pages was its own cannot be told.
    left = targets | {find_target(page) for page in lost if page is not None}
    orphans: dict[str, Orphan] = {}
    for path, (locale, line) in remembered.items():
        page = find_page(line, source_locale)
        if page is None or page in current:
            continue
        has_moved = path in delivered or line.delivered in kept
        if line.delivered == NOTHING:
            has_moved = None not in lost and find_target(page) not in left
        if page not in orphans or not has_moved:
            orphans[page] = Orphan(page, locale, line.written, has_moved)
    return [orphans[page] for page in sorted(orphans)]


def list_withdrawn(locks: Mapping[str, Lock], present: Set[str]) -> dict[str, str]:
    """List the pages that are withdrawn, sorted: path under ``docs/`` → its locale.

    Args:
        locks: Locale → lock.
        present: The files under ``docs/``: what a writer has removed is withdrawn no longer.
    """
    found = {
        path.removeprefix("docs/"): locale
        for locale, lock in locks.items()
        for path, line in lock.lines.items()
        if path.startswith("docs/") and line.delivered == UNSETTLED and path.endswith(".md")
    }
    found = {page: locale for page, locale in found.items() if find_target(page) != page}
    return {page: found[page] for page in sorted(found) if page in present}


def is_unedited(repository: Repository, orphan: Orphan, left: Set[str]) -> bool:
    """Say whether a page is as it was written last.

    Of shared metadata the aliases do not count where they are of no page any more.

    Args:
        repository: Where it is.
        orphan: The page.
        left: The files under ``docs/`` that stay.
    """
    data = read_if_present(repository.docs / orphan.page, _LIMIT)
    if data is None or hash_blob(data) == orphan.written:
        return True
    folder = f"{posixpath.dirname(orphan.page)}/"
    if not orphan.page.endswith(SHARED_METADATA) or any(
        path.startswith(folder) and path != orphan.page for path in left
    ):
        return False
    return hash_blob(remove_aliases(data)) == orphan.written
