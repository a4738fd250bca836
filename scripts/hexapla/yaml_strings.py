"""YAML as strings: every scalar is text, and nothing can grow beyond the file.

Delivered front matter says ``ms.custom: 100021`` and ``04/21/2020`` and means text (FORMAT.md,
Front matter). Reading the parser's events rather than loading a graph makes that direct, and
leaves no room for aliases, tags or endless nesting, which untrusted YAML could use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

_MAXIMUM_NESTING = 50
_Parser: Any = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.Loader)


class StringsError(Exception):
    """The text is not YAML, or not YAML of the kind that is read.

    Args:
        problem: What is wrong.
        line: Line of the text, from 0.
        column: Column, from 0.
        unsafe: Whether it is YAML that is not read because it could do harm.
    """

    def __init__(self, problem: str, line: int, column: int, *, unsafe: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column
        self.unsafe = unsafe


def load_strings(text: str) -> object:
    """Read a YAML document: strings, lists and dictionaries with string keys.

    Nothing (``key:``) is the empty string; of equal keys the last one counts.

    Raises:
        StringsError: The text is not YAML, or uses anchors, aliases, tags or deep nesting.
    """
    try:
        return _build(_read_events(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise StringsError(str(problem), line, column) from error


def _read_events(text: str) -> Iterator[Any]:
    """Yield the parser's events, and refuse those that could do harm."""
    parser = _Parser(text)
    depth = 0
    try:
        while (event := parser.get_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.anchor is None and event.tag is None:
                    yield event
                    continue
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                depth += 1
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                depth -= 1
            place = event.start_mark.line, event.start_mark.column
            if getattr(event, "anchor", None) is not None:
                raise StringsError("an anchor or alias", *place, unsafe=True)
            if getattr(event, "tag", None) is not None:
                raise StringsError("a tag", *place, unsafe=True)
            if depth > _MAXIMUM_NESTING:
                raise StringsError("too deep a nesting", *place, unsafe=True)
            yield event
    finally:
        parser.dispose()


def _build(events: Iterator[Any]) -> object:
    """Build the first document's value from its events."""
    root: list[object] = []
    stack: list[tuple[Any, list[object]]] = [(None, root)]
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            stack[-1][1].append(event.value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            stack.append((event, []))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            start, items = stack.pop()
            stack[-1][1].append(items if kind is yaml.SequenceEndEvent else _pair(items, start))
        elif kind is yaml.DocumentStartEvent and root:
            place = event.start_mark.line, event.start_mark.column
            raise StringsError("a second document", *place)
    return root[0] if root else ""


def _pair(items: list[object], start: Any) -> dict[str, object]:
    """Make a dictionary of keys and values in turn."""
    keys = items[::2]
    if not all(isinstance(key, str) for key in keys):
        raise StringsError("a key that is no text", start.start_mark.line, start.start_mark.column)
    return dict(zip(map(str, keys), items[1::2], strict=True))


def render_entry(key: str, value: object) -> str:
    """Write a key with a string, list or mapping, so that any YAML loader reads strings."""
    text = yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=10**6)
    if _UNPRINTABLE.search(text):  # a line's end to YAML, which it would read as a blank
        return yaml.safe_dump({key: value}, sort_keys=False, width=10**6)
    return text


def match_entry(key: str) -> re.Pattern[str]:
    """Make a pattern of a key and its value, as `render_entry` writes them at the top level."""
    return re.compile(rf"^{re.escape(key)}:[^\n]*\n(?:[ \t\-][^\n]*\n)*", re.MULTILINE)


def quote(value: str) -> str:
    """Write a string as a YAML scalar in double quotes, on one line."""
    return _UNPRINTABLE.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON leaves as it is, and YAML does not allow or takes for the end of a line."""

_SIMPLE = re.compile(
    r"""
    ([A-Za-z][\w.\-]*):
    (?:[ ]+(?:"[^"\\\n]*"|([^\s\-?:,\[\]{}#&*!|>'"%@`][^\n:#]*?)))?
    [ ]*\n\Z
    """,
    re.VERBOSE,
)
"""An entry of one line, with a quoted scalar, a plain one or nothing: most are."""


@lru_cache(maxsize=65_536)
def protect_scalars(entry: str) -> str:
    """Quote the plain scalars of an entry that YAML would read as a number, date or truth value.

    The theme's plugins read the bundle with YAML's own rules, in which ``100021`` and
    ``2021-04-08`` are no text, nor is a key ``on``.
    """
    simple = _SIMPLE.match(entry)
    if simple and not _resolves(simple[1]) and not (simple[2] and _resolves(simple[2])):
        return entry
    pieces: list[str] = []
    done = 0
    for event in _read_events(entry):
        is_scalar = type(event) is yaml.ScalarEvent
        if is_scalar and event.implicit[0] and _resolves(event.value):
            pieces += (entry[done : event.start_mark.index], quote(event.value))
            done = event.end_mark.index
    return "".join((*pieces, entry[done:]))


def _resolves(scalar: str) -> bool:
    """Say whether YAML 1.1 would read a plain scalar as anything but a string, or nothing."""
    if not scalar:
        return False
    resolvers: dict[str, list[tuple[str, re.Pattern[str]]]]
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    return any(pattern.match(scalar) for _, pattern in resolvers.get(scalar[0], ()))
