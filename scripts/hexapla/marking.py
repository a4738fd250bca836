"""Marking: find a page's passages in its rendered HTML, and mark them there.

The Markdown is not touched, so that marks change neither the page's structure nor its text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexapla.letters import RenderedPage, is_whole, read_letters, take_apart
from hexapla.verbatim import INLINE, NEAR, find_verbatim, is_bracket, opens

CERTAIN = 12
"""Letters of a passage that is not mistaken for another, wherever ahead it is found."""

FAR = 50_000
"""Letters ahead that are looked at: so many passages in vain take no long time."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked in a page, and how."""

    text: str
    """The passage's Markdown."""
    opening: str
    """The tag that opens its mark: ``<span data-unit="103">``."""
    closing: str
    """The tag that closes it."""


def mark_passages(html: str, marks: Sequence[Mark]) -> tuple[str, list[int]]:
    """Mark passages in rendered HTML.

    Args:
        html: A page's content.
        marks: What to mark, in the page's order.

    Returns:
        The HTML, whose text is the same; and the indexes of the marks that were found.
    """
    ranges = find_verbatim(html, [mark.text for mark in marks])
    if ranges is None:
        places = list(_find_pieces(html, marks))
    else:
        places = [(index, start, end) for index, (start, end) in enumerate(ranges)]
    parts = []
    done = 0
    for index, start, end in places:
        mark = marks[index]
        parts += [html[done:start], mark.opening, html[start:end], mark.closing]
        done = end
    parts.append(html[done:])
    return "".join(parts), list(dict.fromkeys(index for index, _, _ in places))


def _find_pieces(html: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int, int]]:
    """Yield the parts of a page that marks cover: which one, and where it begins and ends."""
    page = take_apart(html)
    last = 0
    for index, *words in _find_ranges(page, marks):
        start, end = _widen(page, *words)
        for piece in _divide(page, max(start, last), end):
            yield index, *piece
        last = end


def _find_ranges(page: RenderedPage, marks: Sequence[Mark]) -> Iterator[tuple[int, int, int]]:
    """Yield each mark that is found, with the range of its words in the HTML."""
    texts = [read_letters(mark.text) for mark in marks]
    cursor = 0
    for index, letters in enumerate(texts):
        place = _find(page, letters, cursor)
        if place < 0 and 0 < len(letters) < CERTAIN:
            place = _find_with_following(page, texts, index, cursor)
        if place < 0 or (place - cursor > NEAR and _is_skipping(page, texts, index, cursor, place)):
            continue
        cursor = place + len(letters)
        first = bisect_right(page.offsets, place) - 1
        last = bisect_right(page.offsets, cursor - 1) - 1
        start = page.starts[first] + (place - page.offsets[first])
        end = page.ends[last]
        if last + 1 < len(page.offsets):
            end -= page.offsets[last + 1] - cursor
        else:
            end -= len(page.letters) - cursor
        yield index, start, end


def _find(page: RenderedPage, letters: str, cursor: int) -> int:
    """Give the next place of a passage's letters, or -1; few letters must be near."""
    if not letters:
        return -1
    limit = cursor + len(letters) + (FAR if len(letters) >= CERTAIN else NEAR)
    place = page.letters.find(letters, cursor, limit)
    while place >= 0 and not is_whole(page, place, len(letters)):
        place = page.letters.find(letters, place + 1, limit)
    return place


def _find_with_following(page: RenderedPage, texts: Sequence[str], index: int, cursor: int) -> int:
    """Give the place of a passage of few letters that is far ahead, by those that follow it."""
    together = ""
    for text in texts[index : index + 4]:
        together += text
        if len(together) >= CERTAIN:
            return _find(page, together, cursor)
    return -1


def _is_skipping(
    page: RenderedPage, texts: Sequence[str], index: int, cursor: int, place: int
) -> bool:
    """Say whether passages that come later stand before a place: then it is not this one's."""
    following = [text for text in texts[index + 1 : index + 6] if len(text) >= CERTAIN]
    return any(cursor <= page.letters.find(text, cursor, place) for text in following)


def _widen(page: RenderedPage, start: int, end: int) -> tuple[int, int]:
    """Take in the punctuation and the inline tags that stand directly at a range's ends."""
    html = page.html
    tag = bisect_right(page.tags, (start,)) - 1
    floor = page.tags[tag][1] if tag >= 0 else 0
    while start > floor and not html[start - 1].isspace() and opens(html[start - 1]):
        start -= 1
    after = bisect_right(page.tags, (end,))
    while True:
        ceiling = page.tags[after][0] if after < len(page.tags) else len(html)
        while end < ceiling and not html[end].isspace() and not _is_word(html[end]):
            if html[end] == "&" or is_bracket(html[end]):
                break
            end += 1
        if end < ceiling or after >= len(page.tags):
            break
        opening = page.partners.get(after)
        name = page.tags[after][2]
        if name[0] != "/" or name[1:] not in INLINE or opening is None:
            break
        # A closing tag is taken in when its opening one is inside, or can be.
        if page.tags[opening][0] < start and html[page.tags[opening][1] : start].strip():
            break
        start = min(start, page.tags[opening][0])
        end = page.tags[after][1]
        after += 1
    return _take_in_openings(page, start, end), end


def _take_in_openings(page: RenderedPage, start: int, end: int) -> int:
    """Give the start before the inline elements that begin directly there and end within."""
    index = bisect_right(page.tags, (start,)) - 1
    while index >= 0 and page.tags[index][1] == start and page.tags[index][2] in INLINE:
        partner = page.partners.get(index, index)
        if partner == index or page.tags[partner][1] > end:
            break
        start = page.tags[index][0]
        index -= 1
    return start


def _is_word(character: str) -> bool:
    return character.isalnum()


def _divide(page: RenderedPage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a range that hold only text and whole inline elements."""
    begin = start
    index = bisect_right(page.tags, (start,)) - 1
    if index < 0 or page.tags[index][0] < start:
        index += 1
    while index < len(page.tags) and page.tags[index][0] < end:
        opens, closes, name = page.tags[index]
        partner = page.partners.get(index)
        begins = partner is not None and partner >= index and name in INLINE
        if (
            partner is not None
            and begins
            and page.tags[partner][1] <= end
            and _holds_inline_only(page, index, partner)
        ):
            index = partner + 1
            continue
        if _has_words(page, begin, opens):
            yield begin, opens
        begin = closes
        index += 1
    if _has_words(page, begin, end):
        yield begin, end


def _holds_inline_only(page: RenderedPage, index: int, partner: int) -> bool:
    """Say whether an element holds no block."""
    return all(
        tag[2].lstrip("/") in INLINE and inner in page.partners
        for inner, tag in enumerate(page.tags[index : partner + 1], index)
    )


def _has_words(page: RenderedPage, start: int, end: int) -> bool:
    """Say whether there is a word within a range."""
    following = bisect_left(page.starts, start)
    if following and page.ends[following - 1] > start:
        following -= 1
    return following < len(page.starts) and page.starts[following] < end
