"""A previewed locale: one page of it at a time, as a build would make it."""

from __future__ import annotations

import contextlib

from mkdocs.structure.files import File

from hexapla.mkdocs_adapter.article import ArticlePart
from hexapla.mkdocs_adapter.building.documents import Document
from hexapla.mkdocs_adapter.building.locale_reading import describe_target
from hexapla.mkdocs_adapter.building.messages import record_messages
from hexapla.mkdocs_adapter.building.records import Records
from hexapla.mkdocs_adapter.previewing.explaining import explained
from hexapla.mkdocs_adapter.previewing.preview_others import PreviewOthers
from hexapla.mkdocs_adapter.previewing.preview_site import PreviewSite
from hexapla.mkdocs_adapter.previewing.titles import Titles
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.topics import TopicsPart, find_title
from hexapla.page_edits import read_locked_pages
from hexapla.planning import find_target
from hexapla.previewing.answers import Answer
from hexapla.previewing.effects import Kind, judge_change
from hexapla.storage import sign_file


class PreviewLocale(PreviewOthers):
    """Renders pages of one locale when they are asked for."""

    def __init__(self, site: PreviewSite, locale: str) -> None:
        super().__init__(site, locale)
        self.before = Records()

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
