"""What the theme shows of a page beside its text: titles and front matter, as text, not HTML.

The theme's templates escape nothing: what they are given must be harmless as it is.
"""

from __future__ import annotations

from html import unescape

from markupsafe import Markup, escape
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

THEME_KEYS = frozenset(
    "template hide icon status search social tags location comments disqus slug draft links pin"
    " readtime categories authors subtitle robots_template render_macros ignore_macros"
    " git_revision_date_localized git_creation_date_localized revision_date".split()
)
"""Front matter with which a page would choose its template, or show and hide parts of it."""

SHOWN_KEYS = ("title", "description", "author")
"""Front matter that the theme puts into its HTML as it is."""


def mend_metadata(page: Page) -> None:
    """Leave a page no front matter that commands the theme; make text of what it shows."""
    for key in THEME_KEYS & page.meta.keys():
        del page.meta[key]
    for key in SHOWN_KEYS:
        if page.meta.get(key) is not None:
            page.meta[key] = write_text(str(page.meta[key]), is_html=False)


def write_text(text: str, *, is_html: bool = True) -> Markup:
    """Write text as HTML, once: templates may escape it again without harm."""
    return escape(unescape(text) if is_html else text)


def strip_tags(value: object) -> Markup:
    """Remove tags as Jinja's own filter does, and leave what is text as text."""
    return escape(Markup(str(value)).striptags())


def read_shown(value: object) -> str:
    """Give the text of HTML, as `Markup.striptags` does."""
    text = str(value)
    if "<" in text or "&" in text:
        return Markup(text).striptags()
    return " ".join(text.split())


def mend_heading(item: AnchorLink) -> None:
    """Make text of a heading in the table of contents, and of those below it."""
    item.title, item.id = str(write_text(item.title)), str(escape(item.id))
    for child in item.children:
        mend_heading(child)
