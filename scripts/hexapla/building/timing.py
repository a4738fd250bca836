"""Timing: where the time of a build goes, and where it should not."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

Times = dict[str, float]
"""Step → seconds."""


class Step:
    """Measures a step once; every page has several.

    Args:
        times: Where the time is added.
        name: The step's name.
    """

    __slots__ = ("name", "started", "times")

    def __init__(self, times: Times, name: str) -> None:
        self.times = times
        self.name = name

    def __enter__(self) -> None:
        self.started = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        passed = time.perf_counter() - self.started
        self.times[self.name] = self.times.get(self.name, 0.0) + passed


class Stopwatch:
    """Measures steps, each time that they are done."""

    def __init__(self) -> None:
        self.times: Times = {}
        """The sum of each."""

    def time(self, step: str) -> Step:
        """Measure a step."""
        return Step(self.times, step)

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
