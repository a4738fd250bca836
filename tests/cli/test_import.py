"""``hexapla import``: trees, archives and single files, and where in ``locales/`` each goes."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.support.trees import Files, Tree, deliver, write_source

from .conftest import SHARE, START

SWEDISH = deliver(SHARE, "sv-SE")
NORWEGIAN = deliver(SHARE, "nb-NO", number=2)
PLAIN = deliver(SHARE, "sv-SE", units=False)


@pytest.fixture
def empty(tmp_path: Path) -> Tree:
    """A repository without deliveries."""
    return Tree(tmp_path / "repository")


@pytest.fixture
def vendor(tmp_path: Path) -> Tree:
    """The vendor's folder."""
    return Tree(tmp_path / "vendor")


def pack(path: Path, files: Files) -> None:
    """Write an archive of the kind that its name says."""
    contents = {n: c.encode() if isinstance(c, str) else c for n, c in files.items()}
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
        return
    with tarfile.open(path, f"w:{path.suffix[1:].removesuffix('tar')}") as tar:  # type: ignore[call-overload]
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def list_delivered(tree: Tree) -> list[str]:
    """List what is in ``locales/`` but for the locks."""
    paths = tree.list_files("locales")
    return [path.removeprefix("locales/") for path in paths if not path.endswith(".lock")]


TREES: list[tuple[str, Files, list[str]]] = [
    (
        "a folder for each locale",
        {"sv-SE/help/share.md": SWEDISH, "nb-NO/help/share.md": NORWEGIAN},
        ["nb-NO/help/share.md", "sv-SE/help/share.md"],
    ),
    (
        "a locale without units",
        {"sv-SE/help/share.md": PLAIN, "sv-SE/help/a.png": "x"},
        ["sv-SE.monolingual/help/a.png", "sv-SE.monolingual/help/share.md"],
    ),
    (
        "a locale that only its articles name",
        {"help/share.md": SWEDISH, "help/a.png": "x"},
        ["sv-SE/help/a.png", "sv-SE/help/share.md"],
    ),
    (
        "a repository in its wrapper",
        {"product.sv-SE-live/help/share.md": SWEDISH, "product.sv-SE-live/README.md": "x"},
        ["sv-SE/README.md", "sv-SE/help/share.md"],
    ),
    (
        "a repository's own files",
        {"sv-SE/help/share.md": SWEDISH, ".git/config": "x", "__MACOSX/a": "x"},
        ["sv-SE/help/share.md"],
    ),
    ("the source", {"en-US/help/share.md": "# Share\n"}, ["en-US/help/share.md"]),
]


@pytest.mark.parametrize("form", ["folder", "a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2"])
@pytest.mark.parametrize(("title", "files", "expected"), TREES, ids=[row[0] for row in TREES])
def test_trees_and_archives(  # noqa: PLR0917 - a table's row
    empty: Tree, tmp_path: Path, form: str, title: str, files: Files, expected: list[str]
) -> None:
    path = tmp_path / form
    if form == "folder":
        for name, content in files.items():
            target = path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
    else:
        pack(path, files)
    outcome = empty.run("import", str(path))
    assert outcome.code == 0, outcome
    assert list_delivered(empty) == expected
    before = empty.stamp()
    again = empty.run("import", str(path))
    assert f"{len(expected)} file{'s' * (len(expected) > 1)} unchanged" in again.lines
    assert {p: s for p, s in empty.stamp().items() if not p.startswith(".hexapla")} == {
        p: s for p, s in before.items() if not p.startswith(".hexapla")
    }


def test_a_folder_named_by_its_locale(empty: Tree, vendor: Tree) -> None:
    vendor.write({"sv-SE/help/share.md": SWEDISH})
    outcome = empty.run("import", str(vendor.root / "sv-SE"))
    assert outcome.lines == ["locales/sv-SE: 1 file new or changed", "1 article: 3 created"]
    assert list_delivered(empty) == ["sv-SE/help/share.md"]


