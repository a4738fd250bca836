"""CommonMark, which articles are written in, as Python-Markdown understands it.

CommonMark lets what belongs to a list item begin where the item's text does, two or three columns
in; Python-Markdown wants four. Without this, a paragraph, a code block or an alert inside a
numbered step ends the list, and nested lists are flattened. It also takes any words after a code
fence. A Markdown extension: the pages themselves stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

STEP = 4
"""Columns per level that Python-Markdown wants."""

ITEM = re.compile(r"(?P<marker>[-*+]|(?P<number>\d{1,9})[.)])(?P<gap> +|$)(?P<text>.*)")
RULE = re.compile(r"([-*_] *)(\1 *){2,}$|([-*_])( *\3){2,} *$")
UNDERLINE = re.compile(r"(-+|=+)$")
"""What makes the text above it a heading."""

CONTAINER = re.compile(r"(={3}[!+]?|!{3}|\?{3}\+?) |\[\^[^\]]+\]:")
"""Tabs, admonitions and footnotes: what belongs to them is four columns in already."""

FENCE = re.compile(r"(?P<fence>`{3,}(?!.*`)|~{3,})")
LANGUAGE = re.compile(r"(?P<word>[\w#.+-]*)(?P<options>( +[\w-]+=(\".*\"|'.*'|\S+))*| *\{.*\})$")
"""What Python-Markdown takes after a code fence."""

RAW = re.compile(r"<(?P<tag>pre|script|style)\b", re.IGNORECASE)
HEADING = re.compile(r"#{1,6}( |$)")
QUOTE = re.compile(r"> ?")
FIRST_QUOTE = re.compile(r" *([-*+]|\d{1,9}\.) >")
"""An item that begins with a block quote."""

MAX_DEPTH = 20
"""Block quotes within each other; deeper ones are kept as they are."""

PRIORITY = 27
"""After white space is normalized (30), before fenced code is taken out (25)."""


@dataclass(slots=True)
class Position:
    """Where in the page's structure the next line stands."""

    depth: int = 0
    """How many block quotes it stands in."""

    columns: list[int] = field(default_factory=list)
    """For each open item, outermost first, the column that its text begins at."""

    ordered: list[bool] = field(default_factory=list)
    """For each level, whether the last item there had a number."""

    output: list[str] = field(default_factory=list)
    """The lines so far, indented anew."""

    block: int = 0
    """Index in the output of the first line since the last blank one."""

    in_paragraph: bool = False
    """Whether the last line is text that the next line may continue."""

    in_first_text: bool = False
    """Whether the last line is an item's first text: the next item may follow without a gap."""

    def add(self, line: str) -> None:
        """Add a line as it is."""
        self.output.append(line)
        if not line.strip():
            self.block = len(self.output)

    def write(self, text: str) -> None:
        """Add a line that belongs to the innermost open item."""
        self.add(" " * STEP * len(self.columns) + text if text.strip() else "")

    def separate(self) -> None:
        """Add the blank line that Python-Markdown needs before a block, unless there is one."""
        if self.output and self.output[-1]:
            self.add("")

    def is_below(self, level: int) -> bool:
        """Say whether the lines since the last blank one began at a deeper level."""
        first = self.output[self.block : self.block + 1]
        return bool(first) and first[0].startswith(" " * (STEP * level + 1))

    def close(self, indent: int) -> None:
        """Close the items that a line this far in does not belong to."""
        while self.columns and indent < self.columns[-1]:
            self.columns.pop()


def indent_lists(lines: Iterable[str], depth: int = 0) -> list[str]:
    """Indent what belongs to list items by four columns per level; keep the rest as it is.

    Args:
        lines: A page's lines, without line ends.
        depth: How many block quotes the lines stand in.
    """
    position = Position(depth=depth)
    queue = list(lines)
    index = 0
    while index < len(queue):
        line = queue[index]
        indent = len(line) - len(line.lstrip(" "))
        text = line.strip(" ") if not line.endswith("  ") else line.lstrip(" ")
        if not text.strip():
            position.add("")
            position.in_paragraph = position.in_first_text = False
            index += 1
        elif FENCE.match(text) and is_opened(position, indent):
            index = write_block(position, queue, index, find_fence_end(queue, index))
        elif RAW.match(text) and is_opened(position, indent):
            index = write_block(position, queue, index, find_raw_end(queue, index))
        elif QUOTE.match(text) and is_opened(position, indent):
            index = write_quote(position, queue, index)
        else:
            write_line(position, line, indent, text)
            index += 1
    return position.output


def is_opened(position: Position, indent: int) -> bool:
    """Say whether a block may begin this far in; deeper, it is code or goes on with the text."""
    columns = [column for column in position.columns if column <= indent]
    return indent - (columns[-1] if columns else 0) < STEP


def find_fence_end(queue: list[str], start: int) -> int:
    """Return the index after fenced code that begins at a line."""
    match = FENCE.match(queue[start].strip())
    assert match
    fence = match["fence"]
    closing = re.compile(rf"{re.escape(fence[0])}{{{len(fence)},}}$")
    for index in range(start + 1, len(queue)):
        if closing.match(queue[index].strip()):
            return index + 1
    return len(queue)


