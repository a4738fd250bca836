"""The heat map: the status matrix as a picture that needs no colour to be read.

Every cell has its number; below it a bar, whose parts differ in pattern: full is current, striped
is outdated, empty is missing. Colours and patterns are the style sheet's: classes name them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from hexapla.figures import Figures, Matrix

LEVELS = 5
"""Steps of the background, by share of current topics."""

_HEAD, _LABEL = 64, 104
_WIDTH, _HEIGHT, _GAP = 96, 52, 4
_LINE = 15


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a picture needs beside its numbers."""

    title: str
    """What it shows, in a few words."""
    description: str
    """How to read it."""
    products: Mapping[str, str]
    """Product → its name."""
    total: str
    """The heading of the last column, over all products."""
    percent: Callable[[float], str]
    """Writes a share, from 0 to 1, as readers of the locale write it."""
    is_mirrored: bool = False
    """Whether it is read from right to left."""


def draw_heat_map(matrix: Matrix, drawing: Drawing) -> str:
    """Draw the matrix as SVG: locales in rows, products in columns."""
    columns = [*matrix.products, ""]
    width = _LABEL + len(columns) * (_WIDTH + _GAP)
    height = _HEAD + len(matrix.locales) * (_HEIGHT + _GAP)
    parts = [
        f'<svg class="hexapla-heat-map" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="heat-map-title heat-map-description">',
        f'<title id="heat-map-title">{escape(drawing.title)}</title>',
        f'<desc id="heat-map-description">{escape(drawing.description)}</desc>',
        '<defs><pattern id="heat-map-stripes" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="hexapla-stripe" d="M1.5 0V6"/></pattern>'
        "</defs>",
    ]
    for number, product in enumerate(columns):
        x = _place_column(number, width, drawing.is_mirrored)
        name = drawing.products.get(product, product) if product else drawing.total
        parts += _draw_heading(name, x + _WIDTH / 2, is_total=not product)
    for number, locale in enumerate(matrix.locales):
        y = _HEAD + number * (_HEIGHT + _GAP)
        parts.append(_draw_label(locale, y, width, is_mirrored=drawing.is_mirrored))
        for place, product in enumerate(columns):
            figures = matrix.cells[locale, product] if product else matrix.totals[locale]
            x = _place_column(place, width, drawing.is_mirrored)
            parts += _draw_cell(figures, x, y, drawing)
    return "\n".join([*parts, "</svg>"])


def _place_column(number: int, width: int, is_mirrored: bool) -> int:
    """Give the left edge of a column."""
    x = _LABEL + number * (_WIDTH + _GAP)
    return width - x - _WIDTH if is_mirrored else x


def _draw_heading(name: str, x: float, *, is_total: bool) -> Iterator[str]:
    """Draw a column's name in up to three lines, above the cells."""
    lines = _wrap(name)
    kind = ' class="hexapla-total"' if is_total else ""
    for number, line in enumerate(lines):
        y = _HEAD - 8 - (len(lines) - 1 - number) * _LINE
        yield f'<text x="{x:g}" y="{y}" text-anchor="middle"{kind}>{escape(line)}</text>'


def _wrap(name: str, most: int = 13, lines: int = 3) -> list[str]:
    """Break a name between words; what does not fit is cut."""
    wrapped: list[str] = []
    for word in name.split():
        if wrapped and len(wrapped[-1]) + len(word) < most:
            wrapped[-1] += f" {word}"
        else:
            wrapped.append(word)
    cut = [line if len(line) <= most else f"{line[: most - 1]}…" for line in wrapped]
    return [*cut[: lines - 1], f"{cut[lines - 1]}…"] if len(cut) > lines else cut


def _draw_label(locale: str, y: int, width: int, *, is_mirrored: bool) -> str:
    """Draw a row's name: the tag, which is the same in every language."""
    x = width - _LABEL + 12 if is_mirrored else _LABEL - 12
    anchor = "start" if is_mirrored else "end"
    style = f'text-anchor="{anchor}" direction="ltr" class="hexapla-tag"'
    return f'<text x="{x}" y="{y + _HEIGHT / 2 + 5:g}" {style}>{escape(locale)}</text>'


def _draw_cell(figures: Figures, x: int, y: int, drawing: Drawing) -> Iterator[str]:
    """Draw a cell: the share that is current, and the bar of all states."""
    level = find_level(figures.share)
    if not figures.topics:
        yield f'<rect class="hexapla-none" x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}"/>'
        return
    yield (
        f'<rect class="hexapla-level-{level}" x="{x}" y="{y}" width="{_WIDTH}"'
        f' height="{_HEIGHT}" rx="3"/>'
    )
    yield (
        f'<text class="hexapla-share" x="{x + _WIDTH / 2:g}" y="{y + 25}" text-anchor="middle">'
        f"{escape(drawing.percent(figures.share))}</text>"
    )
    yield from _draw_bar(figures, x + 8, y + _HEIGHT - 16, drawing.is_mirrored)


def find_level(share: float) -> int:
    """Give the step of a share: 0 for none, the last for nearly all."""
    return min(LEVELS - 1, int(share * LEVELS))


def _draw_bar(figures: Figures, left: int, y: int, is_mirrored: bool) -> Iterator[str]:
    """Draw the bar: current, then outdated with unknown, and a frame around all."""
    width = _WIDTH - 16
    done = 0.0
    shares: Sequence[tuple[str, float]] = (
        ("current", figures.share),
        ("outdated", figures.get_share("outdated") + figures.get_share("unknown")),
    )
    for kind, share in shares:
        x = left + width - done - share * width if is_mirrored else left + done
        if share:
            yield (
                f'<rect class="hexapla-bar-{kind}" x="{x:.1f}" y="{y}"'
                f' width="{share * width:.1f}" height="9"/>'
            )
        done += share * width
    yield f'<rect class="hexapla-bar" x="{left}" y="{y}" width="{width}" height="9"/>'
