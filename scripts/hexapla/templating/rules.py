"""Rules: what a renderer is told of the templates it renders, and what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Bound = Callable[..., object]
"""A filter as one page has it; it may have a method `again`, for values that many pages give it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of the templates and of the values they are given."""

    constants: frozenset[str] = frozenset()
    """Names in the context whose values are the same objects for all pages, and do not change."""
    branches: frozenset[str] = frozenset()
    """Names whose values are few texts: pages are told apart by them, and what is made of them is
    worked out once; such as the way to the site's root."""
    pure: frozenset[str] = frozenset()
    """Filters beside Jinja's own whose result depends on nothing but what they are given."""
    bound: Mapping[str, Callable[[Mapping[str, Any]], Bound]] = field(default_factory=dict)
    """Filters that look at the page: name → what makes, of a page's context, the filter it has."""
    looks_at: frozenset[str] = frozenset()
    """The names in the context that bound filters look at."""
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Templates that vary in ways of their own, and are learned apart from those that include
    them: name → names of the variables that differ each time it is included."""
    limit: int = 1500
    """The most variants that are kept of a template."""


@dataclass(slots=True)
class Counts:
    """What a renderer has done."""

    filled: int = 0
    """Pages whose holes were filled."""
    learned: int = 0
    """Pages that were rendered as they are, and with symbols."""
    plain: int = 0
    """Pages that were rendered as they are: their template cannot be learned, or no more of it."""
    checked: int = 0
    """Of the filled pages, those that were rendered as they are too, and compared."""
    different: int = 0
    """Of those, the ones that differed; their template is rendered as it is from then on."""
    variants: int = 0
    """Paths that are kept, of all templates."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why templates were rendered as they are: reason → times."""
