"""Page contexts: what MkDocs tells templates of a page, with addresses worked out once a folder."""

from __future__ import annotations

from collections.abc import Sequence

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime, get_relative_url
from mkdocs.utils.templates import TemplateContext

from hexapla.mkdocs_adapter.page_templates import make_exact
from hexapla.templating.addresses import Addresses


class PageContexts:
    """Makes the contexts of the pages of one locale.

    Args:
        nav: Its navigation.
        documents: Its pages.
        config: The configuration, set up for it.
    """

    def __init__(self, nav: Navigation, documents: Sequence[File], config: MkDocsConfig) -> None:
        self.nav = nav
        self.documents = documents
        self.config = config
        self.addresses = Addresses(make_exact)

    def make(self, page: Page) -> TemplateContext:
        """Make a page's context, as MkDocs' `get_context` does."""
        config = self.config
        see = self.addresses.see_from(page.url)
        return TemplateContext(
            nav=self.nav,
            pages=self.documents,
            base_url="/".join([".."] * see.place.depth) or "."
            if see.place
            else get_relative_url(".", page.url),
            extra_css=[see.again(path) for path in config.extra_css],
            extra_javascript=[see.again(script) for script in config.extra_javascript],
            mkdocs_version=mkdocs.__version__,
            build_date_utc=get_build_datetime(),
            config=config,
            page=page,
        )
