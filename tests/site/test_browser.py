"""What a reader's browser makes of the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.site.small_site import LOCALES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must neither log an error nor ask another host for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    hosts: set[str | None] = set()
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda asked: hosts.add(urlsplit(asked.url).hostname))
    yield page
    context.close()
    assert errors == []
    assert hosts <= {"127.0.0.1"}


def get_root(locale: str) -> str:
    return "" if locale == LOCALES[0] else f"{locale}/"


def read_root_element(page: Page) -> list[str]:
    """The document's language, direction, and the direction it is laid out in."""
    found: list[str] = page.evaluate(
        "[document.documentElement.lang, document.documentElement.dir,"
        " getComputedStyle(document.body).direction]"
    )
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_home_pages_load(page: Page, home: str, locale: str) -> None:
    answer = page.goto(home + get_root(locale), wait_until="networkidle")
    assert answer and answer.ok
    direction = "rtl" if locale == "ar-SA" else "ltr"
    assert read_root_element(page) == [locale, direction, direction]
    topics = page.locator(".hexapla-topics a")
    assert topics.count() > 0
    topics.first.click()
    page.wait_for_load_state("networkidle")
    assert page.url.startswith(home + get_root(locale))
    assert read_root_element(page)[0] == locale
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_the_switcher_stays_on_the_topic(page: Page, small_home: str, locale: str) -> None:
    start = "nl-NL" if locale == LOCALES[0] else LOCALES[0]
    page.goto(f"{small_home}{get_root(start)}sync/", wait_until="networkidle")
    page.locator(".hexapla-switcher summary").click()
    page.locator(f".hexapla-switcher__link[hreflang={locale}]").click()
    page.wait_for_load_state("networkidle")
    assert page.url == f"{small_home}{get_root(locale)}sync/"
    assert read_root_element(page)[0] == locale


def test_the_switcher_leads_home_where_a_locale_lacks_the_topic(
    page: Page, small_home: str
) -> None:
    page.goto(f"{small_home}sv-SE/chat/only-here/", wait_until="networkidle")
    page.locator(".hexapla-switcher summary").click()
    page.locator(".hexapla-switcher__link[hreflang=ja-JP]").click()
    page.wait_for_load_state("networkidle")
    assert page.url == f"{small_home}ja-JP/"


@pytest.mark.parametrize(
    ("locale", "word", "expected"),
    [
        ("en-US", "zebrafinch", "sync-a-picture/"),
        ("sv-SE", "zebrafink", "sv-SE/sync-a-picture/"),
        ("ar-SA", "فقط", "ar-SA/chat/only-here/"),
    ],
)
def test_search_finds_pages_of_the_locale(
    page: Page, small_home: str, locale: str, word: str, expected: str
) -> None:
    page.goto(f"{small_home}{get_root(locale)}sync/", wait_until="networkidle")
    field = page.locator(".md-search__input")
    field.click()
    field.fill(word)
    result = page.locator(".md-search-result__link").first
    result.wait_for()
    result.click()
    page.wait_for_load_state("networkidle")
    assert page.url.partition("?")[0] == small_home + expected


def test_the_palette_can_be_switched(page: Page, small_home: str) -> None:
    page.goto(f"{small_home}sv-SE/", wait_until="networkidle")
    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[title='Byt till mörkt läge']").click()
    assert scheme == "default"
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


@pytest.mark.parametrize("key", ["Enter", " "])
def test_keys_open_the_drawer_of_a_phone(page: Page, small_home: str, key: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{small_home}sv-SE/")
    button = page.locator("header .md-header__button[for=__drawer]")
    assert button.get_attribute("role") == "button"
    assert button.get_attribute("aria-label")
    button.focus()
    page.keyboard.press(key)
    page.wait_for_timeout(300)  # so that a second toggling would be seen
    page.wait_for_function("document.getElementById('__drawer').checked")
    assert button.get_attribute("aria-expanded") == "true"
