"""Kinds of blocks, tried only on blocks that hold what they need.

Python-Markdown asks each of some eighteen processors whether a block is of its kind, and most look
through the whole block with a regular expression. Here a block is first searched for a string
without which it cannot be of a kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    HashHeaderProcessor,
    ListIndentProcessor,
    OListProcessor,
    ReferenceProcessor,
    UListProcessor,
)
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.md_in_html import MarkdownInHtmlProcessor
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import HTML_PLACEHOLDER
from pymdownx.details import DetailsProcessor  # type: ignore[import-untyped]
from pymdownx.quotes import QuotesProcessor  # type: ignore[import-untyped]
from pymdownx.superfences import SuperFencesCodeBlockProcessor  # type: ignore[import-untyped]
from pymdownx.tabbed import TabbedProcessor  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a block must have to be of a kind, one of the two."""

    inside: str
    """A string that it holds; empty: any block does."""
    start: str | tuple[str, ...] = ()
    """What it begins with."""


TAB = "\t"
"""Stands for the columns of one level; Python-Markdown makes spaces of tabs."""

ANYWHERE = Needs("")
NOWHERE = "\x00\x02"
"""A string that blocks do not hold; one that does is asked about in vain."""

BULLETS = ("*", "+", "-", " ")

NEEDS: Mapping[type[BlockProcessor], Needs] = {
    AdmonitionProcessor: Needs("!!!", TAB),
    MarkdownInHtmlProcessor: Needs(NOWHERE, HTML_PLACEHOLDER.partition("%")[0]),
    DetailsProcessor: Needs("???", TAB),
    TabbedProcessor: Needs("===", TAB),
    ListIndentProcessor: Needs(NOWHERE, TAB),
    DefListIndentProcessor: Needs(NOWHERE, TAB),
    SuperFencesCodeBlockProcessor: Needs(NOWHERE, TAB),
    TableProcessor: Needs("|"),
    HashHeaderProcessor: Needs("#"),
    OListProcessor: Needs(". "),
    SaneOListProcessor: Needs(". "),
    UListProcessor: Needs(NOWHERE, BULLETS),
    SaneUListProcessor: Needs(NOWHERE, BULLETS),
    DefListProcessor: Needs(": "),
    BlockQuoteProcessor: Needs(">"),
    QuotesProcessor: Needs(">"),
    FootnoteBlockProcessor: Needs("]:"),
    ReferenceProcessor: Needs("]:"),
}
"""Kinds of blocks → what they need; those that are not here are asked about every block."""


def quicken_blocks(markdown: Markdown) -> None:
    """Let an instance parse blocks without asking for what cannot be."""
    tab = " " * markdown.tab_length
    kinds: list[tuple[str, str | tuple[str, ...], BlockProcessor]] = []
    for processor in markdown.parser.blockprocessors:
        needs = NEEDS.get(type(processor), ANYWHERE)
        kinds.append((needs.inside, tab if needs.start == TAB else needs.start, processor))

    def parse_blocks(parent: Element, blocks: list[str]) -> None:
        while blocks:
            block = blocks[0]
            for inside, start, processor in kinds:
                if not (inside in block or block.startswith(start)):
                    continue
                if processor.test(parent, block):
                    if processor.run(parent, blocks) is not False:
                        break
                    block = blocks[0]  # it may have been put back changed

    markdown.parser.parseBlocks = parse_blocks  # type: ignore[method-assign]
