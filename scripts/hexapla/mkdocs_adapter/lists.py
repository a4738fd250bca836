"""Lists: the pages of products and sections, made anew for each locale."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from hexapla.interface_language import get_direction
from hexapla.listing import (
    Group,
    Listed,
    Listing,
    choose_pages,
    count_pages,
    list_alphabetically,
    list_in_order,
)
from hexapla.mkdocs_adapter.bundles import Alternate
from hexapla.navigation import Plan, walk_sections
from hexapla.products import OTHER
from hexapla.sections import Section
from hexapla.wording import write_day, write_number

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter import HexaplaPlugin


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


class Lists:
    """The lists of one locale at a time.

    Args:
        plugin: The plugin: it knows the locale that is built now.
        plan: The navigation.
        partial: Of topics without a source, the locales that have them.
        size: The most topics on a page.
    """

    def __init__(
        self, plugin: HexaplaPlugin, plan: Plan, partial: Mapping[str, frozenset[str]], size: int
    ) -> None:
        self.plugin = plugin
        self.plan = plan
        self.partial = partial
        self.size = size
        self.folder = "products"
        while any(f"{topic}/".startswith(f"{self.folder}/") for topic in plan.subjects):
            self.folder += "-list"
        self.targets = [
            Target(product, trail)
            for product in plan.products
            for trail in ((), *walk_sections(plan.outlines[product]))
        ]
        self.files: dict[str, File] = {}
        self.by_source: dict[str, Target] = {}
        self.listings: dict[str, Listing] = {}
        self.listed: Mapping[str, Listed] = {}

    def list_topics(self, target: Target) -> Sequence[str]:
        """Give all topics of a product, or those in a section and below it."""
        if target.sections:
            return list(target.sections[-1].list_topics())
        return self.plan.topics[target.product]

    def list_own(self, target: Target) -> Sequence[str]:
        """Give the topics that the list itself has: of a section those directly in it."""
        return target.sections[-1].topics if target.sections else self.list_topics(target)

    def count_topics(self, topics: Iterable[str], locale: str) -> int:
        """Count the topics that a locale has, if only as fallbacks."""
        return sum(topic not in self.partial or locale in self.partial[topic] for topic in topics)

    def list_pages(self, target: Target, locale: str) -> Iterator[Target]:
        """Yield the pages that a list has in a locale: none where it has no topics."""
        if self.count_topics(self.list_topics(target), locale):
            count = count_pages(self.count_topics(self.list_own(target), locale), self.size)
            for number in range(1, count + 1):
                yield Target(target.product, target.sections, number)

    def add_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add the pages of the locale that is built now."""
        locales, source = self.plugin.bundles.locales, self.plugin.source
        self.files, self.by_source, self.listings = {}, {}, {}
        for target in self.targets:
            where = {
                locale: {page.address for page in self.list_pages(target, locale)}
                for locale in locales
            }
            for page in self.list_pages(target, self.plugin.locale):
                root = "" if self.plugin.is_source else f"{self.plugin.locale}/"
                path = f"{self.folder}/{page.address}/index.md"
                file: Any = File.generated(config, root + path, content=self.write(page))
                address = file.url.removeprefix(root)
                file.locale = file.locale_alternate_of = self.plugin.locale
                file.localization, file.norm_src_uri = None, path
                file.alternates = {
                    locale: Alternate(
                        locale, path, address if locale == source else f"{locale}/{address}"
                    )
                    for locale in locales
                    if page.address in where[locale]
                }
                files.append(file)
                self.files[page.address] = file
                self.by_source[file.src_uri] = page

    def write(self, target: Target) -> str:
        """Write a page's front matter; its template does the rest."""
        title = self.find_name(target)[0]
        if target.number > 1:
            number = write_number(target.number, self.plugin.locale)
            title += " – " + self.plugin.get_strings(self.plugin.locale)["topics.page"] % number
        front = {
            "title": title,
            "template": "section.html" if target.sections else "product.html",
            "hide": ["toc"],
            "search": {"exclude": target.number > 1},
        }
        return f"---\n{json.dumps(front)}\n---\n"

    def find(self, file: File) -> Target | None:
        """Give the list that a file is a page of."""
        return self.by_source.get(file.src_uri)

    def find_name(self, target: Target) -> tuple[str, str]:
        """Give the name of a product or section, and its locale where that is another.

        A section that has no name in this locale nor in the source has those of its topics.
        """
        locale, source = self.plugin.locale, self.plugin.source
        if not target.sections:
            if target.product == OTHER:
                strings = self.plugin.get_strings(locale)
                return strings[
                    "products.other" if len(self.plan.products) > 1 else "products.all"
                ], ""
            return self.plan.products[target.product].find_name(locale, source)
        section = target.sections[-1]
        if locale in section.names:
            return section.names[locale], ""
        if "" in section.names:
            return section.names[""], ""
        if source in section.names:
            return section.names[source], source
        topics = [topic for topic in section.list_topics() if self._has(topic)]
        titles = [
            self.listed[topic].title if topic in self.listed else self.plan.subjects[topic].title
            for topic in topics[:2]
        ]
        return " · ".join(titles) + (" …" if len(topics) > 2 else ""), ""

    def _has(self, topic: str) -> bool:
        """Say whether this locale has a topic, if only as a fallback."""
        return topic not in self.partial or self.plugin.locale in self.partial[topic]

    def see_titles(self, listed: Mapping[str, Listed]) -> None:
        """Learn the locale's titles."""
        self.listed = listed

    def describe_products(self) -> list[dict[str, Any]]:
        """Describe the products that have topics in this locale."""
        return [
            self._describe(Target(product))
            for product in self.plan.products
            if product in self.files
        ]

    def describe_sections(self, target: Target) -> list[dict[str, Any]]:
        """Describe the sections directly in a product or section."""
        outline = target.sections[-1] if target.sections else self.plan.outlines[target.product]
        below = [Target(target.product, (*target.sections, part)) for part in outline.sections]
        return [self._describe(part) for part in below if part.address in self.files]

    def _describe(self, target: Target) -> dict[str, Any]:
        """Describe a product or section for a template."""
        name, locale = self.find_name(target)
        return {
            "id": target.product,
            "address": target.address,
            "title": name,
            "link": self.files[target.address].url,
            "language": locale,
            "direction": get_direction(locale) if locale else "",
            "name": "",
            "count": write_number(
                self.count_topics(self.list_topics(target), self.plugin.locale),
                self.plugin.locale,
            ),
        }

    def describe_trail(self, target: Target, *, is_below: bool = False) -> list[dict[str, Any]]:
        """Describe the products and sections above a page of a list, or above a topic in it."""
        above = [
            Target(target.product, target.sections[:depth])
            for depth in range(len(target.sections) + 1)
        ]
        if not is_below and target.number == 1:
            above.pop()
        return [self._describe(part) for part in above if part.address in self.files]

    def describe(self, target: Target) -> dict[str, Any]:
        """Describe a page of a list for its template."""
        first = Target(target.product, target.sections)
        if first.address not in self.listings:
            self.listings[first.address] = self._list(first)
        listing = self.listings[first.address]
        number = min(target.number, len(listing.pages))
        pages = [Target(*first_of(first), page) for page in range(1, len(listing.pages) + 1)]
        return {
            **self._describe(first),
            "number": number,
            "groups": [self._show_group(group) for group in listing.pages[number - 1]],
            "jumps": [
                {
                    "heading": jump.heading or self.plugin.find_locale_name(jump.locale),
                    "language": jump.locale,
                    "link": self.files[pages[jump.page - 1].address].url + f"#{jump.anchor}",
                }
                for jump in listing.jumps
                if len(listing.jumps) > 1
            ],
            "pages": [
                {"number": page, "link": self.files[pages[page - 1].address].url if page else ""}
                for page in choose_pages(number, len(pages))
            ],
            "sections": self.describe_sections(first) if number == 1 else [],
        }

    def _list(self, target: Target) -> Listing:
        """List what a page lists: short sections in their own order, all else A–Z."""
        topics = [self.listed[topic] for topic in self.list_own(target) if topic in self.listed]
        if target.sections and len(topics) <= self.size:
            return list_in_order(topics, self.size)
        return list_alphabetically(topics, self.plugin.locale, self.size)

    def _show_group(self, group: Group) -> dict[str, Any]:
        """Describe topics under one heading."""
        return {
            "heading": group.heading,
            "language": group.locale,
            "topics": [show_listed(item, self.plugin) for item in group.topics],
        }


def first_of(target: Target) -> tuple[str, tuple[Section, ...]]:
    """Give what all pages of a list have in common."""
    return target.product, target.sections


def show_listed(item: Listed, plugin: HexaplaPlugin) -> dict[str, str]:
    """Give a topic for a template, marked with its language where it is not the reader's."""
    shown = {"title": item.title, "link": item.link, "language": "", "direction": "", "name": ""}
    if item.day:
        shown |= {"day": item.day, "date": write_day(item.day, plugin.locale)}
    if item.locale != plugin.locale:
        shown |= {
            "language": item.locale,
            "direction": get_direction(item.locale),
            "name": plugin.find_locale_name(item.locale),
        }
    return shown
