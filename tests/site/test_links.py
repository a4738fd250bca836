"""Every link of the site leads to a page of it, and to a place on that page."""

from __future__ import annotations

from pathlib import Path

import pytest

from hexapla.site_links import check_links, read_page_links
from tests.site.conftest import FOLDER


def check(pages: dict[str, str], files: set[str] | None = None, base: str = "/") -> list[str]:
    read = {path: read_page_links(html) for path, html in pages.items()}
    return list(check_links(read, {*pages, *(files or ())}, base))


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("other/", ""),
        ("other/#place", ""),
        ("other/#named", ""),
        ("#own", ""),
        ("#", ""),
        ("", ""),
        ("a%20b.png", ""),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example/", ""),
        ("mailto:a@b.example", ""),
        ("/help/other/", ""),
        ("other/?q=1#place", ""),
        ("#gone", "leads to no place on its page"),
        ("other/#gone", "leads to no place on its page"),
        ("gone/", "leads to nothing"),
        ("other", "leads to nothing"),
        ("../other/", "leaves the site"),
        ("/other/", "leaves the folder that the site is in"),
    ],
)
def test_a_link_is_followed_as_a_browser_does(link: str, expected: str) -> None:
    pages = {
        "index.html": f'<p id="own"><a href="{link}">x</a>',
        "other/index.html": '<h2 id="place">y</h2><a name="named"></a>',
    }
    found = check(pages, {"a b.png"}, "/help/")
    assert found == ([f"index.html: {link} {expected}"] if expected else [])


def test_scripts_and_comments_have_no_links() -> None:
    html = '<!-- <a href="gone/"> --><script>"<a href=\\"gone/\\">"</script><p>href="gone/"</p>'
    assert check({"index.html": html}) == []


def test_entities_in_addresses_are_read() -> None:
    pages = {"index.html": '<a href="a&amp;b/">x</a>', "a&b/index.html": ""}
    assert check(pages) == []


def test_every_link_leads_somewhere(site: Path) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {
        path: read_page_links((site / path).read_text(encoding="utf-8"))
        for path in files
        if path.endswith(".html")
    }
    assert len(pages) > 100
    assert list(check_links(pages, files, f"/{FOLDER}/")) == []
