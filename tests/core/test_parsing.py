"""Articles are parsed, whatever is in them, and rendered to their very bytes."""

import pytest
from hypothesis import example, given, strategies as st

from hexapla.parsing import parse_article, render_article
from tests.core.articles import files, write_front, write_units


def report(data: bytes, locale: str = "sv-SE") -> list[str]:
    """Give the findings about a file as users see them."""
    return [finding.render_text() for finding in parse_article(data, locale, "a.md")[1]]


@given(st.binary())
@example(b"---\n---\n")
@example(b"\xef\xbb\xbf\r\n\r\r\n\n\0\xff")
@example(b"---\r\ntitle: a\r\n---\nb")
def test_any_bytes_come_back(data: bytes) -> None:
    assert render_article(parse_article(data, "sv-SE", "a.md")[0]) == data


@given(files())
def test_any_article_comes_back(data: bytes) -> None:
    assert render_article(parse_article(data, "sv-SE", "a.md")[0]) == data


@given(files())
def test_findings_stand_within_the_file(data: bytes) -> None:
    article, findings = parse_article(data, "sv-SE", "a.md")
    lines = render_article(article).decode("utf-8", "surrogateescape").split("\n")
    for finding in findings:
        assert 0 <= finding.line <= len(lines)
        assert finding.column <= len(lines[finding.line - 1]) + 1
        assert "\n" not in finding.render_text()


def test_an_article_says_what_it_is() -> None:
    text = write_front() + write_units("# ", ("Dela", "Share"), "\n")
    article, findings = parse_article(text.encode(), "sv-SE", "locales/sv-SE/a.md")
    assert findings == []
    assert article.is_bilingual
    assert article.revision == "ab" * 20
    assert [unit.target for unit in article.units] == ["Dela"]
    assert (article.byte_order_mark, article.carriage_returns) == (False, ())


def test_units_in_front_matter_are_kept() -> None:
    text = f"---\ntitle: {write_units(('Titel', 'Title'))}\n---\nText\n"
    article, _ = parse_article(text.encode(), "sv-SE", "a.md")
    assert article.front.text == "---\ntitle: Titel\n---\n"
    assert [unit.source for unit in article.units] == ["Title"]
    assert not article.is_bilingual


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["a.md: warning: the file is empty [empty-file]"]),
        (b" \n\t", ["a.md: warning: the file is empty [empty-file]"]),
        (
            b"\xef\xbb\xbfx",
            ["a.md:1:1: info: the file starts with a byte order mark [byte-order-mark]"],
        ),
        (b"x\r\ny\n", ["a.md: info: the file has CRLF line ends [carriage-returns]"]),
        (b"x\n\0\0", ["a.md:2:1: error: the file holds 2 NUL bytes [nul-byte]"]),
        (
            b"x\n y\xffz",
            ["a.md:2:3: error: byte 0xff is not valid UTF-8: invalid start byte [invalid-utf8]"],
        ),
        (
            "x\ufffd".encode(),
            [
                "a.md:1:2: warning: characters were lost before delivery (U+FFFD)"
                " [replacement-characters]"
            ],
        ),
        (
            "ab\x92".encode(),
            ["a.md:1:3: warning: control character U+0092 [control-characters]"],
        ),
        (
            write_front("nb-NO").encode(),
            [
                "a.md:7:1: warning: the article names nb-NO as its locale, its folder sv-SE"
                " [foreign-locale]"
            ],
        ),
        (
            b'---\ntitle: a\n---\n\n<span data-ttu-id="0a1b2-102">x',
            [
                "a.md:5:7: warning: unit 0a1b2-102 has no source (sxs-lookup is missing)"
                " [unit-malformed]"
            ],
        ),
    ],
)
def test_what_is_wrong_is_a_finding(data: bytes, expected: list[str]) -> None:
    assert report(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\nb\n", ()),
        (b"a\r\nb\r\n", None),
        (b"a\r\nb", None),
        (b"a\r\nb\nc\r\n", (0, 2)),
    ],
)
def test_line_ends_are_remembered(data: bytes, expected: tuple[int, ...] | None) -> None:
    article, _ = parse_article(data, "sv-SE", "a.md")
    assert article.carriage_returns == expected
    assert "\r" not in "".join(str(segment) for segment in article.segments)
