"""What machines find on the built site: alternates, robots, maps, feeds, redirects, 404, status."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.site.conftest import FOLDER, SITE_URL, QuietHandler, build_site, serve
from tests.site.small_site import LOCALES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
FORMER = "help/files/send-a-folder-link/"
MOVED_TO = "help/files/share-a-folder/"


def read(site: Path, path: str) -> str:
    file = site / path
    return (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")


def get_root(locale: str) -> str:
    return "" if locale == LOCALES[0] else f"{locale}/"


def list_alternates(html: str) -> dict[str, str]:
    pattern = r'<link rel="alternate " href="([^"]*)" hreflang="([^"]+)"'
    return {locale: link for link, locale in re.findall(pattern, html)}


def find_content(html: str, name: str) -> list[str]:
    return re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)"', html)


def test_alternates_are_full_addresses_and_answer_each_other(site: Path) -> None:
    for path in site.rglob("index.html"):
        alternates = list_alternates(path.read_text(encoding="utf-8"))
        for locale, link in alternates.items():
            assert link.startswith(SITE_URL)
            if locale != "x-default":
                other = read(site, link.removeprefix(SITE_URL))
                assert list_alternates(other) == alternates, (path, locale)
                assert f'lang="{locale}"' in other


def test_fallbacks_are_not_listed_and_name_the_source(small_site: Path) -> None:
    html = read(small_site, "sr-Latn-RS/sync")
    assert find_content(html, "robots") == ["noindex"]
    assert f'<link rel="canonical" href="{SITE_URL}sync/">' in html
    assert find_content(read(small_site, "sv-SE/sync"), "robots") == []


def read_sitemap(site: Path, name: str) -> dict[str, set[str | None]]:
    """Location → the languages of its alternates."""
    return {
        str(url.findtext(f"{SITEMAP}loc")): {link.get("hreflang") for link in url.iter(LINK)}
        for url in ET.parse(site / name).iter(f"{SITEMAP}url")
    }


def test_sitemaps_have_every_page_that_may_be_found_and_no_other(site: Path) -> None:
    index = ET.parse(site / "sitemap.xml")
    names = [str(e.text).removeprefix(SITE_URL) for e in index.iter(f"{SITEMAP}loc")]
    assert names == [f"sitemap-{locale}.xml" for locale in LOCALES]
    listed = {location for name in names for location in read_sitemap(site, name)}
    expected = set()
    for path in site.rglob("index.html"):
        html = path.read_text(encoding="utf-8")
        address = path.parent.relative_to(site).as_posix().removeprefix(".")
        is_redirect = 'http-equiv="refresh"' in html
        if not is_redirect and "noindex" not in "".join(find_content(html, "robots")):
            expected.add(SITE_URL + (f"{address}/" if address else ""))
    assert listed == expected


def test_sitemaps_name_translations(small_site: Path) -> None:
    swedish = read_sitemap(small_site, "sitemap-sv-SE.xml")
    assert swedish[f"{SITE_URL}sv-SE/sync/"] == {*LOCALES[:-1], "x-default"}
    assert f"{SITE_URL}sr-Latn-RS/sync/" not in read_sitemap(small_site, "sitemap-sr-Latn-RS.xml")


def test_delivered_robots_count(site: Path) -> None:
    html = read(site, "sv-SE/help/files/upload-large-files")
    assert "noindex" in find_content(html, "robots")[0]
    assert f"{SITE_URL}sv-SE/help/files/upload-large-files/" not in read_sitemap(
        site, "sitemap-sv-SE.xml"
    )


def test_open_graph(small_site: Path) -> None:
    html = read(small_site, "sv-SE/sync")
    assert find_content(html, "og:title") == ["Title of the front matter sv-SE"]
    assert find_content(html, "og:description") == ["What the page is about."]
    assert find_content(html, "og:url") == [f"{SITE_URL}sv-SE/sync/"]
    assert find_content(html, "og:locale") == ["sv_SE"]
    assert find_content(html, "og:site_name") == ["Hjälp"]
    assert "en_US" in find_content(html, "og:locale:alternate")
    assert find_content(read(small_site, "sr-Latn-RS/sync"), "og:locale") == ["en_US"]


@pytest.mark.parametrize("locale", LOCALES)
def test_feeds_have_the_locales_own_topics(site: Path, locale: str) -> None:
    root = SITE_URL + get_root(locale)
    feed = json.loads(read(site, f"{get_root(locale)}feed.json"))
    rss = ET.fromstring(read(site, f"{get_root(locale)}feed.xml"))
    links = [item["url"] for item in feed["items"]]
    assert [item.findtext("link") for item in rss.iter("item")] == links
    assert links and all(link.startswith(root) for link in links)
    days = [item["date_modified"] for item in feed["items"]]
    assert days == sorted(days, reverse=True)
    for link in links:
        assert "hexapla-fallback" not in read(site, link.removeprefix(SITE_URL))


@pytest.mark.parametrize("locale", LOCALES)
def test_former_addresses_lead_on(site: Path, locale: str) -> None:
    html = read(site, get_root(locale) + FORMER)
    assert "<script" not in html
    assert 'content="0; url=../share-a-folder/"' in html
    canonical = f'<link rel="canonical" href="{SITE_URL}{get_root(locale)}{MOVED_TO}">'
    assert canonical in html


def test_aliases_lead_to_the_topic_in_every_locale(small_site: Path) -> None:
    for locale in LOCALES:
        html = read(small_site, f"{get_root(locale)}old/sync")
        assert 'content="0; url=../../sync/"' in html
        text_locale = "en-US" if locale == LOCALES[-1] else locale
        assert f' lang="{text_locale}">Title of the front matter {text_locale}</a>' in html


@pytest.mark.parametrize("locale", LOCALES)
def test_the_status_of_each_locale_is_told(site: Path, locale: str) -> None:
    html = read(site, f"{get_root(locale)}status")
    assert f'lang="{locale}"' in html
    for other in LOCALES[1:]:
        assert f">{other}</text>" in html
    assert html.count("<title>") == 1  # the page's; the pictures' have ids
    assert html.count('<title id="heat-map-title">') == 1
    assert html.index('<svg class="hexapla-heat-map') < html.index("<table")


def test_without_deliveries_there_is_no_status(small_site: Path) -> None:
    assert not (small_site / "status").exists()
    assert "status/" not in read(small_site, "sv-SE/sync")


class MissingHandler(QuietHandler):
    """Answers as hosts do: with the nearest 404 page above the address."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        parts = urlsplit(self.path).path.strip("/").split("/")
        root = Path(self.directory)
        folders = [root.joinpath(*parts[:depth]) for depth in range(len(parts), 0, -1)]
        page = next(f / "404.html" for f in folders if (f / "404.html").exists())
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())


