"""Tracing: from a line of a page back to the delivery, the unit and the source it came from."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexapla.model import Article, Unit


@dataclass(frozen=True, slots=True)
class Trace:
    """Where one line of a page came from."""

    line: int
    """The line of the page, from 1."""
    text: str
    """Its text."""
    delivered: int
    """The line in the delivered file; 0 when a writer wrote it."""
    units: tuple[Unit, ...]
    """The units that have text on it."""


def trace_lines(page: str, written: str, article: Article, *, source: bool) -> list[Trace]:
    """Trace every line of a page's body.

    Args:
        page: The page as it is now.
        written: The page as Hexapla wrote it.
        article: The article it was written from.
        source: Whether the page shows the units' sources, not their targets.

    Returns:
        A trace for each line of the body, in order.
    """
    ours, theirs = page.split("\n"), written.split("\n")
    origins = list(_follow(article, source=source))
    start = len(theirs) - len(origins)  # the lines of the written page's front matter
    begin = count_front_lines(ours)
    alike: dict[int, int] = {}
    if ours == theirs:
        alike = {index: index for index in range(len(ours))}
    else:
        matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
        for block in matcher.get_matching_blocks():
            alike.update((block.a + step, block.b + step) for step in range(block.size))
    traces = []
    for index in range(begin, len(ours)):
        found = alike.get(index, -1) - start
        line, units = origins[found] if 0 <= found < len(origins) else (0, ())
        traces.append(Trace(index + 1, ours[index], line, units))
    return traces


def count_front_lines(lines: Sequence[str]) -> int:
    """Count the lines of a page's front matter, delimiters included."""
    if not lines or lines[0] != "---":
        return 0
    return lines.index("---", 1) + 1 if "---" in lines[1:] else 0


def _follow(article: Article, *, source: bool) -> Iterator[tuple[int, tuple[Unit, ...]]]:
    """Yield, for each line of the written body, the delivered line and the units on it."""
    line = sum(
        segment.count("\n")
        if isinstance(segment, str)
        else segment.target.count("\n") + segment.source.count("\n")
        for segment in article.front.segments
    )
    line += 1
    begun = line
    units: list[Unit] = []
    for segment in article.segments:
        if isinstance(segment, str):
            for _ in range(segment.count("\n")):
                yield begun, tuple(units)
                line += 1
                begun, units = line, []
            continue
        shown = segment.source if source else segment.target
        units.append(segment)
        for _ in range(shown.count("\n")):
            yield begun, tuple(units)
            units = [segment]
        line += segment.target.count("\n") + segment.source.count("\n")
    yield begun, tuple(units)
