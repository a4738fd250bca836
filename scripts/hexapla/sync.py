"""Sync: bring ``docs/`` up to date with ``locales/``.

Only topics of which a file is new, or a page is gone, become jobs. The locks are written last: a
run that is interrupted leaves whole files, and the next one finds them as they should be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from hexapla.bases import Bases
from hexapla.delivery_store import DeliveryStore, Deposit
from hexapla.file_index import now
from hexapla.findings import Finding
from hexapla.git import is_shallow
from hexapla.handoffs import find_older, report_older
from hexapla.identification import identify_jobs
from hexapla.journal import clear_journal, read_journal
from hexapla.lock import Line, render_lock
from hexapla.model import Delivered
from hexapla.paths import SHARED_METADATA
from hexapla.planning import (
    Job,
    find_asset,
    find_disputed_targets,
    find_page,
    find_target,
    is_settled,
)
from hexapla.pool import carry_out_all
from hexapla.reconciling import Change, report_shallow
from hexapla.renaming import find_renamed
from hexapla.state import State, digest_decisions, read_state
from hexapla.storage import (
    Repository,
    Writer,
    clear_folder,
    hold_lock,
    read_if_present,
)
from hexapla.withdrawing import Lines, drop_lost, find_gone, find_orphans, is_unedited
from hexapla.working import Outcome, Work

_UNFINISHED = "unfinished"
"""In place of a lock's setting: not all locks are written yet."""

_MANY = 2_000
"""Articles that are stored at a time."""

Progress = Callable[[int, int], None]
"""Called with the number of jobs done and that of all."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to sync."""

    dry_run: bool = False
    """Only find out what would change."""
    everything: bool = False
    """Do what is up to date too, so that all findings are reported."""
    prune: bool = False
    """Remove pages whose article is no longer delivered."""
    allow_older: bool = False
    """Take articles that were handed off before those that they replace."""
    workers: int = 0
    """Processes; 0: one for each core."""


@dataclass(slots=True)
class Report:
    """What a sync did."""

    articles: int = 0
    """Articles delivered."""
    processed: int = 0
    """Topics and assets that were due."""
    changes: list[tuple[str, Change]] = field(default_factory=list)
    """Path under ``docs/`` and what happened to it, sorted."""
    findings: list[Finding] = field(default_factory=list)
    """What was noticed, sorted."""

    def count(self) -> Counter[Change]:
        """Count the changes by kind."""
        return Counter(change for _, change in self.changes)


def synchronize(
    repository: Repository, options: Options, progress: Progress | None = None
) -> Report:
    """Bring ``docs/`` up to date with ``locales/``.

    Args:
        repository: Where to work.
        options: How.
        progress: Told how far the work has come.

    Raises:
        HexaplaError: The configuration or a lock is damaged, the disk is full or read-only, or
            another command is at work.
    """
    if options.dry_run:
        return _run(repository, options, progress)
    with hold_lock(repository.cache / "sync.lock"):
        clear_folder(repository.cache / "tmp")
        return _run(repository, options, progress)


def _run(repository: Repository, options: Options, progress: Progress | None) -> Report:
    """Find out what is due, do it, and remember it."""
    started = now()
    state = read_state(repository)
    report = Report(len(state.inventory.articles) + len(state.inventory.loose))
    report.findings += state.inventory.findings
    files = [*state.inventory.articles, *state.inventory.loose, *state.inventory.assets]
    gone = find_gone(state.memory, files)
    missing = {find_target(path) for path in state.memory.written if path not in state.present}
    missing |= set(find_disputed_targets(state.conflicts).values())
    is_fresh = options.everything or any(
        lock.setting.partition(".")[0] != state.digest for lock in state.locks.values()
    )
    withdrawn = state.memory.withdrawn
    if is_fresh or gone or missing or withdrawn or not _is_settled(files, state):
        jobs, findings = identify_jobs(repository, state.inventory, state.setting.source_locale)
        report.findings += findings
        topics = (job.topic for job in jobs if job.topic is not None)
        state.digest = digest_decisions(state.digest, topics)
        is_fresh |= any(lock.setting != state.digest for lock in state.locks.values())
        for line in gone.values():
            page = find_page(line, state.setting.source_locale)
            missing |= {find_target(page)} if page else set()
            missing |= find_asset(line)
        work = plan_work(
            repository,
            state,
            [
                job
                for job in jobs
                if is_fresh or job.target in missing or not _is_settled(job.files, state)
            ],
            missing,
            is_fresh=is_fresh,
            writes=not options.dry_run,
        )
        if not options.allow_older:
            work.older = find_older(work.bases, work.jobs, state.blobs)
            report.findings += [report_older(path) for path in work.older]
        work.renamed = find_renamed(work.bases, gone, jobs)
        store = DeliveryStore(repository)
        try:
            outcomes = _collect(work, options.workers, progress, store)
        finally:
            work.journal.lines.close()
        lines = drop_lost(_remember(work, state, outcomes), jobs)
        followed = {path for outcome in outcomes for path in outcome.followed}
        _withdraw(jobs, work, state, lines, followed, options=options, report=report)
        _summarize(repository.root, outcomes, state, report)
        if work.writes:
            _forget_conflicts(repository, state, report)
            _write_locks(repository, state, lines)
            clear_journal(work.journal)
    if not options.dry_run:
        blobs = ((p, state.signatures[p], b) for p, b in state.blobs.items() if b is not None)
        state.index.save(blobs, started)
    report.findings = sorted(set(report.findings))
    report.changes.sort(key=lambda change: change[0])
    return report


