"""Output: the forms in which commands print, for people and for machines."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from hexapla.findings import RULES, Finding, Severity

Progress = Callable[[int, int], None]


_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def print_json(value: Any) -> None:
    """Print a value as JSON: the same bytes for the same value."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    # A file's name may hold bytes that are no UTF-8; JSON has the same escapes as Python.
    click.echo(text.encode("utf-8", "backslashreplace").decode())


def print_findings(findings: Sequence[Finding], least: Severity, most: int = 0) -> None:
    """Print findings, one a line.

    Args:
        findings: Sorted findings.
        least: Those below this severity are only counted.
        most: How many to print; 0: all.
    """
    shown = [finding for finding in findings if finding.severity >= least]
    for finding in shown[: most or None]:
        text = escape_controls(finding.render_text())
        label = f" {finding.severity.label}: "
        place, _, rest = text.partition(label)
        colour = _COLOURS[finding.severity]
        click.echo(place + click.style(label, fg=colour, bold=True) + rest)
    left = len(shown) - len(shown[: most or None])
    if left:
        click.echo(f"… and {left} more: hexapla check lists all")


def print_github(findings: Iterable[Finding]) -> None:
    """Print findings as the annotations of a pull request."""
    for finding in findings:
        place = f"file={_escape_property(finding.path)}"
        if finding.line:
            place += f",line={finding.line}"
            if finding.column:
                place += f",col={finding.column}"
        message = finding.message + (f" ({finding.suggestion})" if finding.suggestion else "")
        text = escape_controls(message).replace("%", "%25")
        click.echo(f"::{_GITHUB[finding.severity]} {place},title={finding.code}::{text}")


def escape_controls(text: str) -> str:
    r"""Write what cannot be seen, or would steer a terminal, as escapes: ``a\nb``, ``a\u200bb``.

    Names of files and snippets of articles come from outside.
    """
    if text.isprintable():
        return text
    return "".join(
        char
        if char.isprintable() or char == "\xa0"
        else char.encode("ascii", "backslashreplace").decode()
        if ord(char) > 127
        else repr(char)[1:-1]
        for char in text
    )


def measure_terminal() -> int:
    """Give the columns of the terminal that is printed on; 0 where output is piped."""
    if not sys.stdout.isatty():
        return 0
    from rich.console import Console  # noqa: PLC0415 - needed on terminals only

    return Console().width


def _escape_property(text: str) -> str:
    """Escape what ends a property of a GitHub annotation."""
    text = text.encode("utf-8", "backslashreplace").decode()
    for plain in "%\r\n:,":
        text = text.replace(plain, f"%{ord(plain):02X}")
    return text


def summarize_findings(findings: Iterable[Finding]) -> str:
    """Count findings in words: ``2 errors, 1 warning``; empty when there are none."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(
        count_nouns(counts[severity], severity.label if severity > Severity.INFO else "note")
        for severity in sorted(Severity, reverse=True)
        if counts[severity]
    )


def count_rules(findings: Iterable[Finding]) -> list[str]:
    """Say how often each rule is broken, the gravest first."""
    counts = Counter(finding.code for finding in findings)
    order = sorted(counts, key=lambda code: (-RULES[code].severity, -counts[code], code))
    return [f"{counts[code]:>7,}  {code:<24} {RULES[code].title}" for code in order]


def count_nouns(number: int, noun: str) -> str:
    """Write a number with its noun: ``1 warning``, ``2 warnings``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def find_exit_code(findings: Iterable[Finding], threshold: str) -> int:
    """Give 1 where a finding reaches the threshold, or is a conflict; else 0."""
    least = {"error": 3, "warning": 2, "info": 1, "never": 9}[threshold]
    return int(any(finding.severity >= least or finding.code == "conflict" for finding in findings))


@contextmanager
def show_progress(title: str, unit: str) -> Iterator[Progress | None]:
    """Show a progress bar on a terminal; nothing where output is piped.

    Yields:
        What to call with the number done and that of all; None where there is no terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - needed on terminals only
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress as Bar,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Bar(
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,  # no thread: worker processes are forked meanwhile
    )
    with bar:
        task = bar.add_task(title, total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)
            bar.refresh()

        yield advance
