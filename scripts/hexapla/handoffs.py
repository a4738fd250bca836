"""Hand-offs: an older delivery never takes the place of a newer one.

Deliveries may arrive out of order. What an article replaces is looked up by the blob id that the
lock has of it; where that is not found nothing is said to be older.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from hexapla.bases import Bases
from hexapla.errors import StorageError
from hexapla.findings import Finding
from hexapla.lock import Line
from hexapla.parsing import MAXIMUM_SIZE, parse_article
from hexapla.planning import Job
from hexapla.revisions import order_of
from hexapla.storage import hash_blob, read_limited

_DAY = re.compile(rb"^ms\.lasthandoff:[ \t]*(\d\d)/(\d\d)/(\d{4})[ \t]*\r?$", re.MULTILINE)
_BATCH = 500
"""Articles that are looked up at a time."""


def is_older(data: bytes, there: bytes) -> bool:
    """Say whether an article was handed off before another that is there.

    Args:
        data: The article.
        there: The other one.
    """
    new, old = _DAY.search(data), _DAY.search(there)
    if new and old and (new[3], new[1], new[2]) > (old[3], old[1], old[2]):
        return False
    articles = [parse_article(each, "", "")[0] for each in (data, there)]
    if not all(article.front.valid for article in articles):
        return False  # what has no readable front matter says nothing of its time
    return order_of(articles[0]) < order_of(articles[1])


def find_older(
    bases: Bases, jobs: Iterable[Job], blobs: Mapping[str, str | None]
) -> dict[str, bytes]:
    """Find the articles that were handed off before what the locks remember.

    Args:
        bases: What was delivered before.
        jobs: Topics that are due.
        blobs: Delivered path → blob id, None where the file has not been read.

    Returns:
        Delivered path → the bytes that stay in its place.
    """
    known = bases.memory.delivered
    lines = iter(
        known[file.path]
        for job in jobs
        if job.topic is not None
        for file in job.files
        if file.path in known and known[file.path].delivered != blobs.get(file.path)
    )
    older: dict[str, bytes] = {}
    while batch := list(islice(lines, _BATCH)):
        older |= _compare_batch(bases, batch)
    return older


def _compare_batch(bases: Bases, lines: Sequence[Line]) -> dict[str, bytes]:
    """Compare some articles with what the locks remember."""
    current: dict[str, bytes] = {}
    for line in lines:
        try:
            data = read_limited(f"{bases.repository.locales}/{line.path}", MAXIMUM_SIZE)
        except StorageError:
            continue
        if hash_blob(data) != line.delivered:
            current[line.path] = data
    changed = [line for line in lines if line.path in current]
    former = bases.find_deliveries(changed, {})
    return {path: data for path, data in former.items() if is_older(current[path], data)}


def report_older(path: str) -> Finding:
    """Report a delivered article that is not used."""
    message = "it was handed off before the article that it would replace: that one stays"
    hint = "to go back all the same: hexapla sync --allow-older"
    return Finding(f"locales/{path}", 0, 0, "older-delivery", message, hint)
