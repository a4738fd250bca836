"""Options: what several commands share, so that it is called and explained the same everywhere."""

from __future__ import annotations

import click

jobs_option = click.option(
    "--jobs", "-j", type=click.IntRange(1), help="Processes; one for each core."
)
"""In how many processes to work: ``jobs``."""

threshold_option = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="End with 1 where a finding is as grave as this. Conflicts always do.",
)
"""The threshold of the exit code: ``fail_on``."""

older_option = click.option(
    "--allow-older",
    is_flag=True,
    help="Take articles that were handed off before those they replace.",
)
"""Whether a delivery may go back in time: ``allow_older``."""

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for machines.",
)
"""The form of the answer: ``form``."""
