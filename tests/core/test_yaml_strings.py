"""YAML is read as text only, and written so that YAML's own rules read the same text."""

import pytest
import yaml
from hypothesis import given, strategies as st

from hexapla.yaml_strings import StringsError, load_strings, protect_scalars, quote, render_entry

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", ""),
        ("a:", {"a": ""}),
        ("a: 1\nb: 04/21/2020\nc: ~\n", {"a": "1", "b": "04/21/2020", "c": "~"}),
        ("a: [1, x]\nb: {c: 2}", {"a": ["1", "x"], "b": {"c": "2"}}),
        ("a: 1\na: 2", {"a": "2"}),
        ("- a\n-\n", ["a", ""]),
        ("123: x", {"123": "x"}),
        ("a: 'it''s'", {"a": "it's"}),
    ],
)
def test_every_scalar_is_text(text: str, value: object) -> None:
    assert load_strings(text) == value


@pytest.mark.parametrize(
    ("text", "problem", "unsafe"),
    [
        ("a: &x b", "an anchor or alias", True),
        ("a: *x", "an anchor or alias", True),
        ("a: &x [*x]", "an anchor or alias", True),
        ("a: !!int 3", "a tag", True),
        ("a: !!set {x}", "a tag", True),
        ("[" * 60 + "]" * 60, "too deep a nesting", True),
        ("a: b\n--- c", "a second document", False),
        ("? [a]\n: b", "a key that is no text", False),
        ("a: b: c", "mapping values are not allowed in this context", False),
        ("a: \x92", "control characters are not allowed", False),
    ],
)
def test_other_yaml_is_refused(text: str, problem: str, unsafe: bool) -> None:
    with pytest.raises(StringsError) as caught:
        load_strings(text)
    assert (caught.value.problem, caught.value.unsafe) == (problem, unsafe)


def test_a_problem_has_its_place() -> None:
    with pytest.raises(StringsError) as caught:
        load_strings("a: 1\nbc: *d")
    assert (caught.value.line, caught.value.column) == (1, 4)


@given(ANY_TEXT)
def test_quoted_text_is_read_again_by_any_loader(text: str) -> None:
    quoted = quote(text)
    assert len(quoted.splitlines()) == 1
    assert load_strings(f"a: {quoted}\n") == {"a": text}
    assert yaml.safe_load(f"a: {quoted}\n") == {"a": text}


@given(ANY_TEXT, st.recursive(ANY_TEXT, lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_rendered_entries_are_read_again_by_any_loader(key: str, value: object) -> None:
    entry = render_entry(key, value)
    assert load_strings(entry) == {key: value}
    assert yaml.safe_load(entry) == {key: value}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("title: Dela en mapp\n", "title: Dela en mapp\n"),
        ("ms.date: 04/21/2020\n", "ms.date: 04/21/2020\n"),
        ("ms.assetid:\n", "ms.assetid:\n"),
        ("a: '12'\n", "a: '12'\n"),
        ("a: 100021\n", 'a: "100021"\n'),
        ("a: 2021-04-08 \n", 'a: "2021-04-08" \n'),
        ("a: 2021-13-45\n", 'a: "2021-13-45"\n'),
        ("a: 12 # why\n", 'a: "12" # why\n'),
        ("a:\t12\n", 'a:\t"12"\n'),
        ("a: 12:30\n", 'a: "12:30"\n'),
        ("on: x\n", '"on": x\n'),
        ("123: x\n", '"123": x\n'),
        ("<<: x\n", '"<<": x\n'),
        ("a: =\n", 'a: "="\n'),
        ("a: ~\n", 'a: "~"\n'),
        ('a:\n- "1"\n- 2\n- yes\n-\n', 'a:\n- "1"\n- "2"\n- "yes"\n-\n'),
        ("a: [1, x, {b: no}]\n", 'a: ["1", x, {b: "no"}]\n'),
        ("a:\n  b: 12\n", 'a:\n  b: "12"\n'),
        ("a: 12\n  34\n", "a: 12\n  34\n"),
        ("a: |\n  - 12\n  b: 3\n", "a: |\n  - 12\n  b: 3\n"),
    ],
)
def test_only_scalars_that_yaml_would_take_for_something_else_are_quoted(
    entry: str, expected: str
) -> None:
    assert protect_scalars(entry) == expected
    assert load_strings(expected) == load_strings(entry)
