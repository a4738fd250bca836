"""What there is, compared with what is listed: without reading it again, and never wrong."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from hexapla.building import changes
from hexapla.building.aside import Aside
from hexapla.building.changes import (
    Changes,
    SiteChanges,
    assign_input,
    assign_output,
    look_at_inputs,
    look_at_site,
    open_inputs,
)
from hexapla.building.folders import YOUNG
from hexapla.building.listings import GRAIN, Listing, age
from hexapla.building.looking import Look, Seen
from hexapla.building.memory import Memory
from hexapla.errors import StorageError
from hexapla.storage import hash_blob

ROOTS = {"docs": "docs", "locales": "locales", "mkdocs.yml": "mkdocs.yml"}


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """An empty memory."""
    return Memory(tmp_path / "memory", tmp_path / "tmp")


def write(root: Path, files: dict[str, str]) -> None:
    """Write files that are older than any clock's grain, as far as the system lets us say so."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def grow_old(listing: Listing, tree: str, place: Path) -> None:
    """List a tree as one that was looked at long after it was written."""
    later = time.time_ns() + 3 * GRAIN
    seen = Look(listing, tree, place).compare()
    for path, signature in [*seen.changed.items(), *seen.new.items()]:
        data = (place / path.removeprefix(f"{tree}/")).read_bytes()
        listing.add(path, signature, hash_blob(data), later)
    for folder, signature in seen.folders.items():
        listing.sign_folder(folder, signature, later)


def is_nothing(seen: Seen) -> bool:
    """Say whether nothing has changed, and no folder was read."""
    return seen == Seen()


def test_a_signature_that_is_too_young_is_not_trusted() -> None:
    assert age("5 10 10 3", GRAIN + 11) == "5 10 10 3"
    assert age("5 10 10 3", GRAIN + 10) == YOUNG
    assert age("10 12 3", GRAIN + 12) == YOUNG
    assert age("10 12 3", GRAIN + 13) == "10 12 3"


def test_a_listing_comes_back_in_shards(memory: Memory) -> None:
    listing = Listing(memory, "files", lambda folder: folder[:1] or "top")
    for path in ("a", "b/c", "b/d e", "b/f/g", "ä/\udcff"):
        listing.add(path, "1 2 3 4", hash_blob(path.encode("utf-8", "surrogateescape")), GRAIN * 9)
    listing.sign_folder("b", "7 8 9", GRAIN * 9)
    listing.remember()
    assert memory.list_names("files") == ["b", "top", "ä"]
    again = Listing(memory, "files", lambda folder: folder[:1] or "top")
    assert sorted(again) == ["a", "b/c", "b/d e", "b/f/g", "ä/\udcff"]
    assert again.find_blob("b/f/g") == hash_blob(b"b/f/g")
    assert again.find_blob("b/g") == again.find_blob("x/y") == ""
    assert again.find_folder("b").signature == "7 8 9"  # type: ignore[union-attr]
    assert again.digest_content() == listing.digest_content()
    assert not again.touched
    assert again.list_shards() == ["b", "top", "ä"], "that others were asked for does not count"
    again.add("b/c", "1 2 3 4", hash_blob(b"b/c"), GRAIN * 9)
    assert not again.touched
    again.discard("a")
    again.discard_folder("")
    again.remember()
    assert memory.list_names("files") == ["b", "ä"]


def test_digests_tell_names_from_content(memory: Memory) -> None:
    listing = open_inputs(memory)
    listing.add("docs/a/index.md", "1 2 3 4", hash_blob(b"1"), GRAIN * 9)
    listing.add("locales/sv-SE/a.md", "1 2 3 4", hash_blob(b"1"), GRAIN * 9)
    names, content = listing.digest_names("docs/"), listing.digest_content("docs/")
    listing.add("docs/a/index.md", "1 2 3 4", hash_blob(b"2"), GRAIN * 9)
    assert listing.digest_names("docs/") == names
    assert listing.digest_content("docs/") != content
    content = listing.digest_content("docs/")
    listing.add("locales/sv-SE/b.md", "1 2 3 4", hash_blob(b"1"), GRAIN * 9)
    assert (listing.digest_names("docs/"), listing.digest_content("docs/")) == (names, content)
    listing.add("docs/a/b.md", "1 2 3 4", hash_blob(b"2"), GRAIN * 9)
    assert listing.digest_names("docs/") != names


