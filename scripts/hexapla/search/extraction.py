"""Extraction: a page's HTML to the passages that are searched and shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

MARKUP = re.compile(
    r"<(?:!--.*?-->|(/?)([a-zA-Z][a-zA-Z0-9-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>)",
    re.DOTALL,
)
"""A comment or a tag: whether it ends an element, its name, its attributes."""

ANCHOR = re.compile(r"\bid\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
PERMALINK = "headerlink"
"""The class of a heading's link to itself."""

INLINE = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i img ins kbd mark q s samp small span strike"
    " strong sub sup time tt u var wbr".split()
)
"""Elements that do not end a word."""

SILENT = frozenset("script style template svg math noscript iframe object select textarea".split())
"""Elements whose text is not the article's."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

FREQUENT = ("strong", "a", "em", "code")
INLINE_TAG = re.compile(f"</?(?:{'|'.join((*FREQUENT, *sorted(INLINE)))})(?: [^<>]*)?>")
ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*(?: [^<>]*)?>")

ODD_TAG = re.compile(
    r"<(?:(?!/?[a-z][a-z0-9]*(?: (?:[^<>\"']|\"[^<>\"]*\")*)?>)"
    rf"|h[1-6]\b|(?:{'|'.join(sorted(SILENT))})\b)"
)
"""A tag that is not written as usual, of a heading, or of what is not the article's."""

LONGEST = 40_000
"""Characters of a page's text that are searched."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The text below one heading."""

    anchor: str
    """The heading's id: ``add-a-user``; empty before the first one."""
    heading: str
    """Its text."""
    text: str
    """What stands below it, in one line."""


def extract_passages(html: str) -> tuple[Passage, ...]:
    """Divide a page's content by its headings; its first heading is the title, and left out."""
    title, end, text = html.rpartition("</h1>")
    is_title = title.startswith("<h1") and "<h1" not in title[1:] if end else not title
    if is_title and len(text) <= LONGEST and PERMALINK not in text and not ODD_TAG.search(text):
        text = join_text(ANY_TAG.sub(" ", INLINE_TAG.sub("", text)))
        return (Passage("", "", text),) if text else ()
    return scan_passages(html)


def scan_passages(html: str) -> tuple[Passage, ...]:
    """Divide a page's content by its headings, from tag to tag."""
    scan = _Scan()
    pieces = MARKUP.split(html)
    scan.add_text(pieces[0])
    for index in range(1, len(pieces), 4):
        if name := pieces[index + 1]:
            scan.see_tag(name.lower(), bool(pieces[index]), pieces[index + 2])
        scan.add_text(pieces[index + 3])
    return scan.finish()


class _Scan:
    """Goes through a page from tag to tag."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.anchor = self.heading = ""
        self.text: list[str] = []
        self.silent = ""
        self.is_title = False
        self.left = LONGEST

    def add_text(self, text: str) -> None:
        """Add text, unless it is not the article's."""
        if text and not self.silent and not self.is_title and self.left > 0:
            self.text.append(text[: self.left])
            self.left -= len(text)

    def see_tag(self, name: str, is_end: bool, attributes: str) -> None:
        """Begin or end what a tag begins or ends."""
        if self.silent:
            if is_end and name == self.silent:
                self.silent = ""
        elif name in INLINE:
            if name == "a" and not is_end and PERMALINK in attributes:
                self.silent = name
        elif name in SILENT:
            self.silent = "" if is_end else name
        elif name in HEADINGS:
            self.see_heading(name, is_end, attributes)
        else:
            self.text.append(" ")

    def see_heading(self, name: str, is_end: bool, attributes: str) -> None:
        """Begin a passage at a heading; its text is known where the heading ends."""
        if name == "h1":
            self.is_title = not is_end
        elif is_end:
            self.heading, self.text = self.join_text(), []
        else:
            self.end_passage()
            found = ANCHOR.search(attributes)
            self.anchor = unescape(next(filter(None, found.groups()), "")) if found else ""
            self.heading = ""

    def join_text(self) -> str:
        """Give the text since the last heading."""
        return join_text("".join(self.text))

    def end_passage(self) -> None:
        """Add what has been read to the passages."""
        text = self.join_text()
        if text or self.heading:
            self.passages.append(Passage(self.anchor, self.heading, text))
        self.text = []

    def finish(self) -> tuple[Passage, ...]:
        """Give all passages."""
        self.end_passage()
        return tuple(self.passages)


def join_text(html: str) -> str:
    """Give what HTML without tags says, in one line."""
    return " ".join(unescape(html).split())
