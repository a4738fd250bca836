"""Home, product and section pages, and what articles say of their place."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.site import topics_site
from tests.site.conftest import FOLDER


@pytest.fixture(scope="session")
def topics(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of tests/site/topics_site.py."""
    target = tmp_path_factory.mktemp("topics")
    topics_site.write_repository(root, target)
    done = topics_site.build(target, target / FOLDER)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == ""
    return target / FOLDER


def read(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


class Links(HTMLParser):
    """The links in the elements of a class, each with its text and language."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.depth = 0
        self.found: list[tuple[str, str, str]] = []
        self.is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.depth and tag in {"nav", "ul", "section", "div", "form"}:
            self.depth += 1
        elif self.name in (given.get("class") or "").split():
            self.depth = 1
        if self.depth and tag == "a":
            self.is_open = True
            self.found.append((given.get("href") or "", "", given.get("lang") or ""))

    def handle_data(self, data: str) -> None:
        if self.is_open:
            link, text, language = self.found[-1]
            self.found[-1] = (link, (text + data).strip(), language)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.is_open = False
        elif self.depth and tag in {"nav", "ul", "section", "div", "form"}:
            self.depth -= 1


def list_links(html: str, name: str) -> list[tuple[str, str, str]]:
    parser = Links(name)
    parser.feed(html)
    return parser.found


def list_titles(html: str, name: str) -> list[str]:
    return [text for _, text, _ in list_links(html, name)]


def test_home_pages_show_products_and_highlights(topics: Path) -> None:
    html = read(topics, "sv-SE")
    assert list_titles(html, "hexapla-cards") == ["Post & brev", "Late", "Övriga artiklar"]
    assert re.findall(r"<span>Artiklar: (\d+)</span>", html) == ["23", "2", "3"]
    shown = list_links(html, "hexapla-highlights")
    assert shown[0] == (
        "../sv-SE/help/late/zip-a-file/".removeprefix("../sv-SE/"),
        "Zip a file",
        "en-US",
    )
    assert len(shown) == 9  # eight new ones, and one that is linked twice
    assert shown[-1] == ("help/mail/add-a-file/", "Å Add", "")
    assert '<time datetime="2021-01-25">25 jan. 2021</time>' in html
    assert 'role="search"' in html


def test_product_pages_list_translated_titles_first(topics: Path) -> None:
    first, second, third = (
        read(topics, f"sv-SE/products/mail/{page}") for page in ("", "page-2", "page-3")
    )
    expected = [f"Å {word}" for word in sorted(topics_site.WORDS[: topics_site.TRANSLATED])]
    listed = [
        links for html in (first, second, third) for links in list_links(html, "hexapla-list")
    ]
    titles = [text for link, text, _ in listed if "/help/" in link]
    assert titles == [*expected, "Export a file", "Undo a file", "View a file"]
    marked = [text for _, text, language in listed if language == "en-US"]
    assert set(marked) == {"English", *titles[-3:]}  # English is where letters end
    assert "Inte översatt än" in third
    assert "Inte översatt än" not in first
    assert list_titles(first, "hexapla-pages") == ["1", "2", "3", "Nästa"]
    assert "<title>Post &amp; brev – Sida 2 - Hjälp</title>" in second
    assert not (topics / "sv-SE/products/mail/page-4").exists()


def test_letters_lead_to_headings(topics: Path) -> None:
    html = read(topics, "products/mail")
    letters = list_links(html, "hexapla-letters")
    assert [text for _, text, _ in letters] == list("ABCDEFGHIJKLMNOPQRSTUV")
    link = next(link for link, text, _ in letters if text == "M")
    page, _, anchor = link.partition("#")
    assert page == "page-2/"
    assert f'<h3 id="{anchor}">M</h3>' in read(topics, "products/mail/page-2")


def test_sections_are_named_in_each_language(topics: Path) -> None:
    swedish = read(topics, "sv-SE/products/mail")
    assert list_titles(swedish, "hexapla-sections") == ["Regler & <b>råd</b>"]
    (section,) = [link for link, *_ in list_links(swedish, "hexapla-sections")]
    name = section.rstrip("/").rpartition("/")[2]
    assert list_titles(read(topics, f"ar-SA/products/mail/{name}"), "hexapla-list") == [
        "ملف Create",
        "ملف Delete",
    ]
    # Nobody delivered a name in English.
    assert list_titles(read(topics, "products/mail"), "hexapla-sections") == [
        "Create a file · Delete a file"
    ]


def test_articles_say_their_place(topics: Path) -> None:
    html = read(topics, "sv-SE/help/mail/create-a-file")
    assert list_titles(html, "hexapla-trail") == ["Start", "Post & brev", "Regler & <b>råd</b>"]
    assert list_links(html, "hexapla-trail")[0][0] == "../../../"
    ((link, text, _),) = list_links(html, "hexapla-beside")
    assert link == "../delete-a-file/"
    assert text.endswith("Å Delete")
    order = list_links(read(topics, "sv-SE/help/mail/add-a-file"), "hexapla-beside")
    assert [link for link, *_ in order] == ["../block-a-file/"]
    assert list_links(html, "hexapla-related")


def test_breadcrumbs_are_told_to_search_engines(topics: Path) -> None:
    html = read(topics, "sv-SE/help/mail/create-a-file")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found
    steps = json.loads(found[1])["itemListElement"]
    assert [step["name"] for step in steps] == ["Start", "Post & brev", "Regler & <b>råd</b>"]
    assert steps[1]["item"] == "https://help.example/help/sv-SE/products/mail/"


def test_titles_are_text(topics: Path) -> None:
    html = read(topics, "products/other")
    assert "A b &amp; c</a>" in html


def test_delivered_names_are_text_wherever_they_stand(topics: Path) -> None:
    for path in topics.glob("sv-SE/**/index.html"):
        assert "<b>råd" not in path.read_text(encoding="utf-8"), path


def test_lists_are_of_the_locales_own_topics(topics: Path) -> None:
    assert "Bara på svenska" in read(topics, "sv-SE/products/other")
    assert "Bara på svenska" not in read(topics, "products/other")


def test_lists_are_in_all_locales(topics: Path) -> None:
    html = read(topics, "products/mail/page-2")
    found = re.findall(r'<link rel="alternate ?" href="([^"]*)" hreflang="([^"]+)"', html)
    named = {locale: link for link, locale in found}
    assert {"sv-SE", "ar-SA", "x-default"} <= named.keys()
    assert named["ar-SA"].endswith("/ar-SA/products/mail/page-2/")


def test_links_of_lists_lead_somewhere(topics: Path) -> None:
    for path in topics.glob("**/products/**/index.html"):
        html = path.read_text(encoding="utf-8")
        names = (
            "hexapla-list",
            "hexapla-letters",
            "hexapla-pages",
            "hexapla-sections",
            "hexapla-nav",
        )
        for link, *_ in [found for name in names for found in list_links(html, name)]:
            target = (path.parent / link.partition("#")[0]).resolve()
            assert (target / "index.html").is_file(), (path, link)


def test_pages_do_not_grow_with_the_number_of_topics(topics: Path) -> None:
    for path in topics.glob("**/help/**/index.html"):
        html = path.read_text(encoding="utf-8")
        assert sum(f"{word} a file" in html for word in topics_site.WORDS) < 10, path


def test_all_mistakes_in_our_options_are_told_at_once(root: Path, tmp_path: Path) -> None:
    options = (
        "      products:\n        - {id: A, match: {title: '('}}\n      topics_per_page: many\n"
    )
    topics_site.write_repository(root, tmp_path, options)
    done = topics_site.build(tmp_path, tmp_path / FOLDER)
    assert done.returncode != 0
    for text in (
        "mkdocs.yml: plugins.hexapla.products[0].id: 'A' is not",
        "mkdocs.yml: plugins.hexapla.products[0].name: a name is missing",
        "mkdocs.yml: plugins.hexapla.products[0].match.title: '(' is not a regular expression",
        "mkdocs.yml: plugins.hexapla.topics_per_page: 'many' is not a whole number",
    ):
        assert text in done.stderr
    assert "Traceback" not in done.stderr
