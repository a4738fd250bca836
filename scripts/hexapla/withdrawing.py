"""Withdrawing: pages whose article is delivered no longer.

They stay, and are reported, until ``--prune`` removes those that no writer has edited. A page whose
article is still delivered but is now written elsewhere has only moved: it goes at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexapla.deliveries import split_folder
from hexapla.findings import Finding
from hexapla.lock import NOTHING, Line
from hexapla.model import Delivered
from hexapla.planning import Job, Memory, derive_output, find_target
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
    line: Line
    """What the lock remembers."""
    has_moved: bool
    """Whether what it showed is still delivered, and is written elsewhere."""

    def report(self) -> Finding:
        """Report that it stays."""
        message = "its article is no longer delivered; the page stays"
        if self.has_moved:
            message = "its article is written elsewhere now; the page stays, since it was edited"
        hint = "hexapla sync --prune removes it, unless a writer has edited it"
        return Finding(f"docs/{self.page}", 0, 0, "withdrawn", message, hint)


def find_page(path: str, source_locale: str) -> str | None:
    """Give the page that follows from a delivered path, as `derive_output` does."""
    folder, _, name = path.partition("/")
    return derive_output(Delivered(*split_folder(folder), path, name), source_locale)


def find_gone(memory: Memory, files: Iterable[Delivered]) -> dict[str, Line]:
    """Find the files that the locks know and that are delivered no longer: path → line."""
    delivered = {file.path for file in files}
    return {path: line for path, line in memory.delivered.items() if path not in delivered}


def find_orphans(
    remembered: Lines, lines: Lines, gone: Mapping[str, Line], jobs: Iterable[Job], locale: str
) -> list[Orphan]:
    """Find the pages that are written from nothing any more.

    Args:
        remembered: The locks' lines before the jobs were done.
        lines: Those after.
        gone: What `find_gone` found.
        jobs: All jobs, due or not.
        locale: The source locale.

    Returns:
        The orphans, sorted by page.
    """
    targets = {job.target for job in jobs}
    shown = {
        find_page(path, locale)
        for path, (_, line) in lines.items()
        if NOTHING not in (line.delivered, line.written) and path not in gone
    }
    left = {find_target(page) for path in gone if (page := find_page(path, locale))}
    lost_loose = any(find_page(path, locale) is None for path in gone)
    orphans = {}
    for path, (owner, line) in remembered.items():
        if line.delivered == NOTHING:
            page = path.removeprefix("docs/")
            is_current = path in lines and find_target(page) in targets
            if not is_current and page not in shown:
                has_moved = not lost_loose and find_target(page) not in targets | left
                orphans[page] = Orphan(page, owner, line, has_moved)
        elif line.written != NOTHING and (found := find_page(path, locale)) not in shown:
            assert found is not None  # a loose article's line names no written page
            orphans[found] = Orphan(found, owner, line, path not in gone)
    return [orphans[page] for page in sorted(orphans)]


def is_unedited(repository: Repository, orphan: Orphan) -> bool:
    """Say whether a page is as it was written last, or gone already."""
    data = read_if_present(repository.docs / orphan.page, _LIMIT)
    return data is None or hash_blob(data) == orphan.line.written
