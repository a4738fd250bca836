"""How well and how fast pages are found: `python -m benchmarks.search --help`."""
