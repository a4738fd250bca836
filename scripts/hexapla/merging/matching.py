"""Matching: which elements of two versions of a sequence are the same one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from hexapla.merging.versions import Element
from hexapla.pairing import list_gaps
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
    fixed = set(find_run([found[index] for index in sorted(found)]))
    pairs = [(i, found[i]) for i in sorted(found) if found[i] in fixed]
    taken = set(found.values())
    for ours, theirs in list_gaps(pairs, len(base), len(other)):
        left = [i for i in ours if i not in found]
        right = [j for j in theirs if j not in taken]
        if [shape(base[i]) for i in left] == [shape(other[j]) for j in right]:
            found |= dict(zip(left, right, strict=True))
    return found


def find_run(values: Sequence[int]) -> list[int]:
    """Find the longest increasing run in a sequence of different numbers."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(tails, value)
        previous.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [index]
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(values[index])
        index = previous[index]
    return run[::-1]
