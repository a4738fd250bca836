"""Reading and rendering pages twice: as MkDocs does, with a new instance of Markdown, and as we do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from hexapla.mkdocs_adapter.rendering import Renderer, read_source

STOCK_RENDER = Page.render


def read_configuration(root: Path) -> MkDocsConfig:
    """Read the project's own mkdocs.yml."""
    return load_config(str(root / "mkdocs.yml"))


def make_page(text: str, config: MkDocsConfig, path: str = "help/topic/index.md") -> Page:
    """Make a page, and read it both ways."""
    file = File(path, None, config.site_dir, use_directory_urls=True)
    file.content_string = text
    page = Page(None, file, config)
    page.read_source(config)
    stock = page.markdown, dict(page.meta)
    read_source(page, config)
    assert (page.markdown, dict(page.meta)) == stock
    assert list(page.meta) == list(stock[1])
    return page


def read_result(page: Page) -> dict[str, Any]:
    """Read what rendering has made of a page."""

    def read_item(item: AnchorLink) -> tuple[Any, ...]:
        active = getattr(item, "active", None)
        return item.title, item.id, item.level, active, [read_item(child) for child in item.children]

    links = page.links_to_anchors or {}
    return {
        "content": page.content,
        "toc": [read_item(item) for item in page.toc],
        "title": page.title,
        "anchors": page.present_anchor_ids,
        "links": {file.src_uri: found for file, found in links.items()},
    }


def compare(page: Page, config: MkDocsConfig, files: Files, renderer: Renderer) -> dict[str, Any]:
    """Render a page both ways, and say that they are the same; give the result."""
    STOCK_RENDER(page, config, files)
    stock = read_result(page)
    renderer.render(page, config, files)
    assert read_result(page) == stock
    return stock
