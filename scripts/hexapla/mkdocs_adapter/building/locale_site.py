"""The site of one locale: its pages, those that are due rendered, and what tells of them all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import _build_template, get_context
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from hexapla.building.codec import pack, unpack
from hexapla.building.memory import digest
from hexapla.errors import HexaplaError
from hexapla.listing import Listed
from hexapla.mkdocs_adapter.building.documents import Document
from hexapla.mkdocs_adapter.building.messages import Messages, Recorder, record_messages
from hexapla.mkdocs_adapter.building.records import Record, Records, read_records, write_records
from hexapla.mkdocs_adapter.content import ContentPart
from hexapla.mkdocs_adapter.page_templates import PageTemplates
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.redirecting import RedirectPart
from hexapla.mkdocs_adapter.rendering import Renderer, read_source
from hexapla.mkdocs_adapter.searching import SearchPart
from hexapla.mkdocs_adapter.topics import TopicsPart, find_title, find_topic
from hexapla.publishing.feeds import Item
from hexapla.publishing.sitemaps import Address

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

Tick = Callable[[int], None]

_MANY = 200
"""Pages from which on it pays to learn what their templates have in common."""

_TICK = 50
"""Pages between two reports of progress."""


@dataclass(slots=True)
class Built:
    """What was done for a locale."""

    locale: str
    files: dict[str, str] = field(default_factory=dict)
    """Path in the site → blob id, of everything that is the locale's."""
    staged: set[str] = field(default_factory=set)
    """Those that are to replace others."""
    written: int = 0
    """Files written."""
    size: int = 0
    """Their bytes."""
    pages: int = 0
    """Pages of the locale."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why pages were rendered → how many."""
    messages: Messages = field(default_factory=list)
    """What was said, this time or when a page was last rendered."""
    sitemaps: list[str] = field(default_factory=list)
    """The names of its sitemaps."""
    times: dict[str, float] = field(default_factory=dict)
    """Step → seconds of processor time."""


