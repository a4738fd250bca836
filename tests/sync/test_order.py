"""Deliveries over time: out of order, again, renamed, a locale that leaves and comes back."""

from __future__ import annotations

import subprocess

import pytest

from tests.support.trees import Tree, deliver
from tests.sync.shared import LATER, NORWEGIAN, PAGE, SHARE, SHARE_LATER, SHARED, SWEDISH, edit


def test_an_older_delivery_never_takes_the_place_of_a_newer(share: Tree) -> None:
    share.write({SWEDISH: deliver(SHARE_LATER, "sv-SE", date=LATER)})
    share.sync()
    before = share.snapshot("docs", "locales")
    newer = share.read(SWEDISH)
    older = deliver(SHARE, "sv-SE", date="08/15/2020")
    share.write({SWEDISH: older})
    for _ in range(2):
        assert share.sync().lines[0] == (
            f"{SWEDISH}: warning: it was handed off before the article that it would replace: that"
            " one stays (to go back all the same: hexapla sync --allow-older) [older-delivery]"
        )
        assert share.snapshot("docs", "locales") == {**before, SWEDISH: older.encode()}
    # Another locale's delivery of the topic is taken.
    share.write({NORWEGIAN: deliver(SHARE_LATER, "nb-NO", date=LATER)})
    share.sync()
    assert "Select Send. (nb-NO)" in share.read("docs/help/share/index.nb-NO.md")
    assert "Select Send. (sv-SE)" in share.read(PAGE)
    share.write({SWEDISH: newer})
    assert "older-delivery" not in share.sync().output
    share.write({SWEDISH: older})
    share.sync("--allow-older")
    assert "Select Share. (sv-SE)" in share.read(PAGE)
    assert "older-delivery" not in share.sync().output


def test_an_older_delivery_is_not_imported(share: Tree) -> None:
    vendor = Tree(share.root.parent / "vendor")
    vendor.write({"sv-SE/help/share.md": deliver(SHARE_LATER, "sv-SE", date="08/15/2020")})
    path = vendor.root / "sv-SE"
    before = share.snapshot("docs", "locales")
    outcome = share.run("import", str(path))
    assert outcome.lines[0] == (
        f"{path}/help/share.md: warning: not imported: the article that is there was handed off"
        " later (to go back all the same: hexapla import --allow-older) [older-delivery]"
    )
    assert share.snapshot("docs", "locales") == before
    assert share.run("import", "--allow-older", str(path)).code == 0
    assert "Select Send. (sv-SE)" in share.read(PAGE)


def test_the_same_revision_is_delivered_again(share: Tree) -> None:
    """Under another commit, of a later day: an edit stays, and nothing is in conflict."""
    edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    share.write({SWEDISH: deliver(SHARE, "sv-SE", date=LATER, number=2)})
    share.sync()
    assert "\nÖppna Filer.\n" in share.read(PAGE)
    assert 'ms.locfileid: "50000002"\n' in share.read(PAGE)


def test_a_locale_that_leaves_and_comes_back(share: Tree) -> None:
    text = share.read(SWEDISH)
    before = share.snapshot("docs", "locales")
    share.remove("locales/sv-SE")
    share.sync()
    share.write({SWEDISH: text})
    share.sync()
    assert share.snapshot("docs", "locales") == before


@pytest.mark.parametrize("forgets", [False, True])
def test_an_edited_page_of_a_locale_that_comes_back(share: Tree, forgets: bool) -> None:
    edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    share.remove("locales/sv-SE")
    share.sync()
    if forgets:
        share.remove(".hexapla")
    share.write({SWEDISH: deliver(SHARE_LATER, "sv-SE", date=LATER)})
    outcome = share.run("sync")
    assert "Öppna Filer." in share.read(PAGE)
    assert outcome.code == int(forgets)
    assert ("Select Send. (sv-SE)" in share.read(PAGE)) == (not forgets)


