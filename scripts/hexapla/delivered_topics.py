"""Delivered topics: read what a repository's deliveries say of one topic after the other."""

from __future__ import annotations

from hexapla.deliveries import Inventory, take_inventory
from hexapla.errors import StorageError
from hexapla.identification import identify_jobs
from hexapla.model import Topic
from hexapla.normalizing import Reading
from hexapla.parsing import MAXIMUM_SIZE, parse_article
from hexapla.revisions import order_of
from hexapla.storage import Repository, has_folder, list_files, read_limited


def find_topics(
    repository: Repository, source_locale: str, inventory: Inventory | None = None
) -> dict[str, Topic]:
    """Find the topics of all deliveries by id; none where nothing is delivered.

    Args:
        repository: Where they are.
        source_locale: The locale that they are translated from.
        inventory: The delivered files, where they are known.
    """
    if inventory is None:
        if not has_folder(repository.locales):
            return {}
        inventory = take_inventory(sorted(list_files(repository.locales)))
    jobs, _ = identify_jobs(repository, inventory, source_locale)
    return {job.target: job.topic for job in jobs if job.topic is not None}


def read_topic(repository: Repository, topic: Topic) -> list[Reading]:
    """Read a topic's articles; what cannot be read is for `hexapla check` to report."""
    readings = []
    folder = str(repository.locales)
    for file in topic.articles:
        try:
            data = read_limited(f"{folder}/{file.path}", MAXIMUM_SIZE)
        except StorageError:
            continue
        article, _ = parse_article(data, file.locale, f"locales/{file.path}")
        readings.append(Reading(file, article, order_of(article)))
    return readings
