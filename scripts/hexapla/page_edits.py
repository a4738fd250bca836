"""Page edits: which pages a writer has changed since they were delivered, by the locks."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hexapla.errors import HexaplaError
from hexapla.lock import NOTHING, Lock, parse_lock
from hexapla.model import Topic
from hexapla.parsing import MAXIMUM_SIZE
from hexapla.paths import page_path
from hexapla.planning import remember
from hexapla.storage import (
    Repository,
    has_folder,
    hash_blob,
    list_names,
    read_if_present,
    read_limited,
)

_FEW = 4_000
"""Paths whose lines are looked for, rather than all lines read."""

_LIMIT = 2**28


@dataclass(frozen=True, slots=True)
class LockedPages:
    """What the locks say of pages."""

    bases: Mapping[str, str] = field(default_factory=dict)
    """Path under ``docs/`` → blob id of what was delivered there."""
    withdrawn: frozenset[str] = frozenset()
    """Paths of pages whose article is delivered no longer."""


def read_locked_pages(
    repository: Repository,
    source_locale: str,
    topics: Collection[Topic] | None = None,
    pages: Collection[str] = (),
) -> LockedPages:
    """Read out of the locks what was delivered; nothing where they are damaged.

    Args:
        repository: Where they are.
        source_locale: The locale of ``index.md``.
        topics: Those that are asked for; of a few, only their lines are read. None: all.
        pages: Paths under ``docs/`` that are asked for too: a page may outlive its article.
    """
    if not has_folder(repository.locales):
        return LockedPages()
    paths = _list_paths(topics, pages, source_locale)
    try:
        locks = [
            _read_lock(read_limited(repository.locales / name, _LIMIT).decode(), paths)
            for name in list_names(repository.locales, ".lock")
        ]
    except (HexaplaError, ValueError):
        return LockedPages()  # `hexapla sync` says what is wrong with them
    memory = remember(line for lock in locks for line in lock.lines.values())
    return LockedPages(memory.list_bases(source_locale), frozenset(memory.withdrawn))


def _read_lock(text: str, paths: Sequence[str] | None) -> Lock:
    """Read a lock, or its lines of some paths."""
    if paths is None:
        return parse_lock(text, "")
    rows = [text.partition("\n")[0]]
    for path in paths:
        for name in (path, json.dumps(path)):
            start = text.find(f"\n{name} ")
            if start >= 0:
                rows.append(text[start + 1 : text.find("\n", start + 1)])
    return parse_lock("\n".join(rows), "")


def _list_paths(
    topics: Collection[Topic] | None, pages: Collection[str], source_locale: str
) -> list[str] | None:
    """List the paths by which locks have the pages of a few topics; None: take all lines."""
    if topics is None:
        return None
    paths = {article.path for topic in topics for article in topic.articles}
    paths.update(f"docs/{page}" for page in pages)
    for topic in topics:
        for locale in {article.locale for article in topic.articles}:
            paths.add(f"docs/{page_path(topic.identifier, locale, source_locale)}")
    return sorted(paths) if len(paths) <= _FEW else None


def read_edits(
    repository: Repository,
    topic: Topic,
    bases: Mapping[str, str],
    source_locale: str,
    find_blob: Callable[[str], str] | None = None,
) -> dict[str, str]:
    """Read the pages of a topic that are not as they were delivered.

    Args:
        repository: Where they are.
        topic: The topic.
        bases: Path under ``docs/`` → blob id of what was delivered there, as the locks have it.
        source_locale: The locale of ``index.md``.
        find_blob: Gives the blob id of a page by its path, where that is known without reading it.

    Returns:
        Locale → the page's text; a page that is not there is none.
    """
    edits = {}
    for locale in sorted({article.locale for article in topic.articles}):
        path = page_path(topic.identifier, locale, source_locale)
        base = bases.get(path, NOTHING)
        if base == NOTHING or (find_blob is not None and find_blob(path) == base):
            continue
        data = read_if_present(repository.docs / path, 2 * MAXIMUM_SIZE)
        if data is not None and hash_blob(data) != base:
            edits[locale] = data.decode("utf-8", "replace")
    return edits
