"""A repository for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.trees import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """An empty repository."""
    return Tree(tmp_path / "repository")
