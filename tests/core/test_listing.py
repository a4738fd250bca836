from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from hexapla.listing import (
    SHORT,
    Listed,
    choose_pages,
    count_pages,
    list_alphabetically,
    list_in_order,
)


def make(title: str, locale: str = "sv-SE") -> Listed:
    return Listed(f"t/{title}", title, f"{title}/", locale)


LETTERS = [make(letter) for letter in "abcdefghijklmnopqrstuvwxyzåäö"]


def test_long_lists_have_letters_and_titles_in_other_languages_come_last() -> None:
    listing = list_alphabetically([make("aa", "en-US"), *reversed(LETTERS)], "sv-SE", 12)
    assert [len(page) for page in listing.pages] == [12, 12, 6]
    last = listing.pages[2]
    assert [group.heading for group in last] == ["Y", "Z", "Å", "Ä", "Ö", ""]
    assert last[-1].locale == "en-US"
    assert [(jump.heading, jump.page, jump.anchor) for jump in listing.jumps[11:14]] == [
        ("L", 1, "list-12"),
        ("M", 2, "list-1"),
        ("N", 2, "list-2"),
    ]
    assert listing.jumps[-1].locale == "en-US"


def test_short_lists_have_no_letters() -> None:
    listing = list_alphabetically(LETTERS[:SHORT], "sv-SE", 100)
    assert [group.heading for group in listing.pages[0]] == [""]


def test_lists_in_order_stay_so() -> None:
    listing = list_in_order([make("b"), make("a")], 100)
    assert [item.title for item in listing.pages[0][0].topics] == ["b", "a"]
    assert list_in_order([], 100).pages == ((),)


@given(
    st.lists(st.tuples(st.text(max_size=3), st.sampled_from(["sv-SE", "en-US"])), unique=True),
    st.integers(1, 9),
)
def test_every_topic_is_listed_once_whatever_their_order(
    titles: list[tuple[str, str]], size: int
) -> None:
    topics = [Listed(f"t{n}", title, "", locale) for n, (title, locale) in enumerate(titles)]
    listing = list_alphabetically(topics, "sv-SE", size)
    assert list_alphabetically(reversed(topics), "sv-SE", size) == listing
    assert len(listing.pages) == count_pages(len(topics), size)
    shown = [item.topic for page in listing.pages for group in page for item in group.topics]
    assert sorted(shown) == sorted(item.topic for item in topics)
    assert all(sum(len(group.topics) for group in page) <= size for page in listing.pages)


@pytest.mark.parametrize(
    ("number", "count", "expected"),
    [
        (1, 1, []),
        (1, 2, [1, 2]),
        (1, 9, [1, 2, 3, 0, 9]),
        (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]),
        (9, 9, [1, 0, 7, 8, 9]),
        (500, 999, [1, 0, 498, 499, 500, 501, 502, 0, 999]),
    ],
)
def test_pages_link_their_neighbours(number: int, count: int, expected: list[int]) -> None:
    assert choose_pages(number, count) == expected
