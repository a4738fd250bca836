"""Python-Markdown, quicker: what cannot find anything in a text is passed over.

Every page stays the same, byte for byte. Only what is known is passed over: patterns and kinds of
blocks that another extension adds are tried as ever.
"""

from __future__ import annotations

from markdown import Markdown

from hexapla.quick_markdown.blocks import quicken_blocks
from hexapla.quick_markdown.inlines import QuickInlines


def quicken(markdown: Markdown) -> None:
    """Make an instance quicker that has all its extensions."""
    quicken_blocks(markdown)
    markdown.treeprocessors.register(QuickInlines(markdown), "inline", 20)
