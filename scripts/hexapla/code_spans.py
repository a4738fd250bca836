"""Code in Markdown: where no link, anchor or directive is to be looked for."""

from __future__ import annotations

import re
from bisect import bisect_right

_FENCE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(`{3,}+|~{3,}+)(?![^\n]*`)[^\n]*$", re.MULTILINE
)
_FENCE_LINE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_TOKEN = re.compile(r"(?<!\\)`+|<!--|\n[ \t>]*\n")

Ranges = list[tuple[int, int]]
"""Sorted, disjoint ranges of offsets: start inclusive, end exclusive."""


def find_code(text: str) -> Ranges:
    """Give the ranges of fenced code, code spans and HTML comments.

    An opening fence's line holds no other backtick: one-line ```` ```x``` ```` is a code span
    (FORMAT.md, Markdown dialect). A span ends within its paragraph.
    """
    ranges: Ranges = []
    position = 0
    while (opening := _FENCE.search(text, position)) is not None:
        ranges += _find_spans(text, position, opening.start())
        position = _find_fence_end(text, opening)
        ranges.append((opening.start(), position))
    return ranges + _find_spans(text, position, len(text))


def is_inside(offset: int, ranges: Ranges) -> bool:
    """Say whether an offset lies in one of the ranges."""
    index = bisect_right(ranges, (offset, len(ranges) and ranges[-1][1])) - 1
    return index >= 0 and ranges[index][0] <= offset < ranges[index][1]


def _find_fence_end(text: str, opening: re.Match[str]) -> int:
    """Give the end of the code that a fence opens: its closing fence's, or the text's."""
    for line in _FENCE_LINE.finditer(text, opening.end()):
        if line[1].startswith(opening[1]):
            return line.end()
    return len(text)


def _find_spans(text: str, start: int, end: int) -> Ranges:
    """Give the ranges of code spans and comments between two offsets."""
    tokens = [(match.start(), match[0]) for match in _TOKEN.finditer(text, start, end)]
    ranges: Ranges = []
    closers: dict[str, int] = {}  # the last run of each length in the paragraph
    position = start
    last_close = text.rfind("-->", start, end)
    for index, (offset, token) in enumerate(tokens):
        if token[0] == "\n" or index == 0:
            closers = _find_last_runs(tokens, index + (token[0] == "\n"))
        if offset < position or token[0] == "\n":
            continue
        if token == "<!--":
            if offset < last_close:
                position = text.index("-->", offset) + len("-->")
                ranges.append((offset, position))
        elif closers.get(token, -1) > index:
            partner = index + 1
            while tokens[partner][1] != token:
                partner += 1
            position = tokens[partner][0] + len(token)
            ranges.append((offset, position))
    return ranges


def _find_last_runs(tokens: list[tuple[int, str]], index: int) -> dict[str, int]:
    """Give the index of the last run of each length, from an index to the paragraph's end."""
    runs: dict[str, int] = {}
    while index < len(tokens) and tokens[index][1][0] != "\n":
        runs[tokens[index][1]] = index
        index += 1
    return runs
