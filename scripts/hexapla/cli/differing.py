"""``hexapla diff``: what changed in a topic's source, word by word."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from hexapla.cli.options import format_option
from hexapla.cli.output import escape_controls, print_json
from hexapla.comparing import Comparison, compare_topic
from hexapla.storage import find_repository
from hexapla.topic_revisions import Revision, SourceChange, SourcePart
from hexapla.unit_changes import Change
from hexapla.word_changes import Kind, compare_words

_SIGNS = {
    Change.REWORDED: ("~", "yellow"),
    Change.MOVED: (">", "cyan"),
    Change.ADDED: ("+", "green"),
    Change.REMOVED: ("-", "red"),
}
_BRACKETS = {Kind.SAME: ("", ""), Kind.REMOVED: ("[-", "-]"), Kind.ADDED: ("{+", "+}")}
_COLOURS = {Kind.REMOVED: "red", Kind.ADDED: "green"}


@click.command()
@click.argument("topic")
@click.argument("locale", required=False, default="")
@format_option
@click.pass_obj
def diff(root: Path, *, topic: str, locale: str, form: str) -> int:
    r"""Show what changed in a topic's source, word by word.

    With a LOCALE: since its translation. Else: since the last known revision before the current
    one. Earlier revisions are known from the deliveries that are there, and from git's history of
    locales/. TOPIC is its id, or the path of its bundle or of one of its files.

    Reworded sentences are marked ~, moved ones >, new ones +, and those that are gone -. Ends with
    1 where something changed.

    \b
    Examples:
      hexapla diff help/files/share-a-folder
      hexapla diff help/files/share-a-folder sv-SE
      hexapla diff docs/help/files/share-a-folder/index.sv-SE.md sv-SE --format json
    """
    comparison = compare_topic(find_repository(root), topic, locale)
    if form == "json":
        print_json(_render(comparison))
    else:
        _print(comparison)
    return int(not comparison.is_same)


def _render(comparison: Comparison) -> dict[str, object]:
    """Give the comparison for machines."""
    before, after = comparison.before, comparison.after
    return {
        "topic": comparison.topic,
        "locale": comparison.locale or None,
        "remark": comparison.remark or None,
        "revisions": [
            {
                "revision": revision.name,
                "handed_off": revision.day or None,
                "source_known": revision.is_known,
                "locales": list(revision.locales),
            }
            for revision in comparison.revisions
        ],
        "from": before.name if before else None,
        "to": after.name if after else None,
        "counts": _count(comparison),
        "changes": [
            _render_change(change, comparison)
            for change in comparison.changes
            if change.kind is not Change.SAME
        ],
    }


def _render_change(change: SourceChange, comparison: Comparison) -> dict[str, object]:
    """Give one change for machines."""
    before, after = change.before, change.after
    words = compare_words(before.text if before else "", after.text if after else "")
    return {
        "change": change.kind.value,
        "before": {"unit": before.number or None, "text": before.text} if before else None,
        "after": {"unit": after.number or None, "text": after.text} if after else None,
        "words": [{"change": word.kind.value, "text": word.text} for word in words],
        "translation": comparison.targets.get(before.number) if before else None,
    }


def _count(comparison: Comparison) -> dict[str, int]:
    """Count the parts of the source by what became of them."""
    counts = Counter(change.kind for change in comparison.changes)
    return {kind.value: counts[kind] for kind in Change}


def _print(comparison: Comparison) -> None:
    """Print the comparison for people."""
    click.secho(escape_controls(comparison.topic), bold=True)
    for revision in comparison.revisions:
        click.echo(_describe_revision(revision, comparison))
    if comparison.remark:
        click.secho(comparison.remark, fg="yellow")
    if comparison.is_same:
        if not comparison.remark:
            subject = f"since the translation to {comparison.locale}" if comparison.locale else ""
            click.echo(f"nothing has changed {subject}".rstrip())
        return
    counts = _count(comparison)
    click.echo(", ".join(f"{number} {kind}" for kind, number in counts.items() if number) + "\n")
    for change in comparison.changes:
        if change.kind is not Change.SAME:
            _print_change(change, comparison)


def _describe_revision(revision: Revision, comparison: Comparison) -> str:
    """Write one line about a revision: which it is, who is at it, what is compared."""
    role = "to" if revision is comparison.after else ""
    if revision is comparison.before:
        role = "both" if role else "from"
    known = "" if revision.is_known else "source not known"
    locales = ", ".join(revision.locales)
    notes = "; ".join(filter(None, (known, locales)))
    return f"{role:<5}{revision.name[:8]}  {revision.day or '?':<10}  {notes}".rstrip()


def _print_change(change: SourceChange, comparison: Comparison) -> None:
    """Print one change: its sign, its unit, its words, and what the translation has for it."""
    sign, colour = _SIGNS[change.kind]
    part = change.after or change.before
    assert part is not None  # every change has one of the two
    text = _write_words(change.before, change.after)
    click.echo(f"{click.style(sign, fg=colour, bold=True)} {part.number:>4} {text}")
    target = comparison.targets.get(change.before.number, "") if change.before else ""
    if target and change.kind is not Change.MOVED:
        click.echo(f"       {comparison.locale}: {escape_controls(target)}")


def _write_words(before: SourcePart | None, after: SourcePart | None) -> str:
    """Write a part of the source with its changes; brackets say what colours do."""
    if before is None or after is None:
        part = after or before
        assert part is not None
        return click.style(escape_controls(part.text), fg="green" if after else "red")
    written = []
    for word in compare_words(before.text, after.text):
        opening, closing = _BRACKETS[word.kind]
        text = f"{opening}{escape_controls(word.text)}{closing}"
        colour = _COLOURS.get(word.kind)
        written.append(click.style(text, fg=colour) if colour else text)
    return "".join(written)
