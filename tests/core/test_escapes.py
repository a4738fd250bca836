"""Escapes that delivery added are undone, and a writer's stay."""

import pytest

from hexapla.escapes import restore_emphasis
from hexapla.model import Unit
from tests.support.fixtures import load_cases


def describe(text: str) -> str:
    """Write the units of one article, each with its escapes undone."""
    pairs = [line.split("|") for line in text.split("\n")]
    units = tuple(
        Unit(f"0a1b2-{102 + i}", target, source) for i, (target, source) in enumerate(pairs)
    )
    restored = restore_emphasis(units)
    final = [restored.get(unit, unit) for unit in units]
    return "\n".join(f"{unit.target}|{unit.source}" for unit in final)


@pytest.mark.parametrize(("given", "expected"), load_cases("escapes.txt"))
def test_escapes_are_undone(given: str, expected: str) -> None:
    assert describe(given) == expected


def test_only_units_that_change_are_given() -> None:
    plain, broken = Unit("0a1b2-102", "a", "a"), Unit("0a1b2-103", "\\*b", "\\*b", 3)
    assert restore_emphasis((plain, broken)) == {broken: Unit("0a1b2-103", "*b", "*b", 3)}
    assert restore_emphasis((plain,)) == {}
