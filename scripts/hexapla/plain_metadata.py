"""Plain metadata: front matter of keys, short texts and lists of them, read without a YAML parser.

That is how nearly all front matter is. What a line of it means is what PyYAML's safe loader would
make of it; where anything could be meant otherwise, the whole is left to that loader.
"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

_HIDDEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
"""Characters that YAML does not take, or takes for white space or the end of a line."""

_LINE = re.compile(
    rf"""
    (?:(?P<key>[A-Za-z][A-Za-z0-9_.\-]*+):|-)(?:[ ]++(?:
        (?P<text>[A-Za-z0-9](?:[^\#:{_HIDDEN}]|(?<![ ])\#|:(?![ ]|$))*)
      | "(?P<double>[^"\\{_HIDDEN}]*+)"[ ]*
      | '(?P<single>[^'{_HIDDEN}]*+)'[ ]*
    )?)?$
    """,
    re.VERBOSE,
)
"""A key, with its value or with none; or an item of a list, which stands below its key."""

_SHORT = 100
"""Characters of a line that may be met again: what it says is remembered."""

_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
"""A text's first character → what the texts look like that are no texts: numbers, days, yes."""


Plain = str | list[str] | None
"""A value that plain metadata may have."""


def read_plain_metadata(text: str) -> dict[str, Plain] | None:
    """Read front matter that is plain; give None for any other.

    Args:
        text: The lines between the marks, each with its end.
    """
    found: dict[str, Plain] = {}
    last = ""
    for line in text.removesuffix("\n").split("\n"):
        read = _read_short_line(line) if len(line) <= _SHORT else _read_line(line)
        if read is None:
            return None
        key, value = read
        if key:
            last = key
            found[key] = value
        elif value is None or not last or not _add_item(found, last, value):
            return None
    return found


def _add_item(found: dict[str, Plain], key: str, item: str) -> bool:
    """Add an item to the list of a key; say whether that may have one."""
    items = found[key]
    if items is None:
        found[key] = [item]
    elif isinstance(items, list):
        items.append(item)
    return not isinstance(items, str)


def _read_line(line: str) -> tuple[str, str | None] | None:
    """Read the key and the value of a line; the key of an item is empty. None: it is not plain."""
    match = _LINE.match(line)
    if match is None:
        return None
    key, text, double, single = match.groups()
    if key is not None and not _is_text(key):
        return None
    if text is None:
        return key or "", single if double is None else double
    text = text.rstrip(" ")
    return (key or "", text) if _is_text(text) else None


_read_short_line = lru_cache(maxsize=4096)(_read_line)


def _is_text(value: str) -> bool:
    """Say whether YAML takes an unquoted value for a text."""
    return not any(pattern.match(value) for _, pattern in _RESOLVERS.get(value[0], ()))
