"""Searching: each locale's index, and the scripts that it is searched with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as SitePage

from hexapla.building.aside import Aside
from hexapla.mkdocs_adapter.parts import Part
from hexapla.mkdocs_adapter.searching_options import OURS
from hexapla.mkdocs_adapter.topics import TopicsPart, find_title, find_topic
from hexapla.search.assembling import assemble_index, name_stemmer
from hexapla.search.languages import PACKAGES
from hexapla.search.records import Page, analyse_page, note_fallback
from hexapla.storage import read_if_present

FOLDER = "hexapla-search/"
"""Where a locale's index is, below the locale's root."""

STEMMERS = "assets/hexapla/search/stemmers/"
"""Where the scripts look for the stemmers."""

LONGEST_SCRIPT = 1_000_000
"""Bytes of a stemmer's script."""


class SearchPart(Part):
    """The index of each locale: a record for each page, and the files made from all records."""

    files: Aside[Iterable[tuple[str, bytes]]] | None = None
    """The files, where a process is making them."""

    def start(self, config: MkDocsConfig) -> None:
        """Begin a locale; tell the templates where its index will be."""
        self.records: list[bytes] = []
        if self.is_on:
            config.extra["hexapla"]["search"] = self.find_folder(self.plugin.locale)

    @property
    def is_on(self) -> bool:
        """Whether the site is searched with our engine."""
        return bool(self.plugin.config.search.engine == OURS)

    def change_content(self, html: str, page: SitePage, files: Files) -> str:
        """Note the page's record."""
        if self.is_on and self.is_found(page):
            self.records.append(self.make_record(html, page))
        return html

    def is_found(self, page: SitePage) -> bool:
        """Say whether a page is to be found: it has a file, and neither it nor a home is hidden."""
        told = page.meta.get("search")
        is_hidden = isinstance(told, dict) and bool(told.get("exclude"))
        return bool(
            page.file.generated_by is None
            and page.meta.get("template") != "home.html"
            and not is_hidden
        )

    def make_record(self, html: str, page: SitePage) -> bytes:
        """Make the record of a page, from nothing but the page.

        Args:
            html: Its content, as the reader gets it, but without marks of ours.
            page: The page, rendered.

        Returns:
            Bytes that can be kept for as long as the page is the same.
        """
        text_locale = self.plugin.get_text_locale(page)
        names = (find_title(page), str(page.meta.get("title") or "").strip())
        found = Page(
            link=page.url.removeprefix(str(self.plugin.get_root(self.plugin.locale))),
            titles=tuple(dict.fromkeys(filter(None, names))),
            product=self.find_product(page),
            language=text_locale,
            html=html,
        )
        return analyse_page(found) if text_locale == self.plugin.locale else note_fallback(found)

    def find_product(self, page: SitePage) -> str:
        """Give the id of a page's product; empty where it has none."""
        topics = next(part for part in self.plugin.parts if isinstance(part, TopicsPart))
        place = topics.plan.places.get(find_topic(self.plugin.bundles.divide_path(page.file)[0]))
        return place.product if place else ""

    def finish(self, config: MkDocsConfig) -> None:
        """Write the locale's index, and the script for its language."""
        if self.is_on:
            if self.files is None:
                found = self.list_files(self.plugin.locale, self.records, config)
            else:
                found, self.files = self.files.take(), None
            for path, content in found:
                self.plugin.write(path, content)

    def begin_files(self, config: MkDocsConfig) -> None:
        """Have a process make the locale's index while this one goes on."""
        if self.is_on:
            locale, records = self.plugin.locale, self.records
            self.files = Aside(
                lambda: list(self.list_files(locale, records, config)), is_worth_it=True
            )

    def list_files(
        self, locale: str, records: Sequence[bytes], config: MkDocsConfig
    ) -> Iterable[tuple[str, bytes]]:
        """List the files of a locale's index, and what is needed to search in it.

        Args:
            locale: The locale.
            records: Those of all its pages, in any order.
            config: Where the site and its scripts are.

        Yields:
            The path in the site, and the bytes.
        """
        folder = self.find_folder(locale)
        above = "" if locale == self.plugin.source else f"{'../' * folder.count('/')}{FOLDER}"
        files = assemble_index(locale, self.plugin.source, records, above)
        for name, content in files.items():
            yield folder + name, content
        if stemmer := name_stemmer(locale):
            yield STEMMERS + stemmer, read_stemmer(stemmer.removesuffix(".js"), config)

    def find_folder(self, locale: str) -> str:
        """Give the folder of a locale's index, in the site."""
        return f"{self.plugin.get_root(locale)}{FOLDER}"


def read_stemmer(name: str, config: MkDocsConfig) -> bytes:
    """Read the script of a stemmer from the packages that are installed at set-up.

    It begins with a line of where it is from, as its license asks for.

    Raises:
        ConfigurationError: They are not installed.
    """
    starts = [Path(config.config_file_path or ".").parent, Path(config.theme.custom_dir or ".")]
    package = PACKAGES[name].rpartition("/dist/")[0] or PACKAGES[name].partition("/")[0]
    for start in starts:
        for folder in (start, *start.absolute().parents):
            modules = folder / "node_modules"
            content = read_if_present(modules / PACKAGES[name], LONGEST_SCRIPT)
            about = read_if_present(modules / package / "package.json", LONGEST_SCRIPT)
            if content is not None and about is not None:
                told = json.loads(about)
                origin = f"{package} {told.get('version')}, {told.get('license')}"
                return f"/*! {origin} */\n".encode() + content
    raise ConfigurationError(
        f"node_modules/{PACKAGES[name]} is missing: the search needs it for this language."
        " `make site` installs it, as `npm ci` does; or set plugins.hexapla.search.engine to"
        " material"
    )
