"""The status table: the figures of a locale or product as the cells of a row.

A page has thousands of these cells, and each locale has such a page: a template would take longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hexapla.figures import Figures

COUNTS = ("current", "outdated", "unknown", "missing", "machine", "human", "edited")
"""What is told of articles, after their number."""

UNITS = ("current", "outdated", "unknown", "missing", "edited")
"""What is told of units, after their number."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """How readers of a locale write numbers."""

    number: Callable[[int], str]
    """Writes a whole number."""
    share: Callable[[float], str]
    """Writes a share, from 0 to 1."""


def write_articles(figures: Figures, numerals: Numerals) -> str:
    """Write the cells of a row that tells of articles, as HTML."""
    return _write_cells(figures.topics, [getattr(figures, name) for name in COUNTS], numerals)


def write_units(figures: Figures, numerals: Numerals) -> str:
    """Write the cells of a row that tells of units, as HTML."""
    counts = [getattr(figures, f"units_{name}") for name in UNITS]
    return _write_cells(figures.units, counts, numerals)


def _write_cells(whole: int, counts: Iterable[int], numerals: Numerals) -> str:
    """Write a number, and then shares of it with theirs."""
    cells = [f"<td>{numerals.number(whole)}</td>"]
    for count in counts:
        share = numerals.share(count / whole) if whole else ""
        cells.append(f"<td>{share} <small>{numerals.number(count)}</small></td>")
    return "".join(cells)
