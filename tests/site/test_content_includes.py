"""Includes and code files: what a page has of other files, and what is reported."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from hexapla.docfx.code_files import choose_lines, expand_code, read_ranges
from hexapla.docfx.includes import MAX_INCLUDES, Included, Includer, rebase, resolve_path

PAGE = "help/mail/start/index.sv-SE.md"


class Docs:
    """Files that can be included, and what was reported."""

    def __init__(self, files: dict[str, str], language: str = "") -> None:
        self.files = files
        self.language = language
        self.reports: list[str] = []

    def read(self, path: str) -> Included | None:
        text = self.files.get(path)
        return None if text is None else Included(path, text, self.language)

    def report(self, path: str, line: int, message: str) -> None:
        self.reports.append(f"{path}:{line}: {message}")

    def expand(self, text: str) -> str:
        return Includer(PAGE, self.read, self.report).expand(text)


NOTE = "help/includes/note/index.md"
INCLUDE = "[!INCLUDE [a note](../../includes/note/index.md)]"


@pytest.mark.parametrize(
    ("page", "note", "expected"),
    [
        (f"A\n\n{INCLUDE}\n\nB", "> [!NOTE]\n> N\n", "A\n\n> [!NOTE]\n> N\n\nB"),
        (f"A {INCLUDE} B", "one\n", "A one B"),
        (f"- {INCLUDE}\n- b", "one\n\ntwo\n", "- one\n  \n  two\n- b"),
        (f"> {INCLUDE}", "one\ntwo\n", "> one\n> two"),
        (f"   {INCLUDE}", "one\ntwo\n", "   one\n   two"),
        (f"`{INCLUDE}`", "one", f"`{INCLUDE}`"),
        (f"| {INCLUDE} | b |", "one\n", "| one | b |"),
        (INCLUDE.replace("!INCLUDE ", "!include"), "one", "one"),
        (INCLUDE, "", ""),
    ],
)
def test_an_include_stands_where_it_is_asked_for(page: str, note: str, expected: str) -> None:
    docs = Docs({NOTE: note})
    assert docs.expand(page) == expected
    assert docs.reports == []


def test_text_in_another_language_is_marked() -> None:
    docs = Docs({NOTE: "one"}, "en-US")
    assert docs.expand(f"A {INCLUDE} B") == 'A <span lang="en-US" dir="ltr">one</span> B'
    block = '::: text lang="en-US" dir="ltr"\n\none\n\n::: text-end'
    assert docs.expand(INCLUDE) == block


def test_references_of_an_include_lead_from_the_page() -> None:
    text = "[a](../../files/share/index.md#x) ![b](m/i%20j.png) [c]: /x\n[d](#e) [f](https://g.example)"
    docs = Docs({NOTE: text, "help/includes/m/x.md": ""})
    assert docs.expand(INCLUDE) == (
        "[a](../../files/share/index.md#x) ![b](../../includes/note/m/i%20j.png)"
        " [c]: /x\n[d](#e) [f](https://g.example)"
    )


def test_includes_within_includes_lead_from_the_page() -> None:
    inner = "help/includes/deep/inner/index.md"
    docs = Docs(
        {NOTE: "[!INCLUDE [x](../deep/inner/index.md)]", inner: ':::image source="a.png":::'}
    )
    assert docs.expand(INCLUDE) == ':::image source="../../includes/deep/inner/a.png":::'


def test_what_cannot_be_included_is_reported_and_leaves_nothing() -> None:
    docs = Docs({NOTE: f"before {INCLUDE.replace('../../includes/note', '.')} after"})
    text = (
        "one\n\n[!INCLUDE [x](../gone/index.md)]\n\n[!INCLUDE [x](../../../../etc/passwd)] "
        + INCLUDE
    )
    assert docs.expand(text).split() == ["one", "before", "after"]
    assert docs.reports == [
        f"{PAGE}:3: the include ../gone/index.md is missing",
        f"{PAGE}:5: the include ../../../../etc/passwd is missing",
        f"{NOTE}:1: the include ./index.md includes itself",
    ]


def test_a_few_files_cannot_make_an_endless_page() -> None:
    files = {
        f"help/includes/n{number}/index.md": f"[!INCLUDE [x](../n{number + 1}/index.md)] x " * 10
        for number in range(8)
    }
    docs = Docs(files)
    assert len(docs.expand("[!INCLUDE [x](../../includes/n0/index.md)]")) < 50 * MAX_INCLUDES
    assert any("one too many" in report for report in docs.reports)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("../../a.md", "help/a.md"),
        ("a%20b.md?x#y", "help/mail/start/a b.md"),
        ("..\\c.md", "help/mail/c.md"),
        ("../../../../x", None),
        ("/etc/passwd", None),
        ("%2e%2e/%2e%2e/%2e%2e/%2e%2e/x", None),
        ("", "help/mail/start"),
    ],
)
def test_paths_stay_within_docs(reference: str, expected: str | None) -> None:
    assert resolve_path(reference, PAGE) == expected


@given(st.lists(st.sampled_from(["a", "b", "..", "c.md"]), min_size=1, max_size=5))
def test_rebased_references_mean_the_same_file(parts: list[str]) -> None:
    target = resolve_path("/".join(parts), NOTE)
    if target is not None:
        rebased = rebase(f"[x]({'/'.join(parts)})", NOTE, PAGE)[4:-1]
        assert resolve_path(rebased, PAGE) == target


CODE = """\
import x
# <part>
def a():
    return 1
