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
    has_images = next(root.iter("img"), None) is not None
    for element in root.iter():
        if element.tag in {"td", "th"}:
            align_cell(element)
        elif element.tag == "a":
            mend_link(element, tabs, around)
        elif has_images and element.tag != "img":
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
        replacement = replace_image(image, around)
        if replacement is None:
            continue
        part = link if link.get("class") == "hexapla-lightbox" else image
        tail = part.tail
        part.clear()
        part.tag, part.text, part.tail = "span", replacement.text, tail
        part.set("class", "hexapla-missing")


def mend_images(parent: Element, around: Surroundings) -> None:
    """Let images that stand alone open larger; put text where there is no image to be shown."""
    for index, image in enumerate(list(parent)):
        if image.tag != "img":
            continue
        replacement = replace_image(image, around)
        if replacement is None and is_alone(image, parent):
            replacement = make_larger(image, image.get("src") or "", around)
        if replacement is None:
            continue
        replacement.tail, image.tail = image.tail, None
        parent[index] = replacement


def replace_image(image: Element, around: Surroundings) -> Element | None:
    """Build what stands for an image on a host that pages may not ask, or one that is missing."""
    source = image.get("src") or ""
    if get_host(source) and get_host(source) not in around.image_hosts:
        return build_image_link(image, around)
    if source and not (is_relative(source) and around.resolve(source) is None):
        return None
    missing = Element("span", {"class": "hexapla-missing"})
    missing.text = image.get("alt")
    return missing


def is_alone(image: Element, parent: Element) -> bool:
    """Say whether an image is all that a paragraph holds, and is in a file of its own."""
    text = (parent.text or "") + (image.tail or "")
    is_inner = (image.get("src") or "").lower().startswith("data:")
    is_icon = image.get("class") == "hexapla-icon" or is_inner
    return parent.tag == "p" and len(parent) == 1 and not text.strip() and not is_icon


def is_relative(target: str) -> bool:
    """Say whether a link leads to a file of the site's sources."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not (parts.scheme or parts.netloc or target.startswith(("/", "\\"))) and bool(parts.path)
