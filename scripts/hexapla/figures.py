"""Figures: how the translations stand, counted by locale and product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from hexapla.model import State
from hexapla.products import Product, assign_products, divide_by_folder
from hexapla.subjects import Subject
from hexapla.unit_states import UnitCounts

MACHINE = frozenset({"MT", "AUTO"})
HUMAN = frozenset({"HT", "HUMAN TRANSLATION"})
NO_UNITS = UnitCounts()


@dataclass(frozen=True, slots=True)
class Standing:
    """How one locale of one topic stands."""

    locale: str
    """Its tag."""
    state: State
    """Whether it follows the current source."""
    translation: str
    """``MT`` or ``HT``, as delivered; empty when unknown."""
    units: UnitCounts = NO_UNITS
    """Its units, by their states."""
    is_edited: bool = False
    """Whether a writer has changed its page since it was delivered."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What is counted of a topic."""

    subject: Subject
    """What its source says of itself: that tells its product."""
    standings: tuple[Standing, ...]
    """Its translations."""


@dataclass(slots=True)
class Figures:
    """The figures of one cell: topics, by state and by kind of translation."""

    topics: int = 0
    """All topics, translated or not."""
    current: int = 0
    """Translations that follow the current source."""
    outdated: int = 0
    """Translations whose source has changed since."""
    unknown: int = 0
    """Translations that do not say what they were made from."""
    missing: int = 0
    """Topics without a translation."""
    machine: int = 0
    """Translations made by a machine."""
    human: int = 0
    """Translations made by people."""
    edited: int = 0
    """Translations whose page a writer has changed since it was delivered."""
    units: int = 0
    """Units of the translations, those that are missing included."""
    units_current: int = 0
    """Units whose source is in the current source."""
    units_outdated: int = 0
    """Units whose source was reworded or is gone."""
    units_missing: int = 0
    """Units of the source that are new since a translation."""
    units_unknown: int = 0
    """Units of which nothing can be said."""
    units_edited: int = 0
    """Units, of all the others, that a writer has changed since they were delivered."""

    @property
    def share(self) -> float:
        """The share of topics that are current, from 0 to 1."""
        return self.current / self.topics if self.topics else 0.0

    @property
    def share_of_units(self) -> float:
        """The share of units that are current, from 0 to 1."""
        return self.units_current / self.units if self.units else 0.0

    def get_share(self, name: str) -> float:
        """Give the share of topics that a count makes up, from 0 to 1."""
        count: int = getattr(self, name)
        return count / self.topics if self.topics else 0.0

    def add(self, standing: Standing | None) -> None:
        """Count one topic."""
        self.topics += 1
        if standing is None:
            self.missing += 1
            return
        setattr(self, standing.state.value, getattr(self, standing.state.value) + 1)
        kind = standing.translation.strip().upper()
        self.machine += kind in MACHINE
        self.human += kind in HUMAN
        self.edited += standing.is_edited
        self.units += standing.units.total
        self.units_current += standing.units.current
        self.units_outdated += standing.units.outdated
        self.units_missing += standing.units.missing
        self.units_unknown += standing.units.unknown
        self.units_edited += standing.units.edited

    def replace(self, before: Standing | None, after: Standing | None) -> None:
        """Count a topic as it stands now, and no longer as it stood."""
        taken, added = Figures(), Figures()
        taken.add(before)
        added.add(after)
        for field in fields(self):
            change: int = getattr(added, field.name) - getattr(taken, field.name)
            setattr(self, field.name, getattr(self, field.name) + change)

    def join(self, other: Figures) -> None:
        """Add the figures of another cell."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def render_mapping(self) -> dict[str, int]:
        """Give the counts by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Matrix:
    """All figures."""

    locales: tuple[str, ...]
    """The rows."""
    products: tuple[str, ...]
    """The columns."""
    cells: Mapping[tuple[str, str], Figures]
    """(locale, product) → figures."""
    totals: Mapping[str, Figures]
    """Locale → figures over all products."""


def choose_products(
    topics: Sequence[Surveyed], configured: Sequence[Product]
) -> tuple[tuple[Product, ...], dict[str, str]]:
    """Choose the products, those of mkdocs.yml or the folders, and find each topic's.

    Returns:
        The products, and topic's id → product's id.
    """
    subjects = [topic.subject for topic in topics]
    products = tuple(configured) or divide_by_folder(subjects)
    assigned = assign_products(subjects, products)
    return products, {topic: product for product, ids in assigned.items() for topic in ids}


def count_topics(
    topics: Iterable[Surveyed], product_of: Mapping[str, str], locales: Sequence[str]
) -> Matrix:
    """Count topics by locale and product.

    Args:
        topics: All topics; their order does not matter.
        product_of: Topic's id → product; products stand in the order in which they first occur.
        locales: The rows that there are even where nothing is translated; others follow.
    """
    surveyed = list(topics)
    found = {standing.locale for topic in surveyed for standing in topic.standings}
    rows = (*locales, *sorted(found.difference(locales)))
    products = tuple(dict.fromkeys(product_of.values()))
    cells = {(locale, product): Figures() for locale in rows for product in products}
    totals = {locale: Figures() for locale in rows}
    for topic in surveyed:
        by_locale = {standing.locale: standing for standing in topic.standings}
        product = product_of[topic.subject.identifier]
        for locale in rows:
            standing = by_locale.get(locale)
            cells[locale, product].add(standing)
    for (locale, _), cell in cells.items():
        totals[locale].join(cell)
    return Matrix(rows, products, cells, totals)


def choose_cells(matrix: Matrix, locales: Sequence[str], products: Sequence[str]) -> Matrix:
    """Choose rows and columns; those that are not chosen do not count.

    Args:
        matrix: All figures.
        locales: The rows; none: all.
        products: The columns; none: all.
    """
    rows = tuple(locale for locale in matrix.locales if not locales or locale in locales)
    if not products:
        return Matrix(rows, matrix.products, matrix.cells, matrix.totals)
    columns = tuple(product for product in matrix.products if product in products)
    totals = {locale: Figures() for locale in rows}
    for locale in rows:
        for product in columns:
            totals[locale].join(matrix.cells[locale, product])
    return Matrix(rows, columns, matrix.cells, totals)
