"""Metadata: a topic's front matter, divided into what its locales share and what is their own.

Entries keep their delivered lines, so that every key and value can be found again; only scalars
that a YAML loader would take for numbers or dates get quotation marks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from hexapla.findings import Finding, locate
from hexapla.front_matter import OWN_KEYS
from hexapla.model import Article, Relation
from hexapla.yaml_strings import protect_scalars, quote, render_entry

RESERVED_KEYS = frozenset({"proven", "provenance", "related", "aliases", "superseded", "delivered"})
"""Keys that Hexapla gives a meaning; a delivered key of that name goes under ``delivered``."""

_REVISION_KEYS = ("ms.openlocfilehash", "ms.sourcegitcommit", "ms.lasthandoff")

Entries = dict[str, str]
"""Top-level key → the lines that give it."""


def read_entries(article: Article) -> Entries:
    """Give an article's entries as a bundle has them."""
    entries = {
        key: protect_scalars(entry)
        for key, entry in article.front.entries.items()
        if key not in RESERVED_KEYS
    }
    kept = "".join(entry for key, entry in article.front.entries.items() if key in RESERVED_KEYS)
    if not (article.front.valid and article.front.complete):
        kept = article.front.text
    if kept:
        entries["delivered"] = f"delivered: {quote(kept)}\n"
    return entries


def report_reserved(article: Article) -> list[Finding]:
    """Report delivered keys whose names Hexapla gives a meaning of its own."""
    return [
        Finding(
            article.path,
            locate(article.front.text, article.front.text.find(entry))[0],
            1,
            "reserved-key",
            f"the front matter key {key!r} has a meaning of its own in bundles",
            "it is kept under the key delivered",
        )
        for key, entry in article.front.entries.items()
        if key in RESERVED_KEYS
    ]


def share_entries(reference: Article) -> Entries:
    """Give the entries that go into ``.meta.yml``: the reference's, but for a locale's own."""
    return {
        key: entry
        for key, entry in read_entries(reference).items()
        if key not in OWN_KEYS and key != "delivered"
    }


def own_entries(article: Article, shared: Mapping[str, str]) -> Entries:
    """Give the entries that go into a locale's page: its own, and what it does not share.

    Where the article names no revision, those of the shared metadata are not its own: it says so
    with empty values, since the theme's plugin would let it inherit them.
    """
    own = {key: entry for key, entry in read_entries(article).items() if shared.get(key) != entry}
    for key in _REVISION_KEYS:
        if key in shared and key not in article.front.entries:
            own[key] = f'{key}: ""\n'
    return own


def write_front_matter(entries: Mapping[str, str], superseded: Sequence[Mapping[str, str]]) -> str:
    """Write a page's front matter.

    Args:
        entries: The page's own entries, in order.
        superseded: For each earlier article of the locale, what it said otherwise.
    """
    text = "".join(entries.values())
    items = [_indent("".join(item.values())) for item in superseded if item]
    if items:
        text += "superseded:\n" + "".join(items)
    return f"---\n{text}---\n" if text else ""


def _indent(entries: str) -> str:
    """Write entries as one item of a list."""
    lines = entries.removesuffix("\n").split("\n")  # YAML ends lines at fewer places than Python
    return "- " + "\n  ".join(lines) + "\n"


def write_shared_metadata(
    shared: Mapping[str, str], provenance: str, proof: str, relations: Iterable[Relation]
) -> str:
    """Write ``.meta.yml``.

    Args:
        shared: The entries that all locales share.
        provenance: Where the source page comes from: ``delivered``, ``reconstructed``, ``none``.
        proof: The revision that the source's text hashes to, or empty.
        relations: The decisions that a writer is asked to confirm.
    """
    text = "".join(shared.values()) + f"provenance: {provenance}\n"
    if proof:
        text += f"proven: {quote(proof)}\n"
    related = [
        {
            "other": relation.other,
            "decision": "joined" if relation.joined else "kept apart",
            "score": "certain" if math.isinf(relation.score) else f"{relation.score:.2f}",
            "because": list(relation.reasons),
        }
        for relation in relations
    ]
    return text + (render_entry("related", related) if related else "")
