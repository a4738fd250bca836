"""A project that is built once; tests change copies of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.building.projects import build, copy_project, make_project
from tests.support.trees import Tree


@pytest.fixture(scope="session", autouse=True)
def environment() -> None:
    """Let the theme say nothing about MkDocs 2; give the site an address."""
    patch = pytest.MonkeyPatch()
    patch.setenv("NO_MKDOCS_2_WARNING", "true")
    patch.setenv("HEXAPLA_SITE_URL", "https://help.example/help/")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The project with its site. Nothing is changed in it."""
    tree = make_project(tmp_path_factory.mktemp("project") / "repository")
    build(tree, "--jobs", "2")
    return tree


@pytest.fixture
def project(built: Tree, tmp_path: Path) -> Tree:
    """A copy of it."""
    return copy_project(built, tmp_path / "repository", with_site=True)


@pytest.fixture(scope="session")
def make_copy(built: Tree, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Tree]:
    """What makes copies of it, for tests that need many."""
    folder, numbers = tmp_path_factory.mktemp("copies"), count()
    return lambda: copy_project(built, folder / str(next(numbers)), with_site=True)
