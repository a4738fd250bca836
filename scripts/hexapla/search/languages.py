"""How the text of a language is analysed: a table of what languages have, by BCP 47 tag."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache

STEMMERS: dict[str, str] = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "porter",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Languages, and Snowball's algorithm for them, where both Python and the browser have it."""

PACKAGES: dict[str, str] = {
    "arabic": "@orama/stemmers/dist/ar.js",
    "armenian": "@orama/stemmers/dist/am.js",
    "danish": "@orama/stemmers/dist/dk.js",
    "dutch": "@orama/stemmers/dist/nl.js",
    "finnish": "@orama/stemmers/dist/fi.js",
    "french": "@orama/stemmers/dist/fr.js",
    "german": "@orama/stemmers/dist/de.js",
    "greek": "@orama/stemmers/dist/gr.js",
    "hindi": "@orama/stemmers/dist/in.js",
    "hungarian": "@orama/stemmers/dist/hu.js",
    "indonesian": "@orama/stemmers/dist/id.js",
    "irish": "@orama/stemmers/dist/ie.js",
    "italian": "@orama/stemmers/dist/it.js",
    "lithuanian": "@orama/stemmers/dist/lt.js",
    "nepali": "@orama/stemmers/dist/np.js",
    "norwegian": "@orama/stemmers/dist/no.js",
    "porter": "stemmer/index.js",
    "portuguese": "@orama/stemmers/dist/pt.js",
    "romanian": "@orama/stemmers/dist/ro.js",
    "russian": "@orama/stemmers/dist/ru.js",
    "serbian": "@orama/stemmers/dist/rs.js",
    "spanish": "@orama/stemmers/dist/es.js",
    "swedish": "@orama/stemmers/dist/se.js",
    "tamil": "@orama/stemmers/dist/ta.js",
    "turkish": "@orama/stemmers/dist/tr.js",
}
"""The same algorithms in JavaScript: files of packages that are installed at set-up."""

UNINFLECTED = frozenset({"ja", "ko", "lo", "km", "my", "th", "vi", "zh"})
"""Languages whose words are taken as they are; most have none that spaces set apart."""

DOTTED_I = frozenset({"az", "tr"})
"""Languages with two letters I, with a dot and without."""

PREFIXES: dict[str, str] = {"he": "והבכלמש"}
"""Letters that stand for words of their own, written together with the next one."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the analysis of a text needs to know of its language; the index tells it the browser."""

    stemmer: str = ""
    """Snowball's algorithm: ``swedish``; empty: there is none."""
    rough: bool = False
    """Whether endings are cut off without an algorithm."""
    dotted: bool = False
    """Whether I and İ are two letters."""
    latin: bool = False
    """Whether Serbian's Cyrillic is read as its Latin."""
    prefixes: str = ""
    """Letters that may be prefixes."""

    def describe(self) -> dict[str, str | bool]:
        """Give the analysis as the index writes it."""
        return asdict(self)


@lru_cache(maxsize=256)
def choose_analysis(tag: str) -> Analysis:
    """Choose how a locale's text is analysed, by its language (``pt-BR``: ``pt``)."""
    language = tag.replace("_", "-").split("-")[0].lower()
    stemmer = STEMMERS.get(language, "")
    prefixes = PREFIXES.get(language, "")
    return Analysis(
        stemmer=stemmer,
        rough=not stemmer and not prefixes and language not in UNINFLECTED,
        dotted=language in DOTTED_I,
        latin=language == "sr",
        prefixes=prefixes,
    )
