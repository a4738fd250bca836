"""Processes: each has read something once, and answers questions about it; a branch knows more.

The process that serves has threads, and cannot be forked; so one without threads is forked before
these begin, and all others from it. What a process has read its branches have too, without its
being copied. A process ends when the other end of its line is gone, however that has happened.
"""

from __future__ import annotations

import gc
import multiprocessing
import select
import signal
import socket
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from typing import Any, Protocol

from hexapla.errors import HexaplaError

_PATIENCE = 5.0
"""Seconds that a process has to end."""


class Stage(Protocol):
    """What a process has read, and does with it."""

    is_last: bool
    """Whether it has no branches."""

    def answer(self, question: str, *arguments: Any) -> Any:
        """Answer a question."""

    def branch(self, name: str) -> Stage:
        """Give what a branch of the process is to have read; called in the branch."""


class LostError(HexaplaError):
    """A process has ended before it had answered."""


class Worker:
    """This end of the line to a process; threads take turns.

    Args:
        connection: The line.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._turn = threading.Lock()

    def ask(self, question: str, *arguments: Any) -> Any:
        """Ask the process and wait for its answer.

        Raises:
            HexaplaError: What the process has raised, or `LostError`.
        """
        with self._turn:
            return self._ask(question, arguments)

    def branch(self, name: str) -> Worker:
        """Let the process fork a branch; wait until that has read what it needs.

        Raises:
            HexaplaError: It could not, or `LostError`.
        """
        ours, theirs = multiprocessing.Pipe()
        with self._turn, theirs:
            process = self._ask("branch", (name,))
            try:
                send_handle(self._connection, theirs.fileno(), process)
            except OSError as error:
                raise LostError("the process that renders has ended") from error
            self._receive()
        worker = Worker(ours)
        worker.ask("begin")
        return worker

    def close(self) -> None:
        """Let the process end, when it has answered what it was asked before."""
        with self._turn:
            self._connection.close()

    def abandon(self) -> None:
        """Let the process end at once; whoever waits for its answer gets none."""
        if self._connection.closed:
            return
        with suppress(OSError), socket.socket(fileno=_copy_handle(self._connection)) as line:
            line.shutdown(socket.SHUT_RDWR)

    def _ask(self, question: str, arguments: tuple[Any, ...]) -> Any:
        try:
            self._connection.send((question, arguments))
        except OSError as error:
            raise LostError("the process that renders has ended") from error
        return self._receive()

    def _receive(self) -> Any:
        try:
            kind, value = self._connection.recv()
        except (EOFError, OSError) as error:
            raise LostError("the process that renders has ended") from error
        if kind == "error":
            raise value
        return value


class Nursery(Worker):
    """The first process, forked while this one has no threads.

    Args:
        make: Makes its stage, in the process.
    """

    def __init__(self, make: Callable[[], Stage]) -> None:
        ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_begin_first, args=(theirs, ours, make))
        self._process.start()
        theirs.close()
        super().__init__(ours)

    def close(self) -> None:
        """End it; its branches are to have been let go before."""
        self.abandon()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()


def _copy_handle(connection: Connection) -> int:
    """Copy the handle of a line."""
    return socket.dup(connection.fileno())


def _begin_first(theirs: Connection, ours: Connection, make: Callable[[], Stage]) -> None:
    """Be the first process."""
    ours.close()
    _work(theirs, make)


def _work(connection: Connection, make: Callable[[], Stage]) -> None:
    """Answer what is asked, until no one is there to ask; an interrupt is not for this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    context: Any = multiprocessing.get_context("fork")
    gc.disable()  # what is read now stays: looking through it for waste takes its time
    try:
        stage, failure = make(), None
    except Exception as error:
        stage, failure = None, _explain(error)
    gc.enable()
    if getattr(stage, "is_last", False):
        threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
    try:
        while True:
            question, arguments = connection.recv()
            multiprocessing.active_children()  # takes note of those that have ended
            if failure is not None:
                connection.send(("error", failure))
            elif question == "begin":
                connection.send(("done", None))
            elif question == "branch":
                _branch(connection, context, stage, *arguments)
            else:
                connection.send(_answer(stage, question, arguments))
    except (EOFError, OSError):
        return


def _end_with(connection: Connection) -> None:
    """End the process with its line, even if a page keeps it busy for ever."""
    poll = select.poll()
    poll.register(connection.fileno(), 0)
    poll.poll()
    signal.raise_signal(signal.SIGTERM)


def _answer(stage: Any, question: str, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    """Answer a question."""
    try:
        return "done", stage.answer(question, *arguments)
    except Exception as error:
        return "error", _explain(error)


def _branch(connection: Connection, context: Any, stage: Stage | None, name: str) -> None:
    """Fork a branch, which gets a line of its own."""
    connection.send(("done", multiprocessing.current_process().pid))
    line = Connection(recv_handle(connection))
    assert stage is not None
    gc.collect()
    gc.freeze()  # what is there stays: no collection need look at it, nor unshare its memory
    process = context.Process(target=_begin_branch, args=(line, connection, stage, name))
    process.start()
    line.close()
    connection.send(("done", None))


def _begin_branch(line: Connection, above: Connection, stage: Stage, name: str) -> None:
    """Be a branch."""
    above.close()
    _work(line, lambda: stage.branch(name))


def _explain(error: Exception) -> HexaplaError:
    """Make an error that can be handed over."""
    if isinstance(error, HexaplaError):
        return error
    told = traceback.format_exception_only(error)[-1].strip()
    place = traceback.extract_tb(error.__traceback__)[-1]
    return HexaplaError(f"{told} (in {place.name})", path=place.filename, line=place.lineno)
