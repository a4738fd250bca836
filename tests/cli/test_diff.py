"""``hexapla diff``: what it knows of earlier revisions, and what it says where it knows nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.trees import Tree, deliver, write_source

FIRST = write_source("Share", "Open **Files**.", "It stays for 30 days.", "Close it.")
SECOND = write_source("Share", "Open **Files**.", "It stays for 60 days.", "Close it.")
THIRD = write_source("Share", "Close it.", "Open **Files**.", "It stays for 90 days.", "Print it.")

NAME = "help/share.md"
SWEDISH = f"locales/sv-SE/{NAME}"
DUTCH = f"locales/nl-NL/{NAME}"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A repository in which a locale's delivery has been replaced by a later one."""
    tree = Tree(tmp_path / "repository", {SWEDISH: deliver(FIRST, "sv-SE", date="01/15/2020")})
    tree.commit("2020-02-01")
    tree.write({SWEDISH: deliver(SECOND, "sv-SE", date="06/15/2020", units=False)})
    tree.write({DUTCH: deliver(THIRD, "nl-NL", date="03/20/2021")})
    return tree


def test_an_earlier_revision_is_known_from_the_history(tree: Tree) -> None:
    outcome = tree.run("diff", "help/share")
    assert outcome.code == 1
    assert outcome.lines[1].startswith("from ")
    assert "source not known; sv-SE" in outcome.lines[2]
    assert outcome.lines[3].startswith("to ")
    assert outcome.lines[6:] == [
        ">  104 Open **Files**.",
        "~  105 It stays for [-30-]{+90+} days.",
        "+  106 Print it.",
    ]


def test_what_stands_for_an_unknown_source_is_said(tree: Tree) -> None:
    outcome = tree.run("diff", "help/share", "sv-SE")
    assert outcome.code == 1
    remark = next(line for line in outcome.lines if "which sv-SE was translated from" in line)
    assert remark.endswith("is not known: compared is the last known before it")
    assert "~  105 It stays for [-30-]{+90+} days." in outcome.lines


def test_nothing_is_compared_where_nothing_is_known(tree: Tree) -> None:
    tree.remove(".git")
    outcome = tree.run("diff", "help/share", "sv-SE")
    assert (outcome.code, outcome.output) == (2, "")
    assert ", which sv-SE was translated from, is not known\n  hint: " in outcome.errors
    alone = tree.run("diff", "help/share")
    assert alone.code == 0
    assert alone.lines[-1] == "no earlier revision of the source is known"


def test_without_git_what_was_synced_is_known_as_long_as_it_is_kept(tree: Tree) -> None:
    tree.remove(".git", DUTCH)
    tree.write({SWEDISH: deliver(FIRST, "sv-SE", date="01/15/2020")})
    tree.sync()
    tree.write({SWEDISH: deliver(THIRD, "sv-SE", date="03/20/2021")})
    tree.sync()
    assert "~  105 It stays for [-30-]{+90+} days." in tree.run("diff", "help/share").lines
    tree.remove(".hexapla")
    alone = tree.run("diff", "help/share")
    assert alone.lines[-1] == "no earlier revision of the source is known"


def test_a_translation_newer_than_the_source_has_nothing_to_catch_up_with(tree: Tree) -> None:
    tree.write({SWEDISH: deliver(SECOND, "sv-SE", date="05/05/2021", units=False)})
    outcome = tree.run("diff", "help/share", "sv-SE")
    assert outcome.code == 0
    assert "newer than any whose source is known" in outcome.lines[-1]


def test_a_translation_without_a_revision_says_so(tree: Tree) -> None:
    tree.write({SWEDISH: "# Dela\n"})
    outcome = tree.run("diff", "help/share", "sv-SE")
    assert outcome.code == 2
    assert "sv-SE does not say which revision it was translated from" in outcome.errors


def test_a_topic_without_source_has_no_changes(tree: Tree) -> None:
    tree.write({DUTCH: deliver(THIRD, "nl-NL", units=False)})
    outcome = tree.run("diff", "help/share")
    assert outcome.code == 0
    assert outcome.lines[-1] == "the source is not known: no article has units"


def test_a_delivered_source_is_compared_line_by_line(tree: Tree) -> None:
    tree.remove(DUTCH)
    tree.write({f"locales/en-US/{NAME}": "# Share\n\nOpen **Files**.\n\nIt stays for 90 days.\n"})
    outcome = tree.run("diff", "help/share", "sv-SE", "--format", "json")
    found = json.loads(outcome.output)
    assert [change["change"] for change in found["changes"]] == ["reworded", "removed"]
    assert found["changes"][0]["after"] == {"unit": None, "text": "It stays for 90 days."}
    assert found["counts"]["same"] == 2


def test_a_renamed_topic_keeps_its_history(tree: Tree) -> None:
    tree.remove(SWEDISH, DUTCH)
    tree.write({"locales/nl-NL/help/give.md": deliver(THIRD, "nl-NL", date="03/20/2021")})
    assert tree.run("diff", "help/give").code == 0
    tree.write({"docs/help/give/.meta.yml": "aliases:\n- help/share\n"})
    outcome = tree.run("diff", "help/give")
    assert "~  105 It stays for [-30-]{+90+} days." in outcome.lines


def test_names_are_no_patterns(tree: Tree) -> None:
    tree.write({"locales/sv-SE/help/[s]hare.md": deliver(THIRD, "sv-SE")})
    outcome = tree.run("diff", "help/[s]hare")
    assert outcome.lines[-1] == "no earlier revision of the source is known"


def test_colours_are_for_terminals_that_want_them(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in tree.run("diff", "help/share").output
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda _, color=None: color is False)
    coloured = tree.run("diff", "help/share").output
    assert "\x1b[31m[-30-]\x1b[0m\x1b[32m{+90+}\x1b[0m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in tree.run("diff", "help/share").output


def test_what_would_steer_a_terminal_is_escaped(tree: Tree) -> None:
    hostile = write_source("Share", "Open \x1b[31mFiles.")
    tree.write({DUTCH: deliver(hostile, "nl-NL", date="03/20/2021")})
    output = tree.run("diff", "help/share").output
    assert "\x1b" not in output
    assert "\\x1b" in output
