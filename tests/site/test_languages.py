"""Every passage says its language: the nearest `lang` is that of the words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hexapla.interface_language import complete_tag

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
SILENT = frozenset({"script", "style", "code", "pre", "kbd", "title"})
"""Elements that say nothing; a title has the page's name and the site's, each in its language."""
SPOKEN = ("aria-label", "title", "alt", "placeholder")

NAMED = {"ARABIC": "Arab", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "CJK": "Jpan"}
SCRIPTS = NAMED | {"CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "LATIN": "Latn"}

TELLING = {
    "en": set("the and with your you this that from are have".split()),
    "sv": set("och att inte för från är ett".split()),
    "nb": set("og ikke fra å hvis noe blir".split()),
    "nl": set("het een voor niet van wordt zijn uw".split()),
    "sr": set("je koji ili ovaj ako".split()),
}
"""Words that tell a language from the others here."""


class PassageReader(HTMLParser):
    """Collects passages, each with the nearest language."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.passages: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        language = values.get("lang") or (self.stack[-1][1] if self.stack else "")
        for name in SPOKEN:
            if values.get(name):
                self.passages.append((language, str(values[name])))
        if tag not in VOID:
            self.stack.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        if text.strip() and not any(tag in SILENT for tag, _ in self.stack):
            self.passages.append((self.stack[-1][1] if self.stack else "", text.strip()))


def find_script(letter: str) -> str:
    return SCRIPTS.get(unicodedata.name(letter, "?").split()[0], "Latn")


def judge(language: str, text: str) -> str:
    """Say why a passage cannot be in a language; empty: it may be."""
    if not language:
        return "has no language"
    letters = [letter for letter in text if letter.isalpha()]
    scripts = {find_script(letter) for letter in letters}
    expected = complete_tag(language)[1]
    if foreign := scripts - {expected, "Latn"}:
        return f"has letters of {', '.join(sorted(foreign))}"
    words = re.findall(r"[^\W\d_]+", text.lower())
    base = language.partition("-")[0]
    if expected != "Latn" and scripts == {"Latn"} and len(words) > 4:
        return "is in Latin letters"
    if len(words) < 3:
        return ""
    shares = {
        name: sum(word in telling for word in words) / len(words)
        for name, telling in TELLING.items()
    }
    best = max(shares, key=lambda name: shares[name])
    wrong = best != base and shares[best] >= 0.2 and shares[best] > 2 * shares.get(base, 0)
    return f"looks like {best}" if wrong else ""


@pytest.mark.parametrize(
    ("language", "text", "is_wrong"),
    [
        ("", "x", True),
        ("sv-SE", "Det här är en mening som är svensk.", False),
        ("sv-SE", "This is the sentence that you have from the original.", True),
        ("en-US", "Den här artikeln är inte översatt och att du läser", True),
        ("ar-SA", "Tidelight Admin", False),
        ("ar-SA", "You are reading the original text", True),
        ("ar-SA", "هذه مقالة", False),
        ("en-US", "هذه", True),
        ("sr-Latn-RS", "Помоћ", True),
        ("ja-JP", "この記事", False),
    ],
)
def test_the_judge(language: str, text: str, is_wrong: bool) -> None:
    assert bool(judge(language, text)) == is_wrong


def list_wrong(site: Path) -> Iterator[str]:
    for file in sorted(site.rglob("*.html")):
        reader = PassageReader()
        reader.feed(file.read_text(encoding="utf-8"))
        for language, text in dict.fromkeys(reader.passages):
            if reason := judge(language, text):
                place = file.relative_to(site).as_posix()
                yield f"{place}: {language}: {text[:80]!r} {reason}"


def test_every_passage_has_the_right_language(site: Path) -> None:
    assert list(list_wrong(site)) == []
