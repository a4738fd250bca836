"""The dialect as a Markdown extension: markers in, elements out.

Steps, in Python-Markdown's order: containers and phrases become markers before lists are indented
and code is taken out; when blocks and text are parsed, markers become elements around what stands
between them; last come markers within HTML that Markdown does not look into.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import Treeprocessor

from hexapla.docfx.blocks import BUILDERS
from hexapla.docfx.containers import mark_containers
from hexapla.docfx.directives import (
    ANY_MARKER,
    BLOCK_MARKER,
    INLINE_MARKER,
    Directive,
    Directives,
)
from hexapla.docfx.elements import mend_elements
from hexapla.docfx.images import build_image, build_video
from hexapla.docfx.phrases import mark_phrases
from hexapla.docfx.raw_html import rewrite_raw_html
from hexapla.docfx.surroundings import Surroundings

BEFORE_LISTS = 28
"""After white space is normalized (30), before lists are indented (27)."""

AFTER_TEXT = 15
"""After text is parsed (20), before headings are numbered (5) and links resolved (0)."""

AFTER_HTML = 5
"""After HTML is put back (30)."""


class Page:
    """The page that is rendered now: its directives, and what is around it.

    Args:
        look_around: Gives what is around the page; it is asked when the page's rendering begins.
    """

    def __init__(self, look_around: Callable[[], Surroundings]) -> None:
        self.look_around = look_around
        self.around = Surroundings()
        self.directives = Directives()

    def begin(self) -> None:
        """Forget the page before: an instance of Markdown may render many."""
        self.around = self.look_around()
        self.directives = Directives()

    def build_phrase(self, number: str) -> Element:
        """Build the element for what stands within text."""
        directive = self.directives[number]
        if directive.kind == "image":
            return build_image(directive, self.around)
        if directive.kind == "video":
            return build_video(directive, self.around)
        name = Element("span", {"class": "hexapla-xref"})
        name.text = directive.attributes["name"]
        return name


class Mark(Preprocessor):
    """Puts markers in the place of directives."""

    def __init__(self, md: Markdown, page: Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, lines: list[str]) -> list[str]:
        """Begin a page, and mark its lines."""
        self.page.begin()
        directives = self.page.directives
        text = mark_phrases(mark_containers("\n".join(lines), directives), directives)
        return rewrite_raw_html(text, self.page.around).split("\n")


class Phrase(InlineProcessor):
    """Puts elements in the place of markers within text."""

    def __init__(self, md: Markdown, page: Page) -> None:
        super().__init__(INLINE_MARKER, md)
        self.page = page

    def handleMatch(self, m: Any, data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        """Build one element."""
        return self.page.build_phrase(m[1]), m.start(0), m.end(0)


class Arrange(Treeprocessor):
    """Puts elements around what stands between a container's markers."""

    def __init__(self, md: Markdown, page: Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        """Arrange a page, then mend what Markdown made of it."""
        if self.page.directives.found:
            for parent in list(root.iter()):
                self.arrange(parent)
        mend_elements(root, self.page.around)

    def arrange(self, parent: Element) -> None:
        """Move the children of an element into the containers that they stand in."""
        children = list(parent)
        if not any(self.find_directive(child) for child in children):
            return
        open_ones: list[tuple[str, Element]] = [("", parent)]
        for child in children:
            parent.remove(child)
        for child in children:
            directive = self.find_directive(child)
            if directive is None:
                open_ones[-1][1].append(child)
            elif not directive.ends:
                block = BUILDERS[directive.kind](directive, take_title(child), self.page.around)
                block.tail = "\n"
                open_ones[-1][1].append(block)
                open_ones.append((directive.kind, find_inside(block)))
            elif any(kind == directive.kind for kind, _ in open_ones):
                while open_ones.pop()[0] != directive.kind:
                    pass

    def find_directive(self, element: Element) -> Directive | None:
        """Return the directive whose marker an element begins with."""
        match = BLOCK_MARKER.match(element.text or "") if element.tag == "p" else None
        return self.page.directives[match[1]] if match else None


def take_title(marker: Element) -> Element | None:
    """Return the paragraph of a marker without it; None when there is nothing else."""
    marker.text = BLOCK_MARKER.sub("", marker.text or "", count=1)
    return marker if marker.text.strip() or len(marker) else None


def find_inside(block: Element) -> Element:
    """Return the part of a container that its text goes into."""
    details = block.find("details")
    return block if details is None else details


class Finish(Postprocessor):
    """Replaces markers that are left in HTML; those in code become what was written."""

    def __init__(self, md: Markdown, page: Page) -> None:
        super().__init__(md)
        self.page = page

    def run(self, text: str) -> str:
        """Replace a page's last markers."""
        if "\x02hexapla" not in text:
            return text
        around = self.page.around

        def replace(match: Any) -> str:
            if not match[0].startswith("\x02hexapla-inline"):
                return ""
            element = self.page.build_phrase(match[1])
            for part in element.iter():
                for key in ("href", "src"):
                    if (reference := part.get(key)) is not None:
                        part.set(key, around.resolve(reference) or "#")
            return to_html_string(element)

        return ANY_MARKER.sub(replace, text)


class DocfxExtension(Extension):
    """The extension's registration. Its one option gives what is around a page."""

    def __init__(self, **options: Any) -> None:
        self.config = {"around": [Surroundings, "Gives what is around the page"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put each step in its place."""
        page = Page(self.getConfig("around"))
        md.preprocessors.register(Mark(md, page), "hexapla-mark", BEFORE_LISTS)
        md.inlinePatterns.register(Phrase(md, page), "hexapla-phrase", 175)
        md.treeprocessors.register(Arrange(md, page), "hexapla-arrange", AFTER_TEXT)
        md.postprocessors.register(Finish(md, page), "hexapla-finish", AFTER_HTML)
