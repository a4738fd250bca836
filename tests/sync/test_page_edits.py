"""What is known of writers' edits: the locks say which pages are not as they were delivered."""

from __future__ import annotations

import json
from pathlib import Path

from hexapla.delivered_topics import find_topics
from hexapla.page_edits import read_bases, read_edits
from hexapla.storage import find_repository
from tests.support.trees import Tree, deliver, write_source

SOURCE = write_source("Share", "Open **Files**.", "Close it.")
PAGE = "docs/help/share/index.sv-SE.md"


def read_status(tree: Tree) -> dict[str, int]:
    locales = json.loads(tree.run("status", "--format", "json").output)["locales"]
    found: dict[str, int] = next(row for row in locales if row["locale"] == "sv-SE")
    return found


def test_an_edited_page_is_known_and_counted(tmp_path: Path) -> None:
    tree = Tree(tmp_path, {"locales/sv-SE/help/share.md": deliver(SOURCE, "sv-SE")})
    assert (read_status(tree)["edited"], read_status(tree)["units_edited"]) == (0, 0)
    tree.sync()
    repository = find_repository(tree.root)
    topic = find_topics(repository, "en-US")["help/share"]
    bases = read_bases(repository, "en-US")
    assert PAGE.removeprefix("docs/") in bases
    page = PAGE.removeprefix("docs/")
    assert read_bases(repository, "en-US", [topic]) == {page: bases[page]}
    assert read_bases(repository, "en-US", []) == {}
    assert read_edits(repository, topic, bases, "en-US") == {}
    assert (read_status(tree)["edited"], read_status(tree)["units_edited"]) == (0, 0)
    tree.write({PAGE: tree.read(PAGE).replace("Close it.", "Stäng den.")})
    assert list(read_edits(repository, topic, bases, "en-US")) == ["sv-SE"]
    assert (read_status(tree)["edited"], read_status(tree)["units_edited"]) == (1, 1)
    assert read_status(tree)["units_current"] == read_status(tree)["units"] == 3
    tree.remove(PAGE)
    assert (read_status(tree)["edited"], read_status(tree)["units_edited"]) == (0, 0)


def test_a_damaged_lock_tells_nothing(tmp_path: Path) -> None:
    tree = Tree(tmp_path, {"locales/sv-SE.lock": "no lock"})
    assert read_bases(find_repository(tree.root), "en-US") == {}
