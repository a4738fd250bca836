"""Rendering: a page's Markdown becomes its content, by one instance of Markdown for many pages.

MkDocs makes an instance with all its extensions for every page, which takes half as long as the
rendering itself. Here an instance is kept for as long as the configuration is the same, and reset
between pages. That is done only where every extension is known to forget the page before.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc
from mkdocs.utils.meta import get_data

from hexapla.mkdocs_adapter.plain_rendering import (
    STANDARD,
    PlainRenderer,
    list_contents,
    make_plain_renderer,
)
from hexapla.mkdocs_adapter.source_files import read_text
from hexapla.plain_markdown import PlainPage
from hexapla.plain_metadata import read_plain_metadata
from hexapla.quick_markdown import quicken

RESETTABLE: Mapping[str, frozenset[str]] = {
    "abbr": frozenset(),
    "admonition": frozenset(),
    "attr_list": frozenset(),
    "def_list": frozenset(),
    "fenced_code": frozenset(),
    "footnotes": frozenset({"UNIQUE_IDS"}),  # counts pages
    "hexapla.commonmark": frozenset(),
    "hexapla.docfx": frozenset(),
    "md_in_html": frozenset(),
    "nl2br": frozenset(),
    "pymdownx.betterem": frozenset(),
    "pymdownx.caret": frozenset(),
    "pymdownx.details": frozenset(),
    "pymdownx.highlight": frozenset(),
    "pymdownx.inlinehilite": frozenset(),
    "pymdownx.keys": frozenset(),
    "pymdownx.mark": frozenset(),
    "pymdownx.quotes": frozenset(),
    "pymdownx.smartsymbols": frozenset(),
    "pymdownx.superfences": frozenset(),
    "pymdownx.tabbed": frozenset(),
    "pymdownx.tasklist": frozenset(),
    "pymdownx.tilde": frozenset(),
    "sane_lists": frozenset(),
    "tables": frozenset(),
    "toc": frozenset(),
}
"""Extensions that forget a page when they are reset → their options with which they do not."""

MARKUP = re.compile("[&<>\x02]")
"""What of a text is written otherwise, or stands for something else."""

MAX_KEPT = 64
"""Instances that are kept: one for each locale, as a rule."""


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of Markdown, with MkDocs' own steps, which are told what page it is."""

    extensions: list[str]
    """The names of its extensions."""
    options: dict[str, Any]
    """Their options."""
    is_resettable: bool
    """Whether all of them forget a page."""
    markdown: Markdown
    raw: _RawHTMLPreprocessor
    anchors: _ExtractAnchorsTreeprocessor
    links: _RelativePathTreeprocessor
    title: _ExtractTitleTreeprocessor
    plain: PlainRenderer | None
    """What renders plain pages; None where Markdown renders all."""

    def render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Render one page: what MkDocs' `Page.render` does with an instance that is new."""
        assert page.markdown is not None
        self.links.file, self.links.files, self.links.config = page.file, files, config
        self.links.links_to_anchors = {}
        self.raw.present_anchor_ids, self.anchors.present_anchor_ids = set(), set()
        self.title.title = None
        plain = self.plain.render(page.markdown) if self.plain else None
        if self.plain and plain:
            self.write_plain(page, plain)
            contents = list_contents(plain.headings)
        else:
            page.content = self.markdown.convert(page.markdown)
            contents = getattr(self.markdown, "toc_tokens", [])
        page.toc = get_toc(contents)
        page._title_from_render = self.title.title
        page.present_anchor_ids = self.anchors.present_anchor_ids | self.raw.present_anchor_ids
        if logging.getLogger("mkdocs.structure.pages").getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = self.links.links_to_anchors

    def write_plain(self, page: Page, plain: PlainPage) -> None:
        """Do for a plain page what the steps would have done."""
        assert self.plain is not None
        page.content = self.plain.resolve_links(plain, self.links.path_to_url)
        self.title.title = plain.title or None
        self.anchors.present_anchor_ids |= {heading.anchor for heading in plain.headings}
        if self.plain.permalink and plain.headings:
            anchors = self.links.links_to_anchors.setdefault(page.file, {})
            for heading in plain.headings:
                anchors.setdefault(heading.anchor, f"#{heading.anchor}")


