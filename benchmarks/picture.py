"""What of a comparison is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.build import COLD, SCENARIOS, Result
from benchmarks.measuring import Measurement
from benchmarks.plot import Bar, Panel, draw_plot
from benchmarks.report import MEBIBYTE, summarize

OURS = "hexapla"


def draw_results(content: str, results: Sequence[Result]) -> str:
    """Draw the time of each scenario, and the memory of a build from nothing."""
    whole = [result for result in results if result.runs and not result.content]
    panels = [
        _make_panel(
            whole,
            COLD,
            "From nothing: peak memory of all processes",
            lambda run: run.memory / MEBIBYTE,
            "{:,.0f} MiB",
        )
    ]
    times = [
        _make_panel(whole, scenario.label, scenario.label.capitalize(), lambda run: run.wall)
        for scenario in SCENARIOS
    ]
    return draw_plot(f"Building {content}", [times[0], *panels, *times[1:]])


def _make_panel(
    results: Sequence[Result],
    label: str,
    title: str,
    measure: Callable[[Measurement], float],
    form: str = "{:,.2f} s",
) -> Panel:
    bars = []
    for result in results:
        if label in result.runs and not (run := summarize(result.runs[label])).stopped:
            value = measure(run)
            name = result.contestant.label.replace("`", "")
            is_ours = result.contestant.name == OURS
            bars.append(Bar(name, value, form.format(value), is_ours))
    return Panel(title, tuple(bars))
