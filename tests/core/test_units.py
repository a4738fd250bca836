"""Units are found by their grammar, kept to the byte, and reported where they are broken."""

import re

import pytest
from hypothesis import given, strategies as st

from hexapla.model import Unit
from hexapla.units import _divide_any, _divide_usual, parse_units, render_segments
from tests.support.fixtures import load_cases

PIECES = (
    '<span data-ttu-id="0a1b2-102">',
    "<span data-ttu-id=&quot;0a1b2-p103&quot;>",
    '<span data-stu-id="0a1b2-102">',
    '<span class="sxs-lookup">',
    "<span class=&quot;sxs-lookup&quot;>",
    "</span>",
    "<span>",
    "</span></span>",
    "text\n",
    "å",
    '"',
    "&quot;",
    "sxs-lookup",
    "\0",
)


USUAL = (
    '<span data-ttu-id="0a1b2-102">Å</span>'
    '<span class="sxs-lookup"><span data-stu-id="0a1b2-102">A</span></span>'
)


def describe(text: str) -> str:
    """Write what parsing gives: a line per segment, then a line per finding."""
    segments, findings = parse_units(text, "a.md")
    lines = [
        f"unit {segment.identifier} {segment.target!r} {segment.source!r} {segment.quotes:06b}"
        if isinstance(segment, Unit)
        else f"text {segment!r}"
        for segment in segments
    ]
    lines += [
        f"{finding.line}:{finding.column} {finding.code}: {finding.message}" for finding in findings
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(("given", "expected"), load_cases("units.txt"))
def test_units_are_found(given: str, expected: str) -> None:
    assert describe(given) == expected
    assert render_segments(parse_units(given, "a.md")[0]) == given


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_markup_is_rendered_as_it_was(text: str) -> None:
    assert render_segments(parse_units(text, "a.md")[0]) == text


@given(st.lists(st.sampled_from((*PIECES, USUAL, USUAL.replace("102", "p103")))).map("".join))
def test_usual_units_are_divided_as_any(text: str) -> None:
    segments = _divide_usual(text)
    assert segments is None or (segments, []) == _divide_any(text, "a.md")


def test_usual_units_are_told_from_others() -> None:
    unit = Unit("0a1b2-102", "Å", "A")
    assert _divide_usual(f"# {USUAL}\n") == ("# ", unit, "\n")
    assert _divide_usual(USUAL + USUAL) is None
    assert _divide_usual(f"{USUAL}</span>") is None


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_opening_goes_unnoticed(text: str) -> None:
    segments, findings = parse_units(text, "a.md")
    left = sum(segment.count("data-ttu-id") for segment in segments if isinstance(segment, str))
    assert bool(left) <= bool(findings)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_findings_stand_where_markup_is(text: str) -> None:
    lines = text.split("\n")
    for finding in parse_units(text, "a.md")[1]:
        rest = lines[finding.line - 1][finding.column - 1 :]
        assert re.match(r"<span data-ttu-id|data-[ts]tu-id=|class=", rest)


def test_a_number_is_what_follows_the_prefix() -> None:
    assert Unit("542af-103", "", "").number == "103"
    assert Unit("542af-p1003", "", "").number == "p1003"
