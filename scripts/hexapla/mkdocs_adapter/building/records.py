"""Records: what is remembered of each page, so that it need not be rendered again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hexapla.building.codec import pack, unpack
from hexapla.building.memory import Memory, render_json


@dataclass(slots=True)
class Record:
    """A page as it was rendered last."""

    path: str
    """Where it is in the site: ``sv-SE/help/start/index.html``."""
    key: str
    """A digest of what it was made from."""
    around: str = ""
    """A digest of what it shows of other pages."""
    title: str = ""
    """Its title in lists, as text."""
    name: str = ""
    """Its title as templates have it, as HTML."""
    template: str = ""
    """The template that its front matter asks for."""
    reads: dict[str, str] = field(default_factory=dict)
    """Path under docs/ of what it took in, an include or code → blob id; empty: was not there."""
    links: dict[str, str] = field(default_factory=dict)
    """Path under docs/ that it links to → address; empty: no page of the site."""
    facts: dict[str, Any] = field(default_factory=dict)
    """Part of the build → what it keeps of the page for the files that tell of many."""
    messages: list[list[str]] = field(default_factory=list)
    """What was said of it: logger, level, message."""


@dataclass(slots=True)
class Records:
    """The records of a locale."""

    frame: str = ""
    """A digest of what its pages may show of each other."""
    paths: str = ""
    """A digest of which files there are."""
    files: list[str] = field(default_factory=list)
    """Everything in the site that is the locale's, pages included."""
    sitemaps: list[str] = field(default_factory=list)
    """The names of its sitemaps."""
    messages: list[list[str]] = field(default_factory=list)
    """What was said of no one page."""
    pages: dict[str, Record] = field(default_factory=dict)
    """Path of a page's file → record."""


def read_records(memory: Memory, locale: str) -> Records:
    """Read the records of a locale; none where nothing is remembered."""
    try:
        value = memory.recall(f"pages/{locale}")
        return unpack(Records, value) if value else Records()
    except ValueError:
        return Records()


def write_pages(pages: Mapping[str, Record]) -> str:
    """Write the records of pages as `write_records` takes them: the most, and known first."""
    return render_json(pack(pages))


def write_records(memory: Memory, locale: str, records: Records, pages: str) -> None:
    """Remember the records of a locale.

    Args:
        memory: Where they are remembered.
        locale: The locale.
        records: The records; those of its pages are not looked at.
        pages: Those of its pages, written.

    Raises:
        StorageError: The disk is full or read-only.
    """
    head = render_json(pack(replace(records, pages={}))[:-1])
    text = f"{head[:-1]},{pages}]"
    memory.remember_bytes(f"pages/{locale}", text.encode("utf-8", "surrogatepass"))