def test_the_given_locale_counts(empty: Tree, vendor: Tree) -> None:
    vendor.write({"a/help/share.md": "# Dela\n"})
    assert empty.run("import", "--locale", "SV_se", str(vendor.root / "a")).code == 0
    assert list_delivered(empty) == ["sv-SE.monolingual/help/share.md"]


def test_single_files_are_grouped_by_evidence(empty: Tree, vendor: Tree) -> None:
    vendor.write({"000.txt": SWEDISH, "001.txt": NORWEGIAN, "002.txt": deliver(START, "sv-SE")})
    files = [str(vendor.root / name) for name in ("000.txt", "001.txt", "002.txt")]
    outcome = empty.run("import", *files)
    assert outcome.lines == [
        "locales/nb-NO.loose: 1 file new or changed",
        "locales/sv-SE.loose: 2 files new or changed",
        "docs/share-a-folder/.meta.yml: warning: nb-NO.loose/001.txt belongs to this topic: same"
        " revision (ms.openlocfilehash) (to decide: hexapla import --as TOPIC FILE)"
        " [related-topics]",
        "3 articles: 7 created; 1 warning",
    ]
    assert empty.list_files("docs") == [
        "docs/share-a-folder/.meta.yml",
        "docs/share-a-folder/index.md",
        "docs/share-a-folder/index.nb-NO.md",
        "docs/share-a-folder/index.sv-SE.md",
        "docs/start/.meta.yml",
        "docs/start/index.md",
        "docs/start/index.sv-SE.md",
    ]


def test_another_file_of_the_same_name_is_kept_beside(empty: Tree, vendor: Tree) -> None:
    vendor.write({"000.txt": SWEDISH, "b/000.txt": deliver(START, "sv-SE")})
    empty.run("import", str(vendor.root / "000.txt"))
    empty.run("import", str(vendor.root / "b/000.txt"))
    first, second = list_delivered(empty)
    assert first.startswith("sv-SE.loose/000-")
    assert second == "sv-SE.loose/000.txt"
    assert empty.read(f"locales/{second}") == SWEDISH


def test_a_writer_decides_on_the_topic(empty: Tree, vendor: Tree) -> None:
    vendor.write({"003.txt": SWEDISH})
    file = str(vendor.root / "003.txt")
    empty.run("import", file)
    assert list_delivered(empty) == ["sv-SE.loose/003.txt"]
    assert empty.run("import", "--as", "help/files/share", file).code == 0
    assert list_delivered(empty) == ["sv-SE/help/files/share.md"]
    assert empty.list_files("docs") == [
        "docs/help/files/share/.meta.yml",
        "docs/help/files/share/index.md",
        "docs/help/files/share/index.sv-SE.md",
    ]


def test_a_readme_beside_the_locales_is_not_taken(empty: Tree, tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", {"README.md": "# Help\n", "sv-SE/help/share.md": SWEDISH})
    outcome = empty.run("import", str(tmp_path / "a.zip"))
    assert list_delivered(empty) == ["sv-SE/help/share.md"]
    assert outcome.code == 1
    assert outcome.lines[1] == (
        f"{tmp_path}/a.zip/README.md: error: not imported: it is in no locale's folder"
        " (give it with --locale) [import-refused]"
    )


def test_a_new_delivery_of_one_article(empty: Tree, tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", {"sv-SE/help/share.md": SWEDISH, "sv-SE/help/start.md": START})
    empty.run("import", str(tmp_path / "a.zip"))
    later = deliver(write_source("Share a folder", "Press Share."), "sv-SE", date="10/20/2020")
    pack(tmp_path / "a.zip", {"sv-SE/help/share.md": later, "sv-SE/help/start.md": START})
    report = json.loads(empty.run("import", "--format", "json", str(tmp_path / "a.zip")).output)
    assert [change["change"] for change in report["changes"]] == ["updated"] * 3
    assert "Press Share. (sv-SE)" in empty.read("docs/help/share/index.sv-SE.md")
