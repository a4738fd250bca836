"""Archives and files that no vendor should send, and what ``import`` says of them."""

from __future__ import annotations

import io
import os
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hexapla import archives
from tests.support.trees import Outcome, Tree, deliver, write_source

NEIGHBOUR = deliver(write_source("Neighbour", "It is well."), "sv-SE")
PAGE = "docs/help/neighbour/index.sv-SE.md"
BOUND = 48 * 2**20


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    """A repository, out of which nothing is written."""
    tree = Tree(tmp_path / "repository", {"locales/README.txt": ""})
    (tmp_path / "vendor").mkdir()
    yield tree
    assert {path.name for path in tmp_path.iterdir()} == {"repository", "vendor"}
    assert {path.name for path in tree.root.iterdir()} <= {
        "mkdocs.yml",
        "locales",
        "docs",
        ".hexapla",
    }


def take(tree: Tree, name: str, *arguments: str) -> tuple[Outcome, list[str]]:
    """Import a file of the vendor's, and give the findings without the vendor's folder."""
    vendor = tree.root.parent / "vendor"
    tracemalloc.start()
    outcome = tree.run("import", str(vendor / name), *arguments)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < BOUND
    return outcome, [
        line.replace(f"{vendor}/", "")
        for line in outcome.lines
        if line.endswith("[import-refused]")
    ]


def refuse(place: str, problem: str) -> str:
    """Give the line that says that something is not imported."""
    return f"{place}: error: not imported: {problem} [import-refused]"


