"""Anchors: ``# <a name="slug"></a>Title`` becomes ``# Title {#slug}``.

Anchors are the slug of the *source* heading, the same in every locale (FORMAT.md, Text): written
as the heading's id they keep links alive in every language. Lines stay where they are.
"""

from __future__ import annotations

import re

_ANCHOR = r'<a name=(?:"|&quot;)([^"<>]*?)(?:"|&quot;)></a>'
ANCHOR = re.compile(_ANCHOR)
"""One anchor as the delivering system writes it."""

_UNDERLINE = r"\n[ ]{0,3}(?:=+|-+)[ \t]*(?=\n|\Z)"
_ANCHORED = re.compile(f"{_ANCHOR}((?:{_ANCHOR})*)([^\n]*)({_UNDERLINE})?")
_HEADING = re.compile(r"[^\S\n]*(?:(?:[>*+\-]|\d+[.)])[^\S\n]*)*#{1,6}[^\S\n]*\Z")
_PLAIN_SLUG = re.compile(r"[\w.:\-]+\Z")


def remove_anchors(text: str) -> str:
    """Remove the anchors that delivery added, as the source file never had them."""
    return ANCHOR.sub("", text) if "<a name=" in text else text


def convert_anchors(text: str) -> str:
    """Turn the anchors of headings into heading ids; others stay as they are."""
    return _ANCHORED.sub(_convert, text) if "<a name=" in text else text


def _convert(match: re.Match[str]) -> str:
    """Write a heading with the last of its anchors as its id, the others as they are."""
    title, underline = match[4], match[5] or ""
    opening = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    is_heading = _HEADING.match(opening) or (underline and title.strip() and not opening.strip())
    *others, last = ANCHOR.finditer(match.string, match.start(), match.start(4))
    if not is_heading or not _PLAIN_SLUG.match(last[1]):
        return match[0]  # no heading, or no id that an attribute list could hold
    end = len(title.rstrip())
    if title.endswith("#", 0, end):
        text = title[:end].rstrip("#")  # a closing sequence, where a blank stands before it
        end = len(text.rstrip()) if text.endswith((" ", "\t")) else end
    kept = "".join(anchor[0] for anchor in others)
    return f"{kept}{title[:end]} {{#{last[1]}}}{title[end:]}{underline}"
