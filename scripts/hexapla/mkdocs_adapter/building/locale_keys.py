"""Locale keys: digests of all that the site of each locale depends on.

What they say of a locale's pages is remembered: it is another only where a page of the locale has
changed, or what one shows of its deliveries.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from hexapla.building.changes import DOCS
from hexapla.building.memory import digest_texts

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

KEYS = "keys"
"""The name that they are remembered by."""


def find_locale_keys(site: Site, locales: Iterable[str]) -> dict[str, str]:
    """Find the keys of some locales."""
    known = recall_page_digests(site)
    chosen = list(locales)
    site.page_digests = known | {
        locale: digest_pages(site, locale) for locale in chosen if locale not in known
    }
    return {locale: digest_texts([site.common, site.page_digests[locale]]) for locale in chosen}


def recall_page_digests(site: Site) -> dict[str, str]:
    """Recall the digests of locales whose pages must be the same."""
    known: dict[str, Any] = site.memory.recall(KEYS) or {}
    changes, pages = site.changes, known.get("pages", {})
    if known.get("environment") != site.environment:
        return {}
    if known["inputs"] == changes.now.content:
        return {locale: pages[locale] for locale in site.locales if locale in pages}
    touched = site.find_touched()
    has_others = changes.before.names != changes.now.names or touched is None
    if known["inputs"] != changes.before.content or has_others:
        return {}
    return {
        locale: pages[locale]
        for locale in site.locales
        if locale in pages and not any(is_affected(site, locale, norm) for norm in touched or ())
    }


def is_affected(site: Site, locale: str, norm: str) -> bool:
    """Say whether a locale's page of a bundle that has changed may be another."""
    former, facts, paths = site.replaced.get(norm), site.facts.get(norm), site.bundles.paths[norm]
    own = locale if locale in paths else site.source
    if former is None or facts is None:
        return True
    if own not in paths:
        return False
    if f"{DOCS}{paths[own]}" in site.changes.differing:
        return True
    marks = (site.describe_marks(one, norm, locale, own) for one in (former, facts))
    return next(marks) != next(marks)


def digest_pages(site: Site, locale: str) -> str:
    """Give a digest of the texts of a locale's pages, and of what they show of deliveries."""
    told: list[str] = []
    for norm, paths in site.bundles.paths.items():
        own = locale if locale in paths else site.source
        if own in paths:
            told += [norm, site.find_blob(paths[own]), site.find_marks(norm, locale, own)]
    return digest_texts(told)


def remember_page_digests(site: Site) -> None:
    """Remember the digests of all locales whose pages were looked at.

    Raises:
        StorageError: The disk is full or read-only.
    """
    value = {
        "environment": site.environment,
        "inputs": site.changes.now.content,
        "pages": site.page_digests,
    }
    site.memory.remember(KEYS, value)
