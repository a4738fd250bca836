from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hexapla.interface_language import choose_theme_language, get_direction
from hexapla.mkdocs_adapter import title_alerts
from hexapla.mkdocs_adapter.bundles import list_folders
from tests.site.conftest import build_site, read_search_index
from tests.site.small_site import LOCALES

THEME = frozenset("ar en hr ja ku-IQ nb nl pt pt-BR sh sr sv tl zh zh-Hant zh-TW".split())


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en-US", "en"),
        ("sv-SE", "sv"),
        ("nb-NO", "nb"),
        ("no-NO", "nb"),
        ("nl-NL", "nl"),
        ("ar-SA", "ar"),
        ("ja-JP", "ja"),
        ("sr", "sr"),
        ("sr-Cyrl-RS", "sr"),
        ("sr-Latn-RS", "sh"),
        ("sv-Cyrl", "en"),
        ("zh-CN", "zh"),
        ("zh-TW", "zh-TW"),
        ("zh-HK", "zh-Hant"),
        ("pt-BR", "pt-BR"),
        ("pt-PT", "pt"),
        ("fil-PH", "tl"),
        ("ca-ES-valencia", "en"),
    ],
)
def test_the_interface_is_in_the_locales_language_and_script(tag: str, expected: str) -> None:
    assert choose_theme_language(tag, THEME.__contains__) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ar-SA", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("sr-Latn-RS", "ltr")],
)
def test_direction_is_the_scripts(tag: str, expected: str) -> None:
    assert get_direction(tag) == expected


def test_folders_above_a_path() -> None:
    assert list(list_folders("a/b/index.md")) == ["", "a", "a/b"]
    assert list(list_folders("index.md")) == [""]


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("note", "Note", ("note", "Obs!")),
        ("note", "Own", ("note", "Own")),
        ("important", "Important", ("important info", "Important")),
        ("other", "Other", ("other", "Other")),
    ],
)
def test_alert_titles(kind: str, title: str, expected: tuple[str, str]) -> None:
    html = '<div class="admonition {}">\n<p class="admonition-title">{}</p>'
    assert title_alerts(html.format(kind, title), {"alert.note": "Obs!"}) == html.format(*expected)


def read(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def get_root(locale: str) -> str:
    return "" if locale == LOCALES[0] else locale


@pytest.mark.parametrize("locale", LOCALES)
def test_pages_say_their_language_and_direction(small_site: Path, locale: str) -> None:
    direction = "rtl" if locale == "ar-SA" else "ltr"
    for path in ("", "sync"):
        html = read(small_site, f"{get_root(locale)}/{path}".strip("/"))
        assert f'<html dir="{direction}" lang="{locale}"' in html


def test_a_latin_locale_has_no_cyrillic_interface(small_site: Path) -> None:
    for path in small_site.glob("sr-Latn-RS/**/*.html"):
        assert not re.search("[\u0400-\u04ff]", path.read_text(encoding="utf-8")), path


def test_a_fallback_says_so_and_marks_the_language_of_its_text(small_site: Path) -> None:
    html = read(small_site, "sr-Latn-RS/sync")
    assert "Nije dostupno na vašem jeziku" in html
    assert '<div lang="en-US" dir="ltr">' in html
    assert "hexapla-fallback" not in read(small_site, "sv-SE/sync")
    assert "hexapla-fallback" not in read(small_site, "sync")


def test_search_engines_hear_of_translated_pages_only(small_site: Path) -> None:
    expected = {*LOCALES[:-1], "x-default"}
    for path in ("sync", "sv-SE/sync", "sr-Latn-RS/sync"):
        html = read(small_site, path)
        named = re.findall(r'<link rel="alternate " href="[^"]*" hreflang="([^"]+)"', html)
        assert sorted(named) == sorted(expected)


def test_topics_without_a_source_are_built(small_site: Path) -> None:
    assert "Bara här" in read(small_site, "sv-SE/chat/only-here")
    assert "هنا فقط" in read(small_site, "ar-SA/chat/only-here")
    assert not (small_site / "chat/only-here").exists()
    assert not (small_site / "nb-NO/chat/only-here").exists()


def test_snippets_and_our_own_files_are_no_pages(small_site: Path) -> None:
    names = {part for path in small_site.rglob("*") for part in path.relative_to(small_site).parts}
    assert names & {"includes", "interface.yml", ".meta.yml"} == set()


def test_media_are_published_once(small_site: Path) -> None:
    pixels = [path.relative_to(small_site).as_posix() for path in small_site.rglob("pixel.png")]
    assert pixels == ["sync/media/pixel.png"]
    assert 'src="../../sync/media/pixel.png"' in read(small_site, "sv-SE/sync")


def test_alerts_are_titled_in_the_language_of_the_text(small_site: Path) -> None:
    def list_titles(path: str) -> list[str]:
        return re.findall(r'<p class="admonition-title">([^<]+)', read(small_site, path))

    assert list_titles("sv-SE/sync") == ["Obs!", "A title of its own", "Försiktighet"]
    assert list_titles("sr-Latn-RS/sync")[1:] == ["Note", "A title of its own", "Caution"]


def test_bundle_metadata_counts_for_that_bundle_alone(small_site: Path) -> None:
    assert "only-sync" in read(small_site, "sync")
    assert "only-sync" in read(small_site, "ja-JP/sync")
    assert "only-sync" not in read(small_site, "sync-a-picture")


def test_no_topic_page_lists_the_topics(small_site: Path) -> None:
    html = read(small_site, "sv-SE/chat/only-here")
    assert "Synka en bild" not in html


def test_every_locale_has_its_own_search_index(small_site: Path) -> None:
    for locale in LOCALES:
        assert '"sync/"' in read_search_index(small_site / get_root(locale))
    swedish = read_search_index(small_site / "sv-SE")
    assert '"chat/only-here/"' in swedish
    assert "zebrafink" in swedish
    assert "zebrafinch" not in swedish
    assert not list(small_site.rglob("search_index.json"))


def test_the_themes_own_search_can_be_chosen(root: Path, tmp_path: Path) -> None:
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("  - hexapla:\n", "  - hexapla:\n      search: {engine: material}\n")
    project = tmp_path / "project"
    project.mkdir()
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    (project / "overrides").symlink_to(root / "overrides")
    for locale, name in {"en-US": "index.md", "sv-SE": "index.sv-SE.md"}.items():
        for folder in ("", "topic/"):
            path = project / "docs" / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# Title {locale}\n\nText.\n", encoding="utf-8")
    site = build_site(project, project / "docs", tmp_path)
    index = json.loads((site / "sv-SE/search/search_index.json").read_text(encoding="utf-8"))
    assert index["config"]["lang"] == ["sv"]
    locations = {entry["location"].partition("#")[0]: entry["title"] for entry in index["docs"]}
    assert locations == {"": "Title sv-SE", "topic/": "Title sv-SE"}
    html = read(site, "sv-SE/topic")
    assert html.count("data-md-component=\"search-query\"") == 1
    assert "hexapla-search" not in html
    assert not list(site.rglob("hexapla-search"))


def test_the_page_for_missing_addresses_is_the_source_locales(small_site: Path) -> None:
    html = (small_site / "404.html").read_text(encoding="utf-8")
    assert 'lang="en-US"' in html
    assert "Page not found" in html
    swedish = (small_site / "sv-SE/404.html").read_text(encoding="utf-8")
    assert 'lang="sv-SE"' in swedish
    assert "Sidan hittades inte" in swedish
