"""Sync: bring ``docs/`` up to date with ``locales/``.

Only topics of which a file is new, or a page is gone, become jobs. The locks are written last: a
run that is interrupted leaves whole files, and the next one finds them as they should be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hexapla.deliveries import split_folder
from hexapla.file_index import now
from hexapla.findings import Finding
from hexapla.identification import identify_jobs
from hexapla.lock import NOTHING, Line, render_lock
from hexapla.model import Delivered
from hexapla.planning import derive_output, find_target, is_settled
from hexapla.pool import carry_out_all
from hexapla.state import State, read_state
from hexapla.storage import Repository, Writer, clear_folder, hash_blob, hold_lock, read_if_present
from hexapla.working import ASSET_LIMIT, Change, Outcome, Work

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
    gone = _find_gone(state, files)
    missing = {find_target(path) for path in state.memory.written if path not in state.present}
    is_fresh = options.everything or any(
        lock.setting != state.digest for lock in state.locks.values()
    )
    if is_fresh or gone or missing or not _is_settled(files, state):
        jobs, findings = identify_jobs(repository, state.inventory)
        report.findings += findings
        missing |= {find_target(path) for path in gone.values() if path is not None}
        due = [
            job
            for job in jobs
            if is_fresh or job.target in missing or not _is_settled(job.files, state)
        ]
        writes = not options.dry_run
        work = Work(
            repository, due, state.memory, state.setting, state.present, missing, is_fresh, writes
        )
        outcomes = _collect(work, options.workers, progress)
        lines = _remember(work, state, outcomes)
        _withdraw(work, state, lines, {job.target for job in jobs}, gone, options, report)
        _summarize(outcomes, state, report)
        if writes:
            _write_locks(repository, state, lines)
    if not options.dry_run:
        blobs = ((p, state.signatures[p], b) for p, b in state.blobs.items() if b is not None)
        state.index.save(blobs, started)
    report.findings = sorted(set(report.findings))
    report.changes.sort(key=lambda change: change[0])
    return report


def _is_settled(files: Iterable[Delivered], state: State) -> bool:
    source_locale = state.setting.source_locale
    return is_settled(files, state.blobs, state.memory, state.present, source_locale)


def _find_gone(state: State, files: Iterable[Delivered]) -> dict[str, str | None]:
    """Find the files that the locks know and that are delivered no longer.

    Returns:
        Delivered path → the page written from it, where one was.
    """
    delivered = {file.path for file in files}
    gone: dict[str, str | None] = {}
    for path, line in state.memory.delivered.items():
        if path not in delivered:
            folder, _, name = path.partition("/")
            file = Delivered(*split_folder(folder), path, name)
            output = derive_output(file, state.setting.source_locale)
            gone[path] = output if line.written != NOTHING else None
    return gone


def _collect(work: Work, workers: int, progress: Progress | None) -> list[Outcome]:
    """Carry out all jobs."""
    outcomes: list[Outcome] = []
    for chunk in carry_out_all(work, workers):
        outcomes += chunk
        if progress is not None:
            progress(len(outcomes), len(work.jobs))
    return outcomes


def _remember(work: Work, state: State, outcomes: Iterable[Outcome]) -> dict[str, tuple[str, Line]]:
    """Bring the locks' lines up to date: path → locale and line."""
    lines = {
        line.path: (locale, line)
        for locale, lock in state.locks.items()
        for line in lock.lines.values()
    }
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
    work: Work,
    state: State,
    lines: dict[str, tuple[str, Line]],
    targets: set[str],
    gone: Mapping[str, str | None],
    options: Options,
    report: Report,
) -> None:
    """Keep and report what is delivered no longer; with ``--prune`` remove what nobody edited."""
    written = {line.path for _, line in lines.values()}
    orphans = {
        path: (line.path, line.written)
        for path, line in work.memory.written.items()
        if line.path not in written or find_target(path) not in targets
    }
    for delivered, page in gone.items():
        base = state.memory.delivered[delivered].written
        if page is None:
            lines.pop(delivered, None)  # it was shown on no page of its own
        elif page in orphans or not _is_replaced(page, lines, work):
            orphans[page] = (delivered, base)
        else:
            lines.pop(delivered, None)
    writer = work.make_writer()
    for page, (path, base) in sorted(orphans.items()):
        known = work.memory.delivered.get(path) or work.memory.written[page]
        locale = next(locale for locale, lock in state.locks.items() if known.path in lock.lines)
        if options.prune and _is_unedited(work.repository, page, base):
            lines.pop(path, None)
            report.changes.append((page, Change.REMOVED))
            if work.writes:
                writer.remove(page)
            continue
        lines[path] = (locale, known)
        message = "its article is no longer delivered; the page stays"
        hint = "hexapla sync --prune removes it, unless a writer has edited it"
        report.findings.append(Finding(f"docs/{page}", 0, 0, "withdrawn", message, hint))


def _is_replaced(page: str, lines: Mapping[str, tuple[str, Line]], work: Work) -> bool:
    """Say whether another delivered file is now written to a page."""
    source_locale = work.setting.source_locale
    return any(
        derive_output(delivered, source_locale) == page
        for job in work.jobs
        if job.target == find_target(page)
        for delivered in job.files
    )


def _is_unedited(repository: Repository, page: str, base: str) -> bool:
    """Say whether a page is as it was written last, or gone already."""
    data = read_if_present(repository.docs / page, ASSET_LIMIT)
    return data is None or hash_blob(data) == base


def _summarize(outcomes: Sequence[Outcome], state: State, report: Report) -> None:
    """Add what the jobs did to the report."""
    for outcome in outcomes:
        report.findings += outcome.findings
        report.changes += outcome.changes
        state.blobs.update(outcome.blobs)
        report.processed += not outcome.settled


def _write_locks(
    repository: Repository, state: State, lines: Mapping[str, tuple[str, Line]]
) -> None:
    """Write the locks that changed, and remove those without a line."""
    by_locale: dict[str, list[Line]] = {locale: [] for locale in state.locks}
    for locale, line in lines.values():
        by_locale.setdefault(locale, []).append(line)
    writer = Writer(repository.locales, repository.cache / "tmp")
    for locale, own in by_locale.items():
        path = f"{locale}.lock"
        if not own:
            writer.remove(path)
            continue
        data = render_lock(state.digest, own).encode()
        if data != read_if_present(repository.locales / path, 2**28):
            writer.write(path, data)
