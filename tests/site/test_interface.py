"""Interface strings, the theme's and ours, exist in every configured locale."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from hexapla.interface_language import choose_theme_language
from tests.site.small_site import LOCALES

DELIVERED = (
    "ar-SA bg-BG cs-CZ da-DK de-DE el-GR en-US es-ES et-EE fi-FI fr-FR he-IL hr-HR hu-HU id-ID"
    " it-IT ja-JP ko-KR lt-LT lv-LV nb-NO nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI"
    " sr-Latn-RS sv-SE th-TH tr-TR uk-UA vi-VN zh-CN zh-TW"
).split()
"""The locales that deliveries come in, configured or not."""

SAME_IN_MANY = {"blog.meta", "nav", "rss.created", "tabs", "blog.categories.in"}
"""Keys whose text may be that of English, or that our pages never show."""

NO_TEXT = re.compile(r"direction|language|search\.config\..*|blog\..*")


class AnyTag(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags only MkDocs knows."""


AnyTag.add_multi_constructor("", lambda loader, suffix, node: None)


@pytest.fixture(scope="module")
def configuration(root: Path) -> Any:
    return yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), AnyTag)


@pytest.fixture(scope="module")
def catalogs(root: Path) -> dict[str, dict[str, str]]:
    catalogs: dict[str, dict[str, str]] = defaultdict(dict)
    for file in sorted((root / "overrides/interface").glob("*.yml")):
        for locale, strings in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            repeated = catalogs[locale].keys() & strings
            assert not repeated, f"{file.name}: {locale} says {repeated} again"
            catalogs[locale] |= strings
    return catalogs


def read_theme_strings(language: str) -> dict[str, str]:
    spec = find_spec("material")
    assert spec and spec.origin
    path = Path(spec.origin).parent / f"templates/partials/languages/{language}.html"
    if not path.exists():
        return {}
    return dict(re.findall(r'"([\w.]+)": "(.*)"', path.read_text(encoding="utf-8")))


def test_the_tests_know_the_configured_locales(configuration: Any) -> None:
    i18n = next(plugin["i18n"] for plugin in configuration["plugins"] if "i18n" in plugin)
    languages = i18n["languages"]
    assert tuple(language["locale"] for language in languages) == LOCALES
    assert all(language["name"] and language["site_name"] for language in languages)


@pytest.mark.parametrize("locale", LOCALES)
def test_our_strings_exist(catalogs: dict[str, dict[str, str]], locale: str) -> None:
    source = catalogs[LOCALES[0]]
    strings = catalogs[locale]
    assert [key for key in source if not strings.get(key)] == []
    assert [key for key in source if source[key].count("%d") != strings[key].count("%d")] == []


def list_catalog_files() -> list[Path]:
    return sorted((Path(__file__).parents[2] / "overrides/interface").glob("*.yml"))


@pytest.mark.parametrize("file", list_catalog_files(), ids=lambda file: file.name)
def test_every_catalog_has_every_string_in_all_delivered_locales(file: Path) -> None:
    catalog = yaml.safe_load(file.read_text(encoding="utf-8"))
    source = catalog["en-US"]
    assert sorted(catalog) == sorted(DELIVERED)
    missing = {
        locale: [key for key in source if not catalog[locale].get(key)] for locale in DELIVERED
    }
    assert {locale: keys for locale, keys in missing.items() if keys} == {}


def test_templates_ask_for_strings_that_exist(
    root: Path, catalogs: dict[str, dict[str, str]]
) -> None:
    known = catalogs[LOCALES[0]].keys() | read_theme_strings("en").keys()
    asked = {
        (path.name, key)
        for path in (root / "overrides").rglob("*.html")
        for key in re.findall(r"""lang\.t\(["']([\w.]+)["']\)""", path.read_text(encoding="utf-8"))
    }
    assert {(name, key) for name, key in asked if key not in known} == set()


@pytest.mark.parametrize("locale", LOCALES[1:])
def test_the_themes_strings_exist(catalogs: dict[str, dict[str, str]], locale: str) -> None:
    english = read_theme_strings("en")
    language = choose_theme_language(locale, lambda name: bool(read_theme_strings(name)))
    strings = read_theme_strings(language) | catalogs[locale]
    missing = [
        key
        for key, text in english.items()
        if not NO_TEXT.fullmatch(key)
        and (key not in strings or (strings[key] == text and key not in SAME_IN_MANY))
    ]
    assert missing == []
