"""Word changes: what differs between two texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from hexapla.word_changes import Kind, compare_words, list_words, split_words

MARKS = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "[+{}+]"}


def show(before: str, after: str) -> str:
    return "".join(MARKS[part.kind].format(part.text) for part in compare_words(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("", "New.", "[+New.+]"),
        ("Gone.", "", "[-Gone.-]"),
        ("Select **OK**.", "Select **Save**.", "Select **[-OK-][+Save+]**."),
        ("the quick brown fox", "a slow brown dog", "[-the quick-][+a slow+] brown [-fox-][+dog+]"),
        ("a b", "a  b", "a[- -][+  +]b"),
        ("version 1.5 of it", "version 1.6 of it", "version [-1.5-][+1.6+] of it"),
        ("it doesn't work", "it does work", "it [-doesn't-][+does+] work"),
        ("[Go](a.md) now", "[Go](b.md) now", "[Go]([-a-][+b+].md) now"),
        ("更改为新的用户密码", "更改了旧的用户密码", "更改[-为新-][+了旧+]的用户密码"),
        ("東京に行きます。", "京都に行きます。", "[-東京-][+京都+]に行きます。"),
        (
            "เปลี่ยนรหัสผ่านของคุณ",
            "เปลี่ยนชื่อผู้ใช้ของคุณ",
            "เปลี่ยน[-รหัสผ่าน-][+ชื่อผู้ใช้+]ของคุณ",
        ),
        ("हिन्दी भाषा", "हिन्दी भाषाएँ", "हिन्दी [-भाषा-][+भाषाएँ+]"),
        ("파일을 저장합니다", "파일을 삭제합니다", "파일을 [-저장합니다-][+삭제합니다+]"),
        ("افتح الملف، ثم", "احفظ الملف، ثم", "[-افتح-][+احفظ+] الملف، ثم"),
    ],
)
def test_words_are_compared_in_any_script(before: str, after: str, expected: str) -> None:
    assert show(before, after) == expected


def test_tone_marks_and_vowel_signs_stay_with_their_letters() -> None:
    assert split_words("ผู้ใช้") == ["ผู้", "ใ", "ช้"]
    assert split_words("e\u0301te\u0301 हिन्दी") == ["e\u0301te\u0301", " ", "हिन्दी"]


def test_words_that_tell_texts_apart() -> None:
    assert list_words("Select **OK**, 用户名") == ["select", "ok", "用户", "户名"]


TEXTS = st.text(st.sampled_from("ab ,.*\n漢字ไก่'1é"), max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_their_changes(before: str, after: str) -> None:
    parts = compare_words(before, after)
    assert "".join(part.text for part in parts if part.kind is not Kind.ADDED) == before
    assert "".join(part.text for part in parts if part.kind is not Kind.REMOVED) == after
    assert all(part.text for part in parts)
    kinds = [part.kind for part in parts]
    assert all(one is not other for one, other in pairwise(kinds))
    assert "".join(split_words(before)) == before
