"""Locale settings: the languages of the site in ``mkdocs.yml``, checked and described."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError

from hexapla.interface_language import complete_tag, get_direction
from hexapla.locales import is_locale

_TOLD_APART = {"en": "US", "es": "ES", "fr": "FR", "pt": ""}
"""Languages that come in several territories; the one that needs no naming."""


@dataclass(frozen=True, slots=True)
class LocaleDescription:
    """One locale of the site."""

    tag: str
    """Its BCP 47 tag."""
    name: str
    """Its own name for itself."""
    theme_language: str
    """The theme's interface it gets."""
    script: str
    """ISO 15924."""
    direction: str
    """``ltr`` or ``rtl``."""
    missing_strings: int
    """How many of our interface strings it lacks."""
    articles: int
    """Its pages under ``docs/``."""
    is_source: bool = False
    """Whether it is the source locale."""


def find_own_name(tag: str) -> str:
    """Find what a locale's speakers call it, from CLDR: ``Svenska``, ``Português (Brasil)``."""
    language, script = complete_tag(tag)
    territory = tag.rpartition("-")[2] if re.search(r"-[A-Z]{2}\Z", tag) else ""
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language)
    names = locale.languages
    name = names.get(f"{language}_{script}") or names.get(language) or tag
    if territory in locale.territories and territory != _TOLD_APART.get(language, territory):
        name = f"{name} ({locale.territories[territory]})"
    return name[:1].upper() + name[1:]


def check_languages(languages: Iterable[Any]) -> list[str]:
    """List what is wrong with the languages of the plugin i18n.

    Args:
        languages: Each with ``locale`` and ``name``.
    """
    problems = []
    tags = [str(language.locale) for language in languages]
    for number, language in enumerate(languages):
        key = f"plugins.i18n.languages[{number}]"
        if language.locale != "null" and not is_locale(language.locale):
            problems.append(f"{key}.locale: {language.locale!r} is not a known locale")
        if not language.name:
            problems.append(f"{key}.name: the language's own name is missing")
    for tag, count in Counter(tags).items():
        if count > 1:
            problems.append(f"plugins.i18n.languages: {tag!r} is there {count} times")
    return problems


def describe_locales(
    languages: Sequence[Mapping[str, object]],
    catalogs: Mapping[str, Mapping[str, str]],
    articles: Mapping[str, int],
    source_locale: str,
    theme_languages: Mapping[str, str],
) -> list[LocaleDescription]:
    """Describe the locales of the site.

    Args:
        languages: The languages of the plugin i18n.
        catalogs: Locale → our interface strings.
        articles: Locale → the number of its pages.
        source_locale: The source locale.
        theme_languages: Locale → the theme's interface for it.
    """
    wanted = catalogs.get(source_locale, {}).keys()
    described = []
    for language in languages:
        tag = str(language.get("locale", ""))
        known = is_locale(tag)
        described.append(
            LocaleDescription(
                tag,
                str(language.get("name") or ""),
                theme_languages.get(tag, ""),
                complete_tag(tag)[1] if known else "",
                get_direction(tag) if known else "",
                len(wanted - catalogs.get(tag, {}).keys()),
                articles.get(tag, 0),
                tag == source_locale,
            )
        )
    return described
