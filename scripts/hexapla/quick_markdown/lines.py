"""The first step over a page's lines: white space is made the same everywhere."""

from __future__ import annotations

import re

from markdown.preprocessors import NormalizeWhitespace
from markdown.util import ETX, STX

BLANK = re.compile(r"\n +\n")
BLANKS = re.compile(r"(?<=\n) +\n")
"""The same lines, one after another, too; looking for these takes long."""


class QuickWhitespace(NormalizeWhitespace):
    """Makes spaces of tabs, and empties blank lines."""

    def run(self, lines: list[str]) -> list[str]:
        """Go through a page."""
        source = "\n".join(lines).replace(STX, "").replace(ETX, "")
        source = source.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        source = source.expandtabs(self.md.tab_length)
        if BLANK.search(source):
            source = BLANKS.sub("\n", source)
        return source.split("\n")
