"""`hexapla build`: the pages of a stock build, and only those rendered that have changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hexapla.building import changes
from hexapla.mkdocs_adapter.building import fact_finding
from tests.building.projects import ROOT, build, build_anew, differ, read_site
from tests.support.trees import Tree

ARTICLE = "docs/help/files/share-a-folder/index.sv-SE.md"


def edit(tree: Tree, path: str, old: str, new: str) -> None:
    text = tree.read(path)
    assert old in text
    tree.write({path: text.replace(old, new)})


def test_every_file_of_the_sample_is_that_of_a_stock_build(tmp_path: Path) -> None:
    tree = Tree.__new__(Tree)
    tree.root = tmp_path / "ours"
    tree.root.mkdir()
    for name in ("docs", "locales", "overrides"):
        shutil.copytree(ROOT / name, tree.root / name)
    shutil.copy(ROOT / "mkdocs.yml", tree.root)
    (tree.root / "node_modules").symlink_to(ROOT / "node_modules")
    options = ["--site-dir", str(tmp_path / "stock")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    stock = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "--quiet", "build", *options],
        cwd=tree.root,  # the same history: none
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    done = tree.run("build")
    assert done.code == 0, done
    assert stock.wait(120) == 0
    expected = Tree.__new__(Tree)
    expected.root = tmp_path
    found = {path.removeprefix("stock/"): d for path, d in expected.snapshot("stock").items()}
    assert len(found) > 250
    assert differ(read_site(tree), found) == []


def test_a_large_site_is_looked_at_before_its_processes_are_forked(
    project: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_FEW", 0)
    monkeypatch.setattr(fact_finding, "_FEW", 1)
    edit(project, "mkdocs.yml", "site_name: ", "site_name: Other ")
    build(project, "--jobs", "2")
    assert b"Other" in read_site(project)["index.html"]
    assert differ(read_site(project), build_anew(project, project.root.parent / "fresh")) == []


def test_nothing_changed(project: Tree) -> None:
    build(project)  # the copy's files are new to the build: it reads them once
    before = project.stamp("site", ".hexapla")
    assert "nothing has changed" in build(project)
    assert project.stamp("site", ".hexapla").keys() == before.keys()
    changed = {p for p, stamp in project.stamp("site", ".hexapla").items() if before[p] != stamp}
    aged = (".hexapla/build/inputs/", ".hexapla/build/outputs/")  # what was too young to be trusted
    assert {path for path in changed if not path.startswith(aged)} <= {".hexapla/build.lock"}


def test_an_edited_article_is_the_only_page_rendered(project: Tree) -> None:
    before = read_site(project)
    project.write({ARTICLE: project.read(ARTICLE) + "\nEn mening till.\n"})
    output = build(project)
    assert "        1  text, metadata or deliveries\n" in output
    assert "1 rendered" in output
    after = read_site(project)
    page = "sv-SE/help/files/share-a-folder/index.html"
    changed = [path for path in differ(after, before) if path.endswith(".html")]
    assert changed == [page]
    assert b"En mening till." in after[page]


def test_a_new_title_shows_where_others_show_it(project: Tree, tmp_path: Path) -> None:
    heading = next(line for line in project.read(ARTICLE).splitlines() if line.startswith("# "))
    edit(project, ARTICLE, heading, "# Ett helt annat namn")
    output = build(project)
    assert "what it shows of other pages" in output
    assert differ(read_site(project), build_anew(project, tmp_path / "fresh")) == []


def test_a_repository_that_was_copied_has_files_of_its_own(project: Tree) -> None:
    style = "assets/hexapla/article.css"
    project.write({f"overrides/{style}": "a { color: red }\n"})
    build(project)
    assert read_site(project)[style] == b"a { color: red }\n"


def test_one_worker_makes_what_many_do(built: Tree, project: Tree) -> None:
    build(project, "--clean", "--jobs", "1")
    assert differ(read_site(project), read_site(built)) == []


def test_one_locale_only(project: Tree, tmp_path: Path) -> None:
    before = read_site(project)
    source = "docs/help/files/share-a-folder/index.md"
    for path in (ARTICLE, source):
        project.write({path: project.read(path) + "\nOne more.\n"})
    build(project, "--locale", "sv-SE")
    changed = [path for path in differ(read_site(project), before) if path.endswith(".html")]
    assert changed == ["sv-SE/help/files/share-a-folder/index.html"]
    build(project)
    assert differ(read_site(project), build_anew(project, tmp_path / "fresh")) == []


def test_an_unknown_locale(project: Tree) -> None:
    assert build(project, "--locale", "xx-XX", code=2) == (
        "hexapla: mkdocs.yml: xx-XX is no locale of the site\n  hint: it has en-US, sv-SE, ar-SA\n"
    )


def test_a_removed_topic_leaves_nothing_behind(project: Tree) -> None:
    project.remove("docs/help/files/share-a-folder")
    output = build(project)
    assert " removed " in output
    assert not [path for path in read_site(project) if "/share-a-folder/" in path]


def test_what_is_not_the_sites_is_removed_but_not_hidden_files(project: Tree) -> None:
    project.write({"site/left/over.html": "old", "site/.nojekyll": "", "site/.git/HEAD": "ref"})
    build(project)
    site = read_site(project)
    assert "left/over.html" not in site
    assert {".nojekyll", ".git/HEAD"} <= site.keys()


def test_a_page_changed_in_the_site_is_made_again(built: Tree, project: Tree) -> None:
    project.write({"site/sv-SE/help/files/share-a-folder/index.html": "changed"})
    project.remove("site/help/files/share-a-folder/index.html")
    assert "        2  missing or damaged in the site\n" in build(project)
    assert differ(read_site(project), read_site(built)) == []


def test_warnings_are_told_again_and_count_in_a_strict_build(project: Tree) -> None:
    edit(project, "mkdocs.yml", "    not_found: info\n", "    not_found: warn\n")
    for options in (["--strict"], ["--strict", "--jobs", "1"]):
        outcome = project.run("build", *options)
        assert outcome.code == 1
        assert "icon-warning.png' is not found" in outcome.errors
    assert project.run("build").code == 0


def test_errors_name_the_page_and_leave_the_site_as_it_was(project: Tree) -> None:
    before = read_site(project)
    project.write({ARTICLE: b"# Inte UTF-8: \xff\xfe\n"})
    errors = build(project, code=2)
    assert errors.startswith(f"hexapla: {ARTICLE}: the page cannot be rendered: ")
    assert differ(read_site(project), before) == []


def test_a_wrong_configuration_is_told_whole(project: Tree) -> None:
    text = project.read("mkdocs.yml")
    project.write({"mkdocs.yml": text.replace("topics_per_page: 50", "topics_per_page: 0")})
    assert "topics_per_page: 0 is not a whole number" in build(project, code=2)
    project.write({"mkdocs.yml": text + "\nuse_directory_urls: 3\nno_such_setting: [\n"})
    assert build(project, code=2).startswith("hexapla: mkdocs.yml")
    project.write({"mkdocs.yml": text})
    build(project)


@pytest.mark.parametrize("name", ["mkdocs.yml", "hook.py"])
def test_what_is_inherited_or_hooked_counts(project: Tree, name: str) -> None:
    text = project.read("mkdocs.yml")
    if name == "hook.py":
        hook = "def on_page_markdown(markdown, **rest):\n    return markdown + '\\n{}\\n'\n"
        project.write({"mkdocs.yml": text + "\nhooks: [hook.py]\n", name: hook.format("One.")})
        build(project)
        project.write({name: hook.format("Another.")})
    else:
        project.write({"base.yml": text.replace("Help articles, each", "One")})
        project.write({name: "INHERIT: base.yml\n"})
        build(project)
        project.write({"base.yml": text.replace("Help articles, each", "Two")})
    # In a process of its own: MkDocs loads a hook once.
    assert project.call("build").code == 0
    word = b"Another." if name == "hook.py" else b"Two"
    page = "help/files/share-a-folder/index.html" if name == "hook.py" else "index.html"
    assert word in read_site(project)[page]


def test_timings(project: Tree) -> None:
    project.write({ARTICLE: project.read(ARTICLE) + "\nMer.\n"})
    output = build(project, "--timings")
    assert "  Markdown\n" in output
    assert "  templates\n" in output
