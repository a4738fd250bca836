"""Topics: home pages, lists by product and section, and the place of each article."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from html import unescape
from posixpath import dirname
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from hexapla.listing import Listed
from hexapla.mkdocs_adapter.describing import Describer
from hexapla.mkdocs_adapter.lists import Lists, Target
from hexapla.mkdocs_adapter.parts import Part
from hexapla.mkdocs_adapter.tables import read_tables
from hexapla.navigation import Plan, plan_navigation
from hexapla.products import read_products
from hexapla.publishing.addresses import join_address
from hexapla.subjects import Subject, read_subject
from hexapla.templating.shared import SharedDict, SharedList

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter import HexaplaPlugin

LOG = logging.getLogger("mkdocs.plugins.hexapla")

DEFAULT_SIZE = 50
"""Topics on a page of a list."""


def find_topic(path: str) -> str:
    """Give the id of the topic of a page: its bundle's folder; empty for a home page.

    Args:
        path: The path of the source's page: ``help/start/index.md``.
    """
    return dirname(path) if path.rpartition("/")[2] == "index.md" else path.removesuffix(".md")


def find_title(page: Page) -> str:
    """Give a page's first heading as plain text; its metadata's title where it has none."""
    first = next(iter(page.toc), None)
    if first and first.level == 1:
        return unescape(first.title)
    title = page.title or ""
    return str(title.unescape() if isinstance(title, Markup) else title)


class TopicsPart(Part):
    """Navigation: planned from the sources once, shown with each locale's own titles."""

    plan: Plan
    lists: Lists
    describer: Describer

    def __init__(self, plugin: HexaplaPlugin) -> None:
        super().__init__(plugin)
        self.planned = False

    def check_options(self, options: Any) -> Iterable[str]:
        """Yield what is wrong with our options."""
        self.products, problems = read_products(options.products)
        yield from problems
        self.size = options.topics_per_page
        if type(self.size) is not int or not 10 <= self.size <= 1000:
            yield f"topics_per_page: {self.size!r} is not a whole number from 10 to 1000"

    def see_files(self, files: Files, config: MkDocsConfig) -> None:
        """Plan the navigation, once for all locales."""
        if self.planned:
            return
        self.planned = True
        subjects = self.read_subjects()
        topics = [subject.identifier for subject in subjects]
        tables, findings = read_tables(config.docs_dir, files, self.plugin.source)
        for finding in findings:
            LOG.info(finding.render_text())
        self.plan = plan_navigation(subjects, self.products, tables, self.plugin.source)
        partial = {
            topic: frozenset(self.pages[topic])
            for topic in topics
            if self.plugin.source not in self.pages[topic]
        }
        locales = self.plugin.bundles.locales
        self.lists = Lists(self.plan, partial, locales, self.plugin.source, self.size)

    def read_subjects(self) -> list[Subject]:
        """Read the source of each topic; where there is none, the first locale that has one."""
        order = [self.plugin.source, *self.plugin.bundles.locales]
        self.pages: dict[str, dict[str, File]] = {}
        subjects = []
        for path, pages in sorted(self.plugin.bundles.pages.items()):
            topic = find_topic(path)
            file = next((pages[locale] for locale in order if locale in pages), None)
            if not topic or file is None:
                continue
            self.pages[topic] = pages
            shared = self.plugin.bundles.merge_metadata(path)
            try:
                text = file.content_string
            except (OSError, ValueError):
                continue  # MkDocs says what is wrong with it
            subjects.append(read_subject(topic, text, shared))
        return subjects

    def choose_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add the locale's lists."""
        self.describer = Describer(self.plugin, self.lists)
        self.lists.add_files(files, config, self.plugin.locale, self.describer.find_title)
        config.extra["hexapla"]["products"] = self.describer.describe_products()

    def see_pages(self, files: Files, config: MkDocsConfig) -> None:
        """Learn the titles of this locale's pages."""
        listed = {}
        for file in files.documentation_pages():
            topic = find_topic(self.plugin.bundles.divide_path(file)[0])
            if topic in self.plan.subjects and file.page:
                locale = self.plugin.get_text_locale(file.page)
                title = find_title(file.page) or self.plan.subjects[topic].title
                day = self.plan.subjects[topic].day
                listed[topic] = Listed(topic, title, file.url, locale, day)
        self.describer.see_titles(listed)

    def tell_template(self, context: TemplateContext, page: Page, config: MkDocsConfig) -> None:
        """Tell a page its place; builds that compare pages have asked before."""
        told: Any = context
        is_home = page.meta.get("template") == "home.html"
        key = page.file.src_uri, is_home
        if key not in self.describer.told:
            self.describer.told[key] = self.describe_page(page, config, is_home=is_home)
        told |= self.describer.told[key]

    def describe_page(self, page: Page, config: MkDocsConfig, *, is_home: bool) -> dict[str, Any]:
        """Describe what pages show of others: lists what they list, home pages what they offer."""
        told: dict[str, Any] = {}
        topic = find_topic(self.plugin.bundles.divide_path(page.file)[0])
        found = self.lists.by_source.get(page.file.src_uri)
        if found:
            told["hexapla_list"] = self.describer.describe_list(found)
            self.tell_place(told, found, config)
        elif is_home:
            told["hexapla_home"] = {
                "newest": self.describer.describe_topics(self.plan.newest),
                "linked": self.describer.describe_topics(self.plan.most_linked),
            }
        elif topic in self.plan.places:
            place = self.plan.places[topic]
            self.tell_place(told, Target(place.product, place.sections), config, topic)
            told["hexapla_topic"] = {
                "previous": next(iter(self.describer.describe_topics([place.previous])), None),
                "following": next(iter(self.describer.describe_topics([place.following])), None),
                "related": self.describer.describe_topics(self.plan.related.get(topic, ())),
            }
        return told

    def tell_place(
        self, told: dict[str, Any], target: Target, config: MkDocsConfig, topic: str = ""
    ) -> None:
        """Tell a page of a list, or a topic in it, the way to it and what the sidebar opens."""
        key = (target.address, bool(topic))
        if key not in self.describer.places:
            self.describer.places[key] = self.describe_place(target, config, is_below=bool(topic))
        told |= self.describer.places[key]

    def describe_place(
        self, target: Target, config: MkDocsConfig, *, is_below: bool
    ) -> dict[str, Any]:
        """Describe a place: pages of one section share what they are told of it."""
        trail = self.describer.describe_trail(target, is_below=is_below)
        home = "" if self.plugin.is_source else f"{self.plugin.locale}/"
        steps = [(self.plugin.get_strings(self.plugin.locale)["topics.home"], home)]
        steps += [(step["title"], step["link"]) for step in trail]
        listed = [
            {
                "@type": "ListItem",
                "position": number,
                "name": name,
                "item": join_address(config.site_url or "", link),
            }
            for number, (name, link) in enumerate(steps, 1)
        ]
        return {
            "hexapla_product": next(iter(trail), None),
            "hexapla_trail": SharedList(trail),
            "hexapla_steps": SharedList(listed),
            "hexapla_place": SharedDict(
                product=target.product,
                address="" if is_below else target.turn_to(1).address,
                above={step["address"] for step in trail},
                sections=self.describer.describe_sections(Target(target.product)),
            ),
        }
