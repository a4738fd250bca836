"""Sections: the order that tables of contents give to topics, the same in every locale.

One locale's table gives the structure: the source's where it was delivered, else that of the most
locales. The others give their names for it: of each section, the name under which most of its
topics stand in that locale's own table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hexapla.contents import Entry

_MAXIMUM_DEPTH = 6
"""Deeper sections' topics are listed in the section at this depth."""

Trails = dict[str, tuple[str, ...]]
"""Topic → the names of the sections that it stands in, the outermost first."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a table of contents."""

    topics: tuple[str, ...]
    """The topics directly in it, in order; one that introduces it comes first."""
    sections: tuple[Section, ...] = ()
    """The sections in it."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Locale → name; the empty key has one that most locales agree on."""
    slug: str = ""
    """What its address has, the same in every locale."""

    def list_topics(self) -> Iterator[str]:
        """Yield all topics in it, in order."""
        yield from self.topics
        for section in self.sections:
            yield from section.list_topics()


def build_sections(
    tables: Mapping[str, Mapping[str, tuple[Entry, ...]]],
    source_locale: str,
    known: Collection[str],
) -> tuple[Section, ...]:
    """Build the sections of all docsets.

    Args:
        tables: Locale → path of a table → its entries, other tables taken in.
        source_locale: The locale whose structure counts most.
        known: The ids of the topics that there are; entries of others are left out.
    """
    sections: list[Section] = []
    for path in sorted({path for of_locale in tables.values() for path in of_locale}):
        candidates = {
            locale: _simplify(of_locale[path], known)
            for locale, of_locale in sorted(tables.items())
            if path in of_locale
        }
        reference = _choose(candidates, source_locale)
        trails = {locale: _trail(entries) for locale, entries in candidates.items()}
        built = _build(candidates[reference], reference, trails, 0)
        loose = tuple(entry.topic for entry in candidates[reference] if _is_leaf(entry))
        sections += [Section(_unique(loose)), *built] if loose else built
    return tuple(sections)


def _is_leaf(entry: Entry) -> bool:
    return not entry.children


def _simplify(
    entries: tuple[Entry, ...], known: Collection[str], depth: int = 0
) -> tuple[Entry, ...]:
    """Leave out what leads to no topic, and lift what is nested too deep."""
    kept: list[Entry] = []
    for entry in entries:
        topic = entry.topic if entry.topic in known else ""
        children = _simplify(entry.children, known, depth + 1)
        if children and depth >= _MAXIMUM_DEPTH:
            kept += [Entry(entry.name, topic)] if topic else []
            kept += children
        elif topic or children:
            kept.append(Entry(entry.name, topic, children))
    return tuple(kept)


def _choose(candidates: Mapping[str, tuple[Entry, ...]], source_locale: str) -> str:
    """Choose the locale whose table gives the structure."""
    if candidates.get(source_locale):
        return source_locale
    shapes = {locale: repr(_shape(entries)) for locale, entries in candidates.items()}
    counts = Counter(shapes.values())
    return max(
        candidates,
        key=lambda locale: (
            bool(candidates[locale]),
            counts[shapes[locale]],
            len(shapes[locale]),
            [-ord(char) for char in locale],
        ),
    )


def _shape(entries: tuple[Entry, ...]) -> list[object]:
    """Give a table without its names."""
    return [(entry.topic, _shape(entry.children)) for entry in entries]


def _trail(entries: tuple[Entry, ...], names: tuple[str, ...] = ()) -> Trails:
    """Say under which names each topic stands; the first place counts."""
    trails: Trails = {}
    for entry in entries:
        inner = (*names, entry.name) if entry.children else names
        if entry.topic:
            trails.setdefault(entry.topic, inner)
        for topic, trail in _trail(entry.children, inner).items():
            trails.setdefault(topic, trail)
    return trails


def _build(
    entries: Iterable[Entry], reference: str, trails: Mapping[str, Trails], depth: int
) -> list[Section]:
    """Build the sections among some entries."""
    built = []
    for entry in entries:
        if _is_leaf(entry):
            continue
        own = [entry.topic] if entry.topic else []
        own += [child.topic for child in entry.children if _is_leaf(child)]
        section = Section(_unique(own), tuple(_build(entry.children, reference, trails, depth + 1)))
        names = _vote(tuple(section.list_topics()), trails, depth)
        if entry.name:
            names[reference] = entry.name
        built.append(replace(section, names=_agree(names)))
    return built


def _vote(topics: Sequence[str], trails: Mapping[str, Trails], depth: int) -> dict[str, str]:
    """Give the name that each locale has for a section with these topics."""
    names = {}
    for locale, of_locale in trails.items():
        votes = Counter(
            of_locale[topic][depth]
            for topic in topics
            if len(of_locale.get(topic, ())) > depth and of_locale[topic][depth]
        )
        if votes:
            name, number = min(votes.items(), key=lambda pair: (-pair[1], pair[0]))
            if 2 * number > votes.total():
                names[locale] = name
    return names


def _agree(names: Mapping[str, str]) -> dict[str, str]:
    """Add the name that most locales have, as product names are: it needs no translation."""
    counts = Counter(names.values())
    name, number = counts.most_common(1)[0] if counts else ("", 0)
    return {**names, "": name} if number > 1 and 2 * number > len(names) else dict(names)


def _unique(topics: Iterable[str]) -> tuple[str, ...]:
    """Keep the first of equal topics."""
    return tuple(dict.fromkeys(topics))
