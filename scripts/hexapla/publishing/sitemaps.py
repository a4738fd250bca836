"""Sitemaps: the addresses of a locale's pages, each with those of its translations.

Format and limits: https://www.sitemaps.org/protocol.html; alternates are `xhtml:link` elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hexapla.publishing.xml_text import write_text

MOST_ADDRESSES = 50_000
"""Addresses that one sitemap may have."""
MOST_BYTES = 50 * 2**20
"""Bytes that one sitemap may have, before it is compressed."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OPEN = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_CLOSE = "</urlset>\n"


@dataclass(frozen=True, slots=True)
class Address:
    """One page that search engines may list."""

    location: str
    """Fully qualified: ``https://host/sv-SE/help/start/``."""
    changed: str = ""
    """The day of its last change, ``2021-06-14``; empty when unknown."""
    alternates: Mapping[str, str] = field(default_factory=dict)
    """Locale, or ``x-default`` → location, of the page itself and its translations."""


def write_sitemaps(
    addresses: Iterable[Address], most: int = MOST_ADDRESSES, size: int = MOST_BYTES
) -> Iterator[str]:
    """Write the sitemaps of a locale, sorted by location: one, or more where the limits ask for it.

    Args:
        addresses: Its pages.
        most: Addresses in one sitemap.
        size: Bytes of one sitemap.
    """
    frame = len((_HEAD + _OPEN + _CLOSE).encode())
    entries: list[str] = []
    used = frame
    for address in sorted(addresses, key=lambda address: address.location):
        entry = _write_address(address)
        length = len(entry.encode())
        if entries and (len(entries) == most or used + length > size):
            yield _HEAD + _OPEN + "".join(entries) + _CLOSE
            entries, used = [], frame
        entries.append(entry)
        used += length
    if entries:
        yield _HEAD + _OPEN + "".join(entries) + _CLOSE


def _write_address(address: Address) -> str:
    """Write one entry; a page without translations needs no alternates."""
    text = f"<url><loc>{write_text(address.location)}</loc>"
    if address.changed:
        text += f"<lastmod>{write_text(address.changed)}</lastmod>"
    others = set(address.alternates.values()) - {address.location}
    for locale, location in address.alternates.items() if others else ():
        language, link = write_text(locale), write_text(location)
        text += f'<xhtml:link rel="alternate" hreflang="{language}" href="{link}"/>'
    return text + "</url>\n"


def write_index(locations: Iterable[str]) -> str:
    """Write the index that names all sitemaps."""
    entries = "".join(
        f"<sitemap><loc>{write_text(location)}</loc></sitemap>\n" for location in locations
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{_HEAD}<sitemapindex xmlns="{space}">\n{entries}</sitemapindex>\n'
