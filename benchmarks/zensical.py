"""Zensical: it has no locales, so each gets a project with a copy of its part of docs/."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from benchmarks.deliveries import write
from benchmarks.jinja import make_dialect
from benchmarks.locales import SOURCE
from benchmarks.probe import read_strings, render_page
from benchmarks.projects import Project, name_page
from benchmarks.shell import make_shell
from benchmarks.stock import EXTENSIONS, FEATURES
from hexapla.interface_language import get_direction


def list_projects(project: Project) -> list[Path]:
    """List the configurations, the source's first."""
    return [_find_root(project, tag) / "mkdocs.yml" for tag in (SOURCE, *project.tags)]


def prepare_zensical(project: Project) -> None:
    """Write a project per locale into the folder zensical/."""
    page, assets = render_page(project)
    strings = read_strings()[SOURCE]
    for tag in (SOURCE, *project.tags):
        root = _find_root(project, tag)
        home = "/" if tag == SOURCE else f"/{tag}/"
        shell = make_shell(page, strings, make_dialect(project, tag, get_direction(tag), home))
        for name in ("main.html", "home.html"):
            layout = f"{shell.before}{{{{ page.content }}}}{shell.article}"
            write(root / "theme" / name, layout.encode())
        configuration = {
            "site_name": "Help",
            "theme": {
                "name": "material",
                "variant": "classic",
                "language": "en",
                "font": False,
                "features": FEATURES,
                "custom_dir": "theme",
            },
            "nav": ["index.md"],
            "plugins": ["search"],
            "markdown_extensions": [*EXTENSIONS, {"toc": {"permalink": True}}, "pymdownx.highlight",
                                    "pymdownx.inlinehilite", "pymdownx.superfences"],
        }  # fmt: skip
        text = yaml.safe_dump(configuration, allow_unicode=True, sort_keys=False)
        write(root / "mkdocs.yml", text.encode())
    shutil.copytree(
        assets / "hexapla",
        _find_root(project, SOURCE) / "docs/assets/hexapla",
        ignore=shutil.ignore_patterns("originals"),
        dirs_exist_ok=True,
    )
    refresh_zensical(project)


def refresh_zensical(project: Project) -> None:
    """Copy the pages that have changed."""
    for tag in (SOURCE, *project.tags):
        docs = _find_root(project, tag) / "docs"
        home = project.docs / name_page(tag)
        for page in (home, *project.list_pages(tag)):
            target = docs / page.parent.relative_to(project.docs) / "index.md"
            if not target.exists() or target.stat().st_mtime_ns != page.stat().st_mtime_ns:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(page, target)


def _find_root(project: Project, tag: str) -> Path:
    return project.root / "zensical" / f"project-{tag}"
