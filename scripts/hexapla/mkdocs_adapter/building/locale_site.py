"""The site of one locale: its pages, those that are due rendered, and what tells of them all."""

from __future__ import annotations

from collections.abc import Callable, Collection
from types import SimpleNamespace
from typing import Any

from mkdocs.commands.build import _build_template
from mkdocs.structure.files import File

from hexapla.building.codec import pack, unpack
from hexapla.errors import HexaplaError
from hexapla.mkdocs_adapter.building.locale_judging import LocaleJudging
from hexapla.mkdocs_adapter.building.locale_reading import Built, describe_target, explain
from hexapla.mkdocs_adapter.building.messages import record_messages
from hexapla.mkdocs_adapter.building.records import write_pages, write_records
from hexapla.mkdocs_adapter.building.restating import describe_stated
from hexapla.mkdocs_adapter.building.template_codes import remember_codes
from hexapla.mkdocs_adapter.page_templates import PageTemplates
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.redirecting import RedirectPart
from hexapla.mkdocs_adapter.searching import SearchPart
from hexapla.publishing.feeds import Item
from hexapla.publishing.sitemaps import Address

Tick = Callable[[int], None]
"""Called with the number of pages that were done since."""

_MANY = 200
"""Pages from which on it pays to learn what their templates have in common."""

_TICK = 50
"""Pages between two reports of progress."""


class LocaleSite(LocaleJudging):
    """Builds the site of one locale."""

    def build(self, tick: Tick) -> Built:
        """Build what is due."""
        with record_messages() as self.recorder:
            with self.stopwatch.time("prepare"):
                self.prepare()
                due = self.judge_pages()
            self.read_pages(due)
            with self.stopwatch.time("compare"):
                self.learn_titles(due)
                self.judge_surroundings(due)
            self.read_pages(due)
            self.begin_search(due)
            self.render_pages(due, tick)
            with self.stopwatch.time("lists, feeds, sitemaps, search"):
                self.finish()
        self.built.times = self.stopwatch.times
        return self.built

    def begin_search(self, due: Collection[str]) -> None:
        """Begin the index, which tells of all pages, beside the work on the few that are due."""
        search: SearchPart = self.part(SearchPart)
        records = [self.after.pages[document.src_uri] for document in self.documents]
        search.records = [fact.encode() for r in records for fact in r.facts["search"]]
        if len(due) < _MANY and self.site.jobs > 1:
            search.begin_files(self.config)

    def render_pages(self, due: dict[str, str], tick: Tick) -> None:
        """Put the pages that are due into their templates, and write them."""
        self.write_templates()
        if len(due) >= _MANY:
            self.templates = PageTemplates(self.site.environment_of_templates)
        waiting = 0
        for document in self.documents:
            path = document.src_uri
            if path not in due:
                self.writer.keep(document.dest_uri)
                continue
            self.built.reasons[due[path]] += 1
            try:
                self.render_page(document)
            except HexaplaError:
                raise
            except Exception as error:
                raise explain(error, document) from error
            waiting += 1
            if waiting == _TICK:
                tick(waiting)
                waiting = 0
        tick(waiting)

    def render_page(self, document: File) -> None:
        """Render one page, and keep of it what tells of many."""
        page = document.page
        assert page is not None
        record = self.after.pages[document.src_uri]
        publishing: PublishingPart = self.part(PublishingPart)
        publishing.addresses, publishing.items = [], []
        entries = self.plugin.search.search_index.entries if self.plugin.search else []
        entries.clear()
        self.config._current_page = page
        page.active = True
        with self.stopwatch.time("templates"):
            output = self.fill_template(page)
        page.active = False
        self.config._current_page = None
        with self.stopwatch.time("write"):
            if output.strip():
                self.writer.write(document.dest_uri, output.encode(errors="xmlcharrefreplace"))
        record.facts |= {
            "addresses": pack(publishing.addresses),
            "items": pack(publishing.items),
            "entries": [dict(entry) for entry in entries],
        }
        record.messages += self.recorder.take()
        document.page = None  # its content is not needed any more

    def finish(self) -> None:
        """Write what tells of many pages, and remember everything."""
        publishing: PublishingPart = self.part(PublishingPart)
        records = [self.after.pages[document.src_uri] for document in self.documents]
        publishing.addresses = unpack(
            list[Address], [fact for r in records for fact in r.facts["addresses"]]
        )
        publishing.items = unpack(list[Item], [fact for r in records for fact in r.facts["items"]])
        publishing.sitemaps = []
        self.give_places()
        if self.plugin.search:
            entries = [entry for record in records for entry in record.facts["entries"]]
            self.plugin.search.search_index.entries[:] = entries
        self.write_assets()
        # Records of pages that are no more go with them. The index may still be in the making.
        self.after.pages = {d.src_uri: self.after.pages[d.src_uri] for d in self.documents}
        pages = write_pages(self.after.pages)
        self.plugin.finish_locale(self.config)
        if self.plugin.search and self.plugin.is_source:
            self.writer.write("search/search_index.json", self.plugin.source_index.encode())
        self.after.sitemaps = publishing.sitemaps
        self.after.files = sorted(self.writer.files)
        self.after.messages += self.recorder.take()
        write_records(self.site.new, self.locale, self.after, pages)
        remember_codes(self.site)
        self.tell()

    def give_places(self) -> None:
        """Tell where the locale's topics are, for the pages at their former addresses."""
        redirects: RedirectPart = self.part(RedirectPart)
        redirects.pages = {}
        for document in self.documents:
            topic, _, name = document.src_uri.rpartition("/")
            if topic and name.startswith("index."):
                title = self.after.pages[document.src_uri].name
                page: Any = SimpleNamespace(file=document, title=title, url=document.url)
                redirects.pages[topic] = page

    def write_templates(self) -> None:
        """Write the theme's own pages, such as the 404."""
        for name in sorted(self.config.theme.static_templates):
            template = self.site.environment_of_templates.get_template(name)
            output = _build_template(name, template, self.files, self.config, self.nav)
            if output.strip():
                self.writer.write(name, output.encode())

    def write_assets(self) -> None:
        """Write the files that are served as they are: the source's are everyone's."""
        for file in self.files:
            if file.is_documentation_page() or describe_target(file) == "":
                continue
            if file.dest_uri.startswith(self.root) and (self.root or self.is_shared(file)):
                self.writer.write(file.dest_uri, file.content_bytes)

    def is_shared(self, file: File) -> bool:
        """Say whether a file is not one locale's own."""
        return not any(file.dest_uri.startswith(f"{tag}/") for tag in self.site.targets)

    def tell(self) -> None:
        """Tell what was done."""
        built, writer = self.built, self.writer
        built.files = writer.files
        built.written, built.size = len(writer.written), writer.size
        built.pages = len(self.documents)
        built.sitemaps = self.after.sitemaps
        built.stated = describe_stated(self.site)
        built.messages = [*self.after.messages]
        for document in self.documents:
            built.messages += self.after.pages[document.src_uri].messages
