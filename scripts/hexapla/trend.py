"""Trend: how the share of what is up to date went from one delivery to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hexapla.git_versions import Commit
from hexapla.model import State

MOST = 8
"""Days that a trend has: more could not be told apart, and each costs a survey."""


@dataclass(frozen=True, slots=True)
class Point:
    """How the translations stood on one day."""

    day: str
    """``2021-06-14``."""
    topics: int
    """How many topics there were."""
    current: Mapping[str, int]
    """Locale → how many of them it had up to date; none of a locale that had nothing."""

    def get_share(self, locale: str) -> float | None:
        """Give a locale's share, from 0 to 1; None where it had nothing."""
        if locale not in self.current or not self.topics:
            return None
        return self.current[locale] / self.topics


@dataclass(frozen=True, slots=True)
class Trend:
    """How they stood from day to day."""

    points: tuple[Point, ...] = ()
    """The points, the earliest first: none, or at least two."""
    has_history: bool = False
    """Whether there is a history at all."""

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that ever had something, sorted."""
        return tuple(sorted({locale for point in self.points for locale in point.current}))


def choose_commits(commits: Sequence[Commit]) -> list[Commit]:
    """Choose the commits of a trend: each day's last, the first and the last of all among them.

    Of many days those are taken that lie most evenly in time.
    """
    last = {commit.day: commit for commit in commits}
    days = sorted(last)
    if len(days) <= MOST:
        return [last[day] for day in days]
    steps = [round(step * (len(days) - 1) / (MOST - 1)) for step in range(MOST)]
    return [last[days[step]] for step in steps]


def count_point(day: str, topics: Iterable[Mapping[str, str]]) -> Point:
    """Count the topics of one day.

    Args:
        day: The day.
        topics: For each, locale → state.
    """
    number = 0
    current: dict[str, int] = {}
    for states in topics:
        number += 1
        for locale, state in states.items():
            current[locale] = current.get(locale, 0) + (state == State.CURRENT.value)
    return Point(day, number, dict(sorted(current.items())))
