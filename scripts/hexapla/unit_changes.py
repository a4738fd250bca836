"""Unit changes: what became of each unit between two revisions of one topic.

Numbers shift from one revision to the next, so that units are aligned by their source: first the
exact text, in order; then the exact text wherever it stands; then near text, between the same
neighbours first. Time grows with the number of units, not with its square, whatever the input.
"""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hexapla.pairing import Gap, list_gaps, pair_in_order
from hexapla.word_changes import list_words

ALONE = 0.25
"""The likeness that is enough for the only unit between two that stayed."""

NEAR = 0.45
"""The likeness that is enough between two units that stayed."""

FAR = 0.7
"""The likeness that is enough anywhere in the topic."""

_RARE = 12
"""A unit's rarest words, by which units like it are looked for."""

_CROWD = 24
"""Units that share a word: in more than so many it tells nothing."""

_LONGEST = 2_000
"""Letters of a unit that are compared."""

_FEWEST = 3
"""Words of a unit that is found again where it is neither the same nor in its place."""


class Change(enum.Enum):
    """What became of a unit."""

    SAME = "same"
    REWORDED = "reworded"
    """Its text has changed; it may have moved as well."""
    MOVED = "moved"
    """Its text is the same, in another order."""
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What became of one unit."""

    kind: Change
    """What became of it."""
    before: int
    """Its index in the earlier revision; -1 where it is added."""
    after: int
    """Its index in the later one; -1 where it is removed."""


def compare_units(before: Sequence[str], after: Sequence[str]) -> tuple[UnitChange, ...]:
    """Align the units of two revisions of one topic.

    Args:
        before: The sources of the earlier revision's units, in the order of the source.
        after: Those of the later one.

    Returns:
        Every unit of both once, in the order of the later revision; what is removed stands behind
        what it stood behind.
    """
    pairs = pair_in_order(before, after)
    gaps = list(list_gaps(pairs, len(before), len(after)))
    same = dict(pairs)
    moved = _pair_moved(before, after, gaps)
    reworded = _pair_near(before, after, gaps, moved)
    changes = [UnitChange(Change.SAME, i, j) for i, j in pairs]
    changes += [UnitChange(Change.MOVED, i, j) for i, j in moved.items()]
    changes += [UnitChange(Change.REWORDED, i, j) for i, j in reworded.items()]
    found = same | moved | reworded
    there = set(found.values())
    changes += [UnitChange(Change.ADDED, -1, j) for j in range(len(after)) if j not in there]
    changes += [UnitChange(Change.REMOVED, i, -1) for i in range(len(before)) if i not in found]
    return tuple(_order(changes, found))


def _pair_moved(before: Sequence[str], after: Sequence[str], gaps: Iterable[Gap]) -> dict[int, int]:
    """Pair what has the same text and another place; of several, one after the other."""
    places: dict[str, list[int]] = defaultdict(list)
    gaps = list(gaps)
    for _, theirs in reversed(gaps):
        for j in reversed(theirs):
            places[after[j]].append(j)
    return {i: places[before[i]].pop() for ours, _ in gaps for i in ours if places.get(before[i])}


def _pair_near(
    before: Sequence[str], after: Sequence[str], gaps: Sequence[Gap], moved: dict[int, int]
) -> dict[int, int]:
    """Pair units whose text has changed: between the same neighbours, then anywhere."""
    taken = set(moved.values())
    rest = [
        ([i for i in ours if i not in moved], [j for j in theirs if j not in taken])
        for ours, theirs in gaps
    ]
    words = [
        {index: Counter(list_words(texts[index][:_LONGEST])) for gap in rest for index in gap[side]}
        for side, texts in enumerate((before, after))
    ]
    found: dict[int, int] = {}
    for ours, theirs in rest:
        if ours and theirs:
            is_alone = len(ours) == len(theirs) == 1
            chosen = _choose(ours, theirs, words, ALONE if is_alone else NEAR)
            found |= chosen
    left = [i for ours, _ in rest for i in ours if i not in found]
    taken = set(found.values())
    right = [j for _, theirs in rest for j in theirs if j not in taken]
    left = [i for i in left if words[0][i].total() >= _FEWEST]
    right = [j for j in right if words[1][j].total() >= _FEWEST]
    return found | _choose(left, right, words, FAR)


def _choose(
    ours: Sequence[int],
    theirs: Sequence[int],
    words: Sequence[dict[int, Counter[str]]],
    least: float,
) -> dict[int, int]:
    """Pair the most alike first, until none is alike enough."""
    scored = []
    for i, j in _list_candidates(ours, theirs, words):
        likeness = measure_likeness(words[0][i], words[1][j])
        if likeness >= least:
            distance = abs((i - ours[0]) - (j - theirs[0]))
            scored.append((-likeness, distance, i, j))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(scored):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _list_candidates(
    ours: Sequence[int], theirs: Sequence[int], words: Sequence[dict[int, Counter[str]]]
) -> Iterator[tuple[int, int]]:
    """Yield pairs that are worth comparing: those that share a word which few units have."""
    if len(ours) * len(theirs) <= _CROWD:
        yield from ((i, j) for i in ours for j in theirs)
        return
    places: dict[str, list[int]] = defaultdict(list)
    for j in theirs:
        for word in words[1][j]:
            places[word].append(j)
    for i in ours:
        shared = [word for word in words[0][i] if 0 < len(places.get(word, ())) <= _CROWD]
        shared.sort(key=lambda word: (len(places[word]), word))
        near: dict[int, None] = {}
        for word in shared[:_RARE]:
            near.update(dict.fromkeys(places[word]))
        yield from ((i, j) for j in near)


def measure_likeness(one: Counter[str], other: Counter[str]) -> float:
    """Measure how many words two units share, from 0 to 1 (Dice's coefficient)."""
    total = one.total() + other.total()
    if len(other) < len(one):
        one, other = other, one
    return 2 * sum(min(count, other[word]) for word, count in one.items()) / total if total else 0.0


def _order(changes: Iterable[UnitChange], found: dict[int, int]) -> list[UnitChange]:
    """Order changes as the later revision has them; what is removed follows what it followed."""
    places: dict[int, tuple[int, int]] = {}
    last = -1
    for change in sorted((c for c in changes if c.before >= 0), key=lambda change: change.before):
        last = found.get(change.before, last)
        places[change.before] = last, change.before
    return sorted(
        changes,
        key=lambda change: (change.after, -1) if change.after >= 0 else places[change.before],
    )
