"""Directives: what the dialect says to do, kept aside while Markdown is rendered.

A directive leaves a marker in the text: the start of a container and its end are paragraphs of
their own, an image or a cross reference stands within text. Markers hold control characters that
Python-Markdown removes from every text that it is given, so no delivered text has any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_ATTRIBUTE = re.compile(r"""([\w-]++)[ \t]*+=[ \t]*+(?:"([^"]*+)"|'([^']*+)'|([^\s"':]++))""")
_BLOCK = "\x02hexapla:{}\x03"
_INLINE = "\x02hexapla-inline:{}\x03"

BLOCK_MARKER = re.compile(r"\x02hexapla:(\d+)\x03")
"""A container's start or end."""

INLINE_MARKER = r"\x02hexapla-inline:(\d+)\x03"
"""What stands within text."""

ANY_MARKER = re.compile(r"\x02hexapla(?:-inline)?:(\d+)\x03")


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive of a page."""

    kind: str
    """What it is: ``tab``, ``row``, ``image``."""

    attributes: Mapping[str, str]
    """Its attributes: ``{"source": "a.png"}``."""

    source: str
    """As it is written, for where it turns out to be code."""

    ends: bool = False
    """Whether it is the end of a container."""


@dataclass(slots=True)
class Directives:
    """The directives of a page, by number."""

    found: list[Directive] = field(default_factory=list)

    def mark_block(self, directive: Directive) -> str:
        """Keep a container's start or end; return its marker."""
        self.found.append(directive)
        return _BLOCK.format(len(self.found) - 1)

    def mark_inline(self, directive: Directive) -> str:
        """Keep what stands within text; return its marker."""
        self.found.append(directive)
        return _INLINE.format(len(self.found) - 1)

    def __getitem__(self, number: str) -> Directive:
        return self.found[int(number)]

    def __iter__(self) -> Iterator[Directive]:
        return iter(self.found)


def parse_attributes(text: str) -> dict[str, str]:
    """Read ``key="value"`` pairs; names in lower case."""
    return {
        match[1].lower(): next(value for value in match.groups()[1:] if value is not None)
        for match in _ATTRIBUTE.finditer(text)
    }
