"""Raw HTML in articles: its references lead where those of Markdown do.

Only references are rewritten here; what HTML may stay is for sanitizing to say.
"""

from __future__ import annotations

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

from markdown.serializers import to_html_string

from hexapla.code_spans import find_code, is_inside
from hexapla.docfx.elements import is_relative, replace_image
from hexapla.docfx.images import get_host
from hexapla.docfx.surroundings import Surroundings

_TAG = re.compile(r"<(?P<tag>a|img|video|audio|source|track)(?=\s)[^<>]*+>", re.IGNORECASE)
_REFERENCE = re.compile(
    r"""(?P<key>\s(?:href|src|poster))\s*=\s*(?P<quote>["'])(?P<value>.*?)(?P=quote)""",
    re.IGNORECASE | re.DOTALL,
)
_ALT = re.compile(r"""\salt\s*=\s*(["'])(?P<value>.*?)\1""", re.IGNORECASE | re.DOTALL)
_FRAME = re.compile(
    r"""<iframe(?=\s)[^<>]*?\ssrc\s*=\s*["'](?P<source>https?://[^"'\s]+)["'][^<>]*+>"""
    r"""(?:[^<>]*</iframe\s*>)?""",
    re.IGNORECASE,
)


def rewrite_raw_html(text: str, around: Surroundings) -> str:
    """Rewrite the references of links, images and media in raw HTML, except in code.

    Frames become videos, which play in the page only from hosts that may; images on other hosts
    become links.
    """
    if "<" not in text or not (_TAG.search(text) or _FRAME.search(text)):
        return text
    code = find_code(text)

    def resolve(match: re.Match[str]) -> str:
        value = unescape(match["value"])
        if not is_relative(value):
            return match[0]
        resolved = around.resolve(value)
        return "" if resolved is None else f'{match["key"]}="{escape(resolved)}"'

    def rewrite(match: re.Match[str]) -> str:
        if is_inside(match.start(), code):
            return match[0]
        if match["tag"].lower() == "img" and (text := replace_tag(match[0], around)) is not None:
            return text
        return _REFERENCE.sub(resolve, match[0])

    def replace_frame(match: re.Match[str]) -> str:
        if is_inside(match.start(), code):
            return match[0]
        return write_video(unescape(match["source"]), around)

    if "<iframe" in text.lower():
        text = _FRAME.sub(replace_frame, text)
        code = find_code(text)
    return _TAG.sub(rewrite, text)


def replace_tag(tag: str, around: Surroundings) -> str | None:
    """Write what stands for an image that cannot be shown; None for one that can."""
    image = Element("img")
    for key, pattern in (("src", _REFERENCE), ("alt", _ALT)):
        if match := pattern.search(tag):
            image.set(key, unescape(match["value"]))
    replacement = replace_image(image, around)
    return None if replacement is None else to_html_string(replacement)


def write_video(source: str, around: Surroundings) -> str:
    """Write what a frame becomes: a video to click on, or a link."""
    host = get_host(source)
    if host in around.video_hosts and source.lower().startswith("https:"):
        link = f'<a href="{escape(source)}">{escape(around.say("content.video.play", host))}</a>'
        return f'<span class="hexapla-video" data-hexapla-video="{escape(source)}">{link}</span>'
    return f'<a href="{escape(source)}">{escape(around.say("content.video.open", host))}</a>'
