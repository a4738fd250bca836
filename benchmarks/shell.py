"""Turn a page that MkDocs rendered into another tool's layout: the same shell around other text.

Made from a page rather than written by hand, so that what the others render is what our readers
get, byte for byte but for the article, and stays so when the theme changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

MARK = "Here-stands-the-text"
"""A paragraph that the page was given behind its first heading."""

ENTRY = (
    '<li>\n<a href="{link}" hreflang="{tag}" data-shows="article" class="hexapla-switcher__link">\n'
    '<span lang="{tag}" dir="{direction}">{name}</span>\n</a>\n</li>\n'
)
"""An entry of the language switcher."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a tool's layouts write what differs from page to page."""

    title: str
    """The article's title."""
    content: str
    """Its text, with its heading."""
    contents: str
    """The table of its headings."""
    language: str
    """The page's locale."""
    direction: str
    """`ltr` or `rtl`."""
    home: str
    """The address of the locale's home."""
    section: str
    """The address of the list that the article is in."""
    switcher: str
    """The same article in the other locales, as list items."""
    neighbours: str
    """Five related articles, as list items; empty: those of the page stay."""
    string: str = ""
    """An interface string, where `{}` is its key; empty: those of the page stay."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A layout in four parts, without the article."""

    before: str
    """What stands above the article's text."""
    below: str
    """What we have between heading and text: banners, buttons."""
    after: str
    """What stands below it: details, related articles, the footer."""

    @property
    def article(self) -> str:
        """The layout of an article, but for its content between the two parts."""
        return self.below + self.after


RULES = (
    (r'<html dir="[^"]*" lang="[^"]*"', '<html dir="@direction@" lang="@language@"'),
    (r'<body dir="[^"]*"', '<body dir="@direction@"'),
    (r'<article class="', '<article data-pagefind-body class="'),
    (r'(property="og:locale" content=)"[^"]*"', r'\1"@language@"'),
    (r'data-reading="[^"]*"', 'data-reading="@language@"'),
    (r'data-original="[^"]*/', 'data-original="/assets/hexapla/originals/'),
    (r'href="#[^"]*" class="md-skip"', 'href="#" class="md-skip"'),
    (r'"base": "[^"]*"', '"base": "@home@"'),
    (r'href="(?:\.\./)+products/[^"]*"', 'href="@section@"'),
    (r'"(?:\.\./)+assets/', '"/assets/'),
    (r'data-base="[^"]*"', 'data-base="/"'),
    (r'href="(?:\.\./)+"', 'href="@home@"'),
    (r'href="(?:\.\./)+status/"', 'href="@home@status/"'),
    (
        r'(<nav class="md-nav md-nav--secondary"[^>]*>)(?s:.*?)</nav>',
        r"\1@contents@</nav>",
    ),
    (r'(<ul class="hexapla-switcher__list">)(?s:.*?)(</ul>)', r"\1@switcher@\2"),
)
"""What differs from page to page, by pattern; a name between two @ is a field of `Dialect`."""

NEIGHBOURS = (r'(<h2 id="hexapla-related">[^<]*</h2>\s*<ul>)(?s:.*?)(</ul>)', r"\1@neighbours@\2")


def make_shell(page: str, strings: Mapping[str, str], dialect: Dialect) -> Shell:
    """Make a layout from a page.

    Args:
        page: An article in a target locale, with ``MARK``.
        strings: The interface strings of its locale.
        dialect: What the layout is written in.

    Raises:
        ValueError: The page has not what a layout needs.
    """
    match = re.fullmatch(
        r"(?P<before>.*?)<h1[^>]*>(?P<heading>.*?)</h1>(?P<below>.*?)"
        rf"<p>{MARK}</p>.*?(?P<after><details class=\"hexapla-about\".*)",
        page,
        re.DOTALL,
    )
    if match is None:
        raise ValueError("the page has no heading, mark, or details of its article")
    title = re.sub(r"<[^>]*>|¶", "", match["heading"])
    before = match["before"].replace(title, "@title@")
    parts = (
        _generalize(part, strings, dialect) for part in (before, match["below"], match["after"])
    )
    return Shell(*parts)


def _generalize(html: str, strings: Mapping[str, str], dialect: Dialect) -> str:
    """Replace what is one page's by what the other tool knows of any page."""
    for pattern, replacement in (*RULES, *([NEIGHBOURS] if dialect.neighbours else [])):
        html = re.sub(pattern, replacement, html)
    if dialect.string:
        for key, text in sorted(strings.items(), key=lambda item: -len(item[1])):
            name = dialect.string.replace("{}", name_string(key))
            quoted = re.escape(escape(text))
            html = re.sub(rf'(?<=[>"]){quoted}(?=[<"])', lambda match, name=name: name, html)  # type: ignore[misc]
    return re.sub(r"@([a-z]+)@", lambda match: str(getattr(dialect, match[1])), html)


def name_string(key: str) -> str:
    """Name an interface string as templates can: a dot would lead into a table."""
    return key.replace(".", "_")
