"""A small fixed repository, and snapshots of what commands print about it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.trees import Outcome, Tree, deliver, write_source

SNAPSHOTS = Path(__file__).parent / "snapshots"
REFRESH = "HEXAPLA_REFRESH_SNAPSHOTS"
"""Set it to write the snapshots anew: then look at what git says has changed."""

SHARE = write_source("Share a folder", "Open **Files**.", "Select *Share*.")
SHARE_EARLIER = write_source("Share a folder", "Open **Files**.", "Select *Send*.")
START = write_source("Start", "Welcome.")
BROKEN = (
    "---\ntitle: 'Trasig\n---\n# Trasig\n\n"
    '<span data-ttu-id="0a1b2-102">Ingen källa</span>\n\n[ut](../../../ut.md)\n'
)

FILES: dict[str, str | bytes] = {
    "locales/sv-SE/help/files/share.md": deliver(SHARE, "sv-SE"),
    "locales/nb-NO/help/files/share.md": deliver(
        SHARE_EARLIER, "nb-NO", date="01/15/2020", number=2
    ),
    "locales/ar-SA.monolingual/help/files/share.md": deliver(
        SHARE, "ar-SA", units=False, number=3, into=lambda text: f"\u200f{text} (ع)"
    ),
    "locales/sv-SE/help/start.md": deliver(START, "sv-SE", number=4),
    "locales/sv-SE/help/broken.md": BROKEN,
    "locales/sv-SE/help/empty.md": "",
    "locales/sv-SE/help/media/a.png": b"picture",
    "locales/nb-NO.loose/003.txt": deliver(START, "nb-NO", number=5),
    "locales/xx-YY/help/start.md": "",
}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """The repository, not synced yet."""
    return Tree(tmp_path / "repository", FILES)


@pytest.fixture
def synced(tree: Tree) -> Tree:
    """The repository, synced."""
    tree.run("sync")
    return tree


@pytest.fixture
def match(tree: Tree) -> Callable[[str, Outcome], None]:
    """Compare what a command has printed with its snapshot."""

    def compare(name: str, outcome: Outcome) -> None:
        text = f"{outcome.output}--- errors\n{outcome.errors}--- exit code {outcome.code}\n"
        text = text.replace(str(tree.root), "<repository>")
        text = text.replace(str(tree.root.parent), "<folder>")
        assert "\x1b" not in text  # output is piped: no colours
        path = SNAPSHOTS / f"{name}.txt"
        if os.environ.get(REFRESH):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"there is no snapshot yet: {REFRESH}=1 writes it"
        assert text == path.read_text(encoding="utf-8")

    return compare
