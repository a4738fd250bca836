"""Phrases: images, videos and cross references, found within text."""

from __future__ import annotations

import re
from urllib.parse import unquote

from hexapla.code_spans import find_code, is_inside
from hexapla.docfx.directives import Directive, Directives, parse_attributes

_PHRASE = re.compile(
    r"""
    :::[ \t]*image(?P<image>[ \t][^\n]*?):::             # :::image type="icon" source="a.png":::
  | \[!video[ \t]+(?P<video>[^\]\s]+)[ \t]*\]            # [!VIDEO https://video.example/a]
  | <xref:(?P<reference>[^<>\s]++)>                      # <xref:identifier>
  | \[(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]*+\])*+)\]
    \(xref:(?P<target>[^()\s]++)(?:[ \t]+"[^"\n]*")?\)   # [text](xref:identifier)
  | (?<!\])\(xref:(?P<bare>[^()\s]++)\)                  # (xref:identifier)
    """,
    re.VERBOSE | re.IGNORECASE,
)

_VIDEO = re.compile(r"\[!video", re.IGNORECASE)


def mark_phrases(text: str, directives: Directives) -> str:
    """Replace what stands within text by markers, except in code."""
    if ":::" not in text and "xref:" not in text and not _VIDEO.search(text):
        return text
    code = find_code(text)

    def mark(match: re.Match[str]) -> str:
        if is_inside(match.start(), code):
            return match[0]
        if match["image"]:
            attributes = parse_attributes(match["image"])
            return directives.mark_inline(Directive("image", attributes, match[0]))
        if match["video"]:
            attributes = {"source": match["video"].strip("<>")}
            return directives.mark_inline(Directive("video", attributes, match[0]))
        if match["text"]:
            return match["text"]
        identifier = match["reference"] or match["target"] or match["bare"]
        attributes = {"name": name_reference(identifier)}
        marker = directives.mark_inline(Directive("xref", attributes, match[0]))
        return f"({marker})" if match["bare"] else marker

    return _PHRASE.sub(mark, text)


def name_reference(identifier: str) -> str:
    """Give the text for a cross reference that has none of its own: its identifier."""
    return unquote(identifier.partition("?")[0]).removesuffix("*")
