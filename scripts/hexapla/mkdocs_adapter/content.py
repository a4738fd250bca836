"""The text of pages: its dialect rendered, what comes out sanitized, delivered files chosen.

The first of the parts: what the others add to a page's text comes after sanitizing, and their own
text is theirs to escape. Front matter that reaches the theme is text by then (shown_text.py).
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.meta import get_data

from hexapla.allowed_html import SCHEMES
from hexapla.assets import get_ending, is_harmless_svg, is_published
from hexapla.docfx.code_files import expand_code
from hexapla.docfx.includes import Included, Includer
from hexapla.docfx.surroundings import Surroundings
from hexapla.interface_language import get_direction
from hexapla.mkdocs_adapter.content_options import list_problems
from hexapla.mkdocs_adapter.parts import Part
from hexapla.mkdocs_adapter.shown_text import (
    mend_heading,
    mend_metadata,
    strip_tags,
    write_text,
)
from hexapla.paths import localized_path
from hexapla.plain_markdown import PlainHtml, make_plain_sanitizer
from hexapla.sanitizing import Policy, make_sanitizer

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter import HexaplaPlugin

# Not MkDocs' own logger: what is wrong with delivered text must not end a strict build.
log = logging.getLogger("hexapla")

MAX_CODE_FILE = 1_000_000
"""Characters of a file that code is read from."""


class ContentPart(Part):
    """Renders the dialect and lets no delivered HTML through unread."""

    def __init__(self, plugin: HexaplaPlugin) -> None:
        super().__init__(plugin)
        self.reported: set[tuple[str, int, str]] = set()
        self.harmless: dict[str, bool] = {}
        self.includes: dict[str, str] = {}
        self.files: Mapping[str, File] = {}
        self.seen: set[str] = set()
        """The files that pages took in, or looked for."""
        self.around = Surroundings()

    def check_options(self, options: Any) -> Iterable[str]:
        """Yield what is wrong with hosts and schemes."""
        return list_problems(options.content)

    def start(self, config: MkDocsConfig) -> None:
        """Make the sanitizer of a locale; forget the last build's files before a new one."""
        content = self.plugin.config.content
        if self.plugin.is_source:
            self.harmless, self.includes, self.reported = {}, {}, set()
            borrow_handlers()
        config.mdx_configs["hexapla.docfx"] = {"around": self.look_around}
        self.image_hosts = frozenset(content.images)
        self.video_hosts = frozenset(content.videos)
        self.sanitize = make_sanitizer(
            Policy(
                schemes=SCHEMES | frozenset(content.schemes),
                image_hosts=self.image_hosts,
                video_hosts=self.video_hosts,
                site=content.absolute_links.host.rstrip("/"),
                locale=self.plugin.locale if content.absolute_links.locale else "",
            )
        )
        self.sanitize_plain = make_plain_sanitizer(self.sanitize)

    def see_files(self, files: Files, config: MkDocsConfig) -> None:
        """Keep delivered files that are active, or no reader's, out of the site."""
        found = {}
        for file in files:
            if file.src_dir != config.docs_dir:
                continue
            found[file.src_uri] = file
            if not file.is_documentation_page() and not self.is_served(file):
                file.inclusion = InclusionLevel.EXCLUDED
        self.files = found

    def is_served(self, file: File) -> bool:
        """Say whether the site publishes a file."""
        path = file.src_uri
        if get_ending(path) != "svg":
            return is_published(path)
        if path not in self.harmless:
            self.harmless[path] = is_harmless_svg(file.content_bytes)
            if not self.harmless[path]:
                self.report(path, 1, "the image is not published: it does more than draw")
        return self.harmless[path]

    def change_markdown(self, markdown: str, page: Page, files: Files) -> str:
        """Expand includes and code files, and say what is around the page."""
        if not is_ours(page.file):
            mend_metadata(page)
        locale = self.plugin.get_text_locale(page)
        path = page.file.src_uri

        def report(where: str, line: int, message: str) -> None:
            if where == path:
                line += count_front_matter(page.file, markdown)
            self.report(where, line, message)

        includer = Includer(path, lambda target: self.read_include(target, locale), report)
        text = expand_code(includer.expand(markdown), path, self.read_code, report)
        self.around = Surroundings(
            strings=self.plugin.get_strings(locale),
            video_hosts=self.video_hosts,
            image_hosts=self.image_hosts,
            resolve=lambda reference: self.resolve(reference, page, files),
        )
        return text

    def look_around(self) -> Surroundings:
        """Give what is around the page whose Markdown was seen last: that is rendered next."""
        return self.around

    def read_include(self, path: str, locale: str) -> Included | None:
        """Read an include in a page's locale, else the reader's, else the source's."""
        for tag in (locale, self.plugin.locale, self.plugin.source):
            found = path if tag == self.plugin.source else localized_path(path, tag)
            self.seen.add(found)
            if found not in self.files or not found.endswith(".md"):
                continue
            if found not in self.includes:
                self.includes[found] = get_data(self.files[found].content_string)[0]
            is_foreign = tag != locale
            return Included(
                found, self.includes[found], tag if is_foreign else "", get_direction(tag)
            )
        return None

    def read_code(self, path: str) -> str | None:
        """Read a delivered file, whether it is published or not."""
        self.seen.add(path)
        file = self.files.get(path)
        if file is None or file.is_documentation_page():
            return None
        try:
            return file.content_bytes[: 4 * MAX_CODE_FILE].decode("utf-8-sig")[:MAX_CODE_FILE]
        except UnicodeDecodeError:
            return None

    def resolve(self, reference: str, page: Page, files: Files) -> str | None:
        """Give the address of a reference as seen from a page; None when it is not published."""
        target, rest = split_reference(reference)
        base = posixpath.dirname(page.file.src_uri)
        path = posixpath.normpath(posixpath.join(base, unquote(target)))
        file = files.get_file_from_path(path)
        if file is None or file.inclusion in {InclusionLevel.EXCLUDED, InclusionLevel.DRAFT}:
            if not posixpath.splitext(path)[1]:
                return reference
            self.report(page.file.src_uri, 0, f"{reference} leads nowhere", logging.INFO)
            return None
        return str(get_relative_url(file.url, page.file.url)) + rest

    def change_content(self, html: str, page: Page, files: Files) -> str:
        """Sanitize a page's text, its title and its table of contents."""
        if is_ours(page.file):
            return html
        for item in page.toc:
            mend_heading(item)
        if not isinstance(page.title, Markup):
            page.title = write_text(page.title or "")
        return self.sanitize_plain(html) if isinstance(html, PlainHtml) else self.sanitize(html)

    def prepare_templates(self, environment: Any) -> None:
        """Let the filter that strips tags leave text; the theme's own leaves HTML in titles."""
        environment.filters["striptags"] = strip_tags

    def report(self, path: str, line: int, message: str, level: int = logging.WARNING) -> None:
        """Write into the build's log, once in all locales; line 0 is that of no place."""
        if (path, line, message) not in self.reported:
            self.reported.add((path, line, message))
            place = f"docs/{path}:{line}" if line else f"docs/{path}"
            log.log(level, "%s: %s", place, message)


def borrow_handlers() -> None:
    """Log where MkDocs logs, as much as it does, but without a strict build's count."""
    theirs = logging.getLogger("mkdocs")
    log.setLevel(theirs.getEffectiveLevel())
    log.propagate = False
    log.handlers = [found for found in theirs.handlers if type(found) is logging.StreamHandler]


def is_ours(file: File) -> bool:
    """Say whether a page is the site's own: generated, or at the root, where no bundle is."""
    return file.generated_by is not None or "/" not in file.src_uri


def count_front_matter(file: File, markdown: str) -> int:
    """Count the lines before a page's text."""
    whole = file.content_string.rstrip("\n")
    return max(whole.count("\n") - markdown.rstrip("\n").count("\n"), 0)


def split_reference(reference: str) -> tuple[str, str]:
    """Part a reference into its path and the rest."""
    ends = [reference.find(mark) for mark in "?#" if mark in reference]
    end = min(ends, default=len(reference))
    return reference[:end], reference[end:]
