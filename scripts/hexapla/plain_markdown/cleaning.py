"""Sanitizing plain pages: each of their tags is sanitized once, not once for every page.

What plain pages are rendered to is well formed, its text is escaped, and its tags are few: but for
headings and the links to them, the same ones come again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MAX_KNOWN = 20_000
"""Tags that are remembered: links lead to any number of addresses."""

_TAG = re.compile(r"<(a|br|div|ol|p) [^<>]*>")
"""A tag with attributes, or one that has no end; attributes hold no angle brackets."""

_HEADING = re.compile(r"<h[1-6] (?:id=\"(?!hexapla)([a-zA-Z0-9][\w.\-]*)\">)?")
"""A heading; an id of this form may stay, if it is the only one."""

_ODD = re.compile(r"&(?!(?:amp|lt|gt|nbsp);)")
"""What is written otherwise in sanitized text."""


class PlainHtml(str):
    """The HTML of a plain page; what has been changed since is an ordinary string."""

    __slots__ = ()


def make_plain_sanitizer(sanitize: Callable[[str], str]) -> Callable[[PlainHtml], str]:
    """Make a function that sanitizes plain pages.

    Args:
        sanitize: Sanitizes any page; it is asked for each tag that is new.
    """
    known: dict[str, str] = {}

    def look_up(tag: str, name: str) -> str:
        if tag not in known:
            if len(known) >= MAX_KNOWN:
                known.clear()
            known[tag] = sanitize(f"{tag}x</{name}>" if name != "br" else tag).removesuffix(
                f"x</{name}>"
            )
        return known[tag]

    def write(match: re.Match[str]) -> str:
        tag, name = match.group(0, 1)
        before, mark, after = tag.partition('href="#')
        if not mark:
            return look_up(tag, name)
        # Each heading has another link to itself.
        anchor, _, after = after.partition('"')
        return look_up(f'{before}{mark}x"{after}', name).replace('"#x"', f'"#{anchor}"')

    def sanitize_plain(html: PlainHtml) -> str:
        text = html.replace("&para;", "¶").replace("\xa0", "&nbsp;")
        anchors = _HEADING.findall(text)
        is_odd = len({*anchors, ""}) <= len(anchors) or _ODD.search(text)
        return sanitize(html) if is_odd else _TAG.sub(write, text)

    return sanitize_plain
