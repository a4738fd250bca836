"""Wording: numbers and days as a locale's readers write them, by CLDR."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal


@lru_cache(maxsize=256)
def _find_locale(tag: str) -> Locale:
    """Give CLDR's data for a tag, or for its language alone."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(tag.partition("-")[0])


@lru_cache(maxsize=4096)
def write_number(number: int, tag: str) -> str:
    """Write a whole number: ``1,234``, ``1 234``."""
    return format_decimal(number, locale=_find_locale(tag))


@lru_cache(maxsize=8192)
def write_day(day: str, tag: str) -> str:
    """Write a day that is given as ISO 8601; empty where it is none."""
    try:
        return format_date(date.fromisoformat(day), "medium", locale=_find_locale(tag))
    except ValueError:
        return ""
