"""Reconciling: decide for a file under ``docs/`` what becomes of it, and merge where it must be.

A file that a writer has edited is merged with the new delivery. Where both changed a passage, what
it is to be compared with from now on is kept beside the lock, in ``locales/<locale>.conflicts/``:
it has the passage as it was, so that the conflict is found again until it is settled.
"""

from __future__ import annotations

import enum
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hexapla.bases import Bases
from hexapla.deliveries import CONFLICTS
from hexapla.findings import Finding
from hexapla.journal import Journal
from hexapla.lock import NOTHING
from hexapla.merging import WHOLE, Choices, Conflict, Version, annotate_page, settle_page
from hexapla.model import Page, Topic
from hexapla.normalizing import Reading
from hexapla.parsing import MAXIMUM_SIZE
from hexapla.paths import SHARED_METADATA
from hexapla.renaming import add_alias
from hexapla.storage import hash_blob, read_limited

_SHOWN = 5
"""Conflicts that are named; more are counted."""


class Change(enum.Enum):
    """What happened to a file under ``docs/``."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED = "edited"
    """A writer's edit, and nothing new was delivered."""
    MERGED = "merged"
    """What a delivery changed came in around a writer's edits."""
    CONFLICT = "conflict"
    """A writer and a delivery both changed a passage: the writer's text stays."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be written under ``docs/``."""

    path: str
    """Relative to ``docs/``."""
    locale: str
    """The locale whose lock remembers it."""
    data: bytes
    """Its whole content."""
    origins: tuple[str, ...]
    """The delivered paths it comes from; none: all of the job's."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What else there is to know where a file is reconciled."""

    topic: Topic | None
    """The topic; None for an asset."""
    readings: Sequence[Reading]
    """Its articles."""
    current: Mapping[str, bytes]
    """Delivered path → bytes."""
    written: Mapping[str, str]
    """Path under ``docs/`` → blob id of what was written there last."""
    conflicts: Mapping[str, str]
    """Path under ``docs/`` → that of what it is compared with, below ``locales/``."""
    bases: Bases
    """What was delivered before."""
    journal: Journal
    """What interrupted syncs have written."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What becomes of a file."""

    change: Change
    """What happens to it."""
    data: bytes | None
    """What is to be written; None: it stays as it is."""
    base: bytes | None = None
    """What it is compared with while something is in conflict."""
    conflicts: tuple[Conflict, ...] = ()
    """What is in conflict."""


def reconcile_file(
    output: Output, there: bytes | None, scene: Scene, choices: Choices | None = None
) -> Reconciled:
    """Decide what becomes of a file.

    Args:
        output: What is delivered for it.
        there: What it holds; None where there is no such file.
        scene: What else there is to know.
        choices: What is chosen for conflicts that are settled now.
    """
    if there is None:
        return Reconciled(Change.CREATED, output.data)
    if there == output.data:
        return Reconciled(Change.UNCHANGED, None)
    blob, written = hash_blob(there), scene.written.get(output.path, NOTHING)
    if output.path in scene.conflicts:
        base = _read_remembered(scene, output.path)
    elif (noted := scene.journal.find_base(there)) is not None:
        base = _read_version(noted)
    elif blob == written or scene.journal.has(output.path, blob):
        return Reconciled(Change.UPDATED, output.data)
    elif written == hash_blob(output.data):
        return Reconciled(Change.EDITED, None)
    else:
        base = _find_base(output.path, written, scene)
    delivery = _see_delivery(output, scene), output.data
    merged = settle_page(base, there, delivery, output.path, choices or {})
    data = merged.data if merged.data != there else None
    if merged.base is not None:
        return Reconciled(Change.CONFLICT, data, merged.base, merged.conflicts)
    return Reconciled(Change.EDITED if data is None else Change.MERGED, data)


def follow_file(output: Output, former: str, there: bytes, scene: Scene) -> Reconciled:
    """Decide what becomes of a file whose topic has another path now.

    Args:
        output: What is delivered for it.
        former: The path that it had under ``docs/``.
        there: What it holds.
        scene: What else there is to know.
    """
    written = scene.written.get(former, NOTHING)
    topic = posixpath.dirname(former)
    if former in scene.conflicts:
        base = _read_remembered(scene, former)
    elif hash_blob(there) == written:
        base = _read_version(there)
    elif written != NOTHING:
        base = scene.bases.find_version(Topic(topic, ()), former, written, {})
    else:
        base = None
    if output.path.endswith(SHARED_METADATA):
        there = add_alias(there.decode("utf-8", "replace"), topic).encode()
    merged = settle_page(base, there, (_see_delivery(output, scene), output.data), output.path, {})
    change = Change.CREATED if merged.base is None else Change.CONFLICT
    return Reconciled(change, merged.data, merged.base, merged.conflicts)


def name_remembered(output: Output) -> str:
    """Give the path, below ``locales/``, of what a file in conflict is compared with."""
    return f"{output.locale}{CONFLICTS}/{output.path}"


def _read_remembered(scene: Scene, path: str) -> Version | None:
    """Read what a file in conflict is compared with; None where that is not known."""
    place = scene.bases.repository.locales / scene.conflicts[path]
    return _read_version(read_limited(place, 2 * MAXIMUM_SIZE))


def _read_version(data: bytes) -> Version | None:
    try:
        return Version(data.decode()) if data else None
    except UnicodeDecodeError:
        return None


def _find_base(path: str, written: str, scene: Scene) -> Version | None:
    """Find what was delivered before."""
    if scene.topic is None or written == NOTHING:
        return None
    return scene.bases.find_version(scene.topic, path, written, scene.current)


def _see_delivery(output: Output, scene: Scene) -> Version:
    """Give what is delivered, with its units where it is a page."""
    try:
        text = output.data.decode()
    except UnicodeDecodeError:
        return Version("")
    if scene.topic is None:
        return Version(text)
    page = Page(output.path, output.locale, text)
    return annotate_page(page, scene.topic.identifier, scene.readings, scene.bases.setting)


def report_conflicts(path: str, conflicts: Sequence[Conflict]) -> Finding:
    """Say what of a page is in conflict."""
    place = f"docs/{path}"
    hint = f"hexapla conflicts shows both, hexapla resolve {place} settles it"
    if [conflict.name for conflict in conflicts] == [WHOLE]:
        message = (
            "conflict: it is not as any delivery wrote it, and what it was written from is not"
            " known; the page is left as it is"
        )
        return Finding(place, 0, 0, "conflict", message, hint)
    names = [conflict.name for conflict in conflicts]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    message = (
        "conflict: a writer and a new delivery both changed "
        f"{', '.join(names[:_SHOWN])}{more}; the page keeps the writer's text"
    )
    return Finding(place, min(c.line for c in conflicts), 0, "conflict", message, hint)
