"""``hexapla show``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from hexapla.cli.options import format_option
from hexapla.cli.output import escape_controls, print_json
from hexapla.inspecting import inspect_topic
from hexapla.model import Form, State
from hexapla.status import TopicStatus
from hexapla.storage import find_repository
from hexapla.unit_states import UnitCounts

_COLOURS = {
    State.CURRENT: "green",
    State.OUTDATED: "yellow",
    State.MISSING: "red",
    State.UNKNOWN: "cyan",
}
_FORMS = {Form.BILINGUAL: "bilingual", Form.MONOLINGUAL: "monolingual", Form.LOOSE: "loose"}
_HEADINGS = ("locale", "state", "handed off", "type", "revision", "units", "form", "page")


@click.command()
@click.argument("topic")
@format_option
@click.pass_obj
def show(root: Path, *, topic: str, form: str) -> int:
    r"""Show a topic's bundle at a glance: locales, revisions, state, provenance.

    TOPIC is its id, or the path of its bundle or of one of its files.

    \b
    Examples:
      hexapla show help/files/share-a-folder
      hexapla show docs/help/files/share-a-folder/index.sv-SE.md
      hexapla show help/files/share-a-folder --format json
    """
    status, pages = inspect_topic(find_repository(root), topic)
    if form == "json":
        print_json(_render(status, pages))
    else:
        _print(status, pages)
    return 0


def _render(status: TopicStatus, pages: dict[str, str]) -> dict[str, object]:
    """Give the description for machines."""
    source = status.source
    return {
        "topic": status.topic.identifier,
        "title": source.title if source else "",
        "provenance": status.provenance,
        "revision": source.revision if source else "",
        "proven": source.proof if source else "",
        "revisions": list(status.revisions),
        "locales": [
            {
                "locale": row.locale,
                "state": row.state.value,
                "handed_off": row.handed_off,
                "translation": row.translation,
                "revision": row.revision,
                "edited": row.is_edited,
                "units": {"all": row.units.total, **asdict(row.units)},
                "form": _FORMS[row.form],
                "path": row.path,
            }
            for row in status.locales
        ],
        "pages": {f"docs/{path}": state for path, state in pages.items()},
        "related": [
            {
                "other": relation.other,
                "joined": relation.joined,
                "score": str(relation.score),
                "because": list(relation.reasons),
            }
            for relation in status.topic.relations
        ],
    }


def _print(status: TopicStatus, pages: dict[str, str]) -> None:
    """Print the description for people."""
    source = status.source
    click.secho(source.title if source and source.title else status.topic.identifier, bold=True)
    click.echo(f"topic      {status.topic.identifier}")
    if source is None:
        click.echo("source     none was delivered")
    else:
        proof = "not proven"
        if source.proof:
            whole = source.proof == source.revision
            proof = "proven" if whole else f"body proven at revision {source.proof[:8]}"
        click.echo(f"source     {status.provenance}, {proof}")
        click.echo(f"revision   {source.revision or 'not named'}")
    others = [name[:8] for name in status.revisions if not source or name != source.revision]
    if others:
        click.echo(f"also seen  {', '.join(others)}")
    shown = _print_locales(status, pages)
    for relation in status.topic.relations:
        verb = "joined" if relation.joined else "may be one topic with"
        click.echo(f"\n{verb} {relation.other}: {', '.join(relation.reasons)}")
    for path, state in pages.items():
        if path not in shown:
            click.echo(f"docs/{escape_controls(path)}: {state}")


def _print_locales(status: TopicStatus, pages: Mapping[str, str]) -> set[str]:
    """Print a row for each locale; give the pages that stand there."""
    rows = [_HEADINGS]
    shown = set()
    for row in status.locales:
        state = row.state.value + _describe_units(row.units)
        page = next((path for path in pages if path.endswith(f".{row.locale}.md")), "")
        shown.add(page)
        form = _FORMS[row.form]
        units = str(row.units.total or "")
        kind, revision = row.translation, row.revision[:8]
        written = pages.get(page, "")
        rows.append((row.locale, state, row.handed_off, kind, revision, units, form, written))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    colours = [None, *(_COLOURS[row.state] for row in status.locales)]
    click.echo()
    for cells, colour in zip(rows, colours, strict=True):
        padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
        padded[1] = click.style(padded[1], fg=colour)
        if len(rows) > 1:
            click.echo("  ".join(padded).rstrip())
    return shown


def _describe_units(units: UnitCounts) -> str:
    """Say which units are not current: `` (2 outdated, 1 missing)``."""
    kinds = (("outdated", units.outdated), ("missing", units.missing), ("edited", units.edited))
    parts = [f"{number} {kind}" for kind, number in kinds if number]
    return f" ({', '.join(parts)})" if parts else ""