def commit(tree: Tree) -> None:
    """Commit everything but the cache."""
    tree.write({".gitignore": "/.hexapla/\n"})
    name = ["-c", "user.name=Writer", "-c", "user.email=writer@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], [*name, "commit", "-qm", "State"]):
        subprocess.run(["git", *arguments], cwd=tree.root, check=True)


@pytest.mark.parametrize("place", ["store", "git", "nowhere"])
def test_where_the_base_is_found(share: Tree, place: str) -> None:
    if place == "git":
        commit(share)
    edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    if place != "store":
        share.remove(".hexapla")
    share.write({SWEDISH: deliver(SHARE_LATER, "sv-SE", date=LATER)})
    outcome = share.run("sync")
    assert outcome.code == int(place == "nowhere")
    text = share.read(PAGE)
    assert "\nÖppna Filer.\n" in text
    assert ("Select Send. (sv-SE)" in text) == (place != "nowhere")


def rename(tree: Tree, *locales: str) -> None:
    """Deliver the topic under another path, by a later hand-off of the same revision."""
    for locale in locales:
        tree.remove(f"locales/{locale}/help/share.md")
        path = f"locales/{locale}/files/send.md"
        tree.write({path: deliver(SHARE, locale, date=LATER, number=4)})


def test_a_renamed_topic_takes_its_edits_along(share: Tree) -> None:
    edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    edit(share, SHARED, ("ms.topic: article", "ms.topic: overview"))
    rename(share, "sv-SE", "nb-NO")
    assert share.sync().lines == ["2 articles: 4 created, 4 removed"]
    assert share.list_files("docs") == [
        "docs/files/send/.meta.yml",
        "docs/files/send/index.md",
        "docs/files/send/index.nb-NO.md",
        "docs/files/send/index.sv-SE.md",
    ]
    page = share.read("docs/files/send/index.sv-SE.md")
    assert "\nÖppna Filer.\n\nSelect Share. (sv-SE)\n" in page
    assert 'ms.locfileid: "50000004"\n' in page
    meta = share.read("docs/files/send/.meta.yml")
    assert "ms.topic: overview\n" in meta
    assert "aliases:\n- help/share\n" in meta
    assert "help/share" not in share.read("locales/sv-SE.lock")
    before = share.stamp("docs", "locales")
    assert share.sync().lines == ["2 articles: nothing to do"]
    assert share.stamp("docs", "locales") == before


@pytest.mark.parametrize("is_edited", [False, True])
def test_what_a_topic_under_another_path_leaves_is_pruned(share: Tree, is_edited: bool) -> None:
    rename(share, "sv-SE", "nb-NO")
    share.sync()
    meta = "docs/files/send/.meta.yml"
    assert "aliases:\n- help/share\n" in share.read(meta)
    if is_edited:
        edit(share, "docs/files/send/index.sv-SE.md", ("Open Files. (sv-SE)", "Öppna Filer."))
    share.remove("locales/sv-SE", "locales/nb-NO")
    share.sync()
    share.sync("--prune")
    left = [meta, "docs/files/send/index.sv-SE.md"] if is_edited else []
    assert share.list_files("docs") == left


def test_a_topic_that_is_renamed_once_more_keeps_its_aliases(share: Tree) -> None:
    rename(share, "sv-SE", "nb-NO")
    share.sync()
    for locale in ("sv-SE", "nb-NO"):
        path = f"locales/{locale}/files/send.md"
        share.write({f"locales/{locale}/start.md": share.read(path)})
        share.remove(path)
    share.sync()
    assert "aliases:\n- help/share\n- files/send\n" in share.read("docs/start/.meta.yml")


def test_a_topic_that_one_locale_has_under_another_path_is_not_renamed(share: Tree) -> None:
    rename(share, "sv-SE")
    share.sync()
    assert "aliases" not in share.read("docs/files/send/.meta.yml")
    assert (share.root / "docs/help/share/index.nb-NO.md").exists()


def test_a_renamed_topic_whose_page_is_in_conflict(share: Tree) -> None:
    edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    share.write({SWEDISH: deliver(SHARE, "sv-SE", into=str.upper)})
    share.sync(code=1)
    share.remove(SWEDISH, NORWEGIAN)
    share.write({"locales/sv-SE/files/send.md": deliver(SHARE, "sv-SE", into=str.upper)})
    share.sync(code=1)
    assert "\nÖppna Filer.\n\nSELECT SHARE.\n" in share.read("docs/files/send/index.sv-SE.md")
    assert share.list_files("locales/sv-SE.conflicts") == [
        "locales/sv-SE.conflicts/files/send/index.sv-SE.md"
    ]
