"""The results page: an address of its own, more results, the way back."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
import yaml
from babel import Locale
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from hexapla.mkdocs_adapter.lone_pages import LonePagesPart

from tests.site.axe import find_violations
from tests.site.conftest import OpenSearch
from tests.site.small_site import LOCALES
from tests.site.test_interface import DELIVERED

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter import HexaplaPlugin
    from playwright.sync_api import Locator, Page


def get_root(locale: str) -> str:
    return "" if locale == LOCALES[0] else f"{locale}/"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_has_its_page(small_site: Path, locale: str) -> None:
    html = (small_site / get_root(locale) / "search/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in html
    for other in LOCALES:
        root = "../" if locale == LOCALES[0] else "../../"
        assert f'href="{root}{get_root(other)}search/" hreflang="{other}"' in html
    assert "noscript" in html
    assert 'role="combobox"' not in html


def test_an_article_keeps_its_address(caplog: pytest.LogCaptureFixture) -> None:
    written: list[str] = []
    plugin = SimpleNamespace(write=lambda path, data: written.append(path))
    part = LonePagesPart(cast("HexaplaPlugin", plugin))
    part.files = Files([File("search/index.md", "docs", "site", use_directory_urls=True)])
    config = MkDocsConfig()
    config.extra["hexapla"] = {"root": ""}
    part.write_folder("search", "search.html", {}, config)
    assert written == []
    assert "an article has the address search/: there is no page search.html" in caplog.text


@pytest.fixture(scope="module")
def strings(root: Path) -> dict[str, dict[str, str]]:
    """Tag → the search's strings."""
    text = (root / "overrides/interface/search.yml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", yaml.safe_load(text))


@pytest.mark.parametrize("tag", DELIVERED)
def test_numbers_of_results_have_all_forms_of_the_language(
    strings: dict[str, dict[str, str]], tag: str
) -> None:
    pairs = [form.strip().split("=") for form in strings[tag]["search.count"].split("|")]
    forms = dict(pairs)
    assert len(forms) == len(pairs)
    plural = Locale.parse(tag, sep="-").plural_form
    # CLDR's categories for whole numbers up to the million, and what stands for all others.
    assert set(forms) == {plural(number) for number in range(1000)} | {"other"}
    # A form for more numbers than one has the number in it.
    for category, form in forms.items():
        numbers = [number for number in range(1000) if plural(number) == category]
        assert "%s" in form or len(numbers) == 1


@pytest.mark.parametrize("tag", DELIVERED)
def test_sentences_keep_their_place_for_what_was_typed(
    strings: dict[str, dict[str, str]], tag: str
) -> None:
    source = strings["en-US"]
    for key in source.keys() - {"search.count"}:
        assert strings[tag][key].count("%s") == source[key].count("%s"), key


in_browser = pytest.mark.browser


def list_items(page: Page) -> Locator:
    return page.locator(".hexapla-find__list > li")


def count_items(page: Page, number: int) -> None:
    list_items(page).nth(number - 1).wait_for()
    assert list_items(page).count() == number


@in_browser
def test_results_while_typing_have_an_address(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/search/")
    page.keyboard.press("/")
    page.keyboard.type("mapp")
    count_items(page, 9)
    page.wait_for_url("**/sv-SE/search/?q=mapp")
    assert page.title().startswith("mapp – ")
    assert page.locator("[role=status]").inner_text() == "9 träffar"
    item = list_items(page).nth(2)
    assert item.locator("h2 span").get_attribute("lang") == "sv-SE"
    assert item.locator("span[lang=en-US][dir=ltr]").inner_text() == "Move mail to a mapp folder."
    page.locator(".hexapla-switcher summary").click()
    page.locator(".hexapla-switcher a[hreflang=ar-SA]").click()
    page.wait_for_url("**/ar-SA/search/?q=mapp")
    count_items(page, 9)


@in_browser
def test_more_results_come_on_demand_and_are_there_on_the_way_back(
    open_search: OpenSearch,
) -> None:
    page = open_search("sv-SE/search/?q=many")
    count_items(page, 20)
    more = page.get_by_role("button", name="Fler träffar")
    more.click()
    count_items(page, 40)
    assert page.evaluate("document.activeElement.textContent") == "Many 20"
    more.click()
    count_items(page, 60)
    assert not more.is_visible()
    page.wait_for_function("() => history.state?.shown === 60")
    list_items(page).nth(45).locator("a").click()
    page.wait_for_url("**/storage-limits/**")
    page.go_back()
    count_items(page, 60)


@in_browser
def test_every_search_is_a_step_back(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/search/?q=mapp")
    count_items(page, 9)
    field = page.get_by_role("searchbox", name="Sök")
    field.fill("a")
    field.press("Enter")
    count_items(page, 20)
    page.get_by_role("radio", name="Tidelight Mail").check()
    page.wait_for_url("**/search/?q=a&product=mail")
    page.go_back()
    count_items(page, 9)
    assert field.input_value() == "mapp"
    assert page.get_by_role("radio", name="Alla produkter").is_checked()


@in_browser
@pytest.mark.parametrize(
    ("path", "fault", "expected"),
    [
        ("ja-JP/search/?q=zebra", "", "「zebra」に一致する結果はありません。"),
        ("search/?q=mpap", "", "Showing results for “mapp”."),
        ("search/?q=mapp", "failed", "The search could not be loaded."),
        ("search/?q=mapp", "titles", "Only titles were searched"),
    ],
)
def test_what_is_said_beside_the_results(
    open_search: OpenSearch, path: str, fault: str, expected: str
) -> None:
    page = open_search(path, fault=fault)
    notice = page.locator(".hexapla-notice", has_text=expected)
    notice.wait_for()
    assert bool(notice.get_by_role("button").count()) == bool(fault)


@in_browser
def test_without_a_search_nothing_is_loaded(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/search/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert not [url for url in asked if re.search("worker", url)]
    assert list_items(page).count() == 0


@in_browser
def test_the_page_fits_a_phone(open_search: OpenSearch) -> None:
    page = open_search("ar-SA/search/?q=mapp", viewport={"width": 390, "height": 844})
    count_items(page, 9)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@in_browser
@pytest.mark.parametrize("locale", ["en-US", "ar-SA"])
def test_axe_finds_nothing_on_the_page(open_search: OpenSearch, locale: str) -> None:
    page = open_search(f"{get_root(locale)}search/?q=mapp", bypass_csp=True)
    count_items(page, 9)
    assert find_violations(page) == []
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    assert find_violations(page, "color-contrast", "link-in-text-block") == []
