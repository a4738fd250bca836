"""Build the project's own site, and render each page in both ways: `python -m … CONFIG SITE`.

Prints what was counted, as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import Any

from mkdocs.commands import build
from mkdocs.config import load_config

from hexapla.mkdocs_adapter.page_templates import PageTemplates


class BothWays:
    """An environment whose templates are compared with what PageTemplates makes of them."""

    def __init__(self, environment: Any) -> None:
        self.environment = environment
        self.templates = PageTemplates(environment)
        self.pages = 0
        self.unlike: list[str] = []

    def get_template(self, name: str) -> Any:
        """Get what MkDocs calls `render` of."""
        self.name = name
        return self

    def render(self, context: Any) -> str:
        """Render a page in both ways."""
        page = context["page"]
        plain: str = self.environment.get_template(self.name).render(context)
        # Learned, if it was new; and from what is learned.
        texts = {self.templates.render(context, page) for _ in range(2)}
        self.pages += 1
        if texts != {plain}:
            self.unlike.append(page.file.src_uri)
        return plain


def main(config_file: str, site: str) -> None:
    """Build the site."""
    both: dict[int, BothWays] = {}
    build_page: Any = build._build_page

    def build_both(*arguments: Any, excluded: bool = False) -> None:
        *given, environment, dirty = arguments
        if id(environment) not in both:
            both[id(environment)] = BothWays(environment)
        build_page(*given, both[id(environment)], dirty, excluded)

    build._build_page = build_both  # type: ignore[assignment]
    config: Any = load_config(config_file, site_dir=site)
    config.plugins.on_startup(command="build", dirty=False)
    build.build(config)
    counted = [
        {"pages": found.pages, "unlike": found.unlike}
        | dataclasses.asdict(found.templates.renderer.counts)
        for found in both.values()
    ]
    print(json.dumps(counted))


if __name__ == "__main__":
    main(*sys.argv[1:])
