"""Locales: BCP 47 tags, parsed by babel with the data of Unicode's CLDR."""

from __future__ import annotations

import re
from functools import lru_cache

from hexapla.errors import UsageError

SOURCE_LOCALE = "en-US"
"""The locale that articles are translated from, unless the configuration says otherwise."""

_SUBTAGS = re.compile(r"[A-Za-z0-9]{1,8}(?:[-_][A-Za-z0-9]{1,8})*\Z")
"""The outer form of every tag (RFC 5646, section 2.1)."""

_NO_LANGUAGE = frozenset({"root", "und"})


@lru_cache(maxsize=1024)
def is_locale(tag: str) -> bool:
    """Say whether CLDR knows a tag, in its canonical spelling (``sr-Latn-RS``)."""
    try:
        return parse_locale(tag) == tag
    except UsageError:
        return False


@lru_cache(maxsize=1024)
def parse_locale(tag: str) -> str:
    """Give the canonical spelling of a locale's tag: ``SV_se`` becomes ``sv-SE``.

    A tag whose language, script and territory CLDR knows is accepted, also where CLDR has no data
    of its own for the combination (``sv-JP`` say).

    Raises:
        UsageError: The tag is not well formed, or names what CLDR does not know.
    """
    # Imported late: commands that meet no locale start faster.
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415
    from babel.core import parse_locale as split_tag  # noqa: PLC0415

    hint = "use a BCP 47 tag such as sv-SE or sr-Latn-RS"
    try:
        if not _SUBTAGS.match(tag):  # babel would cut off an encoding (.UTF-8), a modifier (@euro)
            raise ValueError("not subtags of one to eight letters and digits each")
        language, territory, script, variant = split_tag(tag.replace("_", "-"), sep="-")[:4]
        if language in _NO_LANGUAGE:
            raise ValueError("a name of CLDR's own, or no language at all")
        Locale.parse(language)
    except (ValueError, UnknownLocaleError, TypeError) as error:
        raise UsageError(f"{tag!r} is not a known locale", hint=hint) from error
    names = Locale("en")  # it has a name for each; those of one language are read for all tags
    if territory is not None and territory not in names.territories:
        message = f"{tag!r} is not a known locale: there is no territory {territory}"
        raise UsageError(message, hint=hint)
    if script is not None and script not in names.scripts:
        message = f"{tag!r} is not a known locale: there is no script {script}"
        raise UsageError(message, hint=hint)
    # Variants are lower case in BCP 47 (RFC 5646, section 2.1.1), upper case in babel.
    parts = (language, script, territory, variant and variant.lower())
    return "-".join(part for part in parts if part)
