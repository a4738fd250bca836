"""The three texts of a conflict, for people: beside each other or one below the other."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from rich.cells import cell_len

from hexapla.cli.sides import draw_sides
from hexapla.merging import WHOLE, Conflict
from tests.support.trees import SCRIPTS, Tree, deliver, write_source

HOSTILE = "\x1b[2J\x1b]0;title\x07 \u202eevil\r\x9b31m [bold]not markup[/bold] :smile:"


def draw(base: str | None, ours: str | None, theirs: str | None, width: int) -> list[str]:
    lines = draw_sides(Conflict(base, ours, theirs, "103"), width)
    return [click.unstyle(line).rstrip() for line in lines]


@pytest.mark.parametrize("width", [0, 80, 99])
def test_below_each_other_where_it_is_narrow(width: int) -> None:
    assert draw("One.", None, "Two.\nMore.\n", width) == [
        "    base  One.",
        "    ours  (not there)",
        "  theirs  Two.",
        "          More.",
    ]


def test_beside_each_other_where_it_is_wide() -> None:
    heading, line, *rows = draw("One.", None, "Two.\nMore.\n", 100)
    assert [cell.strip() for cell in heading.split("│")] == ["base", "ours", "theirs"]
    assert set(line) == {"─", "┼"}
    assert [[cell.strip() for cell in row.split("│")] for row in rows] == [
        ["One.", "(not there)", "Two."],
        ["", "", "More."],
    ]


def test_what_is_no_text_is_described() -> None:
    conflict = Conflict(None, "", "", WHOLE)
    files = {"ours": "binary file, 7 bytes", "theirs": "PNG image, 640 x 480, 25 bytes"}
    below = [click.unstyle(line) for line in draw_sides(conflict, 0, files)]
    assert below == [
        "    base  (not known)",
        "    ours  (binary file, 7 bytes)",
        "  theirs  (PNG image, 640 x 480, 25 bytes)",
    ]
    beside = [click.unstyle(line) for line in draw_sides(conflict, 120, files)]
    assert [cell.strip() for cell in beside[2].split("│")] == [row.split("  ")[-1] for row in below]


@pytest.mark.parametrize("text", ["word " * 90, "x" * 400, "漢字" * 100, "https://a.example/" * 20])
def test_every_column_has_its_whole_text(text: str) -> None:
    rows = draw(text, text.upper(), f"{text}!", 120)
    assert max(map(cell_len, rows)) <= 120
    columns = zip(*(row.split("│") for row in rows[2:]), strict=True)
    found = ["".join("".join(cells).split()) for cells in columns]
    assert found == ["".join(side.split()) for side in (text, text.upper(), f"{text}!")]


@pytest.mark.parametrize("width", [0, 120])
def test_what_is_not_in_the_base_is_underlined(width: int) -> None:
    drawn = "\n".join(draw_sides(Conflict("Open it.", "Open them.", "Close it."), width))
    assert re.findall(r"\x1b\[4m(\w+)", drawn) == ["them", "Close"]


@pytest.mark.parametrize("width", [0, 120])
def test_no_text_steers_the_terminal(width: int) -> None:
    drawn = "\n".join(draw_sides(Conflict("a", HOSTILE, f"{HOSTILE}b"), width))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", drawn)
    assert plain.replace("\n", "").isprintable()
    assert "\\x1b[2J" in plain
    assert "\\u202eevil" in plain
    assert "\\x9b31m" in plain
    letters = "".join(re.split(r"[\s│]", plain))
    assert "[bold]not" in letters
    assert ":smile:" in letters


@pytest.mark.parametrize(("columns", "is_beside"), [("120", True), ("80", False)])
def test_the_terminal_decides(tmp_path: Path, columns: str, *, is_beside: bool) -> None:
    article, page = "locales/sv-SE/help/share.md", "docs/help/share/index.sv-SE.md"
    source = write_source("Share", "Open it.")
    tree = Tree(tmp_path, {article: deliver(source, "sv-SE")})
    tree.sync()
    tree.write({page: tree.read(page).replace("Open it.", "Open them.")})
    tree.write({article: deliver(source, "sv-SE", into=str.upper, date="10/20/2020")})
    tree.sync(code=1)
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": columns, "PYTHONPATH": str(SCRIPTS)}
    command = [sys.executable, "-m", "hexapla", "conflicts"]
    done = subprocess.run(command, cwd=tree.root, env=environment, stdout=theirs, check=False)
    os.close(theirs)
    output = os.read(ours, 2**16).decode()
    os.close(ours)
    assert done.returncode == 1
    assert ("│" in output) == is_beside
    assert "theirs" in output
