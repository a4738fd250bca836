"""A picture of a comparison: an SVG that can be read in the light and in the dark, and aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 760
LABELS = 320
"""Width of the column of names."""
ROW = 26
BAR = 16
VALUES = 80
"""Room for a value behind the longest bar."""

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.head { font-weight: 600 }
.bar { fill: #8c959f }
.ours { fill: #3f51b5 }
.ground { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .bar { fill: #6e7681 }
  .ours { fill: #8c9eff }
  .ground { fill: #0d1117 }
}
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a panel."""

    label: str
    """Whose it is."""
    value: float
    """How long the bar is."""
    text: str
    """The value as it is read."""
    is_ours: bool = False
    """Whether it is drawn in our colour."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars of one measure."""

    title: str
    """What is measured, with its unit."""
    bars: tuple[Bar, ...]
    """In the order of the rows."""


def draw_plot(title: str, panels: Sequence[Panel]) -> str:
    """Draw panels of bars one below the other.

    Args:
        title: What the picture is of.
        panels: Those without bars are left out.
    """
    panels = [panel for panel in panels if panel.bars]
    lines: list[str] = []
    top = 34
    for panel in panels:
        lines += _draw_panel(panel, top)
        top += ROW * (len(panel.bars) + 1) + 14
    description = " ".join(
        f"{panel.title}: {', '.join(f'{bar.label} {bar.text}' for bar in panel.bars)}."
        for panel in panels
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img"'
            ' aria-labelledby="title description">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="description">{escape(description)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{top}" rx="6"/>',
            f'<text class="head" x="16" y="24">{escape(title)}</text>',
            *lines,
            "</svg>\n",
        ]
    )


def _draw_panel(panel: Panel, top: int) -> list[str]:
    longest = max(bar.value for bar in panel.bars) or 1
    lines = [f'<text class="head" x="16" y="{top + 18}">{escape(panel.title)}</text>']
    for number, bar in enumerate(panel.bars, 1):
        y = top + ROW * number
        width = max(1.0, (WIDTH - LABELS - VALUES - 16) * bar.value / longest)
        kind = "ours" if bar.is_ours else "bar"
        lines += [
            f'<text x="{LABELS - 10}" y="{y + 17}" text-anchor="end">{escape(bar.label)}</text>',
            f'<rect class="{kind}" x="{LABELS}" y="{y + 4}" width="{width:.1f}" height="{BAR}"/>',
            f'<text x="{LABELS + width + 8:.1f}" y="{y + 17}">{escape(bar.text)}</text>',
        ]
    return lines
