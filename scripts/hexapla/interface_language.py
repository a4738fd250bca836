"""The interface's language: which of the theme's a locale gets, and which way it is written.

The theme names its interfaces by language (`sv`), sometimes with a script or territory (`zh-Hant`,
`pt-BR`), and once by a code of its own for a script (`sh` is Serbian in Latin letters).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from babel.core import get_global, parse_locale

RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})
"""Scripts, as ISO 15924 codes."""

SAME_INTERFACE = {"sr-Latn": "sh", "bs-Latn": "hr", "no-Latn": "nb", "fil-Latn": "tl"}
"""The theme's interface for a language and script that it has under another name."""


@lru_cache(maxsize=1024)
def complete_tag(tag: str) -> tuple[str, str]:
    """Return the language and the script of a BCP 47 tag, as CLDR's likely subtags have it."""
    language, territory, script = parse_locale(tag, sep="-")[:3]
    if script:
        return language, script
    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{territory}") or likely.get(language) or language
    return language, parse_locale(full)[2] or "Latn"


@lru_cache(maxsize=1024)
def get_direction(tag: str) -> str:
    """Return `rtl` or `ltr`: the direction that a locale's script is written in."""
    return "rtl" if complete_tag(tag)[1] in RIGHT_TO_LEFT else "ltr"


def choose_theme_language(tag: str, has_language: Callable[[str], bool]) -> str:
    """Return the theme's interface language for a locale: never one in another script.

    Args:
        tag: A BCP 47 tag, such as `sr-Latn-RS`.
        has_language: Says whether the theme has an interface under a name.
    """
    language, script = complete_tag(tag)
    candidates = [tag, f"{language}-{script}", SAME_INTERFACE.get(f"{language}-{script}", "en")]
    if complete_tag(language)[1] == script:
        candidates.insert(2, language)
    return next((name for name in candidates if has_language(name)), "en")
