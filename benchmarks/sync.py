"""How fast sync is: beside a plain script that only strips, and when nothing has changed."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.deliveries import lay_out
from benchmarks.measuring import Measurement, measure

_SETTLED = 2.5
"""Seconds until the file index trusts what was just written (see hexapla.file_index)."""


def compare_sync(topics: int, rounds: int, folder: Path | None) -> None:
    """Run all three by turns, and print a table of medians.

    Args:
        topics: Number of topics to generate; 0: the corpus where it is.
        rounds: How often each is run.
        folder: Where to work; None: the system's folder for temporary files.
    """
    with tempfile.TemporaryDirectory(dir=folder) as name:
        root = Path(name)
        (root / "mkdocs.yml").write_text("site_name: Benchmark\n", encoding="utf-8")
        (root / "locales").mkdir()
        print(f"Preparing {lay_out(root / 'locales', topics)} …", flush=True)
        articles = sum(1 for _ in (root / "locales").rglob("*.md"))
        _print_table(_run_all(root, rounds), articles)


def _run_all(root: Path, rounds: int) -> dict[str, list[Measurement]]:
    """Run the peers by turns, so that a noisy minute meets them all."""
    hexapla: list[str | Path] = [sys.executable, "-m", "hexapla", "sync", "--fail-on", "never"]
    plain = Path(__file__).with_name("plain.py")
    results: dict[str, list[Measurement]] = {}

    def run(name: str, command: list[str | Path], prepare: Callable[[], None]) -> None:
        prepare()
        results.setdefault(name, []).append(measure(command, root, accepted=(0, 1)))
        print(f"  {name}: {results[name][-1].wall:.2f} s", flush=True)

    for _ in range(rounds):
        run(
            "plain script, one process",
            [sys.executable, plain, "locales", "plain"],
            lambda: _forget(root),
        )
        run("sync from nothing", hexapla, lambda: _forget(root))
        measure(hexapla, root, accepted=(0, 1))
        run("sync, nothing changed", hexapla, lambda: time.sleep(_SETTLED))
        run("sync, one worker", [*hexapla, "--jobs", "1"], lambda: _forget(root))
    return results


def _forget(root: Path) -> None:
    """Remove all that was written."""
    for name in ("docs", "plain", ".hexapla"):
        shutil.rmtree(root / name, ignore_errors=True)
    for lock in (root / "locales").glob("*.lock"):
        lock.unlink()


def _print_table(results: dict[str, list[Measurement]], articles: int) -> None:
    """Print medians, and each one's rate beside the plain script's."""
    base = median(run.wall for run in next(iter(results.values())))
    print(f"\n{articles:,} articles, medians of {len(next(iter(results.values())))} rounds\n")
    print("| | wall | articles/s | of the plain rate | processor | peak memory |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, runs in results.items():
        wall = median(run.wall for run in runs)
        processor = median(run.processor for run in runs)
        memory = max(run.memory for run in runs) / 2**20
        print(
            f"| {name} | {wall:.2f} s | {articles / wall:,.0f} | {base / wall:.2f} "
            f"| {processor:.2f} s | {memory:,.0f} MiB |"
        )