class Title(_ExtractTitleTreeprocessor):
    """Finds a page's title; where its first heading is plain text, without rendering that anew."""

    def run(self, root: Element) -> Element:
        """Look at the first element of a page."""
        first = next(iter(root), None)
        if first is not None and first.tag == "h1" and is_plain(first):
            self.title = " ".join((first.text or "").split())
            return root
        return super().run(root)


def is_plain(heading: Element) -> bool:
    """Say whether a heading is text without any markup, but for the link to itself."""
    children = [(child.tag, child.get("class")) for child in heading]
    return children in ([], [("a", "headerlink")]) and not MARKUP.search(heading.text or "")


class Renderer:
    """Renders pages, of one locale after another or mixed."""

    def __init__(self) -> None:
        self.kept: list[Instance] = []

    def render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Render a page as MkDocs' `Page.render` does: content, contents, title and anchors."""
        if page.markdown is None:
            raise RuntimeError("the page has not been read")
        instance = self.take(config)
        instance.render(page, config, files)
        # Only now: what ends in an exception may have left anything behind.
        if instance.is_resettable:
            instance.markdown.reset()
            self.kept.insert(0, instance)
            del self.kept[MAX_KEPT:]

    def take(self, config: MkDocsConfig) -> Instance:
        """Take the instance for a configuration out of those that are kept, or make one."""
        extensions, options = config.markdown_extensions, config.mdx_configs or {}
        for index, instance in enumerate(self.kept):
            if instance.options == options and instance.extensions == extensions:
                return self.kept.pop(index)
        return make_instance(extensions, options, config)


def make_instance(
    extensions: list[str], options: Mapping[str, Any], config: MkDocsConfig
) -> Instance:
    """Make an instance of Markdown as MkDocs does, a quicker one where all extensions are known."""
    is_known = is_resettable(extensions, options)
    markdown = Markdown(extensions=extensions, extension_configs=options)
    plain = make_plain_renderer(markdown, extensions, options) if is_known else None
    nothing: Any = None  # each page tells its own
    raw = _RawHTMLPreprocessor()
    anchors = _ExtractAnchorsTreeprocessor(nothing, nothing, config)
    links = _RelativePathTreeprocessor(nothing, nothing, config)
    steps = (raw, anchors, links, Title() if is_known else _ExtractTitleTreeprocessor())
    for step in steps:
        step._register(markdown)
    if is_known:
        quicken(markdown, {_RawHTMLPreprocessor: ("<",)})
    return Instance(
        list(extensions),
        copy_options(options),
        is_known,
        markdown,
        *steps,
        plain,
    )


def read_source(page: Page, config: MkDocsConfig) -> None:
    """Read a page's front matter and Markdown as MkDocs' `Page.read_source` does.

    Raises:
        OSError: There is no such file.
        ValueError: It is no UTF-8.
    """
    source = config.plugins.on_page_read_source(page=page, config=config)
    if source is None:
        try:
            source = read_text(page.file)
        except (OSError, ValueError):
            page.read_source(config)  # it logs what is wrong
            raise
    end = source.find("\n---\n", 3) if source.startswith("---\n") else -1
    metadata = read_plain_metadata(source[4 : end + 1]) if end > 0 else None
    if metadata is None:
        page.markdown, page.meta = get_data(source)
    else:
        page.markdown, page.meta = source[end + 5 :].lstrip("\n"), metadata


def copy_options(value: Any) -> Any:
    """Copy options, so that a later change is seen; what is no mapping or list stays the same."""
    if isinstance(value, Mapping):
        return {key: copy_options(inner) for key, inner in value.items()}
    return [copy_options(inner) for inner in value] if isinstance(value, list) else value


def is_resettable(extensions: list[str], options: Mapping[str, Any]) -> bool:
    """Say whether all extensions forget a page when they are reset."""
    return all(
        (name := full.removeprefix(STANDARD)) in RESETTABLE
        and not any((options.get(full) or {}).get(option) for option in RESETTABLE[name])
        for full in extensions
    )
