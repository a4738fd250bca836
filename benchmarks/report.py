"""The tables of a comparison, as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.build import COLD, SCENARIOS, Result
from benchmarks.measuring import Measurement

ALIKE = 0.2
"""Pages whose mean size differs by more than this part are not the same pages."""

BUSY = 0.25
"""A load of more than this part of the processors is other people's work."""

MEBIBYTE = 2**20


def summarize(runs: Sequence[Measurement]) -> Measurement:
    """Take the medians of several runs; of memory the most."""
    return Measurement(
        median(run.wall for run in runs),
        median(run.processor for run in runs),
        max(run.memory for run in runs),
        round(median(run.written for run in runs)),
        any(run.stopped for run in runs),
    )


def write_report(
    content: str, results: Sequence[Result], rounds: int, cores: int, load: float = 0
) -> str:
    """Write everything that was measured.

    Args:
        content: What was built.
        results: In the order of the rows; the ratios are to the first that was measured.
        rounds: How often each was run.
        cores: How many processors there were to use.
        load: How many processes the machine had to run before.
    """
    measured = [result for result in results if result.runs]
    parts = [
        f"{content}; medians of {rounds} rounds on {cores} cores of {describe_machine()}.",
        "\n".join(_write_cold(measured)),
    ]
    steps = [result for result in measured if len(result.steps) > 1]
    if steps:
        parts += ["Step by step, from nothing:", "\n".join(_write_steps(steps))]
    changes = [result for result in measured if len(result.runs) > 1]
    for scenario in SCENARIOS[1:]:
        rows = [result for result in changes if scenario.label in result.runs]
        if rows:
            parts += [
                f"**{scenario.label.capitalize()}**",
                "\n".join(_write_rows(rows, scenario.label)),
            ]
    notes = list(_write_notes(results))
    if load > cores * BUSY:
        notes.append(
            f"- The machine was busy when this began (load {load:.1f}): the processor's time says "
            "more than the clock's."
        )
    return "\n\n".join(parts + (["\n".join(notes)] if notes else [])) + "\n"


def describe_machine() -> str:
    """Name the processor, and say how much memory there is."""
    model = platform.machine()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {memory:.0f} GiB"


def find_base(results: Sequence[Result]) -> Result | None:
    """Find whom the others are compared with: the first that had all content."""
    return next((result for result in results if not result.content), None)


def _write_cold(results: Sequence[Result]) -> Iterator[str]:
    base = find_base(results)
    yield (
        f"| {COLD} | wall | {_name_ratio(base)} | pages/s | processor | peak memory | written "
        "| pages | mean page |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for result in results:
        if COLD not in result.runs:
            continue
        run = summarize(result.runs[COLD])
        label = result.contestant.label + (f"; {result.content}" if result.content else "")
        if run.stopped:
            yield f"| {label} | stopped after {run.wall:,.0f} s | | | | | | | |"
            continue
        yield (
            f"| {label} | {run.wall:.2f} s | {_compare(result, base, COLD)} "
            f"| {result.pages / run.wall:,.0f} | {_write_costs(run)} | {result.pages:,} "
            f"| {result.size / 1000:.1f} kB{_mark_size(result, base)} |"
        )


def _write_steps(results: Sequence[Result]) -> Iterator[str]:
    yield "| | wall | processor | peak memory | written |"
    yield "|---|---:|---:|---:|---:|"
    for result in results:
        for step, runs in result.steps.items():
            run = summarize(runs)
            yield f"| {step} | {run.wall:.2f} s | {_write_costs(run)} |"


def _write_rows(results: Sequence[Result], label: str) -> Iterator[str]:
    base = find_base(results)
    yield f"| | wall | {_name_ratio(base)} | processor | peak memory | written |"
    yield "|---|---:|---:|---:|---:|---:|"
    for result in results:
        run = summarize(result.runs[label])
        ratio = _compare(result, base, label)
        yield f"| {result.contestant.label} | {run.wall:.2f} s | {ratio} | {_write_costs(run)} |"


def _name_ratio(base: Result | None) -> str:
    return f"times {base.contestant.label}" if base else ""


def _write_costs(run: Measurement) -> str:
    return (
        f"{run.processor:.2f} s | {run.memory / MEBIBYTE:,.0f} MiB "
        f"| {run.written / MEBIBYTE:,.1f} MiB"
    )


def _compare(result: Result, base: Result | None, label: str) -> str:
    """Say how many times the base's time it took; nothing where it was not given the same."""
    if base is None or label not in base.runs or result.content:
        return ""
    return f"{summarize(result.runs[label]).wall / summarize(base.runs[label]).wall:.2f}"


def _mark_size(result: Result, base: Result | None) -> str:
    if base is None or not base.size or abs(result.size / base.size - 1) <= ALIKE:
        return ""
    return " (!)"


def _write_notes(results: Sequence[Result]) -> Iterator[str]:
    versions = dict.fromkeys(result.version for result in results if result.version)
    yield f"- Measured: {'; '.join(versions)}."
    yield "- Memory: the most that all processes held at one time, shared pages counted once."
    base = find_base([result for result in results if result.runs])
    if base and any(_mark_size(result, base) for result in results if result.size):
        yield f"- (!): pages of another size, by more than {ALIKE:.0%}: not the same shell."
    for result in results:
        if result.problem:
            yield f"- {result.contestant.label}: {result.problem}."
