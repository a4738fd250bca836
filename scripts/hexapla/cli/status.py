"""``hexapla status``: how the translations stand, by locale and product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from hexapla.cli.options import format_option, jobs_option
from hexapla.cli.output import count_nouns, print_json
from hexapla.errors import UsageError
from hexapla.figures import Figures, Matrix, choose_cells, choose_products, count_topics
from hexapla.planning import find_target
from hexapla.products import Product
from hexapla.state import read_state
from hexapla.storage import Repository, find_repository
from hexapla.surveying import read_settings, survey_topics
from hexapla.withdrawing import list_withdrawn
from hexapla.wording import round_share

_BAR = 10
_COLUMNS = ("topics", "current", "outdated", "unknown", "missing", "machine", "human", "edited")
_UNITS = (
    "units",
    "units_current",
    "units_outdated",
    "units_missing",
    "units_unknown",
    "units_edited",
)


@click.command()
@click.option("--locale", "-l", "chosen", multiple=True, help="Only this locale; repeat for more.")
@click.option(
    "--product", "-p", "chosen_products", multiple=True, help="Only this product; repeat for more."
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="End with 1 where less of a locale's topics are up to date.",
)
@jobs_option
@format_option
@click.pass_obj
def status(
    root: Path,
    *,
    chosen: tuple[str, ...],
    chosen_products: tuple[str, ...],
    fail_under: float | None,
    jobs: int | None,
    form: str,
) -> int:
    r"""Show how the translations stand: what is up to date, outdated, missing; by whom.

    In the bars, full is up to date, shaded is outdated or unknown, and dotted is missing. Below
    are topics, then their units: sentences, as a rule. A unit is outdated where its source was
    reworded or is gone, missing where the source has it anew, and edited where a writer has
    changed it since it was delivered. A page is withdrawn where its article is delivered no
    longer; such pages are counted apart.

    \b
    Examples:
      hexapla status
      hexapla status --locale sv-SE --locale ja-JP
      hexapla status --product mail --locale sv-SE
      hexapla status --fail-under 80 --format json
    """
    matrix, names, withdrawn = _count(find_repository(root), chosen, chosen_products, jobs or 0)
    if form == "json":
        print_json(_render(matrix, names, withdrawn))
    else:
        _print(matrix, names)
        _print_withdrawn(withdrawn)
    below = [
        locale
        for locale in matrix.locales
        if fail_under is not None and matrix.totals[locale].share * 100 < fail_under
    ]
    if below and form == "text":
        click.echo(f"\nless than {fail_under:g} % is up to date: {', '.join(below)}", err=True)
    return int(bool(below))


def _count(
    repository: Repository, chosen: Sequence[str], chosen_products: Sequence[str], workers: int
) -> tuple[Matrix, dict[str, str], dict[str, str]]:
    """Count the topics.

    Returns:
        The figures; product → name; and withdrawn page → locale, of those that are chosen.

    Raises:
        UsageError: A chosen locale is neither configured nor delivered, or there is no such
            product.
    """
    state = read_state(repository)
    locales, configured = read_settings(repository)
    topics = survey_topics(repository, state, workers)
    products, product_of = choose_products(topics, configured)
    matrix = count_topics(topics, product_of, locales)
    names = name_products(products, matrix, state.setting.source_locale)
    if unknown := set(chosen).difference(matrix.locales):
        hint = f"there are {', '.join(matrix.locales)}"
        raise UsageError(f"there is no translation to {min(unknown)!r}", hint=hint)
    if unknown := set(chosen_products).difference(matrix.products):
        hint = f"there are {', '.join(matrix.products)}"
        raise UsageError(f"there is no product {min(unknown)!r}", hint=hint)
    withdrawn = {
        page: locale
        for page, locale in list_withdrawn(state.locks, state.present).items()
        if not chosen or locale in chosen
        if not chosen_products or product_of.get(find_target(page)) in chosen_products
    }
    return choose_cells(matrix, chosen, chosen_products), names, withdrawn


def name_products(products: Sequence[Product], matrix: Matrix, locale: str) -> dict[str, str]:
    """Give each product's name for readers of a locale; what has none keeps its id."""
    names = {product.identifier: product.find_name(locale, locale)[0] for product in products}
    return {identifier: names.get(identifier, identifier) for identifier in matrix.products}


def _render(
    matrix: Matrix, names: Mapping[str, str], withdrawn: Mapping[str, str]
) -> dict[str, object]:
    """Give the figures for machines."""
    return {
        "products": [{"id": product, "name": names[product]} for product in matrix.products],
        "locales": [
            {
                "locale": locale,
                **_describe(matrix.totals[locale]),
                "products": {
                    product: _describe(matrix.cells[locale, product]) for product in matrix.products
                },
            }
            for locale in matrix.locales
        ],
        "withdrawn": [
            {"page": f"docs/{page}", "locale": locale} for page, locale in withdrawn.items()
        ],
    }


def _describe(figures: Figures) -> dict[str, object]:
    """Give one cell for machines; shares are rounded, so that they are the same everywhere."""
    return {
        **figures.render_mapping(),
        "share_current": round(figures.share, 4),
        "share_units_current": round(figures.share_of_units, 4),
    }


def _print(matrix: Matrix, names: dict[str, str]) -> None:
    """Print the figures for people: the picture, then the numbers."""
    rows = [["up to date", *(names[product] for product in matrix.products), "all"]]
    for locale in matrix.locales:
        cells = [matrix.cells[locale, product] for product in matrix.products]
        rows.append([locale, *map(draw_bar, [*cells, matrix.totals[locale]])])
    _print_rows(rows)
    for heading, columns in (("locale", _COLUMNS), ("locale", _UNITS)):
        rows = [[heading, *(name.removeprefix("units_") for name in columns)]]
        for locale in matrix.locales:
            counts = matrix.totals[locale].render_mapping()
            rows.append([locale, *(f"{counts[name]:,}" for name in columns)])
        click.echo()
        _print_rows(rows, is_right=True)


def _print_withdrawn(withdrawn: Mapping[str, str]) -> None:
    """Print how many pages have lost their article, by locale."""
    if not withdrawn:
        return
    counts = Counter(withdrawn.values())
    parts = ", ".join(f"{locale} {counts[locale]:,}" for locale in sorted(counts))
    number = count_nouns(len(withdrawn), "page")
    click.echo(f"\n{number} withdrawn ({parts}): hexapla sync --prune removes what nobody edited")


def draw_bar(figures: Figures) -> str:
    """Draw one cell in text: ``██████▒▒·· 62 %``."""
    if not figures.topics:
        return ""
    full = int(figures.share * _BAR)
    dotted = max(int(figures.get_share("missing") * _BAR), int(figures.missing > 0))
    dotted = min(dotted, _BAR - full)
    rest = "▒" if figures.outdated or figures.unknown else "█"
    bar = "█" * full + rest * (_BAR - full - dotted) + "·" * dotted
    return f"{bar} {round_share(figures.share):3d} %"


def _print_rows(rows: Sequence[Sequence[str]], *, is_right: bool = False) -> None:
    """Print rows in columns, the first bold."""
    from rich.cells import cell_len  # noqa: PLC0415 - slow to import

    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        padded = []
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blanks = " " * (width - cell_len(cell))
            padded.append(blanks + cell if is_right and column else cell + blanks)
        click.secho("  ".join(padded).rstrip(), bold=number == 0)
