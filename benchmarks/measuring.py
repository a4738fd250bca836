"""Run a command and measure it: time, processor time, memory of all its processes, writing."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.02
"""Seconds between two looks at the memory, at least."""

SHARE = 20
"""A look may take this part of the time between looks: it holds up what it looks at."""

BLOCK = 512
"""Bytes in what getrusage calls a block."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one run took."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds of all processes together."""
    memory: int
    """Bytes: the most that all processes held at one time, shared pages counted once."""
    written: int = 0
    """Bytes given to the disk by all processes, in pages of memory; 0 on a memory file system."""
    stopped: bool = False
    """Whether it was ended because its time was up."""

    def __add__(self, other: Measurement) -> Measurement:
        """Join two runs, the one after the other."""
        return Measurement(
            self.wall + other.wall,
            self.processor + other.processor,
            max(self.memory, other.memory),
            self.written + other.written,
            self.stopped or other.stopped,
        )


def measure(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    limit: float | None = None,
    accepted: Collection[int] = (0,),
) -> Measurement:
    """Run a command in a folder.

    Args:
        command: The program and its arguments.
        folder: Where it is run.
        environment: Variables beside those there are.
        limit: Seconds after which it is ended, with all its processes.
        accepted: The exit codes of a run that has done its work.

    Raises:
        RuntimeError: It failed; the message has what it printed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=os.environ | dict(environment or {}),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        watcher = _Watcher(process.pid)
        watcher.start()
        stopped = _wait(process, limit)
        wall = time.perf_counter() - start
        watcher.stop()
        if process.returncode not in accepted and not stopped:
            output.seek(0)
            printed = output.read().decode(errors="replace")
            raise RuntimeError(f"{command} ended with {process.returncode}:\n{printed}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Measurement(
        wall,
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        watcher.most,
        (after.ru_oublock - before.ru_oublock) * BLOCK,
        stopped,
    )


def _wait(process: subprocess.Popen[bytes], limit: float | None) -> bool:
    """Wait for a process; end it and its children, and say so, when its time is up."""
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return False


class _Watcher(threading.Thread):
    """Looks at the memory of a process and its descendants until it is stopped."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._stopped = threading.Event()
        self.most = 0

    def run(self) -> None:
        took = 0.0
        while not self._stopped.wait(max(INTERVAL, SHARE * took)):
            start = time.perf_counter()
            family = _list_family(self._process)
            self.most = max(self.most, sum(map(_read_memory, family)))
            took = time.perf_counter() - start

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def _list_family(process: int) -> list[int]:
    """List a process and its descendants."""
    family = [process]
    for member in family:
        try:
            for task in Path(f"/proc/{member}/task").iterdir():
                family += map(int, (task / "children").read_text().split())
        except OSError:
            continue  # it has ended meanwhile
    return family


def _read_memory(process: int) -> int:
    """Read a process's share of memory: pages it shares count by its part of them."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    for line in text.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
