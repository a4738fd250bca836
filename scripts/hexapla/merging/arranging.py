"""Arranging: the order of a merged sequence.

The new delivery gives it. What the writer has added or moved stands behind what it stands behind
in the writer's text, wherever that is now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from hexapla.merging.conflicts import UNCHANGED, Slot
from hexapla.merging.matching import Matches
from hexapla.pairing import find_run


def find_moved(matches: Matches) -> set[int]:
    """Find the elements of the other version that do not stand in the base's order."""
    order = [matches[index] for index in sorted(matches)]
    return set(order) - {order[index] for index in find_run(order)}


def choose_moved(to_ours: Matches, to_theirs: Matches) -> set[int]:
    """Find what the writer has moved: indexes in the writer's text.

    Of two neighbours that have changed places either may count as moved: then the one counts that
    the delivery has moved too.
    """
    moved = find_moved(to_ours)
    there = find_moved(to_theirs)
    if not moved or not there:
        return moved
    from_ours = {other: index for index, other in to_ours.items()}
    for other in sorted(moved):
        for near in (other - 1, other + 1):
            index, beside = from_ours[other], from_ours.get(near, -1)
            is_swapped = near not in moved and beside - index == other - near
            if is_swapped and to_theirs.get(beside) in there and to_theirs.get(index) not in there:
                moved = moved - {other} | {near}
                break
    return moved


def find_torn(moved: Set[int], to_ours: Matches, to_theirs: Matches) -> set[int]:
    """Find the elements of the base that both sides moved, to different places.

    Their places are told by what nobody moved: that stands in the base's order on both sides.

    Args:
        moved: What the writer has moved: indexes in the writer's text.
        to_ours: Index in the base → index in the writer's text.
        to_theirs: Index in the base → index in the delivery.
    """
    moved_there = find_moved(to_theirs)
    if not moved or not moved_there:
        return set()
    both = to_ours.keys() & to_theirs.keys()
    here = {index for index in both if to_ours[index] in moved}
    there = {index for index in both if to_theirs[index] in moved_there}
    before = [_find_before(matches, both, here | there) for matches in (to_ours, to_theirs)]
    return {index for index in here & there if before[0][index] != before[1][index]}


def _find_before(matches: Matches, known: Set[int], moved: Set[int]) -> dict[int, int]:
    """Give what stands before each of some elements that nobody moved; -1 for none."""
    before: dict[int, int] = {}
    last = -1
    for index in sorted(known, key=matches.__getitem__):
        before[index] = last
        if index not in moved:
            last = index
    return before


def arrange_slots(theirs: Sequence[Slot], ours: Mapping[int, Slot], placed: Set[int]) -> list[Slot]:
    """Order the slots of the merged sequence.

    Args:
        theirs: The slots of what the delivery has, in its order.
        ours: Index in the writer's text → slot, for all that it has in common with the result.
        placed: The indexes of what stands where the writer put it.
    """
    moved = {id(ours[index]) for index in placed}
    following: dict[int, list[Slot]] = {}
    before = 0
    for index in sorted(ours):
        if index in placed:
            following.setdefault(before, []).append(ours[index])
        before = id(ours[index])
    ordered: list[Slot] = []
    for start in (None, *(slot for slot in theirs if id(slot) not in moved)):
        stack = [start] if start is not None else list(reversed(following.get(0, [])))
        while stack:
            slot = stack.pop()
            ordered.append(slot)
            stack += reversed(following.get(id(slot), []))
    return ordered


def space_slots(slots: Sequence[Slot], opening: str, blank: str, *, is_base: bool = False) -> None:
    """Give slots what leads to them, where another one is the first now.

    Args:
        slots: The slots, in order.
        opening: What leads to the first of them.
        blank: What leads to those that follow.
        is_base: Whether it is the base that they are written to.
    """
    is_opening = True
    for slot in slots:
        if (slot.write_base(UNCHANGED) if is_base else slot.write(UNCHANGED)) is None:
            continue
        if is_base and is_opening != slot.is_base_first:
            slot.base_lead = opening if is_opening else blank
        elif not is_base and is_opening:
            slot.lead = slot.opening if slot.opening is not None else opening
        elif not is_base and slot.is_first:
            slot.lead = blank
        is_opening = False
