"""The site reads lists as CommonMark does: markdown-it says how that is."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings, strategies
from markdown import markdown
from markdown_it import MarkdownIt

from hexapla.commonmark import indent_lists

SHAPE = frozenset("ul ol li blockquote pre table tr h1 h2 h3 hr".split())
"""Elements that must agree. Paragraphs may not: Python-Markdown makes some lists loose."""

EXTENSIONS = ["sane_lists", "tables", "pymdownx.superfences", "pymdownx.quotes"]

ORACLE = MarkdownIt("commonmark").enable("table")


class Outline(HTMLParser):
    """What stands in what, and in which order."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in SHAPE:
            self.parts.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in SHAPE:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\W", "", data))


def outline(html: str) -> str:
    parser = Outline()
    parser.feed(html)
    return "".join(parser.parts)


def render(text: str) -> str:
    return markdown(text, extensions=["hexapla.commonmark", *EXTENSIONS])


CASES = {
    "a paragraph in a step": "1. One\n\n   More of one.\n\n2. Two",
    "nested by two": "- a\n  - b\n    - c\n- d",
    "nested by three": "1. a\n   1. b\n   2. c\n2. d",
    "nested by four": "- a\n    - b\n        - c\n- d",
    "nested after a gap": "- a\n\n  - b\n- c\n  - d",
    "bullets after a number": "1. a\n- b\n- c\n2. d",
    "code in a step": "1. a\n   ```sh\n   x\n     y\n   ```\n2. b",
    "code in a step after a gap": "1. a\n\n   ```sh\n   x\n\n   - y\n   ```\n\n   more\n2. b",
    "indented code in a step": "- a\n\n      code\n\n- b",
    "a table in a step": "- a\n\n  | x | y |\n  |---|---|\n  | 1 | 2 |\n- b",
    "a quote in a step": "1. a\n   > q\n   > r\n2. b",
    "a quote as a step": "- > q\n  >\n  > r\n- b",
    "lists in a quote": "> Do:\n> 1. a\n>\n>    more\n> 2. b\n>    - c\n\nAfter",
    "two quotes": "> a\n\n> b",
    "a list in a paragraph": "Steps:\n1. a\n2. b\n\nEnd",
    "a year in a paragraph": "It was in\n2019. No list.",
    "lazy lines": "- a\nmore\n- b\n  more\n\nEnd",
    "a list that ends": "- a\n- b\n\nEnd\n\n  - c",
    "parentheses": "1) a\n2) b",
    "a rule is no item": "- a\n\n---\n\n* * *\n\n- b",
    "a heading's line is no item": "Title\n-----\n- a\n\nTitle\n===\n\ntext",
    "a heading after a list": "- a\n# Title\n- b",
    "code is left alone": "```\n- a\n  - b\n\n1) c\n```\n\n    - d\n",
    "code within a line": "```x``` is\n```y```",
    "words after a fence": "```command&nbsp;line and more\nx\n```",
    "options after a fence": "```python\nx\n```",
    "preformatted text": "<pre>\n- a\n  - b\n</pre>\n\ntext",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_lists_are_commonmarks(text: str) -> None:
    assert outline(render(text)) == outline(ORACLE.render(text))


# Code by indentation alone moves with its list's: twice indented is deeper code.
@pytest.mark.parametrize("text", [text for text in CASES.values() if "      code" not in text])
def test_indenting_twice_changes_nothing_more(text: str) -> None:
    once = indent_lists(text.split("\n"))
    assert indent_lists(once) == once


def test_what_is_four_columns_in_for_python_markdown_stays() -> None:
    text = '=== "A tab"\n\n    1. a\n\n       more\n\n    2. b\n\n!!! note\n    text\n\n[^1]: note'
    assert indent_lists(text.split("\n")) == [
        *['=== "A tab"', "", "    1. a", "", "        more", "", "    2. b", ""],
        *["!!! note", "", "    text", "", "[^1]: note"],
    ]


@pytest.mark.parametrize(
    "text",
    ["> " * 20_000 + "a", "- a\n" * 20_000, "<pre\n" * 20_000, "1. a\n   ```\n" * 10_000],
    ids=["quotes", "items", "tags", "fences"],
)
def test_hostile_text_takes_no_more_than_its_length(text: str) -> None:
    assert len(indent_lists(text.split("\n"))) <= 2 * text.count("\n") + 2


@strategies.composite
def lists(draw: strategies.DrawFn, depth: int = 0) -> list[str]:
    """Lines of a list whose items have text, and sometimes more, in any legal indentation."""
    is_ordered = draw(strategies.booleans())
    lines: list[str] = []
    for number in range(1, draw(strategies.integers(1, 3)) + 1):
        marker = f"{number}." if is_ordered else "-"
        marker += " " * draw(strategies.integers(1, 3))
        content = [f"text {depth} {number}"]
        for _ in range(draw(strategies.integers(0, 2))):
            kind = draw(strategies.sampled_from(["paragraph", "code", "list"]))
            if kind == "paragraph":
                content += ["", "paragraph"]
            elif kind == "code":
                content += ["", "```", "code", "  more", "```"]
            elif depth < 2:
                content += ["", *draw(lists(depth=depth + 1))]
        margin = " " * len(marker)
        lines.append(marker + content[0])
        lines += [margin + line if line else "" for line in content[1:]]
        if draw(strategies.booleans()):
            lines.append("")
    return lines


@settings(deadline=None)
@given(lists())
def test_any_list_is_commonmarks(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert outline(render(text)) == outline(ORACLE.render(text))
