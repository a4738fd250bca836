from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from mkdocs.utils import normalize_url

from hexapla.templating.addresses import Addresses

PLAIN = st.sampled_from(["a", "b", "sv-SE", "c.d", "x y", "å"])
PART = PLAIN | st.sampled_from(["..", ".", "", "#q", "?z", ":", "a:b", "http:", "\\", "[", "1"])
PAGES = st.lists(PLAIN, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))
ODD_PAGES = st.sampled_from(["./", "a//b/", "../a/", "/a/", "a.html", "a/b.html"])


def make_exact(address: str, page: str) -> str:
    """Do as MkDocs does."""
    seen_from: Any = SimpleNamespace(url=page)
    return normalize_url(address, seen_from)


@pytest.fixture(scope="module", autouse=True)
def quiet() -> None:
    """MkDocs warns of the backslashes below."""
    logging.getLogger("mkdocs.utils").setLevel(logging.ERROR)


def outcome(function: Any, *arguments: str) -> str:
    try:
        return str(function(*arguments))
    except ValueError as error:
        return f"{type(error)}"


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(PART, max_size=5).map("/".join), PAGES | ODD_PAGES),
        min_size=1,
        max_size=20,
    )
)
def test_addresses_are_those_of_mkdocs(pairs: list[tuple[str, str]]) -> None:
    addresses = Addresses(make_exact)
    for address, page in [*pairs, *pairs]:
        expected = outcome(make_exact, address, page)
        view = addresses.see_from(page)
        assert [outcome(view, address), outcome(view.again, address)] == [expected] * 2


def test_pages_of_one_folder_ask_once() -> None:
    asked = []

    def note(address: str, page: str) -> str:
        asked.append(address)
        return make_exact(address, page)

    addresses = Addresses(note)
    assert addresses.see_from("sv/a/")("assets/x.css") == "../../assets/x.css"
    assert addresses.see_from("sv/b/")("assets/x.css") == "../../assets/x.css"
    assert asked == []
    assert addresses.see_from("sv/a/")("sv/a/more/") == "more/"
    assert asked == ["sv/a/more/"]
    assert addresses.see_from("sv/b/")("sv/a/more/") == "../a/more/"
