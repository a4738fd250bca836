"""What keeps a command from working at all: it says so, ends with 2 and changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.trees import Tree, deliver, run_hexapla, write_source

COMMANDS = [["sync"], ["check"], ["show", "help/share"], ["explain", "docs/help/share/index.md"]]
ELSEWHERE = "nothing is written elsewhere: put a folder in the link's place"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A repository with one topic."""
    tree = Tree(tmp_path / "repository")
    tree.write({"locales/sv-SE/help/share.md": deliver(write_source("Share"), "sv-SE")})
    return tree


def replace_by_link(path: Path) -> None:
    """Replace a folder by a link out of the repository."""
    elsewhere = path.parent.parent / "elsewhere"
    if path.exists():
        shutil.move(path, elsewhere)
    else:
        elsewhere.mkdir()
    path.symlink_to(elsewhere)


def remove_configuration(path: Path) -> None:
    """Remove ``mkdocs.yml``."""
    path.unlink()


def write(content: str | bytes) -> Callable[[Path], None]:
    """Give a function that writes a file."""

    def replace(path: Path) -> None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return replace


def snapshot(tree: Tree) -> dict[str, bytes]:
    """Give all files but those that may always be deleted."""
    return {p: data for p, data in tree.snapshot().items() if not p.startswith(".hexapla/")}


@dataclass(frozen=True, slots=True)
class Case:
    """A repository that no command can work in."""

    title: str
    """What is wrong."""
    path: str
    """The file or folder concerned."""
    damage: Callable[[Path], None]
    """Does the damage to it."""
    message: str
    """What is said of it."""


CASES: list[Case] = [
    Case(
        "no mkdocs.yml",
        "mkdocs.yml",
        remove_configuration,
        "hexapla: there is no mkdocs.yml in {root} or above it\n"
        "  hint: run the command inside a Hexapla repository\n",
    ),
    Case(
        "mkdocs.yml is not YAML",
        "mkdocs.yml",
        write("site_name: Help\nplugins: [\n"),
        "hexapla: mkdocs.yml:3: not valid YAML:"
        " expected the node content, but found '<stream end>'\n",
    ),
    Case(
        "mkdocs.yml is not UTF-8",
        "mkdocs.yml",
        write(b"site_name: \xff\n"),
        "hexapla: mkdocs.yml: the file is not valid UTF-8\n",
    ),
    Case(
        "mkdocs.yml holds a date that is none",
        "mkdocs.yml",
        write("extra: 2021-13-45\n"),
        "hexapla: mkdocs.yml: not valid YAML: month must be in 1..12\n",
    ),
    Case(
        "the source locale is not known",
        "mkdocs.yml",
        write("plugins:\n- i18n:\n    languages:\n    - {locale: xx-YY, default: true}\n"),
        "hexapla: mkdocs.yml: the default language 'xx-YY' is not a known locale\n"
        "  hint: use a BCP 47 tag such as en-US\n",
    ),
    Case(
        "docs/ is a link out of the repository",
        "docs",
        replace_by_link,
        "hexapla: docs: a symbolic link leads out of the repository\n" + f"  hint: {ELSEWHERE}\n",
    ),
    Case(
        "locales/ is a link out of the repository",
        "locales",
        replace_by_link,
        "hexapla: locales: a symbolic link leads out of the repository\n"
        + f"  hint: {ELSEWHERE}\n",
    ),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command[0]))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_configuration(tree: Tree, command: list[str], case: Case) -> None:
    case.damage(tree.root / case.path)
    before = snapshot(tree)
    outcome = tree.run(*command)
    assert (outcome.code, outcome.output) == (2, "")
    assert outcome.errors == case.message.replace("{root}", str(tree.root))
    assert snapshot(tree) == before
    if case.path == "docs":
        assert list((tree.root.parent / "elsewhere").iterdir()) == []


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    outcome = run_hexapla("--root", str(tmp_path / "nowhere"), "sync")
    assert outcome.code == 2
    assert "Directory" in outcome.errors
    assert "does not exist" in outcome.errors


def test_import_of_a_path_that_does_not_exist(tree: Tree) -> None:
    before = snapshot(tree)
    outcome = tree.run("import", "nowhere.zip")
    assert outcome.code == 2
    assert outcome.errors.splitlines()[-1] == (
        "Error: Invalid value for 'PATH…': Path 'nowhere.zip' does not exist."
    )
    assert snapshot(tree) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--locale", "xx-YY"),
            "hexapla: 'xx-YY' is not a known locale\n"
            "  hint: use a BCP 47 tag such as sv-SE or sr-Latn-RS\n",
        ),
        (
            ("--as", "../evil"),
            "hexapla: '../evil' cannot be a topic's id\n  hint: use its path: help/start\n",
        ),
    ],
)
def test_arguments_of_import(tree: Tree, arguments: tuple[str, ...], message: str) -> None:
    before = snapshot(tree)
    outcome = tree.run("import", *arguments, str(tree.root / "mkdocs.yml"))
    assert (outcome.code, outcome.errors) == (2, message)
    assert snapshot(tree) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("show", "help/shar"),
            "hexapla: there is no topic 'help/shar'\n  hint: did you mean help/share?\n",
        ),
        (
            ("show", "start"),
            "hexapla: there is no topic 'start'\n"
            "  hint: a topic's id is the path of its folder below docs/\n",
        ),
        (
            ("explain", "help/share"),
            "hexapla: help/share: this is a topic, and no file of it\n"
            "  hint: hexapla show help/share\n",
        ),
        (
            ("explain", "docs/help/share/.meta.yml"),
            "hexapla: docs/help/share/.meta.yml: no delivery is written to this file\n",
        ),
        (
            ("explain", "docs/help/share/index.md:99"),
            "hexapla: docs/help/share/index.md: line 99 is not in the page's text\n"
            "  hint: leave the line out to see all\n",
        ),
        (
            ("explain", "../elsewhere.md"),
            "hexapla: {root}/../elsewhere.md: the file is not in this repository\n",
        ),
    ],
)
def test_arguments_of_show_and_explain(
    tree: Tree, arguments: tuple[str, ...], message: str
) -> None:
    tree.sync()
    outcome = tree.run(*arguments)
    assert (outcome.code, outcome.errors) == (2, message.replace("{root}", str(tree.root)))
