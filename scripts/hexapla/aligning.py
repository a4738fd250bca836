"""Aligning: which passage of a translation comes from which passage of the source.

A bilingual article says it itself, sentence by sentence; a monolingual one is followed in the
bilingual ones of its topic. Then every passage of it is listed: those whose source is not known
too, without units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hexapla.confirming import follow_together
from hexapla.escapes import restore_emphasis
from hexapla.following import Lines, follow_revision
from hexapla.model import Article, State, Unit
from hexapla.normalizing import Reading, order_readings
from hexapla.originals import Current, read_current
from hexapla.sentences import Piece
from hexapla.unit_states import find_missing


class Passage(NamedTuple):
    """A piece of a translation."""

    units: tuple[str, ...]
    """The numbers of the units that have its source: ``("103",)``; sentences that cannot be told
    apart have several, and one whose source is not known has none."""
    text: str
    """Its Markdown in the translation."""
    state: State
    """Current or outdated; unknown where its source is, or is newer than the current one."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the article that a locale shows stands to the source."""

    article: Article
    """The article."""
    passages: tuple[Passage, ...]
    """Its passages, in order; none where no source is known of any."""
    base: Article | None
    """The bilingual article that has their units; None where nothing is aligned."""
    state: State
    """Outdated where a passage is, or where one is missing; unknown where nothing tells."""
    missing: tuple[str, ...] = ()
    """The numbers of the source's units that are new since its revision."""

    @property
    def is_other_version(self) -> bool:
        """Whether the units belong to another revision than the article names."""
        return self.base is not None and self.base.revision != self.article.revision


Aligned = tuple[Mapping[str, Alignment], Current]
"""Locale → alignment, for every translation of a topic; and its current source."""

GRAVITY = (State.OUTDATED, State.UNKNOWN, State.CURRENT)
"""The states that passages have, the gravest first."""

Division = tuple[Article, Sequence[Piece]]
"""A bilingual article, and the pieces of another one that have its units."""


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
    divisions = _follow_monolingual(by_locale, [r.article for r in bilingual], current)
    alignments = {
        locale: _align_locale(group[0], divisions.get(locale), current)
        for locale, group in by_locale.items()
    }
    return alignments, current


def _align_locale(shown: Reading, division: Division | None, current: Current) -> Alignment:
    """Align the article that a locale shows with itself, or with what it was followed in."""
    article = shown.article
    base = article if article.is_bilingual else None
    pieces: Sequence[Piece] = []
    if base is None and division is not None and any(piece.units for piece in division[1]):
        base, pieces = division
    states: Mapping[str, State] = {}
    missing: tuple[str, ...] = ()
    if base is not None:
        states = _judge_units(base, shown, current)
        # What another revision has, which the article does not name, is not known to be new.
        if (
            base.revision == article.revision
            and _is_older(shown, current)
            and article.revision != current.revision
        ):
            missing = find_missing(base, current)
    if base is article:
        passages = _list_targets(article, states)
    else:
        passages = tuple([_describe_piece(piece, states) for piece in pieces])
    state = _sum_up(article, passages, missing, current)
    return Alignment(article, passages, base, state, missing)


def _describe_piece(piece: Piece, states: Mapping[str, State]) -> Passage:
    """Give a piece's units by their numbers, and its state: the gravest of theirs."""
    if not (piece.is_certain and piece.units):
        state = State.UNKNOWN
    elif len(piece.units) == 1:
        state = states[piece.units[0].identifier]
    else:
        found = {states[unit.identifier] for unit in piece.units}
        state = next(state for state in GRAVITY if state in found)
    return Passage(tuple([unit.number for unit in piece.units]), piece.text, state)


def _judge_units(base: Article, shown: Reading, current: Current) -> dict[str, State]:
    """Say for each unit, by its identifier, whether its source is still there.

    Nothing is said to be old that may be newer than the source, or whose revision is not known.
    """
    absent = State.OUTDATED if _is_older(shown, current) else State.UNKNOWN
    sources = current.sources
    return {
        unit.identifier: State.CURRENT if unit.source in sources or current.has(unit) else absent
        for unit in base.units
    }


def _is_older(shown: Reading, current: Current) -> bool:
    """Say whether an article is surely no newer than the current source."""
    return shown.article.revision != "" and shown.order[0] <= current.day and current.text != ""


def _sum_up(
    article: Article, passages: Sequence[Passage], missing: Sequence[str], current: Current
) -> State:
    """Give the state of an article: nothing is claimed that its passages do not show."""
    states = {passage.state for passage in passages}
    is_same = article.revision != "" and article.revision == current.revision
    if State.OUTDATED in states or missing:
        return State.OUTDATED
    return State.CURRENT if is_same or states == {State.CURRENT} else State.UNKNOWN


def _list_targets(article: Article, states: Mapping[str, State]) -> tuple[Passage, ...]:
    """List the body's units, each with its target as the page has it."""
    restored = restore_emphasis(article.units)
    return tuple(
        [
            Passage(
                (segment.number,),
                (restored.get(segment, segment) if restored else segment).target,
                states[segment.identifier],
            )
            for segment in article.segments
            if isinstance(segment, Unit)
        ]
    )


def _follow_monolingual(
    by_locale: Mapping[str, Sequence[Reading]], bilingual: Sequence[Article], current: Current
) -> dict[str, Division]:
    """Follow all articles that have no units themselves: locale → division."""
    lines = Lines()
    divisions: dict[str, Division] = {}
    earlier: dict[tuple[str, str], dict[str, tuple[Article, Article | None]]] = {}
    for locale, group in sorted(by_locale.items()):
        article = group[0].article
        if article.is_bilingual:
            continue
        own = [reading.article for reading in group if reading.article.is_bilingual]
        same = [
            a for a in (*own, *bilingual) if article.revision and a.revision == article.revision
        ]
        if same:
            divisions[locale] = follow_revision(article, same, own, lines)
        elif bilingual:
            between = article.revision or locale, own[0].revision if own else current.revision
            earlier.setdefault(between, {})[locale] = article, own[0] if own else None
    for (_, revision), followed in earlier.items():
        bases = [article for article in bilingual if article.revision == revision]
        if bases:
            divisions |= follow_together(followed, bases, lines)
    return divisions
