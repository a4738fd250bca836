"""The locales to measure with, and what their text looks like."""

from __future__ import annotations

from dataclasses import dataclass

SOURCE = "en-US"


@dataclass(frozen=True, slots=True)
class Writing:
    """How a locale's text is made up where there is no real one."""

    letters: str
    """Letters that words are made of, frequent ones first."""
    length: tuple[int, int]
    """Shortest and longest word, in letters."""
    ratio: float
    """Words per word of the source, so that sentences are as long as where they were measured."""
    gap: str = " "
    """What stands between two words."""
    stop: str = "."
    """What ends a sentence."""


LATIN = Writing("etnarsildokmgvpfuhbcyjåäöxz", (3, 15), 0.97)
CYRILLIC = Writing("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфё", (3, 15), 0.95)
GREEK = Writing("αοιετσνηυρπκμλςωδγχθφβξζψ", (2, 11), 1.05)
ARABIC = Writing("اليمنتروبعدسفهكقحجةشصطخضءذثزئغظ", (3, 12), 0.92)
HEBREW = Writing("יולהאמתרשנבדחפעקצטגסכזםן", (2, 7), 0.85)
HANGUL = Writing("이다는을에의가하고지사로한용기를정있수도니인대해자스", (1, 6), 0.8)
KANJI = Writing(
    "のにをすはるてしがとアス定用設管理者選択表示名前面登録メール変更場合次", (2, 9), 0.72, "", "。"
)
HANZI = Writing("的您用一在可以设置选择管理户如果不要使为了此中件是有将应", (1, 4), 0.8, "", "。")
THAI = Writing("านรกอเงมยลวดทสตะปบคแจพหขช", (2, 8), 0.9, "")

WRITINGS = {
    "ar": ARABIC,
    "bg": CYRILLIC,
    "el": GREEK,
    "he": HEBREW,
    "ja": KANJI,
    "ko": HANGUL,
    "ru": CYRILLIC,
    "th": THAI,
    "uk": CYRILLIC,
    "zh": HANZI,
}
"""By language; the others write as LATIN says."""

TAGS = tuple(
    """
    sv-SE nl-NL nb-NO ar-SA ja-JP de-DE fr-FR he-IL zh-CN es-ES it-IT pl-PL pt-BR cs-CZ da-DK
    fi-FI el-GR hu-HU ko-KR ru-RU tr-TR uk-UA th-TH bg-BG et-EE hr-HR id-ID lt-LT lv-LV pt-PT
    ro-RO sk-SK sl-SI sr-Latn-RS vi-VN zh-TW
    """.split()
)
"""Targets in the order in which they are taken: those of the corpus first, then in a mixture."""


def choose_tags(locales: int) -> tuple[str, ...]:
    """Choose the targets of a site with so many locales, the source among them."""
    if not 2 <= locales <= len(TAGS) + 1:
        raise ValueError(f"--locales is 2 to {len(TAGS) + 1}")
    return TAGS[: locales - 1]


def find_writing(tag: str) -> Writing:
    """Find how a locale writes."""
    return WRITINGS.get(tag.partition("-")[0], LATIN)


def choose_base(tag: str, tags: tuple[str, ...]) -> str:
    """Choose which of the delivered locales to make another one from: of its own kind, if any."""
    kind = _name_kind(tag)
    alike = [other for other in tags if _name_kind(other) == kind]
    return alike[TAGS.index(tag) % len(alike)] if alike else tags[0]


def _name_kind(tag: str) -> str:
    writing = find_writing(tag)
    if not writing.gap:
        return "without spaces"
    return "right to left" if writing in {ARABIC, HEBREW} else "left to right"
