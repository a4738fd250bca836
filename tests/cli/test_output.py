"""What each command prints, compared with snapshots; ``conftest.py`` says how to refresh them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

import pytest

from tests.support.trees import Outcome, Tree, deliver, run_hexapla

from .conftest import SHARE, START

Match = Callable[[str, Outcome], None]

COMMANDS = [
    "sync",
    "conflicts",
    "resolve",
    "import",
    "serve",
    "check",
    "show",
    "explain",
    "diff",
    "status",
]
PAGE = "docs/help/files/share/index.sv-SE.md"


@pytest.mark.parametrize("command", COMMANDS)
def test_help(match: Match, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    outcome = run_hexapla(command, "--help")
    match(f"help-{command}", outcome)
    assert outcome == run_hexapla(command, "-h")


def test_help_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    outcome = run_hexapla("--help")
    assert outcome.code == 0
    assert "\n  Examples:\n    hexapla import vendor/help.sv-SE.tar.xz\n" in outcome.output
    for command in COMMANDS:
        assert f"\n  {command} " in outcome.output
    assert outcome.lines[-1] == (
        "  Exit codes: 0 clean, 1 findings or conflicts, 2 usage or configuration, 3 internal."
    )


ON_DELIVERIES = [
    ("sync", ["sync"]),
    ("sync-dry-run", ["sync", "--dry-run"]),
    ("sync-json", ["sync", "--format", "json"]),
    ("check", ["check"]),
    ("check-info", ["check", "--least", "info"]),
    ("check-json", ["check", "--least", "info", "--format", "json"]),
    ("check-github", ["check", "--format", "github"]),
]
ON_PAGES = [
    ("sync-again", ["sync"]),
    ("show", ["show", "help/files/share"]),
    ("show-json", ["show", "help/files/share", "--format", "json"]),
    ("show-related", ["show", "help/start"]),
    ("show-no-source", ["show", "locales/sv-SE/help/broken.md"]),
    ("show-unknown", ["show", "share"]),
    ("diff", ["diff", "help/files/share", "nb-NO"]),
    ("diff-json", ["diff", PAGE, "nb-NO", "--format", "json"]),
    ("diff-topic", ["diff", "help/files/share"]),
    ("diff-same", ["diff", "help/files/share", "sv-SE"]),
    ("diff-source", ["diff", "help/files/share", "en-US"]),
    ("diff-unknown", ["diff", "help/files/share", "de-DE"]),
    ("explain", ["explain", PAGE]),
    ("explain-line", ["explain", f"{PAGE}:9"]),
    ("explain-json", ["explain", f"{PAGE}:9", "--format", "json"]),
    ("explain-source", ["explain", "docs/help/files/share/index.md"]),
    ("explain-delivery", ["explain", "locales/ar-SA.monolingual/help/files/share.md"]),
]


@pytest.mark.parametrize(("name", "arguments"), ON_DELIVERIES)
def test_on_deliveries(tree: Tree, match: Match, name: str, arguments: list[str]) -> None:
    match(name, tree.run(*arguments))


@pytest.mark.parametrize(("name", "arguments"), ON_PAGES)
def test_on_pages(synced: Tree, match: Match, name: str, arguments: list[str]) -> None:
    match(name, synced.run(*arguments))


def test_after_edits(synced: Tree, match: Match) -> None:
    text = synced.read(PAGE).replace("Open **Files**.", "Öppna **Filer**.")
    synced.write({PAGE: text, "locales/sv-SE/help/start.md": deliver(START, "sv-SE", number=6)})
    synced.remove("locales/nb-NO/help/files/share.md")
    match("show-edited", synced.run("show", "help/files/share"))
    match("explain-edited", synced.run("explain", PAGE))
    match("sync-withdrawn", synced.run("sync"))
    match("show-withdrawn", synced.run("show", "help/files/share"))
    match("status-withdrawn", synced.run("status"))
    synced.write({"locales/sv-SE/help/files/share.md": deliver(SHARE, "sv-SE", into=str.upper)})
    match("sync-conflict", synced.run("sync"))
    match("sync-conflict-dry-run", synced.run("sync", "--dry-run"))
    match("sync-pruned", synced.run("sync", "--prune"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["sync", "--dry-run"],
        ["check", "--least", "info"],
        ["show", "help/start"],
        ["explain", PAGE],
        ["diff", "help/files/share", "nb-NO"],
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_json_is_deterministic(synced: Tree, arguments: list[str]) -> None:
    synced.remove(".hexapla")
    outcomes = [synced.run(*arguments, "--format", "json") for _ in range(2)]
    outcomes.append(synced.call(*arguments, "--format", "json"))
    assert len({outcome.output for outcome in outcomes}) == 1
    assert json.loads(outcomes[0].output)
    assert outcomes[0].errors == ""


def test_a_name_that_is_not_utf8_can_be_printed(tree: Tree) -> None:
    name = os.fsdecode(b"a\xff.md")
    (tree.root / "locales/sv-SE" / name).write_bytes(b"")
    outcome = tree.call("check", "--format", "json")
    found = json.loads(outcome.output)
    assert any(finding["path"] == f"locales/sv-SE/{name}" for finding in found)
    assert "locales/sv-SE/a\\udcff.md: warning: the file is empty" in tree.call("check").output
    assert "file=locales/sv-SE/a\\udcff.md," in tree.call("check", "--format", "github").output
