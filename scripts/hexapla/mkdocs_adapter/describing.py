"""Describing: what templates are told of products, sections and topics, in one locale's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from hexapla.interface_language import get_direction
from hexapla.listing import (
    Group,
    Jump,
    Listed,
    Listing,
    choose_pages,
    list_alphabetically,
    list_in_order,
)
from hexapla.mkdocs_adapter.lists import Lists, Target
from hexapla.products import OTHER
from hexapla.templating.shared import SharedDict
from hexapla.wording import write_day, write_number

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter import HexaplaPlugin

Description = dict[str, Any]


class Describer:
    """Describes navigation for the templates of one locale.

    Everything that several pages show is described once.

    Args:
        plugin: The plugin.
        lists: The lists, with the files of the locale.
    """

    def __init__(self, plugin: HexaplaPlugin, lists: Lists) -> None:
        self.lists = lists
        self.plan = lists.plan
        self.locale = plugin.locale
        self.source = plugin.source
        self.strings = plugin.get_strings(plugin.locale)
        self.names = {item.locale: item.name for item in plugin.i18n.config.languages}
        self.listed: Mapping[str, Listed] = {}
        self.places: dict[tuple[str, bool], Description] = {}
        """What pages are told of a place: its address, if they are topics in it → values."""
        self.told: dict[tuple[str, bool], Description] = {}
        """What a page is told: its path, if it is a home page → values."""
        self._described: dict[str, Description] = {}
        self._topics: dict[str, Description] = {}
        self._sections: dict[str, list[Description]] = {}
        self._listings: dict[str, Listing] = {}

    def see_titles(self, listed: Mapping[str, Listed]) -> None:
        """Learn the titles of the locale's topics; what was described without them goes."""
        self.listed = listed
        self._described, self._sections = {}, {}
        self._topics, self.places, self._listings, self.told = {}, {}, {}, {}

    def find_name(self, target: Target) -> tuple[str, str]:
        """Give the name of a product or section, and its locale where that is another.

        A section that has no name in this locale nor in the source has those of its topics.
        """
        if not target.sections:
            if target.product != OTHER:
                return self.plan.products[target.product].find_name(self.locale, self.source)
            return self.strings[f"products.{'other' if len(self.plan.products) > 1 else 'all'}"], ""
        names = target.sections[-1].names
        for key, foreign in ((self.locale, ""), ("", ""), (self.source, self.source)):
            if key in names:
                return names[key], foreign
        topics = list(target.sections[-1].list_topics())
        here = [topic for topic in topics if topic in self.listed] or topics
        titles = [
            self.listed[topic].title if topic in self.listed else self.plan.subjects[topic].title
            for topic in here[:2]
        ]
        return " · ".join(titles) + (" …" if len(here) > 2 else ""), ""

    def find_title(self, target: Target) -> str:
        """Give the title of a page of a list."""
        name = self.find_name(target)[0]
        if target.number == 1:
            return name
        return f"{name} – {self.strings['topics.page'] % write_number(target.number, self.locale)}"

    def describe(self, target: Target) -> Description:
        """Describe a product or section."""
        address = target.address
        if address not in self._described:
            name, locale = self.find_name(target)
            self._described[address] = SharedDict(
                id=target.product,
                address=address,
                title=name,
                link=self.lists.files[address].url,
                language=locale,
                direction=get_direction(locale) if locale else "",
                name="",
                count=write_number(self.lists.topics[address][self.locale], self.locale),
            )
        return self._described[address]

    def describe_products(self) -> list[Description]:
        """Describe the products that have topics in this locale."""
        return [
            self.describe(Target(product))
            for product in self.plan.products
            if product in self.lists.files
        ]

    def describe_sections(self, target: Target) -> list[Description]:
        """Describe the sections directly in a product or section."""
        if target.address not in self._sections:
            outline = target.sections[-1] if target.sections else self.plan.outlines[target.product]
            below = [Target(target.product, (*target.sections, part)) for part in outline.sections]
            self._sections[target.address] = [
                self.describe(part) for part in below if part.address in self.lists.files
            ]
        return self._sections[target.address]

    def describe_trail(self, target: Target, *, is_below: bool = False) -> list[Description]:
        """Describe the products and sections above a page of a list, or above a topic in it."""
        depths = range(len(target.sections) + (is_below or target.number > 1))
        above = [Target(target.product, target.sections[:depth]) for depth in depths]
        return [self.describe(part) for part in above if part.address in self.lists.files]

    def describe_list(self, target: Target) -> Description:
        """Describe a page of a list."""
        first = target.turn_to(1)
        if first.address not in self._listings:
            self._listings[first.address] = self._list(first)
        listing = self._listings[first.address]
        number = min(target.number, len(listing.pages))
        links = [
            self.lists.files[first.turn_to(page).address].url
            for page in range(1, len(listing.pages) + 1)
        ]
        return self.describe(first) | {
            "number": number,
            "groups": [self._describe_group(group) for group in listing.pages[number - 1]],
            "jumps": [
                self._describe_jump(jump, links)
                for jump in listing.jumps
                if len(listing.jumps) > 1 and (jump.heading or jump.locale)
            ],
            "pages": [
                {"number": page, "link": links[page - 1] if page else ""}
                for page in choose_pages(number, len(links))
            ],
            "sections": self.describe_sections(first) if number == 1 else [],
        }

    def _list(self, target: Target) -> Listing:
        """List what a page lists: short sections in their own order, all else A–Z."""
        own = self.lists.list_own(target)
        topics = [self.listed[topic] for topic in own if topic in self.listed]
        if target.sections and len(topics) <= self.lists.size:
            return list_in_order(topics, self.lists.size)
        return list_alphabetically(topics, self.locale, self.lists.size)

    def _describe_group(self, group: Group) -> Description:
        """Describe topics under one heading."""
        topics = [self.describe_topic(item) for item in group.topics]
        return {"heading": group.heading, "language": group.locale, "topics": topics}

    def _describe_jump(self, jump: Jump, links: list[str]) -> Description:
        """Describe a letter to jump to, or the language of titles that are not translated."""
        return {
            "heading": jump.heading or self.names.get(jump.locale, jump.locale),
            "language": jump.locale,
            "link": f"{links[jump.page - 1]}#{jump.anchor}",
        }

    def describe_topic(self, item: Listed) -> Description:
        """Describe a topic, once: many pages name it."""
        if item.topic not in self._topics:
            self._topics[item.topic] = self._describe_topic(item)
        return self._topics[item.topic]

    def _describe_topic(self, item: Listed) -> Description:
        """Describe a topic, marked with its language where that is not the reader's."""
        described = {"title": item.title, "link": item.link}
        described |= {"day": item.day, "date": write_day(item.day, self.locale)}
        if item.locale == self.locale:
            return described | {"language": "", "direction": "", "name": ""}
        return described | {
            "language": item.locale,
            "direction": get_direction(item.locale),
            "name": self.names.get(item.locale, item.locale),
        }

    def describe_topics(self, topics: Iterable[str]) -> list[Description]:
        """Describe topics; those that this locale does not have are left out."""
        return [self.describe_topic(self.listed[topic]) for topic in topics if topic in self.listed]