def name_language(line: str) -> str:
    """Leave after a code fence no more than its first word, where it says what nobody knows."""
    match = FENCE.match(line.strip())
    if not match or LANGUAGE.match(line.strip()[match.end() :].strip()):
        return line
    words = re.match(r"[\w#.+-]*", line.strip()[match.end() :].strip())
    return line[: line.index(match["fence"])] + match["fence"] + (words[0] if words else "")


def find_raw_end(queue: list[str], start: int) -> int:
    """Return the index after an HTML element whose text is no Markdown."""
    match = RAW.match(queue[start].strip())
    assert match
    closing = f"</{match['tag'].lower()}"
    for index in range(start, len(queue)):
        if closing in queue[index].lower():
            return index + 1
    return len(queue)


def write_block(position: Position, queue: list[str], start: int, end: int) -> int:
    """Write lines that are no Markdown, all as far in as the first one; return the end."""
    first = queue[start]
    indent = len(first) - len(first.lstrip(" "))
    position.close(indent)
    if position.columns:
        position.separate()
    for line in [name_language(first), *queue[start + 1 : end]]:
        own = len(line) - len(line.lstrip(" "))
        text = line[min(own, indent) :]
        if position.columns:
            position.write(text)
        else:
            position.add(line)
    position.in_paragraph = position.in_first_text = False
    return end


def write_quote(position: Position, queue: list[str], start: int) -> int:
    """Write a block quote, whose text has lists of its own; return the index after it."""
    position.close(len(queue[start]) - len(queue[start].lstrip(" ")))
    levels = len(position.columns)
    if position.in_first_text and levels and FIRST_QUOTE.match(position.output[-1]):
        levels -= 1  # Python-Markdown goes on with an item's first block where the marker is
    elif position.columns:
        position.separate()
    end = start
    while end < len(queue) and QUOTE.match(queue[end].lstrip(" ")):
        end += 1
    inner = [QUOTE.sub("", line.lstrip(" "), count=1) for line in queue[start:end]]
    if position.depth < MAX_DEPTH:
        inner = indent_lists(inner, position.depth + 1)
    for line in inner:
        text = f"> {line}".rstrip() if not line.endswith("  ") else f"> {line}"
        position.add(" " * STEP * levels + text)
    position.in_paragraph = True
    position.in_first_text = False
    return end


def write_line(position: Position, line: str, indent: int, text: str) -> None:
    """Write a line of Markdown: an item's first one, or what belongs to an item or to none."""
    if position.in_paragraph and UNDERLINE.match(text):
        position.write(text)
        position.in_paragraph = position.in_first_text = False
        return
    is_rule = RULE.match(text) is not None
    item = None if is_rule else ITEM.match(text)
    if item and is_item(position, item, indent):
        open_item(position, item, indent)
        return
    container = CONTAINER.match(text)
    is_block = is_rule or HEADING.match(text) or container
    if is_block or not position.in_paragraph:
        position.separate()
        position.close(indent)
    base = position.columns[-1] if position.columns else 0
    is_code = indent - base >= STEP and not position.in_paragraph
    if not position.columns:
        position.add(line)
    else:
        position.write(line[base:] if is_code else text)
    if container and is_opened(position, indent):
        position.columns.append(indent + STEP)
    position.in_paragraph = not is_code and not (is_block and not text.startswith("[^"))


def is_item(position: Position, item: re.Match[str], indent: int) -> bool:
    """Say whether a line with a marker begins an item: it may not be code, nor just text."""
    if not is_opened(position, indent):
        return False
    if position.in_paragraph and (not position.columns or position.columns[-1] <= indent):
        # Within a paragraph only a bullet with text, or a list's first number, begins one.
        return bool(item["text"].strip()) and item["number"] in {None, "1"}
    return True


def open_item(position: Position, item: re.Match[str], indent: int) -> None:
    """Write an item's first line, and open it."""
    was_in_list = bool(position.columns)
    position.close(indent)
    level = len(position.columns)
    is_ordered = item["number"] is not None
    is_other_list = position.ordered[level : level + 1] == [not is_ordered]
    if not (was_in_list and position.in_first_text) or is_other_list or position.is_below(level):
        position.separate()
    position.ordered[level:] = [is_ordered]
    marker = f"{item['number']}." if item["number"] else item["marker"]
    gap = len(item["gap"]) if item["text"] and len(item["gap"]) <= STEP else 1
    position.write(f"{marker} {item['text']}")
    position.columns.append(indent + len(item["marker"]) + gap)
    position.in_paragraph = bool(item["text"].strip())
    position.in_first_text = True


class CommonMark(Preprocessor):
    """Python-Markdown's view of `indent_lists`."""

    def run(self, lines: list[str]) -> list[str]:
        """Indent a page's lists."""
        return indent_lists(lines)


class CommonMarkExtension(Extension):
    """The extension's registration."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put it before everything that looks at indentation."""
        md.preprocessors.register(CommonMark(md), "commonmark", PRIORITY)


def makeExtension(**options: object) -> CommonMarkExtension:  # noqa: N802
    """Return the extension: the name Python-Markdown looks for."""
    return CommonMarkExtension(**options)
