"""Matching: which elements of two versions of a sequence are the same one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hexapla.merging.versions import Element
from hexapla.pairing import find_run, list_gaps
from hexapla.unit_changes import compare_units

Matches = dict[int, int]
"""Index in the base → index in the other version."""

Shape = Callable[[Element], str]
"""Gives what an element and another in its place must have in common."""


def match_keys(base: Sequence[Element], other: Sequence[Element]) -> Matches:
    """Match elements by their keys alone, as front matter's are."""
    places = {element.key: index for index, element in enumerate(other)}
    return {i: places[b.key] for i, b in enumerate(base) if b.key in places}


def match_elements(
    base: Sequence[Element], other: Sequence[Element], shape: Shape, *, by_source: bool
) -> Matches:
    """Match elements: the same first, then near ones, then those that stand in the same place.

    Args:
        base: The elements of the base.
        other: Those of the other version.
        shape: What elements in the same place must have in common.
        by_source: Whether both are deliveries whose units have sources: they tell what is the
            same where the translation was made anew.
    """
    texts = [
        [element.identity if by_source else element.text for element in side]
        for side in (base, other)
    ]
    found = {
        change.before: change.after
        for change in compare_units(*texts)
        if change.before >= 0 and change.after >= 0
    }
    order = sorted(found)
    pairs = [(order[n], found[order[n]]) for n in find_run([found[index] for index in order])]
    taken = set(found.values())
    for ours, theirs in list_gaps(pairs, len(base), len(other)):
        left = [i for i in ours if i not in found]
        right = [j for j in theirs if j not in taken]
        if [shape(base[i]) for i in left] == [shape(other[j]) for j in right]:
            found |= dict(zip(left, right, strict=True))
    return found
