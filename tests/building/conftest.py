"""A project that is built once; tests change copies of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.building.projects import build, copy_project, make_project
from tests.support.trees import Tree


@pytest.fixture(scope="package", autouse=True)
def environment() -> Iterator[None]:
    """Let the theme say nothing about MkDocs 2; give the site an address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "true")
        patch.setenv("HEXAPLA_SITE_URL", "https://help.example/help/")
        yield


@pytest.fixture(scope="package")
def built(environment: None, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The project with its site. Nothing is changed in it."""
    tree = make_project(tmp_path_factory.mktemp("project") / "repository")
    build(tree, "--jobs", "2")
    return tree


@pytest.fixture
def project(built: Tree, tmp_path: Path) -> Tree:
    """A copy of it."""
    return copy_project(built, tmp_path / "repository", with_site=True)


@pytest.fixture(scope="package")
def make_copy(built: Tree, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Tree]:
    """What makes copies of it, for tests that need many."""
    folder, numbers = tmp_path_factory.mktemp("copies"), count()
    return lambda: copy_project(built, folder / str(next(numbers)), with_site=True)
