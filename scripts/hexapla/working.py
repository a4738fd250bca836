"""Working: carry out one job, the writing of a topic's bundle or of an asset's versions."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from hexapla.bases import Bases
from hexapla.delivery_store import Deposit
from hexapla.errors import StorageError
from hexapla.file_kinds import find_kind
from hexapla.findings import Finding
from hexapla.journal import Journal
from hexapla.lock import NOTHING, UNSETTLED, Line
from hexapla.model import Delivered, Form, Topic
from hexapla.normalizing import Reading, Setting, build_bundle
from hexapla.parsing import MAXIMUM_SIZE, parse_article
from hexapla.paths import localized_path
from hexapla.planning import Job, Memory, derive_output, is_settled
from hexapla.reconciling import (
    Change,
    Reconciled,
    follow_file,
    reconcile_file,
    report_conflicts,
    report_torn,
)
from hexapla.revisions import order_of
from hexapla.scenes import Output, Scene, name_remembered
from hexapla.storage import (
    PathError,
    Repository,
    Writer,
    hash_blob,
    read_if_present,
    read_limited,
)

ASSET_LIMIT = 64 * 2**20
"""Bytes of the largest asset that is taken."""

FILE_LIMIT = max(ASSET_LIMIT, 2 * MAXIMUM_SIZE)
"""Bytes of the largest file under ``docs/`` that is looked at."""


@dataclass(slots=True)
class Outcome:
    """What a job did."""

    target: str
    """The job's."""
    settled: bool = False
    """Whether all was found to be as the locks have it, and nothing was done."""
    lines: list[tuple[str, Line]] = field(default_factory=list)
    """The new lines of the locks, each with the locale whose lock it is."""
    changes: list[tuple[str, Change]] = field(default_factory=list)
    """Path under ``docs/`` and what happened to it."""
    findings: list[Finding] = field(default_factory=list)
    """What was noticed."""
    blobs: dict[str, str] = field(default_factory=dict)
    """Delivered path → blob id, of each file that was read."""
    followed: list[str] = field(default_factory=list)
    """Paths under ``docs/`` of what has gone to a renamed topic."""
    deposits: list[Deposit] = field(default_factory=list)
    """The articles, for later merges."""
    lost: int = 0
    """Pages in conflict since what they were written from was looked for in vain."""


@dataclass(slots=True)
class Work:
    """What all jobs share; worker processes inherit it."""

    repository: Repository
    """Where to work."""
    jobs: Sequence[Job]
    """What there is to do."""
    memory: Memory
    """What the locks remember."""
    written: Mapping[str, str]
    """Path under ``docs/`` → blob id of what was written there last."""
    conflicts: Mapping[str, str]
    """Path under ``docs/`` → what it is compared with while it is in conflict."""
    bases: Bases
    """What was delivered before."""
    journal: Journal
    """What interrupted syncs have written."""
    setting: Setting
    """What normalizing needs to know."""
    present: set[str]
    """The files that exist under ``docs/``."""
    missing: Set[str]
    """The targets of which a file is not there any more, or is in conflict."""
    is_fresh: bool
    """Whether even what is as the locks have it must be done."""
    writes: bool
    """Whether files are written; if not, only what would happen is found out."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """New topic's id → the one that it had."""
    older: Mapping[str, bytes] = field(default_factory=dict)
    """Delivered path → what stays in its place, since it was handed off later."""

    def make_writer(self) -> Writer:
        """Make the writer of ``docs/``."""
        return Writer(self.repository.docs, self.repository.cache / "tmp")


