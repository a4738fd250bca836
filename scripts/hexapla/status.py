"""Status: how each locale of a topic stands to its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from hexapla.aligning import Alignment, align_topic
from hexapla.model import Article, Form, State, Topic
from hexapla.normalizing import Reading, Setting, find_source, order_readings
from hexapla.revisions import order_of
from hexapla.source import Source
from hexapla.unit_states import UnitCounts, count_edited, count_units


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
    units: UnitCounts
    """Its units, by their states."""
    is_edited: bool
    """Whether a writer has changed its page since it was delivered."""
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


def describe_topic(
    topic: Topic,
    readings: Sequence[Reading],
    setting: Setting,
    edits: Mapping[str, str] = MappingProxyType({}),
) -> TopicStatus:
    """Describe a topic from its articles.

    Args:
        topic: The topic.
        readings: Its articles.
        setting: What is the same for all topics.
        edits: Locale → the page that a writer has changed since it was delivered.
    """
    by_locale = order_readings(readings)
    originals = by_locale.pop(setting.source_locale, [])
    translations = [reading for group in by_locale.values() for reading in group]
    source = find_source(translations, originals) if readings else None
    alignments, _ = align_topic(readings, setting.source_locale)
    named = {r.article.revision: r.order for r in sorted(readings, key=lambda r: r.order)}
    named.pop("", None)
    return TopicStatus(
        topic,
        source,
        "none" if source is None else "delivered" if originals else "reconstructed",
        tuple(sorted(named, key=lambda revision: named[revision], reverse=True)),
        tuple(
            _describe_locale(group[0], alignments[locale], edits.get(locale))
            for locale, group in sorted(by_locale.items())
        ),
    )


def _describe_locale(reading: Reading, alignment: Alignment, edit: str | None) -> LocaleStatus:
    """Describe the article that a locale shows."""
    article = reading.article
    return LocaleStatus(
        article.locale,
        alignment.state,
        article.revision,
        format_day(article),
        article.front.scalar("ms.translationtype"),
        reading.delivered.form,
        count_passages(alignment, edit),
        edit is not None,
        article.path,
    )


def count_passages(alignment: Alignment, edit: str | None) -> UnitCounts:
    """Count the passages of an article by their states.

    Args:
        alignment: How it is aligned.
        edit: Its page, where a writer has changed that since it was delivered.
    """
    passages = alignment.passages
    edited = 0 if edit is None else count_edited((passage.text for passage in passages), edit)
    return count_units((passage.state for passage in passages), len(alignment.missing), edited)


def format_day(article: Article) -> str:
    """Give the day of an article's hand-off as ISO 8601; empty when it names none."""
    day = order_of(article)[0]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day and day != "99999999" else ""
