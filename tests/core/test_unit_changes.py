"""Unit changes: what became of the units between two revisions."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from hexapla.unit_changes import Change, compare_units

SIGNS = {
    Change.SAME: "=",
    Change.REWORDED: "~",
    Change.MOVED: ">",
    Change.ADDED: "+",
    Change.REMOVED: "-",
}


def show(before: list[str], after: list[str]) -> list[str]:
    return [
        SIGNS[change.kind] + (after[change.after] if change.after >= 0 else before[change.before])
        for change in compare_units(before, after)
    ]


OPEN = "Open the settings of your account."
CLOSE = "Close all windows that are not needed."
SAVE = "Save the picture in your own folder."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], []),
        ([OPEN, "Gone."], [OPEN], [f"={OPEN}", "-Gone."]),
        ([OPEN], ["New.", OPEN], ["+New.", f"={OPEN}"]),
        ([OPEN, CLOSE, SAVE], [CLOSE, SAVE, OPEN], [f"={CLOSE}", f"={SAVE}", f">{OPEN}"]),
        (
            [OPEN, CLOSE],
            ["Open the settings of your user account.", CLOSE],
            ["~Open the settings of your user account.", f"={CLOSE}"],
        ),
        # Another text in the same place is no version of the old one.
        (
            [OPEN, "Birds sing.", SAVE],
            [OPEN, CLOSE, SAVE],
            [f"={OPEN}", "-Birds sing.", f"+{CLOSE}", f"={SAVE}"],
        ),
        # It has moved and changed.
        (
            [OPEN, CLOSE, SAVE],
            [CLOSE, SAVE, "Open the settings of your user."],
            [f"={CLOSE}", f"={SAVE}", "~Open the settings of your user."],
        ),
        # What occurs often is paired in order, and what is left of it is found elsewhere.
        (
            ["OK.", OPEN, "OK.", CLOSE],
            ["OK.", OPEN, CLOSE, "OK."],
            ["=OK.", f"={OPEN}", f"={CLOSE}", ">OK."],
        ),
        (["更改用户密码的设置"], ["更改用户密码设置"], ["~更改用户密码设置"]),
    ],
)
def test_units_are_aligned(before: list[str], after: list[str], expected: list[str]) -> None:
    assert show(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["x"] * 20_000, ["y", "x"] * 10_000),
        (["x", "y"] * 10_000, ["y", "x"] * 10_000),
        ([f"one of many {i}" for i in range(9_000)], [f"one of so many {i}" for i in range(9_000)]),
        (["word " * 50_000], ["word " * 50_001]),
    ],
)
def test_hostile_sizes_take_no_long_time(before: list[str], after: list[str]) -> None:
    changes = compare_units(before, after)
    assert sum(change.before >= 0 for change in changes) == len(before)
    assert sum(change.after >= 0 for change in changes) == len(after)


UNITS = st.lists(st.sampled_from(["a b c", "a b d", "a x y z", "x y z", "", "OK", "b c d e"]))


@given(UNITS, UNITS)
def test_every_unit_has_one_fate(before: list[str], after: list[str]) -> None:
    changes = compare_units(before, after)
    assert sorted(c.before for c in changes if c.before >= 0) == list(range(len(before)))
    assert [c.after for c in changes if c.after >= 0] == list(range(len(after)))
    for change in changes:
        assert (change.before < 0) is (change.kind is Change.ADDED)
        assert (change.after < 0) is (change.kind is Change.REMOVED)
        if change.kind in {Change.SAME, Change.MOVED}:
            assert before[change.before] == after[change.after]
        if change.kind is Change.REWORDED:
            assert before[change.before] != after[change.after]
    stayed = [c.before for c in changes if c.kind is Change.SAME]
    assert stayed == sorted(stayed)


@given(UNITS)
def test_nothing_changes_by_itself(units: list[str]) -> None:
    assert {change.kind for change in compare_units(units, units)} <= {Change.SAME}
