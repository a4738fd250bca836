"""Folding: one spelling for letters that readers type in several ways.

The tables stand in `analysis.js` as well; the shared test vectors compare the two.
"""

from __future__ import annotations

import unicodedata

LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "ς": "σ",
        # Arabic: forms of alef, yeh and heh; Persian's own letters; the line that stretches words.
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "ـ": "",
        # Hebrew: letters that end a word.
        "ך": "כ",
        "ם": "מ",
        "ן": "נ",
        "ף": "פ",
        "ץ": "צ",
    }
    | {chr(first + value): str(value) for first in (0x660, 0x6F0) for value in range(10)}
)
"""Letters that no decomposition divides, digits included."""

MARKS = dict.fromkeys(
    [
        *range(0x300, 0x370),
        *range(0x483, 0x488),
        *range(0x591, 0x5BE),
        *(0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7),
        *range(0x610, 0x61B),
        *range(0x64B, 0x660),
        0x670,
    ]
)
"""Marks that readers leave out: accents, the vowels of Arabic and Hebrew."""

INVISIBLE = dict.fromkeys([0xAD, 0x200C, 0x200D])
"""Characters in a word that nobody sees."""

SERBIAN = str.maketrans(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dž"}
)
"""Serbian's Cyrillic letters, in Latin."""


def fold_word(word: str) -> str:
    """Give a word of small letters without what readers may leave out: ``för`` as ``for``."""
    if word.isascii():
        return word
    bare = unicodedata.normalize("NFD", word.translate(LETTERS)).translate(MARKS)
    return unicodedata.normalize("NFC", bare.translate(LETTERS))


def lower_word(word: str, *, dotted: bool = False) -> str:
    """Give a word in small letters and composed characters, without invisible ones."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word.translate(INVISIBLE))
    if dotted:
        word = word.replace("I", "ı").replace("İ", "i")
    return word.lower()
