"""Inline patterns, tried only on texts that hold what they need.

Python-Markdown tries each of some sixteen patterns on each text of a page, though most texts are
plain words. Here a text is first searched for a string without which a pattern cannot match.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    AUTOMAIL_RE,
    BACKTICK_RE,
    ENTITY_RE,
    ESCAPE_RE,
    HTML_RE,
    IMAGE_LINK_RE,
    LINE_BREAK_RE,
    LINK_RE,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    Pattern,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.util import AtomicString

from hexapla.docfx.directives import INLINE_MARKER

NEEDS: Mapping[str, tuple[str, ...]] = {
    BACKTICK_RE: ("`",),
    ESCAPE_RE: ("\\",),
    INLINE_MARKER: ("\x02hexapla-inline:",),
    r"\[\^([^\]]*)\]": ("[^",),  # footnotes
    LINK_RE: ("[",),
    IMAGE_LINK_RE: ("![",),
    AUTOLINK_RE: ("://",),
    AUTOMAIL_RE: ("@",),
    LINE_BREAK_RE: ("  \n",),
    HTML_RE: ("<",),
    ENTITY_RE: ("&",),
    r"\*|_": ("*", "_"),  # emphasis
}
"""Patterns → strings of which a text must hold one for the pattern to match anywhere."""

ALWAYS = ("",)
"""What patterns need that are not known: nothing."""

REFERENCES = frozenset(
    {
        ReferenceInlineProcessor,
        ShortReferenceInlineProcessor,
        ImageReferenceInlineProcessor,
        ShortImageReferenceInlineProcessor,
    }
)
"""Patterns that change nothing on pages that define no references."""


class QuickInlines(InlineTreeprocessor):
    """Applies inline patterns as Python-Markdown does, but passes over those that cannot match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.with_references = [(pattern, find_needs(pattern)) for pattern in md.inlinePatterns]
        self.without_references = [
            (pattern, () if type(pattern) in REFERENCES else needs)
            for pattern, needs in self.with_references
        ]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns to a page's tree."""
        is_any = bool(self.md.references)
        self.patterns = self.with_references if is_any else self.without_references
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(  # noqa: N802
        self,
        data: str,
        patternIndex: int = 0,  # noqa: N803
    ) -> str:
        """Put markers in the place of what the patterns find, from one of them on.

        The name is the private one of Python-Markdown, whose other methods call it.
        """
        if isinstance(data, AtomicString):
            return data
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self.patterns)):
            pattern, needs = self.patterns[index]
            for need in needs:
                if need in data:
                    is_found, start = True, 0
                    while is_found:
                        data, is_found, start = apply(pattern, data, index, start)
                    break
        return data


def find_needs(pattern: Pattern) -> tuple[str, ...]:
    """Give the strings of which a text must hold one for a pattern to match."""
    if not isinstance(pattern, InlineProcessor):
        return ALWAYS
    return NEEDS.get(pattern.compiled_re.pattern, ALWAYS)
