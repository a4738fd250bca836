"""Surveying: read all deliveries once and say how every topic's translations stand."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from hexapla.aligning import Alignment, align_topic
from hexapla.configuration import find_locales, find_plugin_options, find_source_locale
from hexapla.cores import count_cores
from hexapla.delivered_topics import read_topic
from hexapla.errors import ConfigurationError
from hexapla.figures import Standing, Surveyed
from hexapla.identification import identify_jobs
from hexapla.model import Topic
from hexapla.normalizing import Reading, Setting, find_source, order_readings
from hexapla.page_edits import read_edits
from hexapla.parsing import MAXIMUM_SIZE
from hexapla.paths import is_repository_file
from hexapla.products import Product, read_products
from hexapla.source import Source
from hexapla.state import State
from hexapla.status import count_passages
from hexapla.storage import Repository, read_limited
from hexapla.subjects import Subject, read_subject

_FEW = 500
"""Topics that one process does sooner than others could be started."""
_CHUNK = 32
"""Topics handed to a process at a time."""


def survey_topics(repository: Repository, state: State, workers: int = 0) -> list[Surveyed]:
    """Say how every topic's translations stand.

    Args:
        repository: Where the deliveries are.
        state: What was found there.
        workers: Processes; 0: one for each core that may be used.

    Returns:
        The topics, sorted by id.
    """
    jobs, _ = identify_jobs(repository, state.inventory, state.setting.source_locale)
    topics = [job.topic for job in jobs if job.topic is not None and is_page(job.topic)]
    surveyor = Surveyor(
        repository, state.setting, state.memory.list_bases(state.setting.source_locale)
    )
    count = workers or count_cores()
    methods = multiprocessing.get_all_start_methods()
    if count == 1 or len(topics) < _FEW or "fork" not in methods:
        found: Iterable[Surveyed | None] = map(surveyor.survey, topics)
        return sorted(filter(None, found), key=lambda surveyed: surveyed.subject.identifier)
    # What all topics need is inherited by the processes, not sent to them with each topic.
    with multiprocessing.get_context("fork").Pool(count, _begin, (surveyor,)) as pool:
        found = pool.imap_unordered(_survey, topics, _CHUNK)
        return sorted(filter(None, found), key=lambda surveyed: surveyed.subject.identifier)


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Surveys one topic after the other."""

    repository: Repository
    """Where they are."""
    setting: Setting
    """How they are read."""
    bases: Mapping[str, str]
    """Path under ``docs/`` → blob id of what was delivered there."""

    def survey(self, topic: Topic) -> Surveyed | None:
        """Read a topic's articles; those that cannot be read count as missing."""
        edits = read_edits(self.repository, topic, self.bases, self.setting.source_locale)
        return survey_topic(topic, read_topic(self.repository, topic), self.setting, edits)


_process: list[Surveyor] = []
"""The surveyor of this process."""


def _begin(surveyor: Surveyor) -> None:
    """Begin a process."""
    _process[:] = [surveyor]


def _survey(topic: Topic) -> Surveyed | None:
    """Survey a topic in a process that has begun."""
    return _process[0].survey(topic)


def is_page(topic: Topic) -> bool:
    """Say whether a topic is a page: snippets and a repository's own files are none."""
    names = [article.name for article in topic.articles]
    return "includes" not in topic.identifier.split("/") and not all(map(is_repository_file, names))


def survey_topic(
    topic: Topic,
    readings: Sequence[Reading],
    setting: Setting,
    edits: Mapping[str, str] = MappingProxyType({}),
    alignments: Mapping[str, Alignment] | None = None,
) -> Surveyed | None:
    """Say how a topic's translations stand; None where there is nothing to count.

    Args:
        topic: The topic.
        readings: Its articles.
        setting: How they were read.
        edits: Locale → the page that a writer has changed since it was delivered.
        alignments: What `hexapla.aligning.align_topic` gives for it, where that is done already.
    """
    if not readings or not is_page(topic):
        return None
    if alignments is None:
        alignments, _ = align_topic(readings, setting.source_locale)
    by_locale = order_readings(readings)
    originals = by_locale.pop(setting.source_locale, [])
    translations = [reading for group in by_locale.values() for reading in group]
    source = find_source(translations, originals, is_proof_needed=False)
    standings = [
        Standing(
            locale,
            alignments[locale].state,
            group[0].article.front.scalar("ms.translationtype"),
            count_passages(alignments[locale], edits.get(locale)),
            locale in edits,
        )
        for locale, group in sorted(by_locale.items())
    ]
    return Surveyed(_describe_subject(topic, source, readings), tuple(standings))


def _describe_subject(topic: Topic, source: Source | None, readings: Sequence[Reading]) -> Subject:
    """Describe what products are told by: the source's title, and the shared metadata."""
    article = source.article if source else readings[0].article
    body = source.body if source else ""
    found = read_subject(topic.identifier, body, article.front.values)
    title = found.title
    if source and source.title and title == topic.identifier.rpartition("/")[2]:
        title = source.title  # it has no heading of its own
    return Subject(topic.identifier, title, metadata=found.metadata)


def read_settings(repository: Repository) -> tuple[tuple[str, ...], tuple[Product, ...]]:
    """Read what ``mkdocs.yml`` says of the site: its target locales, and its products.

    Raises:
        ConfigurationError: It is not valid.
    """
    text = read_limited(repository.root / "mkdocs.yml", MAXIMUM_SIZE).decode("utf-8", "replace")
    source = find_source_locale(text)
    locales = tuple(locale for locale in find_locales(text) if locale != source)
    products, problems = read_products(find_plugin_options(text, "hexapla").get("products"))
    if problems:
        raise ConfigurationError("; ".join(problems), path="mkdocs.yml")
    return locales, products
