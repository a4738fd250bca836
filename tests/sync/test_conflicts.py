"""Conflicts: found by sync, listed, settled, and remembered until they are."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from tests.support.trees import Outcome, Tree, deliver, write_source
from tests.sync.shared import LATER, ORIGINAL, PAGE, SWEDISH, edit

SENTENCES = ("Open Files.", "Select Share.", "Select Send.")
SHARE = write_source("Share a folder", *SENTENCES)
OTHER = "locales/sv-SE/help/send.md"
OTHER_PAGE = "docs/help/send/index.sv-SE.md"
REMEMBERED = "locales/sv-SE.conflicts/help/share/index.sv-SE.md"


@pytest.fixture
def share(tree: Tree) -> Tree:
    """One topic of one locale, synced."""
    tree.write({SWEDISH: deliver(SHARE, "sv-SE")})
    tree.sync()
    return tree


def shout(text: str) -> str:
    """Translate anew: all but one sentence as before."""
    return f"{text} (sv-SE)" if "Share" in text else text.upper()


def dispute(tree: Tree) -> Outcome:
    """Edit two sentences, and have one of them and another delivered anew."""
    edit(
        tree,
        PAGE,
        ("Open Files. (sv-SE)", "Öppna Filer."),
        ("Select Share. (sv-SE)", "Välj Dela."),
    )
    tree.write({SWEDISH: deliver(SHARE, "sv-SE", into=shout, date=LATER)})
    return tree.sync(code=1)


def list_conflicts(tree: Tree) -> list[dict[str, object]]:
    """List the conflicts of all pages."""
    pages = json.loads(tree.run("conflicts", "--format", "json").output)
    return [conflict for page in pages for conflict in page["conflicts"]]


def test_only_the_unit_that_both_changed_is_in_conflict(share: Tree) -> None:
    outcome = dispute(share)
    assert outcome.lines[0] == (
        f"{PAGE}:9: error: conflict: a writer and a new delivery both changed 103; the page keeps"
        f" the writer's text (hexapla conflicts shows both, hexapla resolve {PAGE} settles it)"
        " [conflict]"
    )
    text = share.read(PAGE)
    assert text.endswith("\n\nÖppna Filer.\n\nVälj Dela.\n\nSELECT SEND.\n")
    assert "title: Share a folder (sv-SE)\n" in text
    assert "ms.lasthandoff: 10/20/2020\n" in share.read("docs/help/share/.meta.yml")
    assert list_conflicts(share) == [
        {
            "unit": "103",
            "line": 9,
            "base": "Open Files. (sv-SE)",
            "ours": "Öppna Filer.",
            "theirs": "OPEN FILES.",
        }
    ]


def test_the_list_for_people(share: Tree) -> None:
    assert share.run("conflicts") == Outcome(0, "no conflicts\n", "")
    dispute(share)
    assert share.run("conflicts").lines == [
        f"{PAGE}:9 103",
        "    base  Open Files. (sv-SE)",
        "    ours  Öppna Filer.",
        "  theirs  OPEN FILES.",
        "",
        "1 conflict in 1 page; hexapla resolve PAGE --ours|--theirs|--edit [UNIT] settles them",
    ]
    assert share.run("conflicts").code == 1


def test_a_conflict_stays_until_it_is_settled(share: Tree) -> None:
    dispute(share)
    before = share.stamp("docs", "locales")
    for forgets in (False, True):
        if forgets:
            share.remove(".hexapla")
        assert share.sync("--fail-on", "never", code=1).lines[-1] == (
            "1 article: 1 conflict; 1 error"
        )
        assert len(list_conflicts(share)) == 1
    assert share.stamp("docs", "locales") == before


def test_a_conflict_is_there_in_a_fresh_clone(
    share: Tree, tmp_path_factory: pytest.TempPathFactory
) -> None:
    dispute(share)
    folder = tmp_path_factory.mktemp("clone") / "repository"
    shutil.copytree(share.root, folder, ignore=shutil.ignore_patterns(".hexapla"))
    clone = Tree(folder)
    assert list_conflicts(clone) == list_conflicts(share)
    clone.sync(code=1)


@pytest.mark.parametrize(
    ("option", "shown"), [("--ours", "Öppna Filer."), ("--theirs", "OPEN FILES.")]
)
def test_resolving(share: Tree, option: str, shown: str) -> None:
    dispute(share)
    assert share.run("resolve", PAGE, option, "103") == Outcome(0, f"{PAGE}: settled\n", "")
    assert share.read(PAGE).endswith(f"\n\n{shown}\n\nVälj Dela.\n\nSELECT SEND.\n")
    assert list_conflicts(share) == []
    assert not (share.root / "locales/sv-SE.conflicts").exists()
    before = share.stamp("docs", "locales")
    assert share.sync().lines == ["1 article: nothing to do"]
    assert share.stamp("docs", "locales") == before


def test_a_page_is_named_from_where_one_is(share: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    dispute(share)
    monkeypatch.chdir(share.root / "docs/help/share")
    assert share.run("resolve", "index.sv-SE.md", "--ours") == Outcome(0, f"{PAGE}: settled\n", "")
    monkeypatch.chdir(share.root.parent)
    assert share.run("resolve", "index.sv-SE.md", "--ours").errors == (
        "hexapla: index.sv-SE.md: this is no page under docs/\n"
    )


def test_resolving_in_an_editor(share: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    dispute(share)
    editor = share.root / "editor.py"
    editor.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text('utf-8')\n"
        "assert '#   OPEN FILES.' in text and text.startswith('Öppna Filer.\\n')\n"
        "path.write_text(text.replace('Öppna Filer.', 'Öppna FILER.', 1), 'utf-8')\n",
        "utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    monkeypatch.delenv("VISUAL", raising=False)
    assert share.run("resolve", PAGE, "--edit").code == 0
    assert "\n\nÖppna FILER.\n\n" in share.read(PAGE)
    share.sync()


def test_one_conflict_after_the_other(share: Tree) -> None:
    edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna."), ("Select Send. (sv-SE)", "Skicka."))
    share.write({SWEDISH: deliver(SHARE, "sv-SE", into=str.upper)})
    share.sync(code=1)
    assert [conflict["unit"] for conflict in list_conflicts(share)] == ["103", "105"]
    assert share.run("resolve", PAGE, "--theirs", "105") == Outcome(
        1, f"{PAGE}: 1 conflict left\n", ""
    )
    assert share.read(PAGE).endswith("\n\nÖppna.\n\nSELECT SHARE.\n\nSELECT SEND.\n")
    assert [conflict["unit"] for conflict in list_conflicts(share)] == ["103"]
    share.sync(code=1)
    assert share.run("resolve", PAGE, "--ours").code == 0
    share.sync()


def test_a_writer_settles_by_taking_the_deliverys_text(share: Tree) -> None:
    dispute(share)
    edit(share, PAGE, ("Öppna Filer.", "OPEN FILES."))
    assert share.sync().lines == ["1 article: 1 edited"]
    assert not (share.root / REMEMBERED).exists()


def test_a_writer_edits_a_passage_in_conflict_once_more(share: Tree) -> None:
    dispute(share)
    edit(share, PAGE, ("Öppna Filer.", "Öppna alla filer."))
    share.sync(code=1)
    assert [conflict["ours"] for conflict in list_conflicts(share)] == ["Öppna alla filer."]


def test_another_delivery_while_there_is_a_conflict(share: Tree) -> None:
    dispute(share)
    share.write({SWEDISH: deliver(SHARE, "sv-SE", into=str.lower, date="11/20/2020")})
    share.sync(code=1)
    # What came in with the delivery in between is no writer's edit.
    assert share.read(PAGE).endswith("\n\nÖppna Filer.\n\nVälj Dela.\n\nselect send.\n")
    assert [(c["ours"], c["theirs"]) for c in list_conflicts(share)] == [
        ("Öppna Filer.", "open files."),
        ("Välj Dela.", "select share."),
    ]
    share.write({SWEDISH: deliver(SHARE, "sv-SE", date="12/20/2020")})
    share.sync()  # the delivery went back to what the writer's edits were made on
    assert share.read(PAGE).endswith("\n\nÖppna Filer.\n\nVälj Dela.\n\nSelect Send. (sv-SE)\n")


def test_a_paragraph_that_both_sides_move(tree: Tree) -> None:
    names = ("Open Files.", "Select Share.", "Select Send.", "Wait.", "Close it.")

    def write(order: str) -> str:
        return write_source("Share a folder", *(names[int(number)] for number in order))

    def list_order(text: str) -> str:
        found = sorted((text.index(name), number) for number, name in enumerate(names))
        return "".join(str(number) for _, number in found)

    tree.write({SWEDISH: deliver(write("01234"), "sv-SE")})
    tree.sync()
    front, _, body = tree.read(PAGE).partition("Open")
    rows = f"Open{body}".split("\n\n")
    tree.write({PAGE: front + "\n\n".join([*rows[1:4], rows[0], rows[4]])})
    assert list_order(tree.read(PAGE)) == "12304"
    tree.write({SWEDISH: deliver(write("10234"), "sv-SE", date=LATER)})
    assert tree.sync().lines == [
        f"{PAGE}:15: warning: a writer and a new delivery moved 'Open Files. (sv-SE)' to different"
        " places; the page keeps the writer's [moved-apart]",
        "1 article: 2 updated, 1 edited; 1 warning",
    ]
    assert list_order(tree.read(PAGE)) == "12304"
    assert tree.sync().lines == ["1 article: nothing to do"]


def test_a_page_that_was_there_before(tree: Tree) -> None:
    tree.write({SWEDISH: deliver(SHARE, "sv-SE"), PAGE: "# A writer's own\n"})
    outcome = tree.sync(code=1)
    assert outcome.lines == [
        f"{PAGE}: error: conflict: it is not as any delivery wrote it, and what it was written from"
        " is not known; the page is left as it is (hexapla conflicts shows both, hexapla resolve"
        f" {PAGE} settles it) [conflict]",
        "1 article: 2 created, 1 conflict; 1 error",
    ]
    assert tree.read(PAGE) == "# A writer's own\n"
    (conflict,) = list_conflicts(tree)
    assert (conflict["unit"], conflict["ours"]) == ("page", "# A writer's own\n")
    assert tree.run("resolve", PAGE, "--theirs").code == 0
    assert tree.read(PAGE).endswith("Select Send. (sv-SE)\n")
    tree.sync()


def test_an_edited_asset(tree: Tree) -> None:
    asset = "docs/help/media/a.sv-SE.png"
    tree.write(
        {
            "locales/sv-SE/help/media/a.png": b"\xff1",
            "locales/en-US/help/media/a.png": b"\xff0",
        }
    )
    tree.sync()
    theirs = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\xff"
    tree.write({asset: b"\xffwriter", "locales/sv-SE/help/media/a.png": theirs})
    for _ in range(2):
        assert tree.sync(code=1).lines[0] == (
            f"{asset}: error: conflict: it is not as it was delivered, and is no text that could"
            " be merged; the file is left as it is (hexapla conflicts shows both, hexapla resolve"
            f" {asset} settles it) [conflict]"
        )
        assert (tree.root / asset).read_bytes() == b"\xffwriter"
    assert tree.run("conflicts").lines[:4] == [
        f"{asset} page",
        "    base  (not known)",
        "    ours  (binary file, 7 bytes)",
        "  theirs  (PNG image, 640 x 480, 25 bytes)",
    ]
    (conflict,) = list_conflicts(tree)
    assert conflict["theirs"] == {"name": "PNG image", "size": 25, "width": 640, "height": 480}
    assert tree.run("resolve", asset, "--edit") == Outcome(
        2,
        "",
        f"hexapla: {asset}: this is no text that could be edited\n"
        "  hint: --ours keeps the file, --theirs takes the delivered one\n",
    )
    assert tree.run("resolve", asset, "--theirs").code == 0
    assert (tree.root / asset).read_bytes() == theirs
    tree.sync()


def commit_deliveries(tree: Tree) -> None:
    """Commit a delivery, an edit, and a delivery that was not synced: each on a day of its own."""
    tree.write({".gitignore": "/.hexapla/\n"})
    tree.commit("2020-09-01")
    for path in (PAGE, OTHER_PAGE):
        edit(tree, path, ("Open Files. (sv-SE)", "Öppna Filer."))
    tree.commit("2020-09-02")
    for path in (SWEDISH, OTHER):
        tree.write({path: deliver(SHARE, "sv-SE", into=shout, date=LATER)})
    tree.commit("2020-10-20")


def test_a_shallow_clone_says_that_it_lacks_what_was_delivered(
    share: Tree, tmp_path_factory: pytest.TempPathFactory
) -> None:
    share.write({OTHER: deliver(SHARE, "sv-SE")})
    share.sync()
    commit_deliveries(share)
    clone = Tree(tmp_path_factory.mktemp("clone") / "repository")
    shutil.rmtree(clone.root)
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", share.root.as_uri(), str(clone.root)], check=True
    )
    missing = (
        "locales: warning: 2 edited pages are in conflict as a whole: what was delivered before is"
        " not in this clone, which is shallow (git fetch --unshallow, then hexapla sync merges what"
        " can be merged) [history-missing]"
    )
    before = {path: clone.read(path) for path in (PAGE, OTHER_PAGE)}
    for _ in range(2):
        assert clone.sync(code=1).lines.count(missing) == 1
        assert [conflict["unit"] for conflict in list_conflicts(clone)] == ["page", "page"]
        assert {path: clone.read(path) for path in before} == before
    assert clone.run("resolve", OTHER_PAGE, "--ours").code == 0
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=clone.root, check=True)
    assert "history-missing" not in clone.sync(code=1).output
    # As in the repository that has the history, but for what was settled.
    share.remove(".hexapla")
    share.sync(code=1)
    assert clone.read(PAGE) == share.read(PAGE)
    assert clone.read(OTHER_PAGE) == before[OTHER_PAGE]
    assert [(c["ours"], c["theirs"]) for c in list_conflicts(clone)] == [
        ("Öppna Filer.", "OPEN FILES.")
    ]


def test_the_source_page_and_the_shared_metadata_are_merged(share: Tree) -> None:
    edit(share, ORIGINAL, ("Open Files.", "Go to Files."))
    edit(share, "docs/help/share/.meta.yml", ("ms.topic: article", "ms.topic: overview"))
    later = write_source("Share a folder", "Open Files.", "Select Send now.", "Select Send.")
    share.write({SWEDISH: deliver(later, "sv-SE", date=LATER)})
    assert share.sync().lines == ["1 article: 1 updated, 2 merged"]
    assert share.read(ORIGINAL).endswith("\n\nGo to Files.\n\nSelect Send now.\n\nSelect Send.\n")
    meta = share.read("docs/help/share/.meta.yml")
    assert "ms.topic: overview\n" in meta
    assert "ms.lasthandoff: 10/20/2020\n" in meta


def test_a_conflict_of_the_source_makes_none_of_translations(share: Tree) -> None:
    edit(share, ORIGINAL, ("Select Send.", "Select Send it."))
    later = write_source("Share a folder", "Open Files.", "Select Share.", "Select Send now.")
    share.write({SWEDISH: deliver(later, "sv-SE", date=LATER)})
    share.sync(code=1)
    assert [conflict["theirs"] for conflict in list_conflicts(share)] == ["Select Send now."]
    assert "Select Send now. (sv-SE)" in share.read(PAGE)
    edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    share.sync(code=1)
    assert [conflict["theirs"] for conflict in list_conflicts(share)] == ["Select Send now."]


REFUSALS: list[tuple[list[str], str]] = [
    (
        ["resolve", PAGE],
        "hexapla: say which text counts: --ours, --theirs or --edit\n"
        "  hint: hexapla conflicts shows what each of them is\n",
    ),
    (
        ["resolve", ORIGINAL, "--ours"],
        f"hexapla: {ORIGINAL}: this page is not in conflict\n"
        "  hint: hexapla conflicts lists all that are\n",
    ),
    (
        ["resolve", PAGE, "--ours", "999"],
        f"hexapla: {PAGE}: nothing called '999' is in conflict\n  hint: it has 103\n",
    ),
    (["resolve", "mkdocs.yml", "--ours"], "hexapla: mkdocs.yml: this is no page under docs/\n"),
]


@pytest.mark.parametrize(("arguments", "errors"), REFUSALS, ids=lambda value: str(value)[:40])
def test_what_cannot_be_settled(share: Tree, arguments: list[str], errors: str) -> None:
    dispute(share)
    assert share.run(*arguments) == Outcome(2, "", errors)


def test_settling_needs_what_sync_has_seen(share: Tree) -> None:
    dispute(share)
    share.write({SWEDISH: deliver(SHARE, "sv-SE", into=str.lower)})
    outcome = share.run("resolve", PAGE, "--ours")
    assert outcome.code == 2
    assert "the deliveries have changed since the last sync" in outcome.errors
