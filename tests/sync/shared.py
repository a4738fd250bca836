"""One topic in two locales, and what is done to it."""

from __future__ import annotations

from tests.support.trees import Tree, write_source

SHARE = write_source("Share a folder", "Open Files.", "Select Share.")
SHARE_LATER = write_source("Share a folder", "Open Files.", "Select Send.")
LATER = "10/20/2020"

SWEDISH = "locales/sv-SE/help/share.md"
NORWEGIAN = "locales/nb-NO/help/share.md"
PAGE = "docs/help/share/index.sv-SE.md"
ORIGINAL = "docs/help/share/index.md"
SHARED = "docs/help/share/.meta.yml"


def edit(tree: Tree, path: str, *changes: tuple[str, str]) -> str:
    """Edit a file as a writer does, and give its new text."""
    text = tree.read(path)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    tree.write({path: text})
    return text
