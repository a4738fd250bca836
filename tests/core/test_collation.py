from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from hexapla.collation import ALPHABETS, Collator


@pytest.mark.parametrize(
    ("locale", "titles"),
    [
        ("en-US", ["“Add” users", "Ähre", "éclair", "edit", "Zoom"]),
        ("sv-SE", ["Ange", "Zooma", "Åtgärda", "Ändra", "Öppna"]),
        ("nb-NO", ["Angi", "Zoome", "Ære", "Øke", "Åpne"]),
        ("de-DE", ["Ändern", "Anfang", "Straße", "Strasse 2"]),
        ("hr-HR", ["Cijena", "Čitanje", "Ćud", "Dan", "Đak"]),
        ("pl-PL", ["Lato", "Łatwo", "Zero", "Źródło", "Żaba"]),
        ("tr-TR", ["Hız", "Irmak", "İndir", "Jilet"]),
        ("ru-RU", ["Ёлка", "Ель", "Жук", "Йод", "Код"]),
        ("es-ES", ["Nube", "Ñandú", "Oso"]),
        ("ja-JP", ["あ", "ガス", "かな", "サ", "さい"]),
        ("ko-KR", ["가", "나", "다"]),
        ("ar-SA", ["أمان", "بحث", "تحميل"]),
    ],
)
def test_titles_sort_as_readers_expect(locale: str, titles: list[str]) -> None:
    key = Collator(locale).make_key
    assert sorted(set(titles), key=key) == titles


@pytest.mark.parametrize(
    ("locale", "title", "initial"),
    [
        ("en-US", "“Quoted”", "Q"),
        ("en-US", "Ünder", "U"),
        ("en-US", "365 days", "0–9"),
        ("en-US", "…", "#"),
        ("en-US", "", "#"),
        ("sv-SE", "Över", "Ö"),
        ("sv-SE", "Éclair", "E"),
        ("tr-TR", "indir", "İ"),
        ("tr-TR", "Irmak", "I"),
        ("ja-JP", "ファイル", "は"),
        ("ja-JP", "がぞう", "か"),
        ("ja-JP", "設定", "漢"),
        ("ko-KR", "파일", "ㅍ"),
        ("zh-CN", "设置", "漢"),
        ("ar-SA", "البحث", "ا"),
        ("ru-RU", "йод", "Й"),
        ("sr-Cyrl-RS", "Ђак", "Ђ"),
        ("th-TH", "การ", "ก"),
    ],
)
def test_initials(locale: str, title: str, initial: str) -> None:
    assert Collator(locale).find_initial(title) == initial


@pytest.mark.parametrize("alphabet", ALPHABETS.values())
def test_alphabets_have_each_letter_once(alphabet: str) -> None:
    assert len(set(alphabet)) == len(alphabet)


@given(st.lists(st.text(max_size=5)), st.sampled_from(["en-US", "sv-SE", "ja-JP", "tr-TR"]))
def test_any_text_sorts(titles: list[str], locale: str) -> None:
    collator = Collator(locale)
    ordered = sorted(titles, key=collator.make_key)
    assert sorted(set(titles), key=collator.make_key) == list(dict.fromkeys(ordered))
    assert all(collator.find_initial(title) for title in titles)