# </part>
#region Other
b = 2
#endregion
"""


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("a.py", CODE.splitlines()),
        ("a.py?range=1,3-4", ["import x", "def a():", "    return 1"]),
        ("a.py?range=7-", ["b = 2", "#endregion"]),
        ("a.py?range=4-4", ["return 1"]),
        ("a.py#L3-L4", ["def a():", "    return 1"]),
        ("a.py?start=3&end=4", ["def a():", "    return 1"]),
        ("a.py?name=part", ["def a():", "    return 1"]),
        ("a.py#Other", ["b = 2"]),
        ("a.py?name=gone", []),
        ("a.py?range=90-99999999", []),
    ],
)
def test_lines_of_a_file(target: str, expected: list[str]) -> None:
    assert choose_lines(CODE, target) == expected


def test_ranges_are_those_of_lines_that_exist() -> None:
    assert read_ranges("1-3,5,x,9-", 6) == [1, 2, 3, 5]
    assert read_ranges("-2", 6) == [1, 2]
    assert len(read_ranges("1-999999999," * 1000, 10)) <= 1000


def expand_page_code(text: str, content: str | None) -> tuple[str, list[str]]:
    docs = Docs({})
    read = {"help/samples/a.py": content}.get
    return expand_code(text, PAGE, read, docs.report), docs.reports


def test_a_code_file_becomes_fenced_code_as_far_in_as_it_stands() -> None:
    text = '1. a\n\n   [!code-python[x](../../samples/a.py?range=1-2&highlight=2 "Title")]\n'
    expanded, reports = expand_page_code(text, "x = '```'\ny\nz\n")
    assert expanded.splitlines() == [
        *["1. a", "", "   ", '   ````python hl_lines="2"', "   x = '```'", "   y", "   ````", "   "]
    ]
    assert reports == []


def test_a_code_file_that_is_missing_is_reported() -> None:
    expanded, reports = expand_page_code("a\n[!code[](../../samples/a.py)]b", None)
    assert expanded == "a\nb"
    assert reports == [f"{PAGE}:2: the code file ../../samples/a.py is missing"]


def test_code_files_in_code_stay() -> None:
    text = "```\n[!code[](../../samples/a.py)]\n```"
    assert expand_page_code(text, "x")[0] == text
