"""``hexapla import``."""

from __future__ import annotations

from pathlib import Path

import click

from hexapla.cli.options import format_option, jobs_option, older_option, threshold_option
from hexapla.cli.output import count_nouns
from hexapla.cli.syncing import run_sync
from hexapla.importing import import_deliveries
from hexapla.storage import find_repository
from hexapla.sync import Options


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--locale",
    metavar="TAG",
    help="The locale, where neither a folder nor ms.contentlocale names it.",
)
@click.option(
    "--as",
    "topic",
    metavar="TOPIC",
    help="The topic that a single file belongs to; else evidence decides.",
)
@older_option
@jobs_option
@threshold_option
@format_option
@click.pass_obj
def import_(
    root: Path,
    *,
    paths: tuple[Path, ...],
    locale: str | None,
    topic: str | None,
    allow_older: bool,
    jobs: int | None,
    fail_on: str,
    form: str,
) -> int:
    r"""Take a vendor's trees, archives (.zip, .tar.*) or single files into locales/, then sync.

    A tree keeps its paths. Single files have lost theirs: they are grouped by evidence, and what
    is not certain is listed for you to confirm.

    \b
    Examples:
      hexapla import vendor/help.sv-SE.tar.xz
      hexapla import vendor/sv-SE vendor/nb-NO
      hexapla import letters/*.txt
      hexapla import --as help/files/share-a-folder letters/003.txt
    """
    repository = find_repository(root)
    result = import_deliveries(
        repository, paths, locale=locale, topic=topic, allow_older=allow_older
    )
    if form == "text":
        for folder, count in sorted(result.written.items()):
            click.echo(f"locales/{folder}: {count_nouns(count, 'file')} new or changed")
        if result.unchanged:
            click.echo(f"{count_nouns(result.unchanged, 'file')} unchanged")
    options = Options(allow_older=allow_older, workers=jobs or 0)
    return run_sync(repository, options, result.findings, fail_on=fail_on, form=form)
