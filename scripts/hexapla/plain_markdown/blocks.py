"""Blocks: headings, paragraphs, quotes, alerts and lists, and nothing else.

Lists are CommonMark's (`commonmark`), and what is loose in them is what Python-Markdown takes for
loose: where a blank line comes before an item, it and the one before become paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from hexapla.plain_markdown.inlines import NotPlainError

HEADING = re.compile(r"(#{1,6}) +([^#{}\\&<>`*_]*[^\s#{}\\&<>`*_]) +\{#([a-zA-Z0-9][\w.-]*)\} *")
"""A heading of words, with its id."""

ITEM = re.compile(r" *(?:([-*+])|(\d{1,9})[.)])( {1,4})(?=\S)(.*)")

TEXT = re.compile(r"(?!(?:\d+[.)]|[*_]+)(?:\s|$)|[*_ ]+$|```|\[\^)[^\s#>+\-:=~!?|<&{^].*")
"""How the text of a paragraph or an item begins: with nothing that begins another kind of block."""

ALERT = re.compile(r"\[!([A-Za-z]+)\] *")

MAX_DEPTH = 12
"""Quotes or lists within each other; nobody writes more."""

LONGEST = 20_000
"""Characters of an item's first paragraph, of those that go on in further lines."""

STEP = 4
"""Columns within which a block begins and is no code."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of plain text."""

    level: int
    """1 to 6."""
    text: str
    """Its words."""
    anchor: str
    """Its id."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str
    """Its lines."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote, or an alert."""

    kind: str
    """The alert's kind as it is written: ``NOTE``; empty: a quote."""
    blocks: list[Block]
    """What stands in it."""


@dataclass(slots=True)
class Item:
    """An item of a list."""

    text: str
    """Its first paragraph."""
    is_paragraph: bool
    """Whether that is written as a paragraph."""
    blocks: list[Block] = field(default_factory=list)
    """What stands below it."""


@dataclass(slots=True)
class List:
    """A list."""

    start: str
    """The number it begins with; empty: it has bullets."""
    items: list[Item] = field(default_factory=list)
    """Its items."""


Block = Heading | Paragraph | Quote | List


def read_blocks(lines: Iterable[str], depth: int = 0) -> list[Block]:
    """Read the blocks of a text.

    Args:
        lines: Its lines.
        depth: How many quotes it stands in.

    Raises:
        NotPlainError: There is something else.
    """
    if depth > MAX_DEPTH:
        raise NotPlainError
    reader = _Reader(depth)
    for line in lines:
        reader.read(line)
    reader.end()
    return reader.blocks


