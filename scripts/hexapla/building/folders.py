"""Folders: the files of one folder as a listing has them, taken apart only where that is needed."""

from __future__ import annotations

YOUNG = "?"
"""Stands for a signature that is not to be trusted."""

_CONTROLS = frozenset("\0\t\n\r")

_LARGE = 4000
"""Letters of a folder's names from which on it pays to sort its files by name."""


class Folder:
    """The files of one folder.

    Args:
        signature: Its own, at a time when it had these files and no others.
        texts: The names, signatures and blob ids of its files, as they stand in a listing.
    """

    __slots__ = ("_files", "_texts", "signature")

    def __init__(self, signature: str = YOUNG, texts: tuple[str, str, str] = ("", "", "")) -> None:
        self.signature = signature
        self._texts = texts
        self._files: dict[str, tuple[str, str]] | None = None

    @property
    def files(self) -> dict[str, tuple[str, str]]:
        """Name → signature and blob id."""
        if self._files is None:
            names, signatures, blobs = self._texts
            pairs = zip(signatures.split("\0"), blobs.split(" "), strict=True)
            self._files = dict(zip(names.split("\0"), pairs, strict=True)) if names else {}
        return self._files

    def find_blob(self, name: str) -> str:
        """Give a file's blob id; empty where there is no such file."""
        names, _, blobs = self._texts
        if self._files is not None or len(names) > _LARGE:
            return self.files.get(name, ("", ""))[1]
        found = names.split("\0")
        if name not in found:
            return ""
        start = found.index(name) * 41
        return blobs[start : start + 40]

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        if self._files is None:
            return self._texts[0].split("\0") if self._texts[0] else []
        return list(self._files)

    def mentions(self, text: str) -> bool:
        """Say whether a text in small letters may be in a name, in letters of any kind."""
        names = self._texts[0] if self._files is None else "\0".join(self._files)
        return text in names.lower()

    def has_signatures(self, signatures: list[str]) -> bool:
        """Say whether its files have these signatures, in the order of its names."""
        if self._files is None:
            return "\0".join(signatures) == self._texts[1]
        return signatures == [signature for signature, _ in self._files.values()]

    def render(self) -> tuple[str, str, str, str]:
        """Write what stands in a listing; a name that cannot stand there is found again."""
        if self._files is None:
            return self.signature, *self._texts
        names = [name for name in sorted(self._files) if is_plain(name)]
        whole = len(names) == len(self._files)
        told = [self._files[name] for name in names]
        texts = (
            "\0".join(names),
            "\0".join(signature for signature, _ in told),
            " ".join(blob for _, blob in told),
        )
        if not whole:
            return YOUNG, *texts
        self._texts, self._files = texts, None  # they take a fifth of the memory
        return self.signature, *texts


def is_plain(name: str) -> bool:
    """Say whether a name can stand in a listing."""
    return _CONTROLS.isdisjoint(name)
