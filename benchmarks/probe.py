"""The page that the others' layouts are made from: one of ours, from a few of the topics."""

from __future__ import annotations

import re
import shutil
import sys
from functools import cache
from pathlib import Path

import yaml

from benchmarks.deliveries import write
from benchmarks.projects import ROOT, Project, run, settle_project
from benchmarks.shell import MARK

TOPICS = 40


@cache
def read_strings() -> dict[str, dict[str, str]]:
    """Read our interface strings of all locales."""
    catalogs: dict[str, dict[str, str]] = {}
    for path in sorted((ROOT / "overrides/interface").glob("*.yml")):
        for locale, strings in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            catalogs.setdefault(locale, {}).update(strings)
    return catalogs


@cache
def render_page(project: Project) -> tuple[str, Path]:
    """Render some topics of a project, in its first target, with stock MkDocs and our plugin.

    Returns:
        An article with ``MARK`` in it, and the folder of the site's assets.

    Raises:
        RuntimeError: No page has all that a layout needs.
    """
    root = project.root / "probe"
    shutil.rmtree(root, ignore_errors=True)
    tag = project.tags[0]
    pages = project.list_pages(tag)
    for page in pages[:: max(1, len(pages) // TOPICS)]:
        path = f"locales/{tag}/{page.parent.relative_to(project.docs)}.md"
        if (project.root / path).is_file():
            write(root / path, (project.root / path).read_bytes())
    probe = Project(root, (tag,))
    settle_project(probe)
    for page in probe.list_pages(tag):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"(?m)^(# .*)$", rf"\1\n\n{MARK}", text, count=1), encoding="utf-8")
    run(probe, sys.executable, "-m", "mkdocs", "build", "-q")
    needed = (f"<p>{MARK}</p>", 'id="hexapla-related"', "hexapla-original-tools")
    for rendered in sorted((root / "site" / tag).rglob("index.html")):
        text = rendered.read_text(encoding="utf-8")
        if all(part in text for part in needed):
            return text, root / "site/assets"
    raise RuntimeError(f"no page of {root} has all that a layout needs")
