"""Robots: which pages search engines may list, as deliveries, the site and a page's kind say.

The directives are those of https://www.robotstxt.org/meta.html and of the search engines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

DELIVERED = "delivered"
"""The setting under which every article's own key counts."""

_DIRECTIVE = re.compile(r"[a-z]{2,30}(?:-[a-z]{2,30}){0,3}(?::-?[a-z0-9-]{1,30})?\Z")
_HIDING = frozenset({"noindex", "none"})


def read_directives(value: object) -> tuple[str, ...]:
    """Read a ``ROBOTS`` value: ``NOINDEX, NOFOLLOW``; what is no directive is left out."""
    items = map(str, value) if isinstance(value, list) else str(value or "").split(",")
    return _choose_directives(tuple(items))


@lru_cache(maxsize=256)
def _choose_directives(items: tuple[str, ...]) -> tuple[str, ...]:
    """Choose what is a directive; most pages have the same."""
    words = dict.fromkeys(item.strip().lower() for item in items)
    return tuple(word for word in words if _DIRECTIVE.match(word))


def find_delivered(metadata: Mapping[str, object]) -> object:
    """Give the value of the key ``ROBOTS``, in whatever case it is written."""
    return next((metadata[key] for key in metadata if str(key).lower() == "robots"), "")


def decide_robots(
    metadata: Mapping[str, object],
    *,
    setting: str = DELIVERED,
    machine_translated: str = "index",
    is_fallback: bool = False,
) -> str:
    """Decide what a page tells search engines; empty: nothing, so that they list it.

    Args:
        metadata: The page's, the bundle's included.
        setting: ``delivered``, or the directives that count for every page instead.
        machine_translated: ``noindex`` keeps machine-translated pages out.
        is_fallback: Whether it shows the source's text, which is listed at its own address.
    """
    words = read_directives(find_delivered(metadata) if setting == DELIVERED else setting)
    hidden = is_fallback or (machine_translated == "noindex" and is_machine_translated(metadata))
    if hidden and is_indexed(", ".join(words)):
        words = ("noindex", *(word for word in words if word not in {"index", "all"}))
    return ", ".join(words)


def is_indexed(robots: str) -> bool:
    """Say whether a page with these directives is listed."""
    return not _HIDING & set(robots.split(", "))


def is_machine_translated(metadata: Mapping[str, object]) -> bool:
    """Say whether a page's text is a machine's (FORMAT.md, Front matter)."""
    return str(metadata.get("ms.translationtype", "")).strip().upper() in {"MT", "AUTO"}
