"""Assets: which delivered files a site publishes beside its pages.

A file is fetched from the site's own address: HTML, scripts and the like would run there with all
that the site may do. So images, media and documents are published, by an allow-list of endings;
code files are read for code includes and not published; an SVG image is, when all it does is draw.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree

PUBLISHED = frozenset(
    "png jpg jpeg gif webp avif bmp ico svg mp4 webm mov m4v mp3 m4a ogg oga ogv wav vtt pdf doc"
    " docx xls xlsx ppt pptx odt ods odp rtf csv tsv txt json zip".split()
)
"""Endings of images, media and documents; none that a browser runs, but SVG."""

MAX_SVG = 2_000_000
"""Bytes of an SVG image that are looked through; a larger one is not published."""

_SVG = "{http://www.w3.org/2000/svg}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_DRAWS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan textPath defs title desc"
    " linearGradient radialGradient stop clipPath mask pattern symbol use marker style image switch"
    " metadata view filter feGaussianBlur feOffset feBlend feMerge feMergeNode feColorMatrix"
    " feFlood feComposite feDropShadow feMorphology feComponentTransfer feFuncR feFuncG feFuncB"
    " feFuncA".split()
)
_RASTER = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_FOREIGN = re.compile(r"@import|url\(\s*[\"']?\s*(?!#|[\"']?#)|\\|javascript:|expression\(", re.I)
_PROLOGUE = re.compile(r"<!DOCTYPE|<!ENTITY|<\?xml-", re.IGNORECASE)


def get_ending(name: str) -> str:
    """Return a file name's ending, in lower case and without its dot."""
    return posixpath.splitext(name)[1][1:].lower()


def is_published(name: str) -> bool:
    """Say whether a site publishes a file of this name, if its content is harmless."""
    return get_ending(name) in PUBLISHED


def is_harmless_svg(content: bytes) -> bool:
    """Say whether an SVG image only draws: no script, no handler, nothing from elsewhere."""
    if len(content) > MAX_SVG:
        return False
    try:
        text = content.decode("utf-8-sig")
        # A document type could declare entities: such a file is never parsed.
        if _PROLOGUE.search(text):
            return False
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        return False
    return root.tag == f"{_SVG}svg" and not any(
        True for element in root.iter() for _ in list_faults(element)
    )


def list_faults(element: ElementTree.Element) -> Iterator[str]:
    """Yield what an element of an image may not be or have."""
    tag = element.tag
    is_inert = tag.startswith("{") and not tag.startswith((_SVG, _XHTML))
    if not is_inert and not (tag.startswith(_SVG) and tag.removeprefix(_SVG) in _DRAWS):
        yield tag
    if tag == f"{_SVG}style" and _FOREIGN.search(element.text or ""):
        yield "a style from elsewhere"
    for name, value in element.attrib.items():
        if name.rpartition("}")[2].lower().startswith("on"):
            yield name
        elif name in {"href", _LINK} or name.endswith("}base"):
            if not (value.startswith("#") or _RASTER.match(value)):
                yield value
        elif _FOREIGN.search(value):
            yield value
