"""Navigation: where each topic stands, planned once for all locales.

The plan has ids, and no titles: those are each locale's own. Every page shows a part of it that
does not grow with the number of topics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest

from hexapla.contents import Entry
from hexapla.outlines import outline_product
from hexapla.products import OTHER, Product, assign_products, divide_by_folder
from hexapla.related import relate_topics
from hexapla.sections import Section, build_sections
from hexapla.subjects import Subject

HIGHLIGHTS = 8
"""How many of the newest and of the most linked topics a home page shows."""

Outlines = dict[str, Section]
"""Product → its outline: topics directly in it, and sections."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a topic stands."""

    product: str
    """The id of its product."""
    sections: tuple[Section, ...] = ()
    """The sections it is in, the outermost first."""
    previous: str = ""
    """The topic before it in its section; empty where there is none."""
    following: str = ""
    """The topic after it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The navigation of a site."""

    subjects: Mapping[str, Subject]
    """Topic → what its source says."""
    products: Mapping[str, Product]
    """The products that have topics, in their order; the one of all others last."""
    topics: Mapping[str, Sequence[str]]
    """Product → its topics."""
    outlines: Mapping[str, Section]
    """Product → its outline."""
    places: Mapping[str, Place]
    """Topic → its place."""
    related: Mapping[str, tuple[str, ...]]
    """Topic → those like it, the most like first."""
    newest: tuple[str, ...]
    """The topics with the latest day, the latest first."""
    most_linked: tuple[str, ...]
    """The topics that most others link to."""


def plan_navigation(
    subjects: Sequence[Subject],
    products: Sequence[Product],
    tables: Mapping[str, Mapping[str, tuple[Entry, ...]]],
    source_locale: str,
) -> Plan:
    """Plan a site's navigation.

    Args:
        subjects: All topics, sorted by id.
        products: Those of the configuration; where there are none, folders make them.
        tables: Locale → path of a table of contents → its entries.
        source_locale: The locale of the originals.
    """
    by_id = {subject.identifier: subject for subject in subjects}
    products = products or divide_by_folder(subjects)
    topics = assign_products(subjects, products)
    named = {product.identifier: product for product in products} | {OTHER: Product(OTHER)}
    sections = build_sections(tables, source_locale, by_id)
    outlines = {
        product: outline_product(sections, members, source_locale)
        for product, members in topics.items()
    }
    places = place_topics(topics, outlines)
    return Plan(
        by_id,
        {product: named[product] for product in topics},
        topics,
        outlines,
        places,
        relate_topics(subjects, {topic: place.product for topic, place in places.items()}),
        _find_newest(subjects),
        _find_most_linked(subjects),
    )


def place_topics(
    topics: Mapping[str, Sequence[str]], outlines: Mapping[str, Section]
) -> dict[str, Place]:
    """Find each topic's place.

    Args:
        topics: Product → its topics.
        outlines: Product → its outline.
    """
    places: dict[str, Place] = {}
    for product, members in topics.items():
        places |= dict.fromkeys(members, Place(product))
        places |= dict(_place(outlines[product], product, ()))
    return places


def _place(
    outline: Section, product: str, above: tuple[Section, ...]
) -> Iterator[tuple[str, Place]]:
    """Yield the place of each topic in an outline."""
    topics = outline.topics
    for before, topic, after in zip(("", *topics), topics, (*topics[1:], ""), strict=False):
        yield topic, Place(product, above, before, after)
    for section in outline.sections:
        yield from _place(section, product, (*above, section))


def walk_sections(
    outline: Section, above: tuple[Section, ...] = ()
) -> Iterator[tuple[Section, ...]]:
    """Yield every section of an outline, with those above it: the outermost first."""
    for section in outline.sections:
        yield (*above, section)
        yield from walk_sections(section, (*above, section))


def _find_newest(subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Find the topics with the latest day; of one day in the order of their ids."""
    days = {subject.identifier: int(subject.day.replace("-", "") or 0) for subject in subjects}
    newest = nsmallest(HIGHLIGHTS, days, key=lambda topic: (-days[topic], topic))
    return tuple(topic for topic in newest if days[topic])


def _find_most_linked(subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Find the topics that two or more others link to, those that most do first."""
    known = {subject.identifier for subject in subjects}
    counts = Counter(link for subject in subjects for link in subject.links if link in known)
    order = {topic: -place for place, topic in enumerate(sorted(counts))}
    most = nlargest(HIGHLIGHTS, counts, key=lambda topic: (counts[topic], order[topic]))
    return tuple(topic for topic in most if counts[topic] > 1)
