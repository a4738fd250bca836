"""What a change to a file means for an open site."""

from __future__ import annotations

import pytest

from hexapla.previewing.effects import Kind, judge_change, name_change

CASES = {
    "docs/help/start/index.md": Kind.PAGE,
    "docs/help/start/index.sv-SE.md": Kind.PAGE,
    "docs/help/includes/note.md": Kind.PAGE,
    "docs/help/start/.meta.yml": Kind.METADATA,
    "docs/help/TOC.yml": Kind.TABLE,
    "docs/help/TOC.sv-SE.yml": Kind.TABLE,
    "docs/help/media/a.png": Kind.ASSET,
    "overrides/main.html": Kind.TEMPLATE,
    "overrides/partials/hexapla/head.html": Kind.TEMPLATE,
    "overrides/assets/hexapla/article.css": Kind.ASSET,
    "overrides/interface/article.yml": Kind.WHOLE,
    "locales/sv-SE/help/start.md": Kind.DELIVERY,
    "mkdocs.yml": Kind.WHOLE,
    "hook-0": Kind.WHOLE,
    # What editors leave for a moment.
    "docs/help/start/.index.md.swp": Kind.NOTHING,
    "docs/help/start/index.md~": Kind.NOTHING,
    "docs/help/start/4913": Kind.NOTHING,
    "docs/help/start/.#index.md": Kind.NOTHING,
    "docs/help/start/#index.md#": Kind.NOTHING,
    "": Kind.NOTHING,
}


@pytest.mark.parametrize("name", CASES)
def test_kinds(name: str) -> None:
    assert judge_change(name, ".meta.yml") is CASES[name]


def test_names() -> None:
    roots = {"docs": "/r/docs", "mkdocs.yml": "/r/mkdocs.yml", "overrides": "/r/docs/theme"}
    assert name_change("/r/docs/a/index.md", roots) == "docs/a/index.md"
    assert name_change("/r/docs/theme/main.html", roots) == "overrides/main.html"
    assert name_change("/r/mkdocs.yml", roots) == "mkdocs.yml"
    assert name_change("/r/docsets/index.md", roots) == ""
    assert name_change("/elsewhere", roots) == ""
