"""What sync does to ``docs/`` and the locks, one command after the other."""

from __future__ import annotations

import json
import os

from tests.support.trees import Tree, deliver, write_source
from tests.sync.shared import (
    LATER,
    NORWEGIAN,
    ORIGINAL,
    PAGE,
    SHARE,
    SHARE_LATER,
    SHARED,
    SWEDISH,
    edit,
)


def test_a_bundle_is_created(tree: Tree) -> None:
    tree.write({SWEDISH: deliver(SHARE, "sv-SE"), NORWEGIAN: deliver(SHARE, "nb-NO")})
    assert tree.sync().lines == ["2 articles: 4 created"]
    assert tree.list_files("docs") == [
        SHARED,
        ORIGINAL,
        "docs/help/share/index.nb-NO.md",
        PAGE,
    ]
    assert tree.read(ORIGINAL) == (
        '---\ntitle: "Share a folder"\n---\n'
        "# Share a folder {#share-a-folder}\n\nOpen Files.\n\nSelect Share.\n"
    )
    assert tree.read(PAGE).endswith(
        "---\n# Share a folder (sv-SE) {#share-a-folder}\n\n"
        "Open Files. (sv-SE)\n\nSelect Share. (sv-SE)\n"
    )


def test_a_second_run_writes_nothing(share: Tree) -> None:
    before = share.stamp("docs", "locales")
    assert share.sync().lines == ["2 articles: nothing to do"]
    assert share.stamp("docs", "locales") == before


def test_an_article_that_is_new_or_changed_is_written(share: Tree) -> None:
    share.write(
        {
            SWEDISH: deliver(SHARE_LATER, "sv-SE", date=LATER, number=3),
            "locales/sv-SE/help/start.md": deliver(write_source("Start"), "sv-SE"),
        }
    )
    untouched = share.stamp("docs/help/share")["docs/help/share/index.nb-NO.md"]
    report = json.loads(share.sync("--format", "json").output)
    assert report["changes"] == [
        {"path": SHARED, "change": "updated"},
        {"path": ORIGINAL, "change": "updated"},
        # The shared metadata are now of a later revision; the page names its own.
        {"path": "docs/help/share/index.nb-NO.md", "change": "updated"},
        {"path": PAGE, "change": "updated"},
        {"path": "docs/help/start/.meta.yml", "change": "created"},
        {"path": "docs/help/start/index.md", "change": "created"},
        {"path": "docs/help/start/index.sv-SE.md", "change": "created"},
    ]
    assert "Select Send. (sv-SE)" in share.read(PAGE)
    assert share.stamp("docs/help/share")["docs/help/share/index.nb-NO.md"] != untouched


def test_only_topics_with_a_change_are_written(share: Tree) -> None:
    share.write({"locales/sv-SE/help/start.md": deliver(write_source("Start"), "sv-SE")})
    before = share.stamp("docs/help/share")
    assert share.sync().lines == ["3 articles: 3 created"]
    assert share.stamp("docs/help/share") == before


def test_a_page_that_is_gone_is_written_again(share: Tree) -> None:
    before = share.snapshot("docs", "locales")
    share.remove(PAGE, ORIGINAL)
    assert share.sync().lines == ["2 articles: 2 created"]
    assert share.snapshot("docs", "locales") == before


def test_a_writers_edit_is_kept(share: Tree) -> None:
    text = edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    before = share.stamp("docs", "locales")
    assert share.sync().lines == ["2 articles: nothing to do"]
    # Another locale's delivery makes the topic due.
    share.write({NORWEGIAN: deliver(SHARE, "nb-NO", into=str.upper)})
    assert share.sync().lines == ["2 articles: 1 updated, 1 edited"]
    assert share.read(PAGE) == text
    assert share.stamp("docs")[PAGE] == before[PAGE]


