"""Verbatim passages: those that stand in a page's HTML as they are rendered alone.

Most pages hold all their passages so, one after the other. Then they are found without taking the
page apart; wherever `marking` might find another range, it is asked instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import category

from hexapla.plain_markdown.inlines import NotPlainError, Text

Range = tuple[int, int]

INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s samp small span strong"
    " sub sup time u var wbr".split()
)
"""Elements that a mark may hold whole; it ends before any other, and begins anew behind it."""

NEAR = 48
"""Letters between two passages that need no explanation: a link's text, an alert's title."""

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\s*\d+[.)]\s")
_BEGINNING = re.compile(r"([^\w\s<>&]*)((?:<[a-z]+(?: [^<>]*)?>)*)([^\w\s<>&]*)[^\W_]")
"""How a passage begins: signs, tags, signs, a word."""

_OPENING = re.compile(r"<([a-z]+)(?: [^<>]*)?>\s*\Z")
_CLOSING = re.compile(r"</([a-z]+)>")

_FAR = 2_000
"""Characters between two passages that are looked at."""


def find_verbatim(html: str, passages: Sequence[str]) -> list[Range] | None:
    """Find passages in a page, where all of them stand in it verbatim and in their order.

    Args:
        html: A page's content.
        passages: Their Markdown.

    Returns:
        Where each begins and ends in the HTML; None where one cannot be found so.
    """
    if "<pre" in html or "<!--" in html:
        return None  # there is text in them that is not looked at
    text = Text()
    found: list[Range] = []
    done = 0
    for passage in passages:
        if _NUMBER.match(passage):
            return None  # an item's number is no part of it
        try:
            piece = text.render(passage.strip())
        except NotPlainError:
            return None
        place = html.find(piece, done, done + _FAR + len(piece))
        if place < 0 or not _is_next(piece, html[done:place]):
            return None
        measured = _measure(piece, html, place, done)
        if measured is None:
            return None
        start, end, may_grow = measured
        start, end = _widen(html, start, end, done if may_grow else start)
        if end < place + len(piece) and "<" in html[end : place + len(piece)]:
            return None  # the mark would end within an element
        found.append((start, end))
        done = end
    return found


def _is_next(piece: str, gap: str) -> bool:
    """Say whether the words of a passage come next, but for a few words that are no passage's."""
    words = _read_words(gap)
    if not words:
        return words is not None and not piece.isspace()
    own = _read_words(piece)
    return len(words) <= NEAR and own is not None and (words + own).find(own) == len(words)


@lru_cache(maxsize=4096)
def _read_words(html: str) -> str | None:
    """Give the letters of HTML; None where that is not sure: with entities, or within a tag."""
    text = _TAG.sub(" ", html)
    return None if "&" in text or "<" in text else "".join(_WORD.findall(text))


def _measure(piece: str, html: str, place: int, floor: int) -> tuple[int, int, bool] | None:
    """Give where a passage's mark begins, where its last word ends, and whether it may grow.

    It grows by elements that hold no more than the passage. None where that is not sure.
    """
    beginning = _BEGINNING.match(piece)
    if beginning is None:
        return None
    last = _find_last_word(piece)
    following = html[place + len(piece) : place + len(piece) + 1]
    is_cut = last == len(piece) and following.isalnum() and piece[-1] <= "\u2e80"
    if last < 0 or is_cut:
        return None
    before, tags, signs = beginning.groups()
    start, end = place + len(before), place + last
    if tags:
        is_whole = "</" not in piece[:last]
        is_apart = "</" not in piece[last:]
        if not all(map(opens, signs)) or not (is_whole or is_apart):
            return None
        return start, end, is_whole
    while start > floor and opens(html[start - 1]):
        start -= 1
    return None if not before and html[start - 1 : start].isalnum() else (start, end, True)


def _find_last_word(piece: str) -> int:
    """Give where the last word of a passage ends in its HTML; -1: not sure."""
    end = len(piece)
    while not piece[end - 1].isalnum():
        if piece[end - 1] == ";":
            return -1  # it may end an entity
        end = piece.rfind("<", 0, end) if piece[end - 1] == ">" else end - 1
    return end


def _widen(html: str, start: int, end: int, floor: int) -> Range:
    """Take in the punctuation and the inline tags that stand directly at a range's ends."""
    while end < len(html):
        character = html[end]
        if character == "<":
            closing = _CLOSING.match(html, end)
            if closing is None or closing[1] not in INLINE:
                break
            opening = _OPENING.search(html[floor:start])
            is_inside = _count(html, start, end, closing[1])
            if not is_inside:
                if opening is None or opening[1] != closing[1]:
                    break
                start = floor + opening.start()
            end = closing.end()
        elif (
            character.isspace() or character.isalnum() or character == "&" or is_bracket(character)
        ):
            break
        else:
            end += 1
    return start, end


def _count(html: str, start: int, end: int, name: str) -> bool:
    """Say whether an element that ends at a place begins within a range."""
    inside = html[start:end]
    return inside.count(f"<{name}>") + inside.count(f"<{name} ") > inside.count(f"</{name}>")


def opens(character: str) -> bool:
    """Say whether a character is punctuation that opens something."""
    return character in "\"'¿¡" or is_bracket(character)


@lru_cache(maxsize=1024)
def is_bracket(character: str) -> bool:
    """Say whether a character is an opening bracket or quotation mark."""
    return category(character) in {"Ps", "Pi"}
