"""Settling: list what is in conflict, and write what is chosen for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from hexapla.errors import UsageError
from hexapla.file_kinds import FileKind, find_kind
from hexapla.identification import identify_jobs
from hexapla.merging import Choices, Conflict
from hexapla.planning import find_disputed_targets
from hexapla.reconciling import Reconciled, reconcile_file
from hexapla.scenes import Output, Scene, name_remembered
from hexapla.state import State, read_state
from hexapla.storage import Repository, Writer, hash_blob, hold_lock, read_limited
from hexapla.sync import plan_work
from hexapla.working import FILE_LIMIT, Outcome, prepare_outputs, read_files


@dataclass(frozen=True, slots=True)
class Disputed:
    """A page with something in conflict."""

    path: str
    """The page, relative to the repository."""
    locale: str
    """Its locale."""
    conflicts: tuple[Conflict, ...]
    """What is in conflict, in the order of the page."""
    ours: FileKind | None = None
    """What the file is, where it is no text."""
    theirs: FileKind | None = None
    """What the delivered one is, where it is no text."""

    @property
    def is_text(self) -> bool:
        """Whether both are texts, which can be edited."""
        return self.ours is None and self.theirs is None


@dataclass(frozen=True, slots=True)
class _Desk:
    """A page in conflict, with what settling it needs."""

    output: Output
    """What is delivered for it."""
    there: bytes
    """What it holds."""
    scene: Scene
    """What else there is to know."""

    def describe(self, result: Reconciled) -> Disputed:
        """Say what of the page is in conflict."""
        path, kinds = f"docs/{self.output.path}", map(find_kind, (self.there, self.output.data))
        return Disputed(path, self.output.locale, result.conflicts, *kinds)


def list_disputed(repository: Repository) -> list[Disputed]:
    """List the pages with something in conflict, sorted by path.

    Raises:
        HexaplaError: The configuration or a lock is damaged.
    """
    state = read_state(repository)
    found = []
    for desk in _open_pages(repository, state, sorted(state.conflicts)):
        result = reconcile_file(desk.output, desk.there, desk.scene)
        if result.conflicts:
            found.append(desk.describe(result))
    return found


def settle_conflicts(repository: Repository, page: Path, choices: Choices) -> Disputed:
    """Write what is chosen for conflicts of a page.

    Args:
        repository: Where it is.
        page: The page.
        choices: Name of a conflict → what is chosen; an empty name stands for all that are left.

    Returns:
        What is left in conflict.

    Raises:
        UsageError: The page has no such conflict, or the deliveries have changed since the sync.
        StorageError: The disk is full or read-only.
    """
    with hold_lock(repository.cache / "sync.lock"):
        state = read_state(repository)
        desk = _open_page(repository, state, page)
        result = reconcile_file(desk.output, desk.there, desk.scene)
        names = [conflict.name for conflict in result.conflicts]
        chosen = _spread(choices, names, page)
        result = reconcile_file(desk.output, desk.there, desk.scene, chosen)
        output = desk.output
        if result.data is not None:
            writer = Writer(repository.docs, repository.cache / "tmp")
            writer.write(output.path, result.data)
        writer = Writer(repository.locales, repository.cache / "tmp")
        if result.base is not None:
            writer.write(name_remembered(output), result.base)
        else:
            writer.remove(desk.scene.conflicts[output.path])
    return Disputed(f"docs/{output.path}", output.locale, result.conflicts)


def find_disputed(repository: Repository, page: Path) -> Disputed:
    """Give what of a page is in conflict.

    Raises:
        UsageError: Nothing is, or the deliveries have changed since the sync.
    """
    state = read_state(repository)
    desk = _open_page(repository, state, page)
    result = reconcile_file(desk.output, desk.there, desk.scene)
    return desk.describe(result)


def _spread(choices: Choices, names: Sequence[str], page: Path) -> Choices:
    """Give each of the named conflicts its choice."""
    spread: dict[str, tuple[str, str]] = {}
    for name, choice in choices.items():
        if name and name not in names:
            hint = f"it has {', '.join(names)}" if names else "hexapla sync to bring it up to date"
            raise UsageError(f"nothing called {name!r} is in conflict", path=str(page), hint=hint)
        spread |= dict.fromkeys([name] if name else names, choice)
    return spread


def _open_page(repository: Repository, state: State, page: Path) -> _Desk:
    """Read one page in conflict."""
    path = _relate(repository, page, state.conflicts)
    if path not in state.conflicts:
        hint = "hexapla conflicts lists all that are"
        raise UsageError("this page is not in conflict", path=str(page), hint=hint)
    desks = _open_pages(repository, state, [path])
    if not desks:
        hint = "hexapla sync brings it up to date"
        raise UsageError("nothing is delivered for this page", path=str(page), hint=hint)
    desk = desks[0]
    if desk.scene.written.get(path) != hash_blob(desk.output.data):
        hint = "run hexapla sync first"
        raise UsageError("the deliveries have changed since the last sync", path=path, hint=hint)
    return desk


def _open_pages(repository: Repository, state: State, paths: Sequence[str]) -> list[_Desk]:
    """Read pages in conflict, and what is delivered for them."""
    if not paths:
        return []
    jobs, _ = identify_jobs(repository, state.inventory, state.setting.source_locale)
    by_target = {job.target: job for job in jobs}
    work = plan_work(repository, state, [], writes=False)
    targets = find_disputed_targets(state.conflicts)
    desks = []
    for path in paths:
        job = by_target.get(targets[path])
        if job is None or path not in state.present:
            continue
        outcome = Outcome(job.target)
        outputs, scene = prepare_outputs(job, read_files(job, work, outcome), work, outcome)
        output = next((output for output in outputs if output.path == path), None)
        if output is not None:
            there = read_limited(repository.docs / path, FILE_LIMIT)
            desks.append(_Desk(output, there, scene))
    return desks


def _relate(repository: Repository, page: Path, known: Collection[str]) -> str:
    """Give a page's path relative to ``docs/``, as it is named in the repository or from here.

    Args:
        repository: Where it is.
        page: The page.
        known: The pages that are meant rather than others.
    """
    paths = []
    for path in (repository.root / page, page):
        try:
            paths.append(path.resolve().relative_to(repository.docs.resolve()).as_posix())
        except ValueError:
            continue
    if not paths:
        raise UsageError("this is no page under docs/", path=str(page))
    return next((path for path in paths if path in known), paths[0])
