"""How commands end: 0 clean, 1 findings or conflicts, 2 usage or configuration, 3 internal."""

from __future__ import annotations

import subprocess
import sys

import pytest

import hexapla.cli.checking
from tests.support.trees import Tree, deliver, run_hexapla, write_source


@pytest.fixture
def warned(tree: Tree) -> Tree:
    """A repository with warnings, and no error."""
    tree.remove("locales/xx-YY")
    return tree


@pytest.mark.parametrize(
    ("threshold", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)]
)
@pytest.mark.parametrize("command", ["check", "sync"])
def test_the_threshold(warned: Tree, command: str, threshold: str, code: int) -> None:
    assert warned.run(command, "--fail-on", threshold).code == code


def test_an_error_reaches_the_default_threshold(tree: Tree) -> None:
    assert tree.run("check").code == 1
    assert tree.run("check", "--fail-on", "never").code == 0
    assert tree.run("sync").code == 1
    assert tree.run("sync").code == 1  # the folder is still there


def test_clean(tree: Tree) -> None:
    tree.remove("locales")
    tree.write({"locales/sv-SE/help/start.md": deliver(write_source("Start"), "sv-SE")})
    for command in (["check"], ["sync"], ["show", "help/start"]):
        assert tree.run(*command, *(["--fail-on", "info"] if len(command) == 1 else [])).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["sync", "--nonsense"],
        ["sync", "--jobs", "0"],
        ["sync", "--format", "xml"],
        ["check", "--least", "nothing"],
        ["show"],
        ["explain"],
        ["import"],
    ],
    ids=" ".join,
)
def test_usage(tree: Tree, arguments: list[str]) -> None:
    outcome = tree.run(*arguments)
    assert (outcome.code, outcome.output) == (2, "")
    assert "Error: " in outcome.errors
    assert "Traceback" not in outcome.errors


def test_no_command_shows_the_help() -> None:
    outcome = run_hexapla()
    assert outcome.code == 2
    assert "Commands:" in outcome.output + outcome.errors


def test_an_internal_error(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("injected")

    monkeypatch.setattr(hexapla.cli.checking, "synchronize", fail)
    outcome = tree.run("check")
    assert (outcome.code, outcome.output) == (3, "")
    assert "Traceback" in outcome.errors
    assert outcome.errors.endswith(
        "hexapla: internal error: ZeroDivisionError('injected'); please report it\n"
    )


def test_an_interrupt(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(hexapla.cli.checking, "synchronize", interrupt)
    outcome = tree.run("check")
    assert outcome.code == 130
    assert outcome.errors.strip() == "hexapla: interrupted; run the command again to go on"


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_reader_that_has_gone(tree: Tree, form: str) -> None:
    """As ``hexapla check | head -1``."""
    tree.write({f"locales/sv-SE/help/empty-{number}.md": "" for number in range(2000)})
    process = tree.start("check", "--format", form)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(30) in {0, 1}  # 1: all was written before the reader went


def test_version() -> None:
    outcome = run_hexapla("--version")
    assert outcome.code == 0
    assert outcome.output.startswith("hexapla, version ")


def test_the_package_can_be_run(tree: Tree) -> None:
    assert tree.call("sync", "--fail-on", "never").code == 0
    command = [sys.executable, "-c", "import hexapla.cli; hexapla.cli.main(['--version'])"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
