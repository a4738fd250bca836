"""Counting: the figures of the status pages, counted once for all locales and remembered.

Where topics stand otherwise than before, only they are counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from hexapla.building.codec import pack, unpack
from hexapla.figures import Figures, Matrix, choose_products, count_topics
from hexapla.mkdocs_adapter.building.facts import Facts
from hexapla.products import Product, read_products

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

FIGURES = "figures"
"""The name that they are remembered by."""

Counted = tuple[Matrix, tuple[Product, ...]]

Topics = dict[str, tuple[str, str]]
"""Bundle → the key of its facts, and the topic's product; empty where nothing is counted of it."""


def count_figures(site: Site) -> Counted | None:
    """Count how the translations stand; None where there is nothing to count."""
    known = site.memory.recall(FIGURES) or {}
    found = _recount(site, known) if known.get("environment") == site.environment else None
    if found is None:
        found = _count_all(site)
    counted, topics = found
    if known.get("topics") != {norm: list(told) for norm, told in topics.items()}:
        rest = pack_figures(*counted)
        value = {"environment": site.environment, "topics": topics, **rest}
        site.memory.remember(FIGURES, value)
    return counted if any(product for _, product in topics.values()) else None


def _count_all(site: Site) -> tuple[Counted, Topics]:
    """Count all topics."""
    standings = {norm: found for norm, facts in site.facts.items() if (found := facts.standing)}
    surveyed = sorted(standings.values(), key=lambda one: one.subject.identifier)
    configured, _ = read_products(getattr(site.plugin.config, "products", None) or None)
    products, product_of = choose_products(surveyed, configured)
    matrix = count_topics(surveyed, product_of, site.targets)
    topics = {
        norm: (
            facts.key,
            product_of[standings[norm].subject.identifier] if norm in standings else "",
        )
        for norm, facts in site.facts.items()
    }
    return (matrix, products), topics


def _recount(site: Site, known: Mapping[str, Any]) -> tuple[Counted, Topics] | None:
    """Count again what stands otherwise; None where more may follow from it than numbers."""
    before: Mapping[str, list[str]] = known["topics"]
    if before.keys() != site.facts.keys():
        return None
    matrix, products = unpack_figures(known)
    topics: Topics = {}
    for norm, facts in site.facts.items():
        key, product = before[norm]
        topics[norm] = facts.key, product
        if facts.key == key:
            continue
        former = site.replaced.get(norm)
        if former is None or former.key != key or not is_same_subject(former, facts):
            return None
        if facts.packed[5] and not _replace(matrix, product, former, facts, site.targets):
            return None
    return (matrix, products), topics


def is_same_subject(former: Facts, facts: Facts) -> bool:
    """Say whether a topic is counted as before, and in the same product."""
    ours, theirs = facts.packed[5], former.packed[5]
    return bool(ours) == bool(theirs) and (not ours or ours[0] == theirs[0])


def _replace(
    matrix: Matrix, product: str, former: Facts, facts: Facts, targets: Iterable[str]
) -> bool:
    """Replace how a topic stood by how it stands; say whether the rows are still the same."""
    old, new = map(_list_standings, (former, facts))
    for locale in old.keys() | new.keys():
        before, after = old.get(locale), new.get(locale)
        if before == after:
            continue
        if locale not in matrix.totals or (None in {before, after} and locale not in targets):
            return False
        for figures in (matrix.cells[locale, product], matrix.totals[locale]):
            figures.replace(before, after)
    return True


def _list_standings(facts: Facts) -> dict[str, Any]:
    """Give how the locales of a topic stand."""
    surveyed = facts.standing
    assert surveyed is not None
    return {standing.locale: standing for standing in surveyed.standings}


def pack_figures(matrix: Matrix, products: Iterable[Product]) -> dict[str, Any]:
    """Pack figures; the rules of products are not needed any more."""
    return {
        "names": [[product.identifier, pack(product.names)] for product in products],
        "rows": pack(matrix.locales),
        "columns": pack(matrix.products),
        "cells": [[*place, pack(cell)] for place, cell in matrix.cells.items()],
        "totals": pack(matrix.totals),
    }


def unpack_figures(packed: Mapping[str, Any]) -> Counted:
    """Make figures again."""
    matrix = Matrix(
        tuple(packed["rows"]),
        tuple(packed["columns"]),
        {(row, column): unpack(Figures, cell) for row, column, cell in packed["cells"]},
        unpack(dict[str, Figures], packed["totals"]),
    )
    return matrix, tuple(Product(name, names) for name, names in packed["names"])
