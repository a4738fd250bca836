"""Run the benchmarks: ``make bench``, or ``python -m benchmarks --help``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.build import SCENARIOS, Options, compare_builds
from benchmarks.contestants import CONTESTANTS
from benchmarks.picture import draw_results
from benchmarks.report import write_report
from benchmarks.scale import measure_scale, write_scale
from benchmarks.sync import compare_sync

RESULTS = Path(__file__).parent / "results"

CORES = 2
"""What is promised is promised of so many."""

FEW_TOPICS = 200
"""Topics to build unless told: all contestants are done with them in some minutes."""

say = partial(print, flush=True)


def main() -> None:
    options = _read_options()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
    if options.what in {"sync", "all"}:
        compare_sync(options.topics or 0, options.rounds, options.folder)
    if options.what in {"build", "all"}:
        _compare_builds(options)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("what", nargs="?", choices=["all", "sync", "build"], default="all")
    add("--topics", type=int, help=f"so many (default: corpus; for build {FEW_TOPICS}; 0: corpus)")
    add("--locales", type=int, default=6, help="so many, the source's among them (default: 6)")
    add("--rounds", type=int, default=3, help="runs of each (default: 3)")
    names = [contestant.name for contestant in CONTESTANTS]
    add("--only", type=_read_names(names), default="", help=f"of {', '.join(names)}")
    names = [scenario.name for scenario in SCENARIOS]
    listed = ", ".join(names).replace("%", "%%")
    add("--scenario", type=_read_names(names), default="", help=f"of {listed}")
    add("--limit", type=float, default=900, help="stop a build after so many seconds (900)")
    add("--cores", type=int, default=CORES, help=f"processors to use (default: {CORES})")
    add("--folder", type=Path, help="work here instead of in a temporary folder")
    add("--scale", action="store_true", help="ours alone, up to 105,000 pages")
    add("--results", type=Path, help="folder of the table and the plot (benchmarks/results)")
    return parser.parse_args()


def _read_names(known: Iterable[str]) -> Callable[[str], frozenset[str]]:
    """Read a list of names with commas between them."""
    allowed = frozenset(known)

    def read(text: str) -> frozenset[str]:
        names = frozenset(text.split(",")) - {""}
        if unknown := names - allowed:
            raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}")
        return names

    return read


def _compare_builds(options: argparse.Namespace) -> None:
    chosen = Options(
        topics=FEW_TOPICS if options.topics is None else options.topics,
        locales=options.locales,
        only=options.only,
        scenarios=options.scenario,
        rounds=options.rounds,
        limit=options.limit,
        folder=options.folder,
    )
    if options.scale:
        text = write_scale(measure_scale(chosen, say))
        name, picture = "scale", ""
    else:
        load = os.getloadavg()[0]
        content, results = compare_builds(chosen, say)
        text = write_report(content, results, options.rounds, options.cores, load)
        name, picture = "build", draw_results(content, results)
    print(f"\n{text}")
    is_whole = not (options.only or options.scenario)
    if folder := options.results or (RESULTS if is_whole else None):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        if picture:
            (folder / f"{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
