"""Sides: the three texts of a conflict, beside each other where the terminal is wide enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import click

from hexapla.cli.output import escape_controls
from hexapla.merging import WHOLE, Conflict
from hexapla.word_changes import Kind, Segment, compare_words

SIDES = (("base", "blue"), ("ours", "green"), ("theirs", "yellow"))
"""What the texts are called, and the colours of that."""

NOTHING = "(not there)"
"""In place of a text that a side has not."""

UNKNOWN = "(not known)"
"""In place of the base of a page or file that was not written by a delivery that is known."""

Sides = Mapping[str, str]
"""Side → what stands there in place of a text."""

Shown = list[Segment] | str
"""A text, divided by whether it is in the base; or what stands in its place."""

_WIDE = 100
"""Columns that a terminal must have for the texts to stand beside each other."""
_LONGEST = 2_000
"""Characters of a text that are shown; JSON has all of it."""
_INDENT = 10


def draw_sides(conflict: Conflict, width: int, files: Sides = MappingProxyType({})) -> list[str]:
    """Draw the three texts of a conflict, what is not in the base underlined.

    Args:
        conflict: The conflict.
        width: The terminal's columns; 0 where there is no terminal.
        files: What stands in place of texts, where files are none.

    Returns:
        The lines, with the escapes of colours and underlines alone.
    """
    texts = {"base": conflict.base, "ours": conflict.ours, "theirs": conflict.theirs}
    absence = UNKNOWN if conflict.name == WHOLE else NOTHING
    sides: list[Shown] = []
    for side, text in texts.items():
        if side in files:
            sides.append(f"({files[side]})")
        else:
            sides.append(absence if text is None else compare_side(conflict.base, text))
    return draw_beside(sides, width) if width >= _WIDE else draw_below(sides)


def compare_side(base: str | None, text: str) -> list[Segment]:
    """Divide a text by whether it is in the base; nothing in it steers a terminal any more."""
    shown = text.removesuffix("\n")
    more = len(shown) - _LONGEST
    shown = shown[:_LONGEST]
    pieces = [
        Segment(segment.kind, "\n".join(map(escape_controls, segment.text.split("\n"))))
        for segment in compare_words((base or shown)[:_LONGEST], shown)
        if segment.kind is not Kind.REMOVED
    ]
    if more > 0:
        pieces.append(Segment(Kind.SAME, f"\n… and {more:,} characters more"))
    return pieces


def draw_below(sides: Sequence[Shown]) -> list[str]:
    """Draw the texts one below the other."""
    lines = []
    for (side, colour), pieces in zip(SIDES, sides, strict=True):
        label = click.style(f"{side:>{_INDENT - 2}}  ", fg=colour)
        for row in _style_rows(pieces):
            lines.append(label + row)
            label = " " * _INDENT
    return lines


def _style_rows(pieces: Shown) -> list[str]:
    """Give the rows of a text, underlined row by row."""
    if isinstance(pieces, str):
        return [click.style(pieces, dim=True)]
    text = "".join(
        "\n".join(click.style(row, underline=True) for row in piece.text.split("\n"))
        if piece.kind is Kind.ADDED
        else piece.text
        for piece in pieces
    )
    return text.split("\n")


def draw_beside(sides: Sequence[Shown], width: int) -> list[str]:
    """Draw the texts in three columns; long words and addresses go on in the next row."""
    from rich import box  # noqa: PLC0415 - slow to import, and needed on wide terminals only
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.MINIMAL, show_edge=False, width=width)
    cells = []
    for (side, colour), pieces in zip(SIDES, sides, strict=True):
        table.add_column(Text(side, style=colour), ratio=1, overflow="fold")
        cell = Text(pieces, style="dim") if isinstance(pieces, str) else Text()
        for piece in pieces if not isinstance(pieces, str) else ():
            cell.append(piece.text, "underline" if piece.kind is Kind.ADDED else None)
        cells.append(cell)
    table.add_row(*cells)
    console = Console(
        width=width, force_terminal=True, color_system="standard", legacy_windows=False
    )
    with console.capture() as drawing:
        console.print(table)
    return drawing.get().splitlines()
