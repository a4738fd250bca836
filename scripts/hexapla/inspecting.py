"""Inspecting: find a topic or a page by what a user calls it, and read what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hexapla.delivered_topics import read_topic
from hexapla.errors import UsageError
from hexapla.identification import identify_jobs
from hexapla.model import Article, Topic
from hexapla.normalizing import Reading, build_bundle, order_readings
from hexapla.page_edits import read_edits
from hexapla.parsing import MAXIMUM_SIZE
from hexapla.paths import page_path
from hexapla.planning import find_target
from hexapla.state import State, read_state
from hexapla.status import TopicStatus, describe_topic
from hexapla.storage import Repository, hash_blob, read_if_present
from hexapla.tracing import Trace, trace_lines
from hexapla.withdrawing import list_withdrawn


@dataclass(frozen=True, slots=True)
class PageOrigin:
    """Where a page came from."""

    path: str
    """The page, relative to the repository."""
    topic: str
    """Its topic's id."""
    locale: str
    """Its locale."""
    article: Article
    """The article that it was written from."""
    is_edited: bool
    """Whether a writer has changed it since."""
    traces: tuple[Trace, ...]
    """Its lines."""


def inspect_topic(repository: Repository, name: str) -> tuple[TopicStatus, dict[str, str]]:
    """Describe a topic.

    Args:
        repository: Where it is.
        name: Its id, or the path of its bundle, of a page or of a delivered article.

    Returns:
        The description; and for each of its files under ``docs/``: ``as delivered``, ``edited by a
        writer``, ``not written yet``, ``out of date`` or ``withdrawn``.

    Raises:
        UsageError: There is no such topic.
    """
    state = read_state(repository)
    withdrawn = list_withdrawn(state.locks, state.present)
    target = find_target(PurePosixPath(name).as_posix().removeprefix("docs/"))
    try:
        topic, readings = find_topic(repository, state, name)
    except UsageError:
        if target not in map(find_target, withdrawn):
            raise
        topic, readings = Topic(target, ()), []  # only its pages are left
    pages = {page: "withdrawn" for page in withdrawn if find_target(page) == topic.identifier}
    bundle = build_bundle(topic, readings, state.setting) if readings else None
    for page in bundle.pages if bundle else ():
        there = read_if_present(repository.docs / page.path, 2 * MAXIMUM_SIZE)
        pages[page.path] = _compare(there, page.text.encode(), state, page.path, page.origins)
    bases = state.memory.list_bases(state.setting.source_locale)
    edits = read_edits(repository, topic, bases, state.setting.source_locale)
    return describe_topic(topic, readings, state.setting, edits), pages


def _compare(
    there: bytes | None, due: bytes, state: State, path: str, origins: Sequence[str]
) -> str:
    """Say how a file under ``docs/`` stands to what would be written."""
    if there is None:
        return "not written yet"
    if there == due:
        return "as delivered"
    lines = [state.memory.written.get(path), *map(state.memory.delivered.get, origins)]
    known = {line.written for line in lines if line is not None}
    return "out of date" if hash_blob(there) in known else "edited by a writer"


def trace_page(repository: Repository, file: Path) -> PageOrigin:
    """Trace a page's lines to what was delivered.

    Raises:
        UsageError: The file is no page of a topic.
    """
    path = _relate(repository, file)
    state = read_state(repository)
    topic, readings = find_topic(repository, state, path)
    source_locale = state.setting.source_locale
    bundle = build_bundle(topic, readings, state.setting)
    name = path.removeprefix("docs/")
    if not path.startswith("docs/"):
        found = [r.delivered for r in readings if f"locales/{r.delivered.path}" == path]
        if not found:
            message, hint = "this is a topic, and no file of it", f"hexapla show {path}"
            raise UsageError(message, path=path, hint=hint)
        name = page_path(topic.identifier, found[0].locale, source_locale)
    page = next((page for page in bundle.pages if page.path == name), None)
    if page is None or not name.endswith(".md"):
        raise UsageError("no delivery is written to this file", path=path)
    status = describe_topic(topic, readings, state.setting)
    is_source = page.locale == source_locale
    if is_source:
        assert status.source is not None  # else there were no source page
        article = status.source.article
    else:
        article = order_readings(readings)[page.locale][0].article
    there = read_if_present(repository.docs / name, 2 * MAXIMUM_SIZE)
    text = page.text if there is None else there.decode("utf-8", "replace")
    traces = trace_lines(text, page.text, article, source=is_source)
    return PageOrigin(
        f"docs/{name}", topic.identifier, page.locale, article, text != page.text, tuple(traces)
    )


def _relate(repository: Repository, file: Path) -> str:
    """Give a file's path relative to the repository."""
    try:
        return file.resolve().relative_to(repository.root).as_posix()
    except ValueError:
        raise UsageError("the file is not in this repository", path=str(file)) from None


def find_topic(repository: Repository, state: State, name: str) -> tuple[Topic, list[Reading]]:
    """Find a topic by its id or by one of its files, and read its articles.

    Raises:
        UsageError: There is no such topic.
    """
    jobs, _ = identify_jobs(repository, state.inventory, state.setting.source_locale)
    topics = {job.target: job.topic for job in jobs if job.topic is not None}
    path = PurePosixPath(name).as_posix()
    inside = path.removeprefix("docs/")
    topic = topics.get(inside) or topics.get(find_target(inside))
    if topic is None:
        delivered = path.removeprefix("locales/")
        topic = next(
            (t for t in topics.values() if any(d.path == delivered for d in t.articles)), None
        )
    if topic is None:
        near = [identifier for identifier in topics if inside and inside in identifier][:3]
        hint = "a topic's id is the path of its folder below docs/"
        if near:
            hint = f"did you mean {' or '.join(near)}?"
        raise UsageError(f"there is no topic {name!r}", hint=hint)
    return topic, read_topic(repository, topic)
