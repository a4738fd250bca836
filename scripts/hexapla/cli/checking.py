"""``hexapla check``: all findings about the deliveries, without writing anything."""

from __future__ import annotations

from pathlib import Path

import click

from hexapla.cli.options import jobs_option, threshold_option
from hexapla.cli.output import (
    count_nouns,
    count_rules,
    find_exit_code,
    print_findings,
    print_github,
    print_json,
    show_progress,
    summarize_findings,
)
from hexapla.findings import Severity
from hexapla.storage import find_repository
from hexapla.sync import Options, synchronize


@click.command()
@threshold_option
@click.option(
    "--least",
    type=click.Choice(["error", "warning", "info"]),
    default="warning",
    show_default=True,
    help="List findings that are at least as grave as this.",
)
@jobs_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for machines, or as annotations of a pull request.",
)
@click.pass_obj
def check(root: Path, *, fail_on: str, least: str, jobs: int | None, form: str) -> int:
    r"""Report everything that is noticed about the deliveries; write nothing.

    \b
    Examples:
      hexapla check
      hexapla check --least info --format json
      hexapla check --fail-on warning --format github
    """
    options = Options(dry_run=True, everything=True, workers=jobs or 0)
    with show_progress("Checking", "topics and files") as progress:
        report = synchronize(find_repository(root), options, progress)
    shown = [f for f in report.findings if f.severity >= Severity[least.upper()]]
    if form == "json":
        print_json([finding.render_mapping() for finding in shown])
    elif form == "github":
        print_github(shown)
    else:
        print_findings(shown, Severity.INFO)
        for row in count_rules(report.findings):
            click.echo(row)
        articles = count_nouns(report.articles, "article")
        click.echo(f"{articles}: {summarize_findings(report.findings) or 'clean'}")
    return find_exit_code(report.findings, fail_on)
