"""Outlines: of all sections, those of one product, with the addresses that they get."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace

from hexapla.sections import Section


def outline_product(
    sections: Iterable[Section], topics: Collection[str], source_locale: str
) -> Section:
    """Give a product's own outline: the sections that hold its topics.

    Where one section holds all of them it is the product itself, and what is in it counts.

    Args:
        sections: The sections of all docsets.
        topics: The product's topics.
        source_locale: The locale whose names make addresses.
    """
    left = set(topics)
    kept = [part for section in sections if (part := _select(section, left))]
    loose = [topic for part in kept if not part.names for topic in part.topics]
    outline = Section(tuple(loose), tuple(part for part in kept if part.names))
    while not outline.topics and len(outline.sections) == 1:
        outline = outline.sections[0]
    return _name_addresses(replace(outline, names={}), source_locale)


def _select(section: Section, left: set[str]) -> Section | None:
    """Keep what is left of some topics; each is kept at one place only."""
    topics = tuple(topic for topic in section.topics if topic in left)
    left.difference_update(topics)
    inner = tuple(part for child in section.sections if (part := _select(child, left)))
    return replace(section, topics=topics, sections=inner) if topics or inner else None


def _name_addresses(section: Section, source_locale: str) -> Section:
    """Give the sections in a section addresses: the source's name, else the first topic's."""
    named: list[Section] = []
    used: set[str] = set()
    for part in section.sections:
        name = part.names.get(source_locale) or part.names.get("") or ""
        slug = _make_slug(name) or _make_slug(next(part.list_topics()).rpartition("/")[2])
        slug = slug or "section"
        if re.fullmatch(r"page-\d+", slug):
            slug = f"section-{slug}"
        number, unique = 1, slug
        while unique in used:
            number += 1
            unique = f"{slug}-{number}"
        used.add(unique)
        named.append(replace(_name_addresses(part, source_locale), slug=unique))
    return replace(section, sections=tuple(named))


def _make_slug(name: str) -> str:
    """Make a part of an address from a name, in ASCII."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
