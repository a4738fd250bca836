"""How our build grows: the same measures at three sizes, up to 105,000 pages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.build import COLD, SCENARIOS, Options, Result, compare_builds
from benchmarks.measuring import measure
from benchmarks.report import MEBIBYTE, describe_machine, summarize

SIZES = ((6, 500), (6, 0), (36, 0))
"""Locales and topics (0: all) of some 3,000, 17,000 and 105,000 pages."""


def measure_scale(options: Options, say: Callable[[str], None]) -> list[Result]:
    """Build sites of growing size: from nothing, unchanged, and after one edit."""
    measured = []
    for locales, topics in SIZES:
        size = replace(
            options,
            topics=topics,
            locales=locales,
            only=options.only or frozenset({"hexapla"}),
            scenarios=options.scenarios or frozenset({"cold", "nothing", "edit"}),
        )
        content, results = compare_builds(size, say)
        for result in results:
            result.content = content
            measured.append(result)
    return measured


def write_scale(results: Sequence[Result]) -> str:
    """Write what was measured as a table; rates beside the smallest size's."""
    start = measure([sys.executable, "-c", "pass"], Path()).wall
    head = f"On {describe_machine()}; starting Python takes {start:.2f} s.\n\n"
    return head + "\n".join(_write_rows([result for result in results if result.runs])) + "\n"


def _write_rows(results: Sequence[Result]) -> Iterator[str]:
    yield "| content | | wall | pages/s | of the smallest's | processor | peak memory | written |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    rates: dict[str, float] = {}
    for result in results:
        for scenario in SCENARIOS:
            if scenario.label not in result.runs:
                continue
            run = summarize(result.runs[scenario.label])
            rate = share = ""
            if scenario.label == COLD:
                value = result.pages / run.wall
                first = rates.setdefault(result.contestant.name, value)
                rate, share = f"{value:,.0f}", f"{value / first:.2f}"
            wall = f"stopped after {run.wall:,.0f} s" if run.stopped else f"{run.wall:.2f} s"
            yield (
                f"| {result.content}: {result.pages:,} pages | {scenario.label} | {wall} | {rate} "
                f"| {share} | {run.processor:.2f} s | {run.memory / MEBIBYTE:,.0f} MiB "
                f"| {run.written / MEBIBYTE:,.1f} MiB |"
            )