@pytest.mark.parametrize("place", [0, 64, 70, -1])
def test_a_damaged_shard_is_not_there(memory: Memory, place: int) -> None:
    listing = Listing(memory, "files")
    listing.add("a", "1 2 3 4", hash_blob(b"a"), GRAIN * 9)
    listing.remember()
    data = bytearray((memory.folder / "files/all").read_bytes())
    data[place] ^= 1
    (memory.folder / "files/all").write_bytes(data)
    again = Listing(memory, "files")
    assert list(again) == []
    assert not again.is_whole


def test_nothing_is_read_where_nothing_has_changed(tmp_path: Path) -> None:
    write(tmp_path / "site", {"a/b/index.html": "1", "a/index.html": "2", "c": "3"})
    listing = Listing()
    grow_old(listing, "", tmp_path / "site")
    assert is_nothing(Look(listing, "", tmp_path / "site").compare())


def test_what_is_new_changed_or_gone_is_seen(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {"a/b/index.html": "1", "a/index.html": "2", "c": "3", "d/e/f": "4"})
    listing = Listing()
    grow_old(listing, "", site)
    write(site, {"a/index.html": "22", "a/b/new": "5", "g/h/i": "6", ".git/HEAD": "ref"})
    shutil.rmtree(site / "d")
    seen = Look(listing, "", site).compare()
    assert set(seen.changed) == {"a/index.html"}
    assert set(seen.new) == {"a/b/new", "g/h/i"}
    assert seen.gone == ["d/e/f"]
    assert sorted(seen.gone_folders) == ["d", "d/e"]


def test_nothing_is_found_through_a_link(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    write(site, {"a/b/c": "1", "d": "2"})
    listing = Listing()
    grow_old(listing, "", site)
    (site / "a").rename(elsewhere)
    (site / "a").symlink_to(elsewhere)
    (site / "d").unlink()
    (site / "d").symlink_to(elsewhere / "b/c")
    seen = Look(listing, "", site).compare()
    assert sorted(seen.gone) == ["a/b/c", "d"]
    assert not seen.new
    assert not seen.changed


def test_a_name_that_cannot_be_listed_is_found_each_time(tmp_path: Path, memory: Memory) -> None:
    root = tmp_path / "repository"
    write(root, {"mkdocs.yml": "x", "docs/a\nb.md": "1", "docs/c\td/e.md": "2", "docs/f.md": "3"})
    for _ in range(2):
        inputs = open_inputs(memory)
        differing = look_at_inputs(root, ROOTS, inputs)
        assert {"docs/a\nb.md", "docs/c\td/e.md"} <= differing
        assert inputs.find_blob("docs/c\td/e.md") == hash_blob(b"2")
        inputs.remember()


def test_a_root_that_is_no_longer_one_differs(tmp_path: Path, memory: Memory) -> None:
    root = tmp_path / "repository"
    write(root, {"mkdocs.yml": "x", "docs/a.md": "1", "locales/sv-SE/a.md": "1"})
    inputs = open_inputs(memory)
    assert look_at_inputs(root, ROOTS, inputs) == {"mkdocs.yml", "docs/a.md", "locales/sv-SE/a.md"}
    assert look_at_inputs(root, ROOTS, inputs) == set()
    shutil.rmtree(root / "locales")
    assert look_at_inputs(root, ROOTS, inputs) == {"locales/sv-SE/a.md"}
    assert look_at_inputs(root, {"docs": "docs"}, inputs) == {"mkdocs.yml"}


def test_many_files_are_read_by_two_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "repository"
    files = {"mkdocs.yml": "x"} | {f"docs/{number}.md": str(number) for number in range(9)}
    write(root, files)
    one, two = Listing(), Listing()
    look_at_inputs(root, ROOTS, one)
    monkeypatch.setattr(changes, "_FEW", 3)
    assert look_at_inputs(root, ROOTS, two) == files.keys()
    found = {path: two.find_blob(path) for path in two}
    assert found == {path: hash_blob(text.encode()) for path, text in files.items()}
    assert found == {path: one.find_blob(path) for path in one}
    paths = [*files, "docs/gone.md"]
    with pytest.raises(StorageError):
        changes.read_blobs(root, ROOTS, paths)


def test_a_site_tells_what_is_wrong_with_it(tmp_path: Path, memory: Memory) -> None:
    site = tmp_path / "site"
    write(site, {"a/b": "1", "c": "2", "d": "3"})
    listing = Listing(memory, "outputs")
    grow_old(listing, "", site)
    listing.remember()
    os.utime(site / "d", (1, 1))
    write(site, {"c": "22", "a/e": "4"})
    (site / "a/b").unlink()
    found = look_at_site(site, Listing(memory, "outputs"))
    assert found == SiteChanges(frozenset({"a/b", "c"}), frozenset({"a/b"}), frozenset({"a/e"}))
    changes = Changes({}, Listing(), set(), Listing(memory, "outputs"), found, "", "", {})
    assert [path for path in ("a/b", "a/e", "c", "d", "x") if changes.is_present(path)] == [
        "a/e",
        "c",
        "d",
    ]
    again = look_at_site(site, Listing(memory, "outputs"))
    assert again == found


paths = st.sampled_from(["a", "b", "a1/c", "a1/d", "a1/e/f", "g/h/i", "g/j"])
steps = st.lists(st.tuples(paths, st.sampled_from(["one", "two", "three", None])), max_size=8)


@settings(deadline=None, max_examples=40)
@given(before=steps, after=steps)
def test_a_look_is_as_good_as_reading_everything(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, str | None]],
    after: list[tuple[str, str | None]],
) -> None:
    root = tmp_path_factory.mktemp("look")
    memory = Memory(root / "memory", root / "tmp")
    for changed in (before, after):
        for path, text in changed:
            if text is not None:
                write(root, {f"docs/{path}": text})
            elif (root / "docs" / path).exists():
                (root / "docs" / path).unlink()
        listing = open_inputs(memory)
        look_at_inputs(root, {"docs": "docs"}, listing)
        listing.remember()
        there = {p for p in (root / "docs").rglob("*") if p.is_file()}
        expected = {p.relative_to(root).as_posix(): hash_blob(p.read_bytes()) for p in there}
        assert {path: listing.find_blob(path) for path in listing} == expected
        again = open_inputs(memory)
        assert {path: again.find_blob(path) for path in again} == expected


