"""What mkdocs.yml may say of publishing."""

from __future__ import annotations

from mkdocs.config import config_options as options
from mkdocs.config.base import Config

from hexapla.publishing.robots import DELIVERED


class PublishingOptions(Config):  # type: ignore[no-untyped-call]
    """The option `publishing` of the plugin in mkdocs.yml."""

    robots = options.Type(str, default=DELIVERED)
    """`delivered`: each article's own key counts; else the directives for all pages."""
    machine_translated = options.Choice(("index", "noindex"), default="index")
    """Whether search engines may list machine-translated pages."""
    sitemap_alternates = options.Type(bool, default=True)
    """Whether sitemaps name each page's translations, as the pages' heads do."""
    feed_length = options.Type(int, default=50)
    """Topics in a feed."""
    redirect_hosts = options.ListOfItems(options.Type(str), default=[])
    """Other hosts that delivered redirects may lead to."""