def carry_out(job: Job, work: Work, writer: Writer) -> Outcome:
    """Carry out one job.

    A file that cannot be read is a finding, and the job goes on without it.
    """
    outcome = Outcome(job.target)
    contents = read_files(job, work, outcome)
    is_known = not work.is_fresh and job.target not in work.missing
    source_locale = work.setting.source_locale
    if is_known and is_settled(job.files, outcome.blobs, work.memory, work.present, source_locale):
        outcome.settled = True
        return outcome
    contents = [(file, work.older.get(file.path, data)) for file, data in contents]
    blobs = outcome.blobs | {
        file.path: hash_blob(data) for file, data in contents if file.path in work.older
    }
    outputs, scene = prepare_outputs(job, contents, work, outcome)
    written = {
        output.path: blob
        for output in outputs
        if (blob := _put(output, scene, work, writer, outcome)) is not None
    }
    if job.topic is not None and work.writes:
        outcome.deposits = [(file.path, blobs[file.path], data) for file, data in contents]
    outcome.lines = _remember(job, outputs, written, blobs, work)
    return outcome


def prepare_outputs(
    job: Job, contents: Sequence[tuple[Delivered, bytes]], work: Work, outcome: Outcome
) -> tuple[list[Output], Scene]:
    """Give what a job's files are to hold, and what reconciling them needs to know."""
    readings: list[Reading] = []
    if job.topic is None:
        outputs = share_asset(job.target, contents, work.setting.source_locale)
    else:
        readings = _read_articles(contents, outcome)
        outputs = _write_bundle(job.topic, readings, work.setting, outcome)
    current = {delivered.path: data for delivered, data in contents}
    return outputs, Scene(
        job.topic, readings, current, work.written, work.conflicts, work.bases, work.journal
    )


def read_files(job: Job, work: Work, outcome: Outcome) -> list[tuple[Delivered, bytes]]:
    """Read a job's delivered files."""
    limit = ASSET_LIMIT if job.topic is None else MAXIMUM_SIZE
    contents = []
    for delivered in job.files:
        try:
            data = read_limited(f"{work.repository.locales}/{delivered.path}", limit)
        except StorageError as error:
            code = "file-too-large" if "limit" in error.message else "file-unreadable"
            path = f"locales/{delivered.path}"
            outcome.findings.append(Finding(path, 0, 0, code, error.message))
        else:
            contents.append((delivered, data))
            outcome.blobs[delivered.path] = hash_blob(data)
    return contents


def _read_articles(contents: Iterable[tuple[Delivered, bytes]], outcome: Outcome) -> list[Reading]:
    """Read a topic's articles."""
    readings = []
    for delivered, data in contents:
        article, findings = parse_article(data, delivered.locale, f"locales/{delivered.path}")
        outcome.findings += findings
        readings.append(Reading(delivered, article, order_of(article)))
    return readings


def _write_bundle(
    topic: Topic, readings: Sequence[Reading], setting: Setting, outcome: Outcome
) -> list[Output]:
    """Normalize a topic's articles."""
    if not readings:
        return []
    bundle = build_bundle(topic, readings, setting)
    outcome.findings += bundle.findings
    return [
        Output(page.path, page.locale, page.text.encode(), page.origins) for page in bundle.pages
    ]


def share_asset(
    path: str, contents: Sequence[tuple[Delivered, bytes]], source_locale: str
) -> list[Output]:
    """Divide an asset into the version that locales share and those of their own.

    The source locale's version is shared, else the one that most locales have. Where a locale has
    two, the monolingual tree's counts: it is what readers saw.
    """
    latest: dict[str, tuple[Delivered, bytes]] = {}
    for delivered, data in sorted(contents, key=lambda item: item[0].path):
        if delivered.locale not in latest or delivered.form is Form.MONOLINGUAL:
            latest[delivered.locale] = (delivered, data)
    if not latest:
        return []
    if source_locale in latest:
        shared = latest[source_locale][1]
    else:
        votes = Counter(data for _, data in latest.values())
        shared = max(votes, key=lambda data: (votes[data], hash_blob(data)))
    origins = tuple(delivered.path for delivered, data in latest.values() if data == shared)
    outputs = [Output(path, source_locale, shared, origins)]
    for locale, (delivered, data) in sorted(latest.items()):
        if data != shared:
            own = localized_path(path, locale)
            outputs.append(Output(own, locale, data, (delivered.path,)))
    return outputs


