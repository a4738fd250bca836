"""Run a command and measure it: wall time, processor time, peak memory of all its processes."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.02
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one run took."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds of all processes together."""
    memory: int
    """Bytes: the most that all processes held at one time, shared pages counted once."""


def measure(command: Sequence[str | Path], folder: Path) -> Measurement:
    """Run a command in a folder.

    Raises:
        RuntimeError: It failed; the message has what it printed.
    """
    before = _processor_time()
    start = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        watcher = _Watcher(process.pid)
        watcher.start()
        output, _ = process.communicate()
        wall = time.perf_counter() - start
        watcher.stop()
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{command} ended with {process.returncode}:\n{output.decode()}")
    return Measurement(wall, _processor_time() - before, watcher.most)


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watcher(threading.Thread):
    """Looks at the memory of a process and its descendants until it is stopped."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._stopped = threading.Event()
        self.most = 0

    def run(self) -> None:
        while not self._stopped.wait(INTERVAL):
            family = _list_family(self._process)
            self.most = max(self.most, sum(map(_read_memory, family)))

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
