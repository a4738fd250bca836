"""Lone pages: those of each locale that no article stands behind: its 404, search and status."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, format_percent
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from hexapla.errors import HexaplaError
from hexapla.figures import Matrix, Surveyed, choose_products, count_topics
from hexapla.heat_map import Drawing, draw_heat_map
from hexapla.interface_language import get_direction
from hexapla.mkdocs_adapter.parts import Part
from hexapla.products import Product, read_products
from hexapla.state import read_state
from hexapla.storage import Repository, has_folder
from hexapla.surveying import survey_topics
from hexapla.surveying_history import survey_history
from hexapla.trend import Trend
from hexapla.trend_plot import PlotDrawing, draw_trend
from hexapla.wording import write_day

log = logging.getLogger("mkdocs.plugins.hexapla")

MISSING = "404.html"
RESULTS = "search"
STATUS = "status"
COUNTS = ("current", "outdated", "unknown", "missing", "machine", "human")
"""The columns of the table, after the number of topics."""


class LonePagesPart(Part):
    """The page for missing addresses, the results page and the status page of each locale."""

    topics: list[Surveyed]
    products: tuple[Product, ...]
    product_of: dict[str, str]
    matrix: Matrix | None = None
    signatures: object = None
    trend: Trend = Trend()
    is_given = False
    """Whether the topics are told, and need not be counted."""

    def start(self, config: MkDocsConfig) -> None:
        """Count the topics, once for all locales and only when deliveries have changed."""
        if self.plugin.is_source and not self.is_given:
            self.survey(Repository(Path(config.docs_dir).parent))
        config.extra["hexapla"]["has_status"] = bool(self.topics or self.matrix)

    def give(self, topics: list[Surveyed], trend: Trend) -> None:
        """Take over how the translations stand, and how they stood."""
        self.topics, self.trend, self.matrix = topics, trend, None
        configured, _ = read_products(getattr(self.plugin.config, "products", None) or None)
        self.products, self.product_of = choose_products(self.topics, configured)

    def give_matrix(self, matrix: Matrix, products: tuple[Product, ...], trend: Trend) -> None:
        """Take over how the translations stand, counted, and how they stood."""
        self.matrix, self.products, self.trend = matrix, products, trend

    def survey(self, repository: Repository) -> None:
        """Read how the translations stand; without deliveries there is nothing to tell."""
        self.matrix = None
        if not has_folder(repository.locales):
            self.topics = []
            return
        try:
            state = read_state(repository)
            if state.signatures != self.signatures:
                self.topics = survey_topics(repository, state)
                self.signatures = state.signatures
            self.trend = survey_history(repository, self.plugin.source)
        except HexaplaError as error:
            log.warning(f"there is no status page: {error}")
            self.topics = []
            return
        configured, _ = read_products(getattr(self.plugin.config, "products", None) or None)
        self.products, self.product_of = choose_products(self.topics, configured)

    def see_pages(self, files: Files, config: MkDocsConfig) -> None:
        """Remember the locale's files for the pages' context."""
        self.files = files

    def finish(self, config: MkDocsConfig) -> None:
        """Write the locale's pages; the root's 404 is MkDocs' own."""
        root = config.extra["hexapla"]["root"]
        if not self.plugin.is_source:
            base = urlsplit(config.site_url or "/").path
            self.write(MISSING, root + MISSING, base, {"robots": "noindex"}, config)
        if "search" in config.extra["hexapla"]:
            self.write_folder(
                RESULTS, "search.html", {"robots": "noindex", "is_results": True}, config
            )
        if self.topics or self.matrix:
            self.write_folder(STATUS, "status.html", self.describe_status(config), config)

    def write_folder(
        self, folder: str, template: str, values: dict[str, Any], config: MkDocsConfig
    ) -> None:
        """Write a page that every locale has in a folder of this name, unless an article has it."""
        address = f"{config.extra['hexapla']['root']}{folder}/"
        if any(file.url == address for file in self.files.documentation_pages()):
            log.warning(f"an article has the address {address}: there is no page {template}")
            return
        places = {
            language.locale: SimpleNamespace(
                locale=language.locale,
                src_uri="",
                url=("" if language.locale == self.plugin.source else f"{language.locale}/")
                + f"{folder}/",
            )
            for language in self.plugin.i18n.config.languages
        }
        switcher = self.plugin.list_locales(places)  # type: ignore[arg-type]
        base = get_relative_url(".", address)
        self.write(template, f"{address}index.html", base, values | {"switcher": switcher}, config)

    def write(
        self, template: str, name: str, base: str, values: dict[str, Any], config: MkDocsConfig
    ) -> None:
        """Write a page from a template, as MkDocs does for its own."""
        environment = config.theme.get_env()
        found = environment.get_template(template)
        context: Any = get_context(self.plugin.nav, self.files, config, base_url=base)
        context = config.plugins.on_template_context(context, template_name=name, config=config)
        context.update(values)
        output = config.plugins.on_post_template(
            found.render(context), template_name=name, config=config
        )
        self.plugin.write(name, output.encode())

    def describe_status(self, config: MkDocsConfig) -> dict[str, Any]:
        """Give the status page its figures, as readers of the locale write numbers."""
        languages = {item.locale: item.name for item in self.plugin.i18n.config.languages}
        source = self.plugin.source
        if self.matrix is None:
            rows = [locale for locale in languages if locale != source]
            self.matrix = count_topics(self.topics, self.product_of, rows)
        matrix, strings = self.matrix, self.plugin.get_strings(self.plugin.locale)
        number = find_number_locale(self.plugin.locale)
        known = {product.identifier: product for product in self.products}
        names = {
            identifier: known[identifier].find_name(self.plugin.locale, source)
            if identifier in known
            else (strings["status.other"], "")
            for identifier in matrix.products
        }
        drawing = Drawing(
            strings["status.chart"],
            strings["status.legend"],
            {identifier: name for identifier, (name, _) in names.items()},
            strings["status.all"],
            lambda share: str(format_percent(share, locale=number)),
            is_mirrored=strings["direction"] == "rtl",
        )
        return {
            "robots": "noindex",
            "title": strings["status.title"],
            "heat_map": draw_heat_map(matrix, drawing),
            "trend": self.trend,
            "trend_plot": self.draw_trend(strings, drawing) if self.trend.points else "",
            "matrix": matrix,
            "counts": COUNTS,
            "products": names,
            "languages": {
                locale: (languages.get(locale, locale), get_direction(locale))
                for locale in matrix.locales
            },
            "write_number": lambda value: format_decimal(value, locale=number),
            "write_share": lambda value: format_percent(value, locale=number),
            "write_day": lambda day: write_day(day, self.plugin.locale),
        }

    def draw_trend(self, strings: Mapping[str, str], drawing: Drawing) -> str:
        """Draw how the translations stood over time."""
        plot = PlotDrawing(
            strings["status.trend"],
            strings["status.trend_text"],
            drawing.percent,
            lambda day: write_day(day, self.plugin.locale),
            is_mirrored=drawing.is_mirrored,
        )
        return draw_trend(self.trend, plot)


def find_number_locale(tag: str) -> Locale:
    """Give the locale whose way of writing numbers is used: the language's where CLDR has no more.

    Args:
        tag: A BCP 47 tag.
    """
    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("_".join(parts))
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")
