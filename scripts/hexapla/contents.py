"""Tables of contents: ``TOC.yml`` and ``TOC.md`` of delivered docsets, read as trees of entries.

The form is docfx's (FORMAT.md, Markdown dialect): YAML is a list, or has ``items:``; an entry has
name, href, items, tocHref, topicHref. Markdown has a heading for each entry. One table may take in
another; each is taken in once, so that neither cycles nor repetition make the tree grow.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hexapla.findings import Finding
from hexapla.paths import resolve_reference, topic_identifier
from hexapla.units import parse_units
from hexapla.yaml_strings import StringsError, load_strings

MAXIMUM_SIZE = 2**22
"""Bytes of one table."""
MAXIMUM_ENTRIES = 50_000
"""Entries of one table; further ones are left out."""

_HEADING = re.compile(r"^[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"\[(?P<name>.*)\]\((?P<reference>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)[^)]*\)")
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.\-]*:|/")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a table of contents."""

    name: str
    """What readers see; may be empty."""
    topic: str = ""
    """The id of the topic it leads to; empty where there is none."""
    children: tuple[Entry, ...] = ()
    """The entries below it."""
    table: str = ""
    """The path of the table whose entries come below it."""


def is_contents(path: str) -> bool:
    """Say whether a path is a table of contents of articles: not one of breadcrumbs."""
    folder, name = posixpath.split(path.lower())
    return name in {"toc.yml", "toc.yaml", "toc.md"} and posixpath.basename(folder) != "breadcrumb"


def parse_contents(
    text: str, name: str, roots: tuple[str, ...], path: str
) -> tuple[tuple[Entry, ...], list[Finding]]:
    """Read one table.

    Args:
        text: Its text; units, if there are any, count as their targets.
        name: Its path in the docset: ``help/TOC.yml``.
        roots: The docsets' roots, for ``~/`` references.
        path: Its path for findings.
    """
    segments, findings = parse_units(text, path)
    text = "".join(part if isinstance(part, str) else part.target for part in segments)
    reader = _Reader(name, roots)
    if name.lower().endswith(".md"):
        return _parse_headings(text, reader), findings
    try:
        value = load_strings(text)
    except StringsError as error:
        message = f"not the YAML of a table of contents: {error.problem}"
        place = (error.line + 1, error.column + 1)
        return (), [*findings, Finding(path, *place, "contents-invalid", message)]
    if isinstance(value, dict):
        value = value.get("items", [])
    entries = reader.read_entries(value)
    if reader.left <= 0:
        message = f"only the first {MAXIMUM_ENTRIES:,} entries count"
        findings.append(Finding(path, 0, 0, "contents-invalid", message))
    return entries, findings


class _Reader:
    """Reads the entries of one table."""

    def __init__(self, name: str, roots: tuple[str, ...]) -> None:
        self.name = name
        self.roots = roots
        self.left = MAXIMUM_ENTRIES

    def read_entries(self, value: object) -> tuple[Entry, ...]:
        """Read a YAML list; what is no entry is left out."""
        entries = []
        for item in value if isinstance(value, list) else ():
            self.left -= 1
            if self.left > 0 and isinstance(item, dict):
                entries.append(self._read_entry(item))
        return tuple(entries)

    def _read_entry(self, item: Mapping[str, object]) -> Entry:
        """Read a YAML entry; ``topicHref`` is where it leads, ``tocHref`` what comes below it."""
        references = [item.get(key) for key in ("topicHref", "href", "tocHref", "homepage")]
        found = [self.resolve(str(reference)) for reference in references if reference]
        topic = next((target for is_table, target in found if not is_table and target), "")
        table = next((target for is_table, target in found if is_table), "")
        name = item.get("name")
        children = self.read_entries(item.get("items"))
        return Entry(name.strip() if isinstance(name, str) else "", topic, children, table)

    def resolve(self, reference: str) -> tuple[bool, str]:
        """Give whether a reference means a table, and the table's path or the topic's id."""
        target = reference.partition("#")[0].partition("?")[0].strip()
        if not target or _ELSEWHERE.match(target):
            return False, ""
        path = resolve_reference(target, self.name, self.roots) or ""
        if target.endswith("/") and path:
            return True, f"{path}/TOC.yml"
        if is_contents(path):
            return True, path
        return False, topic_identifier(path) if path[-3:].lower() == ".md" else ""


def _parse_headings(text: str, reader: _Reader) -> tuple[Entry, ...]:
    """Read Markdown: the level of a heading is the entry's depth."""
    root: list[Entry] = []
    stack: list[tuple[int, Entry, list[Entry]]] = []

    def close(level: int) -> None:
        while stack and stack[-1][0] >= level:
            _, entry, children = stack.pop()
            (stack[-1][2] if stack else root).append(replace(entry, children=tuple(children)))

    for match in _HEADING.finditer(text):
        link = _LINK.search(match[2])
        is_table, target = reader.resolve(link["reference"]) if link else (False, "")
        name = (link["name"] if link else match[2]).strip()
        level = len(match[1])
        close(level)
        entry = Entry(name, "" if is_table else target, (), target if is_table else "")
        stack.append((level, entry, []))
    close(0)
    return tuple(root)
