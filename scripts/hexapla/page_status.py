"""Page status: what a page tells its reader about its text, and nothing that is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

MACHINE = frozenset({"mt", "auto"})
HUMAN = frozenset({"ht", "human translation"})
"""What ``ms.translationtype`` says (FORMAT.md, Front matter), in lower case."""

_DELIVERED_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\Z")
_REVISION = re.compile(r"[0-9a-f]{40}\Z")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, for people and for machines."""

    text: str
    """As the reader's locale writes it: ``8 mars 2021``."""
    iso: str
    """``2021-03-08``."""


@dataclass(frozen=True, slots=True)
class PageStatus:
    """What is known of a page's text; empty or None is not known."""

    dated: Day | None
    """The date that the article gives itself."""
    translation: str
    """``machine`` or ``human``."""
    handed_off: Day | None
    """When the translation was handed off."""
    revision: str
    """The revision of the source that the text is, or was translated from."""
    provenance: str
    """Where the source comes from: ``proven``, ``reconstructed`` or ``delivered``."""


def describe_page(
    metadata: Mapping[str, object], locale: str, *, is_translation: bool
) -> PageStatus:
    """Describe a page by its metadata, the shared included.

    Args:
        metadata: The page's front matter.
        locale: The reader's locale, which dates are written in.
        is_translation: Whether the text is one; what is said of translations is else left out.
    """
    kind = _read(metadata, "ms.translationtype").lower() if is_translation else ""
    proven = _read(metadata, "proven")
    provenance = "proven" if proven else _read(metadata, "provenance")
    revision = _read(metadata, "ms.openlocfilehash")
    return PageStatus(
        _write_day(metadata.get("ms.date"), locale),
        "machine" if kind in MACHINE else "human" if kind in HUMAN else "",
        _write_day(metadata.get("ms.lasthandoff"), locale) if is_translation else None,
        revision if _REVISION.match(revision) else "",
        provenance if provenance in {"proven", "reconstructed", "delivered"} else "",
    )


def _read(metadata: Mapping[str, object], key: str) -> str:
    """Give a value where it is text."""
    value = metadata.get(key)
    return value.strip() if isinstance(value, str) else ""


def _write_day(value: object, locale: str) -> Day | None:
    """Write a date that is one; anything else is not shown."""
    day = value if isinstance(value, date) else _parse_day(value if isinstance(value, str) else "")
    return _format_day(day, locale) if day else None


@lru_cache(maxsize=8192)
def _format_day(day: date, locale: str) -> Day:
    """Write a day as a locale's readers do."""
    return Day(format_date(day, "long", Locale.parse(locale, sep="-")), f"{day:%Y-%m-%d}")


@lru_cache(maxsize=8192)
def _parse_day(text: str) -> date | None:
    """Read ``03/08/2021`` or ``2021-03-08``."""
    text = text.strip()
    match = _DELIVERED_DAY.match(text)
    try:
        if match:
            return date(int(match[3]), int(match[1]), int(match[2]))
        return date.fromisoformat(text)
    except ValueError:
        return None
