"""Arranging: the order of a merged sequence.

The new delivery gives it. What the writer has added or moved stands behind what it stands behind
in the writer's text, wherever that is now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from hexapla.merging.conflicts import Slot
from hexapla.merging.matching import Matches
from hexapla.pairing import find_run


def find_moved(matches: Matches) -> set[int]:
    """Find the elements of the other version that do not stand in the base's order."""
    order = [matches[index] for index in sorted(matches)]
    return set(order) - {order[index] for index in find_run(order)}


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
