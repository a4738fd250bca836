"""Skeleton: an article's lines without its words, which are the same in every language.

Lines of one revision pair up across locales nearly always, and across revisions in nine of ten
cases (FORMAT.md, Revisions over time). A row of a table is divided into its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hexapla.anchors import ANCHOR
from hexapla.escapes import restore_emphasis
from hexapla.model import Article, Unit
from hexapla.pairing import list_gaps, pair_equals

_ADDRESS = re.compile(r'\]\(([^()\s]*)|\bhttps?://[^\s)>"]+|\bsrc="([^"]*)')
_MARKERS = re.compile(r"[ \t]*(?:(?:[>*+\-]|\d+[.)]|#{1,6})[ \t]+)*(?:\[![^\]]*\])?")
_CELL = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"\d+|\[!.*")
_LETTER = re.compile(r"[^\W_]")

Shape = tuple[str, tuple[object, ...]]
"""A line's markers, and its anchors and addresses."""

Part = str | tuple[Unit, str]
"""Text outside of units, or a unit with the text that is shown of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one cell of a table's row."""

    text: str
    """What it says, as Markdown."""
    parts: tuple[Part, ...]
    """Its text again, divided: what is outside of units, and the units, each with its text."""

    @property
    def units(self) -> tuple[tuple[Unit, str], ...]:
        """The units on it, each with its text; none in a monolingual article."""
        return tuple(part for part in self.parts if not isinstance(part, str))


def split_lines(article: Article, *, source: bool = False) -> list[Line]:
    """Divide an article's body into its lines; those without words are left out.

    Args:
        article: The article.
        source: Whether to show the units' sources instead of their targets.
    """
    restored = restore_emphasis(article.units)
    lines: list[Line] = []
    row: list[Part] = []
    for segment in article.segments:
        if isinstance(segment, Unit):
            shown = restored.get(segment, segment)
            first, *rest = (shown.source if source else shown.target).split("\n")
            row.append((segment, first))
            for text in rest:
                _add_lines(row, lines)
                row = [(segment, text)]
            continue
        first, *rest = segment.split("\n")
        if first:
            row.append(first)
        if rest:
            _add_lines(row, lines)
            for text in rest[:-1]:
                _add_lines([text], lines)
            row = [rest[-1]] if rest[-1] else []
    _add_lines(row, lines)
    return lines


def _add_lines(row: list[Part], lines: list[Line]) -> None:
    """Add a row as one line, a table's as its cells; what has no words is left out."""
    if not row:
        return
    if isinstance(row[0], str) and row[0].lstrip().startswith("|"):
        cells = _split_cells(row)
    else:
        cells = iter((row,))
    for cell in cells:
        if len(cell) == 1 and isinstance(cell[0], str):
            text = cell[0]
        else:
            text = "".join([part if isinstance(part, str) else part[1] for part in cell])
        if _LETTER.search(text):
            lines.append(Line(text, tuple(cell)))


def pair_lines(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pair the lines of two versions of a text, in whatever languages.

    Lines with the same anchor or the same addresses stand fast; between two such, lines are paired
    where the skeleton is the same throughout.
    """
    return pair_shapes([see_shape(line) for line in left], [see_shape(line) for line in right])


def pair_shapes(left: Sequence[Shape], right: Sequence[Shape]) -> list[tuple[int, int]]:
    """Pair lines by their shapes."""
    if left == right:
        return [(index, index) for index in range(len(left))]
    marks: list[list[tuple[object, ...]]] = [
        [shape[1] or (side, index) for index, shape in enumerate(lines)]
        for side, lines in enumerate((left, right))
    ]
    pairs = pair_equals(*marks)
    found = list(pairs)
    for ours, theirs in list_gaps(pairs, len(left), len(right)):
        if left[ours.start : ours.stop] == right[theirs.start : theirs.stop]:
            found += zip(ours, theirs, strict=True)
    return sorted(found)


def _split_cells(row: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield the cells of a table's row."""
    cell: list[Part] = []
    for part in row:
        if isinstance(part, str):
            first, *rest = _CELL.split(part)
            cell.append(first)
            for text in rest:
                yield cell
                cell = ["|", text]
        else:
            cell.append(part)
    yield cell


def see_shape(line: str) -> Shape:
    """Give a line's markers; and its anchors and addresses, which no translation alters."""
    markers = _MARKERS.match(line)
    opening = _NUMBER.sub("0", markers[0]) if markers and markers[0] else ""
    if line.startswith("|"):
        opening = f"|{opening}"
    if "](" not in line and "//" not in line and "<" not in line:
        return opening, ()
    addresses = sorted([match[1] or match[2] or match[0] for match in _ADDRESS.finditer(line)])
    anchors = [f"#{match[1]}" for match in ANCHOR.finditer(line)]
    return opening, (*addresses, *anchors)


def strip_markers(line: str) -> str:
    """Remove what makes a line a heading, an item, a quote or a cell."""
    text = line.removeprefix("|")
    markers = _MARKERS.match(text)
    return text[markers.end() :] if markers else text


def index_units(articles: Sequence[Article]) -> Mapping[str, Unit]:
    """Give the units of one revision's articles by number, in the order of the source.

    Units align across locales by number (FORMAT.md, Ids); of several sources the first one counts.
    """
    units: dict[str, Unit] = {}
    seen: list[tuple[int, list[str]]] = []
    for article in articles:
        identifiers = [unit.identifier for unit in article.units]
        same = len(article.front.segments), identifiers
        if same in seen:
            continue  # as nearly all others of the revision
        seen.append(same)
        for segment in article.segments:
            if isinstance(segment, Unit):
                units.setdefault(segment.number, segment)
    return {number: units[number] for number in sorted(units, key=_order_numbers)}


def _order_numbers(number: str) -> tuple[int, str]:
    """Order ``103`` before ``p103``, which also holds what follows."""
    return int(number.lstrip("p")), number
