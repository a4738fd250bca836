"""Originals: the source of a topic's units, as a small file that a page loads on demand.

A file per topic and revision, the same for all locales, since units of one revision have the same
numbers everywhere (FORMAT.md, Ids). Its name is its content's digest: it never changes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hexapla.inline_text import Run, write_runs
from hexapla.model import Article, Unit
from hexapla.normalizing import Reading
from hexapla.pairing import list_gaps, pair_equals
from hexapla.proof import hash_source
from hexapla.revisions import choose_revision
from hexapla.skeleton import index_units, pair_lines, split_lines, strip_markers

_LONGEST_CHANGE = 50
"""Sentences between two that stayed, among which the successor of one that is gone is sought."""

_ALIKE = 0.4
"""The share of words that makes two sentences versions of one."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Current:
    """A topic's current source, as far as alignment needs it."""

    revision: str = ""
    """Its revision; empty where there is none."""
    day: str = ""
    """When it was handed off, ``20210426``; ``99999999`` where it was delivered itself."""
    text: str = ""
    """Its body, as delivered."""
    units: Mapping[str, Unit] = field(default_factory=dict)
    """Its units by number; none where only the source itself was delivered."""
    sources: frozenset[str] = frozenset()
    """The sources of its units, of every locale."""
    article: Article | None = None
    """The source's own article, where one was delivered."""

    def has(self, unit: Unit) -> bool:
        """Say whether a unit's source is in it."""
        if unit.source in self.sources:
            return True
        is_merged = unit.number.startswith("p")
        return (is_merged or not self.sources) and unit.source.strip() in self.text


def read_current(bilingual: Sequence[Reading], originals: Sequence[Reading]) -> Current:
    """Read a topic's current source.

    Args:
        bilingual: Its bilingual articles.
        originals: Its articles of the source locale, the latest first.
    """
    if originals:
        article = originals[0].article
        text = "".join(s if isinstance(s, str) else s.target for s in article.segments)
        revision = hash_source(article.front.text + text)
        day = originals[0].order[0]
        same = [r.article for r in bilingual if r.article.revision == revision]
        return Current(revision, day, text, index_units(same), _collect_sources(same), article)
    chosen = choose_revision(reading.article for reading in bilingual)
    if not chosen:
        return Current()
    days = [r.order[0] for r in bilingual if r.article.revision == chosen[0].revision]
    text = "".join(s if isinstance(s, str) else s.source for s in chosen[0].segments)
    units, sources = index_units(chosen), _collect_sources(chosen)
    return Current(chosen[0].revision, max(days), text, units, sources)


def _collect_sources(articles: Sequence[Article]) -> frozenset[str]:
    return frozenset(unit.source for article in articles for unit in article.units)


def write_originals(
    articles: Sequence[Article], current: Current, locale: str, direction: str
) -> tuple[str, bytes]:
    """Write the file of one revision's sources.

    Args:
        articles: The topic's bilingual articles of that revision, sorted by locale.
        current: The topic's current source.
        locale: The source's locale.
        direction: ``ltr`` or ``rtl``.

    Returns:
        The file's name, and its bytes: JSON with ``units``, number → runs; and ``now``, for each
        unit whose source has changed: what is there now, or null where nothing is.
    """
    units = index_units(articles)
    content = {
        "lang": locale,
        "dir": direction,
        "units": {number: write_runs(unit.source) for number, unit in units.items()},
        "now": follow_changes(units, articles[0], current),
    }
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return f"{hashlib.sha256(data).hexdigest()[:16]}.json", data


def follow_changes(
    units: Mapping[str, Unit], article: Article, current: Current
) -> dict[str, Run | None]:
    """Find what the units that have changed are in the current source.

    Args:
        units: The units of a revision, by number.
        article: An article of that revision.
        current: The current source.
    """
    changed = {number for number, unit in units.items() if not current.has(unit)}
    if not changed or not current.text:
        return {}
    if not current.units:
        return _follow_lines(changed, article, current)
    # A merged unit's parts stand beside it under their own numbers: one of the two must do.
    numbers = [number for number in units if not number.startswith("p") or number in changed]
    later = [unit.source for number, unit in current.units.items() if not number.startswith("p")]
    later = later or [unit.source for unit in current.units.values()]
    pairs = pair_equals([units[number].source for number in numbers], later)
    found: dict[str, Run | None] = {}
    for ours, theirs in list_gaps(pairs, len(numbers), len(later)):
        gone = [numbers[index] for index in ours if numbers[index] in changed]
        sources = [units[number].source for number in gone]
        for number, text in zip(gone, _match(sources, [later[i] for i in theirs]), strict=True):
            found[number] = write_runs(text) if text else None
    return found


def _match(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Give for each sentence that is gone what stands in its place, or nothing.

    Alone between sentences that stayed, one has become the other; of several, the most alike.
    """
    if len(before) == len(after) == 1:
        return list(after)
    words = [_list_words(text) for text in after[:_LONGEST_CHANGE]]
    return [_choose_most_alike(_list_words(text), after, words) for text in before]


def _choose_most_alike(
    own: frozenset[str], after: Sequence[str], words: Sequence[frozenset[str]]
) -> str:
    """Choose the sentence that shares most words with another (Dice's coefficient)."""
    scores = [2 * len(own & other) / (len(own) + len(other) or 1) for other in words]
    best = max(range(len(scores)), key=scores.__getitem__, default=-1)
    return after[best] if best >= 0 and scores[best] >= _ALIKE else ""


def _list_words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _follow_lines(changed: set[str], article: Article, current: Current) -> dict[str, Run | None]:
    """Find the whole line, where the current source has no units."""
    assert current.article is not None
    before = split_lines(article, source=True)
    after = split_lines(current.article)
    texts = [line.text for line in before], [line.text for line in after]
    return {
        unit.number: write_runs(strip_markers(after[j].text))
        for i, j in pair_lines(*texts)
        for unit, _ in before[i].units
        if unit.number in changed
    }
