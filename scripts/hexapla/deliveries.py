"""Deliveries: what stands below ``locales/``, before any file is read."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from hexapla.errors import UsageError
from hexapla.findings import Finding
from hexapla.locales import is_locale, parse_locale
from hexapla.model import Delivered, Form
from hexapla.paths import is_article, is_asset

_FORMS = sorted(Form, key=lambda form: -len(form.value))
CONFLICTS = ".conflicts"
"""The ending of the folders beside the locks with what pages in conflict are compared with."""

_TEXT = (".md", ".txt", ".markdown")


def find_remembered(paths: Iterable[str]) -> dict[str, str]:
    """Find what pages in conflict are compared with: path under ``docs/`` → below ``locales/``."""
    found = {}
    for path in paths:
        folder, _, name = path.partition("/")
        if name and folder.endswith(CONFLICTS):
            found[name] = path
    return found


@dataclass(slots=True)
class Inventory:
    """All delivered files by kind."""

    articles: list[Delivered] = field(default_factory=list)
    """Articles with a path."""
    loose: list[Delivered] = field(default_factory=list)
    """Articles without one."""
    assets: list[Delivered] = field(default_factory=list)
    """Images and other files that articles use."""
    roots: set[str] = field(default_factory=set)
    """The docsets' roots: folders with a ``docfx.json``, in any locale."""
    findings: list[Finding] = field(default_factory=list)
    """Folders that are no locale's."""


@lru_cache(maxsize=1024)
def split_folder(folder: str) -> tuple[str, Form]:
    """Divide the name of a folder of deliveries: ``sv-SE.monolingual``."""
    for form in _FORMS:
        if form.value and folder.endswith(form.value):
            return folder.removesuffix(form.value), form
    return folder, Form.BILINGUAL


def take_inventory(paths: Iterable[str]) -> Inventory:
    """Sort delivered files by kind.

    Args:
        paths: Paths relative to ``locales/``.
    """
    inventory = Inventory()
    folders: dict[str, tuple[str, Form] | None] = {}
    for path in paths:
        folder, separator, name = path.partition("/")
        if not separator or folder.endswith(CONFLICTS):
            continue  # a lock, a README; what sync remembers
        if folder not in folders:
            folders[folder] = _know_folder(folder, inventory.findings)
        known = folders[folder]
        if known is not None:
            _add(inventory, Delivered(known[0], known[1], path, name))
    return inventory


def _know_folder(folder: str, findings: list[Finding]) -> tuple[str, Form] | None:
    """Give a folder's locale and form; None and a finding when it is no known locale's."""
    locale, form = split_folder(folder)
    if is_locale(locale):
        return locale, form
    message = f"{locale!r} is not a known locale: the folder is left out"
    hint = "name it by a BCP 47 tag such as sv-SE or sr-Latn-RS"
    with suppress(UsageError):
        hint = f"name it {parse_locale(locale)}{form.value}"
    findings.append(Finding(f"locales/{folder}", 0, 0, "unknown-locale", message, hint))
    return None


def _add(inventory: Inventory, delivered: Delivered) -> None:
    """Put a file where its kind belongs."""
    name = delivered.name
    if delivered.form is Form.LOOSE:
        if name.lower().endswith(_TEXT):
            inventory.loose.append(delivered)
    elif is_article(name):
        inventory.articles.append(delivered)
    elif is_asset(name):
        inventory.assets.append(delivered)
    elif name.rpartition("/")[2] == "docfx.json":
        inventory.roots.add(name.rpartition("/")[0])
