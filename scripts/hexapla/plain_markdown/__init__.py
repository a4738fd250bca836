"""Plain pages: those of headings, paragraphs, lists, alerts, emphasis, links and code.

Most articles are no more than that. Python-Markdown makes a tree of them, which a dozen steps walk
through; here a page is written as it is read. The bytes are the same, and a page that may mean
more is left to Python-Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hexapla.plain_markdown.blocks import Block, Heading, List, Paragraph, Quote, read_blocks
from hexapla.plain_markdown.cleaning import PlainHtml, make_plain_sanitizer
from hexapla.plain_markdown.inlines import NotPlainError, Text, escape_address

__all__ = [
    "CONTENTS",
    "Heading",
    "PlainHtml",
    "PlainPage",
    "make_plain_sanitizer",
    "render_plain_page",
]

CONTENTS = "[TOC]"
"""What stands for a list of the page's headings, unless Markdown is told otherwise."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
"""Tabs, which Markdown makes blanks of, and what it keeps for itself."""

_LINK = re.compile("\x02([^\x02\x03]*)\x03")


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A plain page, rendered but for the addresses within the site."""

    html: str
    """Its HTML; each link within the site has marks around its label."""
    headings: tuple[Heading, ...]
    """Its headings, in their order."""
    links: tuple[str, ...]
    """The addresses within the site, in their order."""
    title: str
    """The words of a heading of the first level that it begins with; empty: there is none."""

    def resolve(self, addresses: Sequence[str | None]) -> PlainHtml:
        """Give its HTML.

        Args:
            addresses: For each link within the site, its address; None: it leads nowhere.
        """
        if not self.links:
            return PlainHtml(self.html)
        remaining = iter(addresses)

        def write(match: re.Match[str]) -> str:
            address = next(remaining)
            if address is None:
                return f"<span>{match[1]}</span>"
            return f'<a href="{escape_address(address)}">{match[1]}</a>'

        return PlainHtml(_LINK.sub(write, self.html))


def render_plain_page(markdown: str, permalink: str = "") -> PlainPage | None:
    """Render a page; None where it is not plain.

    Args:
        markdown: Its text.
        permalink: The link to itself that a heading ends with, ``{}`` in the place of its id.
    """
    if CONTENTS in markdown or _CONTROL.search(markdown):
        return None
    text = Text()
    try:
        blocks = read_blocks(markdown.split("\n"))
        html = "\n".join(_render(blocks, text, permalink))
    except NotPlainError:
        return None
    headings = tuple(block for block in blocks if isinstance(block, Heading))
    first = blocks[0] if blocks else None
    title = first.text if isinstance(first, Heading) and first.level == 1 else ""
    return PlainPage(html, headings, tuple(text.links), " ".join(title.split()))


def _render(blocks: Iterable[Block], text: Text, permalink: str) -> list[str]:
    """Render blocks, each on lines of its own."""
    lines = []
    for block in blocks:
        match block:
            case Paragraph():
                lines.append(f"<p>{text.render(block.text)}</p>")
            case List():
                lines.append(_render_list(block, text, permalink))
            case Heading():
                if text.render(block.text) != block.text:
                    raise NotPlainError  # it is not words alone
                tag, link = f"h{block.level}", permalink.replace("{}", block.anchor)
                lines.append(f'<{tag} id="{block.anchor}">{block.text}{link}</{tag}>')
            case Quote():
                inner = _render(block.blocks, text, permalink)
                opening, closing = "<blockquote>", "</blockquote>"
                if kind := block.kind:
                    opening, closing = f'<div class="admonition {kind.lower()}">', "</div>"
                    inner.insert(0, f'<p class="admonition-title">{kind.title()}</p>')
                lines += [opening, *inner, closing]
    return lines


def _render_list(found: List, text: Text, permalink: str) -> str:
    """Render a list."""
    tag = "ol" if found.start else "ul"
    start = f' start="{found.start}"' if found.start not in ("", "1") else ""
    lines = [f"<{tag}{start}>"]
    for item in found.items:
        first = text.render(item.text)
        if item.is_paragraph:
            first = f"\n<p>{first}</p>\n"
        inner = "".join(f"{line}\n" for line in _render(item.blocks, text, permalink))
        lines.append(f"<li>{first}{inner}</li>")
    return "\n".join((*lines, f"</{tag}>"))