class LocaleSite:
    """Builds the site of one locale.

    Args:
        site: What all locales share.
        locale: Its tag.
    """

    def __init__(self, site: Site, locale: str) -> None:
        self.site = site
        self.locale = locale
        self.config = site.config
        self.plugin = site.plugin
        self.root = "" if locale == self.plugin.source else f"{locale}/"
        self.built = Built(locale)
        self.renderer = Renderer()
        self.asked: dict[str, str] = {}
        self.before = read_records(site.memory, locale)
        self.after = Records(paths=site.paths_digest)

    @contextmanager
    def time(self, step: str) -> Iterator[None]:
        """Measure a step."""
        started = time.process_time()
        try:
            yield
        finally:
            taken = time.process_time() - started
            self.built.times[step] = self.built.times.get(step, 0.0) + taken

    def build(self, tick: Tick) -> Built:
        """Build what is due."""
        with record_messages() as self.recorder:
            with self.time("prepare"):
                self.prepare()
                due = self.judge_pages()
            self.read_pages(due)
            with self.time("compare"):
                self.learn_titles(due)
                self.judge_surroundings(due)
            self.read_pages(due)
            self.render_pages(due, tick)
            with self.time("lists, feeds, sitemaps, search"):
                self.finish()
        return self.built

    def prepare(self) -> None:
        """Set everything up for the locale, as MkDocs and i18n would."""
        self.site.begin_locale(self.locale)
        self.config, plugin = self.site.config, self.plugin
        self.part(ContentPart).files = self.site.files
        self.files = self.site.choose_assets(self.locale)
        for document in self.site.bundles.list_documents(self.locale):
            self.files.append(document)
        for part in plugin.parts:
            part.choose_files(self.files, self.config)
        self.config.plugins.on_env(
            self.site.environment_of_templates, config=self.config, files=self.files
        )
        self.watch_links()
        self.documents = self.files.documentation_pages()
        self.by_path = {document.src_uri: document for document in self.documents}
        self.nav = self.make_navigation()
        self.writer = self.site.make_writer(self.locale)
        plugin.write = self.writer.write
        self.after.messages = self.recorder.take()

    def part(self, kind: Any) -> Any:
        """Give a part of the plugin."""
        return next(part for part in self.plugin.parts if isinstance(part, kind))

    def make_navigation(self) -> Navigation:
        """Make the navigation; its pages are read, since others show their titles."""
        nav = get_navigation(self.files, self.config)
        nav = self.config.plugins.on_nav(nav, config=self.config, files=self.files)
        for page in nav.pages:
            self.read_page(page.file)
        described = [[str(page.title), page.url] for page in nav.pages]
        hexapla = self.config.extra["hexapla"]
        constants = {key: value for key, value in hexapla.items() if key != "switcher"}
        self.constants = digest(pack([described, constants, self.site.environment]))
        return nav

    def watch_links(self) -> None:
        """Notice which files a page's text looks for."""
        find, asked = self.files.get_file_from_path, self.asked

        def look_up(path: str) -> File | None:
            file: File | None = find(path)
            asked[path] = describe_target(file)
            return file

        self.files.get_file_from_path = look_up  # type: ignore[method-assign]
        self.find_file = find

    def judge_pages(self) -> dict[str, str]:
        """Say which pages are due, and why: path → reason."""
        due: dict[str, str] = {}
        has_moved = self.before.paths != self.after.paths
        for document in self.documents:
            path = document.src_uri
            record = self.before.pages.get(path)
            key = self.find_key(document)
            reason = self.judge(record, document, key, has_moved=has_moved)
            if reason:
                due[path] = reason
            if not reason and record is not None:
                self.after.pages[path] = record
            else:
                # A page of the navigation has been read already.
                self.after.pages.setdefault(path, Record(document.dest_uri, "")).key = key
        return due

    def judge(self, record: Record | None, document: File, key: str, *, has_moved: bool) -> str:
        """Say why a page is due; empty when it is not."""
        if record is None:
            return "new"
        if record.key != key:
            own, shared = key.rpartition(" ")[::2]
            is_own = record.key.rpartition(" ")[2] == shared
            return "text, metadata or deliveries" if is_own and own else "configuration or theme"
        if record.path != document.dest_uri or record.path not in self.site.intact:
            return "missing or damaged in the site"
        if any(self.site.find_blob(path) != blob for path, blob in record.reads.items()):
            return "what it takes in"
        if has_moved and any(
            describe_target(self.find_file(path)) != address
            for path, address in record.links.items()
        ):
            return "what it links to"
        return ""

    def find_key(self, document: Any) -> str:
        """Give a digest of what a page is made from: its own, and what all pages share."""
        if not isinstance(document, Document):
            return f"{digest(document.content_string)} {self.constants}"
        site, path = self.site, document.src_uri
        marks = (
            site.find_marks(document.norm_src_uri, document.locale)
            if document.locale == self.locale
            else ""
        )
        own = [
            site.find_blob(path),
            *map(site.find_blob, site.bundles.list_metadata(path)),
            marks,
            site.days.get(path, ""),
        ]
        return f"{' '.join(own)} {self.constants}"

    def read_pages(self, due: dict[str, str]) -> None:
        """Read the pages that are due."""
        for path in due:
            self.read_page(self.by_path[path])

    def read_page(self, file: File) -> None:
        """Read a page: its text becomes content, once."""
        page = file.page or Page(None, file, self.config)
        if page.content is not None:
            return
        content: ContentPart = self.part(ContentPart)
        content.seen.clear()
        self.asked.clear()
        self.recorder.take()
        record = self.after.pages.setdefault(file.src_uri, Record(file.dest_uri, ""))
        try:
            self._populate(page)
        except HexaplaError:
            raise
        except Exception as error:
            raise explain(error, file) from error
        record.messages = self.recorder.take()
        record.reads = {path: self.site.find_blob(path) for path in content.seen}
        record.links = dict(self.asked)
        search: SearchPart = self.part(SearchPart)
        record.facts["search"] = [found.decode() for found in search.records]
        search.records.clear()

    def _populate(self, page: Page) -> None:
        """Do what MkDocs does before templates."""
        config, files, plugins = self.config, self.files, self.config.plugins
        config._current_page = page
        with self.time("read"):
            page = plugins.on_pre_page(page, config=config, files=files)
            read_source(page, config)
            page.markdown = plugins.on_page_markdown(
                page.markdown or "", page=page, config=config, files=files
            )
        with self.time("Markdown"):
            self.renderer.render(page, config, files)
        with self.time("sanitize, mark"):
            page.content = plugins.on_page_content(
                page.content or "", page=page, config=config, files=files
            )

    def learn_titles(self, due: dict[str, str]) -> None:
        """Learn the titles of the locale's pages: those read now, and those remembered."""
        topics: TopicsPart = self.part(TopicsPart)
        for path in due:
            page = self.by_path[path].page
            assert page is not None
            record = self.after.pages[path]
            record.title, record.name = find_title(page), str(page.title or "")
            record.template = str(page.meta.get("template") or "")
        listed: dict[str, Listed] = {}
        for document in self.documents:
            topic = find_topic(getattr(document, "norm_src_uri", document.src_uri))
            subject = topics.plan.subjects.get(topic)
            if subject is not None:
                title = self.after.pages[document.src_uri].title or subject.title
                locale = getattr(document, "locale", self.locale)
                listed[topic] = Listed(topic, title, document.url, locale, subject.day)
        topics.describer.see_titles(listed)
        self.after.frame = digest(
            pack([self.site.shared_digest, [pack(item) for item in listed.values()]])
        )

    def judge_surroundings(self, due: dict[str, str]) -> None:
        """Find the pages that show something of others that has changed."""
        is_same = self.after.frame == self.before.frame
        for document in self.documents:
            path = document.src_uri
            record = self.after.pages[path]
            if path in due:
                record.around = self.describe_surroundings(document, record)
            elif not is_same:
                around = self.describe_surroundings(document, record)
                if around != record.around:
                    due[path] = "what it shows of other pages"
                    record.around = around

    def describe_surroundings(self, document: File, record: Record) -> str:
        """Give a digest of what a page shows of others."""
        context: Any = {}
        page: Any = SimpleNamespace(file=document, meta={}, url=document.url)
        if record.template:
            page.meta["template"] = record.template
        self.part(TopicsPart).tell_template(context, page, self.config)
        alternates = [
            [locale, alternate.locale, alternate.url, self.site.listed.get(alternate.src_uri)]
            for locale, alternate in getattr(document, "alternates", {}).items()
        ]
        return digest(pack([context, alternates]))

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
        with self.time("templates"):
            output = self.fill_template(page)
        page.active = False
        self.config._current_page = None
        with self.time("write"):
            if output.strip():
                self.writer.write(document.dest_uri, output.encode(errors="xmlcharrefreplace"))
        record.facts |= {
            "addresses": pack(publishing.addresses),
            "items": pack(publishing.items),
            "entries": [dict(entry) for entry in entries],
        }
        record.messages += self.recorder.take()
        document.page = None  # its content is not needed any more

    def fill_template(self, page: Page) -> str:
        """Do what MkDocs does with a template."""
        config, plugins = self.config, self.config.plugins
        context = get_context(self.nav, self.documents, config, page)
        context = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        if self.templates is not None:
            output = self.templates.render(context, page)
        else:
            name = page.meta.get("template", "main.html")
            output = self.site.environment_of_templates.get_template(name).render(context)
        return str(plugins.on_post_page(output, page=page, config=config))

    def finish(self) -> None:
        """Write what tells of many pages, and remember everything."""
        publishing: PublishingPart = self.part(PublishingPart)
        records = [self.after.pages[document.src_uri] for document in self.documents]
        publishing.addresses = unpack(
            list[Address], [fact for r in records for fact in r.facts["addresses"]]
        )
        publishing.items = unpack(list[Item], [fact for r in records for fact in r.facts["items"]])
        publishing.sitemaps = []
        search: SearchPart = self.part(SearchPart)
        search.records = [fact.encode() for r in records for fact in r.facts["search"]]
        self.give_places()
        if self.plugin.search:
            entries = [entry for record in records for entry in record.facts["entries"]]
            self.plugin.search.search_index.entries[:] = entries
        self.write_assets()
        self.plugin.finish_locale(self.config)
        if self.plugin.search and self.plugin.is_source:
            self.writer.write("search/search_index.json", self.plugin.source_index.encode())
        self.after.sitemaps = publishing.sitemaps
        self.after.files = sorted(self.writer.files)
        self.after.messages += self.recorder.take()
        self.after.key = self.site.find_locale_key(self.locale)
        # Records of pages that are no more go with them.
        self.after.pages = {d.src_uri: self.after.pages[d.src_uri] for d in self.documents}
        write_records(self.site.new, self.locale, self.after)
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
        built.files, built.staged = writer.files, writer.staged
        built.written, built.size = len(writer.written), writer.size
        built.pages = len(self.documents)
        built.sitemaps = self.after.sitemaps
        built.messages = [*self.after.messages]
        for document in self.documents:
            built.messages += self.after.pages[document.src_uri].messages

    templates: PageTemplates | None = None
    recorder: Recorder
    files: Files
    nav: Navigation


def describe_target(file: File | None) -> str:
    """Describe what a link finds: its address; empty where there is no page or file."""
    if file is None or file.inclusion in {InclusionLevel.EXCLUDED, InclusionLevel.DRAFT}:
        return ""
    return file.url


def explain(error: Exception, file: File) -> HexaplaError:
    """Say which page could not be rendered."""
    reason = str(error) if isinstance(error, BuildError) else f"{type(error).__name__}: {error}"
    found = HexaplaError(f"the page cannot be rendered: {reason}", path=f"docs/{file.src_uri}")
    found.exit_code = 2
    return found
