"""Sentences: which piece of a translated line is which unit.

A line's units are known from another version of it: an earlier one, or another language's. What
stands between units is the same in all of them (FORMAT.md, What is inside a unit): links' ends,
images and marks divide the line; between blanks alone, sentences are divided by their ends, and
paired by length and by what no translation alters. Where that does not tell, several sentences
stay together: together their source is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hexapla.anchors import ANCHOR
from hexapla.model import Unit
from hexapla.skeleton import Part, strip_markers


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a translation."""

    units: tuple[Unit, ...]
    """The units that have its source; none where it is not known."""
    text: str
    """Its Markdown."""
    is_certain: bool = True
    """Whether its source is known; else all that can be seen speaks for it."""


_LETTER = re.compile(r"[^\W_]")
_END = re.compile(
    r"(?:(?<![.!?…؟।॥])[.!?…؟।॥]++[\"'”’»)\]*_`>]*+(?=\s)"
    r"|(?<![。！？．｡])[。！？．｡]++[」』”’）)\]*_`>]*+)\s*+(?=\S)"
)
_FIXED = re.compile(r"\]\([^()\s]*\)?|<[^<>]*>|`[^`]*`|https?://\S+")
_IMAGE = re.compile(r"!\[[^\[\]]*\Z")
_WORD = re.compile(r"[^\W_]+")
_INVARIANT = re.compile(r"\]\([^()\s]*|\*\*|`[^`]*`|\d+(?:[.,:]\d+)*|\bhttps?://[^\s)>\"]+")

_MOST = 12
"""Units, or sentences, of a piece that is divided by the ends of sentences."""

_MANY = 400
"""Parts of a line, or repetitions of a mark, that are too many to look for each."""

_MISFIT = 4.0
"""What a pair of texts costs for each number, mark or address that only one of them has."""

_JOIN = 3.0
"""What it costs to take two sentences for one, or one for two."""

_TOLERATED = 3.5
"""What a pair may cost and still be believed."""

_VARIANCE = 6.8
"""How the lengths of translations vary, for each letter (Gale and Church, 1993)."""

_STEPS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
"""How many units may be how many sentences."""


def divide_line(line: str, parts: Sequence[Part], known: Mapping[str, str]) -> Iterator[Piece]:
    """Divide a line among the units of another version of it.

    Args:
        line: A translation's line, as Markdown.
        parts: The other version of the line.
        known: Source → target, of an earlier article in the line's language.

    Returns:
        Pieces in the line's order; what has no letters is left out.
    """
    for units, text in _divide_at_marks(line, parts):
        for some, piece in _divide_at_known(text, units, known):
            yield from _divide_at_ends(piece, some)


def _divide_at_marks(line: str, parts: Sequence[Part]) -> Iterator[tuple[list[Unit], str]]:
    """Yield what lies between the marks that stand outside of units, and the units there."""
    whole = "".join(part if isinstance(part, str) else part[1] for part in parts)
    done = seen = 0
    units: list[Unit] = []
    if len(parts) > _MANY:
        parts = [part for part in parts if not isinstance(part, str)]
    for part in parts:
        if not isinstance(part, str):
            units.append(part[0])
            seen += len(part[1])
            continue
        place = _find_mark(part, whole, seen, line, done)
        seen += len(part)
        if place is not None:
            yield units, line[done : place[0]]
            units, done = [], place[1]
    yield units, line[done:]


def _find_mark(part: str, whole: str, seen: int, line: str, done: int) -> tuple[int, int] | None:
    """Find text that stands between units in another version of a line; None: nothing sure."""
    mark = part.strip()
    if not mark:
        return None
    if not seen:  # a list's marker, a heading's mark and its anchor
        anchors = list(ANCHOR.finditer(line))
        start = anchors[-1].end() if anchors else len(line) - len(strip_markers(line))
        if start and (anchors or not _LETTER.search(mark)):
            rest = strip_markers(ANCHOR.sub("", part)).strip()
            return 0, start + (len(rest) if line.startswith(rest, start) else 0)
    if line.count(mark) == whole.count(mark) <= _MANY:
        place = done - 1
        for _ in range(whole.count(mark, 0, seen + part.index(mark)) + 1):
            place = line.find(mark, place + 1)
        return (place, place + len(mark)) if place >= done else None
    fixed = _FIXED.findall(mark)
    if not fixed:
        return None
    place = line.find(fixed[-1], done)
    if place < 0:
        return None
    image = _IMAGE.search(line, done, place) if "![" in mark else None
    return image.start() if image else place, place + len(fixed[-1])


