"""Nothing keeps people out of a page: axe finds nothing on any kind of page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site.axe import find_violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

CHECKED = ("en-US", "ar-SA", "ja-JP")

MARKS: dict[str, Callable[[str, str], bool]] = {
    "home": lambda path, html: path == "index.html",
    "article": lambda path, html: "hexapla-about" in html and "hexapla-banner" not in html,
    "machine-translated": lambda path, html: "hexapla-banner--machine" in html,
    "outdated": lambda path, html: "hexapla-banner--outdated" in html,
    "fallback": lambda path, html: "hexapla-fallback" in html,
    "product": lambda path, html: path.startswith("products/") and path.count("/") == 2,
    "section": lambda path, html: path.startswith("products/") and path.count("/") == 3,
    "missing": lambda path, html: path == "404.html",
    "status": lambda path, html: path == "status/index.html",
    "redirect": lambda path, html: 'http-equiv="refresh"' in html,
    "dialect": lambda path, html: "hexapla-tab" in html,
    "parallel": lambda path, html: "hexapla-original-tools" in html,
    "search": lambda path, html: path == "index.html",
}
"""Kinds of pages, and how one is told by its path in its locale and its HTML."""


def get_root(locale: str) -> str:
    return "" if locale == CHECKED[0] else f"{locale}/"


@pytest.fixture(scope="module")
def kinds(site: Path) -> dict[tuple[str, str], str]:
    """(locale, kind) → the address of the first page of the kind."""
    found: dict[tuple[str, str], str] = {}
    for locale in CHECKED:
        root = site / get_root(locale)
        for file in sorted(root.rglob("*.html")):
            path = file.relative_to(root).as_posix()
            if locale == CHECKED[0] and path.partition("/")[0] in {
                folder.name for folder in site.glob("*-*")
            }:
                continue
            html = file.read_text(encoding="utf-8")
            for kind, is_kind in MARKS.items():
                if (locale, kind) not in found and is_kind(path, html):
                    address = path.removesuffix("index.html")
                    found[locale, kind] = get_root(locale) + address
    return found


def test_every_kind_of_page_is_there(kinds: dict[tuple[str, str], str]) -> None:
    assert {kind for _, kind in kinds} == set(MARKS)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; what would animate is still, so that colours are final when they are measured."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", bypass_csp=True
    )
    yield context.new_page()
    context.close()


def stop_redirect(route: Route) -> None:
    """Give the page as it is, but for its leading on at once."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('"refresh"', '"stopped"'))


def open_kind(page: Page, kind: str, address: str) -> None:
    """Open a page, and do to it what makes it the kind it is."""
    if kind == "redirect":
        page.route(address, stop_redirect)
    page.goto(address)
    page.add_style_tag(content="*, ::before, ::after { transition: none !important; }")
    if kind == "search":
        page.locator(".md-search__input").fill("Tidelight")
        page.locator("[role=option] mark").first.wait_for()
    elif kind == "parallel":
        page.locator(".hexapla-original-tools button").click()
        page.locator(".hexapla-original").first.wait_for()


@pytest.mark.parametrize("kind", MARKS)
@pytest.mark.parametrize("locale", CHECKED)
def test_axe_finds_nothing(
    page: Page, home: str, kinds: dict[tuple[str, str], str], locale: str, kind: str
) -> None:
    if (locale, kind) not in kinds:
        pytest.skip(f"the sample has no such page in {locale}")
    open_kind(page, kind, home + kinds[locale, kind])
    assert find_violations(page) == []
    if kind != "redirect":
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
        assert find_violations(page, "color-contrast", "link-in-text-block") == []
