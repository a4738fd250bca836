"""The pool: carry out jobs in several processes, or in this one where they are few."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import traceback
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, cast

from hexapla.cores import count_cores
from hexapla.errors import HexaplaError
from hexapla.working import Outcome, Work, carry_out

_CHUNK = 24
"""Jobs handed to a process at a time."""
_FEW = 100
"""Jobs that one process does sooner than others could be started."""


def carry_out_all(work: Work, workers: int) -> Iterator[list[Outcome]]:
    """Carry out all jobs and yield what they did, in no particular order.

    Args:
        work: The jobs and what they share.
        workers: Processes; 0: one for each core that may be used.

    Raises:
        HexaplaError: What a job cannot go on without is missing, or a process was killed. The
            standard library's pool would wait for it forever.
    """
    count = workers or count_cores()
    if count == 1 or len(work.jobs) < _FEW:
        writer = work.make_writer()
        for job in work.jobs:
            yield [carry_out(job, work, writer)]
        return
    starts = iter(range(0, len(work.jobs), _CHUNK))
    crew: dict[Connection, BaseProcess] = {}
    try:
        for _ in range(count):
            _start_process(work, crew)
        for connection in crew:
            connection.send(next(starts, None))
        while crew:
            for ready in wait(list(crew)):
                connection = cast(Connection, ready)
                outcomes = _receive(connection, crew)
                if outcomes is None:
                    crew.pop(connection).join()
                    continue
                connection.send(next(starts, None))
                yield outcomes
    finally:
        for process in crew.values():
            process.terminate()
        for process in crew.values():
            process.join()


def _start_process(work: Work, crew: dict[Connection, BaseProcess]) -> None:
    """Start a worker process."""
    # Forked processes share the plan without its being copied.
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, [*crew, ours], work), daemon=True)
    process.start()
    theirs.close()  # the process has the only one: that it has gone can be noticed
    crew[ours] = process


def _receive(
    connection: Connection, crew: Mapping[Connection, BaseProcess]
) -> list[Outcome] | None:
    """Receive what a process did; None when it has ended.

    Raises:
        HexaplaError: Its work cannot go on, or it was killed.
    """
    try:
        answer: list[Outcome] | Exception | None = connection.recv()
    except (EOFError, OSError):
        crew[connection].join()
        code = crew[connection].exitcode
        message = f"a worker process ended before its work did (exit code {code})"
        hint = "the system may be short of memory: --jobs 1 needs the least"
        raise HexaplaError(message, hint=hint) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _serve(connection: Connection, others: Sequence[Connection], work: Work) -> None:
    """Do a worker process's part; an interrupt is for the main one to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()  # else the end of the main process could not be noticed
    gc.freeze()  # what was planned stays: no collection need look at it
    writer = work.make_writer()
    answer: list[Outcome] | Exception | None
    try:
        while (start := connection.recv()) is not None:
            try:
                jobs = work.jobs[start : start + _CHUNK]
                answer = [carry_out(job, work, writer) for job in jobs]
            except Exception as error:
                error.add_note(traceback.format_exc())
                answer = error
            connection.send(answer)
        connection.send(None)
    except (EOFError, OSError):
        return  # the main process was killed: no one waits for the rest
