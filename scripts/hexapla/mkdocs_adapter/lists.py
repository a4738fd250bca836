"""Lists: the pages of products and sections, made anew for each locale."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from hexapla.listing import count_pages
from hexapla.mkdocs_adapter.bundles import Alternate
from hexapla.navigation import Plan, walk_sections
from hexapla.sections import Section


@dataclass(frozen=True)
class Target:
    """A page of a list."""

    product: str
    """The product's id."""
    sections: tuple[Section, ...] = ()
    """The section and those it is in, the outermost first; empty: the product's own list."""
    number: int = 1
    """The page."""

    @property
    def address(self) -> str:
        """Its place below the folder of all lists: ``mail/rules/page-2``."""
        slugs = [section.slug for section in self.sections]
        return "/".join([self.product, *slugs, *([f"page-{self.number}"] * (self.number > 1))])

    def turn_to(self, number: int) -> Target:
        """Give another page of the same list."""
        return Target(self.product, self.sections, number)


class Lists:
    """Which lists there are, and the files of the locale that is built now.

    Args:
        plan: The navigation.
        partial: Of topics without a source, the locales that have them.
        locales: All locales, the source's included.
        source: The source locale.
        size: The most topics on a page.
    """

    def __init__(
        self,
        plan: Plan,
        partial: Mapping[str, frozenset[str]],
        locales: Sequence[str],
        source: str,
        size: int,
    ) -> None:
        self.plan = plan
        self.partial = partial
        self.locales = locales
        self.source = source
        self.size = size
        self.folder = "products"
        while any(f"{topic}/".startswith(f"{self.folder}/") for topic in plan.subjects):
            self.folder += "-list"
        self.targets = [
            Target(product, trail)
            for product in plan.products
            for trail in ((), *walk_sections(plan.outlines[product]))
        ]
        self.topics = {target.address: self.count_topics(target) for target in self.targets}
        """Address → locale → how many topics a product or section has in all."""
        self._pages = {target.address: self.count_pages(target) for target in self.targets}
        self.files: dict[str, File] = {}
        """Address → file of this locale."""
        self.by_source: dict[str, Target] = {}

    def list_own(self, target: Target) -> Sequence[str]:
        """Give the topics that a list itself has: of a section those directly in it."""
        return target.sections[-1].topics if target.sections else self.plan.topics[target.product]

    def count_locales(self, topics: Iterable[str]) -> dict[str, int]:
        """Count the topics that each locale has, if only as fallbacks."""
        topics = list(topics)
        partial = [self.partial[topic] for topic in topics if topic in self.partial]
        whole = len(topics) - len(partial)
        return {
            locale: whole + sum(locale in having for having in partial) for locale in self.locales
        }

    def count_topics(self, target: Target) -> dict[str, int]:
        """Count all topics of a product, or those in a section and below it."""
        if target.sections:
            return self.count_locales(target.sections[-1].list_topics())
        return self.count_locales(self.plan.topics[target.product])

    def count_pages(self, target: Target) -> dict[str, int]:
        """Count the pages of a list; none where the locale has no topic in it or below it."""
        topics = self.topics[target.address]
        own = self.count_locales(self.list_own(target))
        return {
            locale: count_pages(own[locale], self.size) if topics[locale] else 0
            for locale in self.locales
        }

    def add_files(
        self, files: Files, config: MkDocsConfig, locale: str, find_title: Callable[[Target], str]
    ) -> None:
        """Add the pages of the locale that is built now."""
        root = "" if locale == self.source else f"{locale}/"
        self.files, self.by_source = {}, {}
        for target in self.targets:
            for number in range(1, self._pages[target.address][locale] + 1):
                page = target.turn_to(number)
                path = f"{self.folder}/{page.address}/index.md"
                text = write_page(page, find_title(page))
                file: Any = File.generated(config, root + path, content=text)
                address = file.url.removeprefix(root)
                file.locale = file.locale_alternate_of = locale
                file.localization, file.norm_src_uri = None, path
                file.alternates = {
                    other: Alternate(
                        other, path, address if other == self.source else f"{other}/{address}"
                    )
                    for other, pages in self._pages[target.address].items()
                    if number <= pages
                }
                files.append(file)
                self.files[page.address] = file
                self.by_source[file.src_uri] = page


def write_page(target: Target, title: str) -> str:
    """Write the front matter of a page of a list; its template does the rest."""
    front = {
        "title": escape(title, quote=False),  # the theme takes it for HTML
        "template": "section.html" if target.sections else "product.html",
        "hide": ["toc"],
        "search": {"exclude": target.number > 1},
    }
    return f"---\n{json.dumps(front)}\n---\n"
