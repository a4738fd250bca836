"""The pool: carry out jobs in several processes, or in this one where they are few."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator

from hexapla.storage import Writer
from hexapla.working import Outcome, Work, carry_out

_CHUNK = 24
"""Jobs handed to a process at a time."""
_FEW = 100
"""Jobs that one process does sooner than others could be started."""


class _Process:
    """What a worker process holds: set once, when it starts."""

    work: Work
    writer: Writer


def carry_out_all(work: Work, workers: int) -> Iterator[list[Outcome]]:
    """Carry out all jobs and yield what they did, in no particular order.

    Args:
        work: The jobs and what they share.
        workers: Processes; 0: one for each core that may be used.
    """
    count = workers or _count_cores()
    if count == 1 or len(work.jobs) < _FEW:
        writer = work.make_writer()
        for job in work.jobs:
            yield [carry_out(job, work, writer)]
        return
    # Forked processes share the plan without its being copied.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    starts = range(0, len(work.jobs), _CHUNK)
    with context.Pool(count, _adopt, (work,)) as pool:
        yield from pool.imap_unordered(_carry_out_chunk, starts)


def _adopt(work: Work) -> None:
    """Start a worker process; an interrupt is for the main one to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what was planned stays: no collection need look at it
    _Process.work = work
    _Process.writer = work.make_writer()


def _carry_out_chunk(start: int) -> list[Outcome]:
    """Carry out a worker process's next jobs."""
    jobs = _Process.work.jobs[start : start + _CHUNK]
    return [carry_out(job, _Process.work, _Process.writer) for job in jobs]


def _count_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
