"""The status table: the figures of a locale or product as the cells of a row.

A page has thousands of these cells, and each locale has such a page: a template would take longer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hexapla.figures import Figures

COUNTS = ("current", "outdated", "unknown", "missing", "machine", "human", "edited")
"""The columns that tell of articles, after their number."""

UNITS = ("current", "outdated", "missing", "edited")
"""Those that tell of units."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """How readers of a locale write numbers."""

    number: Callable[[int], str]
    """Writes a whole number."""
    share: Callable[[float], str]
    """Writes a share, from 0 to 1."""


def write_cells(figures: Figures, numerals: Numerals) -> str:
    """Write the cells of a row, as HTML: a share and a number in each but the first."""
    counts = [(figures.topics, getattr(figures, name)) for name in COUNTS]
    counts += [(figures.units, getattr(figures, f"units_{name}")) for name in UNITS]
    cells = [f"<td>{numerals.number(figures.topics)}</td>"]
    for whole, count in counts:
        share = numerals.share(count / whole) if whole else ""
        cells.append(f"<td>{share} <small>{numerals.number(count)}</small></td>")
    return "".join(cells)
