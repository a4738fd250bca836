"""The dialect as HTML: what is written, and what a page has of it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings, strategies as st

from hexapla.docfx.surroundings import Surroundings

FIXTURES = Path(__file__).parent / "fixtures/dialect.txt"

EXTENSIONS = [
    "hexapla.commonmark",
    "hexapla.docfx",
    "admonition",
    "attr_list",
    "md_in_html",
    "sane_lists",
    "tables",
    "pymdownx.quotes",
    "pymdownx.superfences",
]

STRINGS = {
    "content.applies": "Applies to: %s",
    "content.later": "%s and later",
    "content.earlier": "%s and earlier",
    "content.image.about": "About the image",
    "content.image.elsewhere": "Image at %s",
    "content.image.enlarge": "Enlarge",
    "content.video.play": "Play from %s",
    "content.video.open": "Watch at %s",
}

PUBLISHED = {"a.png": "../a.png", "b.png": "../b.png", "page.md": "../page/"}


def resolve(reference: str) -> str | None:
    return PUBLISHED.get(reference)


def render(text: str) -> str:
    around = Surroundings(
        strings=STRINGS,
        video_hosts=frozenset({"video.example"}),
        image_hosts=frozenset({"images.example"}),
        resolve=resolve,
    )
    return markdown.markdown(
        text,
        extensions=EXTENSIONS,
        extension_configs={
            "hexapla.docfx": {"around": lambda: around},
            "pymdownx.quotes": {"callouts": True},
        },
    )


def read_fixtures() -> Iterator[tuple[str, str, str]]:
    """Yield title, Markdown and HTML: `=== title`, then the Markdown, `---8<---`, the HTML."""
    for part in re.split(r"^=== ", FIXTURES.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, _, rest = part.partition("\n")
        text, _, html = rest.partition("\n---8<---\n")
        yield title, text, html.strip()


@pytest.mark.parametrize(
    ("text", "html"), [pytest.param(text, html, id=title) for title, text, html in read_fixtures()]
)
def test_the_dialect_renders(text: str, html: str) -> None:
    assert render(text).strip() == html


PIECES = st.sampled_from(
    [
        ":::row:::",
        ":::row-end:::",
        "    :::column:::",
        ":::column-end:::",
        "::: zone pivot=\"a\"",
        "::: zone-end",
        "# [A](#tab/a)",
        "## [B](#tab/b/c)",
        "---",
        "> [!div class=\"checklist\"]",
        "> - item",
        "1. step",
        "   text",
        "```",
        ":::image type=\"complex\" source=\"a.png\":::",
        ":::image-end:::",
        ":::image type=\"icon\" source=\"a.png\":::",
        "| a | b |",
        "|---|---|",
        "<div>",
        "</div>",
        "words <xref:a.b>",
        "",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_whatever_is_left_open_no_marker_is_left(pieces: list[str]) -> None:
    html = render("\n".join(pieces))
    assert "\x02" not in html
    assert "hexapla:" not in html
    words = sum("words" in piece for piece in pieces)
    assert html.count("words") == words


def test_text_that_looks_like_a_marker_is_text() -> None:
    assert render("a \x02hexapla:0\x03 b").count("hexapla:0") == 1


@pytest.mark.parametrize(
    "piece",
    [
        ":::row:::\n",
        ":::image ",
        "[!VIDEO ",
        "[",
        "<xref:",
        "# [",
        "> [!div",
        "> > > ",
        "<iframe src='https://a",
        "<img src=",
        "[[](xref:",
        ":::row-end:::\n",
    ],
)
def test_long_texts_take_no_longer_than_they_are_long(piece: str) -> None:
    from hexapla.docfx.containers import mark_containers  # noqa: PLC0415
    from hexapla.docfx.directives import Directives  # noqa: PLC0415
    from hexapla.docfx.phrases import mark_phrases  # noqa: PLC0415
    from hexapla.docfx.raw_html import rewrite_raw_html  # noqa: PLC0415

    def measure(count: int) -> float:
        text, directives, start = piece * count, Directives(), time.process_time()
        mark_phrases(mark_containers(text, directives), directives)
        rewrite_raw_html(text, Surroundings())
        return time.process_time() - start

    assert measure(20_000) < 40 * max(measure(2_000), 0.002)
