"""Code is found where Markdown has it."""

import pytest
from hypothesis import given, strategies as st

from hexapla.code_spans import find_code, is_inside
from tests.support.fixtures import load_cases

PIECES = ("`", "``", "```", "~~~", "\n", "\n\n", " ", "a", "<!--", "-->", "\\", "> ", "1. ")


def describe(text: str) -> str:
    """Write each range's text on a line of its own."""
    return "\n".join(repr(text[start:end]) for start, end in find_code(text))


@pytest.mark.parametrize(("given", "expected"), load_cases("code_spans.txt"))
def test_code_is_found(given: str, expected: str) -> None:
    assert describe(given) == expected


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_ranges_are_sorted_and_disjoint(text: str) -> None:
    ends = [offset for one in find_code(text) for offset in one]
    assert ends == sorted(ends)
    assert all(0 <= offset <= len(text) for offset in ends)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_an_offset_is_inside_as_a_plain_search_says(text: str) -> None:
    ranges = find_code(text)
    for offset in range(len(text)):
        assert is_inside(offset, ranges) == any(start <= offset < end for start, end in ranges)
