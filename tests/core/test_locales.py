"""Locales are BCP 47 tags that CLDR knows."""

import pytest

from hexapla.errors import UsageError
from hexapla.locales import is_locale, parse_locale


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("sv-SE", "sv-SE"),
        ("SV_se", "sv-SE"),
        ("sr-Latn-RS", "sr-Latn-RS"),
        ("SR-LATN-rs", "sr-Latn-RS"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("fil-PH", "fil-PH"),
        ("de", "de"),
        ("sv-JP", "sv-JP"),
        ("ca-ES-VALENCIA", "ca-ES-valencia"),
        ("de-1996", "de-1996"),
    ],
)
def test_tags_have_one_spelling(tag: str, expected: str) -> None:
    assert parse_locale(tag) == expected
    assert is_locale(expected)
    assert is_locale(tag) == (tag == expected)


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "-",
        "sv-",
        "sv-SE ",
        "sv--SE",
        "../sv",
        "sv/SE",
        "sv-SE.UTF-8",
        "sv-SE@euro",
        "root",
        "und",
        "zz",
        "svenska",
        "sv-RS-Latn",
        "sv-SE-" + "x" * 500,
        "sv\0",
        "sv-٤١٩",
    ],
)
def test_other_text_is_no_locale(tag: str) -> None:
    assert not is_locale(tag)
    with pytest.raises(UsageError, match="is not a known locale"):
        parse_locale(tag)


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("sv-XX", "'sv-XX' is not a known locale: there is no territory XX"),
        ("sv-Abcd-SE", "'sv-Abcd-SE' is not a known locale: there is no script Abcd"),
        ("xx-SE", "'xx-SE' is not a known locale"),
    ],
)
def test_an_error_says_what_is_not_known(tag: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_locale(tag)
    assert caught.value.message == message
    assert caught.value.hint == "use a BCP 47 tag such as sv-SE or sr-Latn-RS"
