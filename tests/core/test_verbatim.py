"""Verbatim passages: what is found at once is what is found by taking the page apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from hexapla.marking import Mark, _find_pieces
from hexapla.plain_markdown import render_plain_page
from hexapla.verbatim import find_verbatim

FRAGMENTS = (
    "Word",
    "other words",
    "日本",
    "12",
    "**bold**",
    "*slanting *",
    "**[bold link](https://example.com/a)**",
    "[link](https://example.com/b)",
    "[**whole** link](https://example.com/b)",
    "`code`",
    "(",
    ")",
    "「",
    "」",
    '"',
    "¿",
    ".",
    "。",
    ", ",
    " ",
    " ",
    " > ",
    "&amp;",
    "&eacute;",
    "e\u0301",
    "_",
    "-",
    "[x]",
    "1. ",
)

PASSAGES = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=5).map("".join)

BLOCKS = st.lists(
    st.tuples(
        st.lists(PASSAGES, min_size=1, max_size=3),
        st.sampled_from(("", " ", "  ", " – ", "**", "[")),
        st.sampled_from(("", "# Title {#title}\n\n", "- ", "> ", "Title\n\n", "**Note** ")),
        st.sampled_from(("", ".", " .", "](https://example.com/c)", "**")),
    ),
    min_size=1,
    max_size=4,
)


def find_both(html: str, passages: list[str]) -> tuple[list[tuple[int, int]] | None, list[object]]:
    """Find passages at once, and by taking the page apart."""
    marks = [Mark(passage, "<span>", "</span>") for passage in passages]
    return find_verbatim(html, passages), list(_find_pieces(html, marks))


@settings(max_examples=600, deadline=None)
@given(blocks=BLOCKS, left_out=st.integers(0, 8))
def test_passages_are_found_where_they_are(
    blocks: list[tuple[list[str], str, str, str]], left_out: int
) -> None:
    texts = [start + between.join(found) + end for found, between, start, end in blocks]
    page = render_plain_page("\n\n".join(texts))
    if page is None:
        return
    passages = [passage for found, *_ in blocks for passage in found]
    del passages[left_out : left_out + 1]
    verbatim, apart = find_both(page.html, passages)
    if verbatim is not None:
        assert apart == [(index, *place) for index, place in enumerate(verbatim)]


@pytest.mark.parametrize(
    ("html", "passages", "found"),
    [
        ("<p>One. Two.</p>", ["One.", "Two."], ["One.", "Two."]),
        ("<p>Go (or not).</p>", ["Go (or not)."], ["Go (or not)."]),
        ("<p><strong>Save</strong> it</p>", ["**Save** it"], ["<strong>Save</strong> it"]),
        ("<p><strong>Save it.</strong></p>", ["Save it."], ["<strong>Save it.</strong>"]),
        ("<p>「保存」します。次。</p>", ["「保存」します。", "次。"], ["「保存」します。", "次。"]),
        ('<p>Obs!</p>\n<p>"Save" .</p>', ['"Save" .'], ['"Save"']),
    ],
)
def test_what_is_found_takes_in_what_belongs_to_it(
    html: str, passages: list[str], found: list[str]
) -> None:
    verbatim, apart = find_both(html, passages)
    assert verbatim is not None
    assert [html[start:end] for start, end in verbatim] == found
    assert apart == [(index, *place) for index, place in enumerate(verbatim)]


@pytest.mark.parametrize(
    ("html", "passages"),
    [
        ("<p>One two</p>", ["One", "three"]),
        ("<p>Oneself</p>", ["One"]),
        ("<p>one one!one</p>", ["one!one"]),
        ('<img alt="Share"><p>x</p>', ["Share"]),
        ("<pre>Save</pre>", ["Save"]),
        ("<p>Fish &amp; chips</p>", ["chips"]),
        ("<p>1. Save</p>", ["1. Save"]),
        ("<p>Save</p>", ["![a picture](a.png) Save"]),
        (f"<p>{'word ' * 40}Save it</p>", ["Save it"]),
        ("<p><strong>Save .</strong></p>", ["**Save .**"]),
    ],
)
def test_what_is_not_certain_is_not_found(html: str, passages: list[str]) -> None:
    assert find_verbatim(html, passages) is None
