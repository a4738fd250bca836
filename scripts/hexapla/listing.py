"""Listings: a product's or section's topics, ordered, lettered and divided into pages.

Titles in the reader's language come first, A–Z; after them those of topics that the locale does
not have, in the language they are in. Mixed in, letters of two scripts would stand side by side
and the readers' own alphabet would not help them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from hexapla.collation import Collator

SHORT = 20
"""Topics; a list with no more of them has no letters."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One topic of a list."""

    topic: str
    """Its id."""
    title: str
    """What the list shows."""
    link: str
    """Its page, relative to the site's root."""
    locale: str
    """The locale of the title."""
    day: str = ""
    """The day of its source: ``2021-05-10``."""


@dataclass(frozen=True, slots=True)
class Group:
    """Topics under one heading."""

    heading: str
    """A letter, or empty."""
    locale: str
    """The locale of titles that are not in the reader's; empty: they are."""
    topics: tuple[Listed, ...]
    """In order."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A letter to jump to."""

    heading: str
    """The letter."""
    locale: str
    """As for `Group`."""
    page: int
    """From 1."""
    anchor: str
    """The id of the heading on that page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of topics."""

    pages: tuple[tuple[Group, ...], ...]
    """At least one."""
    jumps: tuple[Jump, ...] = ()
    """Where each heading is first."""


def count_pages(topics: int, size: int) -> int:
    """Give the number of pages that a number of topics takes: at least one."""
    return max(1, -(-topics // size))


def list_alphabetically(topics: Iterable[Listed], locale: str, size: int) -> Listing:
    """List topics A–Z.

    Args:
        topics: In any order.
        locale: The reader's.
        size: The most topics on a page.
    """
    collator = Collator(locale)
    topics = list(topics)
    is_short = len(topics) <= SHORT

    def give_place(item: Listed) -> tuple[object, ...]:
        foreign = item.locale if item.locale != locale else ""
        return (foreign, collator.make_key(item.title), item.topic)

    def give_heading(item: Listed) -> tuple[str, str]:
        if item.locale != locale:
            return "", item.locale
        return "" if is_short else collator.find_initial(item.title), ""

    return _divide(sorted(topics, key=give_place), give_heading, size)


def list_in_order(topics: Sequence[Listed], size: int) -> Listing:
    """List topics in the order that they come in."""
    return _divide(topics, lambda item: ("", ""), size)


def _divide(
    topics: Sequence[Listed], give_heading: Callable[[Listed], tuple[str, str]], size: int
) -> Listing:
    """Divide ordered topics into pages, and each page into groups."""
    pages = []
    jumps: dict[tuple[str, str], Jump] = {}
    for number in range(count_pages(len(topics), size)):
        part = topics[number * size : (number + 1) * size]
        groups = []
        for heading, members in groupby(part, give_heading):
            groups.append(Group(*heading, tuple(members)))
            anchor = f"list-{len(groups)}"
            jumps.setdefault(heading, Jump(*heading, number + 1, anchor))
        pages.append(tuple(groups))
    return Listing(tuple(pages), tuple(jumps.values()))


def choose_pages(number: int, count: int) -> list[int]:
    """Choose the pages to link from a page: the first, the last, and its neighbours.

    Args:
        number: The page, from 1.
        count: How many there are.

    Returns:
        Page numbers in order, with 0 where some are left out; empty where there is only one page.
    """
    near = {1, *range(number - 2, number + 3), count}
    chosen: list[int] = []
    for page in sorted(page for page in near if 1 <= page <= count):
        if chosen and page - chosen[-1] > 1:
            chosen.append(0)
        chosen.append(page)
    return chosen if count > 1 else []
