"""The locks: their format, what damages them, and what it takes to lose none of them."""

from __future__ import annotations

import hashlib

import pytest

from hexapla.errors import StorageError
from hexapla.storage import Repository, Writer
from hexapla.sync import Options, synchronize
from tests.support.trees import Tree, deliver, write_source

SHARE = write_source("Share a folder", "Open Files.")
SHARE_LATER = write_source("Share a folder", "Open Files and select Send.")
SWEDISH = "locales/sv-SE/help/share.md"
RESTORE = "restore it from git, or delete it: pages are then compared with the deliveries"


def hash_file(tree: Tree, path: str) -> str:
    """Give git's blob id, as ``git hash-object`` does."""
    data = (tree.root / path).read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@pytest.fixture
def share(tree: Tree) -> Tree:
    """One topic in two locales, synced."""
    tree.write(
        {SWEDISH: deliver(SHARE, "sv-SE"), "locales/nb-NO/help/share.md": deliver(SHARE, "nb-NO")}
    )
    tree.sync()
    return tree


def test_a_lock_has_a_line_per_file(share: Tree) -> None:
    title, *lines = share.read("locales/sv-SE.lock").splitlines()
    assert title.startswith("# hexapla lock 1 ")
    page = "docs/help/share/index.sv-SE.md"
    assert lines == [
        f"sv-SE/help/share.md {hash_file(share, SWEDISH)} {hash_file(share, page)}",
    ]
    assert share.read("locales/en-US.lock").splitlines() == [
        title,
        f"docs/help/share/.meta.yml - {hash_file(share, 'docs/help/share/.meta.yml')}",
        f"docs/help/share/index.md - {hash_file(share, 'docs/help/share/index.md')}",
    ]


def test_lines_are_sorted_and_any_name_can_be_told(tree: Tree) -> None:
    names = ["b", "a", "a b", "a'b", "a\nb", 'a"b', "a–b", "a\u200bb", "#a", '"a', "ä"]
    tree.write({f"locales/sv-SE/{name}.md": deliver(SHARE, "sv-SE") for name in names})
    tree.sync(code=1)  # names that meet once they are cleaned are a finding
    rows = tree.read("locales/sv-SE.lock").splitlines()[1:]
    assert all(len(row.rsplit(" ", 2)[1]) == 40 for row in rows)
    assert '"sv-SE/a\\nb.md"' in tree.read("locales/sv-SE.lock")
    before = tree.stamp("docs", "locales")
    tree.sync(code=1)
    assert tree.stamp("docs", "locales") == before


DAMAGES = [
    ("", 1, "this is no lock of Hexapla's"),
    ("<<<<<<< HEAD\n{lock}", 1, "this is no lock of Hexapla's"),
    ("# hexapla lock 1\n", 1, "this is no lock of Hexapla's"),
    ("{lock}<<<<<<< HEAD\n", 3, "this line is damaged"),
    ("{lock}=======\n", 3, "this line is damaged"),
    ("{lock}\n>>>>>>> theirs\n", 4, "this line is damaged"),
    ("{lock}sv-SE/help/start.md 0123\n", 3, "this line is damaged"),
    ('{lock}"sv-SE/help/start.md - -\n', 3, "this line is damaged"),
]


@pytest.mark.parametrize(("text", "line", "message"), DAMAGES)
@pytest.mark.parametrize("command", ["sync", "check"])
def test_a_damaged_lock_ends_the_command(
    share: Tree, command: str, text: str, line: int, message: str
) -> None:
    lock = share.read("locales/sv-SE.lock")
    share.write({"locales/sv-SE.lock": text.replace("{lock}", lock)})
    before = share.snapshot("docs", "locales")
    outcome = share.run(command)
    assert outcome.code == 2
    assert outcome.errors == (f"hexapla: locales/sv-SE.lock:{line}: {message}\n  hint: {RESTORE}\n")
    assert share.snapshot("docs", "locales") == before


def test_a_lock_that_is_not_utf8_ends_the_command(share: Tree) -> None:
    share.write({"locales/sv-SE.lock": b"\xff\xfe"})
    outcome = share.sync(code=2)
    assert outcome.errors == (
        f"hexapla: locales/sv-SE.lock: this lock is damaged\n  hint: {RESTORE}\n"
    )


def test_locks_that_are_deleted_come_back_the_same(share: Tree) -> None:
    before = share.snapshot("docs", "locales")
    stamps = share.stamp("docs")
    share.remove("locales/sv-SE.lock", "locales/en-US.lock")
    assert share.sync().lines == ["2 articles: nothing to do"]
    assert share.snapshot("docs", "locales") == before
    assert share.stamp("docs") == stamps


def test_a_lock_of_another_version_makes_every_page_due(share: Tree) -> None:
    before = share.snapshot("docs", "locales")
    for path in ("locales/sv-SE.lock", "locales/nb-NO.lock", "locales/en-US.lock"):
        share.write({path: share.read(path).replace("# hexapla lock 1", "# hexapla lock 0")})
    share.write({"docs/help/share/index.sv-SE.md": "# Edited\n"})
    assert share.sync().lines == ["2 articles: 1 edited"]
    after = share.snapshot("docs", "locales")
    after["docs/help/share/index.sv-SE.md"] = before["docs/help/share/index.sv-SE.md"]
    assert after == before


def test_a_line_that_points_elsewhere_removes_nothing(share: Tree) -> None:
    """A lock is committed, but a request to merge one may come from anyone."""
    share.write({"outside/victim.txt": "kept\n"})
    written = hash_file(share, "outside/victim.txt")
    lock = share.read("locales/en-US.lock")
    share.write({"locales/en-US.lock": f"{lock}docs/../outside/victim.txt - {written}\n"})
    share.sync("--prune")
    assert "victim" not in share.read("locales/en-US.lock")
    assert share.read("outside/victim.txt") == "kept\n"


@pytest.mark.parametrize("kept", range(6))
def test_an_interruption_between_two_locks_is_made_good(
    share: Tree, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    """A topic stands in several locks: some that are new and some that are old do not fit."""
    later = {
        SWEDISH: deliver(SHARE_LATER, "sv-SE", date="10/20/2020"),
        "locales/ja-JP/help/share.md": deliver(SHARE, "ja-JP"),
    }
    whole = Tree(share.root.parent / "whole")
    whole.write({**share.snapshot("docs", "locales"), **later})
    whole.sync()

    share.write(later)
    write, left = Writer.write, kept

    def fail(writer: Writer, path: str, data: bytes) -> None:
        nonlocal left
        if path.endswith(".lock"):
            left -= 1
            if left < 0:
                raise StorageError("interrupted")
        write(writer, path, data)

    monkeypatch.setattr(Writer, "write", fail)
    if kept < 5:
        with pytest.raises(StorageError):
            synchronize(Repository(share.root), Options(workers=1))
    monkeypatch.setattr(Writer, "write", write)
    share.sync()
    assert share.snapshot("docs", "locales") == whole.snapshot("docs", "locales")
