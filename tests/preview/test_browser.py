"""An open tab: it shows what has changed, at the same place, under the site's strict policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from hexapla.security_policy import write_policy
from tests.preview.conftest import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

PATH = "docs/help/mail/block-a-sender/index.sv-SE.md"
ADDRESS = "sv-SE/help/mail/block-a-sender/"
TALL = "\n\n".join(f"Stycke {number}." for number in range(200))


def wait_until(page: Page, condition: str) -> None:
    """Wait until a condition is true; the policy does not let pages do so themselves."""
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {condition}")


@pytest.fixture
def page(served: Served, browser: Browser) -> Iterator[Page]:
    """A tab; pages come with the policy that a site can be served with.

    The site comes first: its processes must not have the lines to the browser.
    """
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console",
        lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None,
    )

    def add_policy(route: Route) -> None:
        if route.request.resource_type != "document":
            route.continue_()
            return
        response = route.fetch()
        headers = response.headers | {"content-security-policy": write_policy()}
        route.fulfill(response=response, headers=headers)

    page.route(re.compile("^http://127"), add_policy)
    yield page
    context.close()
    assert refused == []


@pytest.fixture
def tall(served: Served) -> Iterator[str]:
    """The page, long enough to be scrolled."""
    text = served.read(PATH)
    served.change(PATH, f"{text}\n{TALL}\n")
    yield f"{text}\n{TALL}\n"
    served.change(PATH, text)


def test_an_edit_shows_at_the_same_place(page: Page, served: Served, tall: str) -> None:
    page.goto(served.address + ADDRESS)
    page.evaluate("scrollTo({top: 1234, behavior: 'instant'})")
    other = "docs/help/mail/block-a-sender/index.ar-SA.md"
    text = served.read(other)
    served.change(other, "# آخر\n")
    served.change(other, text)
    served.change(PATH, tall.replace("Stycke 1.", "Ett ändrat stycke."))
    page.get_by_text("Ett ändrat stycke.").wait_for(state="attached")
    wait_until(page, "Math.abs(scrollY - 1234) < 2")
    page.wait_for_load_state("load")
    assert page.evaluate("Math.abs(scrollY - 1234) < 2")


def test_other_changes_leave_a_tab_alone(page: Page, served: Served) -> None:
    page.goto(served.address + ADDRESS)
    page.evaluate("window.isTheSame = true")
    other = "docs/help/mail/create-a-mail-rule/index.sv-SE.md"
    text = served.read(other)
    served.change(other, f"{text}\nMer.\n")
    served.change(other, text)
    page.wait_for_timeout(300)
    assert page.evaluate("window.isTheSame") is True


def test_a_style_takes_the_others_place(page: Page, served: Served) -> None:
    page.goto(served.address + ADDRESS)
    page.evaluate("window.isTheSame = true")
    path = "overrides/assets/hexapla/article.css"
    text = served.read(path)
    served.change(path, f"{text}\nh1 {{ letter-spacing: 7px !important; }}\n")
    wait_until(page, "getComputedStyle(document.querySelector('h1')).letterSpacing === '7px'")
    assert page.evaluate("window.isTheSame") is True
    served.change(path, text)
    wait_until(page, "getComputedStyle(document.querySelector('h1')).letterSpacing !== '7px'")


def test_a_template_shows_and_breaks_and_is_mended(page: Page, served: Served) -> None:
    path = "overrides/partials/hexapla/heading.html"
    text = served.read(path)
    page.goto(served.address + ADDRESS)
    served.change(path, f'<p id="probe">Mallen</p>\n{text}')
    page.locator("#probe").wait_for(state="attached")
    served.change(path, f"{{% if %}}\n{text}")
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("This page cannot be shown")
    assert f"{path}:1" in page.locator(".place").inner_text()
    served.change(path, text)
    page.locator(".md-content").wait_for()
    assert page.locator("#probe").count() == 0


def test_a_missing_page_shows_when_it_is_written(page: Page, served: Served) -> None:
    answer = page.goto(f"{served.address}help/mail/yet-to-come/")
    assert answer
    assert answer.status == 404
    served.change("docs/help/mail/yet-to-come/index.md", "# Here it is\n")
    page.get_by_role("heading", name="Here it is").wait_for()
    served.change("docs/help/mail/yet-to-come/index.md", None)
    page.get_by_role("heading", name="Here it is").wait_for(state="detached")


def test_a_broken_configuration_shows_and_is_mended(page: Page, served: Served) -> None:
    text = served.read("mkdocs.yml")
    page.goto(served.address + ADDRESS)
    served.change("mkdocs.yml", text.replace("plugins:\n", "plugins: [\n", 1))
    page.get_by_role("alert").wait_for()
    assert "mkdocs.yml:" in page.locator(".place").inner_text()
    served.change("mkdocs.yml", text)
    page.locator(".md-content").wait_for()
