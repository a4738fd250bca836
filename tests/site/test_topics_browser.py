"""Finding a topic by search, by product and by section, as readers do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_the_homes_search_field_leads_to_results(page: Page, home: str) -> None:
    page.goto(f"{home}sv-SE/", wait_until="networkidle")
    page.keyboard.press("Tab")
    page.locator("#hexapla-ask").focus()
    page.keyboard.type("mapp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv-SE/search/?q=mapp")
    page.locator(".hexapla-find__list a", has_text="Dela en mapp").wait_for()


def test_an_address_with_a_search_opens_the_box(page: Page, home: str) -> None:
    page.goto(f"{home}sv-SE/?q=mapp", wait_until="networkidle")
    page.locator(".md-search-result__link").first.wait_for()


def test_words_of_the_original_find_the_translation(page: Page, home: str) -> None:
    page.goto(f"{home}sv-SE/?q=password")
    option = page.get_by_role("option", name="Återställa en användares lösenord")
    option.locator("span[lang=en-US][dir=ltr] mark", has_text="password").first.wait_for()
    assert option.locator(".hexapla-hit__title").get_attribute("lang") == "sv-SE"


def test_an_index_that_cannot_be_loaded_is_told_and_tried_again(page: Page, home: str) -> None:
    page.route("**/sv-SE/hexapla-search/*", lambda route: route.abort())
    page.goto(f"{home}sv-SE/?q=mapp")
    page.get_by_text("Det gick inte att läsa in sökningen.").wait_for()
    page.unroute_all()
    page.get_by_role("button", name="Försök igen").click()
    page.get_by_role("option", name="Dela en mapp").wait_for()


def test_the_drawer_has_products_and_sections(page: Page, home: str) -> None:
    page.goto(f"{home}ar-SA/help/files/find-a-file/", wait_until="networkidle")
    page.locator("label[for=__drawer].md-header__button").click()
    link = page.locator(".hexapla-nav .hexapla-nav__sections a").first
    link.wait_for()
    link.click()
    page.wait_for_load_state("networkidle")
    assert "/ar-SA/products/files/" in page.url
    assert page.locator(".hexapla-trail li").count() == 3


def test_without_a_script_every_topic_is_two_links_away(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    assert not page.locator("#hexapla-ask").is_visible()
    page.locator(".hexapla-cards a", has_text="Files").click()
    page.locator(".hexapla-list a", has_text="Find a file").click()
    assert page.locator("h1").inner_text().startswith("Find a file")
    page.locator(".hexapla-beside a").click()
    assert page.locator("h1").inner_text().startswith("Upload large files")
    context.close()


@pytest.mark.parametrize("path", ["", "ar-SA/", "products/files/", "ar-SA/help/files/find-a-file/"])
def test_nothing_is_wider_than_a_phone(page: Page, home: str, path: str) -> None:
    page.goto(home + path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
