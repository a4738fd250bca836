"""What is measured of a command."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.measuring import Measurement, measure

CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}], check=True)"


def test_children_count(tmp_path: Path) -> None:
    hold = "import time; held = bytearray(60_000_000); sum(range(3_000_000)); time.sleep(0.4)"
    run = measure([sys.executable, "-c", CHILD.format(hold)], tmp_path)
    assert run.memory > 60_000_000
    assert run.processor > 0.01
    assert run.wall >= 0.4
    assert not run.stopped


def test_a_failure_says_what_was_printed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('no such page'); raise SystemExit(3)"]
    with pytest.raises(RuntimeError, match="ended with 3:\nno such page"):
        measure(command, tmp_path)
    assert measure(command, tmp_path, accepted=(3,)).wall > 0


def test_what_takes_too_long_is_stopped_with_its_children(tmp_path: Path) -> None:
    late = "import time, pathlib; time.sleep(1.2); pathlib.Path('late').touch()"
    run = measure([sys.executable, "-c", CHILD.format(late)], tmp_path, limit=0.3)
    assert run.stopped
    assert measure([sys.executable, "-c", "import time; time.sleep(1)"], tmp_path).wall >= 1
    assert not (tmp_path / "late").exists()


def test_steps_add_up() -> None:
    both = Measurement(1, 2, 30, 4) + Measurement(10, 20, 3, 40, stopped=True)
    assert both == Measurement(11, 22, 30, 44, stopped=True)
