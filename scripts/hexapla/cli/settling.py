"""``hexapla conflicts`` and ``hexapla resolve``: what a writer and a delivery both changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from hexapla.cli.options import format_option
from hexapla.cli.output import count_nouns, escape_controls, measure_terminal, print_json
from hexapla.cli.sides import NOTHING, SIDES, Sides, draw_sides
from hexapla.errors import UsageError
from hexapla.merging import EDIT, OURS, THEIRS, Choices, Conflict
from hexapla.settling import Disputed, find_disputed, list_disputed, settle_conflicts
from hexapla.storage import Repository, find_repository

_CUT = "# ---- what stands above this line is taken, this and what follows is not ----"


@click.command()
@format_option
@click.pass_obj
def conflicts(root: Path, *, form: str) -> int:
    r"""List what a writer and a delivery both changed, until it is settled.

    For each passage: base, what was delivered before; ours, what the page has, which is the
    writer's; theirs, what the delivery would have there. They stand side by side on a terminal of
    100 columns or more, else one below the other. Of a file that is no text, what it is and its
    size.

    \b
    Examples:
      hexapla conflicts
      hexapla conflicts --format json
    """
    pages = list_disputed(find_repository(root))
    if form == "json":
        print_json([_render_page(page) for page in pages])
    else:
        for page in pages:
            _print_page(page)
        _print_sum(pages)
    return int(bool(pages))


@click.command()
@click.argument("page", type=click.Path(path_type=Path))
@click.argument("unit", required=False)
@click.option("--ours", "choice", flag_value=OURS, help="Keep what the page has.")
@click.option("--theirs", "choice", flag_value=THEIRS, help="Take what was delivered.")
@click.option("--edit", "choice", flag_value=EDIT, help="Write it anew, in your editor.")
@click.pass_obj
def resolve(root: Path, *, page: Path, unit: str | None, choice: str | None) -> int:
    r"""Settle what a writer and a delivery both changed in PAGE.

    UNIT is one conflict, by the name that hexapla conflicts gives it; without it, all of the page's
    are settled.

    \b
    Examples:
      hexapla resolve docs/help/share/index.sv-SE.md --ours
      hexapla resolve docs/help/share/index.sv-SE.md --theirs 104
      hexapla resolve docs/help/share/index.sv-SE.md --edit title
    """
    if choice is None:
        hint = "hexapla conflicts shows what each of them is"
        raise UsageError("say which text counts: --ours, --theirs or --edit", hint=hint)
    repository = find_repository(root)
    choices: Choices = {unit or "": (choice, "")}
    if choice == EDIT:
        choices = _ask_editor(repository, page, unit)
    left = settle_conflicts(repository, page, choices)
    if left.conflicts:
        click.echo(f"{left.path}: {count_nouns(len(left.conflicts), 'conflict')} left")
        return 1
    click.echo(f"{left.path}: settled")
    return 0


def _ask_editor(repository: Repository, page: Path, unit: str | None) -> Choices:
    """Let the user write the text of each conflict."""
    chosen: dict[str, tuple[str, str]] = {}
    disputed = find_disputed(repository, page)
    if not disputed.is_text:
        hint = "--ours keeps the file, --theirs takes the delivered one"
        raise UsageError("this is no text that could be edited", path=str(page), hint=hint)
    for conflict in disputed.conflicts:
        if unit is None or conflict.name == unit:
            text = click.edit(_write_draft(conflict), require_save=True, extension=".md")
            if text is None:
                raise UsageError("nothing was saved: the conflict stays", path=str(page))
            body = text.partition(_CUT)[0].removesuffix("\n")
            ending = "\n" if (conflict.ours or conflict.theirs or "").endswith("\n") else ""
            chosen[conflict.name] = (EDIT, body + ending)
    return chosen or {unit or "": (EDIT, "")}


def _write_draft(conflict: Conflict) -> str:
    """Write what the editor starts with: the page's text, and below it all three."""
    draft = (conflict.ours if conflict.ours is not None else conflict.theirs) or ""
    rows = [draft.removesuffix("\n"), _CUT]
    for side, text in zip(SIDES, (conflict.base, conflict.ours, conflict.theirs), strict=True):
        rows.append(f"# {side[0]}:")
        rows += [f"#   {row}" for row in (NOTHING if text is None else text).split("\n")]
    return "\n".join(rows) + "\n"


def _print_page(page: Disputed) -> None:
    """Print a page's conflicts, the three texts of each."""
    width = measure_terminal()
    for conflict in page.conflicts:
        place = f"{page.path}:{conflict.line}" if conflict.line else page.path
        name = click.style(f" {escape_controls(conflict.name)}", bold=True)
        click.echo(escape_controls(place) + name)
        for line in draw_sides(conflict, width, _describe_files(page)):
            click.echo(line)
        click.echo()


def _describe_files(page: Disputed) -> Sides:
    """Say what the files of a page's conflict are that are no texts, by their sides."""
    sides = {OURS: page.ours, THEIRS: page.theirs}
    return {side: kind.describe() for side, kind in sides.items() if kind is not None}


def _print_sum(pages: Sequence[Disputed]) -> None:
    count = sum(len(page.conflicts) for page in pages)
    if not count:
        click.echo("no conflicts")
        return
    click.echo(
        f"{count_nouns(count, 'conflict')} in {count_nouns(len(pages), 'page')};"
        " hexapla resolve PAGE --ours|--theirs|--edit [UNIT] settles them"
    )


def _render_page(page: Disputed) -> dict[str, object]:
    """Give a page's conflicts for machines."""
    return {
        "page": page.path,
        "locale": page.locale,
        "conflicts": [
            {
                "unit": conflict.name,
                "line": conflict.line,
                "base": conflict.base,
                "ours": conflict.ours if page.ours is None else asdict(page.ours),
                "theirs": conflict.theirs if page.theirs is None else asdict(page.theirs),
            }
            for conflict in page.conflicts
        ],
    }
