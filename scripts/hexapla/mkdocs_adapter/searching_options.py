"""The option `search` of the plugin."""

from __future__ import annotations

from mkdocs.config import config_options as options
from mkdocs.config.base import Config

OURS = "hexapla"
MATERIAL = "material"


class SearchOptions(Config):  # type: ignore[no-untyped-call]
    """The option `search` of the plugin in mkdocs.yml."""

    engine = options.Choice((OURS, MATERIAL), default=OURS)
    """Whose index is written: ours, or that of the theme's own search."""
