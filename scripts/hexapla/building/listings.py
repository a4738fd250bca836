"""Listings: which files there are and which bytes they have, without reading them again.

As git's index does, a listing keeps each file's signature beside its blob id. A file so young that
it could change without its signature's changing is listed without one: it is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hexapla.storage import Signature

GRAIN = 2_000_000_000
"""Nanoseconds; some file systems count in steps of two seconds."""

_YOUNG = "?"


class Listing:
    """Path → signature and blob id.

    Args:
        data: A listing as `render` gives it; what is no line of one is left out.
    """

    def __init__(self, data: bytes = b"") -> None:
        self._lines: dict[str, str] = {}
        for line in data.decode("utf-8", "surrogateescape").split("\n"):
            path, tab, rest = line.partition("\t")
            if tab and len(rest.rpartition(" ")[2]) == 40:
                self._lines[path] = rest

    def __contains__(self, path: str) -> bool:
        return path in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def find_blob(self, path: str) -> str:
        """Give a file's blob id; empty where there is no such file."""
        return self._lines.get(path, "").rpartition(" ")[2]

    def discard(self, path: str) -> None:
        """Forget a file."""
        self._lines.pop(path, None)

    def add(self, path: str, signature: Signature, blob: str, looked_at: int) -> None:
        """List a file.

        Args:
            path: Its path.
            signature: Its signature.
            blob: Its blob id.
            looked_at: The time in nanoseconds, before it was looked at.
        """
        is_young = max(signature[1], signature[2]) >= looked_at - GRAIN
        self._lines[path] = f"{_YOUNG if is_young else write_signature(signature)} {blob}"

    def find_changes(self, signatures: Mapping[str, Signature]) -> tuple[list[str], list[str]]:
        """Give the paths that are new or may have changed, and those that are gone."""
        lines = self._lines
        changed = [
            path
            for path, signature in signatures.items()
            if lines.get(path, "")[:-41] != write_signature(signature)
        ]
        gone = [path for path in lines if path not in signatures]
        return changed, gone

    def update(
        self,
        signatures: Mapping[str, Signature],
        read: Callable[[str], str],
        looked_at: int,
    ) -> set[str]:
        """Bring the listing up to date.

        Args:
            signatures: The files that there are.
            read: Reads a file and gives its blob id.
            looked_at: The time in nanoseconds, before the signatures were taken.

        Returns:
            The paths of files that are new, gone, or have other bytes.
        """
        changed, gone = self.find_changes(signatures)
        differing = set(gone)
        for path in gone:
            del self._lines[path]
        for path in changed:
            before, blob = self.find_blob(path), read(path)
            self.add(path, signatures[path], blob, looked_at)
            if blob != before:
                differing.add(path)
        return differing

    def render(self) -> bytes:
        """Write the listing, sorted by path."""
        lines = [f"{path}\t{rest}\n" for path, rest in sorted(self._lines.items())]
        return "".join(lines).encode("utf-8", "surrogateescape")


def write_signature(signature: Signature) -> str:
    """Write a signature as it stands in a listing."""
    size, modified, changed, inode = signature
    return f"{size} {modified} {changed} {inode}"
