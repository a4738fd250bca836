"""Status pages: how the translations stand, in the words of each locale's readers.

What a page shows of figures is a text of its own, made without the rest of the page: where nothing
but figures has changed, `hexapla build` puts the new text into the page that is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from hexapla.figures import Matrix, Surveyed, choose_products, count_topics
from hexapla.heat_map import Drawing, draw_heat_map
from hexapla.interface_language import get_direction
from hexapla.products import Product, read_products
from hexapla.status_table import COUNTS, UNITS, Numerals, write_articles, write_units
from hexapla.trend import Trend
from hexapla.trend_plot import PlotDrawing, draw_trend
from hexapla.wording import write_day, write_number, write_share

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter import HexaplaPlugin

TEMPLATE = "partials/hexapla/figures.html"
"""What writes the figures."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the status pages of all locales show."""

    matrix: Matrix
    """How the translations stand."""
    products: tuple[Product, ...]
    """The columns of the picture; their rules are not needed any more."""
    trend: Trend
    """How the translations stood."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around the figures in a page."""

    head: int
    """Bytes before them."""
    tail: int
    """Bytes behind them."""


def make_overview(plugin: HexaplaPlugin, topics: Sequence[Surveyed], trend: Trend) -> Overview:
    """Count topics for the status pages."""
    configured, _ = read_products(getattr(plugin.config, "products", None) or None)
    products, product_of = choose_products(topics, configured)
    languages = [item.locale for item in plugin.i18n.config.languages]
    rows = [locale for locale in languages if locale != plugin.source]
    return Overview(count_topics(topics, product_of, rows), products, trend)


def render_figures(plugin: HexaplaPlugin, environment: Any, overview: Overview, locale: str) -> str:
    """Render what a locale's status page shows of figures."""
    values = describe_figures(plugin, overview, locale)
    return str(environment.get_template(TEMPLATE).render(values))


def describe_figures(plugin: HexaplaPlugin, overview: Overview, locale: str) -> dict[str, Any]:
    """Give the figures to their template, with what writes them as readers of the locale do."""
    strings, matrix = plugin.get_strings(locale), overview.matrix
    languages = {item.locale: item.name for item in plugin.i18n.config.languages}
    products = name_products(overview, strings, locale, plugin.source)
    numerals = Numerals(partial(write_number, tag=locale), partial(write_share, tag=locale))
    drawing = Drawing(
        strings["status.chart"],
        strings["status.legend"],
        {identifier: name for identifier, (name, _) in products.items()},
        strings["status.all"],
        numerals.share,
        is_mirrored=strings["direction"] == "rtl",
    )
    return {
        "strings": strings,
        "heat_map": draw_heat_map(matrix, drawing),
        "trend": overview.trend,
        "trend_plot": _draw_trend(overview.trend, strings, drawing, locale),
        "matrix": matrix,
        "article_headings": [f"status.{name}" for name in COUNTS],
        "sentence_headings": [f"status.sentences_{name}" for name in UNITS],
        "write_articles": partial(write_articles, numerals=numerals),
        "write_sentences": partial(write_units, numerals=numerals),
        "products": products,
        "languages": {
            row: (languages.get(row, row), get_direction(row))
            for row in {*matrix.locales, *overview.trend.locales}
        },
        "write_share": drawing.percent,
        "write_day": partial(write_day, tag=locale),
    }


def name_products(
    overview: Overview, strings: Mapping[str, str], locale: str, source: str
) -> dict[str, tuple[str, str]]:
    """Give each column's name for readers of a locale, and in which locale it is."""
    known = {product.identifier: product for product in overview.products}
    return {
        identifier: known[identifier].find_name(locale, source)
        if identifier in known
        else (strings["status.other"], "")
        for identifier in overview.matrix.products
    }


def _draw_trend(trend: Trend, strings: Mapping[str, str], drawing: Drawing, locale: str) -> str:
    """Draw how the translations stood over time; nothing where that is not known."""
    if not trend.points:
        return ""
    plot = PlotDrawing(
        strings["status.trend"],
        strings["status.trend_text"],
        drawing.percent,
        partial(write_day, tag=locale),
        is_mirrored=drawing.is_mirrored,
    )
    return draw_trend(trend, plot)


def find_frame(page: bytes, figures: bytes) -> Frame | None:
    """Find what is around the figures in a page; None where they are not in it just once."""
    head, found, tail = page.partition(figures)
    if not figures or not found or figures in tail:
        return None
    return Frame(len(head), len(tail))


def replace_figures(page: bytes, frame: Frame, figures: bytes) -> bytes:
    """Put other figures into a page."""
    return page[: frame.head] + figures + page[len(page) - frame.tail :]
