"""Run the benchmarks: ``make bench``, or ``python -m benchmarks --help``."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.sync import compare_sync


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--topics", type=int, default=0, help="generate so many (default: corpus)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each (default: 3)")
    parser.add_argument("--folder", type=Path, help="work here instead of in a temporary folder")
    options = parser.parse_args()
    compare_sync(options.topics, options.rounds, options.folder)


if __name__ == "__main__":
    main()
