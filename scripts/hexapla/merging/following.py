"""Following: a line's passages, found in another version of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hexapla.merging.passages import CLOSING, ENDING, LONGEST
from hexapla.merging.versions import Element
from hexapla.pairing import pair_in_order
from hexapla.word_changes import split_words

_COMPLETE = re.compile(rf"{ENDING}{CLOSING}*\s*\Z")

Followed = list[tuple[int, Element]]
"""Passages of another version of a line, each with the index of the one it comes from, or -1."""


def follow_passages(passages: Sequence[Element], text: str) -> Followed:
    """Find a line's passages in another version of it.

    A sentence that stands between two passages is a new one. What is new within a passage, or
    across the border of two, belongs to it.

    Args:
        passages: The line's passages, in order.
        text: The line's other version.
    """
    before = "".join(passage.lead + passage.text for passage in passages)
    if max(len(before), len(text)) > LONGEST:
        return [(0, Element(text))]
    borders = _Borders(split_words(before), split_words(text))
    start = borders.find_start()
    followed: Followed = [(-1, _make_passage(text[:start]))] if start else []
    offset = index = 0
    for number, passage in enumerate(passages):
        offset += len(passage.lead) + len(passage.text)
        if number == len(passages) - 1:
            end, resume = borders.find_end(offset)
        else:
            found = borders.find(offset)
            if found is None:
                continue
            end, resume = found
        if passage_text := text[start:end]:
            followed.append((index, _make_passage(passage_text)))
        if text[end:resume]:
            followed.append((-1, _make_passage(text[end:resume])))
        start, index = resume, number + 1
    return followed


def find_reordered(passages: Sequence[Element], text: str) -> Followed:
    """Find a line's passages in another order of the very same; nothing where it is none."""
    places: dict[int, int] = {}
    for index, passage in enumerate(passages):
        place = text.find(passage.text)
        if place < 0 or place in places:
            return []
        places[place] = index
    followed: Followed = []
    end = 0
    for place, index in sorted(places.items()):
        if place < end or text[end:place].strip():
            return []
        followed.append((index, Element(passages[index].text, text[end:place])))
        end = place + len(passages[index].text)
    return followed if end == len(text) else []


def _make_passage(piece: str) -> Element:
    text = piece.lstrip() or piece
    return Element(text, piece[: len(piece) - len(text)])


class _Borders:
    """Finds the borders of a text's passages in another version of it.

    Args:
        before: The text's words.
        after: Those of the other version.
    """

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self._before = before
        self._starts = _sum_up(before)
        self._places = {offset: number for number, offset in enumerate(self._starts)}
        self._after = after
        self._offsets = _sum_up(after)
        self._pairs = dict(pair_in_order(before, after))

    def find(self, offset: int) -> tuple[int, int] | None:
        """Find a border.

        Returns:
            Where the passage before it ends, and where the one behind it starts: between the two
            is a new sentence. None where the border is lost.
        """
        number = self._places.get(offset)
        if number is None:
            return None
        left, right = self._pairs.get(number - 1), self._find_right(number)
        if left is not None and right is not None:
            return self._part(left + 1, right)
        if left is None and right is None:
            return None
        place = self._offsets[right or 0 if left is None else left + 1]
        return place, place

    def find_start(self) -> int:
        """Find the end of a new sentence before the first passage."""
        first = self._pairs.get(0, 0)
        start, end = self._part(0, first) if first else (0, 0)
        return end if start < end else 0

    def _find_right(self, number: int) -> int | None:
        """Find the word after a border; of the blanks around a new sentence, the second."""
        right, behind = self._pairs.get(number), self._pairs.get(number + 1)
        if right is None or behind is None or behind - 1 <= right:
            return right
        is_blank = self._after[right].isspace() and self._after[behind - 1].isspace()
        return behind - 1 if is_blank else right

    def find_end(self, offset: int) -> tuple[int, int]:
        """Find the end of the last passage, and that of a new sentence after it.

        Blanks at the end of a line are many a blank's equal: they are found by what is before them.
        """
        number = self._places.get(offset, 0) - 1
        blanks = ""
        while number > 0 and self._before[number].isspace():
            blanks = self._before[number] + blanks
            number -= 1
        last = self._pairs.get(number)
        if last is None:
            return self._offsets[-1], self._offsets[-1]
        end, resume = self._part(last + 1, len(self._after))
        new = "".join(self._after[last + 1 :])
        return end + len(blanks) * (end < resume and new.startswith(blanks)), resume

    def _part(self, start: int, end: int) -> tuple[int, int]:
        """Say whether new words at a border are a sentence; if not they belong to a passage."""
        new = "".join(self._after[start:end])
        is_last = end == len(self._after)
        if _COMPLETE.search(new) and re.search(r"\w", new):
            return self._offsets[start], self._offsets[end]
        place = self._offsets[end if is_last else start]
        return place, place


def _sum_up(words: Sequence[str]) -> list[int]:
    """Give the offset at which each word starts, and that of the end."""
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word))
    return offsets
