"""What deliveries say of pages, from sync to sync, shows in the site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building.projects import ROOT, build, differ, read_site
from tests.support.trees import Tree

TOPIC = "help/files/share-a-folder"
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


def test_withdrawn_pages_are_those_of_a_stock_build(synced: Tree, tmp_path: Path) -> None:
    withdraw(synced, "sv-SE", TOPIC)
    withdraw(synced, "ar-SA", TOPIC)
    synced.run("sync", "--jobs", "1")
    synced.remove(f"docs/{TOPIC}/index.sv-SE.md")  # its page shows the withdrawn source
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
    page = f"docs/{TOPIC}/index.sv-SE.md"
    text = synced.read(page)
    edited = text.rstrip("\n").replace(" är ", " är nu ", 1) + "\n\nEn mening till.\n"
    synced.write({page: edited})
    build(synced, "--jobs", "1")
    before = read_site(synced)[PAGES[0]]
    assert "Delar av den har redigerats av människor." in before.decode()
    synced.write({f"site/{PAGES[0]}": "damaged"})
    assert "missing or damaged in the site" in build(synced, "--jobs", "1")
    assert read_site(synced)[PAGES[0]] == before
