"""Full addresses are those that the standard library gives."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.publishing.addresses import join_address

BASES = (
    "",
    "https://help.example",
    "https://help.example/",
    "https://help.example/help/",
    "https://help.example/help",
    "https://help.example/a/../b/",
    "/help/",
)

ADDRESSES: tuple[str, ...] = ("", "./", "a/", "sv-SE/help/start/", "a.html", "a/%C3%A5/", "../a/", "a//b/", "a/./b/")
ADDRESSES += ("/a", "?a", "#a", "a:b", "mailto:x", "a/b?c#d", "..", "a/../", ".a/", "a./", "å/")


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_are_joined(base: str, address: str) -> None:
    assert join_address(base, address) == urljoin(base, address)


@settings(max_examples=200, deadline=None)
@given(base=st.sampled_from(BASES), address=st.text("ab/.:?#-_~% ;å\\", max_size=8))
def test_any_address_is_joined(base: str, address: str) -> None:
    assert join_address(base, address) == urljoin(base, address)
