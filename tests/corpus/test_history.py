"""A locale's real deliveries over time, with writers' edits before each of them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from hexapla.settling import Disputed, list_disputed
from hexapla.storage import Repository
from tests.support.trees import Tree

from .archives import read_archive

STEPS = (
    ("alchemy.sv-SE.live-sxs.2020-06-01", "sv-SE"),
    ("alchemy.sv-SE.live-sxs.2021-04-01", "sv-SE"),
    ("alchemy.sv-SE.live-sxs", "sv-SE"),
    ("alchemy.sv-SE.live", "sv-SE.monolingual"),
)
SHARE = 12
"""One of so many topics is taken."""
EDITS = 60
"""Pages that are edited before each delivery."""
MOVES = 10
"""Paragraphs that are moved, of all the edits, at least."""
SEED = 20200601

Edit = tuple[str, bool, str]
"""The page; whether a text must be there afterwards, or must not be; and the text."""


def read_sample(archive: str) -> dict[str, bytes]:
    """Read some of an archive's articles, always the same topics."""
    articles = read_archive(archive)
    return {p: d for p, d in articles.items() if sum(p.encode()) % SHARE == 0}


def deliver(tree: Tree, archive: str, folder: str, known: Mapping[str, bytes]) -> dict[str, bytes]:
    """Put a delivery in the place of the one before it."""
    files = {f"locales/{folder}/{path}": data for path, data in read_sample(archive).items()}
    gone = [path for path in known if path.startswith(f"locales/{folder}/") and path not in files]
    tree.remove(*gone)
    tree.write({path: data for path, data in files.items() if known.get(path) != data})
    return {path: data for path, data in known.items() if path not in gone} | files


def edit_pages(tree: Tree, generator: random.Random, step: int, taken: set[str]) -> list[Edit]:
    """Edit pages as writers do."""
    pages = [p for p in tree.list_files("docs") if p.endswith(".md") and p not in taken]
    edits: list[Edit] = []
    for number, page in enumerate(generator.sample(pages, EDITS)):
        lines = tree.read(page).split("\n")
        start = lines.index("---", 1) + 1 if lines[0] == "---" else 0
        body = [i for i in range(start, len(lines)) if lines[i].strip()]
        mark = f"Zq{step}x{number}q"
        index = generator.choice(body)
        items = [i for i in body if lines[i][:2] in {"- ", "1."} and lines.count(lines[i]) == 1]
        kind = number % 6
        if kind == 0 and items:
            index = generator.choice(items)
            edits.append((page, False, lines.pop(index)))
        elif kind == 1 and "](http" in lines[index]:
            lines[index] = lines[index].replace("](http", f"](https://example.org/{mark}?http", 1)
            edits.append((page, True, mark))
        elif kind == 2 and start:
            lines.insert(1, f"{mark}: value")
            edits.append((page, True, f"{mark}: value"))
        elif kind == 3:
            words = lines[index].split(" ")
            words[generator.randrange(len(words))] = mark
            lines[index] = " ".join(words)
            edits.append((page, True, mark))
        elif kind == 5 and len(places := list_paragraphs(lines, start)) > 1:
            place, other = generator.sample(places, 2)
            lines[place], lines[other] = f"{lines[place]} {mark}.", f"{mark}. {lines[other]}"
            move_below(lines, place, other)
            edits.append((page, True, f"{mark}\n{mark}"))
        else:
            lines[index] += f" En {mark} mening."
            edits.append((page, True, mark))
        tree.write({page: "\n".join(lines)})
    return edits


def list_paragraphs(lines: list[str], start: int) -> list[int]:
    """List the lines that are paragraphs of their own."""
    blank = [True, *(not line.strip() for line in lines), True]
    return [
        index
        for index in range(start, len(lines))
        if lines[index][:1].isalpha() and blank[index] and blank[index + 2]
    ]


def move_below(lines: list[str], place: int, other: int) -> None:
    """Move a paragraph to the place below another one."""
    text = lines.pop(place)
    del lines[place - 1]  # the blank line before it
    other -= 2 * (place < other)
    lines[other + 1 : other + 1] = ["", text]


def is_shown(text: str, page: str) -> bool:
    """Say whether a page has a text; of one that was moved, whether it stands as it was put."""
    mark, is_moved, _ = text.partition("\n")
    lines = [line for line in page.split("\n") if line.strip()]
    places = [index for index, line in enumerate(lines) if mark in line]
    return places == [places[0], places[0] + 1] if is_moved and places else bool(places)


def is_lost(tree: Tree, edit: Edit, disputed: Mapping[str, Disputed]) -> bool:
    """Say whether an edit is neither on its page nor in a conflict."""
    page, is_there, text = edit
    shown = tree.read(page) if (tree.root / page).exists() else ""
    if is_shown(text, shown) if is_there else text not in shown.split("\n"):
        return False
    conflicts = disputed[page].conflicts if page in disputed else ()
    text = text.partition("\n")[0]
    sides = [c.ours if is_there else c.base or c.theirs for c in conflicts]
    return not any(side is not None and (text in side or side in text) for side in sides)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, list[Edit], list[Edit]]:
    """The repository after all deliveries; all edits, and those that are lost."""
    tree = Tree(tmp_path_factory.mktemp("history") / "repository")
    generator = random.Random(SEED)
    known: dict[str, bytes] = {}
    edits: list[Edit] = []
    lost: list[Edit] = []
    for step, (archive, folder) in enumerate(STEPS):
        if step:
            edits += edit_pages(tree, generator, step, {page for page, _, _ in edits})
        known = deliver(tree, archive, folder, known)
        assert tree.run("sync", "--fail-on", "never").code in {0, 1}
        before = tree.stamp("docs", "locales")
        again = tree.run("sync", "--format", "json")
        assert '"change": "updated"' not in again.output
        assert tree.stamp("docs", "locales") == before
        disputed = {page.path: page for page in list_disputed(Repository(tree.root))}
        lost += [edit for edit in edits if is_lost(tree, edit, disputed)]
    return tree, edits, lost


def test_no_edit_is_lost(history: tuple[Tree, list[Edit], list[Edit]]) -> None:
    _, edits, lost = history
    assert len(edits) == EDITS * (len(STEPS) - 1)
    assert sum("\n" in text for _, _, text in edits) >= MOVES
    assert lost == []


def test_what_nobody_edited_is_as_a_fresh_sync_has_it(
    history: tuple[Tree, list[Edit], list[Edit]], tmp_path: Path
) -> None:
    tree, edits, _ = history
    files = {
        path: data
        for path, data in tree.snapshot("locales").items()
        if path.endswith(".md") and ".conflicts/" not in path
    }
    fresh = Tree(tmp_path / "repository", files)
    fresh.run("sync")
    tree.run("sync", "--prune")
    edited = {page for page, _, _ in edits}
    pages, expected = tree.snapshot("docs"), fresh.snapshot("docs")
    differ = {p for p in pages.keys() | expected.keys() if pages.get(p) != expected.get(p)}
    assert differ <= edited
    assert len(expected) > 500
