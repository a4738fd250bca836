"""Unit states: of each unit, whether it is current, outdated, missing, or edited by a writer.

A unit of a translation is outdated when its source was reworded or is gone; a unit of the source
is missing from a translation of an earlier revision when it is new, and no rewording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hexapla.anchors import remove_anchors
from hexapla.letters import read_letters
from hexapla.model import Article, State, Unit
from hexapla.originals import Current
from hexapla.skeleton import split_lines
from hexapla.unit_changes import Change, compare_units

_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """How many units of a translation are in which state."""

    current: int = 0
    """Those whose source is in the current source."""
    outdated: int = 0
    """Those whose source was reworded or is gone."""
    missing: int = 0
    """Units of the current source that it does not have."""
    unknown: int = 0
    """Passages of which nothing can be said."""
    edited: int = 0
    """Those, of all the others, that a writer has changed since they were delivered."""

    @property
    def total(self) -> int:
        """All units, each counted once."""
        return self.current + self.outdated + self.missing + self.unknown


def count_units(states: Iterable[State], missing: int, edited: int) -> UnitCounts:
    """Count the passages of a translation by their states."""
    found = list(states)
    return UnitCounts(
        found.count(State.CURRENT),
        found.count(State.OUTDATED),
        missing,
        found.count(State.UNKNOWN),
        edited,
    )


def find_missing(base: Article, current: Current) -> tuple[str, ...]:
    """Find what is new in the current source since an article's revision.

    Args:
        base: A bilingual article of an earlier revision.
        current: The current source.

    Returns:
        The numbers of the units that were added; an empty one for each line where the current
        source has no units.
    """
    if current.units:
        return _find_missing_units(base, current)
    if current.article is None:
        return ()
    sides = [
        [remove_anchors(line.text) for line in split_lines(article, source=article is base)]
        for article in (base, current.article)
    ]
    return tuple("" for change in compare_units(*sides) if change.kind is Change.ADDED)


def _find_missing_units(base: Article, current: Current) -> tuple[str, ...]:
    """Find the units that were added; what a merged unit holds is there."""
    plain = [unit for number, unit in current.units.items() if not number.startswith("p")]
    later = plain or list(current.units.values())
    earlier = [unit.source for unit in base.segments if isinstance(unit, Unit)]
    known = set(earlier)
    new = [unit for unit in later if unit.source not in known and _LETTER.search(unit.source)]
    if not new:
        return ()
    whole = "\n".join(earlier)
    new = [unit for unit in new if unit.source.strip() not in whole]
    if not new:
        return ()
    changes = compare_units(earlier, [unit.source for unit in later])
    added = {later[change.after].number for change in changes if change.kind is Change.ADDED}
    return tuple(unit.number for unit in new if unit.number in added)


def count_edited(texts: Iterable[str], page: str) -> int:
    """Count the passages that are not in a page any more, word for word.

    Args:
        texts: The passages that were delivered.
        page: The Markdown that a writer has changed.
    """
    there = "".join(map(read_letters, page.split("\n")))
    return sum(letters not in there for letters in map(read_letters, texts))
