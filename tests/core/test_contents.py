"""Tables of contents: docfx's two forms, and what hostile ones come to."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from hexapla.contents import Entry, is_contents, parse_contents
from hexapla.joined_contents import join_contents


def read(text: str, name: str = "help/TOC.yml") -> tuple[Entry, ...]:
    entries, findings = parse_contents(text, name, ("help",), f"locales/sv-SE/{name}")
    assert findings == []
    return entries


def show(entries: tuple[Entry, ...], depth: int = 0) -> str:
    """Write a tree as indented lines: name, topic, table."""
    return "".join(
        f"{'  ' * depth}{entry.name}|{entry.topic}|{entry.table}\n"
        + show(entry.children, depth + 1)
        for entry in entries
    )


YAML = """\
- name: Mail
  href: mail/index.md?view=x#part
  items:
  - name: Rule
    href: ~/mail/rule%20one.md
  - {name: Meet, href: meet/TOC.yml, topicHref: meet/start.md}
  - {name: Folder, href: files/}
  - {name: Out, href: 'https://host.example/x.md'}
  - {name: Site, href: /elsewhere/x.md}
  - {name: Away, href: ../../../x.md}
  - {name: Odd, href: index.yml}
  - {href: mail/bare.md}
  - text
  - 7
"""

TREE = """\
Mail|help/mail/index|
  Rule|help/mail/rule one|
  Meet|help/meet/start|help/meet/TOC.yml
  Folder||help/files/TOC.yml
  Out||
  Site||
  Away||
  Odd||
  |help/mail/bare|
"""


def test_yaml() -> None:
    assert show(read(YAML)) == TREE
    assert show(read("items:\n" + YAML)) == TREE


def test_markdown() -> None:
    text = "# [A (b)](a.md)\n### Deep\n#### [C](c_(1).md)\n## [T](t/TOC.md)\n\n# D #\n"
    assert show(read(text, "help/toc.md")) == (
        "A (b)|help/a|\n  Deep||\n    C|help/c_(1)|\n  T||help/t/TOC.md\nD||\n"
    )


def test_units_count_as_their_targets() -> None:
    unit = (
        '<span data-ttu-id="ab1cd-101">Post</span><span class="sxs-lookup">'
        '<span data-stu-id="ab1cd-101">Mail</span></span>'
    )
    assert show(read(f"# [{unit}](a.md)\n", "TOC.md")) == "Post|a|\n"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "items:", "text", "7", "- - - x", "name: x", "- items: {a: b}", "- href: [x]"],
)
def test_what_is_no_table_has_no_topics(text: str) -> None:
    assert all(not entry.topic and not entry.children for entry in read(text))


@pytest.mark.parametrize(
    "text",
    ["- &a {name: x}\n- *a", "- name: [", "- !!python/object:os.system x", "[" * 100_000],
    ids=["anchor", "broken", "tag", "deep"],
)
def test_what_could_do_harm_is_a_finding(text: str) -> None:
    entries, findings = parse_contents(text, "TOC.yml", (), "locales/sv-SE/TOC.yml")
    assert entries == ()
    assert [finding.code for finding in findings] == ["contents-invalid"]
    assert findings[0].render_text()


def test_too_many_entries_are_a_finding() -> None:
    entries, findings = parse_contents("- name: x\n" * 60_000, "TOC.yml", (), "TOC.yml")
    assert len(entries) < 50_000
    assert [finding.code for finding in findings] == ["contents-invalid"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("help/TOC.yml", True),
        ("toc.md", True),
        ("help/breadcrumb/toc.yml", False),
        ("TOC.sv-SE.yml", False),
        ("help/toc", False),
    ],
)
def test_which_files_are_tables(path: str, *, expected: bool) -> None:
    assert is_contents(path) is expected


def join(**tables: str) -> tuple[str, list[str]]:
    parsed = {f"{name}/TOC.yml": read(text, f"{name}/TOC.yml") for name, text in tables.items()}
    roots, findings = join_contents(parsed, "locales/sv-SE")
    shown = "".join(f"{name}\n{show(entries, 1)}" for name, entries in roots.items())
    return shown, [finding.message for finding in findings]


def test_tables_take_each_other_in() -> None:
    shown, problems = join(a="- {name: B, href: ../b/toc.yml}", b="- {name: X, href: x.md}")
    assert shown == "a/TOC.yml\n  B||\n    X|b/x|\n"
    assert problems == []


def test_a_cycle_ends() -> None:
    shown, problems = join(a="- {name: B, href: ../b/TOC.yml}", b="- {name: A, href: ../a/TOC.yml}")
    assert shown == "a/TOC.yml\n  B||\n    A||\n"
    assert problems == ["the table a/TOC.yml is taken in already"]


def test_repetition_does_not_multiply() -> None:
    twice = "- {{name: X, href: ../{0}/TOC.yml}}\n- {{name: Y, href: ../{0}/TOC.yml}}"
    tables = {f"t{n}": twice.format(f"t{n + 1}") for n in range(40)}
    shown, problems = join(**tables)
    assert shown.count("\n") < 100
    assert "the table t40/TOC.yml is not there" in problems


@given(st.text(max_size=60), st.sampled_from(["TOC.yml", "a/toc.md"]))
def test_no_text_breaks_it(text: str, name: str) -> None:
    parse_contents(text, name, (), name)
