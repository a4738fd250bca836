"""Python-Markdown, quicker: what cannot find anything in a text is passed over.

Every page stays the same, byte for byte. Only what is known is passed over or replaced: what
another extension adds is done as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markdown import Markdown
from markdown.extensions.md_in_html import HtmlBlockPreprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.inlinepatterns import DelimiterProcessor, LinkInlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from pymdownx.superfences import SuperFencesBlockPreprocessor  # type: ignore[import-untyped]

from hexapla.quick_markdown.blocks import quicken_blocks
from hexapla.quick_markdown.inlines import QuickInlines
from hexapla.quick_markdown.lines import QuickWhitespace
from hexapla.quick_markdown.patterns import QuickDelimiters, QuickLinks
from hexapla.quick_markdown.trees import BlockLevels, QuickContents, QuickUnescaping

Needs = Mapping[type, tuple[str, ...]]

NEEDS: Needs = {
    SuperFencesBlockPreprocessor: ("```", "~~~"),
    HtmlBlockPreprocessor: ("<", "&"),
}
"""Steps over a page's lines → strings of which the page must hold one for a step to do anything."""

QUICK: Mapping[type, type] = {
    DelimiterProcessor: QuickDelimiters,
    LinkInlineProcessor: QuickLinks,
    NormalizeWhitespace: QuickWhitespace,
    TocTreeprocessor: QuickContents,
    UnescapeTreeprocessor: QuickUnescaping,
}
"""Classes of steps → classes that do the same, quicker."""


def quicken(markdown: Markdown, needs: Needs) -> None:
    """Make an instance quicker that has all its extensions.

    Args:
        markdown: The instance.
        needs: Of steps over lines that are not Python-Markdown's, what a page must hold for them.
    """
    quicken_steps(markdown.preprocessors)
    quicken_steps(markdown.inlinePatterns)
    quicken_steps(markdown.treeprocessors)
    quicken_blocks(markdown)
    if type(markdown.treeprocessors["inline"]) is InlineProcessor:
        markdown.treeprocessors.register(QuickInlines(markdown), "inline", 20)
    for step in markdown.preprocessors:
        if type(step) in NEEDS or type(step) in needs:
            replace(step, "run", pass_over(step.run, {**NEEDS, **needs}[type(step)]))
    replace(markdown, "is_block_level", BlockLevels(markdown).__getitem__)


def replace(owner: object, name: str, function: Callable[..., object]) -> None:
    """Let one object have a method of its own."""
    setattr(owner, name, function)


def quicken_steps(steps: Iterable[Any]) -> None:
    """Let steps of known classes be of a quicker one; they keep their names, places and values."""
    for step in steps:
        if type(step) in QUICK:
            step.__class__ = QUICK[type(step)]


def pass_over(
    run: Callable[[list[str]], list[str]], needs: tuple[str, ...]
) -> Callable[[list[str]], list[str]]:
    """Make of a step over lines one that leaves a page alone that has nothing for it."""

    def run_if_needed(lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return run(lines) if any(need in text for need in needs) else lines

    return run_if_needed
