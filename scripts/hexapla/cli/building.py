"""``hexapla build``: the site, rendered at a cost that follows change."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexapla.building.changes import Changes, look, settle
from hexapla.building.memory import Memory
from hexapla.building.timing import without_collection
from hexapla.cli.options import jobs_option
from hexapla.cli.output import count_nouns, escape_controls, show_progress
from hexapla.cores import count_cores
from hexapla.storage import Repository, clear_folder, find_repository, hold_lock

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.running import Report

_COLOURS = {"ERROR": "red", "WARNING": "yellow"}


@click.command()
@click.option("--locale", "-l", "locales", multiple=True, help="Build this locale only.")
@click.option("--clean", is_flag=True, help="Forget what earlier builds made.")
@click.option("--strict", "-s", is_flag=True, help="Exit with 1 where there are warnings.")
@click.option("--timings", is_flag=True, help="Say where the time went.")
@jobs_option
@click.pass_obj
def build(
    root: Path,
    *,
    locales: tuple[str, ...],
    clean: bool,
    strict: bool,
    timings: bool,
    jobs: int | None,
) -> int:
    r"""Build the site, rendering only what has changed.

    The pages are those of `mkdocs build`. What is remembered between builds is in .hexapla/ and
    may always be deleted; the site is replaced file by file, when all of it has been made.

    \b
    Examples:
      hexapla build
      hexapla build --locale sv-SE --strict
      hexapla build --clean --timings
    """
    started = time.monotonic()
    repository = find_repository(root)
    with without_collection(), hold_lock(repository.cache / "build.lock"):
        folder = repository.cache / "build"
        if clean:
            clear_folder(folder)
        memory = Memory(folder, folder / "tmp")
        changes = look(repository.root, memory)
        if changes.is_nothing and not locales:
            settle(changes)
            pages, messages = changes.state["pages"], changes.state["messages"]
            _print_messages(messages)
            seconds = time.monotonic() - started
            click.echo(f"{count_nouns(pages, 'page')}: nothing has changed ({seconds:.1f} s)")
            return _find_code(messages, strict=strict)
        report = _build(repository, memory, changes, locales, jobs or count_cores())
    _print_messages(report.messages)
    _print_report(report, time.monotonic() - started)
    if timings:
        _print_timings(report)
    return _find_code(report.messages, strict=strict)


def _build(
    repository: Repository,
    memory: Memory,
    changes: Changes,
    locales: tuple[str, ...],
    jobs: int,
) -> Report:
    """Build what is due."""
    # MkDocs takes a while to load: it is needed only where there is something to do.
    from hexapla.mkdocs_adapter.building.running import Build  # noqa: PLC0415
    from hexapla.mkdocs_adapter.building.site import Site  # noqa: PLC0415

    site = Site(repository, memory, jobs)
    if changes.roots != (roots := site.find_roots()):
        changes = look(repository.root, memory, roots)
    done = 0
    with show_progress("Building", "pages") as progress:

        def tick(count: int, total: int) -> None:
            nonlocal done
            done += count
            if progress is not None:
                progress(done, max(done, total))

        return Build(site, locales, tick).run(changes)


def _find_code(messages: Iterable[list[str]], *, strict: bool) -> int:
    """Give 1 where a strict build has messages that end a stock one: MkDocs' own."""
    return int(strict and any(logger == "mkdocs" for logger, _, _ in messages))


def _print_messages(messages: Iterable[list[str]]) -> None:
    """Print what was said of pages, once where many locales say it."""
    for _, level, text in dict.fromkeys(map(tuple, messages)):
        label = click.style(f"{level.lower()}: ", fg=_COLOURS.get(level), bold=True)
        click.echo(label + escape_controls(text), err=True)


def _print_report(report: Report, seconds: float) -> None:
    """Say what was rendered, and why."""
    for reason, count in sorted(report.reasons.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"{count:>9,}  {reason}")
    speed = f", {report.rendered / seconds:,.0f} pages/s" if report.rendered > 100 else ""
    click.echo(
        f"{count_nouns(report.pages, 'page')}: {report.rendered:,} rendered,"
        f" {count_nouns(report.written, 'file')} written ({report.size / 1e6:,.1f} MB),"
        f" {report.removed:,} removed in {seconds:.1f} s{speed}"
    )


def _print_timings(report: Report) -> None:
    """Say where the time went, in all processes together."""
    total = sum(report.times.values()) or 1.0
    for step, seconds in sorted(report.times.items(), key=lambda item: -item[1]):
        each = f"{1000 * seconds / report.rendered:8.3f} ms/page" if report.rendered else ""
        click.echo(f"{seconds:9.2f} s  {seconds / total:5.1%} {each}  {step}")
