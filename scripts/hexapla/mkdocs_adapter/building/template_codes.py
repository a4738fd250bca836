"""The code of templates, remembered: to compile it anew takes longer than to render a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hexapla.building.aside import Aside
from hexapla.building.memory import digest
from hexapla.mkdocs_adapter.page_templates import compile_templates
from hexapla.mkdocs_adapter.status_pages import TEMPLATE as FIGURES
from hexapla.templating.compiled import CompiledTemplates

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

TEMPLATES = (
    *("main.html", "home.html", "product.html", "section.html", "search.html", "status.html"),
    FIGURES,
)
"""The templates of pages."""

Compiled = tuple[bytes, bytes, Mapping[str, frozenset[str] | None]]
"""The code of templates, as they are and for symbols, and the names that they take from outside."""

CODES = "templates"
"""The name that it is remembered by."""

_MANY = 400
"""Pages from which on it pays to compile their templates before the work is shared out."""

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


class Compiling:
    """Compiles the templates of pages beside other work, for the processes forked later.

    Args:
        site: The site; nothing is compiled where the code is known, or for a few pages.
    """

    def __init__(self, site: Site) -> None:
        self._environment = site.environment_of_templates
        self._codes: CompiledTemplates = self._environment.bytecode_cache
        is_many = len(site.bundles.paths) * len(site.locales) >= _MANY
        self._aside: Aside[Compiled] | None = None
        if self._codes.is_new and is_many:
            self._aside = Aside(self._compile, is_worth_it=site.jobs > 1)

    def _compile(self) -> Compiled:
        compile_templates(self._environment, TEMPLATES)
        codes = self._codes
        assert codes.symbolic is not None
        return codes.render(), codes.symbolic.render(), codes.names

    def take(self) -> None:
        """Take the code over."""
        if self._aside is not None:
            assert self._codes.symbolic is not None
            plain, symbolic, names = self._aside.take()
            self._codes.add(plain)
            self._codes.symbolic.add(symbolic)
            self._codes.names |= names
