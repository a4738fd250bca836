"""Reconciling: decide for a file under ``docs/`` what becomes of it, and merge where it must be.

A file that a writer has edited is merged with the new delivery. Where both changed a passage, what
it is to be compared with from now on is kept beside the lock, in ``locales/<locale>.conflicts/``:
it has the passage as it was, so that the conflict is found again until it is settled.
"""

from __future__ import annotations

import enum
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from hexapla.findings import Finding
from hexapla.lock import NOTHING
from hexapla.merging import WHOLE, Choices, Conflict, Torn, Version, settle_page
from hexapla.model import Topic
from hexapla.paths import SHARED_METADATA
from hexapla.renaming import add_alias, remove_aliases
from hexapla.scenes import (
    Output,
    Scene,
    find_base,
    read_remembered,
    read_version,
    see_delivery,
    write_lost,
)
from hexapla.storage import hash_blob
from hexapla.yaml_strings import match_entry

_DECISIONS = match_entry("related")

_SHOWN = 5
"""Conflicts that are named; more are counted."""

_LONGEST = 60
"""Characters of a passage that are shown."""


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
    torn: tuple[Torn, ...] = ()
    """What both sides moved, to different places."""
    lost: str = ""
    """The blob id of what it was written from, where that was looked for in vain."""


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
    is_shared = output.path.endswith(SHARED_METADATA)
    lost = ""
    if output.path in scene.conflicts:
        base, lost = read_remembered(scene, output.path)
    elif (noted := scene.journal.find_base(there)) is not None:
        base = read_version(noted)
    elif blob == written or scene.journal.has(output.path, blob):
        return Reconciled(Change.UPDATED, output.data)
    elif written == hash_blob(output.data):
        return Reconciled(Change.EDITED, None)
    elif is_shared and hash_blob(bare := remove_aliases(there)) == written:
        base = read_version(bare)  # we have added the former ids ourselves
    else:
        base, lost = find_base(output.path, written, scene)
        if base is not None and is_shared:
            base = Version(keep_decisions(base.text, there.decode("utf-8", "replace")))
    delivery = see_delivery(output, scene), output.data
    merged = settle_page(base, there, delivery, output.path, choices or {})
    data = merged.data if merged.data != there else None
    if merged.base is not None:
        rest = write_lost(lost) if lost else merged.base
        return Reconciled(Change.CONFLICT, data, rest, merged.conflicts, merged.torn, lost)
    change = Change.EDITED if data is None else Change.MERGED
    return Reconciled(change, data, torn=merged.torn)


def keep_decisions(base: str, there: str) -> str:
    """Add to a base what of shared metadata no articles tell: how loose ones came to the topic.

    Nobody edits that; without it in the base, it would look as if somebody had added it.

    Args:
        base: The metadata as they follow from the articles delivered before.
        there: What the bundle holds.
    """
    found = _DECISIONS.search(there)
    return base if found is None or _DECISIONS.search(base) else base + found[0]


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
        base, _ = read_remembered(scene, former)
    elif hash_blob(there) == written:
        base = read_version(there)
    elif written != NOTHING:
        base = scene.bases.find_version(Topic(topic, ()), former, written, {})
    else:
        base = None
    if output.path.endswith(SHARED_METADATA):
        there = add_alias(there.decode("utf-8", "replace"), topic).encode()
    merged = settle_page(base, there, (see_delivery(output, scene), output.data), output.path, {})
    change = Change.CREATED if merged.base is None else Change.CONFLICT
    return Reconciled(change, merged.data, merged.base, merged.conflicts, merged.torn)


def report_conflicts(path: str, conflicts: Sequence[Conflict], *, is_text: bool) -> Finding:
    """Say what of a page or file is in conflict.

    Args:
        path: Its path under ``docs/``.
        conflicts: What is in conflict.
        is_text: Whether it can be merged; a picture cannot.
    """
    place = f"docs/{path}"
    hint = f"hexapla conflicts shows both, hexapla resolve {place} settles it"
    if not is_text:
        message = "conflict: it is not as it was delivered, and is no text that could be merged"
        return Finding(place, 0, 0, "conflict", f"{message}; the file is left as it is", hint)
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


def report_torn(path: str, torn: Sequence[Torn]) -> Finding:
    """Say what of a page a writer and a delivery moved to different places."""
    shown = " ".join(torn[0].text.split())
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}…"
    more = f" and {len(torn) - 1} more" if len(torn) > 1 else ""
    message = (
        f"a writer and a new delivery moved {shown!r}{more} to different places; the page keeps"
        " the writer's"
    )
    return Finding(f"docs/{path}", torn[0].line, 0, "moved-apart", message)


def report_shallow(count: int) -> Finding:
    """Say that a clone has not the history in which the bases of pages are.

    Args:
        count: How many pages are in conflict for that.
    """
    pages = f"{count} edited pages are" if count > 1 else "an edited page is"
    message = (
        f"{pages} in conflict as a whole: what was delivered before is not in this clone, which"
        " is shallow"
    )
    hint = "git fetch --unshallow, then hexapla sync merges what can be merged"
    return Finding("locales", 0, 0, "history-missing", message, hint)
