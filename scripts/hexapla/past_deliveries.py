"""Past deliveries: a topic's articles as they were delivered before, read out of the history.

Nothing of them is kept in the tree: what a later delivery has replaced is in git's history of
``locales/``, and as long as it is kept in the store below ``.hexapla/``. A topic that was renamed
is followed by the aliases of its bundle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hexapla.deliveries import split_folder
from hexapla.delivery_store import DeliveryStore
from hexapla.errors import StorageError
from hexapla.git import read_blobs
from hexapla.git_versions import FileVersion, escape_pattern, list_versions
from hexapla.locales import is_locale
from hexapla.model import Delivered, Form, Topic
from hexapla.normalizing import Reading
from hexapla.parsing import MAXIMUM_SIZE, parse_article
from hexapla.paths import SHARED_METADATA
from hexapla.revisions import order_of
from hexapla.storage import Repository, has_folder, read_if_present
from hexapla.yaml_strings import StringsError, load_strings

_MOST = 1_000
"""Versions of one topic's articles that are read, the latest."""


def read_past(repository: Repository, topic: Topic) -> list[Reading]:
    """Read the articles that a topic ever had, as far as is known; the latest first."""
    if not has_folder(repository.locales):
        return []
    names = {file.name for file in topic.articles if file.form is not Form.LOOSE}
    names |= {f"{identifier}.md" for identifier in _list_identifiers(repository, topic)}
    patterns = [f"*/{escape_pattern(name)}" for name in sorted(names)]
    versions = list_versions(repository.locales, patterns)[:_MOST]
    blobs = read_blobs(repository.root, (version.blob for version in versions), MAXIMUM_SIZE)
    found = {version: blobs[version.blob] for version in versions if version.blob in blobs}
    store = DeliveryStore(repository)
    for path in sorted({file.path for file in topic.articles}):
        for blob, data in store.find_all(path):
            found.setdefault(FileVersion(path, blob), data)
    return list(_parse((version.path, data) for version, data in found.items()))


def _parse(files: Iterable[tuple[str, bytes]]) -> Iterator[Reading]:
    """Yield the articles of locales; what else was there is no one's."""
    for path, data in files:
        folder, _, name = path.partition("/")
        locale, form = split_folder(folder)
        if is_locale(locale) and form is not Form.LOOSE:
            article, _ = parse_article(data, locale, f"locales/{path}")
            yield Reading(Delivered(locale, form, path, name), article, order_of(article))


def _list_identifiers(repository: Repository, topic: Topic) -> list[str]:
    """List a topic's id and those it had before."""
    path = repository.docs / topic.identifier / SHARED_METADATA
    try:
        data = read_if_present(path, MAXIMUM_SIZE) or b""
        values = load_strings(data.decode("utf-8", "replace"))
    except (StorageError, StringsError):
        values = None
    aliases = values.get("aliases") if isinstance(values, dict) else None
    items = aliases if isinstance(aliases, list) else [aliases]
    found = [item.strip("/") for item in items if isinstance(item, str) and item.strip("/")]
    return [topic.identifier, *found]
