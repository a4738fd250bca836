"""What a built site has of articles, and what a browser makes of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from hexapla.security_policy import write_policy
from tests.site.small_site import HOME, LOCALES, PIXEL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Route

HOST = "video.tidelight.example"

TABS = """\
# Tabs {#title}

# [Windows](#tab/windows)

Text for Windows

# [macOS](#tab/macos) {#mac}

Text for macOS

---

## [Windows](#tab/windows)

More for Windows

## [macOS](#tab/macos)

More for macOS

---

:::image type="content" source="../media/pixel.png" alt-text="A pixel":::

> [!VIDEO https://video.tidelight.example/embed/a]

<details><summary>More</summary>Hidden text</details>

| First heading | Second heading | Third heading |
|:--|:-:|--:|
| aaaaaaaaaaaaaaaaaa | bbbbbbbbbbbbbbbbbb | cccccccccccccccccc |
"""

HOSTILE = """\
---
title: "</title><script>alert('title')</script>"
description: '"><script>alert("description")</script>'
author: '" http-equiv="refresh" content="0;url=//evil.example'
template: home.html
hide: [navigation, toc]
---
# Heading `</title><script>alert(1)</script>` <img src=x onerror=alert(2)>

## Second <script>alert(3)</script> `<b>` {#__search data-toc-label="<script>alert(4)</script>"}

<script>alert(5)</script>
<p onclick="alert(6)" style="position:fixed">Paragraph</p>

[a](javascript:alert(7)) [b](/tidelight/x) ![c](https://spy.example/1.gif) [d](evil.html)

![drawing](good.svg) ![acting](evil.svg)

<iframe src="https://evil.example/"></iframe>
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/>{}</svg>'

DOCS: dict[str, str | bytes] = {
    "index.md": HOME.format(locale="en-US"),
    **{f"index.{locale}.md": HOME.format(locale=locale) for locale in LOCALES[1:]},
    "help/tabs/index.md": TABS,
    "help/media/pixel.png": PIXEL,
    "help/hostile/index.md": HOSTILE,
    "help/hostile/evil.html": "<script>alert(1)</script>",
    "help/hostile/evil.js": "alert(1)",
    "help/hostile/good.svg": SVG.format(""),
    "help/hostile/evil.svg": SVG.format("<script>alert(1)</script>"),
    "help/reading/index.md": (
        "---\ntitle: Reading\n---\n# Reading\n\n[!INCLUDE [n](../includes/note/index.md)]\n\n"
        "[!INCLUDE [n](../includes/gone/index.md)]\n\n[!code-js[](../hostile/evil.js)]\n\n"
        "[tabs](../tabs/index.md#title) [none](../tabs/index.md#none) [gone](../gone/index.md)\n"
    ),
    "help/reading/index.sv-SE.md": (
        "# Läsa\n\n[!INCLUDE [n](../includes/note/index.md)]\n\n[flikar](../tabs/index.md#title)\n"
    ),
    "help/reading/index.nb-NO.md": "# Lese\n\n[!INCLUDE [n](../includes/note/index.md)]\n",
    "help/includes/note/index.md": "---\na: b\n---\nAn *English* note, see "
    "[tabs](../../tabs/index.md).\n",
    "help/includes/note/index.sv-SE.md": "En svensk not.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of the site, and the build's log."""
    target = tmp_path_factory.mktemp("content")
    for path, content in DOCS.items():
        file = target / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    theme = {"custom_dir": str(root / "overrides")}
    configuration = {"INHERIT": str(root / "mkdocs.yml"), "docs_dir": "docs", "theme": theme}
    (target / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=target,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "true", "SOURCE_DATE_EPOCH": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target / "site", done.stderr


def read(built: tuple[Path, str], path: str) -> str:
    return (built[0] / path / "index.html").read_text(encoding="utf-8")


def test_nothing_hostile_reaches_a_page(built: tuple[Path, str]) -> None:
    html = read(built, "help/hostile")
    scripts = re.findall(r"<script[^>]*>", html)
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)
    for gone in ("<script>", "onclick", "onerror=alert", "javascript:alert", "<iframe",
                 'http-equiv="refresh"', "spy.example/1.gif\" ", "position:fixed"):  # fmt: skip
        assert gone not in html, gone
    assert html.count('id="__search"') == 1
    assert html.count("<title>") == html.count("</title>") == 1
    assert "&lt;script&gt;alert(&#39;title&#39;)" in html
    assert "Paragraph" in html
    assert 'href="https://www.tidelight.example/en-US/tidelight/x"' in html
    assert 'src="good.svg"' in html
    assert "evil.svg" not in html
    assert '<a href="https://spy.example/1.gif">c</a>' in html


def test_front_matter_chooses_no_template(built: tuple[Path, str]) -> None:
    html = read(built, "help/hostile")
    assert "md-sidebar--primary" in html
    assert "hexapla-topics" not in html


def test_what_a_browser_would_run_has_no_address(built: tuple[Path, str]) -> None:
    names = {path.name for path in built[0].rglob("help/*/*")}
    assert {"good.svg", "pixel.png"} <= names
    assert not {"evil.svg", "evil.html", "evil.js"} & names


def test_includes_are_in_the_readers_language(built: tuple[Path, str]) -> None:
    assert "En svensk not." in read(built, "sv-SE/help/reading")
    english = read(built, "help/reading")
    assert "<p>An <em>English</em> note" in english
    assert 'see <a href="../tabs/">tabs</a>' in english
    assert re.search(
        r'<div dir="ltr" lang="en-US">\s*<p>An <em>English</em>', read(built, "nb-NO/help/reading")
    )
    assert not (built[0] / "help/includes").exists()


def test_code_files_are_shown_though_they_are_not_published(built: tuple[Path, str]) -> None:
    assert '<span class="nx">alert</span>' in read(built, "help/reading")


def test_links_stay_in_the_locale_also_to_a_fallback(built: tuple[Path, str]) -> None:
    assert '<a href="../tabs/#title">flikar</a>' in read(built, "sv-SE/help/reading")
    assert "Text for Windows" in read(built, "sv-SE/help/tabs")
    assert "<span>gone</span>" in read(built, "help/reading")


def test_the_log_names_what_is_missing_once(built: tuple[Path, str]) -> None:
    log = built[1]
    include = "docs/help/reading/index.md:8: the include ../includes/gone/index.md is missing"
    assert log.count(include) == 1
    assert log.count("docs/help/hostile/evil.svg:1: the image is not published") == 1
    assert "does not contain an anchor '#none'" in log


def test_wrong_options_are_listed_together(root: Path, tmp_path: Path) -> None:
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("host: https://www.tidelight.example", "host: tidelight")
    text = text.replace("- video.tidelight.example", "- https://video.tidelight.example/")
    text = text.replace("- tidelight-settings", "- javascript")
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(text.replace("custom_dir: overrides", ""), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=tmp_path,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    for problem in (
        "content.absolute_links.host: 'tidelight' is no address like https://help.example",
        "content.videos: 'https://video.tidelight.example/' is no host's name, in lower case",
        "content.schemes: 'javascript' is no scheme that links may have",
    ):
        assert f"mkdocs.yml: plugins.hexapla.{problem}" in done.stderr


# In the browser


class StrictHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep the tests' output clean."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", write_policy([HOST]))
        super().end_headers()


def test_the_documented_policy_is_the_one_that_is_tested(root: Path) -> None:
    assert f"Content-Security-Policy: {write_policy([HOST])}\n" in (root / "SECURITY.md").read_text(
        encoding="utf-8"
    )


@pytest.fixture(scope="module")
def address(built: tuple[Path, str]) -> Iterator[str]:
    handler = partial(StrictHandler, directory=str(built[0]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that breaks no rule of the policy, logs no error and opens no dialog."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    faults: list[str] = []

    def refuse(dialog: Dialog) -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", refuse)
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(address) else faults.append(asked.url),
    )
    yield page
    context.close()
    assert faults == []


in_browser = pytest.mark.browser


@in_browser
@pytest.mark.parametrize(
    "path", ["", "help/tabs/", "help/hostile/", "ar-SA/help/tabs/", "404.html"]
)
def test_pages_keep_to_the_policy(page: Page, address: str, path: str) -> None:
    page.goto(address + path, wait_until="networkidle")
    assert page.evaluate("typeof __md_get") == "function"
    assert page.evaluate("document.querySelectorAll('[onclick],[onload],[onerror]').length") == 0


@in_browser
def test_search_and_colours_work_under_the_policy(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "help/tabs/", wait_until="networkidle")
    page.locator("label[title='Switch to dark mode']").click()
    page.reload(wait_until="networkidle")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    field = page.locator(".md-search__input")
    field.click()
    field.fill("Windows")
    page.locator(".md-search-result__link").first.wait_for()


@in_browser
def test_tabs_by_mouse_and_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + "help/tabs/", wait_until="networkidle")
    tabs = page.get_by_role("tab")
    assert tabs.count() == 4
    assert page.get_by_text("Text for Windows").is_visible()
    assert not page.get_by_text("Text for macOS").is_visible()
    tabs.nth(1).click()
    for text, expected in {"Windows": False, "macOS": True}.items():
        assert page.get_by_text(f"Text for {text}").is_visible() is expected
        assert page.get_by_text(f"More for {text}").is_visible() is expected
    page.keyboard.press("ArrowRight")
    assert page.get_by_text("More for Windows").is_visible()
    assert tabs.nth(0).get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.textContent") == "Windows"
    page.keyboard.press("End")
    page.reload(wait_until="networkidle")
    assert page.get_by_text("Text for macOS").is_visible()
    panel = page.get_by_role("tabpanel").first
    assert panel.get_attribute("aria-labelledby") == tabs.nth(1).get_attribute("id")


@in_browser
def test_an_address_opens_its_tab(page: Page, address: str) -> None:
    page.goto(address + "help/tabs/#mac", wait_until="networkidle")
    assert page.get_by_text("Text for macOS").is_visible()


@in_browser
def test_arrows_follow_the_direction_of_the_page(page: Page, address: str) -> None:
    page.goto(address + "ar-SA/help/tabs/", wait_until="networkidle")
    page.get_by_role("tab").first.focus()
    page.keyboard.press("ArrowRight")  # the fallback's text runs from left to right
    assert page.get_by_text("Text for macOS").is_visible()


@in_browser
def test_everything_can_be_read_without_scripts_and_on_paper(
    browser: Browser, page: Page, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address + "help/tabs/")
    texts = ["Text for Windows", "Text for macOS", "More for macOS"]
    assert all(plain.get_by_text(text).is_visible() for text in texts)
    assert plain.locator(".hexapla-tab-title").first.is_visible()
    assert plain.get_by_role("link", name="Play the video").is_visible()
    context.close()
    page.goto(address + "help/tabs/", wait_until="networkidle")
    page.emulate_media(media="print")
    assert all(page.get_by_text(text).is_visible() for text in texts)


@in_browser
def test_an_image_opens_larger_and_gives_the_focus_back(page: Page, address: str) -> None:
    page.goto(address + "help/tabs/", wait_until="networkidle")
    link = page.get_by_role("link", name="Enlarge the image: A pixel")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.locator(".hexapla-dialog")
    assert dialog.get_by_role("img", name="A pixel").count() == 1
    assert dialog.get_by_role("button", name="Close").is_visible()
    page.keyboard.press("Escape")
    page.locator(".hexapla-dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.classList.contains('hexapla-lightbox')")


@in_browser
def test_a_video_asks_its_host_only_when_a_reader_does(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route(f"https://{HOST}/**", refuse)
    page.goto(address + "help/tabs/", wait_until="networkidle")
    button = page.get_by_role("button", name=f"Play the video from {HOST}")
    assert asked == []
    button.click()
    frame = page.locator("iframe")
    frame.wait_for()
    assert frame.get_attribute("title") == f"Video: {HOST}"
    page.wait_for_timeout(200)
    assert asked == [f"https://{HOST}/embed/a"]
    context.close()


@in_browser
def test_a_wide_table_scrolls_with_the_keyboard_on_a_phone(page: Page, address: str) -> None:
    page.goto(address + "help/tabs/", wait_until="networkidle")
    region = page.get_by_role("region", name="Table 1")
    region.wait_for()
    assert region.get_attribute("tabindex") == "0"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1600, "height": 900})
    region.wait_for(state="detached")
