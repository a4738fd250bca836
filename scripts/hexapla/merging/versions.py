"""Versions: a page's text as it is merged, divided into front matter, lines and passages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_FRONT = re.compile(r"(---[ \t]*\n)((?:.*\n)*?)(---[ \t]*(?:\n|\Z))")
_ENTRY = re.compile(r"(?![ \t#\-\n])[^\n:]+:")
_BLANK = re.compile(r"[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a unit's text stands on a line of a page."""

    start: int
    """Offset of its first character in the line."""
    end: int
    """Offset after its last."""
    name: str
    """The unit's number: ``103``."""
    source: str
    """The text that it was translated from."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the versions of a page that are merged."""

    text: str
    """Its whole text, line ends LF."""
    spans: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    """Line, counted from 0 → the units on it; empty where they are not known."""


@dataclass(frozen=True, slots=True)
class Element:
    """What is merged as a whole where only one side changed it: a key, a line, a passage."""

    text: str
    """Its text, without what leads to it."""
    lead: str = ""
    """The blank lines, or the blanks, before it."""
    key: str = ""
    """What tells that it is the same in another version; empty: its text."""
    name: str = ""
    """What it is called where it is a conflict: a key, a unit's number."""
    spans: Sequence[Span] = ()
    """The units on a line."""

    @property
    def identity(self) -> str:
        """What tells that it is the same in another version."""
        return self.key or self.text


@dataclass(frozen=True, slots=True)
class Document:
    """A page's text in its parts."""

    opening: str
    """The line that opens the front matter; empty where there is none."""
    entries: tuple[Element, ...]
    """The front matter's keys, and its comments."""
    closing: str
    """The line that closes it."""
    lines: tuple[Element, ...]
    """The body's lines, but for blank ones."""
    tail: str
    """What follows the last line's text: its line end, and blank lines."""


def divide_page(version: Version, *, is_metadata: bool = False) -> Document:
    """Divide a page into its parts.

    Args:
        version: The page.
        is_metadata: Whether all of it is front matter, as in ``.meta.yml``.
    """
    text = version.text
    if is_metadata:
        return Document("", _divide_entries(text), "", (), "")
    front = _FRONT.match(text)
    if front is None:
        lines, tail = _divide_lines(text, version.spans, 0)
        return Document("", (), "", lines, tail)
    above = text.count("\n", 0, front.end())
    lines, tail = _divide_lines(text[front.end() :], version.spans, above)
    return Document(front[1], _divide_entries(front[2]), front[3], lines, tail)


def _divide_entries(text: str) -> tuple[Element, ...]:
    """Divide front matter at its top-level keys; a comment stands on its own."""
    groups: list[list[str]] = []
    for line in _split_lines(text):
        opens = _ENTRY.match(line) or line.startswith("#")
        if opens or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    seen: Counter[str] = Counter()
    elements = []
    for group in groups:
        entry = "".join(group)
        match = _ENTRY.match(entry)
        name = match[0][:-1].strip().strip("\"'") if match else entry.strip()
        seen[name] += 1
        key = f"{name}\n{seen[name]}"
        elements.append(Element(entry if entry.endswith("\n") else f"{entry}\n", "", key, name))
    return tuple(elements)


def _split_lines(text: str) -> list[str]:
    """Divide a text at its line feeds; Python knows line ends that Markdown does not."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _divide_lines(
    text: str, spans: Mapping[int, Sequence[Span]], above: int
) -> tuple[tuple[Element, ...], str]:
    """Divide a body into its lines, each with the blank ones before it."""
    elements: list[Element] = []
    lead = ""
    tail = ""
    for number, line in enumerate(_split_lines(text), above):
        if _BLANK.fullmatch(line) or not line.strip(" \t"):
            lead += line
            continue
        content = line.removesuffix("\n")
        own = tuple(spans.get(number, ()))
        elements.append(Element(content, lead, _replace_by_sources(content, own), "", own))
        lead, tail = "", line[len(content) :]
    return tuple(elements), tail + lead


def _replace_by_sources(line: str, spans: Sequence[Span]) -> str:
    """Write a line with its units' sources in place of their texts: its key in any delivery."""
    pieces = []
    done = 0
    for span in spans:
        pieces += [line[done : span.start], span.source]
        done = span.end
    return "".join(pieces) + line[done:] if spans else ""
