"""Counting: the figures of the status pages, counted once for all locales and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hexapla.building.codec import pack, unpack
from hexapla.building.memory import digest
from hexapla.figures import Figures, Matrix, Surveyed, choose_products, count_topics
from hexapla.mkdocs_adapter.building.facts import Facts
from hexapla.products import Product, read_products

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

FIGURES = "figures"
"""The name that they are remembered by."""

Counted = tuple[Matrix, tuple[Product, ...]]


def count_figures(site: Site, facts: Sequence[Facts]) -> Counted:
    """Count how the translations stand, unless that must be the same as before.

    Args:
        site: The site.
        facts: Those of the topics that count.
    """
    key = digest([site.environment, [one.packed[5] for one in facts]])
    known = site.memory.recall(FIGURES) or {}
    if known.get("key") == key:
        return unpack_figures(known)
    topics = read_standings(facts)
    configured, _ = read_products(getattr(site.plugin.config, "products", None) or None)
    products, product_of = choose_products(topics, configured)
    matrix = count_topics(topics, product_of, site.targets)
    site.memory.remember(FIGURES, {"key": key, **pack_figures(matrix, products)})
    return matrix, products


def read_standings(facts: Iterable[Facts]) -> list[Surveyed]:
    """Give how the translations of topics stand, sorted by topic."""
    found = [surveyed for one in facts if (surveyed := one.standing) is not None]
    return sorted(found, key=lambda surveyed: surveyed.subject.identifier)


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
