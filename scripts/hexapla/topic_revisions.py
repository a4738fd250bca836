"""A topic's revisions: every one that was seen, which locale is at which, and what changed.

A revision is known by its hash from any article that names it. Its source is known where one of
them is bilingual, or where the source itself was delivered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hexapla.anchors import remove_anchors
from hexapla.errors import UsageError
from hexapla.model import Article
from hexapla.normalizing import Reading
from hexapla.originals import Current
from hexapla.revisions import HandOff
from hexapla.skeleton import index_units, split_lines
from hexapla.unit_changes import Change, UnitChange, compare_units


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of a topic's source."""

    name: str
    """Its hash."""
    order: HandOff
    """The latest hand-off that has it."""
    locales: tuple[str, ...]
    """The locales whose shown article is at it now, sorted."""
    articles: tuple[Article, ...]
    """Bilingual articles of it, or the source's own."""

    @property
    def day(self) -> str:
        """The day of its latest hand-off, ``2020-09-15``; empty when it is not known."""
        day = self.order[0]
        return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day and day != "99999999" else ""

    @property
    def is_known(self) -> bool:
        """Whether its source is known."""
        return bool(self.articles)


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A sentence of a source, or a line where its sentences are not known."""

    number: str
    """The number of its unit; empty for a line."""
    text: str
    """What it says."""


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What became of a part of the source between two revisions."""

    kind: Change
    """What became of it."""
    before: SourcePart | None
    """The part in the earlier revision."""
    after: SourcePart | None
    """The part in the later one."""


def list_revisions(
    present: Iterable[Reading],
    past: Iterable[Reading],
    shown: Mapping[str, Article],
    current: Current,
) -> tuple[Revision, ...]:
    """List the revisions of a topic, the earliest first.

    Args:
        present: The articles that are delivered now.
        past: Those that were delivered before.
        shown: Locale → the article that it shows.
        current: The current source.
    """
    orders: dict[str, HandOff] = {}
    articles: dict[str, list[Article]] = defaultdict(list)
    for reading in (*present, *past):
        name = reading.article.revision
        if name:
            orders[name] = max(orders.get(name, reading.order), reading.order)
            if reading.article.is_bilingual:
                articles[name].append(reading.article)
    if current.article is not None:
        orders.setdefault(current.revision, (current.day, 0))
        articles.setdefault(current.revision, [current.article])
    return tuple(
        Revision(
            name,
            orders[name],
            tuple(sorted(locale for locale, article in shown.items() if article.revision == name)),
            tuple(articles[name]),
        )
        for name in sorted(orders, key=lambda name: (orders[name], name == current.revision, name))
    )


def compare_revisions(before: Revision, after: Revision) -> tuple[SourceChange, ...]:
    """Say what changed between two revisions, in the order of the later one.

    Unit by unit where both have units; else line by line.
    """
    sides = [_list_parts(revision.articles) for revision in (before, after)]
    if not all(sides):
        sides = [_list_lines(revision.articles[0]) for revision in (before, after)]
    left, right = sides
    changes = compare_units([part.text for part in left], [part.text for part in right])
    return tuple(_describe(change, left, right) for change in changes)


def _describe(
    change: UnitChange, left: Sequence[SourcePart], right: Sequence[SourcePart]
) -> SourceChange:
    before = left[change.before] if change.before >= 0 else None
    after = right[change.after] if change.after >= 0 else None
    return SourceChange(change.kind, before, after)


def _list_parts(articles: Sequence[Article]) -> list[SourcePart]:
    """List the sentences of a revision; a merged one only where its parts are in no locale."""
    units = index_units(articles)
    plain = [number for number in units if not number.startswith("p")]
    whole = " ".join(units[number].source for number in plain)
    return [
        SourcePart(number, unit.source)
        for number, unit in units.items()
        if not number.startswith("p") or unit.source.strip() not in whole
    ]


def _list_lines(article: Article) -> list[SourcePart]:
    """List the lines of a source."""
    lines = split_lines(article, source=article.is_bilingual)
    return [SourcePart("", remove_anchors(line.text)) for line in lines]


def choose_earlier(
    locale: str, article: Article, order: HandOff, revisions: Sequence[Revision]
) -> tuple[Revision, str]:
    """Choose the revision that a locale's translation is compared from.

    Args:
        locale: The locale.
        article: The article that it shows.
        order: When that was handed off.
        revisions: The topic's, the earliest first.

    Returns:
        A revision whose source is known; and why it is not the article's own, or nothing.

    Raises:
        UsageError: None is known that the article can be compared from.
    """
    if not article.revision:
        message = f"{locale} does not say which revision it was translated from"
        hint = "hexapla show tells what is known of it"
        raise UsageError(message, path=article.path, hint=hint)
    own = next((found for found in revisions if found.name == article.revision), None)
    if own is not None and own.is_known:
        return own, ""
    named = f"the source of {article.revision[:8]}, which {locale} was translated from,"
    earlier = [found for found in revisions if found.is_known and found.order <= order]
    if not earlier:
        hint = "deliver a bilingual article of it, of any locale, or commit the one that there was"
        raise UsageError(f"{named} is not known", path=article.path, hint=hint)
    return earlier[-1], f"{named} is not known: compared is the last known before it"
