"""The repository's state: what is delivered, what the locks remember, which pages there are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexapla.configuration import find_source_locale
from hexapla.deliveries import Inventory, find_remembered, take_inventory
from hexapla.errors import ConfigurationError
from hexapla.file_index import FileIndex
from hexapla.findings import Finding
from hexapla.lock import RESTORE, VERSION, Lock, parse_lock
from hexapla.model import Form, Topic
from hexapla.normalizing import Setting
from hexapla.planning import Memory, remember
from hexapla.storage import (
    Entry,
    Repository,
    Signature,
    has_folder,
    list_files,
    list_names,
    read_limited,
    scan_tree,
)

_LIMIT = 2**28
_HINTS = {
    "link-outside-tree": "deliver the file itself",
    "symbolic-link": "deliver the file itself",
    "special-file": "remove it",
}


@dataclass(slots=True)
class State:
    """What there is before anything is done."""

    inventory: Inventory
    """The delivered files, and what is wrong with their tree."""
    signatures: Mapping[str, Signature]
    """Delivered path → signature."""
    blobs: dict[str, str | None]
    """Delivered path → blob id; None where the file must be read for it."""
    index: FileIndex
    """Where the blob ids come from."""
    locks: dict[str, Lock]
    """Locale → lock."""
    memory: Memory
    """The lines of all locks."""
    conflicts: Mapping[str, str]
    """Page in conflict, below ``docs/`` → what it is compared with, below ``locales/``."""
    present: set[str]
    """The files under ``docs/``."""
    setting: Setting
    """What every page depends on."""
    digest: str
    """A digest of the setting: a lock with another one is out of date."""


def read_state(repository: Repository) -> State:
    """Read the state of a repository, without reading a delivered file.

    Raises:
        HexaplaError: There are no deliveries, or the configuration or a lock is damaged.
    """
    if not has_folder(repository.locales):
        hint = "put them into locales/<locale>/, or use hexapla import"
        raise ConfigurationError("there are no deliveries", path="locales", hint=hint)
    signatures: dict[str, Signature] = {}
    obstacles = []
    for found in scan_tree(repository.locales):
        if isinstance(found, Entry):
            signatures[found.path] = found.signature
        else:
            path, hint = f"locales/{found.path}", _HINTS.get(found.code, "")
            obstacles.append(Finding(path, 0, 0, found.code, found.message, hint))
    inventory = take_inventory(signatures)
    inventory.findings += obstacles
    index = FileIndex(repository.cache / "index.json")
    locks = read_locks(repository)
    roots = tuple(sorted(inventory.roots))
    setting = Setting(read_source_locale(repository), roots)
    loose = sorted(delivered.path for delivered in inventory.loose)
    return State(
        inventory,
        signatures,
        {path: index.find_blob(path, signature) for path, signature in signatures.items()},
        index,
        locks,
        remember(line for lock in locks.values() for line in lock.lines.values()),
        find_remembered(signatures),
        list_files(repository.docs),
        setting,
        _shorten((VERSION, setting.source_locale, roots, loose)),
    )


def digest_decisions(digest: str, topics: Iterable[Topic]) -> str:
    """Add to a setting's digest what was decided about articles that came without their path.

    Any article may change such a decision, and with it pages of topics that are as they were.
    """
    decided = [
        (
            topic.identifier,
            [article.path for article in topic.articles if article.form is Form.LOOSE],
            topic.relations,
        )
        for topic in topics
        if topic.relations or any(article.form is Form.LOOSE for article in topic.articles)
    ]
    return f"{digest}.{_shorten(decided)}" if decided else digest


def _shorten(value: object) -> str:
    """Give a digest of a value's representation."""
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def read_source_locale(repository: Repository) -> str:
    """Read the locale that articles are translated from out of ``mkdocs.yml``."""
    data = read_limited(repository.root / "mkdocs.yml", _LIMIT)
    try:
        return find_source_locale(data.decode())
    except UnicodeDecodeError as error:
        raise ConfigurationError("the file is not valid UTF-8", path="mkdocs.yml") from error


def read_locks(repository: Repository) -> dict[str, Lock]:
    """Read all locks: locale → lock."""
    locks = {}
    for name in list_names(repository.locales, ".lock"):
        path = f"locales/{name}"
        try:
            text = read_limited(repository.locales / name, _LIMIT).decode()
            locks[name.removesuffix(".lock")] = parse_lock(text, path)
        except ValueError as error:
            raise ConfigurationError("this lock is damaged", path=path, hint=RESTORE) from error
    return locks
