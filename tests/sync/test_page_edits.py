"""What is known of writers' edits: the locks say which pages are not as they were delivered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hexapla.delivered_topics import find_topics
from hexapla.model import Topic
from hexapla.page_edits import LockedPages, read_edits, read_locked_pages
from hexapla.storage import find_repository, hash_blob, read_if_present
from tests.support.trees import Tree, deliver, write_source

SOURCE = write_source("Share", "Open **Files**.", "Close it.")
PAGE = "docs/help/share/index.sv-SE.md"


def read_status(tree: Tree) -> dict[str, int]:
    locales = json.loads(tree.run("status", "--format", "json").output)["locales"]
    found: dict[str, int] = next(row for row in locales if row["locale"] == "sv-SE")
    return found


def read_known(tree: Tree, topic: Topic, bases: Mapping[str, str]) -> list[str]:
    """Give the locales whose page is edited, where the blob ids of pages are known."""
    repository = find_repository(tree.root)

    def find_blob(path: str) -> str:
        data = read_if_present(repository.docs / path, 10_000)
        return "" if data is None else hash_blob(data)

    return list(read_edits(repository, topic, bases, "en-US", find_blob))


def test_an_edited_page_is_known_and_counted(tmp_path: Path) -> None:
    tree = Tree(tmp_path, {"locales/sv-SE/help/share.md": deliver(SOURCE, "sv-SE")})
    assert (read_status(tree)["edited"], read_status(tree)["units_edited"]) == (0, 0)
    tree.sync()
    repository = find_repository(tree.root)
    topic = find_topics(repository, "en-US")["help/share"]
    bases = read_locked_pages(repository, "en-US").bases
    assert PAGE.removeprefix("docs/") in bases
    page = PAGE.removeprefix("docs/")
    assert read_locked_pages(repository, "en-US", [topic]).bases == {page: bases[page]}
    assert read_locked_pages(repository, "en-US", []) == LockedPages()
    assert read_edits(repository, topic, bases, "en-US") == {}
    assert read_known(tree, topic, bases) == []
    assert (read_status(tree)["edited"], read_status(tree)["units_edited"]) == (0, 0)
    tree.write({PAGE: tree.read(PAGE).replace("Close it.", "Stäng den.")})
    assert list(read_edits(repository, topic, bases, "en-US")) == ["sv-SE"]
    assert read_known(tree, topic, bases) == ["sv-SE"]
    assert (read_status(tree)["edited"], read_status(tree)["units_edited"]) == (1, 1)
    assert read_status(tree)["units_current"] == read_status(tree)["units"] == 3
    tree.remove(PAGE)
    assert read_known(tree, topic, bases) == []
    assert (read_status(tree)["edited"], read_status(tree)["units_edited"]) == (0, 0)


def test_a_damaged_lock_tells_nothing(tmp_path: Path) -> None:
    tree = Tree(tmp_path, {"locales/sv-SE.lock": "no lock"})
    assert read_locked_pages(find_repository(tree.root), "en-US") == LockedPages()


def test_a_withdrawn_page_is_known_by_its_path(tmp_path: Path) -> None:
    tree = Tree(tmp_path, {"locales/sv-SE/help/share.md": deliver(SOURCE, "sv-SE")})
    tree.sync()
    repository, page = find_repository(tree.root), PAGE.removeprefix("docs/")
    assert not read_locked_pages(repository, "en-US").withdrawn
    tree.remove("locales/sv-SE/help/share.md")
    tree.sync()
    assert page in read_locked_pages(repository, "en-US").withdrawn
    assert read_locked_pages(repository, "en-US", [], [page]).withdrawn == {page}
    assert read_locked_pages(repository, "en-US", [], ["help/other.md"]) == LockedPages()
