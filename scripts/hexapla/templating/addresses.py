"""Addresses as a page writes them: relative to itself, as MkDocs does, and worked out once."""

from __future__ import annotations

from collections.abc import Callable

MOST = 20_000
"""Addresses that are remembered at a time."""

UNUSUAL = frozenset({"", ".", ".."})
"""Parts of a path that make it another path."""

Exact = Callable[[str, str], str]
"""Makes an address relative to a page's, whatever is in it: address, page's address."""


class Addresses:
    """Makes addresses relative to pages.

    Args:
        exact: What does so for addresses that are no plain paths.
    """

    def __init__(self, exact: Exact) -> None:
        self.exact = exact
        self.places: dict[tuple[str, ...], Place] = {}
        self.parts: dict[str, tuple[str, ...] | None] = {}

    def see_from(self, page: str) -> Callable[[object], str]:
        """Give what makes addresses relative to a page's."""
        parts = split_page(page)
        if parts is None:
            return lambda address: self.exact(str(address), page)
        *folder, name = parts if parts else ("",)
        key = (*folder, "") if parts else ()
        if key not in self.places:
            self.places[key] = Place(tuple(folder), len(parts))
        known = self.places[key].known
        place = self.places[key]

        def see(value: object) -> str:
            address = str(value)
            found = known.get(address)
            if found is None:
                found = self.look(address, place)
            if found[1] == name or found[1] is None:
                return self.exact(address, page)
            return found[0]

        return see

    def look(self, address: str, place: Place) -> tuple[str, str | None]:
        """Work out an address as all pages of a folder write it.

        Returns:
            It, and the name of the page that writes it in another way; None: each has its own.
        """
        found = place.look(address)
        if len(place.known) >= MOST:
            place.known.clear()
        place.known[address] = found
        return found


class Place:
    """A folder with pages, and addresses as they are seen from them.

    Args:
        folder: The folder's path, in parts.
        depth: How many parts a page's own path has.
    """

    def __init__(self, folder: tuple[str, ...], depth: int) -> None:
        self.folder = folder
        self.depth = depth
        self.known: dict[str, tuple[str, str | None]] = {}

    def look(self, address: str) -> tuple[str, str | None]:
        """Work out an address, and for which page it is another one."""
        if address.startswith("#") and "\\" not in address:
            return address, ""
        parts = split_address(address)
        if parts is None:
            return "", None
        common = 0
        for ours, theirs in zip(self.folder, parts, strict=False):
            if ours != theirs:
                break
            common += 1
        is_inside = common == len(self.folder) < len(parts)
        own = parts[common] if is_inside and self.depth else ""
        relative = "/".join([*[".."] * (self.depth - common), *parts[common:]]) or "."
        return relative + "/" * address.endswith("/"), own


def split_page(page: str) -> tuple[str, ...] | None:
    """Split a page's address into its parts; None where it is not a plain path of a folder."""
    if page in {"", ".", "./"}:
        return ()
    parts = tuple(page.split("/"))
    if parts[-1] or not UNUSUAL.isdisjoint(parts[:-1]) or page.startswith("/"):
        return None
    return parts[:-1]


def split_address(address: str) -> tuple[str, ...] | None:
    """Split an address that is a plain path; None where it may be something else."""
    if ":" in address or "\\" in address or "[" in address or "]" in address:
        return None
    parts = tuple(address.split("/"))
    if not parts[-1]:
        parts = parts[:-1]
    return parts if parts and UNUSUAL.isdisjoint(parts) else None
