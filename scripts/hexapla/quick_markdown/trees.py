"""Steps over the tree of a page, which do nothing where there is nothing to be done."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import TocTreeprocessor
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import STX

MAX_TAGS = 500
"""Tags that are remembered; texts may have any."""


class BlockLevels(dict[object, bool]):
    """Whether tags are of blocks, as far as it was asked for."""

    def __init__(self, markdown: Markdown) -> None:
        super().__init__()
        self.ask = markdown.is_block_level

    def __missing__(self, tag: object) -> bool:
        is_block = self.ask(tag)
        if len(self) < MAX_TAGS:
            self[tag] = is_block
        return is_block


class QuickContents(TocTreeprocessor):
    """Numbers headings, and makes a list of them only for a text that asks for it."""

    def run(self, doc: Element) -> None:
        """Go through a page's headings."""
        self.is_asked = bool(self.marker) and self.marker in "".join(doc.itertext())
        super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        """Build the list."""
        return super().build_toc_div(toc_list) if self.is_asked else Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        """Put the list where the text asks for it."""
        if self.is_asked:
            super().replace_marker(root, elem)


class QuickUnescaping(UnescapeTreeprocessor):
    """Gives back escaped characters."""

    def run(self, root: Element) -> None:
        """Go through a page's texts and attributes."""
        for element in root.iter():
            if (text := element.text) and STX in text and element.tag != "code":
                element.text = self.unescape(text)
            if (tail := element.tail) and STX in tail:
                element.tail = self.unescape(tail)
            for key, value in element.items():
                if STX in (value or ""):
                    element.set(key, self.unescape(value))