def _put(output: Output, scene: Scene, work: Work, writer: Writer, outcome: Outcome) -> str | None:
    """Bring one file up to date, unless it cannot be written.

    Returns:
        The blob id to remember as written, that of the delivered text even where an edited one
        stays or is merged; None where the file cannot be written.
    """
    path = output.path
    there = (
        read_if_present(work.repository.docs / path, FILE_LIMIT) if path in work.present else None
    )
    result = _follow(output, there, scene, work, outcome) or reconcile_file(output, there, scene)
    try:
        if result.data is not None:
            _write(path, result, output.data, work, writer)
        if result.base is not None and work.writes:
            _keep_base(output, result.base, work)
    except PathError as error:
        finding = Finding(f"docs/{path}", 0, 0, "path-unusable", error.message, error.hint or "")
        outcome.findings.append(finding)
        return None
    if result.conflicts:
        is_text = find_kind(output.data) is None
        outcome.findings.append(report_conflicts(path, result.conflicts, is_text=is_text))
        outcome.lost += bool(result.lost)
    if result.torn:
        outcome.findings.append(report_torn(path, result.torn))
    outcome.changes.append((path, result.change))
    return hash_blob(output.data)


def _follow(
    output: Output, there: bytes | None, scene: Scene, work: Work, outcome: Outcome
) -> Reconciled | None:
    """Bring along what a renamed topic's file held; None where it is no such file."""
    old = work.renamed.get(outcome.target)
    former = f"{old}/{posixpath.basename(output.path)}"
    if old is None or former not in work.present:
        return None
    data = read_limited(work.repository.docs / former, FILE_LIMIT)
    result = follow_file(output, former, data, scene)
    if there is not None and there != result.data:
        return None
    outcome.followed.append(former)
    return result


def _write(path: str, result: Reconciled, delivered: bytes, work: Work, writer: Writer) -> None:
    """Write a file, and note before what it is, should the sync not come to its end."""
    data = result.data or b""
    if not work.writes:
        writer.check(path)
    else:
        if data == delivered:
            work.journal.note(path, hash_blob(data))
        else:
            work.journal.note_base(data, delivered if result.base is None else result.base)
        writer.write(path, data)


def _keep_base(output: Output, base: bytes, work: Work) -> None:
    """Remember what a file in conflict is compared with."""
    folder = work.repository.locales
    name = name_remembered(output)
    if read_if_present(folder / name, FILE_LIMIT) != base:
        Writer(folder, work.repository.cache / "tmp").write(name, base)


def _remember(
    job: Job,
    outputs: Iterable[Output],
    written: Mapping[str, str],
    blobs: Mapping[str, str],
    work: Work,
) -> list[tuple[str, Line]]:
    """Give the locks' lines after a job.

    What cannot be written is remembered as before, so that it stays due. The topic's other pages
    are written all the same: that is remembered too, or a later edit of one would seem to conflict.
    """
    lines: list[tuple[str, Line]] = []
    pages: dict[str, str] = {}
    withheld: set[str] = set()
    outputs_of = {
        delivered.path: derive_output(delivered, work.setting.source_locale)
        for delivered in job.files
    }
    for output in outputs:
        own = [path for path in output.origins if outputs_of[path] == output.path]
        if output.path not in written:
            withheld.update(output.origins or outputs_of)
            old = work.memory.written.get(output.path)
            if old is not None:
                lines.append((output.locale, old))
        elif own:
            pages.update(dict.fromkeys(own, written[output.path]))
        else:
            line = Line(f"docs/{output.path}", NOTHING, written[output.path])
            lines.append((output.locale, line))
    for delivered in job.files:
        path = delivered.path
        remembered = work.memory.delivered.get(path)
        if path in blobs and path not in withheld:
            line = Line(path, blobs[path], pages.get(path, NOTHING))
            lines.append((delivered.locale, line))
        elif path in blobs and path in pages:
            lines.append((delivered.locale, Line(path, UNSETTLED, pages[path])))
        elif remembered is not None:
            lines.append((delivered.locale, remembered))
    return lines
