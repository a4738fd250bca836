"""The code of templates, remembered: to compile it anew takes longer than to render a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hexapla.building.memory import digest
from hexapla.templating.compiled import CompiledTemplates

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

CODES = "templates"
"""The name that it is remembered by."""

_KEY = 40
"""Bytes of what says which templates, and which Python, it is of."""


def recall_codes(site: Site) -> CompiledTemplates:
    """Recall the code of a site's templates; none where it may be another."""
    data = site.memory.recall_bytes(CODES)
    is_same = data[:_KEY] == find_codes_key(site)
    return CompiledTemplates(CompiledTemplates(), data[_KEY:] if is_same else b"")


def remember_codes(site: Site) -> None:
    """Remember the code of templates that were compiled just now, where this build ends well.

    Raises:
        StorageError: The disk is full or read-only.
    """
    codes = site.environment_of_templates.bytecode_cache
    if codes.has_more:
        site.new.remember_bytes(CODES, find_codes_key(site) + codes.render())


def find_codes_key(site: Site) -> bytes:
    """Give a digest of what code depends on beside its template: the folder is in it."""
    return digest([site.environment, str(site.repository.root)]).encode()
