"""Images: the dialect's and Markdown's own, which open larger, and videos, which wait for a click.

Nothing here asks another host for anything: a video begins as a link, and an image elsewhere
stays one, unless its host is on the site's list.
"""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from hexapla.docfx.directives import Directive
from hexapla.docfx.surroundings import Surroundings


def get_host(address: str) -> str:
    """Return the host that an address names; empty for a relative or a broken one."""
    try:
        return (urlsplit(address.replace("\\", "/")).hostname or "").lower()
    except ValueError:
        return ""


def build_image(directive: Directive, around: Surroundings) -> Element:
    """Build the image of a directive: an icon within text, or one that opens larger."""
    attributes = directive.attributes
    source, text = attributes.get("source", ""), attributes.get("alt-text", "")
    image = Element("img", {"alt": text, "src": source})
    if attributes.get("type", "").lower() == "icon":
        image.set("class", "hexapla-icon")
        return image
    if attributes.get("border", "").lower() == "true":
        image.set("class", "hexapla-border")
    if link := attributes.get("link"):
        return wrap_image(image, link, {})
    larger = attributes.get("lightbox") or source
    is_missing = not get_host(larger) and around.resolve(larger) is None
    return make_larger(image, source if is_missing else larger, around)


def make_larger(image: Element, target: str, around: Surroundings) -> Element:
    """Link an image to the file that shows it larger; scripts open that in the page."""
    label = ": ".join(filter(None, (around.say("content.image.enlarge"), image.get("alt"))))
    return wrap_image(image, target, {"class": "hexapla-lightbox", "aria-label": label})


def wrap_image(image: Element, target: str, attributes: dict[str, str]) -> Element:
    """Make a link of an image."""
    link = Element("a", {"href": target} | attributes)
    link.append(image)
    return link


def build_image_link(image: Element, around: Surroundings) -> Element:
    """Build a link in the place of an image that another host has."""
    source = image.get("src") or ""
    link = Element("a", {"href": source})
    link.text = image.get("alt") or around.say("content.image.elsewhere", get_host(source))
    return link


def build_video(directive: Directive, around: Surroundings) -> Element:
    """Build a link to a video, which scripts turn into a player when its host may play here."""
    source = directive.attributes["source"]
    if not source.lower().startswith(("https:", "http:", "/")):
        return Element("span", {"class": "hexapla-missing"})
    host = get_host(source)
    if host in around.video_hosts and source.lower().startswith("https:"):
        video = Element("span", {"class": "hexapla-video", "data-hexapla-video": source})
        SubElement(video, "a", {"href": source}).text = around.say("content.video.play", host)
        return video
    link = Element("a", {"href": source})
    link.text = around.say("content.video.open", host or source)
    return link
