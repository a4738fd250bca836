"""Plain metadata: front matter of keys and short texts, read without a YAML parser.

That is how nearly all front matter is. What a line of it means is what PyYAML's safe loader would
make of it; where anything could be meant otherwise, the whole is left to that loader.
"""

from __future__ import annotations

import re

import yaml

_HIDDEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
"""Characters that YAML does not take, or takes for white space or the end of a line."""

_LINE = re.compile(
    rf"""
    (?P<key>[A-Za-z][A-Za-z0-9_.\-]*+):(?:[ ]++(?:
        (?P<text>[A-Za-z0-9](?:[^\#:{_HIDDEN}]|(?<![ ])\#|:(?![ ]|$))*)
      | "(?P<double>[^"\\{_HIDDEN}]*+)"[ ]*
      | '(?P<single>[^'{_HIDDEN}]*+)'[ ]*
    )?)?$
    """,
    re.VERBOSE,
)
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
"""A text's first character → what the texts look like that are no texts: numbers, days, yes."""


def read_plain_metadata(text: str) -> dict[str, str | None] | None:
    """Read front matter that is plain; give None for any other.

    Args:
        text: The lines between the marks, each with its end.
    """
    found: dict[str, str | None] = {}
    for line in text.removesuffix("\n").split("\n"):
        match = _LINE.match(line)
        if match is None or not _is_text(match["key"]):
            return None
        value = match["text"]
        if value is None:
            value = match["double"] if match["double"] is not None else match["single"]
        else:
            value = value.rstrip(" ")
            if not _is_text(value):
                return None
        found[match["key"]] = value
    return found


def _is_text(value: str) -> bool:
    """Say whether YAML takes an unquoted value for a text."""
    return not any(pattern.match(value) for _, pattern in _RESOLVERS.get(value[0], ()))
