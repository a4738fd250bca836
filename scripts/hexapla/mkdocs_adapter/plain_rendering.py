"""Rendering plain pages without Python-Markdown, as an instance of it would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import nest_toc_tokens

from hexapla.docfx.elements import is_relative
from hexapla.docfx.surroundings import Surroundings
from hexapla.plain_markdown import CONTENTS, Heading, PlainHtml, PlainPage, render_plain_page

STANDARD = "markdown.extensions."
"""What the names of Python-Markdown's own extensions may begin with."""

NEEDED = frozenset(
    {"hexapla.commonmark", "hexapla.docfx", "attr_list", "pymdownx.quotes", "sane_lists", "toc"}
)
"""Extensions without which plain pages are rendered otherwise."""

HARMLESS = frozenset(
    {
        "abbr",
        "admonition",
        "def_list",
        "fenced_code",
        "footnotes",
        "md_in_html",
        "pymdownx.details",
        "pymdownx.highlight",
        "pymdownx.inlinehilite",
        "pymdownx.superfences",
        "pymdownx.tabbed",
        "tables",
    }
)
"""Extensions that find nothing in a plain page."""

SAMPLE = """\
# One {#one}

Words **strong**, *slanting*, `code`, 1/2 (c) a_b_c "quoted" -- [a link](https://example.com/?a&b).

A paragraph with a \\* and an &amp; and a > and an [x].
Its second line.\x20\x20
And a third.

1. First

   More of it

   > [!NOTE]
   > Said

2. Second
   - Inner
   - Other

> A quote

###### Six {#six}
"""
"""A page with all that plain pages may have: instances of Markdown are asked to render it."""


PROBE = "hexapla-probe"


@dataclass(frozen=True, slots=True)
class PlainRenderer:
    """Renders plain pages as one instance of Markdown does."""

    permalink: str
    """The link to itself that a heading ends with, ``{}`` in the place of its id."""
    look_around: Callable[[], Surroundings]
    """Gives what is around the page that is rendered."""

    def render(self, markdown: str) -> PlainPage | None:
        """Render a page; None where it is not plain."""
        return render_plain_page(markdown, self.permalink)

    def resolve_links(self, page: PlainPage, resolve: Callable[[str], str]) -> PlainHtml:
        """Give a page's HTML, its links within the site resolved.

        Args:
            page: The page.
            resolve: Gives the address of a link, as MkDocs does.
        """
        around = self.look_around()
        # All are looked up first, as they are where the extension mends them before MkDocs.
        are_there = [
            not is_relative(link) or around.resolve(link) is not None for link in page.links
        ]
        pairs = zip(page.links, are_there, strict=True)
        return page.resolve([resolve(link) if is_there else None for link, is_there in pairs])


def make_plain_renderer(
    markdown: Markdown, names: Iterable[str], options: Mapping[str, Any]
) -> PlainRenderer | None:
    """Make what renders plain pages as an instance does; None where it renders them otherwise.

    Args:
        markdown: The instance, without MkDocs' own steps.
        names: Its extensions.
        options: Their options.
    """
    found = frozenset(name.removeprefix(STANDARD) for name in names)
    if not NEEDED <= found <= NEEDED | HARMLESS:
        return None
    heading = markdown.convert(f"# A {{#{PROBE}}}")
    opening, closing = f'<h1 id="{PROBE}">A', "</h1>"
    expected = markdown.reset().convert(SAMPLE), getattr(markdown, "toc_tokens", [])
    contents: Any = markdown.treeprocessors["toc"]
    markdown.reset()
    if (
        contents.marker != CONTENTS
        or not heading.startswith(opening)
        or not heading.endswith(closing)
    ):
        return None
    permalink = heading[len(opening) : -len(closing)].replace(PROBE, "{}")
    look_around = options.get("hexapla.docfx", {}).get("around", Surroundings)
    renderer = PlainRenderer(permalink, look_around)
    page = renderer.render(SAMPLE)
    is_same = page is not None and (page.html, list_contents(page.headings)) == expected
    return renderer if is_same else None


def list_contents(headings: Iterable[Heading]) -> list[Any]:
    """List a page's headings within each other, as the extension `toc` does."""
    tokens: list[Any] = [
        {
            "level": heading.level,
            "id": heading.anchor,
            "name": " ".join(heading.text.split()),
            "html": heading.text,
            "data-toc-label": "",
        }
        for heading in headings
    ]
    return nest_toc_tokens(tokens)
