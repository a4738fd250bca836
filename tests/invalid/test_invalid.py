# ruff: noqa: E501 - messages stand here as they are printed
"""Bad input, and the exact message that each gets; its neighbours go on, and nothing leaks out."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.trees import Files, Tree, deliver, write_source

NEIGHBOUR = "docs/help/neighbour/index.sv-SE.md"
BOUND = 48 * 2**20
"""Bytes that a command on a small tree may need, whatever it is given."""

HELP = "locales/sv-SE/help"
FRONT = "---\ntitle: Share\n---\n"
UNIT = (
    '<span data-ttu-id="0a1b2-101">Dela</span>'
    '<span class="sxs-lookup"><span data-stu-id="0a1b2-101">Share</span></span>'
)
LOST = "source-missing"


@dataclass(frozen=True, slots=True)
class Case:
    """Bad input and what is said of it."""

    title: str
    """What is wrong."""
    files: Files
    """Path relative to the repository → content."""
    lines: tuple[str, ...]
    """The findings, exactly as printed, but for the one that no source is delivered."""
    code: int = 0
    """The exit code of sync."""
    prepare: Callable[[Path], None] | None = None
    """Does to the repository what files cannot."""


def make_sparse(root: Path) -> None:
    """Make a file of 50 million bytes that takes no room."""
    with (root / HELP / "a.md").open("wb") as file:
        file.truncate(50_000_000)


def link(path: str, target: str) -> Callable[[Path], None]:
    """Give a function that makes a symbolic link."""
    return lambda root: (root / path).symlink_to(target)


def make_pipe(root: Path) -> None:
    """Make a named pipe, from which a read would wait forever."""
    os.mkfifo(root / HELP / "a.md")


def make_raw_name(root: Path) -> None:
    """Make a file whose name is not UTF-8."""
    Path(os.fsdecode(os.fsencode(root / HELP) + b"/a\xff.md")).write_text(UNIT)


BOMB = "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

CASES = [
    # The text.
    Case(
        "empty file",
        {f"{HELP}/a.md": ""},
        ("locales/sv-SE/help/a.md: warning: the file is empty [empty-file]",),
    ),
    Case(
        "blank file",
        {f"{HELP}/a.md": " \n\n"},
        ("locales/sv-SE/help/a.md: warning: the file is empty [empty-file]",),
    ),
    Case("no front matter", {f"{HELP}/a.md": UNIT}, ()),
    Case(
        "invalid UTF-8",
        {f"{HELP}/a.md": FRONT.encode() + b"Dela \xff\n"},
        (
            "locales/sv-SE/help/a.md:4:6: error: byte 0xff is not valid UTF-8: invalid start byte [invalid-utf8]",
        ),
        1,
    ),
    Case(
        "UTF-16",
        {f"{HELP}/a.md": "Dela\n".encode("utf-16")},
        (
            "locales/sv-SE/help/a.md:1:1: error: byte 0xff is not valid UTF-8: invalid start byte [invalid-utf8]",
            "locales/sv-SE/help/a.md:1:4: error: the file holds 5 NUL bytes [nul-byte]",
        ),
        1,
    ),
    Case(
        "NUL bytes",
        {f"{HELP}/a.md": FRONT + "a\0b\0\n"},
        ("locales/sv-SE/help/a.md:4:2: error: the file holds 2 NUL bytes [nul-byte]",),
        1,
    ),
    Case(
        "CRLF",
        {f"{HELP}/a.md": FRONT.replace("\n", "\r\n") + "Dela\r\n"},
        ("locales/sv-SE/help/a.md: info: the file has CRLF line ends [carriage-returns]",),
    ),
    Case(
        "byte order mark",
        {f"{HELP}/a.md": "\ufeff" + FRONT + "Dela\n"},
        (
            "locales/sv-SE/help/a.md:1:1: info: the file starts with a byte order mark [byte-order-mark]",
        ),
    ),
    Case(
        "50 MB",
        {},
        (
            "locales/sv-SE/help/a.md: error: the file has 50,000,000 bytes, over the limit of 8,388,608 [file-too-large]",
        ),
        1,
        make_sparse,
    ),
    # Front matter.
    Case(
        "front matter never closes",
        {f"{HELP}/a.md": "---\ntitle: Share\n\n# Dela\n"},
        (
            "locales/sv-SE/help/a.md:1:1: warning: front matter opens here and never closes [front-matter-unclosed]",
        ),
    ),
    Case(
        "endless front matter",
        {f"{HELP}/a.md": "---\n" + "a: b\n" * 20_000 + "---\n"},
        (
            "locales/sv-SE/help/a.md:1:1: error: front matter has over 65,536 characters [front-matter-too-large]",
        ),
        1,
    ),
    Case(
        "YAML bomb",
        {f"{HELP}/a.md": f"{BOMB}---\nDela\n"},
        (
            "locales/sv-SE/help/a.md:2:4: error: front matter uses an anchor or alias [front-matter-unsafe]",
        ),
        1,
    ),
    Case(
        "YAML tag",
        {f"{HELP}/a.md": "---\na: !!python/name:os.system\n---\n"},
        ("locales/sv-SE/help/a.md:2:4: error: front matter uses a tag [front-matter-unsafe]",),
        1,
    ),
    Case(
        "deep nesting",
        {f"{HELP}/a.md": f"---\na: {'[' * 3000}{']' * 3000}\n---\n"},
        (
            "locales/sv-SE/help/a.md:2:53: error: front matter uses too deep a nesting [front-matter-unsafe]",
        ),
        1,
    ),
    Case(
        "duplicate keys",
        {f"{HELP}/a.md": "---\ntitle: A\nb: c\ntitle: D\n---\n"},
        (
            "locales/sv-SE/help/a.md:4:1: warning: front matter key 'title' occurs a second time; the last one counts [duplicate-key]",
        ),
    ),
    Case(
        "YAML broken",
        {f"{HELP}/a.md": "---\ntitle: 'A\nb: c\n---\nDela\n"},
        (
            "locales/sv-SE/help/a.md:4:1: warning: front matter is not valid YAML: found unexpected end of stream [front-matter-invalid]",
        ),
    ),
    Case(
        "front matter a list",
        {f"{HELP}/a.md": "---\n- a\n---\nDela\n"},
        (
            "locales/sv-SE/help/a.md:2:1: warning: front matter is not a list of keys and values [front-matter-invalid]",
        ),
    ),
    Case(
        "two documents",
        {f"{HELP}/a.md": "---\na: b\n...\nc: d\n---\nDela\n"},
        (
            "locales/sv-SE/help/a.md:4:1: warning: front matter is not valid YAML: did not find expected <document start> [front-matter-invalid]",
        ),
    ),
    Case(
        "another locale than the folder's",
        {f"{HELP}/a.md": deliver(write_source("Share"), "nb-NO")},
        (
            "locales/sv-SE/help/a.md:7:1: warning: the article names nb-NO as its locale, its folder sv-SE [foreign-locale]",
        ),
    ),
    # Units.
    Case(
        "nested units",
        {f"{HELP}/a.md": UNIT.replace("Dela", UNIT.replace("101", "102"))},
        (
            "locales/sv-SE/help/a.md:1:7: warning: unit 0a1b2-101 holds another, or has no end [unit-nested]",
            "locales/sv-SE/help/a.md:1:159: warning: a source has no unit (data-ttu-id is missing) [unit-malformed]",
        ),
    ),
    Case(
        "unclosed unit",
        {f"{HELP}/a.md": f"x\n  {UNIT[:-14]}\n"},
        (
            "locales/sv-SE/help/a.md:2:9: warning: unit 0a1b2-101 is not closed, or its id is not one [unit-malformed]",
        ),
    ),
    Case(
        "unit without a source",
        {f"{HELP}/a.md": 'x <span data-ttu-id="0a1b2-101">D</span>'},
        (
            "locales/sv-SE/help/a.md:1:9: warning: unit 0a1b2-101 has no source (sxs-lookup is missing) [unit-malformed]",
        ),
    ),
    Case(
        "source without a unit",
        {f"{HELP}/a.md": UNIT[41:]},
        (
            "locales/sv-SE/help/a.md:1:7: warning: a source has no unit (data-ttu-id is missing) [unit-malformed]",
        ),
    ),
    Case(
        "ids that differ",
        {f"{HELP}/a.md": UNIT.replace("101", "102", 1)},
        (
            "locales/sv-SE/help/a.md:1:1: warning: unit 0a1b2-102 names 0a1b2-101 as its source [unit-id-mismatch]",
        ),
    ),
    Case(
        "duplicate id",
        {f"{HELP}/a.md": f"{UNIT}\n{UNIT}"},
        (
            "locales/sv-SE/help/a.md:2:1: warning: unit 0a1b2-101 occurs a second time [unit-duplicate]",
        ),
    ),
    # Names.
    Case("U+200B in a name", {HELP + "/a\u200bb.md": UNIT}, ()),
    Case("space in a name", {f"{HELP}/a b.md": UNIT}, ()),
    Case("quotes in a name", {f"{HELP}/a\"b'c.md": UNIT}, ()),
    Case(
        "newline in a name",
        {f"{HELP}/a\nb.md": ""},
        ("locales/sv-SE/help/a\\nb.md: warning: the file is empty [empty-file]",),
    ),
    Case(
        "escape codes in a name",
        {f"{HELP}/a\x1b[31mb.md": ""},
        ("locales/sv-SE/help/a\\x1b[31mb.md: warning: the file is empty [empty-file]",),
    ),
    Case("leading dot in a name", {f"{HELP}/.a.md": UNIT}, ()),
    Case(
        "only dots in a name",
        {f"{HELP}/...md": UNIT},
        (
            "locales/sv-SE/help/...md: error: nothing of this file's name can be a bundle's (deliver it under another name) [path-unusable]",
        ),
        1,
    ),
    Case(
        "only invisible characters in a name",
        {f"{HELP}/\u200b.md": UNIT},
        (
            "locales/sv-SE/help/\\u200b.md: error: nothing of this file's name can be a bundle's (deliver it under another name) [path-unusable]",
        ),
        1,
    ),
    Case("255 bytes in a name", {f"{HELP}/{'a' * 252}.md": UNIT}, ()),
    Case(
        "255 bytes in an asset's name",
        {f"{HELP}/{'a' * 251}.png": "sv", f"locales/nb-NO/help/{'a' * 251}.png": "nb"},
        (
            f"docs/help/{'a' * 251}.nb-NO.png: error: cannot write: a name is longer than 255 bytes (the delivered path is too long for this file system) [path-unusable]",
        ),
        1,
    ),
    Case("a name that is not UTF-8", {}, (), 0, make_raw_name),
    Case(
        "a name of a page",
        {f"{HELP}/share.md": UNIT, f"{HELP}/share/index.sv-SE.md.md": UNIT},
        (
            "locales/sv-SE/help/share/index.sv-SE.md.md: error: a folder of a bundle cannot be named like a page (deliver it under another name) [path-unusable]",
        ),
        1,
    ),
    Case(
        "paths that differ by case",
        {f"{HELP}/a.md": UNIT, f"{HELP}/A.md": UNIT},
        (
            "locales/sv-SE/help/a.md: error: this path meets 'help/A' where case or normalization do not count (deliver it under another name) [path-collision]",
        ),
        1,
    ),
    Case(
        "paths that differ by normalization",
        {f"{HELP}/\u00e4.md": UNIT, f"{HELP}/a\u0308.md": UNIT},
        (
            "locales/sv-SE/help/ä.md: error: its name becomes 'help/ä', as that of 'help/a\u0308.md' does (deliver it under another name) [path-collision]",
        ),
        1,
    ),
    Case(
        "names that become the same",
        {f"{HELP}/ab.md": UNIT, HELP + "/a\u200bb.md": UNIT},
        (
            "locales/sv-SE/help/a\\u200bb.md: error: its name becomes 'help/ab', as that of 'help/ab.md' does (deliver it under another name) [path-collision]",
        ),
        1,
    ),
    Case(
        "assets that differ by case",
        {f"{HELP}/a.png": "1", f"{HELP}/A.png": "2"},
        (
            "locales/sv-SE/help/a.png: error: this path meets 'help/A.png' where case or normalization do not count (deliver it under another name) [path-collision]",
        ),
        1,
    ),
    Case(
        "an asset where a bundle is",
        {f"{HELP}/a.md": UNIT, f"{HELP}/a": "x"},
        (
            "locales/sv-SE/help/a: error: 'help/a' is the path of a folder, or of a locale's version of a file (deliver it under another name) [path-collision]",
        ),
        1,
    ),
    Case(
        "an asset where a folder of others is",
        {f"{HELP}/a/b.png": "x", "locales/nb-NO/help/a": "x"},
        (
            "locales/nb-NO/help/a: error: 'help/a' is the path of a folder, or of a locale's version of a file (deliver it under another name) [path-collision]",
        ),
        1,
    ),
    Case(
        "an asset with the name of a locale's own",
        {f"{HELP}/a.png": "1", "locales/nb-NO/help/a.png": "2", f"{HELP}/a.nb-NO.png": "3"},
        (
            "locales/sv-SE/help/a.nb-NO.png: error: 'help/a.nb-NO.png' is the path of a folder, or of a locale's version of a file (deliver it under another name) [path-collision]",
        ),
        1,
    ),
    # Places.
    Case(
        "link out of the tree, to a file",
        {},
        (
            "locales/sv-SE/help/a.md: error: a symbolic link leaves the tree (deliver the file itself) [link-outside-tree]",
        ),
        1,
        link(f"{HELP}/a.md", "../../../../outside/secret.md"),
    ),
    Case(
        "link out of the tree, to a folder",
        {},
        (
            "locales/sv-SE/help/a: error: a symbolic link leaves the tree (deliver the file itself) [link-outside-tree]",
        ),
        1,
        link(f"{HELP}/a", "../../../../outside"),
    ),
    Case(
        "link within the tree",
        {},
        (
            "locales/sv-SE/help/a.md: warning: a symbolic link is not followed (deliver the file itself) [symbolic-link]",
        ),
        0,
        link(f"{HELP}/a.md", "neighbour.md"),
    ),
    Case(
        "link in a circle",
        {},
        (
            "locales/sv-SE/help/a.md: warning: a symbolic link is not followed (deliver the file itself) [symbolic-link]",
        ),
        0,
        link(f"{HELP}/a.md", "a.md"),
    ),
    Case(
        "a locale's folder is a link",
        {},
        (
            "locales/nb-NO: error: a symbolic link leaves the tree (deliver the file itself) [link-outside-tree]",
        ),
        1,
        link("locales/nb-NO", "../../outside"),
    ),
    Case(
        "named pipe",
        {},
        (
            "locales/sv-SE/help/a.md: warning: this is neither a file nor a folder (remove it) [special-file]",
        ),
        0,
        make_pipe,
    ),
    Case(
        "unknown locale",
        {"locales/xx-YY/help/a.md": UNIT},
        (
            "locales/xx-YY: error: 'xx-YY' is not a known locale: the folder is left out (name it by a BCP 47 tag such as sv-SE or sr-Latn-RS) [unknown-locale]",
        ),
        1,
    ),
    Case(
        "a locale spelled otherwise",
        {"locales/sv_se/help/a.md": UNIT},
        (
            "locales/sv_se: error: 'sv_se' is not a known locale: the folder is left out (name it sv-SE) [unknown-locale]",
        ),
        1,
    ),
    Case(
        "a folder of docs is a link out",
        {f"{HELP}/a.md": UNIT},
        (
            "docs/help/a/.meta.yml: error: cannot write: a symbolic link stands in the place of a folder (remove the link) [path-unusable]",
            "docs/help/a/index.md: error: cannot write: a symbolic link stands in the place of a folder (remove the link) [path-unusable]",
            "docs/help/a/index.sv-SE.md: error: cannot write: a symbolic link stands in the place of a folder (remove the link) [path-unusable]",
        ),
        1,
        link("docs/help/a", "../../../outside"),
    ),
    Case(
        "a folder of docs is a link within",
        {f"{HELP}/a.md": UNIT},
        (
            "docs/help/a/.meta.yml: error: cannot write: a symbolic link stands in the place of a folder (remove the link) [path-unusable]",
            "docs/help/a/index.md: error: cannot write: a symbolic link stands in the place of a folder (remove the link) [path-unusable]",
            "docs/help/a/index.sv-SE.md: error: cannot write: a symbolic link stands in the place of a folder (remove the link) [path-unusable]",
        ),
        1,
        link("docs/help/a", "neighbour"),
    ),
    Case(
        "a file of docs where a folder must be",
        {f"{HELP}/a.md": UNIT, "docs/help/a": "x"},
        (
            "docs/help/a/.meta.yml: error: cannot write: Not a directory (a file is where a folder must be) [path-unusable]",
            "docs/help/a/index.md: error: cannot write: Not a directory (a file is where a folder must be) [path-unusable]",
            "docs/help/a/index.sv-SE.md: error: cannot write: Not a directory (a file is where a folder must be) [path-unusable]",
        ),
        1,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_bad_delivery(tmp_path: Path, case: Case) -> None:
    tree = Tree(tmp_path / "repository")
    neighbour = deliver(write_source("Neighbour", "It is well."), "sv-SE")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text("secret\n")
    (tree.root / "docs/help").mkdir(parents=True)
    tree.write({f"{HELP}/neighbour.md": neighbour, **case.files})
    if case.prepare is not None:
        case.prepare(tree.root)
    tracemalloc.start()
    outcome = tree.run("sync")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    check = tree.run("check", "--least", "info")
    lines = tuple(line for line in check.lines if line.endswith("]") and LOST not in line)
    assert lines == case.lines
    assert (outcome.code, check.code) == (case.code, case.code)
    assert tree.read(NEIGHBOUR).endswith("\n\nIt is well. (sv-SE)\n")
    assert peak < BOUND
    # Nothing outside of locales/ and docs/ is written, and nothing is read from there.
    written = tree.list_files()
    assert {path.partition("/")[0] for path in written} <= {
        "mkdocs.yml",
        "locales",
        "docs",
        ".hexapla",
    }
    assert sorted(path.name for path in (tmp_path / "outside").iterdir()) == ["secret.md"]
    assert not any(b"secret" in data for data in tree.snapshot("docs").values())
    # What is wrong stays known, and nothing is written for it again and again.
    before = tree.stamp("docs", "locales")
    tree.run("sync")
    assert tree.stamp("docs", "locales") == before
