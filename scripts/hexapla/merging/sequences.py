"""Sequences: merge the elements of three versions, wherever each of them stands.

They are matched between the base and each of the two others. With the merged sequence comes its
new base: the delivery, but for the elements in conflict, which stay as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set

from hexapla.merging.arranging import arrange_slots, choose_moved, find_torn
from hexapla.merging.conflicts import Slot
from hexapla.merging.elements import Deepen, Place, choose_leads, keep_element, merge_elements
from hexapla.merging.matching import Matches
from hexapla.merging.versions import Element

Three = tuple[Sequence[Element], Sequence[Element], Sequence[Element]]
"""Elements of the base, the page and the new delivery."""


def merge_sequences(
    three: Three,
    matches: tuple[Matches, Matches],
    deepen: Deepen | None,
    see: Callable[[Element], str],
) -> tuple[list[Slot], list[Slot]]:
    """Merge three sequences of elements.

    Returns:
        The slots of the page, and those of its new base.
    """
    base, ours, theirs = three
    to_ours, to_theirs = matches
    from_ours = {j: i for i, j in to_ours.items()}
    from_theirs = {j: i for i, j in to_theirs.items()}
    both = _match_added(ours, theirs, from_ours, from_theirs, see)
    partners = {t: o for o, t in both.items()}
    delivered: list[Slot] = []
    kept: dict[int, Slot] = {}
    for t, element in enumerate(theirs):
        b = from_theirs.get(t)
        o = partners.get(t) if b is None else to_ours.get(b)
        before = base[b] if b is not None else None
        slot = merge_elements(before, ours[o] if o is not None else None, element, deepen)
        slot.is_base_first = t == 0
        lead_to(slot, _place(base, b), _place(ours, o), _place(theirs, t))
        delivered.append(slot)
        if o is not None:
            kept[o] = slot
    there = {b: delivered[t] for t, b in from_theirs.items()}
    moved = choose_moved(to_ours, to_theirs)
    for b in find_torn(moved, to_ours, to_theirs):
        there[b].is_torn = True
    placed = moved & kept.keys()
    touched = moved | _find_swapped(moved, from_ours)
    lost: set[int] = set()
    for o, element in enumerate(ours):
        b = from_ours.get(o)
        if o in kept or (b is not None and base[b].text == element.text and o not in touched):
            continue  # it is merged, or the delivery has removed what nobody edited
        kept[o] = slot = keep_element(base[b] if b is not None else None, element)
        slot.is_base_first = b == 0
        lead_to(slot, _place(base, b), _place(ours, o), None)
        placed.add(o)
        if b is not None:
            there[b] = kept[o]
            lost.add(b)
    return arrange_slots(delivered, kept, placed), arrange_slots(delivered, there, lost)


def lead_to(slot: Slot, base: Place | None, ours: Place | None, theirs: Place | None) -> None:
    """Give a slot what leads to it in base, page and delivery."""
    slot.opening, later = choose_leads(base, ours, theirs)
    slot.is_first = later is None
    slot.lead = later if later is not None else slot.opening or ""


def _place(elements: Sequence[Element], index: int | None) -> Place | None:
    """Give what leads to an element of a version, and whether it is the first there."""
    return None if index is None else (elements[index].lead, index == 0)


def _find_swapped(moved: Set[int], from_ours: Mapping[int, int]) -> set[int]:
    """Find what changed places with a neighbour: either of the two may count as moved."""
    return {
        other
        for index in moved
        for other in (index - 1, index + 1)
        if other in from_ours and from_ours[other] - from_ours[index] == index - other
    }


def _match_added(
    ours: Sequence[Element],
    theirs: Sequence[Element],
    from_ours: Mapping[int, int],
    from_theirs: Mapping[int, int],
    see: Callable[[Element], str],
) -> Matches:
    """Match what both sides added: the same key, or the same text."""
    places = {see(element): t for t, element in enumerate(theirs) if t not in from_theirs}
    found: Matches = {}
    for o, element in enumerate(ours):
        if o not in from_ours and (t := places.pop(see(element), None)) is not None:
            found[o] = t
    return found


def see_text(element: Element) -> str:
    """Give what tells whether both sides added the same."""
    return element.text
