"""Shared values: made once for many pages and never changed, so that a page is told by identity."""

from __future__ import annotations

from typing import Any


class SharedDict(dict[str, Any]):
    """A dict that many pages show the same."""


class SharedList(list[Any]):
    """A list that many pages show the same."""


SHARED = frozenset({SharedDict, SharedList})