def _divide_at_known(
    text: str, units: Sequence[Unit], known: Mapping[str, str]
) -> Iterator[tuple[Sequence[Unit], str]]:
    """Yield the sentences that an earlier article has word for word, and what lies between."""
    if not 1 < len(units) <= _MANY or not known:
        yield units, text
        return
    done = begin = 0
    for index, unit in enumerate(units):
        target = known.get(unit.source, "").strip()
        if not target or text.count(target, done) != 1:
            continue
        place = text.find(target, done)
        before = units[begin:index]
        if bool(before) != bool(_LETTER.search(text, done, place)):
            continue
        if before:
            yield before, text[done:place]
        yield (unit,), target
        begin, done = index + 1, place + len(target)
    yield units[begin:], text[done:]


def _divide_at_ends(text: str, units: Sequence[Unit]) -> Iterator[Piece]:
    """Yield the sentences of a text, each with its unit where that is sure."""
    if not _LETTER.search(ANCHOR.sub("", text)):
        return
    if len(units) < 2:
        yield Piece(tuple(units), text)
        return
    sentences = list(split_sentences(text))
    if len(units) > _MOST or not 1 < len(sentences) <= _MOST:
        yield Piece(tuple(units), text)
        return
    yield from _pair_sentences(units, sentences)


def split_sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; joined they are the text."""
    done = 0
    for end in _END.finditer(text):
        if _LETTER.search(text, done, end.end()):
            yield text[done : end.end()]
            done = end.end()
    yield text[done:]


@dataclass(frozen=True, slots=True)
class _Measure:
    """What of a text is compared with its translation."""

    length: int
    """Letters, without where links lead."""
    invariants: Counter[str]
    """What no translation alters."""
    parts: int
    """How many sentences it is."""


def _measure(text: str) -> _Measure:
    length = len(_FIXED.sub("", text)) if "](" in text or "<" in text else len(text)
    return _Measure(length, Counter(_INVARIANT.findall(text)), 1)


def _add(measures: Sequence[_Measure]) -> _Measure:
    if len(measures) == 1:
        return measures[0]
    invariants: Counter[str] = Counter()
    for measure in measures:
        invariants += measure.invariants
    return _Measure(sum(measure.length for measure in measures), invariants, len(measures))


def _pair_sentences(units: Sequence[Unit], sentences: Sequence[str]) -> Iterator[Piece]:
    """Pair units and sentences in their order, at the least cost; join what is not believed."""
    left = [_measure(unit.source) for unit in units]
    right = [_measure(text) for text in sentences]
    ratio = sum(m.length for m in right) / (sum(m.length for m in left) or 1)
    if len(left) == len(right) and all(
        _measure_cost(one, other, ratio) <= _TOLERATED
        for one, other in zip(left, right, strict=True)
    ):
        for unit, text in zip(units, sentences, strict=True):
            yield Piece((unit,), text)
        return
    path = _find_path(left, right, ratio)
    if path is None:
        yield Piece(tuple(units), "".join(sentences))
        return
    i = j = 0
    for a, b in path:
        yield Piece(tuple(units[i : i + a]), "".join(sentences[j : j + b]))
        i, j = i + a, j + b


def _find_path(
    left: Sequence[_Measure], right: Sequence[_Measure], ratio: float
) -> list[tuple[int, int]] | None:
    """Find the cheapest way to pair two sequences, as steps; None where it is not believed."""
    best: dict[tuple[int, int], tuple[float, float, int, int]] = {(0, 0): (0.0, 0.0, 0, 0)}
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            options = []
            for a, b in _STEPS:
                before = best.get((i - a, j - b))
                if before is not None:
                    cost = _measure_cost(_add(left[i - a : i]), _add(right[j - b : j]), ratio)
                    options.append((before[0] + cost, cost, a, b))
            if options:
                best[i, j] = min(options)
    place = len(left), len(right)
    path: list[tuple[int, int]] = []
    while place != (0, 0):
        if place not in best:
            return None
        _, cost, a, b = best[place]
        if cost > _TOLERATED + _JOIN * (a + b - 2):
            return None
        path.append((a, b))
        place = place[0] - a, place[1] - b
    return path[::-1]


def _measure_cost(source: _Measure, sentence: _Measure, ratio: float) -> float:
    """Say how badly sentences fit units: by length, and by what no translation alters."""
    expected = source.length * ratio
    mean = max((sentence.length + expected) / 2, 1.0)
    misfit = (sentence.length - expected) ** 2 / (2 * _VARIANCE * mean)
    if source.invariants != sentence.invariants:
        one, other = source.invariants, sentence.invariants
        misfit += _MISFIT * ((one - other) + (other - one)).total() / 2
    return misfit + _JOIN * (source.parts + sentence.parts - 2)


def is_likely(source: str, before: str, after: str) -> bool:
    """Say whether all that can be seen speaks for two targets having the same source.

    Args:
        source: The source of the earlier target.
        before: The earlier target.
        after: The text that stands in its place.
    """
    own = Counter(_INVARIANT.findall(source))
    if own != Counter(_INVARIANT.findall(after)):
        return False
    shown = [Counter(_WORD.findall(_FIXED.sub(" ", text))) for text in (source, before, after)]
    return not (shown[0] & shown[1]) - shown[2]
