"""What is told of changes to files."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from hexapla.previewing import watching
from hexapla.previewing.watching import Watcher


class Listener:
    """Waits for what a watcher tells."""

    def __init__(self) -> None:
        self.told: set[str] = set()
        self.arrival = threading.Condition()

    def hear(self, paths: set[str]) -> None:
        with self.arrival:
            self.told |= paths
            self.arrival.notify_all()

    def expect(self, path: Path) -> None:
        with self.arrival:
            assert self.arrival.wait_for(lambda: str(path) in self.told, timeout=30), self.told
            self.told.clear()


@pytest.mark.parametrize("is_polling", [False, True])
def test_changes_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_polling: bool
) -> None:
    if is_polling:

        def refuse(watcher: Watcher, paths: object) -> None:
            raise OSError("no more watches")

        monkeypatch.setattr(Watcher, "_observe", refuse)
        monkeypatch.setattr(watching, "_PAUSE", 0.02)
    docs, alone = tmp_path / "docs", tmp_path / "mkdocs.yml"
    docs.mkdir()
    page = docs / "index.md"
    page.write_text("1")
    alone.write_text("1")
    listener = Listener()
    watcher = Watcher(listener.hear)
    watcher.watch([str(docs), str(alone), str(tmp_path / "missing")])
    watcher.start()
    try:
        assert watcher.is_polling is is_polling
        page.write_text("12")
        listener.expect(page)
        alone.write_text("12")
        listener.expect(alone)
        fresh = docs / "a" / "b" / "index.md"
        fresh.parent.mkdir(parents=True)
        fresh.write_text("1")
        listener.expect(fresh)
        other = docs / "other.md"
        page.rename(other)
        listener.expect(other)
        fresh.unlink()
        listener.expect(fresh)
    finally:
        watcher.stop()
