"""The trend's plot: a line for each locale over the days of deliveries, as SVG.

Lines differ by their dashes and are named at their ends, so that no colour is needed to read them;
the numbers are in the table below it. Colours are the style sheet's: classes name them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from hexapla.trend import Trend

KINDS = 8
"""Kinds of lines that the style sheet knows."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 132, 16, 40
_WIDTH, _HEIGHT = 560, 260
_LINE = 15
_STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
_APART = 78


@dataclass(frozen=True, slots=True)
class PlotDrawing:
    """What the plot needs beside its numbers."""

    title: str
    """What it shows, in a few words."""
    description: str
    """How to read it."""
    percent: Callable[[float], str]
    """Writes a share, from 0 to 1, as readers of the locale write it."""
    day: Callable[[str], str]
    """Writes a day that is given as ISO 8601."""
    is_mirrored: bool = False
    """Whether it is read from right to left."""


def draw_trend(trend: Trend, drawing: PlotDrawing) -> str:
    """Draw a trend as SVG; its time goes as its readers read.

    Args:
        trend: At least two points.
        drawing: Its words.
    """
    labels = _place_labels(trend)
    lowest = max((y for y, _, _ in labels), default=0.0)
    width = _LEFT + _WIDTH + _RIGHT
    height = max(_TOP + _HEIGHT + _BOTTOM, round(lowest) + _LINE)
    parts = [
        f'<svg class="hexapla-trend" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="trend-title trend-description">',
        f'<title id="trend-title">{escape(drawing.title)}</title>',
        f'<desc id="trend-description">{escape(drawing.description)}</desc>',
    ]
    parts += _draw_scale(width, drawing)
    parts += _draw_days(trend, width, drawing)
    for number, locale in enumerate(trend.locales):
        parts += _draw_line(trend, locale, number % KINDS, width, drawing)
    parts += _draw_labels(labels, width, drawing)
    return "\n".join([*parts, "</svg>"])


def _place_days(trend: Trend) -> list[float]:
    """Give each point's place on the axis of time."""
    days = [date.fromisoformat(point.day).toordinal() for point in trend.points]
    span = days[-1] - days[0] or 1
    return [_LEFT + (day - days[0]) / span * _WIDTH for day in days]


def _find_y(share: float) -> float:
    return _TOP + (1 - share) * _HEIGHT


def _mirror(x: float, width: int, drawing: PlotDrawing) -> float:
    return width - x if drawing.is_mirrored else x


def _draw_scale(width: int, drawing: PlotDrawing) -> Iterator[str]:
    """Draw the lines of some shares, with their numbers."""
    anchor = "start" if drawing.is_mirrored else "end"
    ends = [_mirror(x, width, drawing) for x in (_LEFT, _LEFT + _WIDTH)]
    x = _mirror(_LEFT - 8, width, drawing)
    for share in _STEPS:
        y = _find_y(share)
        yield f'<path class="hexapla-scale" d="M{ends[0]:g} {y:g}H{ends[1]:g}"/>'
        text = escape(drawing.percent(share))
        yield f'<text x="{x:g}" y="{y + 4:g}" text-anchor="{anchor}" direction="ltr">{text}</text>'


def _draw_days(trend: Trend, width: int, drawing: PlotDrawing) -> Iterator[str]:
    """Write the days below the axis, those that have room."""
    places = _place_days(trend)
    last = len(places) - 1
    taken: list[float] = []
    for index in (0, last, *range(1, last)):
        x = places[index]
        if any(abs(x - other) < _APART for other in taken):
            continue
        taken.append(x)
        place = _mirror(x, width, drawing)
        y = _TOP + _HEIGHT + 22
        text = escape(drawing.day(trend.points[index].day))
        yield f'<text x="{place:.1f}" y="{y}" text-anchor="middle">{text}</text>'


def _draw_line(
    trend: Trend, locale: str, kind: int, width: int, drawing: PlotDrawing
) -> Iterator[str]:
    """Draw a locale's line, with a dot for each day; it is broken where it had nothing."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, point in zip(_place_days(trend), trend.points, strict=True):
        share = point.get_share(locale)
        if share is None:
            runs.append([])
        else:
            runs[-1].append((_mirror(x, width, drawing), _find_y(share)))
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) for run in runs if run)
    yield f'<path class="hexapla-line hexapla-line-{kind}" d="{path}"/>'
    for x, y in (place for run in runs for place in run):
        yield f'<circle class="hexapla-dot hexapla-line-{kind}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'


def _place_labels(trend: Trend) -> list[tuple[float, float, str]]:
    """Place the locales' names so that none covers another: height, the line's end, locale."""
    ends = []
    for locale in trend.locales:
        shares = [point.get_share(locale) for point in trend.points]
        share = next((found for found in reversed(shares) if found is not None), 0.0)
        ends.append((_find_y(share), locale))
    placed: list[tuple[float, float, str]] = []
    for end, locale in sorted(ends):
        y = max(end, placed[-1][0] + _LINE) if placed else end
        placed.append((y, end, locale))
    # What was pushed below the plot moves up again as far as there is room.
    floor = _TOP + _HEIGHT + 0.0
    for index in range(len(placed) - 1, -1, -1):
        y, end, locale = placed[index]
        ceiling = _TOP + index * _LINE
        placed[index] = max(min(y, floor), float(ceiling)), end, locale
        floor = placed[index][0] - _LINE
    return placed


def _draw_labels(
    labels: Sequence[tuple[float, float, str]], width: int, drawing: PlotDrawing
) -> Iterator[str]:
    """Write each locale's tag beside the end of its line."""
    anchor = "end" if drawing.is_mirrored else "start"
    start = _mirror(_LEFT + _WIDTH + 5, width, drawing)
    bend = _mirror(_LEFT + _WIDTH + 22, width, drawing)
    x = _mirror(_LEFT + _WIDTH + 26, width, drawing)
    for y, end, locale in labels:
        yield f'<path class="hexapla-scale" d="M{start:g} {end:.1f}L{bend:g} {y:.1f}"/>'
        style = f'text-anchor="{anchor}" direction="ltr" class="hexapla-tag"'
        yield f'<text x="{x:g}" y="{y + 4:.1f}" {style}>{escape(locale)}</text>'
