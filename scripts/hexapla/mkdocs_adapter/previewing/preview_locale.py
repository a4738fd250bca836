"""A previewed locale: one page of it at a time, as a build would make it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

from mkdocs.commands.build import _build_template
from mkdocs.structure.files import File

from hexapla.mkdocs_adapter.article import HINTS, ORIGINALS, ArticlePart
from hexapla.mkdocs_adapter.building.documents import Document
from hexapla.mkdocs_adapter.building.locale_reading import LocaleReading, describe_target
from hexapla.mkdocs_adapter.building.messages import record_messages
from hexapla.mkdocs_adapter.building.records import Records
from hexapla.mkdocs_adapter.lone_pages import MISSING, STATUS, LonePagesPart
from hexapla.mkdocs_adapter.previewing.explaining import explained
from hexapla.mkdocs_adapter.previewing.moves import read_all_aliases
from hexapla.mkdocs_adapter.previewing.planning import read_standings
from hexapla.mkdocs_adapter.previewing.preview_site import PreviewSite
from hexapla.mkdocs_adapter.previewing.titles import Titles
from hexapla.mkdocs_adapter.previewing.writing import Kept
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.redirecting import RedirectPart
from hexapla.mkdocs_adapter.status_pages import make_overview
from hexapla.mkdocs_adapter.topics import TopicsPart, find_title, find_topic
from hexapla.page_edits import read_locked_pages
from hexapla.planning import find_target
from hexapla.previewing.answers import Answer
from hexapla.previewing.effects import Kind, judge_change
from hexapla.storage import list_files, sign_file
from hexapla.surveying_history import survey_history

BUILT = ("search/", "hexapla-search/", "assets/hexapla/search/stemmers/")
"""Where the files are that tell of all pages: those of the last build are shown."""

BUILT_NAMES = (".xml", "robots.txt", "feed.json")


class PreviewLocale(LocaleReading):
    """Renders pages of one locale when they are asked for."""

    site: PreviewSite
    titles: Titles

    def __init__(self, site: PreviewSite, locale: str) -> None:
        super().__init__(site, locale)
        self.before = Records()
        self.kept = Kept()
        self.redirects: dict[str, bytes] | None = None

    def load(self) -> None:
        """Prepare the locale."""
        with record_messages() as self.recorder:
            self.prepare()
            self.config.extra["hexapla"]["has_status"] = bool(self.site.survey.topics)
            self.plugin.write = self.kept.write
            self.articles = {
                document.src_uri: document
                for document in self.documents
                if isinstance(document, Document)
            }
            topics: TopicsPart = self.part(TopicsPart)
            self.titles = Titles(self.articles, topics.plan, self.site.built, self.locale)
            topics.describer.see_titles(self.titles)
            self.by_address = {file.dest_uri: file for file in self.files}
            # What is told of no one page a build says.
            self.recorder.take()

    def get(self, path: str) -> Answer:
        """Give what is at an address.

        Args:
            path: Below that of the site: ``sv-SE/help/start/``.

        Raises:
            HexaplaError: The page cannot be rendered.
        """
        with record_messages() as self.recorder:
            return self.find(path) or self.find_missing()

    def find(self, path: str) -> Answer | None:
        """Find what is at an address; None where that is nothing."""
        name = f"{path}index.html" if not path or path.endswith("/") else path
        file = self.by_address.get(name)
        if file is not None and file.is_documentation_page():
            return self.show_page(file)
        if file is not None and describe_target(file):
            return (
                Answer(file=str(file.abs_src_path)) if sign_file(str(file.abs_src_path)) else None
            )
        if f"{name}/index.html" in self.by_address or self.is_lone(f"{name}/index.html"):
            return Answer(status=302, file=f"{path}/")
        return self.find_made(name) or self.find_built(path) or self.find_redirect(name)

    # -- pages -----------------------------------------------------------------------------------

    def show_page(self, file: File) -> Answer:
        """Render a page."""
        path = f"docs/{file.src_uri}" if isinstance(file, Document) else "mkdocs.yml"
        with explained(self.site.repository.root, path):
            self.read_locks(file)
            page = file.page if self.is_in_navigation(file) else None
            if page is None:
                self.after.pages.pop(file.src_uri, None)
                file.page = None
                self.read_page(file)
                page = file.page
            assert page is not None
            title = find_title(page)
            self.titles.learn(file, title, str(page.title or ""))
            publishing: PublishingPart = self.part(PublishingPart)
            publishing.addresses, publishing.items = [], []
            self.config._current_page = page
            page.active = True
            output = self.fill_template(page)
            page.active = False
            self.config._current_page = None
            if not self.is_in_navigation(file):
                file.page = None
        article: ArticlePart = self.part(ArticlePart)
        article.write_files()
        record = self.after.pages.get(file.src_uri)
        told = [*(record.messages if record else []), *self.recorder.take()]
        return Answer(
            output.encode(errors="xmlcharrefreplace"),
            is_page=True,
            messages=tuple(dict.fromkeys(text for _, _, text in told)),
            files=self.kept.take(),
        )

    def is_in_navigation(self, file: File) -> bool:
        """Say whether a page is one of those that the navigation of all pages names."""
        return any(page.file is file for page in self.nav.pages)

    def read_locks(self, file: File) -> None:
        """Read what the locks say: whether the page is withdrawn, and what it was delivered as."""
        article: ArticlePart = self.part(ArticlePart)
        target = find_target(file.src_uri)
        topic = article.topics.get(target) if target not in article.originals else None
        topics = [topic] if topic is not None else []
        locked = read_locked_pages(self.site.repository, self.site.source, topics, [file.src_uri])
        article.bases, article.withdrawn = locked.bases, locked.withdrawn

    # -- pages that no article stands behind -----------------------------------------------------

    def is_lone(self, name: str) -> bool:
        """Say whether a page that each locale has is at an address."""
        return name in self.make_lone() if name.removeprefix(self.root).count("/") == 1 else False

    def make_lone(self) -> dict[str, bytes]:
        """Make the pages that no article stands behind: the 404, those of search and figures."""
        lone: LonePagesPart = self.part(LonePagesPart)
        with explained(self.site.repository.root, "overrides"):
            lone.finish(self.config)
            made = self.kept.take()
            if self.plugin.is_source:
                template = self.site.environment_of_templates.get_template(MISSING)
                output = _build_template(MISSING, template, self.files, self.config, self.nav)
                made[MISSING] = output.encode()
        return made

    def find_made(self, name: str) -> Answer | None:
        """Find a page or file that is made of no one article."""
        below = name.removeprefix(self.root)
        if below == f"{STATUS}/index.html":
            self.give_figures()
        if name == HINTS and self.plugin.is_source:
            self.part(ArticlePart).finish_site(self.config)
            return Answer(self.kept.take()[HINTS])
        if below.count("/") > 1 or not below.endswith(".html"):
            return None
        made = self.make_lone().get(name)
        return Answer(made, is_page=True) if made is not None else None

    def give_figures(self) -> None:
        """Give the status page its figures: no other page needs them."""
        lone: LonePagesPart = self.part(LonePagesPart)
        topics = read_standings(self.site.memory) if lone.overview is None else []
        if topics:
            trend = survey_history(self.site.repository, self.site.source, 1)
            lone.overview = make_overview(self.plugin, topics, trend)

    def find_missing(self) -> Answer:
        """Give the locale's page for missing addresses."""
        body = self.make_lone().get(self.root + MISSING, b"")
        return Answer(body, status=404, is_page=True)

    def find_built(self, path: str) -> Answer | None:
        """Find a file that tells of all pages, as the last build has left it."""
        below = path.removeprefix(self.root)
        is_theirs = below.startswith((*BUILT, ORIGINALS)) or (
            "/" not in below and below.endswith(BUILT_NAMES)
        )
        file = self.site.site_folder / path
        if not is_theirs or sign_file(file) is None:
            return None
        return Answer(file=str(file))

    def find_redirect(self, name: str) -> Answer | None:
        """Find the page at a former address of a topic."""
        if not name.endswith("index.html"):
            return None
        if self.redirects is None:
            self.redirects = self.make_redirects()
        body = self.redirects.get(name)
        return Answer(body, is_page=True) if body is not None else None

    def make_redirects(self) -> dict[str, bytes]:
        """Make the pages at all former addresses."""
        redirects: RedirectPart = self.part(RedirectPart)
        self.site.bundles.aliases = read_all_aliases(self.site)
        locales = self.site.repository.locales
        redirects.read_moves(locales, sorted(list_files(locales)))
        redirects.taken = set(self.by_address)
        redirects.pages = {}
        for document in self.articles.values():
            topic, _, name = document.src_uri.rpartition("/")
            if topic and name.startswith("index."):
                page: Any = NamedPage(document, partial(self.name_page, document))
                redirects.pages[topic] = page
        redirects.finish(self.config)
        return self.kept.take()

    def name_page(self, document: Document) -> str:
        """Give a page's title, as HTML."""
        return self.titles.find_name(document, find_topic(document.norm_src_uri))

    # -- changes ---------------------------------------------------------------------------------

    def see(self, names: list[str]) -> None:
        """Forget what was read of files that have changed."""
        kinds = {name: judge_change(name, self.site.bundles._name) for name in names}
        self.site.forget(kinds)
        self.redirects = None
        for name in kinds:
            self.titles.forget(name.partition("/")[2])
        topics: TopicsPart = self.part(TopicsPart)
        topics.describer.see_titles(self.titles)
        in_navigation = {f"docs/{page.file.src_uri}" for page in self.nav.pages}
        if in_navigation & kinds.keys() or Kind.METADATA in kinds.values():
            with record_messages() as self.recorder, contextlib.suppress(Exception):
                # What is wrong with it, it says when it is asked for.
                self.renew_navigation()

    def renew_navigation(self) -> None:
        """Read the pages of the navigation again: others show their titles."""
        for page in list(self.nav.pages):
            page.file.page = None
            self.after.pages.pop(page.file.src_uri, None)
        self.nav = self.make_navigation()


class NamedPage(SimpleNamespace):
    """A page whose title is found out when it is asked for.

    Args:
        file: Its file.
        find_name: Finds its title, as HTML.
    """

    def __init__(self, file: File, find_name: Callable[[], str]) -> None:
        super().__init__(file=file, url=file.url)
        self._find_name = find_name

    @property
    def title(self) -> str:
        """Its title, as HTML."""
        return self._find_name()
