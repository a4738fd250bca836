"""Surveying history: how the translations stood when earlier deliveries were committed.

Each topic is judged by the deliveries that a commit has, as it is judged today. What was found is
remembered by the blob ids of what it was found in: it never changes.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass

from hexapla.aligning import align_topic
from hexapla.cores import count_cores
from hexapla.deliveries import take_inventory
from hexapla.git import read_blobs
from hexapla.git_versions import find_head, list_commits, list_tree
from hexapla.grouping import group_by_path
from hexapla.model import Delivered, Topic
from hexapla.normalizing import Reading
from hexapla.parsing import MAXIMUM_SIZE, parse_article
from hexapla.past_states import PastStates, States, read_past_states, save_past_states
from hexapla.revisions import order_of
from hexapla.storage import Repository, has_folder
from hexapla.surveying import is_page
from hexapla.trend import Point, Trend, choose_commits, count_point

_FEW = 400
"""Topics that one process does sooner than others could be started."""

_CHUNK = 100
"""Topics whose articles are read at a time."""


@dataclass(frozen=True, slots=True)
class PastTopic:
    """A topic as a commit has it."""

    key: str
    """A digest of the articles' paths and blob ids."""
    topic: Topic
    """Its articles."""
    blobs: tuple[str, ...]
    """The blob id of each."""


def survey_history(repository: Repository, source_locale: str, workers: int = 0) -> Trend:
    """Say how the translations stood over time, as far as git's history knows.

    Args:
        repository: Where the deliveries are.
        source_locale: The locale that they are translated from.
        workers: Processes; 0: one for each core that may be used.
    """
    head = find_head(repository.locales) if has_folder(repository.locales) else ""
    if not head:
        return Trend()
    past = read_past_states(repository, source_locale)
    if past.head == head:
        return past.trend
    chosen = choose_commits(list_commits(repository.locales))
    if len(chosen) < 2:
        return Trend(has_history=bool(chosen))
    days = [(commit.day, _list_topics(repository, commit.identifier)) for commit in chosen]
    states = dict(past.topics)
    due = {found.key: found for _, topics in days for found in topics if found.key not in states}
    states |= _judge(repository, list(due.values()), source_locale, workers or count_cores())
    points: list[Point] = []
    used: dict[str, States] = {}
    for day, topics in days:
        there = {found.key: states[found.key] for found in topics}
        used |= there
        points.append(count_point(day, filter(None, there.values())))
    trend = Trend(tuple(points), has_history=True)
    save_past_states(repository, source_locale, PastStates(head, trend, used))
    return trend


def _list_topics(repository: Repository, commit: str) -> list[PastTopic]:
    """List the topics that a commit has by their paths."""
    blobs = {file.path: file.blob for file in list_tree(repository.locales, commit)}
    groups, _ = group_by_path(take_inventory(sorted(blobs)).articles)
    topics = []
    for identifier, files in sorted(groups.items()):
        topic = Topic(identifier, tuple(sorted(files, key=lambda file: file.path)))
        if is_page(topic):
            found = tuple(blobs[file.path] for file in topic.articles)
            told = repr(
                [(file.path, blob) for file, blob in zip(topic.articles, found, strict=True)]
            )
            key = hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:24]
            topics.append(PastTopic(key, topic, found))
    return topics


def _judge(
    repository: Repository, due: Sequence[PastTopic], source_locale: str, count: int
) -> dict[str, States]:
    """Judge topics, in several processes where they are many."""
    chunks = [
        (repository, due[start : start + _CHUNK], source_locale)
        for start in range(0, len(due), _CHUNK)
    ]
    found: dict[str, States] = {}
    is_alone = count == 1 or len(due) < _FEW
    if is_alone or "fork" not in multiprocessing.get_all_start_methods():
        for chunk in chunks:
            found |= _judge_some(chunk)
        return found
    with multiprocessing.get_context("fork").Pool(count) as pool:
        for states in pool.imap_unordered(_judge_some, chunks):
            found |= states
    return found


def _judge_some(chunk: tuple[Repository, Sequence[PastTopic], str]) -> dict[str, States]:
    """Judge some topics: key → locale → state."""
    repository, topics, source_locale = chunk
    wanted = [blob for past in topics for blob in past.blobs]
    data = read_blobs(repository.root, wanted, MAXIMUM_SIZE)
    found: dict[str, States] = {}
    for past in topics:
        files = zip(past.topic.articles, past.blobs, strict=True)
        readings = [_read(file, data[blob]) for file, blob in files if blob in data]
        alignments, _ = align_topic(readings, source_locale)
        found[past.key] = {
            locale: alignment.state.value for locale, alignment in sorted(alignments.items())
        }
    return found


def _read(file: Delivered, data: bytes) -> Reading:
    """Read an article as it was."""
    article, _ = parse_article(data, file.locale, f"locales/{file.path}")
    return Reading(file, article, order_of(article))
