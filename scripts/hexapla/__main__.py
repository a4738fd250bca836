"""Run the command line: ``python -m hexapla``."""

from hexapla.cli import main

main()
