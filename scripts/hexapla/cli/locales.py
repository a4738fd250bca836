"""``hexapla locale``."""

from __future__ import annotations

from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from unicodedata import east_asian_width

import click
import yaml

from hexapla.cli.options import format_option
from hexapla.cli.output import print_json
from hexapla.configuration import find_plugin_options
from hexapla.interface_language import choose_theme_language
from hexapla.locale_editing import add_language
from hexapla.locale_settings import LocaleDescription, describe_locales
from hexapla.locales import parse_locale
from hexapla.state import read_source_locale
from hexapla.storage import Repository, Writer, find_repository, list_files, read_limited

_LIMIT = 2**24
_CONFIGURATION = "mkdocs.yml"
_HEADINGS = ("locale", "name", "interface", "script", "direction", "strings", "articles")


@click.group("locale")
def locale() -> None:
    """List and add the locales of the site."""


@locale.command("list")
@format_option
@click.pass_obj
def list_(root: Path, *, form: str) -> int:
    r"""List the locales of mkdocs.yml, and what each has.

    "interface" is the language of the theme's texts, "strings" whether overrides/interface/ has
    all of ours, "articles" the number of pages under docs/.

    \b
    Examples:
      hexapla locale list
      hexapla locale list --format json
    """
    repository = find_repository(root)
    described = _describe(repository)
    if form == "json":
        print_json([asdict(item) for item in described])
    else:
        _print(described)
    return 0


@locale.command()
@click.argument("tags", nargs=-1, required=True, metavar="TAG…")
@click.option("--site-name", metavar="NAME", help="The site's name in that language.")
@click.option("--dry-run", "-n", is_flag=True, help="Only show what would be added.")
@click.pass_obj
def add(root: Path, *, tags: tuple[str, ...], site_name: str | None, dry_run: bool) -> int:
    r"""Add locales to mkdocs.yml, with the names that their speakers have for them.

    Comments and layout stay. A locale that is there already stays as it is.

    \b
    Examples:
      hexapla locale add fi-FI
      hexapla locale add pt-BR zh-CN
      hexapla locale add de-DE --site-name Hilfe
    """
    repository = find_repository(root)
    text = read_limited(repository.root / _CONFIGURATION, _LIMIT).decode()
    catalogs = _read_catalogs(repository)
    parsed = [parse_locale(tag) for tag in tags]
    for tag in parsed:
        name = site_name or catalogs.get(tag, {}).get("site.name", "")
        changed = add_language(text, tag, name, _CONFIGURATION)
        if changed == text:
            click.echo(f"{tag}: is there already")
        else:
            click.echo(f"{tag}: {'would be added' if dry_run else 'added'} to {_CONFIGURATION}")
            _advise(tag, catalogs)
        text = changed
    if not dry_run:
        writer = Writer(repository.root, repository.cache / "tmp")
        if text.encode() != read_limited(repository.root / _CONFIGURATION, _LIMIT):
            writer.write(_CONFIGURATION, text.encode())
    return 0


def _advise(tag: str, catalogs: dict[str, dict[str, str]]) -> None:
    """Say what is left to do for a new locale."""
    if tag not in catalogs:
        click.echo(f"  then: translate our strings in overrides/interface/ to {tag}")
    click.echo(f"  then: put its delivery into locales/{tag}/, and write docs/index.{tag}.md")


def _describe(repository: Repository) -> list[LocaleDescription]:
    """Describe the locales of a repository."""
    text = read_limited(repository.root / _CONFIGURATION, _LIMIT).decode()
    found = find_plugin_options(text, "i18n", _CONFIGURATION).get("languages")
    languages = [item for item in found or [] if isinstance(item, dict)]
    source = read_source_locale(repository)
    tags = [str(language.get("locale", "")) for language in languages]
    counts = dict.fromkeys(tags, 0)
    for path in list_files(repository.docs):
        stem, dot, ending = path.rpartition(".")
        if ending == "md" and dot and "/" in path and "/includes/" not in f"/{path}":
            suffix = stem.rpartition("/")[2].rpartition(".")[2]
            tag = suffix if suffix in counts else source
            counts[tag] = counts.get(tag, 0) + 1
    interfaces = _list_interfaces()
    themes = {tag: choose_theme_language(tag, interfaces.__contains__) for tag in tags}
    return describe_locales(languages, _read_catalogs(repository), counts, source, themes)


def _list_interfaces() -> frozenset[str]:
    """List the languages of the theme's interface, wherever it is installed."""
    spec = find_spec("material")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return frozenset(
        path.removesuffix(".html")
        for folder in folders
        for path in list_files(Path(folder, "templates/partials/languages"))
    )


def _read_catalogs(repository: Repository) -> dict[str, dict[str, str]]:
    """Read our interface strings."""
    catalogs: dict[str, dict[str, str]] = {}
    folder = repository.root / "overrides/interface"
    for path in sorted(list_files(folder)):
        values = yaml.safe_load(read_limited(folder / path, _LIMIT))
        for tag, strings in (values or {}).items():
            catalogs.setdefault(tag, {}).update(strings)
    return catalogs


def _print(described: list[LocaleDescription]) -> None:
    """Print the locales as a table."""
    rows = [_HEADINGS]
    for item in described:
        strings = f"{item.missing_strings} missing" if item.missing_strings else "complete"
        name = item.name + (" (source)" if item.is_source else "")
        rows.append(
            (
                item.tag,
                name,
                item.theme_language,
                item.script,
                item.direction,
                strings,
                f"{item.articles:,}",
            )
        )
    widths = [max(_measure(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    for row in rows:
        cells = [
            cell + " " * (width - _measure(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        click.echo("  ".join(cells).rstrip())


def _measure(text: str) -> int:
    """Give the columns that a text takes on a terminal: Chinese characters take two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
