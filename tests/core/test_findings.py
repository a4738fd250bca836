"""Findings render the same for people and machines, and know their place."""

import ast
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from hexapla.findings import RULES, Finding, Severity, locate


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (
            Finding("a.md", 14, 7, "unit-malformed", "no source"),
            "a.md:14:7: warning: no source [unit-malformed]",
        ),
        (
            Finding("a.md", 14, 0, "unit-malformed", "no source", "add one"),
            "a.md:14: warning: no source (add one) [unit-malformed]",
        ),
        (Finding("a.md", 0, 0, "conflict", "two texts"), "a.md: error: two texts [conflict]"),
    ],
)
def test_a_finding_is_one_line(finding: Finding, text: str) -> None:
    assert finding.render_text() == text


def test_a_finding_is_a_mapping_for_machines() -> None:
    assert list(Finding("a.md", 1, 2, "dialect", "kept").render_mapping().items()) == [
        ("path", "a.md"),
        ("line", 1),
        ("column", 2),
        ("severity", "info"),
        ("code", "dialect"),
        ("message", "kept"),
        ("suggestion", ""),
    ]


def test_findings_are_sorted_by_place() -> None:
    late, early = Finding("b", 1, 1, "dialect", ""), Finding("a", 10, 1, "dialect", "")
    assert sorted([late, early]) == [early, late]


def test_severities_compare() -> None:
    assert Severity.INFO < Severity.WARNING < Severity.ERROR


def test_rules_are_filed_under_their_codes() -> None:
    assert all(code == rule.code for code, rule in RULES.items())
    assert all(rule.title and not rule.title.endswith(".") for rule in RULES.values())


def test_every_code_that_is_written_in_the_package_has_a_rule(root: Path) -> None:
    written = {
        node.args[3].value
        for path in (root / "scripts" / "hexapla").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Finding"
        and len(node.args) > 3
        and isinstance(node.args[3], ast.Constant)
    }
    assert written
    assert written <= RULES.keys()


@pytest.mark.parametrize(
    ("offset", "place"), [(0, (1, 1)), (1, (1, 2)), (2, (2, 1)), (3, (3, 1)), (4, (3, 2))]
)
def test_places_count_from_one(offset: int, place: tuple[int, int]) -> None:
    assert locate("a\n\nb", offset) == place


@given(st.text(st.sampled_from("a\n\r\u2028")), st.data())
def test_a_place_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = locate(text, offset)
    before = "".join(f"{row}\n" for row in text.split("\n")[: line - 1])
    assert len(before) + column - 1 == offset
