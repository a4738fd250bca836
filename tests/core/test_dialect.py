"""Alerts become GitHub's in every language; what Markdown lacks is kept and reported once."""

import pytest
from hypothesis import given, strategies as st

from hexapla.dialect import ALERTS, normalize_dialect
from tests.support.fixtures import load_cases

PIECES = (
    "> [!",
    "OBS",
    "]",
    "[!INCLUDE [",
    "](#tab/a)",
    "# ",
    ":::row:::",
    "\n",
    "```\n",
    " ",
    ">",
)


def describe(text: str) -> str:
    """Write the normalized text, then a line per finding."""
    normalized, findings = normalize_dialect(text, "a.md")
    lines = [
        f"{finding.line}:{finding.column} {finding.code}: {finding.message}" for finding in findings
    ]
    return "\n".join([normalized, *lines])


@pytest.mark.parametrize(("given", "expected"), load_cases("dialect.txt"))
def test_the_dialect_is_normalized(given: str, expected: str) -> None:
    assert describe(given) == expected


@pytest.mark.parametrize("word", ALERTS)
def test_every_keyword_is_read_as_delivered_and_in_capitals(word: str) -> None:
    for written in (word, word.upper(), word.capitalize(), f" {word} "):
        assert normalize_dialect(f"> [!{written}]\n> x", "a.md") == (
            f"> [!{ALERTS[word]}]\n> x",
            [],
        )


@pytest.mark.parametrize(
    ("word", "kind"), [("UYARI", "WARNING"), ("İPUCU", "TIP"), ("ÖNEMLİ", "IMPORTANT")]
)
def test_turkish_capitals_are_read(word: str, kind: str) -> None:
    assert normalize_dialect(f"> [!{word}]", "a.md") == (f"> [!{kind}]", [])


def test_the_kinds_are_those_that_github_renders() -> None:
    assert set(ALERTS.values()) == {"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_lines_stay_where_they_are(text: str) -> None:
    assert normalize_dialect(text, "a.md")[0].count("\n") == text.count("\n")


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    once = normalize_dialect(text, "a.md")[0]
    assert normalize_dialect(once, "a.md")[0] == once
