"""Timing: where the time of a build goes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

Times = dict[str, float]
"""Step → seconds."""


class Stopwatch:
    """Measures steps, each time that they are done."""

    def __init__(self) -> None:
        self.times: Times = {}
        """The sum of each."""

    @contextmanager
    def time(self, step: str) -> Iterator[None]:
        """Measure a step."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.times[step] = self.times.get(step, 0.0) + time.perf_counter() - started

    def add(self, times: Mapping[str, float]) -> None:
        """Add what another process has measured."""
        for step, seconds in times.items():
            self.times[step] = self.times.get(step, 0.0) + seconds
