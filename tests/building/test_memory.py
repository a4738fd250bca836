"""What builds remember, and the files that processes write at once."""

from __future__ import annotations

import gc
import multiprocessing
from pathlib import Path

import pytest

from hexapla.building.aside import Aside
from hexapla.building.codec import pack, unpack
from hexapla.building.crew import Tick, share_out
from hexapla.building.memory import Memory
from hexapla.building.outputs import SiteWriter, replace_files
from hexapla.building.timing import without_collection
from hexapla.errors import HexaplaError
from hexapla.navigation import Place
from hexapla.sections import Section
from hexapla.storage import hash_blob


def test_a_memory_gives_what_it_was_told(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", tmp_path / "tmp")
    assert memory.recall("a") is None
    memory.remember("a", {"ü": [1, None, "\ud800"]})
    memory.remember_bytes("deep/b", b"\0")
    assert memory.recall("a") == {"ü": [1, None, "\ud800"]}
    assert memory.recall_bytes("deep/b") == b"\0"
    assert memory.list_names() == ["a", "deep/b"]
    memory.forget("a")
    assert memory.recall("a") is None


@pytest.mark.parametrize("place", [0, 63, 64, 65, -1])
def test_what_is_damaged_is_not_there(tmp_path: Path, place: int) -> None:
    memory = Memory(tmp_path, tmp_path / "tmp")
    memory.remember("a", ["something"])
    data = bytearray((tmp_path / "a").read_bytes())
    data[place] ^= 1
    (tmp_path / "a").write_bytes(data)
    assert memory.recall("a") is None
    (tmp_path / "a").write_bytes(b"")
    assert memory.recall("a") is None


def test_one_memory_serves_processes_forked_later(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", tmp_path / "tmp")

    def work(name: str, tick: Tick) -> str:
        for number in range(200):
            memory.remember(f"{name}/{number}", [name, number])
        tick(1)
        return name.upper()

    ticks: list[int] = []
    done = dict(share_out(work, ["a", "b", "c", "d"], 4, ticks.append))
    assert done == {"a": "A", "b": "B", "c": "C", "d": "D"}
    assert ticks == [1, 1, 1, 1]
    assert all(memory.recall(f"{name}/{n}") == [name, n] for name in done for n in range(200))


def test_an_error_in_a_process_is_told(tmp_path: Path) -> None:
    def work(part: int, tick: Tick) -> int:
        if part == 2:
            raise HexaplaError("cannot go on", path="a.md", line=3)
        return part

    with pytest.raises(HexaplaError, match=r"a\.md:3: cannot go on"):
        list(share_out(work, [1, 2, 3], 2, lambda count: None))


def test_a_killed_process_is_noticed(tmp_path: Path) -> None:
    def work(part: int, tick: Tick) -> int:
        raise SystemExit(part)

    with pytest.raises(HexaplaError, match=r"ended before its work did \(exit code 7\)"):
        list(share_out(work, [7], 1, lambda count: None))


def test_dataclasses_come_back() -> None:
    inner = Section(("a", "b"), names={"": "Name", "sv-SE": "Namn"}, slug="name")
    place = Place("mail", (Section(("c",), (inner,)),), "", "b")
    assert unpack(Place, pack(place)) == place
    with pytest.raises(ValueError, match="no "):
        unpack(Place, ["mail"])


def test_files_are_replaced_at_the_end_only(tmp_path: Path) -> None:
    site, stage, workspace = tmp_path / "site", tmp_path / "stage", tmp_path / "tmp"
    for name in ("same", "other"):
        site.mkdir(exist_ok=True)
        (site / name).write_bytes(b"old")
    intact = {"same": hash_blob(b"old"), "other": hash_blob(b"old")}
    writer = SiteWriter(site, stage, workspace, intact, {"same", "other"}.__contains__)
    writer.write("same", b"old")
    writer.write("other", b"new")
    writer.write("deep/first", b"new")
    assert (site / "deep/first").read_bytes() == b"new"
    assert (site / "other").read_bytes() == b"old"
    assert (writer.written, writer.staged) == ({"other", "deep/first"}, {"other"})
    replace_files(site, stage, workspace, writer.staged)
    assert (site / "other").read_bytes() == b"new"
    writer.write("other", b"old")
    assert "other" not in writer.staged


def test_what_takes_long_is_not_interrupted_by_a_collection() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), without_collection():
        assert not gc.isenabled()
        raise ValueError("x")
    assert gc.isenabled()
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_nobody_waits_for_what_is_done_aside_when_something_else_fails() -> None:
    before = set(multiprocessing.active_children())

    def work(part: int, tick: Tick) -> int:
        aside = Aside(lambda: bytes(5_000_000), is_worth_it=True)  # more than a pipe holds
        assert aside is not None
        raise HexaplaError("cannot go on")

    with pytest.raises(HexaplaError, match="cannot go on"):
        list(share_out(work, [1], 1, lambda count: None))
    assert set(multiprocessing.active_children()) <= before
