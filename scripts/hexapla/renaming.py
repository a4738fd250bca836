"""Renaming: a topic whose articles are delivered under another path from now on.

The same revision (``ms.openlocfilehash``) under a new path is the same topic (FORMAT.md, Identity),
where it is delivered under the old one no more: its pages go there with what writers have edited,
and the bundle remembers the old path among its aliases, from which the site makes redirects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from hexapla.bases import Bases
from hexapla.deliveries import split_folder
from hexapla.errors import StorageError
from hexapla.lock import Line
from hexapla.model import Delivered, Form
from hexapla.parsing import MAXIMUM_SIZE
from hexapla.paths import is_article, topic_identifier
from hexapla.planning import Job
from hexapla.storage import hash_blob, read_limited
from hexapla.yaml_strings import StringsError, load_strings, match_entry, render_entry

_REVISION = re.compile(rb"^ms\.openlocfilehash:[ \t]*[\"']?([0-9a-f]{40})\b", re.MULTILINE)
_ALIASES = match_entry("aliases")


def find_renamed(bases: Bases, gone: Mapping[str, Line], jobs: Sequence[Job]) -> dict[str, str]:
    """Find the topics that are delivered under another path from now on.

    Args:
        bases: What was delivered before.
        gone: Delivered path → line, of what is delivered no longer.
        jobs: All jobs.

    Returns:
        New topic's id → the old one's; nothing where several could be meant.
    """
    targets = {job.target for job in jobs}
    lost = {path: topic for path, line in gone.items() if (topic := _find_topic(line)) is not None}
    lines = [gone[path] for path, topic in lost.items() if topic not in targets]
    if not lines:
        return {}
    former: dict[str, set[str]] = {}
    found = bases.find_deliveries(lines, {})
    for line in lines:
        for mark in (line.delivered, *_list_marks(found.get(line.path, b""))):
            former.setdefault(mark, set()).add(lost[line.path])
    candidates: dict[str, set[str]] = {}
    for job in jobs:
        if job.topic is not None and not any(f.path in bases.memory.delivered for f in job.files):
            for mark in _read_marks(bases, job.files):
                candidates.setdefault(mark, set()).add(job.target)
    pairs = {
        (new, old)
        for mark, olds in former.items()
        for old in olds
        for new in candidates.get(mark, ())
    }
    return {
        new: old
        for new, old in sorted(pairs)
        if sum(new == other for other, _ in pairs) == sum(old == other for _, other in pairs) == 1
    }


def _find_topic(line: Line) -> str | None:
    """Give the id of the topic that an article had by its path."""
    folder, _, name = line.path.partition("/")
    delivered = Delivered(*split_folder(folder), line.path, name)
    is_loose = delivered.form is Form.LOOSE
    return topic_identifier(name) if is_article(name) and not is_loose else None


def _read_marks(bases: Bases, files: Iterable[Delivered]) -> set[str]:
    """Read what tells the topic of some articles: their bytes, and their revisions."""
    marks: set[str] = set()
    for file in files:
        try:
            data = read_limited(f"{bases.repository.locales}/{file.path}", MAXIMUM_SIZE)
        except StorageError:
            continue
        marks |= {hash_blob(data), *_list_marks(data)}
    return marks


def _list_marks(data: bytes) -> list[str]:
    """Give an article's revision, where it names one."""
    match = _REVISION.search(data)
    return [match[1].decode()] if match else []


def add_alias(text: str, topic: str) -> str:
    """Add a former id of a topic to its shared metadata."""
    try:
        values = load_strings(text)
    except StringsError:
        values = {}
    known = values.get("aliases") if isinstance(values, dict) else None
    items = known if isinstance(known, list) else [known] if known else []
    entry = render_entry("aliases", [*(item for item in items if item != topic), topic])
    text = _ALIASES.sub("", text)
    return text + ("" if not text or text.endswith("\n") else "\n") + entry


def remove_aliases(metadata: bytes) -> bytes:
    """Remove a topic's former ids from its shared metadata."""
    text = metadata.decode("utf-8", "surrogateescape")
    return _ALIASES.sub("", text).encode("utf-8", "surrogateescape")