def plan_work(
    repository: Repository,
    state: State,
    jobs: Sequence[Job],
    missing: Set[str] = frozenset(),
    *,
    is_fresh: bool = False,
    writes: bool,
) -> Work:
    """Put together what jobs need.

    Args:
        repository: Where to work.
        state: What there is.
        jobs: What there is to do.
        missing: The targets of which a file is not there any more, or is in conflict.
        is_fresh: Whether even what is as the locks have it must be done.
        writes: Whether files are written.
    """
    return Work(
        repository,
        jobs,
        state.memory,
        state.memory.list_bases(state.setting.source_locale),
        state.conflicts,
        Bases(repository, state.memory, state.setting),
        read_journal(repository),
        state.setting,
        state.present,
        missing,
        is_fresh=is_fresh,
        writes=writes,
    )


def _is_settled(files: Iterable[Delivered], state: State) -> bool:
    source_locale = state.setting.source_locale
    return is_settled(files, state.blobs, state.memory, state.present, source_locale)


def _collect(
    work: Work, workers: int, progress: Progress | None, store: DeliveryStore
) -> list[Outcome]:
    """Carry out all jobs, and store the articles for later merges."""
    outcomes: list[Outcome] = []
    deposits: list[Deposit] = []
    for chunk in carry_out_all(work, workers):
        outcomes += chunk
        for outcome in chunk:
            deposits += outcome.deposits
            outcome.deposits = []
        if len(deposits) >= _MANY:
            store.save(deposits)
            deposits = []
        if progress is not None:
            progress(len(outcomes), len(work.jobs))
    store.save(deposits)
    return outcomes


def _list_lines(state: State) -> Lines:
    """List the lines of all locks."""
    return {
        line.path: (locale, line)
        for locale, lock in state.locks.items()
        for line in lock.lines.values()
    }


def _remember(work: Work, state: State, outcomes: Iterable[Outcome]) -> Lines:
    """Bring the locks' lines up to date."""
    lines = _list_lines(state)
    done = {outcome.target: outcome for outcome in outcomes if not outcome.settled}
    for job in work.jobs:
        if job.target in done:
            for delivered in job.files:
                lines.pop(delivered.path, None)
    for path, line in work.memory.written.items():
        if find_target(path) in done:
            lines.pop(line.path, None)
    for outcome in done.values():
        lines.update((line.path, (locale, line)) for locale, line in outcome.lines)
    return lines


def _withdraw(
    jobs: Sequence[Job],
    work: Work,
    state: State,
    lines: Lines,
    followed: Set[str],
    *,
    options: Options,
    report: Report,
) -> None:
    """Keep and report what is delivered no longer, or remove it."""
    orphans = find_orphans(_list_lines(state), lines, jobs, state.setting.source_locale)
    writer = work.make_writer()
    left = set(state.present)
    # What the pages share is looked at when it is known which of them stay.
    for orphan in sorted(orphans, key=lambda orphan: orphan.page.endswith(SHARED_METADATA)):
        if orphan.page not in state.present:
            continue  # a writer has removed it: nothing stays
        is_edited = orphan.page not in followed and not is_unedited(work.repository, orphan, left)
        has_moved = orphan.has_moved or orphan.page in followed
        if (options.prune or has_moved) and not is_edited:
            report.changes.append((orphan.page, Change.REMOVED))
            left.discard(orphan.page)
            if work.writes:
                writer.remove(orphan.page)
        else:
            line = orphan.remember()
            lines[line.path] = (orphan.locale, line)
            report.findings.append(orphan.report(is_edited=is_edited))


def _summarize(root: Path, outcomes: Sequence[Outcome], state: State, report: Report) -> None:
    """Add what the jobs did to the report."""
    for outcome in outcomes:
        report.findings += outcome.findings
        report.changes += outcome.changes
        state.blobs.update(outcome.blobs)
        report.processed += not outcome.settled
    lost = sum(outcome.lost for outcome in outcomes)
    if lost and is_shallow(root):
        report.findings.append(report_shallow(lost))


def _forget_conflicts(repository: Repository, state: State, report: Report) -> None:
    """Remove what pages were compared with while they were in conflict, once they are not."""
    kept = {path for path, change in report.changes if change is Change.CONFLICT}
    writer = Writer(repository.locales, repository.cache / "tmp")
    for page, path in sorted(state.conflicts.items()):
        if page not in kept:
            writer.remove(path)


def _write_locks(repository: Repository, state: State, lines: Lines) -> None:
    """Write the locks that changed, and remove those without a line."""
    by_locale: dict[str, list[Line]] = {locale: [] for locale in state.locks}
    for locale, line in lines.values():
        by_locale.setdefault(locale, []).append(line)
    writer = Writer(repository.locales, repository.cache / "tmp")
    changed: dict[str, bytes | None] = {}
    for locale, own in by_locale.items():
        data = render_lock(state.digest, own).encode() if own else None
        if data != read_if_present(repository.locales / f"{locale}.lock", 2**28):
            changed[f"{locale}.lock"] = data
    last = max((path for path, data in changed.items() if data is not None), default="")
    if last and len(changed) > 1:
        # A topic stands in several locks. Until all are written, one says that none is to be
        # trusted: an interruption in between makes the next run look at every page.
        own = by_locale[last.removesuffix(".lock")]
        writer.write(last, render_lock(_UNFINISHED, own).encode())
    for path, data in sorted(changed.items(), key=lambda item: (item[0] == last, item[0])):
        if data is None:
            writer.remove(path)
        else:
            writer.write(path, data)
