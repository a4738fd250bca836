"""Inline patterns that look for the next character that matters, not at each one in turn."""

from __future__ import annotations

import re

from markdown.inlinepatterns import DelimiterProcessor, LinkInlineProcessor

ADDRESS = re.compile(r"\(\s*([^\s<()'\"][^()'\"]*)\)")
"""What follows a link's text, where it is an address and nothing else."""


class QuickLinks(LinkInlineProcessor):
    """Finds the ends of links without brackets or quotes within them."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """Give the text between brackets, the index after it, and whether there is any."""
        end = data.find("]", index)
        if end < 0 or data.find("[", index, end) >= 0:
            return super().getText(data, index)
        return data[index:end], end + 1, True

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """Give the address, the title, the index after them, and whether there are any."""
        match = ADDRESS.match(data, index)
        if match is None:
            return super().getLink(data, index)
        return self.unescape(match[1]).strip(), None, match.end(), True


class QuickDelimiters(DelimiterProcessor):
    """Finds what may begin or end emphasis."""

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """Find the next one; what only ends is none as long as nothing has begun."""
        for found in self.compiled_re.finditer(data, start):
            # Each character of a run is looked at, as it may be that only its end begins something.
            delimiter = self.delimiters.get(found[0])
            match = delimiter.boundary.match(data, found.start()) if delimiter else None
            if delimiter and match and (delimiter.stack or match.lastgroup != "end"):
                return match
        return None
