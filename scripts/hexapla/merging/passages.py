"""Passages: a line divided into its units, or sentences, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hexapla.merging.versions import Element

LONGEST = 20_000
"""Characters of a line that is divided; a longer one is one passage."""

ENDING = "[.!?…。！？｡؟۔।։]"
"""What ends a sentence, as a pattern."""

CLOSING = "[*_\"'”’»)\\]」』）]"
"""What may close it behind that."""

_SENTENCE = re.compile(rf"(?:{ENDING}+{CLOSING}*(?=\s+(\S))|[。！？｡]+{CLOSING}*(?=(\S)))")
_MARKERS = re.compile(r"[ \t]*(?:(?:[>*+\-|]|\d+[.)]|#{1,6})[ \t]+)*(?:\[![^\]]*\][ \t]*)?")


def see_markers(line: str) -> str:
    """Give what makes a line a heading, an item, a quote or a row; all numbers are one."""
    match = _MARKERS.match(line)
    return re.sub(r"\d+", "0", match[0]) if match else ""


def divide_line(line: Element) -> list[Element]:
    """Divide a line into its units and what is between them, or else into its sentences."""
    cuts = _cut_units(line) if line.spans else _cut_sentences(line.text)
    named = {_step_back(line.text, span.start): span for span in line.spans}
    passages = []
    for start, end in _list_ranges(line.text, cuts):
        piece = line.text[start:end]
        text = piece.lstrip()
        lead = piece[: len(piece) - len(text)]
        span = named.get(start)
        passages.append(Element(text, lead, span.source if span else "", span.name if span else ""))
    return passages


def _cut_units(line: Element) -> set[int]:
    """Give the offsets at which a line's units start and end; blanks belong to what follows."""
    offsets = {offset for span in line.spans for offset in (span.start, span.end)}
    return {_step_back(line.text, offset) for offset in offsets}


def _step_back(text: str, offset: int) -> int:
    return len(text[:offset].rstrip())


def _cut_sentences(text: str) -> set[int]:
    """Give the offsets at which a line's sentences end, and its markers."""
    markers = _MARKERS.match(text)
    opening = _step_back(text, markers.end()) if markers else 0
    ends = (
        match.end()
        for match in _SENTENCE.finditer(text)
        if not (match[1] or match[2]).islower()  # an abbreviation's full stop
    )
    return {opening, *ends}


def _list_ranges(text: str, cuts: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the ranges between cuts; one without a letter or sign joins the one before it."""
    start = 0
    length = len(text.rstrip())
    for cut in sorted(cut for cut in cuts if 0 < cut < length):
        if text[start:cut].strip():
            yield start, cut
            start = cut
    if start < len(text):
        yield start, len(text)
