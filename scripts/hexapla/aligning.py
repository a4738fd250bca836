"""Aligning: which passage of a translation comes from which passage of the source.

A bilingual article says it itself, sentence by sentence. A newer monolingual one keeps sentences
of an older bilingual one, and most of its lines (FORMAT.md, Revisions over time): sentences that
are there word for word are aligned, and else the lines that have the same skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hexapla.anchors import ANCHOR
from hexapla.escapes import restore_emphasis
from hexapla.model import Article, State, Unit
from hexapla.normalizing import Reading, order_readings
from hexapla.originals import Current, read_current
from hexapla.pairing import list_gaps, pair_equals
from hexapla.skeleton import pair_lines, split_lines

_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a translation whose source is known."""

    units: tuple[str, ...]
    """The numbers of the units that have its source: ``("103",)``; a paragraph has several."""
    text: str
    """Its Markdown in the translation."""
    state: State
    """Current or outdated; unknown where only a line is aligned."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the article that a locale shows stands to the source."""

    article: Article
    """The article."""
    passages: tuple[Passage, ...]
    """Its aligned passages, in order."""
    base: Article | None
    """The bilingual article that has their units; None where nothing is aligned."""
    state: State
    """Outdated where a passage is; unknown where the article cannot tell."""

    @property
    def is_other_version(self) -> bool:
        """Whether the units belong to another revision than the article names."""
        return self.base is not None and self.base.revision != self.article.revision


def align_topic(
    readings: Sequence[Reading], source_locale: str
) -> tuple[dict[str, Alignment], Current]:
    """Align the articles that a topic's locales show.

    Args:
        readings: The topic's articles.
        source_locale: The locale that they are translated from.

    Returns:
        Locale → alignment, for every translation; and the current source.
    """
    by_locale = order_readings(readings)
    originals = by_locale.pop(source_locale, [])
    bilingual = [
        reading
        for _, group in sorted(by_locale.items())
        for reading in group
        if reading.article.is_bilingual
    ]
    current = read_current(bilingual, originals)
    alignments = {
        locale: _align_locale(group, bilingual, current) for locale, group in by_locale.items()
    }
    return alignments, current


def _align_locale(
    group: Sequence[Reading], bilingual: Sequence[Reading], current: Current
) -> Alignment:
    """Align the article that a locale shows with itself, or with the best bilingual one."""
    shown = group[0]
    article = shown.article
    base = shown if article.is_bilingual else _choose_base(group, bilingual, current)
    if base is None:
        passages: tuple[Passage, ...] = ()
    elif base is shown:
        states = _judge_units(shown, shown, current)
        targets = _list_targets(article)
        passages = tuple(Passage((unit.number,), text, states[unit]) for unit, text in targets)
    else:
        states = _judge_units(base, shown, current)
        passages = tuple(_follow_base(base.article, article, states))
    state = _sum_up(article, passages, current)
    return Alignment(article, passages, base.article if base and passages else None, state)


def _choose_base(
    group: Sequence[Reading], bilingual: Sequence[Reading], current: Current
) -> Reading | None:
    """Choose the bilingual article to align a monolingual one with.

    The locale's own of the same revision, its own latest, then any locale's of that revision or,
    last, of the current one: its lines are those of the source in every language.
    """
    revision = group[0].article.revision
    own = [reading for reading in group if reading.article.is_bilingual]
    exact = [reading for reading in own if reading.article.revision == revision]
    same = [r for r in bilingual if revision and r.article.revision == revision]
    latest = [r for r in bilingual if r.article.revision == current.revision]
    return next(iter([*exact, *own, *same, *latest]), None)


def _judge_units(base: Reading, shown: Reading, current: Current) -> dict[Unit, State]:
    """Say for each unit whether its source is still there.

    Nothing is said to be old that may be newer than the source, or whose revision is not known.
    """
    revision = shown.article.revision
    is_comparable = revision and base.article.revision == revision and base.order[0] <= current.day
    absent = State.OUTDATED if is_comparable and current.text else State.UNKNOWN
    return {
        unit: State.CURRENT if current.has(unit) else absent for unit in set(base.article.units)
    }


def _sum_up(article: Article, passages: Sequence[Passage], current: Current) -> State:
    """Give the state of an article: nothing is claimed that its passages do not show."""
    states = {passage.state for passage in passages}
    if State.OUTDATED in states:
        return State.OUTDATED
    is_same = article.revision != "" and article.revision == current.revision
    return State.CURRENT if is_same or states == {State.CURRENT} else State.UNKNOWN


def _list_targets(article: Article) -> list[tuple[Unit, str]]:
    """List the body's units, each with its target as the page has it."""
    restored = restore_emphasis(article.units)
    return [
        (segment, restored.get(segment, segment).target)
        for segment in article.segments
        if isinstance(segment, Unit)
    ]


def _follow_base(
    base: Article, article: Article, states: Mapping[Unit, State]
) -> Iterator[Passage]:
    """Yield the passages of a monolingual article, from the lines of a bilingual one."""
    is_own = base.locale == article.locale
    ours, theirs = split_lines(base), split_lines(article)
    left, right = [line.text for line in ours], [line.text for line in theirs]
    pairs = pair_equals(left, right) if is_own else []
    found = list(pairs)
    for gap, other in list_gaps(pairs, len(left), len(right)):
        between = pair_lines([left[i] for i in gap], [right[j] for j in other])
        found += [(gap[i], other[j]) for i, j in between]
    for i, j in sorted(found):
        yield from _divide_line(theirs[j].text, ours[i].units, states, is_own=is_own)


def _divide_line(
    line: str,
    units: Sequence[tuple[Unit, str]],
    states: Mapping[Unit, State],
    *,
    is_own: bool,
) -> Iterator[Passage]:
    """Yield a line's passages: sentences that were kept, and what lies between them."""
    done = 0
    waiting: list[str] = []
    for unit, target in units:
        place = line.find(target, done) if is_own and target.strip() else -1
        if place < 0:
            waiting.append(unit.number)
            continue
        yield from _write_rest(line[done:place], waiting)
        yield Passage((unit.number,), target, states[unit])
        waiting, done = [], place + len(target)
    yield from _write_rest(line[done:], waiting)


def _write_rest(text: str, units: Sequence[str]) -> Iterator[Passage]:
    """Yield a passage that has several units' source, where there are text and units."""
    if units and _LETTER.search(ANCHOR.sub("", text)):
        yield Passage(tuple(units), text, State.UNKNOWN)
