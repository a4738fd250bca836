"""Page edits: which pages a writer has changed since they were delivered."""

from __future__ import annotations

from collections.abc import Mapping

from hexapla.errors import HexaplaError
from hexapla.lock import NOTHING
from hexapla.model import Topic
from hexapla.parsing import MAXIMUM_SIZE
from hexapla.paths import page_path
from hexapla.planning import remember
from hexapla.state import read_locks
from hexapla.storage import Repository, hash_blob, read_if_present


def read_bases(repository: Repository, source_locale: str) -> dict[str, str]:
    """Read out of the locks what was delivered: path under ``docs/`` → blob id; else nothing."""
    try:
        locks = read_locks(repository)
    except HexaplaError:
        return {}  # `hexapla sync` says what is wrong with them
    return remember(line for lock in locks.values() for line in lock.lines.values()).list_bases(
        source_locale
    )


def is_edited(repository: Repository, path: str, bases: Mapping[str, str]) -> bool:
    """Say whether a page is there, and not as it was delivered.

    Args:
        repository: Where it is.
        path: The page, under ``docs/``.
        bases: Path under ``docs/`` → blob id of what was delivered there.
    """
    base = bases.get(path, NOTHING)
    if base == NOTHING:
        return False
    data = read_if_present(repository.docs / path, 2 * MAXIMUM_SIZE)
    return data is not None and hash_blob(data) != base


def read_edits(
    repository: Repository, topic: Topic, bases: Mapping[str, str], source_locale: str
) -> dict[str, str]:
    """Read the pages of a topic that are not as they were delivered.

    Args:
        repository: Where they are.
        topic: The topic.
        bases: Path under ``docs/`` → blob id of what was delivered there, as the locks have it.
        source_locale: The locale of ``index.md``.

    Returns:
        Locale → the page's text; a page that is not there is none.
    """
    edits = {}
    for locale in sorted({article.locale for article in topic.articles}):
        path = page_path(topic.identifier, locale, source_locale)
        base = bases.get(path, NOTHING)
        if base == NOTHING:
            continue
        data = read_if_present(repository.docs / path, 2 * MAXIMUM_SIZE)
        if data is not None and hash_blob(data) != base:
            edits[locale] = data.decode("utf-8", "replace")
    return edits
