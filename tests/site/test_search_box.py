"""The search box as a reader uses it: by mouse, by keys, on a phone, in any direction.

A worker of the tests' own answers (tests/site/fixtures/search_worker.js): what is found is known.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.axe import find_violations
from tests.site.conftest import OpenSearch, replace_worker

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

ARTICLE = "sv-SE/help/files/share-a-folder/"
PHONE = {"width": 390, "height": 844}


def get_field(page: Page) -> Locator:
    return page.get_by_role("combobox")


def list_options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def search(page: Page, text: str) -> Locator:
    """Type into the box; give its options, once there are any."""
    get_field(page).click()
    page.keyboard.type(text)
    list_options(page).first.wait_for()
    return list_options(page)


def get_active(page: Page) -> str:
    """The name of the option that the field points at."""
    found: str = page.evaluate(
        "document.getElementById(document.querySelector('[role=combobox]')"
        ".getAttribute('aria-activedescendant'))?.querySelector('.hexapla-hit__title').textContent"
        " ?? ''"
    )
    return found


def find_focus(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.className || document.activeElement.tagName")
    return found


def test_nothing_is_loaded_before_the_box_is_touched(open_search: OpenSearch) -> None:
    page = open_search(ARTICLE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert asked
    assert not any("worker" in url or "hexapla-search/" in url for url in asked)
    with page.expect_request("**/hexapla/search/worker.js"):
        get_field(page).focus()


def test_a_click_leads_to_a_result_where_the_words_are_highlighted(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    options = search(page, "mapp")
    assert options.count() == 9
    marked = options.first.locator("mark")
    assert marked.all_inner_texts() == ["mapp", "mapp"]
    options.first.click()
    page.wait_for_url(f"**/{ARTICLE}?h=mapp")
    page.wait_for_function("() => CSS.highlights.get('hexapla-found')?.size > 0")
    page.keyboard.press("Escape")
    assert page.evaluate("CSS.highlights.has('hexapla-found')") is False


def test_keys_choose_an_option_and_enter_follows_it(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    page.keyboard.press("/")
    page.keyboard.type("mapp")
    list_options(page).first.wait_for()
    assert get_active(page) == ""
    for key, expected in [
        ("ArrowDown", "Dela en mapp"),
        ("ArrowDown", "Hitta en fil"),
        ("Home", "Dela en mapp"),
        ("ArrowUp", ""),
        ("ArrowUp", "A very long title"),
        ("ArrowDown", ""),
        ("ArrowDown", "Dela en mapp"),
        ("End", "A very long title"),
        ("Home", "Dela en mapp"),
        ("ArrowDown", "Hitta en fil"),
    ]:
        page.keyboard.press(key)
        active = get_active(page)
        assert active.startswith(expected) and bool(active) == bool(expected), key
        assert page.locator("[aria-selected=true]").count() == bool(expected)
        assert get_field(page).evaluate("field => field === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv-SE/help/files/find-a-file/?h=mapp#steps")


def test_enter_without_an_option_leads_to_all_results(open_search: OpenSearch) -> None:
    page = open_search(ARTICLE)
    page.keyboard.press("s")
    page.keyboard.type("mapp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv-SE/search/?q=mapp")
    page.locator(".hexapla-find__list li").first.wait_for()


def test_what_a_screen_reader_is_told(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    field = get_field(page)
    assert field.get_attribute("aria-expanded") == "false"
    assert field.get_attribute("aria-autocomplete") == "list"
    search(page, "mapp")
    assert field.get_attribute("aria-expanded") == "true"
    listed = page.locator(f"#{field.get_attribute('aria-controls')}")
    assert listed.get_attribute("aria-label") == "Sökresultat"
    option = page.get_by_role("option", name="Skapa en regel")
    assert option.get_attribute("aria-selected") == "false"
    english = option.locator("span[lang=en-US][dir=ltr]")
    assert english.inner_text() == "Move mail to a mapp folder."
    guest = page.get_by_role("option", name="Guest mapp access")
    assert guest.locator(".hexapla-hit__title").get_attribute("lang") == "en-US"
    assert guest.locator(".hexapla-language").inner_text() == "English"
    arabic = page.get_by_role("option", name="A very long title").locator(".hexapla-hit__title")
    assert [arabic.get_attribute("lang"), arabic.get_attribute("dir")] == ["ar-SA", "rtl"]
    page.locator("[role=status]", has_text="9 träffar").wait_for()


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("", {"mapp": "9 results", "many 11": "1 result"}),
        ("ar-SA/", {"mapp": "٩ نتائج", "many 11": "نتيجة واحدة", "many": "٦٠ نتيجة"}),
        ("ja-JP/", {"many": "60 件の結果"}),
    ],
)
def test_numbers_are_those_of_the_language(
    open_search: OpenSearch, locale: str, expected: dict[str, str]
) -> None:
    page = open_search(locale)
    for text, said in expected.items():
        get_field(page).fill(text)
        page.locator(".hexapla-search__count").get_by_text(said, exact=True).wait_for()


def test_escape_closes_and_gives_the_focus_back(open_search: OpenSearch) -> None:
    page = open_search(ARTICLE)
    button = page.locator(".hexapla-original-tools button")
    button.focus()
    page.keyboard.press("s")
    page.keyboard.type("mapp")
    list_options(page).first.wait_for()
    page.wait_for_url("**/?q=mapp")
    page.keyboard.press("Escape")
    assert button.evaluate("button => button === document.activeElement")
    assert get_field(page).get_attribute("aria-expanded") == "false"
    assert not list_options(page).first.is_visible()
    assert page.url.endswith(ARTICLE)
    page.keyboard.press("s")
    assert get_field(page).input_value() == "mapp"
    list_options(page).first.wait_for()


def test_the_box_is_left_by_tab_and_by_a_click_beside_it(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    search(page, "mapp")
    stops = []
    for _ in range(5):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("!!document.activeElement.closest('.hexapla-search')"))
    # The field's button, the products, the link to all results; then what comes after the box.
    assert stops == [True, True, True, False, False]
    assert not list_options(page).first.is_visible()
    get_field(page).focus()
    list_options(page).first.wait_for()
    page.mouse.click(300, 600)
    page.wait_for_function("() => !document.getElementById('__search').checked")


def test_the_cross_empties_the_field(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    search(page, "mapp")
    page.get_by_role("button", name="Rensa").click()
    assert get_field(page).input_value() == ""
    assert find_focus(page).startswith("md-search__input")
    page.wait_for_function("() => document.querySelector('[role=listbox]').hidden")


def test_results_can_be_those_of_one_product(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    search(page, "mapp")
    products = page.locator(".hexapla-filter label:visible")
    names = [name.replace("\n", " ") for name in products.all_inner_texts()]
    assert names == ["Alla produkter", "Tidelight Mail 5", "Tidelight Files 3", "Tidelight Admin 1"]
    page.get_by_role("radio", name="Tidelight Files").check()
    page.locator(".hexapla-search__count", has_text="3 träffar").wait_for()
    assert list_options(page).count() == 3
    page.get_by_role("link", name="Visa alla träffar").click()
    page.wait_for_url("**/sv-SE/search/?q=mapp&product=files")
    assert page.get_by_role("radio", name="Tidelight Files").is_checked()
    page.locator(".hexapla-find__count", has_text="3 träffar").wait_for()


def test_where_nothing_is_found_there_are_ways_on(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    get_field(page).click()
    page.keyboard.type("zebra")
    notice = page.locator(".hexapla-notice")
    notice.wait_for()
    assert "Inga träffar för ”zebra”." in notice.inner_text()
    assert notice.locator("li").all_inner_texts() == ["mapp", "<b>fil</b>"]
    assert get_field(page).get_attribute("aria-expanded") == "false"
    english = notice.get_by_role("link", name="Sök på English")
    assert english.locator("span").get_attribute("lang") == "en-US"
    english.click()
    page.wait_for_url("**/help/search/?q=zebra")
    page.locator(".hexapla-notice", has_text="No results for “zebra”.").wait_for()
    assert page.locator(".hexapla-notice", has_text="Search in").count() == 0


def test_another_spelling_is_told_and_can_be_refused(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    options = search(page, "mpap")
    assert options.count() == 9
    notice = page.locator(".hexapla-notice")
    assert "Visar träffar för ”mapp”." in notice.inner_text()
    notice.get_by_role("link").click()
    page.wait_for_url("**/sv-SE/search/?q=%22mpap%22")


HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def test_hostile_titles_and_links_are_text(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    options = search(page, "mapp")
    assert "<img src=x onerror=alert(2)> mapp" in options.all_inner_texts()[4]
    assert '"><script>alert(3)</script> mapp' in options.all_inner_texts()[4]
    root = page.url.partition("?")[0]
    links = options.evaluate_all("all => all.map((one) => one.href)")
    assert all(link.startswith(root) for link in links)
    assert page.locator(".hexapla-search :is(img, script, b)").count() == 0


@pytest.mark.parametrize("path", ["sv-SE/", "sv-SE/search/"])
def test_a_hostile_search_is_text(open_search: OpenSearch, path: str) -> None:
    page = open_search(path)
    page.goto(page.url + "?q=" + HOSTILE.replace("#", "%23"))
    notice = page.locator(".hexapla-notice")
    notice.wait_for()
    assert HOSTILE in notice.inner_text()
    assert page.locator(":is(.hexapla-find, .hexapla-search) :is(img, script)").count() == 0


def test_searches_are_remembered_until_they_are_cleared(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    for text in ("fil", "<i>mapp</i>", "mapp", "fil"):
        page.goto(page.url.partition("search/")[0])
        page.keyboard.press("/")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=*")
    page.goto(page.url.partition("search/")[0] + "status/")
    page.keyboard.press("/")
    recent = list_options(page)
    assert recent.all_inner_texts() == ["fil", "mapp", "<i>mapp</i>"]
    assert page.get_by_role("listbox").get_attribute("aria-label") == "Senaste sökningar"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert get_field(page).input_value() == "mapp"
    page.locator(".hexapla-search__count", has_text="9 träffar").wait_for()
    page.get_by_role("button", name="Rensa", exact=True).click()
    page.get_by_role("button", name="Rensa senaste sökningar").click()
    assert list_options(page).count() == 0
    assert page.evaluate("localStorage.getItem('hexapla.searches.sv-SE')") is None
    assert find_focus(page).startswith("md-search__input")


def test_what_stands_in_the_storage_is_not_trusted(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    for stored in ("{", "[1, null]", '{"length": 3}', "[]"):
        page.evaluate(f"localStorage.setItem('hexapla.searches.sv-SE', {json.dumps(stored)})")
        get_field(page).click()
        assert list_options(page).count() == 0
        page.keyboard.press("Escape")
    search(page, "mapp")


def test_the_box_works_where_nothing_can_be_stored(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } })"
    )
    page.reload()
    search(page, "mapp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=mapp")


def test_an_address_with_a_search_opens_the_box_on_any_page(open_search: OpenSearch) -> None:
    page = open_search(f"{ARTICLE}?q=mapp")
    list_options(page).first.wait_for()
    assert get_field(page).input_value() == "mapp"
    page.wait_for_timeout(200)  # the theme closes what is open when it starts
    assert list_options(page).first.is_visible()
    list_options(page).nth(1).click()
    page.wait_for_url("**/find-a-file/?h=mapp#steps")
    page.go_back()
    list_options(page).first.wait_for()


def test_a_missing_page_searches_too(open_search: OpenSearch) -> None:
    page = open_search("404.html")
    links = search(page, "mapp").evaluate_all("all => all.map((one) => one.pathname)")
    assert links[0] == "/help/help/files/share-a-folder/"


def test_a_failure_is_told_and_reading_goes_on(open_search: OpenSearch) -> None:
    page = open_search(ARTICLE, fault="failed")
    get_field(page).click()
    page.keyboard.type("mapp")
    notice = page.locator(".hexapla-notice")
    notice.wait_for()
    assert "Det gick inte att läsa in sökningen." in notice.inner_text()
    page.locator("[role=status]", has_text="Det gick inte att läsa in").wait_for()
    page.context.unroute_all()
    replace_worker(page.context)
    page.get_by_role("button", name="Försök igen").click()
    list_options(page).first.wait_for()
    assert notice.count() == 0


def test_without_a_worker_there_is_a_message_too(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/search/?q=mapp")
    page.context.unroute_all()
    page.route("**/worker.js", lambda route: route.fulfill(status=404, body="gone"))
    page.goto(page.url.replace("search/", ""))
    page.get_by_text("Det gick inte att läsa in sökningen.").wait_for()
    page.keyboard.press("Escape")
    page.locator(".hexapla-topics a").first.click()
    page.wait_for_url("**/products/**")


def test_titles_alone_are_told_to_be_so(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/", fault="titles")
    search(page, "mapp")
    page.get_by_text("Bara rubriker har genomsökts").wait_for()
    assert page.get_by_role("button", name="Försök igen").is_visible()


def test_a_phone_has_the_whole_screen_for_it(open_search: OpenSearch) -> None:
    page = open_search("ar-SA/", viewport=PHONE)
    assert not get_field(page).is_visible()
    link = page.get_by_role("link", name="إبحث", exact=True)
    link.press("Enter")
    page.keyboard.type("mapp")
    list_options(page).first.wait_for()
    box = page.locator(".hexapla-search .md-search__inner").bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="إغلاق").click()
    assert not get_field(page).is_visible()
    assert link.evaluate("link => link === document.activeElement")


def test_the_box_is_on_the_other_side_in_arabic(open_search: OpenSearch) -> None:
    page = open_search("ar-SA/")
    option = search(page, "mapp").first
    edge = "one => [getComputedStyle(one).direction, getComputedStyle(one.firstChild).textAlign]"
    assert option.evaluate(edge) == ["rtl", "right"]
    box = page.locator(".hexapla-search .md-search__inner").bounding_box()
    assert box and box["x"] < 100
    assert option.locator(".hexapla-hit__title").get_attribute("dir") == "ltr"


def compose(page: Page, text: str) -> Any:
    """Begin to write with an input method; give what ends it."""
    session = page.context.new_cdp_session(page)
    end = {"selectionStart": len(text), "selectionEnd": len(text)}
    session.send("Input.imeSetComposition", {"text": text, **end})
    return lambda: session.send("Input.insertText", {"text": text})


def test_nothing_is_searched_while_a_word_is_composed(open_search: OpenSearch) -> None:
    page = open_search("ja-JP/")
    get_field(page).click()
    commit = compose(page, "mapp")
    assert get_field(page).input_value() == "mapp"
    page.wait_for_timeout(150)
    assert list_options(page).count() == 0
    commit()
    list_options(page).first.wait_for()
    assert get_field(page).input_value() == "mapp"


def test_a_key_within_a_field_is_a_letter(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/")
    page.locator("#hexapla-ask").click()
    page.keyboard.type("s/f")
    assert page.locator("#hexapla-ask").input_value() == "s/f"
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv-SE/search/?q=s%2Ff")


def test_the_active_option_is_seen_in_forced_colours(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/", forced_colors="active")
    option = search(page, "mapp").first
    page.keyboard.press("ArrowDown")
    assert option.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_the_box_needs_a_script_and_hides_without(open_search: OpenSearch) -> None:
    page = open_search("sv-SE/", java_script_enabled=False)
    assert not get_field(page).is_visible()
    assert not page.locator(".hexapla-search-link").is_visible()
    page = open_search("sv-SE/search/?q=mapp", java_script_enabled=False)
    assert "Sökningen kräver JavaScript." in page.locator("main").inner_text()


@pytest.mark.parametrize(
    ("locale", "text"), [("", "zebra"), ("ar-SA/", "mapp"), ("ja-JP/", "")]
)
def test_axe_finds_nothing_in_the_open_box(
    open_search: OpenSearch, locale: str, text: str
) -> None:
    page = open_search(locale, bypass_csp=True)
    page.evaluate(
        "for (const locale of ['en-US', 'ar-SA', 'ja-JP'])"
        "localStorage.setItem(`hexapla.searches.${locale}`, '[\"mapp\"]')"
    )
    get_field(page).click()
    page.keyboard.type(text)
    page.locator(".hexapla-notice, [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert find_violations(page) == []
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    assert find_violations(page, "color-contrast", "link-in-text-block") == []
