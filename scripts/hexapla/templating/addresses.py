"""Addresses as a page writes them: relative to itself, as MkDocs does, and worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable

UNUSUAL = frozenset({"", ".", ".."})
"""Parts of a path that make it another path."""

PLAIN = re.compile(r"(?:(?!\.\.?(?:/|\Z))[^/:\\\[\]]+(?:/|\Z))+")
"""An address that is a plain path."""

Exact = Callable[[str, str], str]
"""Makes an address relative to a page's, whatever is in it: address, page's address."""


class Addresses:
    """Makes addresses relative to pages.

    Args:
        exact: What does so for addresses that are no plain paths.
    """

    def __init__(self, exact: Exact) -> None:
        self.exact = exact
        self.places: dict[tuple[str, ...] | None, Place] = {}
        self.last = View("", None, "", exact)

    def see_from(self, page: str) -> View:
        """Give what makes addresses relative to a page's."""
        if page != self.last.page or self.last.place is None:
            self.last = self.find_view(page)
        return self.last

    def find_view(self, page: str) -> View:
        """Find the place that a page is in."""
        parts = split_page(page)
        if parts is None:
            return View(page, None, "", self.exact)
        key = parts[:-1] if parts else None
        place = self.places.get(key)
        if place is None:
            place = self.places[key] = Place(parts[:-1], len(parts))
        return View(page, place, parts[-1] if parts else "", self.exact)


class View:
    """Makes addresses relative to a page's.

    Args:
        page: The page's address.
        place: Its folder; None where its address is no plain path.
        name: Its name there.
        exact: What makes addresses relative that are no plain paths.
    """

    __slots__ = ("exact", "name", "page", "place")

    def __init__(self, page: str, place: Place | None, name: str, exact: Exact) -> None:
        self.page = page
        self.place = place
        self.name = name
        self.exact = exact

    def __call__(self, value: object) -> str:
        """Make an address relative."""
        address = str(value)
        found = self.place.look(address) if self.place else ("", None)
        return (
            self.exact(address, self.page)
            if found[1] is None or found[1] == self.name
            else found[0]
        )

    def again(self, value: object) -> str:
        """Make an address relative that many pages have."""
        address = str(value)
        if self.place is None:
            return self.exact(address, self.page)
        found = self.place.known.get(address)
        if found is None:
            found = self.place.known[address] = self.place.look(address)
        return (
            self.exact(address, self.page)
            if found[1] is None or found[1] == self.name
            else found[0]
        )


class Place:
    """A folder with pages, and addresses as they are seen from them.

    Args:
        folder: The folder's path, in parts.
        depth: How many parts a page's own path has.
    """

    def __init__(self, folder: tuple[str, ...], depth: int) -> None:
        self.folder = folder
        self.depth = depth
        self.above = "../" * depth
        self.outermost = "".join(f"{part}/" for part in folder[:1])
        self.inside = "".join(f"{part}/" for part in folder)
        self.known: dict[str, tuple[str, str | None]] = {}

    def look(self, address: str) -> tuple[str, str | None]:
        """Work out an address, and for which page it is another one."""
        if address.startswith("#") and "\\" not in address:
            return address, ""
        if not PLAIN.fullmatch(address):
            return "", None
        if address.startswith(self.inside) and len(address) > len(self.inside):
            below = address[len(self.inside) :]
            own = below.partition("/")[0] if self.depth else ""
            return "../" * (self.depth - len(self.folder)) + below, own
        if not f"{address}/".startswith(self.outermost):
            return self.above + address, ""
        return self.look_above(address), ""

    def look_above(self, address: str) -> str:
        """Work out an address in a folder above."""
        parts = tuple(address.removesuffix("/").split("/"))
        common = 0
        for ours, theirs in zip(self.folder, parts, strict=False):
            if ours != theirs:
                break
            common += 1
        relative = "/".join([*[".."] * (self.depth - common), *parts[common:]]) or "."
        return relative + "/" * address.endswith("/")


def split_page(page: str) -> tuple[str, ...] | None:
    """Split a page's address into its parts; None where it is not a plain path of a folder."""
    if page in {"", ".", "./"}:
        return ()
    parts = tuple(page.split("/"))
    if parts[-1] or not UNUSUAL.isdisjoint(parts[:-1]) or page.startswith("/"):
        return None
    return parts[:-1]
