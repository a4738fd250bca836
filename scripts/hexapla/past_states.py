"""Past states: what was found of earlier deliveries, kept below ``.hexapla/``.

It may always be deleted, and is found again then; what is damaged counts as deleted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from hexapla.errors import StorageError
from hexapla.storage import Repository, Writer, read_if_present
from hexapla.trend import Point, Trend

_VERSION = 1
"""Raised when topics are judged otherwise."""

_LIMIT = 2**28

States = Mapping[str, str]
"""Locale → state."""


@dataclass(frozen=True, slots=True)
class PastStates:
    """What was found in a history."""

    head: str = ""
    """The commit that was checked out."""
    trend: Trend = field(default_factory=Trend)
    """What followed."""
    topics: Mapping[str, States] = field(default_factory=dict)
    """A digest of a topic's articles → states."""


def read_past_states(repository: Repository, source_locale: str) -> PastStates:
    """Read what was found; nothing where that is not known."""
    try:
        data = read_if_present(repository.cache / _name(source_locale), _LIMIT)
        found = json.loads(data) if data else {}
        points = tuple(
            Point(str(day), int(topics), {str(key): int(number) for key, number in current.items()})
            for day, topics, current in found.get("points", ())
        )
        topics = {
            str(key): {str(locale): str(state) for locale, state in states.items()}
            for key, states in found.get("topics", {}).items()
        }
        head = str(found.get("head", "")) if len(points) > 1 else ""
    except (StorageError, ValueError, TypeError, AttributeError):
        return PastStates()
    return PastStates(head, Trend(points, has_history=True), topics)


def save_past_states(repository: Repository, source_locale: str, past: PastStates) -> None:
    """Keep what was found; where that fails, it is found again."""
    content = {
        "head": past.head,
        "points": [[point.day, point.topics, dict(point.current)] for point in past.trend.points],
        "topics": dict(sorted(past.topics.items())),
    }
    data = json.dumps(content, separators=(",", ":")).encode()
    try:
        Writer(repository.cache, repository.cache / "tmp").write(_name(source_locale), data)
    except StorageError:
        return


def _name(source_locale: str) -> str:
    return f"history-{_VERSION}-{source_locale}.json"
