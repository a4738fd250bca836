"""The crew: processes that do the parts of a build, each forked for its part.

A forked process has all that was read and planned before, without its being copied; what it
changes is its own, and goes with it.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar, cast

from hexapla.errors import HexaplaError

Part = TypeVar("Part")
Done = TypeVar("Done")
Tick = Callable[[int], None]
"""Called by a process with the number of pages that it has done since."""


def _do_nothing() -> None:
    """Do nothing: what there was to do is done."""


def share_out(
    work: Callable[[Part, Tick], Done],
    parts: Sequence[Part],
    workers: int,
    tick: Tick,
    *,
    meanwhile: Callable[[], None] = _do_nothing,
) -> Iterator[tuple[Part, Done]]:
    """Do the parts of a work, each in a process of its own, some at a time.

    Args:
        work: Does a part; it is given what to call now and then.
        parts: The parts, the largest first.
        workers: How many processes there may be at a time.
        tick: Told what the processes tell.
        meanwhile: Done by this process while the first ones work.

    Yields:
        Each part and what came of it, in the order in which they end.

    Raises:
        HexaplaError: A part cannot be done, or its process was killed.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        for part in parts:
            yield part, work(part, tick)
        return
    waiting = list(reversed(parts))
    crew: dict[Connection, tuple[Part, BaseProcess]] = {}
    if len(parts) > 1:
        gc.collect()
    gc.freeze()  # what is there stays: no collection need look at it, nor unshare its memory
    try:
        while waiting or crew:
            while waiting and len(crew) < workers:
                _start(work, waiting.pop(), crew)
            meanwhile()
            meanwhile = _do_nothing
            for ready in wait(list(crew)):
                connection = cast(Connection, ready)
                part, process = crew[connection]
                kind, value = _receive(connection, process)
                if kind == "tick":
                    tick(value)
                    continue
                del crew[connection]
                process.join()
                connection.close()
                if kind == "error":
                    raise value
                yield part, value
    finally:
        gc.unfreeze()
        for _, process in crew.values():
            process.terminate()
        for _, process in crew.values():
            process.join()


def _start(work: Callable[[Part, Tick], Done], part: Part, crew: dict[Connection, Any]) -> None:
    """Start the process of a part."""
    context: Any = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(theirs, [*crew, ours], work, part))
    process.start()
    theirs.close()  # the process has the only one: that it has gone can be noticed
    crew[ours] = part, process


def _receive(connection: Connection, process: BaseProcess) -> tuple[str, Any]:
    """Receive what a process tells.

    Raises:
        HexaplaError: It was killed.
    """
    try:
        told: tuple[str, Any] = connection.recv()
    except (EOFError, OSError):
        process.join()
        message = f"a worker process ended before its work did (exit code {process.exitcode})"
        hint = "the system may be short of memory: --jobs 1 needs the least"
        raise HexaplaError(message, hint=hint) from None
    return told


def _serve(
    connection: Connection,
    others: Sequence[Connection],
    work: Callable[[Any, Tick], Any],
    part: Any,
) -> None:
    """Do a part; an interrupt is for the main process to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    gc.disable()  # the process ends with its part: what it leaves goes with it
    try:
        try:
            told = "done", work(part, lambda count: connection.send(("tick", count)))
        except Exception as error:
            error.add_note(traceback.format_exc())
            told = "error", error if isinstance(error, HexaplaError) else _explain(error)
        connection.send(told)
    except OSError:
        return  # the main process has gone: no one waits for the rest


def _explain(error: Exception) -> Exception:
    """Make an error that can be handed over: some of other packages cannot."""
    found = RuntimeError("".join(traceback.format_exception(error)))
    found.add_note(str(error))
    return found