def test_a_withdrawn_page_stays_until_it_is_pruned(share: Tree) -> None:
    share.remove(SWEDISH)
    withdrawn = (
        f"{PAGE}: warning: its article is no longer delivered; the page stays"
        " (hexapla sync --prune removes it) [withdrawn]"
    )
    for _ in range(2):
        outcome = share.sync()
        assert outcome.lines[0] == withdrawn
        assert (share.root / PAGE).exists()
    assert share.sync("--prune").lines == ["1 article: 1 removed"]
    assert not (share.root / PAGE).exists()
    assert not (share.root / "locales/sv-SE.lock").exists()
    assert share.sync().lines == ["1 article: nothing to do"]


def test_a_topic_that_is_withdrawn_is_pruned_with_its_folder(share: Tree) -> None:
    share.remove(SWEDISH, NORWEGIAN)
    assert len(share.sync().lines) == 5
    assert share.sync("--prune").lines == ["0 articles: 4 removed"]
    assert share.list_files("docs", "locales") == []
    assert not (share.root / "docs/help").exists()


def test_a_picture_that_most_locales_shared_is_another_once_they_leave(tree: Tree) -> None:
    pictures = {"ar-SA": b"\xff1", "nb-NO": b"\xff1", "sv-SE": b"\xff2"}
    tree.write({f"locales/{tag}/help/media/a.png": data for tag, data in pictures.items()})
    tree.sync()
    assert (tree.root / "docs/help/media/a.png").read_bytes() == b"\xff1"
    tree.remove("locales/ar-SA", "locales/nb-NO")
    tree.sync("--prune")
    assert tree.snapshot("docs") == {"docs/help/media/a.png": b"\xff2"}
    assert tree.sync().lines == ["0 articles: nothing to do"]


def test_what_is_withdrawn_is_told_until_it_is_removed(share: Tree) -> None:
    def tell(*arguments: str) -> list[dict[str, str]]:
        outcome = share.run("status", "--format", "json", *arguments)
        found: list[dict[str, str]] = json.loads(outcome.output)["withdrawn"]
        return found

    assert tell() == []
    share.remove(SWEDISH)
    share.sync()
    assert (
        tell() == tell("-l", "sv-SE") == tell("-p", "other") == [{"page": PAGE, "locale": "sv-SE"}]
    )
    assert tell("-l", "nb-NO") == []
    assert f"{PAGE}: withdrawn" in share.run("show", "help/share").lines
    share.remove(NORWEGIAN)
    share.sync()
    topic = json.loads(share.run("show", PAGE, "--format", "json").output)
    assert (topic["topic"], topic["locales"]) == ("help/share", [])
    left = [ORIGINAL, PAGE.replace("sv-SE", "nb-NO"), PAGE]
    assert topic["pages"] == dict.fromkeys(left, "withdrawn")
    share.remove(PAGE)
    assert [row["locale"] for row in tell()] == ["en-US", "nb-NO"]
    share.sync("--prune")
    assert tell() == []
    assert share.run("show", "help/share").code == 2


def test_a_withdrawn_page_that_was_edited_is_never_pruned(share: Tree) -> None:
    text = edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    share.remove(SWEDISH)
    share.sync("--prune")
    share.sync("--prune")
    assert share.read(PAGE) == text


def test_a_withdrawn_page_that_a_writer_removed_is_forgotten(share: Tree) -> None:
    share.remove(SWEDISH, NORWEGIAN)
    share.sync()
    share.remove("docs/help")
    assert share.sync().lines == ["0 articles: nothing to do"]
    assert share.list_files("docs", "locales") == []
    assert share.sync("--prune").lines == ["0 articles: nothing to do"]


def test_a_withdrawn_article_that_is_delivered_again_is_as_before(share: Tree) -> None:
    before = share.snapshot("docs", "locales")
    text = share.read(SWEDISH)
    share.remove(SWEDISH)
    share.sync()
    share.write({SWEDISH: text})
    assert share.sync().code == 0
    assert share.snapshot("docs", "locales") == before


