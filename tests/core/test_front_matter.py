"""Front matter is divided from the body, read as strings, and keeps its exact lines."""

import pytest
from hypothesis import given

from hexapla.front_matter import MAXIMUM_SIZE, parse_front_matter
from hexapla.model import FrontMatter
from hexapla.yaml_strings import load_strings
from tests.core.articles import front_matters


def parse(text: str) -> tuple[FrontMatter, str, list[str]]:
    """Give the front matter, the body and the findings."""
    front, start, findings = parse_front_matter(text, "a.md")
    return front, text[start:], [finding.render_text() for finding in findings]


def test_values_are_strings() -> None:
    front, body, findings = parse(
        "---\ntitle: Dela\nms.custom: 100021\nms.date: 04/21/2020\nms.assetid: ''\n"
        'keywords:\nms.reviewer:\n- "1828"\n- 9000231\n---\n# Dela\n'
    )
    assert findings == []
    assert body == "# Dela\n"
    assert front.values == {
        "title": "Dela",
        "ms.custom": "100021",
        "ms.date": "04/21/2020",
        "ms.assetid": "",
        "keywords": "",
        "ms.reviewer": ["1828", "9000231"],
    }
    assert front.entries["ms.reviewer"] == 'ms.reviewer:\n- "1828"\n- 9000231\n'
    assert front.valid
    assert front.complete


@pytest.mark.parametrize(
    ("text", "entries", "body"),
    [
        ("", {}, ""),
        ("# No front matter\n---\n", {}, "# No front matter\n---\n"),
        ("---\n---\nx", {}, "x"),
        ("--- \na: 1\n---\t\nx", {"a": "a: 1\n"}, "x"),
        ("---\na: 1\n---", {"a": "a: 1\n"}, ""),
        ("---\na: 1\n---\nx\n---\ny", {"a": "a: 1\n"}, "x\n---\ny"),
        ("----\na: 1\n----\n", {}, "----\na: 1\n----\n"),
        ("---\na: >\n  x\n  ---\n---\n", {"a": "a: >\n  x\n  ---\n"}, ""),
        ("---\nb: |+\n  z\n\n---\n", {"b": "b: |+\n  z\n\n"}, ""),
        ('---\na: "x\n\n  y"\nb: z\n---\n', {"a": 'a: "x\n\n  y"\n', "b": "b: z\n"}, ""),
        ("---\n'a b': 1\n\"c\": 2\n---\n", {"a b": "'a b': 1\n", "c": '"c": 2\n'}, ""),
        ("---\na: 1 # why\n# what\nb: 2\n---\n", {"a": "a: 1 # why\n# what\n", "b": "b: 2\n"}, ""),
    ],
)  # fmt: skip
def test_entries_keep_their_lines(text: str, entries: dict[str, str], body: str) -> None:
    front, rest, _ = parse(text)
    assert (front.entries, rest) == (entries, body)
    assert front.valid
    assert front.complete


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("---\n# first\na: 1\n---\n", {"a": "1"}),
        ("---\na: 1\na: 2\n---\n", {"a": "2"}),
        ("---\n{a: 1, b: [x, y]}\n---\n", {"a": "1", "b": ["x", "y"]}),
        ("---\n'it''s': x\n---\n", {"it's": "x"}),
        ('---\n"a:b": x\n---\n', {"a:b": "x"}),
        ("---\n? a\n: b\n---\n", {"a": "b"}),
        ("---\n-a: b\n---\n", {"-a": "b"}),
        ("---\na: 'x\nb: y'\rb: 1\n---\n", {"a": "x b: y", "b": "1"}),
        ("---\na: \"x\n'-b': y\"\n-b: 1\n---\n", {"a": "x '-b': y", "-b": "1"}),
    ],
)
def test_where_lines_are_no_entries_these_are_written_anew(
    text: str, values: dict[str, object]
) -> None:
    front, _, _ = parse(text)
    assert front.values == values
    assert front.valid
    assert not front.complete
    for key, entry in front.entries.items():
        assert load_strings(entry) == {key: values[key]}


@given(front_matters())
def test_each_entry_alone_gives_its_value(text: str) -> None:
    front, start, _ = parse_front_matter(text, "a.md")
    assert text.startswith(front.text)
    assert len(front.text) == start
    assert list(front.entries) == list(front.values)
    if front.valid:
        assert front.values == (load_strings(text[4 : start - 4]) or {})
    for key, entry in front.entries.items():
        assert load_strings(entry) == {key: front.values[key]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "---\na: 1\n",
            "a.md:1:1: warning: front matter opens here and never closes [front-matter-unclosed]",
        ),
        (
            "---\na: b: c\n---\n",
            "a.md:2:5: warning: front matter is not valid YAML: mapping values are not allowed in"
            " this context [front-matter-invalid]",
        ),
        (
            "---\n- a\n---\n",
            "a.md:2:1: warning: front matter is not a list of keys and values"
            " [front-matter-invalid]",
        ),
        (
            "---\na: 1\nb: &x c\n---\n",
            "a.md:3:4: error: front matter uses an anchor or alias [front-matter-unsafe]",
        ),
        (
            "---\na: !!python/name:os.system x\n---\n",
            "a.md:2:4: error: front matter uses a tag [front-matter-unsafe]",
        ),
        (
            f"---\na: {'[' * 60}{']' * 60}\n---\n",
            "a.md:2:53: error: front matter uses too deep a nesting [front-matter-unsafe]",
        ),
        (
            "---\na: 1\nb: 2\na: 3\n---\n",
            "a.md:4:1: warning: front matter key 'a' occurs a second time; the last one counts"
            " [duplicate-key]",
        ),
        (
            "---\nms,.custom: 1\n---\n",
            "a.md:2:1: info: front matter key 'ms,.custom' is spelled unlike any other"
            " [unusual-key]",
        ),
        (
            f"---\na: {'x' * MAXIMUM_SIZE}\n---\n",
            "a.md:1:1: error: front matter has over 65,536 characters [front-matter-too-large]",
        ),
    ],
)
def test_what_is_wrong_is_a_finding(text: str, expected: str) -> None:
    assert parse(text)[2] == [expected]


def test_the_limit_does_not_cut_a_line_into_a_closing() -> None:
    text = f"---\na: {'x' * (MAXIMUM_SIZE - 10)}\n---y\n"
    assert text.index("---y") + 3 == MAXIMUM_SIZE + 1
    assert parse(text)[1] == text
