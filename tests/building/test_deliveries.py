"""What deliveries say of pages, from sync to sync, shows in the site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hexapla.mkdocs_adapter.building import counting, restating
from hexapla.mkdocs_adapter.building.running import Build
from hexapla.status_table import COUNTS, UNITS
from tests.building.projects import ROOT, build, build_anew, differ, read_site
from tests.support.trees import Tree

TOPIC = "help/files/share-a-folder"
OTHER = "help/files/storage-limits"
BANNER = "hexapla-banner--withdrawn"
PAGES = [f"sv-SE/{TOPIC}/index.html"]


def list_marked(site: dict[str, bytes]) -> list[str]:
    pages = {path: data.decode() for path, data in site.items() if path.endswith(".html")}
    return sorted(path for path, text in pages.items() if BANNER in text)


@pytest.fixture
def synced(project: Tree) -> Tree:
    """The project, its locks written, and built again."""
    project.run("sync", "--jobs", "1")  # it has conflicts, of other topics
    build(project, "--jobs", "1")
    return project


def withdraw(tree: Tree, locale: str, topic: str) -> dict[str, bytes]:
    """Take a topic's articles out of a locale's delivery; give them."""
    taken = {
        path: data
        for path, data in tree.snapshot("locales").items()
        if path.startswith(f"locales/{locale}") and path.endswith(f"/{topic}.md")
    }
    tree.remove(*taken)
    return taken


def edit(tree: Tree, topic: str) -> None:
    """Change a sentence of a page that was delivered, and add one."""
    page = f"docs/{topic}/index.sv-SE.md"
    text = tree.read(page)
    edited = " är nu ".join(text.rstrip("\n").rsplit(" är ", 1)) + "\n\nEn mening till.\n"
    tree.write({page: edited})


def read_counts(tree: Tree, locale: str) -> list[int]:
    """Give what the source's status page counts of a locale."""
    page = read_site(tree)["status/index.html"].decode()
    rows = page.split(f'<th scope="rowgroup"><bdi lang="{locale}"')[1:3]
    found = [re.findall(r"<small>(\d+)</small>", row[: row.index("</tr>")]) for row in rows]
    return [int(number) for numbers in found for number in numbers]


def test_an_edit_shows_in_all_status_pages_and_nowhere_else(
    synced: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, counts = read_site(synced), read_counts(synced, "sv-SE")
    assert len(counts) == len(COUNTS) + len(UNITS)
    edit(synced, OTHER)
    monkeypatch.setattr(Build, "build_locale", only("sv-SE", Build.build_locale))
    monkeypatch.delattr(counting, "_count_all")  # only what has changed is counted again
    assert "1  text, metadata or deliveries\n" in build(synced, "--jobs", "1")
    site = read_site(synced)
    changed = {path for path in differ(site, before) if path.endswith("status/index.html")}
    assert changed == {"status/index.html", "sv-SE/status/index.html", "ar-SA/status/index.html"}
    others = [p for p in differ(site, before) if not p.startswith("sv-SE/") and p not in changed]
    assert others == []
    changes = [new - old for new, old in zip(read_counts(synced, "sv-SE"), counts, strict=True)]
    edited = [COUNTS.index("edited"), len(COUNTS) + UNITS.index("edited")]
    assert [index for index, change in enumerate(changes) if change] == edited
    assert all(changes[index] == 1 for index in edited)


HOOK = """
def on_post_template(output, template_name, config):
    return f"{output}<!-- {len(output)} -->"
"""


@pytest.mark.parametrize("has_hook", [False, True])
def test_status_pages_are_those_of_a_first_build(
    synced: Tree, tmp_path: Path, has_hook: bool
) -> None:
    """Whoever looks at whole pages, and whichever locales were built in between."""
    if has_hook:
        configuration = synced.read("mkdocs.yml")
        synced.write({"mkdocs.yml": f"hooks: [hook.py]\n{configuration}", "hook.py": HOOK})
        build(synced)
    edit(synced, OTHER)
    build(synced, "--locale", "sv-SE")
    edit(synced, TOPIC)
    output = build(synced)
    assert "1  text, metadata or deliveries\n" in output
    assert differ(read_site(synced), build_anew(synced, tmp_path / "anew")) == []


def test_a_status_page_that_others_change_meanwhile_is_not_taken(
    synced: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_site(synced)
    edit(synced, OTHER)
    with monkeypatch.context() as patch:
        patch.setattr(restating, "hash_blob", lambda _: "another")
        errors = build(synced, code=2)
    assert "status/index.html: the page was changed while the site was built" in errors
    assert "hint: build again" in errors
    assert read_site(synced)["status/index.html"] == before["status/index.html"]
    build(synced)
    assert read_site(synced)["status/index.html"] != before["status/index.html"]


def only(locale: str, work: Any) -> Any:
    """Make what refuses to set up other locales."""

    def build_locale(found: Build, name: str, tick: Any) -> Any:
        assert name == locale
        return work(found, name, tick)

    return build_locale


def test_a_withdrawn_page_is_marked_until_it_is_delivered_again(synced: Tree) -> None:
    before = read_site(synced)
    assert list_marked(before) == []
    taken = withdraw(synced, "sv-SE", TOPIC)
    synced.run("sync", "--jobs", "1")
    output = build(synced, "--jobs", "1")
    marked = read_site(synced)
    assert list_marked(marked) == PAGES
    assert "Den här artikeln har dragits tillbaka" in marked[PAGES[0]].decode()
    assert "1  text, metadata or deliveries\n" in output
    synced.write(taken)
    synced.run("sync", "--jobs", "1")
    build(synced, "--jobs", "1")
    assert differ(read_site(synced), before) == []


def test_what_deliveries_say_is_as_in_a_stock_build(synced: Tree, tmp_path: Path) -> None:
    withdraw(synced, "sv-SE", TOPIC)
    withdraw(synced, "ar-SA", TOPIC)
    synced.run("sync", "--jobs", "1")
    synced.remove(f"docs/{TOPIC}/index.sv-SE.md")  # its page shows the withdrawn source
    build(synced, "--jobs", "1")
    edit(synced, OTHER)  # the other locales' status pages show it
    build(synced, "--jobs", "1")
    options = ["--quiet", "build", "--site-dir", str(tmp_path / "stock")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    subprocess.run(
        [sys.executable, "-m", "mkdocs", *options],
        cwd=synced.root,
        env=environment,
        capture_output=True,
        check=True,
    )
    stock = Tree.__new__(Tree)
    stock.root = tmp_path
    expected = {p.removeprefix("stock/"): data for p, data in stock.snapshot("stock").items()}
    found = read_site(synced)
    assert list_marked(found) == [f"{root}{TOPIC}/index.html" for root in ("ar-SA/", "", "sv-SE/")]
    assert differ(found, expected) == []


def test_an_edited_page_says_so_whatever_it_is_rendered_for(synced: Tree) -> None:
    edit(synced, TOPIC)
    build(synced, "--jobs", "1")
    before = read_site(synced)[PAGES[0]]
    assert "Delar av den har redigerats av människor." in before.decode()
    synced.write({f"site/{PAGES[0]}": "damaged"})
    assert "missing or damaged in the site" in build(synced, "--jobs", "1")
    assert read_site(synced)[PAGES[0]] == before
