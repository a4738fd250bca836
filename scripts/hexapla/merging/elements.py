"""Elements: merge one key, line or passage of three versions.

What one side alone changed is taken from it; what both changed is a conflict, for which the page
keeps the writer's text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from hexapla.merging.conflicts import Conflict, Slot
from hexapla.merging.versions import Element

Texts = tuple[str | None, str | None, str | None]
"""The texts of the base, the page and the new delivery; None where one has it not."""

Deepen = Callable[[Element, Element, Element], tuple[list[Slot], list[Slot]] | None]
"""Merges what three elements consist of; None where they are merged as a whole."""


def choose_side(base: str, ours: str, theirs: str) -> str:
    """Take what one side changed; the writer's where both did."""
    return theirs if ours == base else ours


Place = tuple[str, bool]
"""What leads to an element, and whether it is the first of its version."""


def choose_leads(
    base: Place | None, ours: Place | None, theirs: Place | None
) -> tuple[str | None, str | None]:
    """Choose what leads to an element: what one side changed, and the writer's where both did.

    Where an element is the first of a version, that says nothing of how it would follow another.

    Returns:
        What leads to it where it is the first, and where it is not; None where nothing says that.
    """
    places = (base, ours, theirs)
    first, later = (
        [place[0] if place is not None and place[1] == is_first else None for place in places]
        for is_first in (True, False)
    )
    return _choose_lead(*first), _choose_lead(*later)


def _choose_lead(base: str | None, ours: str | None, theirs: str | None) -> str | None:
    if ours is None:
        return theirs if theirs is not None else base
    return theirs if theirs is not None and ours == base else ours


def merge_elements(
    base: Element | None, ours: Element | None, theirs: Element, deepen: Deepen | None
) -> Slot:
    """Merge an element that the delivery has."""
    slot = Slot(theirs.lead, theirs.lead)
    texts = (base.text if base else None, ours.text if ours else None, theirs.text)
    if texts[1] in {texts[0], texts[2]}:
        slot.ours = slot.base = texts[2]
    elif texts[2] == texts[0]:
        slot.ours, slot.base = texts[1], texts[2]
    elif base is not None and ours is not None and deepen is not None:
        slot.within = deepen(base, ours, theirs)
        slot.conflict = None if slot.within else _make_conflict(texts, theirs, base)
    else:
        slot.conflict = _make_conflict(texts, theirs, base or theirs)
    return slot


def keep_element(base: Element | None, ours: Element) -> Slot:
    """Keep what the delivery has not: the writer's own, or what it removed and the writer edited.

    To move a passage is to edit it.
    """
    if base is None:
        return Slot(ours.lead, ours.lead, ours.text)
    texts = (base.text, ours.text, None)
    conflict = _make_conflict(texts, base)
    return Slot(ours.lead, base.lead, conflict=conflict)


def _make_conflict(texts: Texts, *elements: Element) -> Conflict:
    """Make a conflict, named by the first of its elements that has a name."""
    name = next((element.name for element in elements if element.name), "")
    return Conflict(*texts, name or _make_name(texts))


def _make_name(texts: Texts) -> str:
    """Name a passage that has no number, so that it keeps its name while it is a conflict."""
    base, _, theirs = texts
    value = repr((base, theirs)).encode("utf-8", "backslashreplace")
    return hashlib.sha1(value, usedforsecurity=False).hexdigest()[:7]
