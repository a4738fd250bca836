"""``hexapla sync``, and the report that other commands end with too."""

from __future__ import annotations

from pathlib import Path

import click

from hexapla.cli.options import format_option, jobs_option, older_option, threshold_option
from hexapla.cli.output import (
    count_nouns,
    find_exit_code,
    print_findings,
    print_json,
    show_progress,
    summarize_findings,
)
from hexapla.findings import Finding, Severity
from hexapla.reconciling import Change
from hexapla.storage import Repository, find_repository
from hexapla.sync import Options, Report, synchronize

_SHOWN = 40
"""Findings and files that are listed; more are counted."""
_NOTABLE = (Change.CREATED, Change.UPDATED, Change.MERGED, Change.REMOVED, Change.CONFLICT)


@click.command()
@click.option("--dry-run", "-n", is_flag=True, help="Only show what would change.")
@click.option("--prune", is_flag=True, help="Remove unedited pages that are delivered no longer.")
@older_option
@jobs_option
@threshold_option
@format_option
@click.pass_obj
def sync(
    root: Path,
    *,
    dry_run: bool,
    prune: bool,
    allow_older: bool,
    jobs: int | None,
    fail_on: str,
    form: str,
) -> int:
    r"""Bring docs/ up to date with the deliveries in locales/.

    A page that a writer has edited is never overwritten: a new delivery is merged into it, unit by
    unit. Where both changed a passage the writer's stays, and that is a conflict, which is reported
    until it is settled.

    \b
    Examples:
      hexapla sync
      hexapla sync --dry-run
      hexapla sync --prune --format json
    """
    repository = find_repository(root)
    options = Options(dry_run=dry_run, prune=prune, allow_older=allow_older, workers=jobs or 0)
    return run_sync(repository, options, [], fail_on=fail_on, form=form)


def run_sync(
    repository: Repository,
    options: Options,
    findings: list[Finding],
    *,
    fail_on: str,
    form: str,
) -> int:
    """Sync, print the report and give the exit code.

    Args:
        repository: Where to work.
        options: How.
        findings: What a step before has noticed.
        fail_on: The threshold.
        form: The form of the report.
    """
    with show_progress("Syncing", "topics and files") as progress:
        report = synchronize(repository, options, progress)
    report.findings = sorted({*findings, *report.findings})
    if form == "json":
        print_json(_render_report(report, options))
    else:
        _print_report(report, options)
    return find_exit_code(report.findings, fail_on)


def _render_report(report: Report, options: Options) -> dict[str, object]:
    """Give the report for machines."""
    return {
        "dry_run": options.dry_run,
        "articles": report.articles,
        "processed": report.processed,
        "changes": [
            {"path": f"docs/{path}", "change": change.value}
            for path, change in report.changes
            if change is not Change.UNCHANGED
        ],
        "findings": [finding.render_mapping() for finding in report.findings],
    }


def _print_report(report: Report, options: Options) -> None:
    """Print the report for people: what is grave, what changed, and the sum."""
    print_findings(report.findings, Severity.WARNING, _SHOWN)
    if options.dry_run:
        notable = [(path, change) for path, change in report.changes if change in _NOTABLE]
        for path, change in notable[:_SHOWN]:
            article = "a " if change is Change.CONFLICT else ""
            click.echo(f"would be {article}{change.value}: docs/{path}")
        if len(notable) > _SHOWN:
            click.echo(f"… and {len(notable) - _SHOWN} more: --format json lists all")
    counts = report.count()
    parts = [
        f"{counts[change]:,} {change.value}"
        for change in Change
        if counts[change] and change is not Change.UNCHANGED
    ]
    done = ", ".join(parts) or "nothing to do"
    summary = f"{count_nouns(report.articles, 'article')}: {done}"
    if options.dry_run:
        summary = f"dry run, nothing was written: {summary}"
    noticed = summarize_findings(report.findings)
    click.echo(summary + (f"; {noticed}" if noticed else ""))