class _Reader:
    """Reads a text line by line."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.blocks: list[Block] = []
        self.paragraph: list[str] = []
        """The lines of a paragraph that may go on."""
        self.quote: list[str] = []
        """The lines of a quote that may go on."""
        self.columns: list[int] = []
        """For each open item, outermost first, the column that its text begins at."""
        self.lists: list[List] = []
        """The lists that they stand in."""
        self.is_apart = True
        """Whether there is a blank line before this one, or there might as well be."""
        self.first_level = 0
        """The level at which the lines since the last blank one began."""
        self.is_in_item = False
        """Whether the next line may go on with an item's first paragraph."""

    def read(self, line: str) -> None:
        """Read the next line."""
        text = line.lstrip(" ")
        if not text or text.isspace():
            self.end()
            self.is_apart, self.is_in_item = True, False
            return
        indent = len(line) - len(text)
        if text[0] == ">":
            self.read_quote(text, indent)
        elif self.quote:
            raise NotPlainError  # it goes on with the quote's text
        elif text[0] == "#":
            self.read_heading(line)
        elif item := ITEM.fullmatch(line):
            self.read_item(item, indent)
        else:
            self.read_words(text, indent)
        self.is_apart = False

    def end(self) -> None:
        """End a paragraph or a quote."""
        if self.paragraph:
            if len(self.paragraph) > 1 and "|" in "".join(self.paragraph):
                raise NotPlainError  # a table
            self.add(Paragraph("\n".join(self.paragraph)))
            self.paragraph = []
        if self.quote:
            lines, self.quote = self.quote, []
            alert = ALERT.fullmatch(lines[0])
            blocks = read_blocks(lines[1:] if alert else lines, self.depth + 1)
            is_odd = not blocks or not lines[0] or not lines[-1]
            if is_odd or any(isinstance(block, Heading) for block in blocks):
                raise NotPlainError
            self.add(Quote(alert[1] if alert else "", blocks))

    def add(self, block: Block) -> None:
        """Add a block to the innermost open item, or to the page."""
        if self.columns:
            item = self.lists[-1].items[-1]
            item.is_paragraph = True
            item.blocks.append(block)
        else:
            self.blocks.append(block)

    def close(self, indent: int) -> None:
        """Close the items that a line this far in does not belong to."""
        while self.columns and indent < self.columns[-1]:
            self.columns.pop()
        if indent - (self.columns[-1] if self.columns else 0) >= STEP:
            raise NotPlainError  # code
        del self.lists[len(self.columns) + 1 :]

    def read_heading(self, line: str) -> None:
        """Read a heading, which ends whatever is before it."""
        heading = HEADING.fullmatch(line)
        if heading is None:
            raise NotPlainError
        self.end()
        self.is_in_item = False
        self.columns.clear()
        self.lists.clear()
        self.blocks.append(Heading(len(heading[1]), heading[2], heading[3]))

    def read_words(self, text: str, indent: int) -> None:
        """Read a line of a paragraph."""
        if not TEXT.fullmatch(text):
            raise NotPlainError
        if self.paragraph:
            self.paragraph.append(trim(text) if self.columns else " " * indent + text)
            return
        if self.is_in_item:
            item = self.lists[-1].items[-1]
            item.text += f"\n{' ' * STEP}{trim(text)}"
            if len(item.text) > LONGEST or "|" in item.text:
                raise NotPlainError  # a table, perhaps
            return
        if self.columns and not self.is_apart:
            raise NotPlainError
        self.begin_block(indent)
        self.paragraph.append(trim(text) if self.columns else text)

    def read_quote(self, text: str, indent: int) -> None:
        """Read a line of a quote."""
        if not self.quote:
            if self.columns and not self.is_apart and indent < self.columns[-1]:
                raise NotPlainError  # it goes on with an item's text
            self.is_in_item = False
            self.end()
            self.begin_block(indent)
        inner = text[1:].removeprefix(" ")
        self.quote.append(inner if inner.endswith("  ") else inner.rstrip())

    def begin_block(self, indent: int) -> None:
        """Begin a block that is no item: deeper than in a list, it is not plain."""
        self.close(indent)
        del self.lists[len(self.columns) :]
        if len(self.columns) > 1:
            raise NotPlainError
        self.first_level = len(self.columns)

    def read_item(self, item: re.Match[str], indent: int) -> None:
        """Read the first line of an item."""
        bullet, number, gap, text = item.groups()
        if not TEXT.fullmatch(text) or ITEM.match(text):
            raise NotPlainError
        if self.paragraph and (number not in (None, "1") or self.columns):
            raise NotPlainError  # text that happens to begin with a number
        if self.is_in_item and number not in (None, "1") and indent >= self.columns[-1]:
            raise NotPlainError
        self.end()
        self.close(indent)
        self.is_in_item = True
        level = len(self.columns)
        if level > MAX_DEPTH:
            raise NotPlainError
        self.columns.append(indent + len(bullet or f"{number}.") + len(gap))
        if self.is_apart or level < self.first_level:
            self.is_apart, self.first_level = True, level
        self.add_item(level, number or "", Item(trim(text), is_paragraph=False))

    def add_item(self, level: int, number: str, item: Item) -> None:
        """Add an item to the list that it goes on with, or to a new one."""
        goes_on = len(self.lists) > level
        if goes_on and bool(self.lists[level].start) != bool(number):
            goes_on, self.is_apart = False, True
            self.first_level = level
        if self.is_apart and level > 1:
            raise NotPlainError
        if self.is_apart and level:
            self.lists[level - 1].items[-1].is_paragraph = True
        if goes_on:
            items = self.lists[level].items
            if self.is_apart:
                items[-1].is_paragraph = item.is_paragraph = True
            items.append(item)
            return
        opened = List(number, [item])
        del self.lists[level:]
        self.lists.append(opened)
        if level:
            self.lists[level - 1].items[-1].blocks.append(opened)
        else:
            self.blocks.append(opened)


def trim(text: str) -> str:
    """Leave out a single blank at a line's end, as `commonmark` does in lists and quotes."""
    return text if text.endswith("  ") else text.rstrip(" ")
