"""Comparing: what changed in a topic's source, all in all or since a locale's translation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hexapla.aligning import Alignment, align_topic
from hexapla.errors import UsageError
from hexapla.inspecting import find_topic
from hexapla.normalizing import Reading, order_readings
from hexapla.past_deliveries import read_past
from hexapla.state import read_state
from hexapla.storage import Repository
from hexapla.topic_revisions import (
    Revision,
    SourceChange,
    choose_earlier,
    compare_revisions,
    list_revisions,
)
from hexapla.unit_changes import Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two revisions of a topic's source."""

    topic: str
    """The topic's id."""
    locale: str
    """The locale whose translation is compared; empty where none is."""
    revisions: tuple[Revision, ...]
    """All revisions that were seen, the earliest first."""
    before: Revision | None
    """The revision that is compared; None where there is no earlier one."""
    after: Revision | None
    """The current one; None where the source is not known at all."""
    changes: tuple[SourceChange, ...]
    """What became of each part of the source, what is the same included."""
    targets: Mapping[str, str]
    """Number of an earlier unit → what the locale's translation has for it."""
    remark: str
    """What must be known of the comparison; empty where nothing must."""

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return all(change.kind is Change.SAME for change in self.changes)


def compare_topic(repository: Repository, name: str, locale: str = "") -> Comparison:
    """Compare a topic's source with an earlier revision of it.

    Args:
        repository: Where it is.
        name: The topic's id, or the path of one of its files.
        locale: The locale whose translation is asked for; else the last known revision before the
            current one is compared.

    Raises:
        UsageError: There is no such topic or translation, or nothing it can be compared with.
    """
    state = read_state(repository)
    topic, readings = find_topic(repository, state, name)
    source_locale = state.setting.source_locale
    groups = order_readings(readings)
    translations = {tag: group[0] for tag, group in groups.items() if tag != source_locale}
    _check_locale(locale, topic.identifier, translations, source_locale)
    alignments, current = align_topic(readings, source_locale)
    past = read_past(repository, topic)
    shown = {tag: reading.article for tag, reading in translations.items()}
    revisions = list_revisions(readings, past, shown, current)
    after = next((found for found in revisions if found.name == current.revision), None)
    before, remark = _choose(locale, translations, revisions, after)
    changes = compare_revisions(before, after) if before and after and before is not after else ()
    targets = _list_targets(alignments[locale], before) if locale else {}
    return Comparison(topic.identifier, locale, revisions, before, after, changes, targets, remark)


def _check_locale(
    locale: str, topic: str, translations: Mapping[str, Reading], source_locale: str
) -> None:
    """See that a locale has a translation.

    Raises:
        UsageError: It has none.
    """
    if not locale or locale in translations:
        return
    if locale == source_locale:
        message = f"{locale} is the locale of the source, and no translation"
        raise UsageError(message, hint=f"hexapla diff {topic}")
    there = ", ".join(sorted(translations)) or "none"
    raise UsageError(f"{topic} has no translation to {locale}", hint=f"it has: {there}")


def _choose(
    locale: str,
    translations: Mapping[str, Reading],
    revisions: Sequence[Revision],
    after: Revision | None,
) -> tuple[Revision | None, str]:
    """Choose the revision that the current one is compared with; and what to say of it."""
    if after is None:
        return None, "the source is not known: no article has units"
    if locale:
        reading = translations[locale]
        if reading.article.revision == after.name:
            return after, ""
        if reading.article.revision and reading.order > after.order:
            named = reading.article.revision[:8]
            remark = f"{locale} is at revision {named}, newer than any whose source is known"
            return after, remark
        return choose_earlier(locale, reading.article, reading.order, revisions)
    earlier = [found for found in revisions if found.is_known and found.order <= after.order]
    earlier = [found for found in earlier if found is not after]
    return (earlier[-1], "") if earlier else (None, "no earlier revision of the source is known")


def _list_targets(alignment: Alignment, before: Revision | None) -> dict[str, str]:
    """Map the units of a revision to what the translation has for them."""
    if before is None or alignment.base is None or alignment.base.revision != before.name:
        return {}
    return {
        passage.units[0]: passage.text.strip()
        for passage in alignment.passages
        if len(passage.units) == 1
    }
