"""The article page as a reader uses it: by mouse, by keyboard, and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.axe import find_violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SHARE = "help/files/share-a-folder/"
OUTDATED = "nb-NO/help/mail/recover-deleted-messages/"
FALLBACK = "sr-Latn-RS/help/admin/guest-access/"

Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, home: str) -> Iterator[Open]:
    """Open an address in a browser of its own; nothing may go wrong in it."""
    contexts = []
    errors: list[str] = []

    def open_page(path: str, **options: Any) -> Page:
        size = options.pop("viewport", {"width": 1280, "height": 800})
        context = browser.new_context(viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(home + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def get_button(page: Page) -> Any:
    return page.locator(".hexapla-original-tools button")


def test_the_original_is_loaded_only_when_asked_for_and_goes_again(open_page: Open) -> None:
    page = open_page("sv-SE/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url + SHARE, wait_until="networkidle")
    assert not any("originals" in url for url in asked)
    before = page.locator(".md-content__inner").inner_text()
    markup = page.locator("[data-unit]").evaluate_all("all => all.map((one) => one.outerHTML)")
    get_button(page).click()
    row = page.locator(".hexapla-row", has_text="Du bestämmer om de bara kan läsa")
    original = row.locator(".hexapla-original")
    assert original.inner_text() == "You decide whether they can only read, or edit as well."
    assert original.get_attribute("lang") == "en-US"
    assert original.get_attribute("dir") == "ltr"
    assert sum("originals" in url for url in asked) == 1
    get_button(page).click()
    assert page.locator(".hexapla-original").count() == 0
    assert page.locator(".md-content__inner").inner_text() == before
    assert (
        page.locator("[data-unit]").evaluate_all("all => all.map((one) => one.outerHTML)") == markup
    )


def test_a_passage_whose_original_is_not_known_says_so(open_page: Open) -> None:
    page = open_page("nb-NO/help/admin/guest-access/")
    get_button(page).click()
    row = page.locator(".hexapla-row", has_text="Gjester starter alltid")
    note = row.locator(".hexapla-unknown")
    assert note.inner_text() == "Originalen til denne passasjen er ikke kjent."
    assert note.get_attribute("lang") == "nb-NO"
    row.locator("[data-unit]").first.hover()
    assert page.locator(".hexapla-twin").count() == 0
    heading = page.locator("h1 .hexapla-original")
    assert heading.locator(".hexapla-unknown").count() == 0
    assert heading.inner_text() != ""


def test_the_key_does_the_same_but_not_while_typing(open_page: Open) -> None:
    page = open_page(f"sv-SE/{SHARE}")
    page.locator(".md-search__input").click()
    page.keyboard.press("o")
    assert get_button(page).get_attribute("aria-pressed") == "false"
    page.keyboard.press("Escape")
    page.locator(".md-content h1").click()
    page.keyboard.press("o")
    page.locator(".hexapla-original").first.wait_for()
    assert get_button(page).get_attribute("aria-pressed") == "true"


def test_the_choice_is_remembered(open_page: Open) -> None:
    page = open_page(f"sv-SE/{SHARE}")
    get_button(page).click()
    page.locator(".hexapla-original").first.wait_for()
    page.goto(page.url.replace("share-a-folder", "find-a-file"), wait_until="networkidle")
    assert page.locator(".hexapla-original").count() > 5
    get_button(page).click()
    page.reload(wait_until="networkidle")
    assert page.locator(".hexapla-original").count() == 0


@pytest.mark.parametrize(
    ("locale", "width", "side"),
    [("sv-SE", 1280, "right"), ("ar-SA", 1280, "left"), ("sv-SE", 390, "below")],
)
def test_the_original_stands_beside_or_below(
    open_page: Open, locale: str, width: int, side: str
) -> None:
    page = open_page(f"{locale}/{SHARE}", viewport={"width": width, "height": 800})
    get_button(page).click()
    row = page.locator("p > .hexapla-row").first
    target = row.locator(".hexapla-target").bounding_box()
    original = row.locator(".hexapla-original").bounding_box()
    assert target and original
    if side == "below":
        assert original["y"] >= target["y"] + target["height"] - 1
    elif side == "right":
        assert original["x"] >= target["x"] + target["width"]
    else:
        assert original["x"] + original["width"] <= target["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_sentence_and_its_twin_are_highlighted_by_mouse_and_by_keys(open_page: Open) -> None:
    page = open_page(f"sv-SE/{SHARE}")
    get_button(page).focus()
    page.keyboard.press("Enter")
    page.locator("p [data-unit]").nth(1).hover()
    texts = page.locator(".hexapla-twin").all_inner_texts()
    assert len(texts) == 2
    assert texts[1].startswith("You decide")
    page.locator("h1 [data-unit]").focus()
    page.keyboard.press("ArrowDown")
    texts = page.locator(".hexapla-twin").all_inner_texts()
    assert texts[1].startswith("When you share a folder")
    assert page.evaluate("document.activeElement.dataset.unit") == "104"
    assert page.locator(".hexapla-target [data-unit][tabindex='0']").count() == 1


def test_an_outdated_passage_shows_what_it_is_now(open_page: Open) -> None:
    page = open_page(OUTDATED)
    control = page.get_by_role("button", name="Vis gjeldende original")
    assert control.count() == 1
    control.focus()
    page.keyboard.press("Enter")
    now = page.locator(".hexapla-now")
    now.wait_for()
    assert now.inner_text().startswith("It stays there for 60 days")
    assert now.get_attribute("lang") == "en-US"
    assert control.get_attribute("aria-expanded") == "true"
    get_button(page).click()
    page.locator(".hexapla-original").first.wait_for()
    get_button(page).click()
    control.click()
    assert now.count() == 0


def test_a_file_that_cannot_be_loaded_is_said_to_be_missing(open_page: Open) -> None:
    page = open_page(f"sv-SE/{SHARE}")
    page.route("**/originals/*", lambda route: route.abort())
    get_button(page).click()
    page.get_by_text("Det gick inte att läsa in originalet.").wait_for()
    assert get_button(page).get_attribute("aria-pressed") == "false"


def test_print_has_the_original_only_where_it_was_chosen(open_page: Open) -> None:
    page = open_page(f"sv-SE/{SHARE}")
    page.emulate_media(media="print")
    assert not get_button(page).is_visible()
    assert page.locator(".hexapla-original").count() == 0


def test_without_scripts_there_are_links_and_no_dead_button(open_page: Open) -> None:
    page = open_page(OUTDATED, java_script_enabled=False)
    assert not get_button(page).is_visible()
    page.locator(".hexapla-about summary").click()
    page.locator(".hexapla-about a").click()
    page.wait_for_load_state()
    assert page.url.endswith("/help/help/mail/recover-deleted-messages/")
    page.locator(".hexapla-switcher summary").click()
    page.locator(".hexapla-switcher a[hreflang=ar-SA]").click()
    page.wait_for_load_state()
    assert page.url.endswith("/ar-SA/help/mail/recover-deleted-messages/")


def test_the_switcher_by_keyboard_stays_at_the_section(open_page: Open) -> None:
    page = open_page(f"sv-SE/{SHARE}#stop-sharing", locale="sv-SE")
    summary = page.locator(".hexapla-switcher summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".hexapla-switcher").get_attribute("open") is not None
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator(".hexapla-switcher").get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    link = page.locator(".hexapla-switcher a[hreflang=ja-JP]")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ja-JP/**")
    assert page.url.endswith(f"/ja-JP/{SHARE}#stop-sharing")


def test_the_hint_is_in_the_readers_language_and_can_be_dismissed(open_page: Open) -> None:
    page = open_page(SHARE, locale="sv-SE")
    hint = page.locator(".hexapla-hint")
    hint.wait_for()
    assert hint.get_attribute("lang") == "sv-SE"
    assert hint.locator("a").inner_text() == "Den här artikeln finns på svenska."
    assert "/sv-SE/" not in page.url
    hint.get_by_role("button", name="Stäng").click()
    assert hint.count() == 0
    page.reload(wait_until="networkidle")
    assert hint.count() == 0


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        (SHARE, "en-GB", None),
        (SHARE, "fr-FR", None),
        (f"sv-SE/{SHARE}", "en-GB", "en-US"),
        (f"sv-SE/{SHARE}", "no", "nb-NO"),
        ("help/admin/guest-access/", "ar-EG", None),
        (SHARE, "ar-EG", "ar-SA"),
        (FALLBACK, "sr-Latn", None),
        (FALLBACK, "sv-SE", "sv-SE"),
    ],
)
def test_the_hint_is_for_a_language_that_has_the_article(
    open_page: Open, path: str, language: str, expected: str | None
) -> None:
    languages = [language, "en-US"] if path == FALLBACK else [language]
    page = open_page(path, locale=language)
    page.add_init_script(
        f"Object.defineProperty(navigator, 'languages', {{ get: () => {languages} }})"
    )
    page.reload(wait_until="networkidle")
    hint = page.locator(".hexapla-hint")
    if expected is None:
        assert hint.count() == 0
    else:
        assert hint.get_attribute("lang") == expected


def test_a_choice_counts_more_than_the_browsers_language(open_page: Open) -> None:
    page = open_page(f"nb-NO/{SHARE}", locale="sv-SE")
    page.locator(".hexapla-hint").wait_for()
    page.locator(".hexapla-switcher summary").click()
    page.locator(".hexapla-switcher a[hreflang=en-US]").click()
    page.wait_for_load_state("networkidle")
    assert page.locator(".hexapla-hint").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [OUTDATED, f"ar-SA/{SHARE}"])
def test_axe_finds_nothing_in_the_parallel_view(open_page: Open, path: str, scheme: str) -> None:
    page = open_page(path, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    for control in page.locator(".hexapla-change").all():
        control.click()
    get_button(page).click()
    page.locator(".hexapla-original").first.wait_for()
    page.locator("p [data-unit]").first.hover()
    page.locator(".hexapla-switcher summary").click()
    assert find_violations(page) == []
