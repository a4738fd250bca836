"""Lone pages: those of each locale that no article stands behind: its 404, search and status."""

from __future__ import annotations

import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from hexapla.errors import HexaplaError
from hexapla.figures import Surveyed
from hexapla.mkdocs_adapter.parts import Part
from hexapla.mkdocs_adapter.status_pages import (
    Frame,
    Overview,
    find_frame,
    make_overview,
    render_figures,
)
from hexapla.state import read_state
from hexapla.storage import Repository, has_folder
from hexapla.surveying import survey_topics
from hexapla.surveying_history import survey_history

log = logging.getLogger("mkdocs.plugins.hexapla")

MISSING = "404.html"
RESULTS = "search"
STATUS = "status"


class LonePagesPart(Part):
    """The page for missing addresses, the results page and the status page of each locale."""

    overview: Overview | None = None
    """What the status pages show; None where there is nothing to tell."""
    is_given = False
    """Whether that is told, and need not be found out."""
    topics: list[Surveyed]
    signatures: object = None
    environment: Any
    status: tuple[str, Frame | None] | None = None
    """The name of the status page that was written, and what is around its figures."""

    def start(self, config: MkDocsConfig) -> None:
        """Count the topics, once for all locales and only when deliveries have changed."""
        if self.plugin.is_source and not self.is_given:
            self.overview = self.survey(Repository(Path(config.docs_dir).parent))
        config.extra["hexapla"]["has_status"] = self.overview is not None

    def survey(self, repository: Repository) -> Overview | None:
        """Read how the translations stand; without deliveries there is nothing to tell."""
        if not has_folder(repository.locales):
            return None
        try:
            state = read_state(repository)
            if state.signatures != self.signatures:
                self.topics = survey_topics(repository, state)
                self.signatures = state.signatures
            trend = survey_history(repository, self.plugin.source)
        except HexaplaError as error:
            log.warning(f"there is no status page: {error}")
            return None
        return make_overview(self.plugin, self.topics, trend) if self.topics else None

    def prepare_templates(self, environment: Any) -> None:
        """Take the environment that the locale's other pages are rendered in."""
        self.environment = environment

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
        if self.overview is not None:
            self.write_status(self.overview, config)

    def write_status(self, overview: Overview, config: MkDocsConfig) -> None:
        """Write the status page, and say where in it the figures are."""
        locale = self.plugin.locale
        figures = render_figures(self.plugin, self.environment, overview, locale)
        title = self.plugin.get_strings(locale)["status.title"]
        values = {"robots": "noindex", "title": title, "figures": figures}
        written = self.write_folder(STATUS, "status.html", values, config)
        self.status = None
        if written is not None:
            name, data = written
            hooks = config.plugins.events["post_template"]
            # What others do with whole pages may depend on figures anywhere in them.
            is_ours = all(getattr(hook, "__self__", None) is self.plugin for hook in hooks)
            self.status = name, find_frame(data, figures.encode()) if is_ours else None

    def write_folder(
        self, folder: str, template: str, values: dict[str, Any], config: MkDocsConfig
    ) -> tuple[str, bytes] | None:
        """Write a page that every locale has in a folder of this name.

        Returns:
            Its path in the site and its bytes; None where an article has the address.
        """
        address = f"{config.extra['hexapla']['root']}{folder}/"
        if any(file.url == address for file in self.files.documentation_pages()):
            log.warning(f"an article has the address {address}: there is no page {template}")
            return None
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
        name = f"{address}index.html"
        return name, self.write(template, name, base, values | {"switcher": switcher}, config)

    def write(
        self, template: str, name: str, base: str, values: dict[str, Any], config: MkDocsConfig
    ) -> bytes:
        """Write a page from a template, as MkDocs does for its own; give its bytes."""
        found = self.environment.get_template(template)
        context: Any = get_context(self.plugin.nav, self.files, config, base_url=base)
        context = config.plugins.on_template_context(context, template_name=name, config=config)
        context.update(values)
        output = config.plugins.on_post_template(
            found.render(context), template_name=name, config=config
        )
        data = output.encode()
        self.plugin.write(name, data)
        return data
