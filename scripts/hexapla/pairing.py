"""Pairing: which elements of two versions of a sequence correspond.

What occurs once on both sides, in the same order, stands fast; what lies between two fast pairs
is compared on its own. Time grows with the length, not with its square, whatever the input.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

Pair = tuple[int, int]
"""An index on the left and one on the right."""

Gap = tuple[range, range]
"""What lies between two pairs, on both sides."""

_SHORT = 2_500
"""Comparisons that a gap is worth, as the product of its sides: so time stays linear."""

_DEEPEST = 8
"""How often what lies between pairs is divided again."""


def pair_equals(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """Pair equal elements: those that occur once, and their equal neighbours.

    Returns:
        Pairs, increasing on both sides.
    """
    pairs: list[Pair] = []
    ends = [*_find_fast(left, right), (len(left), len(right))]
    low, low_right = 0, 0
    for high, high_right in ends:
        while low < high and low_right < high_right and left[low] == right[low_right]:
            pairs.append((low, low_right))
            low, low_right = low + 1, low_right + 1
        tail: list[Pair] = []
        end, end_right = high - 1, high_right - 1
        while end >= low and end_right >= low_right and left[end] == right[end_right]:
            tail.append((end, end_right))
            end, end_right = end - 1, end_right - 1
        pairs += reversed(tail)
        if high < len(left):
            pairs.append((high, high_right))
        low, low_right = high + 1, high_right + 1
    return pairs


def list_gaps(pairs: Sequence[Pair], left: int, right: int) -> Iterator[Gap]:
    """Yield what no pair has, where it is something on at least one side.

    Args:
        pairs: Increasing on both sides.
        left: The length of the left side.
        right: That of the right one.
    """
    before = (-1, -1)
    for pair in (*pairs, (left, right)):
        gap = range(before[0] + 1, pair[0]), range(before[1] + 1, pair[1])
        if gap[0] or gap[1]:
            yield gap
        before = pair


def _find_fast(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """Find the longest increasing run of elements that occur once on both sides."""
    counts, counts_right = Counter(left), Counter(right)
    places = {item: index for index, item in enumerate(right) if counts_right[item] == 1}
    candidates = [
        (index, places[item])
        for index, item in enumerate(left)
        if counts[item] == 1 and item in places
    ]
    return [candidates[index] for index in find_run([place for _, place in candidates])]


def find_run(values: Sequence[int]) -> list[int]:
    """Find the longest increasing run in a sequence of different numbers: their indexes."""
    tails: list[int] = []  # the least number that ends a run of each length
    ends: list[int] = []  # its index
    previous: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(tails, value)
        previous.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [index]
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = previous[index]
    return run[::-1]


def pair_in_order(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """Pair equal elements, those that occur more than once included, in one common order.

    What lies between fast pairs is paired again on its own, where elements may occur once; a short
    rest gets its longest common subsequence. A long one without such elements stays unpaired.

    Returns:
        Pairs, increasing on both sides.
    """
    pairs = pair_equals(left, right)
    fresh = list(list_gaps(pairs, len(left), len(right)))
    for _ in range(_DEEPEST):
        gaps, fresh = fresh, []
        for ours, theirs in gaps:
            found = _pair_gap(left, right, ours, theirs)
            pairs += found
            if found and len(ours) * len(theirs) > _SHORT:
                within = [(i - ours.start, j - theirs.start) for i, j in found]
                fresh += [
                    (_shift(a, ours.start), _shift(b, theirs.start))
                    for a, b in list_gaps(within, len(ours), len(theirs))
                ]
        if not fresh:
            break
    return sorted(pairs)


def _shift(places: range, start: int) -> range:
    """Move a range by what its sequence was cut off at."""
    return range(places.start + start, places.stop + start)


def _pair_gap(
    left: Sequence[Hashable], right: Sequence[Hashable], ours: range, theirs: range
) -> list[Pair]:
    """Pair what lies in one gap."""
    if not ours or not theirs:
        return []
    before, after = left[ours.start : ours.stop], right[theirs.start : theirs.stop]
    if len(ours) * len(theirs) > _SHORT:
        found = pair_equals(before, after)
    elif set(before).isdisjoint(after):
        return []
    else:
        found = _pair_longest(before, after)
    return [(ours.start + i, theirs.start + j) for i, j in found]


def _pair_longest(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """Pair the longest common subsequence of two short sequences."""
    lengths = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        row, below, item = lengths[i], lengths[i + 1], left[i]
        for j in range(len(right) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if item == right[j] else max(below[j], row[j + 1])
    pairs = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
