"""Read fixtures: files of cases that people can read, in markdown-it-py's form.

A case is a title, a line with one full stop, the input, a full stop, what is expected, and a full
stop. Empty lines between cases, and lines there that begin with `#`, say nothing to the machine.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

FIXTURES = Path(__file__).parents[1] / "core" / "fixtures"

_END = "."


def read_cases(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield title, input and expected text of each case of a file, without the last line end."""
    lines = iter((FIXTURES / name).read_text(encoding="utf-8").split("\n"))
    for title in lines:
        if title and not title.startswith("#"):
            if next(lines) != _END:
                raise ValueError(f"{name}: the title {title!r} is not followed by a full stop")
            yield title, _read_block(lines), _read_block(lines)


def load_cases(name: str) -> list[ParameterSet]:
    """Give a file's cases as parameters of a test: input and expected text."""
    return [
        pytest.param(given, expected, id=title.replace(" ", "-"))
        for title, given, expected in read_cases(name)
    ]


def _read_block(lines: Iterator[str]) -> str:
    """Read up to the next full stop."""
    return "\n".join(iter(lines.__next__, _END))
