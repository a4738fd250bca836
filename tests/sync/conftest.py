"""A repository for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.trees import Tree, deliver
from tests.sync.shared import NORWEGIAN, SHARE, SWEDISH


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """An empty repository."""
    return Tree(tmp_path / "repository")


@pytest.fixture
def share(tree: Tree) -> Tree:
    """One topic in two locales, synced."""
    tree.write({SWEDISH: deliver(SHARE, "sv-SE"), NORWEGIAN: deliver(SHARE, "nb-NO")})
    tree.sync()
    return tree
