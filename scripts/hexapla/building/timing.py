"""Timing: where the time of a build goes, and where it should not."""

from __future__ import annotations

import gc
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


@contextmanager
def without_collection() -> Iterator[None]:
    """Have nothing collected meanwhile: what a build has read, it needs until it ends."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
