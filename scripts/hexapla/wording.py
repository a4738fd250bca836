"""Wording: numbers and days as a locale's readers write them, by CLDR."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent


@lru_cache(maxsize=256)
def _find_locale(tag: str) -> Locale:
    """Give CLDR's data for a tag, or for its language where CLDR has no more; else for English."""
    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("_".join(parts))
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")


def write_number(number: int, tag: str) -> str:
    """Write a count: ``1,234``, ``1 234``."""
    digits = str(number)
    return _find_shape(len(digits), tag) % tuple(digits)


@lru_cache(maxsize=1024)
def _find_shape(length: int, tag: str) -> str:
    """Give the shape of whole numbers with so many digits: the same for all of them."""
    ones = format_decimal(int("1" * length), locale=_find_locale(tag))
    return ones.replace("%", "%%").replace("1", "%s")


def write_share(share: float, tag: str) -> str:
    """Write a share, from 0 to 1, in whole percent: ``62%``, ``62 %``."""
    return _write_percent(round_share(share), tag)


def round_share(share: float) -> int:
    """Give a share in whole percent: 100 only where nothing is left over."""
    return min(round(share * 100), 99) if share < 1 else 100


@lru_cache(maxsize=4096)
def _write_percent(percent: int, tag: str) -> str:
    return str(format_percent(percent / 100, locale=_find_locale(tag)))


@lru_cache(maxsize=8192)
def write_day(day: str, tag: str) -> str:
    """Write a day that is given as ISO 8601; empty where it is none."""
    try:
        return format_date(date.fromisoformat(day), "medium", locale=_find_locale(tag))
    except ValueError:
        return ""
