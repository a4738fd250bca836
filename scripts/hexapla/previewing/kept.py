"""Kept: what was shown and made last, for as long as it may be asked for again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from hexapla.previewing.answers import Answer

_FILES = 500
_PAGES = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer, with what tells it from others at the same address."""

    answer: Answer
    """The answer."""
    digest: str
    """That of its content."""


class Kept:
    """Pages by version and address, and files that were made along with them; for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._pages: OrderedDict[tuple[int, str], Shown] = OrderedDict()

    def find_page(self, version: int, path: str) -> Shown | None:
        """Give a page as it was shown; None where it was not since a change."""
        with self._lock:
            return self._pages.get((version, path))

    def keep_page(self, version: int, path: str, shown: Shown) -> None:
        """Keep a page; those shown long ago go."""
        with self._lock:
            self._pages[version, path] = shown
            while len(self._pages) > _PAGES:
                self._pages.popitem(last=False)

    def find_file(self, path: str) -> Answer | None:
        """Give a file that was made along with a page."""
        with self._lock:
            body = self._files.get(path)
        return Answer(body) if body is not None else None

    def keep_files(self, files: Mapping[str, bytes]) -> None:
        """Keep files; those made long ago go."""
        with self._lock:
            for name, content in files.items():
                self._files[name] = content
                self._files.move_to_end(name)
            while len(self._files) > _FILES:
                self._files.popitem(last=False)
