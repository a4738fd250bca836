"""What browsers ask for, and from where."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from hexapla.previewing.addresses import (
    find_content_type,
    is_allowed_host,
    is_same_site,
    read_target,
    write_address,
)

TARGETS: dict[str, str | None] = {
    "/": "",
    "/sv-SE/help/": "sv-SE/help/",
    "/sv-SE/help?q=1#x": "sv-SE/help",
    "/a%20b/%C3%A5.png": "a b/å.png",
    "/..": None,
    "/../mkdocs.yml": None,
    "/%2e%2e/mkdocs.yml": None,
    "/a/%2E%2E%2Fb": None,
    "/a/..%2f..%2fb": None,
    "/a//b": None,
    "//evil.example/": None,
    "/a\\..\\b": None,
    "/a%5c..%5cb": None,
    "/a%00b": None,
    "/a%0d%0aSet-Cookie:x": None,
    "/%ff": None,
    "/./a": None,
    "http://other.example/": None,
    "*": None,
    "/" + "a" * 5000: None,
    "/" + "a" * 300: None,
}


@pytest.mark.parametrize("target", TARGETS)
def test_targets(target: str) -> None:
    assert read_target(target) == TARGETS[target]


@given(st.text(max_size=60))
def test_no_target_leads_out(text: str) -> None:
    path = read_target(f"/{text}")
    if path:
        assert not path.startswith("/")
        assert not {"..", ".", ""} & set(path.removesuffix("/").split("/"))
        assert not any(mark in path for mark in "\\\0\r\n")


@given(st.text(max_size=60))
def test_addresses_stay_on_this_host(path: str) -> None:
    address = write_address(path)
    assert address.startswith("/")
    assert not address.startswith("//")
    assert address.isascii()
    assert address.isprintable()


@pytest.mark.parametrize(
    ("host", "bound", "is_allowed"),
    [
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("localhost:8000", "127.0.0.1", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("help.localhost:8000", "127.0.0.1", True),
        ("[::1]:8000", "::1", True),
        ("evil.example", "127.0.0.1", False),
        ("evil.example:8000", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "127.0.0.1", False),
        ("192.168.1.7:8000", "127.0.0.1", False),
        ("192.168.1.7:8000", "0.0.0.0", True),
        ("evil.example:8000", "0.0.0.0", False),
        ("my-machine:8000", "my-machine", True),
        ("", "127.0.0.1", False),
        (None, "127.0.0.1", False),
        ("a b", "127.0.0.1", False),
    ],
)
def test_hosts(host: str | None, bound: str, *, is_allowed: bool) -> None:
    assert is_allowed_host(host, bound) is is_allowed


def test_origins() -> None:
    assert is_same_site(None, "localhost:1")
    assert is_same_site("http://localhost:1", "localhost:1")
    assert not is_same_site("http://evil.example", "localhost:1")
    assert not is_same_site("null", "localhost:1")


def test_content_types() -> None:
    assert find_content_type("a/b.css") == "text/css; charset=utf-8"
    assert find_content_type("a.b/C.PNG") == "image/png"
    assert find_content_type("a/unknown.thing") == "application/octet-stream"
