"""Elements that Markdown makes, mended: alignment as a class, images that open, links that hold."""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from hexapla.docfx.images import build_image_link, get_host, make_larger
from hexapla.docfx.surroundings import Surroundings

ALIGNMENTS = {
    "text-align: left;": "hexapla-left",
    "text-align: center;": "hexapla-center",
    "text-align: right;": "hexapla-right",
}
"""What tables say in styles, which a strict security policy forbids, and the classes for it."""


def mend_elements(root: Element, around: Surroundings) -> None:
    """Mend all elements of a page."""
    tabs = {
        f"#tab/{element.get('data-hexapla-tab')}": f"#{element.get('id')}"
        for element in root.iter("div")
        if element.get("data-hexapla-tab")
    }
    for element in root.iter():
        if element.tag in {"td", "th"}:
            align_cell(element)
        elif element.tag == "a":
            mend_link(element, tabs, around)
        elif element.tag != "img":
            mend_images(element, around)


def align_cell(cell: Element) -> None:
    """Say a cell's alignment by its class."""
    style = cell.attrib.pop("style", "")
    if style in ALIGNMENTS:
        cell.set("class", ALIGNMENTS[style])


def mend_link(link: Element, tabs: dict[str, str], around: Surroundings) -> None:
    """Let a link to a tab find it; make text of a link to what the site does not publish."""
    target = link.get("href") or ""
    if target.lower() in tabs:
        link.set("href", tabs[target.lower()])
    elif not target or (is_relative(target) and around.resolve(target) is None):
        link.tag = "span"
        link.attrib.pop("href", None)
    for image in link.findall("img"):
        if is_elsewhere(image, around):
            image.tag, image.text = "span", image.get("alt") or get_host(image.get("src") or "")
            image.attrib.clear()


def mend_images(parent: Element, around: Surroundings) -> None:
    """Let images that stand alone open larger; make links of those on other hosts."""
    children = list(parent)
    for index, image in enumerate(children):
        if image.tag != "img":
            continue
        if is_elsewhere(image, around):
            replacement = build_image_link(image, around)
        elif is_alone(image, parent) and image.get("class") != "hexapla-icon":
            replacement = make_larger(image, image.get("src") or "", around)
        else:
            continue
        replacement.tail, image.tail = image.tail, None
        parent[index] = replacement


def is_alone(image: Element, parent: Element) -> bool:
    """Say whether an image is all that a paragraph holds, and is in a file of its own."""
    text = (parent.text or "") + (image.tail or "")
    is_file = not (image.get("src") or "").lower().startswith("data:")
    return parent.tag == "p" and len(parent) == 1 and not text.strip() and is_file


def is_elsewhere(image: Element, around: Surroundings) -> bool:
    """Say whether an image is on a host that pages may not ask."""
    host = get_host(image.get("src") or "")
    return bool(host) and host not in around.image_hosts


def is_relative(target: str) -> bool:
    """Say whether a link leads to a file of the site's sources."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not (parts.scheme or parts.netloc or target.startswith(("/", "\\"))) and bool(parts.path)
