"""``hexapla explain``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from hexapla.cli.options import format_option
from hexapla.cli.output import print_json
from hexapla.errors import UsageError
from hexapla.inspecting import PageOrigin, trace_page
from hexapla.model import Unit
from hexapla.status import format_day
from hexapla.storage import find_repository
from hexapla.tracing import Trace

_PLACE = re.compile(r"(?P<file>.+?)(?::(?P<line>\d+))?(?::\d+)?\Z")


@click.command()
@click.argument("place", metavar="FILE[:LINE]")
@format_option
@click.pass_obj
def explain(root: Path, *, place: str, form: str) -> int:
    r"""Say where a page's text came from: delivery, unit, source.

    FILE is a page under docs/ or a delivered article under locales/.

    \b
    Examples:
      hexapla explain docs/help/files/share-a-folder/index.sv-SE.md
      hexapla explain docs/help/files/share-a-folder/index.sv-SE.md:12
    """
    match = _PLACE.match(place)
    file, line = (match["file"], match["line"]) if match else (place, None)
    origin = trace_page(find_repository(root), root / file)
    traces = [trace for trace in origin.traces if trace.text.strip()]
    if line is not None:
        traces = [trace for trace in traces if trace.line == int(line)]
        if not traces:
            message = f"line {line} is not in the page's text"
            raise UsageError(message, path=origin.path, hint="leave the line out to see all")
    if form == "json":
        print_json(_render(origin, traces))
    else:
        _print(origin, traces)
    return 0


def _render(origin: PageOrigin, traces: list[Trace]) -> dict[str, object]:
    """Give the origin for machines."""
    return {
        "page": origin.path,
        "topic": origin.topic,
        "locale": origin.locale,
        "delivery": origin.article.path,
        "revision": origin.article.revision,
        "handed_off": format_day(origin.article),
        "edited": origin.is_edited,
        "lines": [
            {
                "line": trace.line,
                "text": trace.text,
                "delivered_line": trace.delivered,
                "units": [_render_unit(unit) for unit in trace.units],
            }
            for trace in traces
        ],
    }


def _render_unit(unit: Unit) -> dict[str, str]:
    """Give a unit for machines."""
    return {"id": unit.identifier, "target": unit.target, "source": unit.source}


def _print(origin: PageOrigin, traces: list[Trace]) -> None:
    """Print the origin for people."""
    article = origin.article
    click.secho(origin.path, bold=True)
    kind = "bilingual" if article.is_bilingual else "monolingual"
    day = format_day(article)
    click.echo(f"written from {article.path} ({kind}{f', handed off {day}' if day else ''})")
    if article.revision:
        click.echo(f"revision {article.revision}")
    if origin.is_edited:
        click.echo("a writer has edited the page since")
    for trace in traces:
        click.echo()
        click.echo(f"{click.style(str(trace.line), fg='green')}: {trace.text}")
        if not trace.delivered:
            click.echo("    not delivered: a writer's")
            continue
        click.echo(f"    {article.path}:{trace.delivered}")
        if article.is_bilingual and not trace.units:
            click.echo("    outside units")
        for unit in trace.units:
            click.echo(f"    {click.style(unit.identifier, fg='cyan')} {unit.target}")
            click.echo(f"    {' ' * len(unit.identifier)} ← {unit.source}")