def test_a_page_whose_article_moved_goes_with_it(tree: Tree) -> None:
    """A loose article's topic is named by evidence, which a later delivery may change."""
    tree.write({"locales/sv-SE.loose/003.txt": deliver(SHARE, "sv-SE")})
    tree.sync()
    assert (tree.root / "docs/share-a-folder/index.sv-SE.md").exists()
    tree.write({NORWEGIAN: deliver(SHARE, "nb-NO")})
    tree.sync()
    assert tree.list_files("docs") == [
        SHARED,
        ORIGINAL,
        "docs/help/share/index.nb-NO.md",
        PAGE,
    ]


def test_pages_go_with_an_article_that_is_renamed(share: Tree) -> None:
    for locale in ("sv-SE", "nb-NO"):
        old = f"locales/{locale}/help/share.md"
        share.write({f"locales/{locale}/help/send.md": share.read(old)})
        share.remove(old)
    assert share.sync().lines == ["2 articles: 4 created, 4 removed"]
    assert not (share.root / "docs/help/share").exists()


def test_a_moved_page_that_was_edited_stays(tree: Tree) -> None:
    tree.write({"locales/sv-SE.loose/003.txt": deliver(SHARE, "sv-SE")})
    tree.sync()
    old = "docs/share-a-folder/index.sv-SE.md"
    text = edit(tree, old, ("Open Files. (sv-SE)", "Öppna Filer."))
    tree.write({NORWEGIAN: deliver(SHARE, "nb-NO")})
    for arguments in ((), ("--prune",), ()):
        outcome = tree.sync(*arguments)
        assert (
            f"{old}: warning: nothing delivered is written here any more; the page stays, as it was"
            " edited (keep what is worth keeping elsewhere, and remove the page) [withdrawn]"
        ) in outcome.lines
        assert tree.read(old) == text
    tree.remove(old)
    assert "withdrawn" not in tree.sync().output


def test_a_locale_that_is_delivered_without_units_from_now_on(share: Tree) -> None:
    share.remove(SWEDISH)
    later = deliver(SHARE_LATER, "sv-SE", date=LATER, units=False)
    share.write({SWEDISH.replace("sv-SE", "sv-SE.monolingual"): later})
    assert share.sync().lines == ["2 articles: 1 updated"]
    assert "Select Send. (sv-SE)" in share.read(PAGE)


def test_a_source_that_can_no_longer_be_reconstructed_is_withdrawn(tree: Tree) -> None:
    tree.write({SWEDISH: deliver(SHARE, "sv-SE")})
    tree.sync()
    tree.remove(SWEDISH)
    later = deliver(SHARE_LATER, "sv-SE", date=LATER, units=False)
    tree.write({SWEDISH.replace("sv-SE", "sv-SE.monolingual"): later})
    for _ in range(2):
        assert tree.sync().lines[0] == (
            f"{ORIGINAL}: warning: its article is no longer delivered; the page stays"
            " (hexapla sync --prune removes it) [withdrawn]"
        )
    assert tree.sync("--prune").lines == ["1 article: 1 removed"]
    assert tree.list_files("docs") == [SHARED, PAGE]


def test_assets_are_shared_but_for_those_of_a_locale(tree: Tree) -> None:
    tree.write(
        {
            "locales/en-US/help/media/a.png": b"english",
            "locales/sv-SE/help/media/a.png": b"swedish",
            "locales/nb-NO/help/media/a.png": b"english",
            "locales/sv-SE/help/media/b.png": b"one",
            "locales/nb-NO/help/media/b.png": b"two",
            "locales/nl-NL/help/media/b.png": b"two",
        }
    )
    tree.sync()
    expected = {
        "docs/help/media/a.png": b"english",
        "docs/help/media/a.sv-SE.png": b"swedish",
        "docs/help/media/b.png": b"two",
        "docs/help/media/b.sv-SE.png": b"one",
    }
    assert tree.snapshot("docs") == expected
    tree.sync()
    # The source's own version becomes the shared one.
    tree.write({"locales/en-US/help/media/b.png": b"english"})
    tree.sync()
    assert tree.snapshot("docs") == {
        **expected,
        "docs/help/media/b.png": b"english",
        "docs/help/media/b.nb-NO.png": b"two",
        "docs/help/media/b.nl-NL.png": b"two",
    }
    # A locale's own version becomes the shared one: its own page goes.
    tree.write({"locales/sv-SE/help/media/a.png": b"english"})
    tree.sync()
    assert "docs/help/media/a.sv-SE.png" not in tree.snapshot("docs")


