"""The site's locales: every tag that deliveries come in, and how mkdocs.yml is edited."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from hexapla.cli import hexapla
from hexapla.errors import HexaplaError
from hexapla.locale_editing import add_language
from hexapla.locale_settings import check_languages, find_own_name

MKDOCS = """\
# The site.
site_name: Help   # its name

plugins:
  - search
  - i18n:
      docs_structure: suffix
      languages:
        # The source.
        - locale: en-US
          default: true
          name: English
        - locale: sv-SE
          name: Svenska
          site_name: Hjälp   # help

      # What follows stays.
  - hexapla
"""


def test_a_locale_is_added_and_all_else_stays() -> None:
    added = add_language(MKDOCS, "pt_br", "Ajuda")
    assert added == MKDOCS.replace(
        "Hjälp   # help\n",
        "Hjälp   # help\n        - locale: pt-BR\n          name: Português (Brasil)\n"
        "          site_name: Ajuda\n",
    )
    assert add_language(added, "pt-BR") == added
    assert add_language(MKDOCS, "sv-SE", "Other") == MKDOCS


def test_a_list_at_the_end_of_the_file_can_be_added_to() -> None:
    text = "plugins:\n  i18n:\n    languages:\n    - {locale: en-US, name: English}"
    expected = f"{text}\n    - locale: ja-JP\n      name: 日本語\n"
    assert add_language(text, "ja-JP") == expected


@pytest.mark.parametrize(
    ("text", "tag", "message"),
    [
        (MKDOCS, "xx-YY", "'xx-YY' is not a known locale"),
        (MKDOCS, "sv-XX", "there is no territory XX"),
        (MKDOCS, "fil-PH", "mkdocs-static-i18n does not take 'fil-PH'"),
        ("plugins: [search]", "sv-SE", "plugins.i18n.languages is missing"),
        ("a: [", "sv-SE", "mkdocs.yml:1: not valid YAML"),
        ("plugins: {i18n: {languages: [{locale: en-US}]}}", "sv-SE", "has no items"),
    ],
)
def test_what_cannot_be_added_is_refused(text: str, tag: str, message: str) -> None:
    with pytest.raises(HexaplaError) as caught:
        add_language(text, tag)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("zh-CN", "简体中文"),
        ("zh-TW", "繁體中文"),
        ("pt-BR", "Português (Brasil)"),
        ("pt-PT", "Português (Portugal)"),
        ("sr-Latn-RS", "Srpski"),
        ("nb-NO", "Norsk bokmål"),
        ("he-IL", "עברית"),
        ("en-US", "English"),
        ("sv-JP", "Svenska"),
    ],
)
def test_names_are_the_speakers_own(tag: str, name: str) -> None:
    assert find_own_name(tag) == name


def test_all_mistakes_in_the_languages_are_told_at_once() -> None:
    languages = [
        SimpleNamespace(locale="en-US", name="English"),
        SimpleNamespace(locale="xx-YY", name=""),
        SimpleNamespace(locale="en-US", name="English"),
    ]
    assert check_languages(languages) == [
        "plugins.i18n.languages[1].locale: 'xx-YY' is not a known locale",
        "plugins.i18n.languages[1].name: the language's own name is missing",
        "plugins.i18n.languages: 'en-US' is there 2 times",
    ]


@pytest.fixture
def repository(tmp_path: Path, root: Path) -> Path:
    (tmp_path / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (tmp_path / "docs/help/a").mkdir(parents=True)
    (tmp_path / "docs/help/a/index.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / "docs/index.sv-SE.md").write_text("# Hem\n", encoding="utf-8")
    (tmp_path / "overrides").symlink_to(root / "overrides")
    return tmp_path


def test_the_commands(repository: Path) -> None:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(hexapla, ["-C", str(repository), "locale", *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    listed = [line.split() for line in run("list").splitlines()]
    assert listed[1] == ["en-US", "English", "(source)", "en", "Latn", "ltr", "complete", "1"]
    assert listed[2][-1] == "0"
    before = (repository / "mkdocs.yml").read_bytes()
    assert "would be added" in run("add", "-n", "ar-SA")
    assert (repository / "mkdocs.yml").read_bytes() == before
    assert "ar-SA: added" in run("add", "ar-SA", "SV-se")
    after = (repository / "mkdocs.yml").read_bytes()
    assert "site_name: المساعدة".encode() in after
    assert "is there already" in run("add", "ar-SA")
    assert (repository / "mkdocs.yml").read_bytes() == after
    assert '"direction": "rtl"' in run("list", "--format", "json")
