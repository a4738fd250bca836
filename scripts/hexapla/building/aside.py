"""Aside: something is done in a process of its own while this one goes on."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Done = TypeVar("Done")


class Aside(Generic[Done]):
    """What is done aside.

    Args:
        work: Does it; what it changes in this process's memory is lost. It may be done twice.
        is_worth_it: Whether it takes longer than to start a process.
    """

    def __init__(self, work: Callable[[], Done], *, is_worth_it: bool) -> None:
        self._work = work
        self._started: tuple[Connection, Any] | None = None
        if is_worth_it and "fork" in multiprocessing.get_all_start_methods():
            context: Any = multiprocessing.get_context("fork")
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_serve, args=(theirs, ours, work), daemon=True)
            process.start()
            theirs.close()
            self._started = ours, process

    def take(self) -> Done:
        """Wait for what came of it; whatever went wrong there goes wrong here once more."""
        if self._started is None:
            return self._work()
        connection, process = self._started
        self._started = None
        try:
            done: tuple[Done] | None = connection.recv()
        except (EOFError, OSError):
            done = None
        finally:
            connection.close()
        process.join()
        return self._work() if done is None else done[0]


def _serve(connection: Connection, other: Connection, work: Callable[[], Any]) -> None:
    """Do the work and tell what came of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the main process to handle
    other.close()
    try:
        connection.send((work(),))
    except Exception:
        connection.send(None)
