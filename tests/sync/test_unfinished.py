"""A sync that did not come to its end, and a delivery before the next one."""

from __future__ import annotations

import pytest

from hexapla import sync
from hexapla.errors import StorageError
from tests.support.trees import Tree, deliver, write_source

SHARE = write_source("Share a folder", "Open Files.", "Select Share.", "Select Send.")
SWEDISH = "locales/sv-SE/help/share.md"
PAGE = "docs/help/share/index.sv-SE.md"


def stop_before_the_locks(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sync, and end before the locks are written, as a process does that is killed."""

    def refuse(*_: object) -> None:
        raise StorageError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(sync, "_write_locks", refuse)
        assert tree.run("sync").code == 2


def test_what_an_unfinished_sync_wrote_is_no_writers_edit(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree.write({SWEDISH: deliver(SHARE, "sv-SE")})
    tree.sync()
    for into, date in ((str.upper, "10/20/2020"), (str.lower, "11/20/2020")):
        tree.write({SWEDISH: deliver(SHARE, "sv-SE", into=into, date=date)})
        stop_before_the_locks(tree, monkeypatch)
    tree.write({SWEDISH: deliver(SHARE, "sv-SE", into=str.title, date="12/20/2020")})
    tree.sync()
    assert tree.read(PAGE).endswith("\n\nOpen Files.\n\nSelect Share.\n\nSelect Send.\n")
    assert not (tree.root / ".hexapla/journal").exists()


def test_what_an_unfinished_sync_merged_is_merged_again(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree.write({SWEDISH: deliver(SHARE, "sv-SE")})
    tree.sync()
    text = tree.read(PAGE).replace("Select Share. (sv-SE)", "Välj Dela.")
    tree.write({PAGE: text})

    def whisper(text: str) -> str:
        return f"{text} (sv-SE)" if "Share." in text else text.lower()

    def shout(text: str) -> str:
        return f"{text} (sv-SE)" if "Share." in text else text.upper()

    tree.write({SWEDISH: deliver(SHARE, "sv-SE", into=shout, date="10/20/2020")})
    stop_before_the_locks(tree, monkeypatch)
    assert "\n\nOPEN FILES.\n\nVälj Dela.\n\nSELECT SEND.\n" in tree.read(PAGE)
    tree.write({SWEDISH: deliver(SHARE, "sv-SE", into=whisper, date="11/20/2020")})
    tree.sync()
    assert "\n\nopen files.\n\nVälj Dela.\n\nselect send.\n" in tree.read(PAGE)


def test_a_page_that_a_writer_took_back_is_an_edit(tree: Tree) -> None:
    """Nothing is remembered of a sync that came to its end."""
    tree.write({SWEDISH: deliver(SHARE, "sv-SE")})
    tree.sync()
    old = tree.read(PAGE)
    tree.write({SWEDISH: deliver(SHARE, "sv-SE", into=str.upper, date="10/20/2020")})
    tree.sync()
    tree.write({PAGE: old})
    tree.sync()
    assert tree.read(PAGE) == old
