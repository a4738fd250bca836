"""Collation: the alphabetical order of titles in a language, as well as it can be had cheaply.

The key is made of each character's decomposed and case-folded form (NFKD), so that é sorts with
e. For languages whose alphabet has letters of its own, a table says where they stand: å, ä and ö
follow z in Swedish, č follows c in Croatian. What it does not know: letters of two characters (ch
in Slovak, lj in Croatian), and readings (Japanese and Chinese sort by code point, kana by sound).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from babel.core import parse_locale

_CROATIAN = "abcčćdđefghijklmnopqrsštuvwxyzž"

ALPHABETS = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz",
    "bg": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "bs": _CROATIAN,
    "cs": "abcčdefghijklmnopqrřsštuvwxyzž",
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "fi": "abcdefghijklmnopqrstuvwxyzåäö",
    "hr": _CROATIAN,
    "hu": "abcdefghijklmnoöpqrstuüvwxyz",
    "is": "aábcdðeéfghiíjklmnoópqrstuúvwxyýzþæö",
    "lt": "abcčdefghiyjklmnopqrsštuvwxzž",
    "lv": "abcčdefgģhijkķlļmnņopqrsštuvwxyzž",
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "nn": "abcdefghijklmnopqrstuvwxyzæøå",
    "no": "abcdefghijklmnopqrstuvwxyzæøå",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "sk": "aäbcčdefghijklmnoôpqrsštuvwxyzž",
    "sl": _CROATIAN,
    "sr": _CROATIAN,
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "vi": "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz",
}
"""Language → the order of its letters. Serbian in Cyrillic letters keeps its code points' order."""

_ROWS = "あかさたなはまやらわ"
_KANA = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
)
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_ONE_CASE = {"ß": "ss", "ø": "o", "æ": "ae", "đ": "d", "ł": "l", "ı": "i", "œ": "oe", "ð": "d"}
"""Letters that decompose into nothing; where a language's alphabet has them they stay."""

Key = tuple[tuple[int, int], ...]


class Collator:
    """Orders titles for the readers of one locale.

    Args:
        locale: Its tag.
    """

    def __init__(self, locale: str) -> None:
        language, _, script = parse_locale(locale, sep="-")[:3]
        alphabet = "" if script == "Cyrl" else ALPHABETS.get(language, "")
        self._ranks = {letter: (ord(alphabet[0]), n) for n, letter in enumerate(alphabet)}
        self._turkic = language in {"az", "tr"}

    def make_key(self, title: str) -> tuple[Key, str]:
        """Give the key by which a title sorts: its letters and digits first, then the rest."""
        letters = [
            (self._ranks.get(letter) or (ord(letter), 0))
            for letter in self.fold(title)
            if letter.isalnum()
        ]
        return tuple(letters), title

    def fold(self, text: str) -> Iterable[str]:
        """Yield a text's letters: of the language's alphabet where it has them, else bare."""
        if self._turkic:
            text = text.replace("I", "ı").replace("İ", "i")
        for letter in unicodedata.normalize("NFC", text).casefold():
            if letter in self._ranks:
                yield letter
            else:
                yield from _bare(letter)

    def find_initial(self, title: str) -> str:
        """Give the heading that a title is listed under: a letter, ``0–9`` or ``#``.

        Japanese titles are listed by the row of their kana, Korean ones by the first consonant,
        and those that begin with a Chinese character together.
        """
        for letter in self.fold(title):
            if letter.isalnum():
                return self._head(letter)
        return "#"

    def _head(self, letter: str) -> str:
        """Give the heading for a first letter."""
        if letter.isdigit():
            return "0–9"
        code = ord(letter)
        if 0x1100 <= code <= 0x1112:  # a Korean syllable's first consonant, decomposed
            return _INITIALS[code - 0x1100]
        if 0x3041 <= code <= 0x3096:
            before = [kana for kana in _KANA if kana <= letter]
            row = max((_ROWS.index(kana) for kana in before if kana in _ROWS), default=0)
            return _ROWS[row]
        if unicodedata.name(letter, "").startswith("CJK"):
            return "漢"
        return "İ" if self._turkic and letter == "i" else letter.upper()


@lru_cache(maxsize=8192)
def _bare(letter: str) -> str:
    """Give a letter without accents, ligatures and width; katakana as hiragana."""
    found = "".join(
        char for char in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(char)
    )
    if "ァ" <= found <= "ヶ":
        found = chr(ord(found[0]) - 0x60) + found[1:]
    return "".join(_ONE_CASE.get(char, char) for char in found.casefold())
