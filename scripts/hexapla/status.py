"""Status: how each locale of a topic stands to its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hexapla.model import Article, Form, State, Topic
from hexapla.normalizing import Reading, Setting, find_source, order_readings
from hexapla.revisions import order_of
from hexapla.source import Source


@dataclass(frozen=True, slots=True)
class LocaleStatus:
    """How one locale stands."""

    locale: str
    """Its tag."""
    state: State
    """Whether its text follows the current source."""
    revision: str
    """The revision it was translated from; empty when it names none."""
    handed_off: str
    """The day it was handed off, ``2020-09-15``; empty when unknown."""
    translation: str
    """``MT`` or ``HT``, as delivered; empty when unknown."""
    form: Form
    """The tree it comes from."""
    units: int
    """Units of the article that is shown."""
    outdated: int
    """Those of them whose source is not in the current source."""
    path: str
    """The delivered file, relative to the repository."""


@dataclass(frozen=True, slots=True)
class TopicStatus:
    """How a topic stands."""

    topic: Topic
    """The topic."""
    source: Source | None
    """Its source, where there is one."""
    provenance: str
    """``delivered``, ``reconstructed`` or ``none``."""
    revisions: tuple[str, ...]
    """The revisions that its articles name, the latest first."""
    locales: tuple[LocaleStatus, ...]
    """Its locales, sorted."""


def describe_topic(topic: Topic, readings: Sequence[Reading], setting: Setting) -> TopicStatus:
    """Describe a topic from its articles.

    Args:
        topic: The topic.
        readings: Its articles.
        setting: What is the same for all topics.
    """
    by_locale = order_readings(readings)
    originals = by_locale.pop(setting.source_locale, [])
    translations = [reading for group in by_locale.values() for reading in group]
    source = find_source(translations, originals) if readings else None
    current = _collect_sources(translations, source)
    named = {r.article.revision: r.order for r in sorted(readings, key=lambda r: r.order)}
    named.pop("", None)
    return TopicStatus(
        topic,
        source,
        "none" if source is None else "delivered" if originals else "reconstructed",
        tuple(sorted(named, key=lambda revision: named[revision], reverse=True)),
        tuple(
            _describe_locale(locale, group[0], source, current)
            for locale, group in sorted(by_locale.items())
        ),
    )


def _collect_sources(readings: Sequence[Reading], source: Source | None) -> frozenset[str]:
    """Collect the source texts of the units of the current revision."""
    return frozenset(
        unit.source
        for reading in readings
        if source is not None and reading.article.revision == source.revision
        for unit in reading.article.units
    )


def _describe_locale(
    locale: str, reading: Reading, source: Source | None, current: frozenset[str]
) -> LocaleStatus:
    """Describe the article that a locale shows."""
    article = reading.article
    outdated = sum(unit.source not in current for unit in article.units) if current else 0
    return LocaleStatus(
        locale,
        _find_state(article, source, outdated),
        article.revision,
        format_day(article),
        article.front.scalar("ms.translationtype"),
        reading.delivered.form,
        len(article.units),
        outdated,
        article.path,
    )


def _find_state(article: Article, source: Source | None, outdated: int) -> State:
    """Say how an article stands to the source.

    A new revision may change front matter only, so that units count where there are any.
    """
    if source is None or not (article.revision or article.is_bilingual):
        return State.UNKNOWN
    if article.revision == source.revision:
        return State.CURRENT
    if article.is_bilingual:
        return State.OUTDATED if outdated else State.CURRENT
    return State.OUTDATED


def format_day(article: Article) -> str:
    """Give the day of an article's hand-off as ISO 8601; empty when it names none."""
    day = order_of(article)[0]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day and day != "99999999" else ""
