"""Parts: what the plugin does, divided by concern; each part has a module of its own.

MkDocs knows one plugin. The plugin calls its parts in their order, at every step of a build, once
per locale; a part overrides the steps that it needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter import HexaplaPlugin


class Part:
    """One concern of the build.

    Args:
        plugin: The plugin: it knows the locale that is built now, and its strings.
    """

    def __init__(self, plugin: HexaplaPlugin) -> None:
        self.plugin = plugin

    def check_options(self, options: Any) -> Iterable[str]:
        """Read the part's options, once; yield the key of each wrong one, and what is wrong."""
        return ()

    def start(self, config: MkDocsConfig) -> None:
        """Begin a locale: its name and strings are known, its files are not."""

    def see_files(self, files: Files, config: MkDocsConfig) -> None:
        """See all files of all locales, before those of the locale are chosen."""

    def choose_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add or remove files of the locale; fallbacks are among them."""

    def change_markdown(self, markdown: str, page: Page, files: Files) -> str:
        """Change a page's Markdown; its metadata, the shared included, is known."""
        return markdown

    def change_content(self, html: str, page: Page, files: Files) -> str:
        """Change the HTML of a page's text."""
        return html

    def see_pages(self, files: Files, config: MkDocsConfig) -> None:
        """See all pages of the locale, rendered but not yet put into templates."""

    def prepare_templates(self, environment: Any) -> None:
        """Change the environment that templates are rendered in."""

    def tell_template(self, context: TemplateContext, page: Page, config: MkDocsConfig) -> None:
        """Give the page's template what it needs."""

    def change_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Change a whole page."""
        return output

    def finish(self, config: MkDocsConfig) -> None:
        """End a locale: write what belongs to it beside its pages."""

    def finish_site(self, config: MkDocsConfig) -> None:
        """End the build, after the last locale."""
