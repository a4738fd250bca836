"""A small project in three locales, made from the project's own sample content."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.support.trees import MKDOCS, Tree

ROOT = Path(__file__).parents[2]

LEFT_OUT = ("nb-NO", "nl-NL", "ja-JP", "sr-Latn-RS")
"""Locales of the sample that these tests can do without."""

PARTS = ("help/files", "help/mail", "help/includes", "help/TOC.yml", "includes")
"""What of the docset they use."""

NOT_THE_SITE = ("site", ".hexapla")


def make_project(folder: Path) -> Tree:
    """Make the project, its site not yet built."""
    tree = Tree(folder, {"mkdocs.yml": cut_configuration()})
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    for path in sorted((ROOT / "docs").rglob("*")):
        name = path.relative_to(ROOT / "docs").as_posix()
        if path.is_file() and is_used(name) and not any(tag in name for tag in LEFT_OUT):
            copy(path, folder / "docs" / name)
    for locale in ("sv-SE", "sv-SE.monolingual", "ar-SA"):
        for path in sorted((ROOT / "locales" / locale).rglob("*")):
            name = path.relative_to(ROOT / "locales" / locale).as_posix()
            if path.is_file() and (is_used(name) or name.startswith(".openpublishing")):
                copy(path, folder / "locales" / locale / name)
    return tree


def cut_configuration() -> str:
    """Give the project's own mkdocs.yml, in three locales."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for tag in LEFT_OUT:
        text, count = re.subn(rf"        - locale: {tag}\n(?:          .*\n)+", "", text)
        assert count == 1
    assert text != MKDOCS
    return text


def is_used(name: str) -> bool:
    """Say whether a file of the docset is used."""
    return "/" not in name or name.startswith(PARTS)


def copy(source: Path, target: Path) -> None:
    """Copy a file, its folders made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def copy_project(tree: Tree, folder: Path, *, with_site: bool) -> Tree:
    """Copy a project, with or without what was built."""
    ignored = () if with_site else NOT_THE_SITE
    shutil.copytree(
        tree.root,
        folder,
        symlinks=True,
        ignore=lambda where, names: ignored if Path(where) == tree.root else (),
    )
    copied = Tree.__new__(Tree)
    copied.root = folder
    return copied


def build(tree: Tree, *options: str, code: int = 0) -> str:
    """Build, see that it ends with a code, and give what it printed."""
    outcome = tree.run("build", *options)
    assert outcome.code == code, outcome
    return outcome.output if code in {0, 1} else outcome.errors


def read_site(tree: Tree) -> dict[str, bytes]:
    """Give the files of the site."""
    return {p.removeprefix("site/"): data for p, data in tree.snapshot("site").items()}


def build_anew(tree: Tree, folder: Path) -> dict[str, bytes]:
    """Give the site that a first build makes of the same content."""
    fresh = copy_project(tree, folder, with_site=False)
    build(fresh)
    site = read_site(fresh)
    shutil.rmtree(folder)
    return site


def differ(found: dict[str, bytes], expected: dict[str, bytes]) -> list[str]:
    """List the files in which two sites differ: a short answer where all of them would be long."""
    return sorted(
        path for path in found.keys() | expected.keys() if found.get(path) != expected.get(path)
    )
