"""Projects to build: the same content for all contestants, made by ``hexapla sync``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.deliveries import lay_out, write
from benchmarks.locales import SOURCE, choose_tags
from hexapla.locale_settings import find_own_name

ROOT = Path(__file__).resolve().parent.parent
"""Our repository: its configuration and theme are what is measured."""

HEXAPLA = (sys.executable, "-m", "hexapla")

ENVIRONMENT = {"PYTHONPATH": str(ROOT / "scripts"), "NO_MKDOCS_2_WARNING": "true"}

SETTLED = 2.5
"""Seconds until the file index trusts what was just written (see hexapla.file_index)."""

HOME = """\
---
template: home.html
hide:
  - navigation
  - toc
---
# How can we help?

Search for what you want to do, or choose a topic.
"""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with deliveries, docs/ and the contestants' configurations."""

    root: Path
    """The folder."""
    tags: tuple[str, ...]
    """Its target locales."""
    description: str = ""
    """What the content is."""

    @property
    def docs(self) -> Path:
        """The folder that all contestants build."""
        return self.root / "docs"

    def list_pages(self, tag: str = "") -> list[Path]:
        """List the articles of all locales, or of one."""
        name = "index*.md" if not tag else name_page(tag)
        return sorted(
            path
            for path in self.docs.rglob(name)
            if path.parent != self.docs and "includes" not in path.parts
        )


def name_page(tag: str) -> str:
    """Name a locale's page in a bundle."""
    return "index.md" if tag == SOURCE else f"index.{tag}.md"


def prepare_project(root: Path, topics: int, locales: int) -> Project:
    """Make a project of deliveries, and bring its docs/ up to date with them."""
    tags = choose_tags(locales)
    (root / "locales").mkdir(parents=True)
    description = lay_out(root / "locales", topics, tags)
    project = Project(root, tags, description)
    settle_project(project)
    return project


def settle_project(project: Project) -> None:
    """Write the configuration, run sync, and give every locale a home page."""
    shutil.copytree(ROOT / "overrides", project.root / "overrides", dirs_exist_ok=True)
    modules = project.root / "node_modules"  # the search's code for the browser
    if not modules.is_symlink():
        modules.symlink_to(ROOT / "node_modules")
    configuration = write_configuration((SOURCE, *project.tags))
    (project.root / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    run_sync(project)
    for tag in (SOURCE, *project.tags):
        write(project.docs / name_page(tag), HOME.encode())


def run_sync(project: Project) -> None:
    """Bring docs/ up to date; what was just written has settled then."""
    run(project, *HEXAPLA, "sync", "--fail-on", "never")
    time.sleep(SETTLED)


def run(project: Project, *command: str) -> None:
    """Run a command that is not measured.

    Raises:
        RuntimeError: It failed; the message has what it printed.
    """
    result = subprocess.run(
        command,
        cwd=project.root,
        env=os.environ | ENVIRONMENT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode:
        raise RuntimeError(f"{command} ended with {result.returncode}:\n{result.stdout}")


def write_configuration(tags: Iterable[str]) -> str:
    """Write our own mkdocs.yml for other locales, and without the products of its articles."""
    tree = compose((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    for plugin in find(tree, "plugins").value:
        if isinstance(plugin, yaml.MappingNode):
            name, options = plugin.value[0]
            if name.value == "i18n":
                put(options, "languages", list_languages(tags))
            if name.value == "hexapla":
                drop(options, "products")
    return serialize(tree)


def list_languages(tags: Iterable[str]) -> list[dict[str, object]]:
    """List locales as the plugin i18n wants them."""
    return [
        {"locale": tag, "name": find_own_name(tag), **({"default": True} if tag == SOURCE else {})}
        for tag in tags
    ]


def compose(text: str) -> yaml.MappingNode:
    """Read a configuration without asking what its tags mean."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)
    return node


def serialize(tree: yaml.MappingNode) -> str:
    """Write a configuration with the tags it had."""
    return str(yaml.serialize(tree, allow_unicode=True))


def find(tree: yaml.MappingNode, key: str) -> yaml.Node:
    """Find what stands under a key."""
    found: yaml.Node = next(value for name, value in tree.value if name.value == key)
    return found


def put(tree: yaml.MappingNode, key: str, value: object) -> None:
    """Put a value under a key."""
    drop(tree, key)
    node = yaml.compose(yaml.safe_dump(value, allow_unicode=True), Loader=yaml.SafeLoader)
    tree.value.append((yaml.ScalarNode("tag:yaml.org,2002:str", key), node))


def drop(tree: yaml.MappingNode, *keys: str) -> None:
    """Remove keys."""
    tree.value = [(name, value) for name, value in tree.value if name.value not in keys]
