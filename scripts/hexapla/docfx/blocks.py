"""Blocks: the elements that containers become."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from hexapla.docfx.directives import Directive
from hexapla.docfx.images import build_image
from hexapla.docfx.surroundings import Surroundings

STYLES = frozenset(
    "nextstepaction checklist op_single_selector op_multi_selector op_multi_selector_title"
    " tabbedCodeSnippets mx-imgBorder mx-tdBreakAll mx-tdCol2BreakAll button".split()
)
"""What a styled block may be; other classes are the theme's, and not for articles to use."""

MAX_COLUMNS = 12
_WORDS = re.compile(r"[^\w.\-]+")
_COMPARISON = re.compile(r"(?P<sign>[<>]=?|=)?\s*(?P<name>[\w.\-]+)")

Build = Callable[[Directive, Element | None, Surroundings], Element]

BUILDERS: dict[str, Build] = {}
"""The builder of each kind of container. It is given the element with the container's title."""


def builds(kind: str) -> Callable[[Build], Build]:
    """Register a builder for a kind of container."""

    def register(build: Build) -> Build:
        BUILDERS[kind] = build
        return build

    return register


def name_identifier(text: str) -> str:
    """Make an identifier harmless in an attribute: letters, digits, dots and hyphens stay."""
    return _WORDS.sub("-", text).strip("-").lower()


@builds("tabs")
def build_tabs(directive: Directive, title: Element | None, around: Surroundings) -> Element:
    """Build what holds tabs: without scripts all of them are shown, one after another."""
    return Element("div", {"class": "hexapla-tabs"})


@builds("tab")
def build_tab(directive: Directive, title: Element | None, around: Surroundings) -> Element:
    """Build a tab and its title."""
    name = name_identifier(directive.attributes["id"])
    when = name_identifier(directive.attributes["when"])
    anchor = directive.attributes["anchor"] or "-".join(filter(None, ("tab", name, when)))
    attributes = {"class": "hexapla-tab", "id": anchor, "data-hexapla-tab": name}
    if when:
        attributes["data-hexapla-when"] = when
    tab = Element("div", attributes)
    if title is not None:
        title.set("class", "hexapla-tab-title")
        if when:
            title.tail, note = None, SubElement(title, "span", {"class": "hexapla-tab-when"})
            note.text = f" ({when})"
        tab.append(title)
    return tab


@builds("row")
def build_row(directive: Directive, title: Element | None, around: Surroundings) -> Element:
    """Build a row of columns."""
    return Element("div", {"class": "hexapla-row"})


@builds("column")
def build_column(directive: Directive, title: Element | None, around: Surroundings) -> Element:
    """Build a column, which may be as wide as several."""
    span = directive.attributes.get("span", "")
    wide = f" hexapla-span-{span}" if span.isdecimal() and 1 < int(span) <= MAX_COLUMNS else ""
    return Element("div", {"class": f"hexapla-column{wide}"})


@builds("div")
def build_div(directive: Directive, title: Element | None, around: Surroundings) -> Element:
    """Build a styled block, of the styles that are known."""
    styles = [name for name in directive.attributes.get("class", "").split() if name in STYLES]
    return Element("div", {"class": " ".join(["hexapla-div", *styles])})


@builds("moniker")
def build_moniker(directive: Directive, title: Element | None, around: Surroundings) -> Element:
    """Build what is said of some versions, with the versions' names."""
    return build_labelled(describe_versions(directive.attributes.get("range", ""), around), around)


@builds("zone")
def build_zone(directive: Directive, title: Element | None, around: Surroundings) -> Element:
    """Build what is said for some readers, with their names."""
    pivots = re.split(r"[\s,]+", directive.attributes.get("pivot", ""))
    return build_labelled(", ".join(filter(None, pivots)), around)


@builds("text")
def build_text(directive: Directive, title: Element | None, around: Surroundings) -> Element:
    """Build what holds text in another language, as an include may be."""
    keys = ("lang", "dir")
    found = {key: directive.attributes[key] for key in keys if key in directive.attributes}
    return Element("div", found)


def build_labelled(names: str, around: Surroundings) -> Element:
    """Build a block that says whom it is for, if that is known."""
    block = Element("div", {"class": "hexapla-zone"})
    if names:
        label = SubElement(block, "p", {"class": "hexapla-zone-label"})
        label.text = around.say("content.applies", names)
    return block


def describe_versions(versions: str, around: Surroundings) -> str:
    """Say a range of versions in words: ``>=files-3.2`` is "files-3.2 and later"."""
    words = {">=": "content.later", "<=": "content.earlier"}
    said = []
    for match in _COMPARISON.finditer(versions):
        sign = (match["sign"] or "").removeprefix("=")
        key, name = words.get(sign), match["name"]
        said.append(around.say(key, name) if key else f"{sign} {name}".strip())
    return ", ".join(said)


@builds("image")
def build_described_image(
    directive: Directive, title: Element | None, around: Surroundings
) -> Element:
    """Build an image with a long description, which readers open."""
    figure = Element("div", {"class": "hexapla-figure"})
    figure.append(build_image(directive, around))
    details = SubElement(figure, "details")
    SubElement(details, "summary").text = around.say("content.image.about")
    return figure
