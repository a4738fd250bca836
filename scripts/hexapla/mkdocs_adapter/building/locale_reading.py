"""Reading the pages of one locale: their text becomes content, and the templates are filled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from hexapla.building.codec import pack
from hexapla.building.memory import digest
from hexapla.building.timing import Stopwatch, Times
from hexapla.errors import HexaplaError
from hexapla.mkdocs_adapter.building.messages import Messages, Recorder
from hexapla.mkdocs_adapter.building.records import Record, Records, read_records
from hexapla.mkdocs_adapter.building.restating import Stated
from hexapla.mkdocs_adapter.content import ContentPart
from hexapla.mkdocs_adapter.page_contexts import PageContexts
from hexapla.mkdocs_adapter.page_templates import PageTemplates
from hexapla.mkdocs_adapter.rendering import Renderer, read_source
from hexapla.mkdocs_adapter.searching import SearchPart

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site


@dataclass(slots=True)
class Built:
    """What was done for a locale."""

    locale: str
    files: dict[str, str] = field(default_factory=dict)
    """Path in the site → blob id, of everything that is the locale's."""
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
    stated: Stated | None = None
    """What its status page shows; None where it has none."""
    times: Times = field(default_factory=dict)
    """Step → seconds."""


class LocaleReading:
    """Reads the pages of one locale.

    Args:
        site: What all locales share.
        locale: Its tag.
    """

    templates: PageTemplates | None = None
    recorder: Recorder
    files: Files
    nav: Navigation

    def __init__(self, site: Site, locale: str) -> None:
        self.site = site
        self.locale = locale
        self.config = site.config
        self.plugin = site.plugin
        self.root = "" if locale == self.plugin.source else f"{locale}/"
        self.built = Built(locale)
        self.stopwatch = Stopwatch()
        self.renderer = Renderer()
        self.asked: dict[str, str] = {}
        self.before = read_records(site.memory, locale)
        self.after = Records(paths=site.paths_digest)

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
        self.contexts = PageContexts(self.nav, self.documents, self.config)
        self.writer = self.site.make_writer(self.locale)
        plugin.write = self.writer.write
        self.after.messages = self.recorder.take()

    def part(self, kind: Any) -> Any:
        """Give a part of the plugin."""
        return self.site.part(kind)

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
        with self.stopwatch.time("read"):
            page = plugins.on_pre_page(page, config=config, files=files)
            read_source(page, config)
            page.markdown = plugins.on_page_markdown(
                page.markdown or "", page=page, config=config, files=files
            )
        with self.stopwatch.time("Markdown"):
            self.renderer.render(page, config, files)
        with self.stopwatch.time("sanitize, mark"):
            page.content = plugins.on_page_content(
                page.content or "", page=page, config=config, files=files
            )

    def fill_template(self, page: Page) -> str:
        """Do what MkDocs does with a template."""
        config, plugins = self.config, self.config.plugins
        context = self.contexts.make(page)
        context = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        if self.templates is not None:
            output = self.templates.render(context, page)
        else:
            name = page.meta.get("template", "main.html")
            output = self.site.environment_of_templates.get_template(name).render(context)
        return str(plugins.on_post_page(output, page=page, config=config))


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
