"""Anchors of headings become ids, and lines stay where they are."""

import pytest
from hypothesis import given, strategies as st

from hexapla.anchors import convert_anchors, remove_anchors
from tests.support.fixtures import load_cases

PIECES = (
    '<a name="slug"></a>',
    "<a name=&quot;slug&quot;></a>",
    "# ",
    "> ",
    "1. ",
    "#",
    " ",
    "\n",
    "---",
    "===",
    "Titel",
    "<a name=",
)


@pytest.mark.parametrize(("given", "expected"), load_cases("anchors.txt"))
def test_anchors_are_converted(given: str, expected: str) -> None:
    assert convert_anchors(given) == expected


def test_removing_anchors_leaves_the_source() -> None:
    assert remove_anchors('# <a name="a"></a><a name=&quot;b&quot;></a>Title') == "# Title"


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_lines_stay_where_they_are(text: str) -> None:
    assert convert_anchors(text).count("\n") == text.count("\n")


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_converting_twice_is_converting_once_for_headings_with_one_anchor(text: str) -> None:
    converted = convert_anchors(text)
    assert converted.count("slug") == text.count("slug")
