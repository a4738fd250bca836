"""Restating: where nothing of a locale has changed but figures, its status page alone is written.

The page that the site has stays as it is around the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hexapla.building.codec import pack, unpack
from hexapla.building.memory import digest
from hexapla.errors import HexaplaError
from hexapla.mkdocs_adapter.building.counting import pack_figures
from hexapla.mkdocs_adapter.lone_pages import LonePagesPart
from hexapla.mkdocs_adapter.status_pages import (
    Frame,
    Overview,
    find_frame,
    render_figures,
    replace_figures,
)
from hexapla.storage import hash_blob, read_limited

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

_LIMIT = 2**28


@dataclass(frozen=True, slots=True)
class Stated:
    """What the status page of a locale shows."""

    figures: str
    """A digest of the figures."""
    path: str
    """Where the page is in the site."""
    frame: Frame | None
    """What is around them; None where that cannot be told."""


@dataclass(slots=True)
class Restated:
    """What was restated."""

    pages: dict[str, Stated] = field(default_factory=dict)
    """Locale → its status page."""
    files: dict[str, str] = field(default_factory=dict)
    """Path in the site → blob id."""
    written: int = 0
    """Files written."""
    size: int = 0
    """Their bytes."""


def digest_figures(overview: Overview | None) -> str:
    """Give a digest of what status pages show; empty where there are none."""
    if overview is None:
        return ""
    return digest([pack_figures(overview.matrix, overview.products), pack(overview.trend)])


def read_stated(before: Mapping[str, Any]) -> Stated | None:
    """Read what is remembered of a locale's status page; None where it has none."""
    value = before.get("stated")
    return unpack(Stated, value) if value else None


def describe_stated(site: Site) -> Stated | None:
    """Say what the status page shows that was just written."""
    lone: LonePagesPart = site.part(LonePagesPart)
    if lone.status is None:
        return None
    path, frame = lone.status
    return Stated(site.figures_digest, path, frame)


def restate(site: Site, pages: Mapping[str, Stated]) -> Restated:
    """Put the figures into status pages.

    Args:
        site: The site.
        pages: Locale → its page as it is.

    Raises:
        HexaplaError: A page is changed by others while the site is built.
        StorageError: The disk is full or read-only.
    """
    lone: LonePagesPart = site.part(LonePagesPart)
    environment = site.environment_of_templates
    writer, restated = site.make_writer("figures"), Restated()
    for locale, stated in pages.items():
        assert lone.overview is not None
        assert stated.frame is not None
        figures = render_figures(site.plugin, environment, lone.overview, locale).encode()
        page = replace_figures(read_page(site, stated.path), stated.frame, figures)
        writer.write(stated.path, page)
        frame = find_frame(page, figures)
        restated.pages[locale] = Stated(site.figures_digest, stated.path, frame)
    restated.files = writer.files
    restated.written, restated.size = len(writer.written), writer.size
    return restated


def read_page(site: Site, path: str) -> bytes:
    """Read a page of the site, which must be as a build has left it."""
    page = read_limited(site.site_folder / path, _LIMIT)
    if hash_blob(page) != site.intact[path]:
        message = "the page was changed while the site was built"
        raise HexaplaError(message, path=f"{site.site_folder.name}/{path}", hint="build again")
    return page


def join_restated(parts: Sequence[Restated]) -> Restated:
    """Join what several processes have restated."""
    joined = Restated()
    for part in parts:
        joined.pages |= part.pages
        joined.files |= part.files
        joined.written += part.written
        joined.size += part.size
    return joined
