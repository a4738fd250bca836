"""Analysis: text to terms, as `overrides/assets/hexapla/search/analysis.js` does it as well."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from operator import add

import Stemmer  # type: ignore[import-not-found]

from hexapla.search.folding import SERBIAN, fold_word, lower_word
from hexapla.search.languages import Analysis

PAIRED = (
    "\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003fffd"
)
"""Characters of Chinese, Japanese and Korean: two of them are a term."""

TRIPLED = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1050-\u109f\u1780-\u17d3"
"""Characters of Thai, Lao, Burmese and Khmer, which set no words apart: three are a term."""

JOINED = (
    "\u00ad\u200c\u200d\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0971-\u0df3\u0f71-\u0f84"
)
"""Marks that belong to the word that they stand in."""

LETTER = rf"(?![{PAIRED}{TRIPLED}])(?:[^\W_]|[{JOINED}])"

TOKEN = re.compile(
    rf"[0-9A-Za-z]{{1,40}}(?:[._-][0-9A-Za-z]{{1,40}}){{1,12}}(?!{LETTER})"
    rf"|[{PAIRED}]+|[{TRIPLED}]+|(?:{LETTER})+"
)
"""What may be a code with its points, a run of characters without spaces, or a word."""

RUN = re.compile(rf"(?P<paired>[{PAIRED}])|(?P<tripled>[{TRIPLED}])")
FOLDED = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff]+")
"""Kana and Chinese characters that no folding changes."""

DIGIT = re.compile(r"\d")
HYPHEN = re.compile(r"[_-]")

VOWELS = "aeiouyаеиоуыэюяіїєьъ"
"""Letters that an ending may be made of, in languages without an algorithm."""

SIGNS = ".,:;!?()[]\"'«»“”„’…،؛؟"
"""What stands before and after words, and is no part of any term."""

APART = "\u0900"
"""The first of the characters that may be more than letters of one word, letter by letter."""

KEPT = 4
"""Letters that stay when an ending is cut off."""

ROUGH_LENGTH = 7
"""Letters that words have in common where there is no algorithm for their endings."""

LONGEST = 64
"""Characters of a term: what is longer is no word that anybody types."""


class Analyser(dict[str, tuple[str, ...]]):
    """Gives the terms of texts in one language; those of a word that it has seen, it remembers.

    A word is what stands between blanks: ``(word),``. No term goes beyond.

    Args:
        analysis: What the language needs.
    """

    MOST = 400_000
    """Words to remember: hostile text must not fill the memory."""

    SHORT = 40
    """Characters of a word that may come again; what has no blanks is longer, and does not."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.stem: Callable[[str], str] | None = None
        if analysis.stemmer:
            self.stem = Stemmer.Stemmer(analysis.stemmer, 0).stemWord

    def list_terms(self, text: str) -> list[str]:
        """List the terms of a text, in their order."""
        terms: list[str] = []
        for word in text.split():
            terms += self[word]
        return terms

    def __missing__(self, word: str) -> tuple[str, ...]:
        bare = word.strip(SIGNS)
        if bare.isalpha() and max(bare) < APART:
            terms = self.analyse_word(word) if bare == word else self[bare]
        else:
            terms = tuple(chain.from_iterable(map(self.analyse_token, TOKEN.findall(word))))
        if len(word) > LONGEST:
            terms = tuple([term[:LONGEST] for term in terms])
        if len(word) <= self.SHORT:
            if len(self) >= self.MOST:
                self.clear()
            self[word] = terms
        return terms

    def analyse_token(self, token: str) -> tuple[str, ...]:
        """Give a token's terms: pairs of characters, a stem, or a code's parts and the code."""
        run = RUN.match(token)
        if run:
            characters = token if FOLDED.fullmatch(token) else fold_word(lower_word(token))
            return split_run(characters, 2 if run["paired"] else 3)
        chunks = HYPHEN.split(token)
        parts = [part for chunk in chunks for part in chunk.split(".")]
        if len(parts) == 1:
            return self.analyse_word(token)
        terms = [term for part in parts for term in self.analyse_word(part)]
        codes = [chunk for chunk in chunks if "." in chunk and DIGIT.search(chunk)]
        if len(chunks) > 1 and DIGIT.search(token):
            codes.append(token)
        return (*terms, *(code.lower() for code in codes))

    def analyse_word(self, word: str) -> tuple[str, ...]:
        """Give a word's terms: its stem, and for a prefix the word without it."""
        word = lower_word(word, dotted=self.analysis.dotted)
        if DIGIT.search(word):
            return (fold_word(word),)
        if len(word) < 2:
            return ()
        if self.analysis.latin:
            word = word.translate(SERBIAN)
        if self.stem:
            return (stem_word(word, self.stem, self.analysis.stemmer),)
        word = fold_word(word)
        if self.analysis.rough:
            return (cut_ending(word),)
        if len(word) > KEPT and word[0] in self.analysis.prefixes:
            return (word, word[1:])
        return (word,)


def split_run(characters: str, size: int) -> tuple[str, ...]:
    """Divide characters without spaces into overlapping pieces, of two or three."""
    if len(characters) <= size:
        return (characters,)
    pairs = map(add, characters, characters[1:])
    return tuple(pairs if size == 2 else map(add, pairs, characters[2:]))


def stem_word(word: str, stem: Callable[[str], str], stemmer: str) -> str:
    """Give a word's stem.

    The two implementations of Porter's English algorithm differ in words of two letters, and in
    whether an i is left at the end.
    """
    if stemmer != "porter":
        return fold_word(stem(word))
    return fold_word(stem(word).rstrip("i") or word) if len(word) > 2 else fold_word(word)


def cut_ending(word: str) -> str:
    """Cut off what may be an ending: last vowels, and what follows the first letters."""
    bare = word.rstrip(VOWELS)
    return (bare if len(bare) >= KEPT else word[:KEPT])[:ROUGH_LENGTH]


@lru_cache(maxsize=64)
def get_analyser(analysis: Analysis) -> Analyser:
    """Give the analyser of a language, with what it remembers."""
    return Analyser(analysis)