def test_what_is_done_aside_is_done_whatever_happens_there() -> None:
    process = os.getpid()
    aside = Aside(os.getpid, is_worth_it=True)
    assert aside.take() != process
    assert Aside(os.getpid, is_worth_it=False).take() == process

    def end_in_others() -> int:
        if os.getpid() != process:
            os._exit(9)
        return 5

    assert Aside(end_in_others, is_worth_it=True).take() == 5

    def fail() -> None:
        raise ValueError("always")

    with pytest.raises(ValueError, match="always"):
        Aside(fail, is_worth_it=True).take()


def test_names_alone_can_be_listed(memory: Memory) -> None:
    listing = open_inputs(memory)
    listing.take_names("docs/a", ["index.sv-SE.md", "index.md"])
    listing.take_names("docs/b", [])
    assert sorted(listing) == ["docs/a/index.md", "docs/a/index.sv-SE.md"]
    assert "docs/a/index.md" in listing
    other = open_inputs(memory)
    for name in ("index.md", "index.sv-SE.md"):
        other.add(f"docs/a/{name}", "1 2 3 4", hash_blob(b"1"), GRAIN * 9)
    assert listing.digest_names("docs/") == other.digest_names("docs/")


def test_blob_ids_are_found_in_small_folders_and_in_large_ones() -> None:
    for count in (3, 3000):
        listing = Listing()
        blobs = {f"a/{number:04}.md": hash_blob(str(number).encode()) for number in range(count)}
        for path, blob in blobs.items():
            listing.add(path, "1 2 3 4", blob, GRAIN * 9)
        for _ in range(2):
            assert {path: listing.find_blob(path) for path in blobs} == blobs
            assert listing.find_blob("a/none.md") == ""
            listing.digest_content()  # it keeps the folder as text from now on


def test_what_every_locale_has_once_is_listed_together() -> None:
    assert assign_output("") == assign_output("sv-SE/status") == assign_output("ja-JP") == "top"
    assert assign_output("sv-SE/help/a") == assign_output("sv-SE/help/b/c") != "top"
    assert assign_input("docs/a") != assign_input("locales/sv-SE")
    assert assign_input("") == assign_input("overrides/assets") == "others"