@pytest.fixture
def missing_home(site: Path) -> Iterator[str]:
    yield from serve(site, MissingHandler)


@pytest.mark.browser
@pytest.mark.parametrize("locale", ["en-US", "ar-SA"])
@pytest.mark.parametrize("path", ["gone", "gone/deep/down/"])
def test_missing_addresses_at_any_depth_below_a_folder(
    browser: Browser, missing_home: str, locale: str, path: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    failed: list[str] = []
    page.on("response", lambda said: failed.append(said.url) if said.status >= 400 else None)
    address = missing_home + get_root(locale) + path
    page.goto(address, wait_until="networkidle")
    assert page.evaluate("document.documentElement.lang") == locale
    page.locator(".md-content .md-button").click()
    page.wait_for_load_state("networkidle")
    assert page.url == missing_home + get_root(locale)
    assert failed == [address]
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_former_address_leads_the_reader_on(browser: Browser, home: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{home}sv-SE/{FORMER}")
    page.wait_for_url(f"{home}sv-SE/{MOVED_TO}")
    context.close()


def test_without_its_address_a_site_names_none(root: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "start").mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n", encoding="utf-8")
    (docs / "start/index.md").write_text("# Start\n\nText.\n", encoding="utf-8")
    site = build_site(root, docs, tmp_path, site_url="")
    assert not list(site.rglob("*.xml")) and not list(site.rglob("feed.json"))
    html = read(site, "start")
    assert list_alternates(html) == {}
    assert "canonical" not in html
