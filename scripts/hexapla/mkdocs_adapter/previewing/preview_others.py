"""What a previewed locale has at addresses that no article stands behind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

from mkdocs.commands.build import _build_template
from mkdocs.structure.files import File

from hexapla.mkdocs_adapter.article import HINTS, ORIGINALS, ArticlePart
from hexapla.mkdocs_adapter.building.documents import Document
from hexapla.mkdocs_adapter.building.locale_reading import LocaleReading
from hexapla.mkdocs_adapter.lone_pages import MISSING, STATUS, LonePagesPart
from hexapla.mkdocs_adapter.previewing.explaining import explained
from hexapla.mkdocs_adapter.previewing.moves import read_all_aliases
from hexapla.mkdocs_adapter.previewing.planning import read_standings
from hexapla.mkdocs_adapter.previewing.preview_site import PreviewSite
from hexapla.mkdocs_adapter.previewing.titles import Titles
from hexapla.mkdocs_adapter.previewing.writing import Kept
from hexapla.mkdocs_adapter.redirecting import RedirectPart
from hexapla.mkdocs_adapter.status_pages import make_overview
from hexapla.mkdocs_adapter.topics import find_topic
from hexapla.previewing.answers import Answer
from hexapla.storage import list_files, sign_file
from hexapla.surveying_history import survey_history

BUILT = ("search/", "hexapla-search/", "assets/hexapla/search/stemmers/")
"""Where the files are that tell of all pages: those of the last build are shown."""

BUILT_NAMES = (".xml", "robots.txt", "feed.json")


class PreviewOthers(LocaleReading):
    """Makes the pages and files of one locale that tell of no one article, when they are asked for.

    Args:
        site: What all locales share.
        locale: Its tag.
    """

    site: PreviewSite
    titles: Titles
    articles: dict[str, Document]
    by_address: dict[str, File]

    def __init__(self, site: PreviewSite, locale: str) -> None:
        super().__init__(site, locale)
        self.kept = Kept()
        self.redirects: dict[str, bytes] | None = None

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