def write_tar(path: Path, *members: tarfile.TarInfo, data: bytes = b"x", mode: str = "w") -> None:
    """Write a tar archive with a good article and some members after it."""
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        good = tarfile.TarInfo("sv-SE/help/neighbour.md")
        good.size = len(NEIGHBOUR.encode())
        archive.addfile(good, io.BytesIO(NEIGHBOUR.encode()))
        for member in members:
            member.size = len(data) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(data))
        last = tarfile.TarInfo("sv-SE/help/last.md")
        archive.addfile(last, io.BytesIO())


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """Make a tar archive's member that is no file."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


MEMBERS = [
    ("sv-SE/../../evil.md", tarfile.REGTYPE, "its path leads out of the archive"),
    ("../evil.md", tarfile.REGTYPE, "its path leads out of the archive"),
    ("/evil.md", tarfile.REGTYPE, "its path leads out of the archive"),
    ("C:/evil.md", tarfile.REGTYPE, "its path leads out of the archive"),
    ("..\\evil.md", tarfile.REGTYPE, "its path leads out of the archive"),
    ("sv-SE/a.md", tarfile.SYMTYPE, "a link is not taken"),
    ("sv-SE/a.md", tarfile.LNKTYPE, "a link is not taken"),
    ("sv-SE/a.md", tarfile.CHRTYPE, "this is no file"),
    ("sv-SE/a.md", tarfile.BLKTYPE, "this is no file"),
    ("sv-SE/a.md", tarfile.FIFOTYPE, "this is no file"),
]


@pytest.mark.parametrize(("name", "kind", "problem"), MEMBERS)
def test_members_of_a_tar(tree: Tree, name: str, kind: bytes, problem: str) -> None:
    path = tree.root.parent / "vendor/help.tar"
    write_tar(path, special(name, kind, "/etc/passwd"))
    outcome, lines = take(tree, "help.tar")
    assert lines == [refuse(f"help.tar/{name}", problem)]
    assert outcome.code == 1
    assert "It is well. (sv-SE)" in tree.read(PAGE)
    assert tree.list_files("locales/sv-SE") == [
        "locales/sv-SE/help/last.md",
        "locales/sv-SE/help/neighbour.md",
    ]


@pytest.mark.parametrize(("name", "kind", "problem"), MEMBERS[:6])
def test_members_of_a_zip(tree: Tree, name: str, kind: bytes, problem: str) -> None:
    with zipfile.ZipFile(tree.root.parent / "vendor/help.zip", "w") as archive:
        info = zipfile.ZipInfo(name)
        info.filename = name  # as it is: on some systems the constructor changes it
        info.external_attr = (0o120777 if kind == tarfile.SYMTYPE else 0o100644) << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("sv-SE/help/neighbour.md", NEIGHBOUR)
    outcome, lines = take(tree, "help.zip")
    assert lines == [refuse(f"help.zip/{name}", problem)]
    assert outcome.code == 1
    assert "It is well. (sv-SE)" in tree.read(PAGE)


def test_a_zip_bomb_that_says_so(tree: Tree) -> None:
    path = tree.root.parent / "vendor/help.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sv-SE/help/neighbour.md", NEIGHBOUR)
        with archive.open("sv-SE/help/bomb.md", "w", force_zip64=True) as file:
            for _ in range(80):
                file.write(bytes(2**20))
    outcome, lines = take(tree, "help.zip")
    assert lines == [refuse("help.zip/sv-SE/help/bomb.md", "the file is too large")]
    assert outcome.code == 1
    assert (tree.root / PAGE).exists()


def test_a_zip_bomb_that_says_it_is_small(tree: Tree) -> None:
    path = tree.root.parent / "vendor/help.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("sv-SE/help/bomb.md", "w") as file:
            for _ in range(80):
                file.write(bytes(2**20))
        archive.writestr("sv-SE/help/neighbour.md", NEIGHBOUR)
    data = path.read_bytes()
    size = struct.pack("<L", 80 * 2**20)
    assert data.count(size) == 2  # in the member's header and in the directory
    path.write_bytes(data.replace(size, struct.pack("<L", 10)))
    outcome, lines = take(tree, "help.zip")
    assert lines == [
        refuse(
            "help.zip/sv-SE/help/bomb.md",
            "the file is damaged: Bad CRC-32 for file 'sv-SE/help/bomb.md'",
        )
    ]
    assert outcome.code == 1
    assert (tree.root / PAGE).exists()


def test_a_tar_bomb(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAXIMUM_SIZE", 100 * 2**20)
    with tarfile.open(tree.root.parent / "vendor/help.tar.gz", "w:gz", compresslevel=1) as archive:
        for number in range(2):
            member = tarfile.TarInfo(f"sv-SE/help/bomb{number}.md")
            member.size = 80 * 2**20
            archive.addfile(member, io.BytesIO(bytes(member.size)))
    outcome, lines = take(tree, "help.tar.gz")
    assert lines == [refuse("help.tar.gz", "the archive is too large when unpacked")]
    assert outcome.code == 1


def test_a_tar_with_a_header_that_is_too_large(tree: Tree) -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 2**32
    (tree.root.parent / "vendor/help.tar").write_bytes(
        header.tobuf(tarfile.GNU_FORMAT) + bytes(9000)
    )
    outcome, lines = take(tree, "help.tar")
    assert lines == [
        refuse(
            "help.tar",
            "the archive cannot be read: a header is too large"
            " (nothing of it was imported: have it delivered again)",
        )
    ]
    assert outcome.code == 1


def test_too_many_members(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAXIMUM_MEMBERS", 1)
    write_tar(tree.root.parent / "vendor/help.tar", tarfile.TarInfo("sv-SE/a.md"))
    outcome, lines = take(tree, "help.tar")
    assert lines == [refuse("help.tar", "the archive is too large when unpacked")]
    assert outcome.code == 1
    assert not (tree.root / "locales/sv-SE").exists()


def test_an_encrypted_zip(tree: Tree) -> None:
    path = tree.root.parent / "vendor/help.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sv-SE/help/secret.md", "x")
        archive.writestr("sv-SE/help/neighbour.md", NEIGHBOUR)
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flags of the first member's header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and those in the directory
    path.write_bytes(data)
    outcome, lines = take(tree, "help.zip")
    assert lines == [refuse("help.zip/sv-SE/help/secret.md", "the file is encrypted")]
    assert outcome.code == 1
    assert (tree.root / PAGE).exists()


HINT = " (nothing of it was imported: have it delivered again)"


@pytest.mark.parametrize(
    ("name", "mode", "problem"),
    [
        ("help.tar", "w", "unexpected end of data"),
        (
            "help.tar.gz",
            "w:gz",
            "Compressed file ended before the end-of-stream marker was reached",
        ),
        (
            "help.tar.xz",
            "w:xz",
            "Compressed file ended before the end-of-stream marker was reached",
        ),
    ],
)
def test_a_tar_that_is_cut_off(tree: Tree, name: str, mode: str, problem: str) -> None:
    path = tree.root.parent / "vendor" / name
    write_tar(path, tarfile.TarInfo("sv-SE/help/a.png"), data=os.urandom(60_000), mode=mode)
    path.write_bytes(path.read_bytes()[:40_000])
    outcome, lines = take(tree, name)
    assert lines == [refuse(name, f"the archive cannot be read: {problem}{HINT}")]
    assert outcome.code == 1
    assert not (tree.root / "locales/sv-SE").exists()  # nothing, or all


def test_a_zip_that_is_cut_off(tree: Tree) -> None:
    path = tree.root.parent / "vendor/help.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sv-SE/help/neighbour.md", NEIGHBOUR)
    path.write_bytes(path.read_bytes()[:-30])
    outcome, lines = take(tree, "help.zip")
    problem = "the archive cannot be read: File is not a zip file"
    assert lines == [refuse("help.zip", problem + HINT)]
    assert outcome.code == 1


@pytest.mark.parametrize("name", ["help.zip", "help.tar", "help.tar.xz"])
def test_an_archive_that_is_none(tree: Tree, name: str) -> None:
    (tree.root.parent / "vendor" / name).write_text("<html>404</html>\n")
    outcome, lines = take(tree, name)
    problem = "File is not a zip file" if name.endswith("zip") else "truncated header"
    assert lines == [refuse(name, f"the archive cannot be read: {problem}{HINT}")]
    assert outcome.code == 1


def test_the_other_paths_of_a_command_are_imported(tree: Tree) -> None:
    vendor = tree.root.parent / "vendor"
    (vendor / "a.zip").write_text("x")
    (vendor / "b.txt").write_text("no locale\n")
    (vendor / "c.txt").write_text(NEIGHBOUR)
    outcome, lines = take(tree, "a.zip", str(vendor / "b.txt"), str(vendor / "c.txt"))
    assert [line.partition(":")[0] for line in lines] == ["a.zip", "b.txt"]
    assert outcome.code == 1
    assert (tree.root / "docs/neighbour/index.sv-SE.md").exists()


def make_large(path: Path) -> None:
    """Make a file that is larger than any article."""
    with path.open("wb") as file:
        file.truncate(70_000_000)


def make_link(path: Path) -> None:
    """Make a symbolic link to a file that could be read."""
    path.symlink_to(os.devnull)


NO_LOCALE = "no article here names its locale (give it with --locale)"
FILES: list[tuple[str, str | Callable[[Path], None], str]] = [
    ("a file without a locale", "# Dela\n", NO_LOCALE),
    ("an empty file", "", NO_LOCALE),
    (
        "a file of no known locale",
        "---\nms.contentlocale: xx-YY\n---\n",
        "'xx-YY' is not a known locale (use a BCP 47 tag such as sv-SE or sr-Latn-RS)",
    ),
    (
        "a file whose locale leads elsewhere",
        "---\nms.contentlocale: ../../evil\n---\n",
        "'../../evil' is not a known locale (use a BCP 47 tag such as sv-SE or sr-Latn-RS)",
    ),
    ("a large file", make_large, "the file has 70,000,000 bytes, over the limit of 67,108,864"),
    ("a symbolic link", make_link, "a symbolic link is not followed"),
    ("a named pipe", os.mkfifo, "this is not a file"),
]


@pytest.mark.parametrize(("title", "content", "problem"), FILES, ids=[row[0] for row in FILES])
def test_single_files(
    tree: Tree, title: str, content: str | Callable[[Path], None], problem: str
) -> None:
    path = tree.root.parent / "vendor/a.txt"
    if isinstance(content, str):
        path.write_text(content)
    else:
        content(path)
    outcome, lines = take(tree, "a.txt")
    assert lines == [refuse("a.txt", problem)]
    assert outcome.code == 1


def test_a_tree_with_links_and_other_things(tree: Tree) -> None:
    folder = tree.root.parent / "vendor/sv-SE"
    (folder / "help").mkdir(parents=True)
    (folder / "help/neighbour.md").write_text(NEIGHBOUR)
    (folder / "help/out.md").symlink_to("/etc/passwd")
    (folder / "help/in.md").symlink_to("neighbour.md")
    os.mkfifo(folder / "help/pipe.md")
    outcome, lines = take(tree, "sv-SE")
    assert lines == [
        refuse("sv-SE/help/in.md", "a symbolic link is not followed"),
        refuse("sv-SE/help/out.md", "a symbolic link leaves the tree"),
        refuse("sv-SE/help/pipe.md", "this is neither a file nor a folder"),
    ]
    assert outcome.code == 1
    assert (tree.root / PAGE).exists()
    assert tree.list_files("locales/sv-SE") == ["locales/sv-SE/help/neighbour.md"]


def test_a_locale_of_the_repository_that_is_a_link(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "vendor/elsewhere").mkdir()
    (tree.root / "locales/sv-SE").symlink_to(tmp_path / "vendor/elsewhere")
    write_tar(tmp_path / "vendor/help.tar")
    outcome, lines = take(tree, "help.tar")
    problem = "cannot write: a symbolic link stands in the place of a folder (remove the link)"
    assert lines == [
        refuse("help.tar/help/last.md", problem),
        refuse("help.tar/help/neighbour.md", problem),
    ]
    assert outcome.code == 1
    assert list((tmp_path / "vendor/elsewhere").iterdir()) == []