def test_what_configures_the_delivering_system_is_no_asset(tree: Tree) -> None:
    tree.write(
        {
            SWEDISH: deliver(SHARE, "sv-SE"),
            "locales/sv-SE/help/docfx.json": "{}",
            "locales/sv-SE/help/TOC.yml": "items: []\n",
            "locales/sv-SE/help/TOC.md": "# [Start](start.md)\n",
            "locales/sv-SE/.openpublishing.redirection.json": "{}",
            "locales/sv-SE/README.md": "# Help\n",
            "locales/README.txt": "Deliveries.\n",
        }
    )
    tree.sync()
    assert tree.list_files("docs") == [SHARED, ORIGINAL, PAGE]


def test_a_dry_run_writes_nothing(share: Tree) -> None:
    share.remove(".hexapla")
    edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    share.write(
        {
            SWEDISH: deliver(SHARE, "sv-SE", into=str.upper),
            "locales/sv-SE/help/start.md": deliver(write_source("Start"), "sv-SE"),
        }
    )
    share.remove(NORWEGIAN)
    everything = share.stamp()
    outcome = share.sync("--dry-run", "--prune", code=1)
    assert share.stamp() == everything
    assert outcome.lines[1:] == [
        "would be removed: docs/help/share/index.nb-NO.md",
        f"would be a conflict: {PAGE}",
        "would be created: docs/help/start/.meta.yml",
        "would be created: docs/help/start/index.md",
        "would be created: docs/help/start/index.sv-SE.md",
        "dry run, nothing was written: 2 articles: 3 created, 1 conflict, 1 removed; 1 error",
    ]
    written = share.sync("--prune", code=1)
    assert written.lines[-1] == outcome.lines[-1].partition("written: ")[2]


def test_the_cache_may_be_deleted_at_any_time(share: Tree) -> None:
    edit(share, PAGE, ("Open Files. (sv-SE)", "Öppna Filer."))
    before = share.stamp("docs", "locales")
    share.remove(".hexapla")
    assert share.sync().lines == ["2 articles: nothing to do"]
    assert share.stamp("docs", "locales") == before
    share.write({SWEDISH: deliver(SHARE, "sv-SE", into=str.upper)})
    share.sync(code=1)
    before = share.stamp("docs", "locales")
    share.remove(".hexapla")
    share.sync(code=1)
    assert share.stamp("docs", "locales") == before


def test_a_damaged_index_is_as_good_as_none(share: Tree) -> None:
    for damage in ("[]", '{"sv-SE/help/share.md": 7}', "{", b"\xff"):
        share.write({".hexapla/index.json": damage})
        assert share.sync().lines == ["2 articles: nothing to do"]


def test_a_file_that_keeps_size_and_time_is_still_seen_to_change(share: Tree) -> None:
    """As git's index does: the change time and the inode are looked at, too."""
    path = share.root / SWEDISH
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    text = share.read(SWEDISH)
    share.write({SWEDISH: text.replace("Open Files. (sv-SE)", "Shut Files. (sv-SE)")})
    os.utime(path, ns=times)
    assert share.sync().lines == ["2 articles: 1 updated"]


def test_no_deliveries_at_all(tree: Tree) -> None:
    outcome = tree.sync(code=2)
    assert outcome.errors == (
        "hexapla: locales: there are no deliveries\n"
        "  hint: put them into locales/<locale>/, or use hexapla import\n"
    )


def test_another_source_locale_makes_every_page_due(share: Tree) -> None:
    configuration = share.read("mkdocs.yml")
    share.write({"mkdocs.yml": configuration.replace("en-US", "en-GB")})
    share.sync()
    assert (share.root / "locales/en-GB.lock").exists()
    assert not (share.root / "locales/en-US.lock").exists()
    assert share.sync().lines == ["2 articles: nothing to do"]
