"""Unit states: current, outdated, missing, edited; and what follows for the page."""

from __future__ import annotations

import pytest

from hexapla.aligning import align_topic
from hexapla.model import Form, State, Topic
from hexapla.normalizing import Reading, Setting
from hexapla.status import describe_topic
from hexapla.unit_states import UnitCounts, count_edited
from tests.core.test_aligning import NEW, NEWEST, OLD, read, write_unit


def write(*sources: str, target: str = "T") -> str:
    return "".join(
        f"{write_unit(str(103 + index), f'{target} {source}', source)}\n\n"
        for index, source in enumerate(sources)
    )


OPEN, SAVE = "Open the settings.", "Save the picture in a folder."
REWORDED = "Save the picture in another folder."
ADDED = "Close every window that is open."


def count(*readings: Reading, **edits: str) -> dict[str, tuple[State, UnitCounts]]:
    pages = {locale.replace("_", "-"): page for locale, page in edits.items()}
    status = describe_topic(Topic("a", ()), readings, Setting("en-US"), pages)
    return {row.locale: (row.state, row.units) for row in status.locales}


@pytest.mark.parametrize(
    ("later", "state", "units"),
    [
        ((OPEN, SAVE), State.CURRENT, UnitCounts(current=2)),
        ((SAVE, OPEN), State.CURRENT, UnitCounts(current=2)),
        ((OPEN, REWORDED), State.OUTDATED, UnitCounts(current=1, outdated=1)),
        ((OPEN,), State.OUTDATED, UnitCounts(current=1, outdated=1)),
        ((OPEN, ADDED, SAVE), State.OUTDATED, UnitCounts(current=2, missing=1)),
        ((ADDED, REWORDED), State.OUTDATED, UnitCounts(outdated=2, missing=1)),
    ],
)
@pytest.mark.parametrize("form", [Form.BILINGUAL, Form.MONOLINGUAL])
def test_units_are_counted_by_state(
    later: tuple[str, ...], state: State, units: UnitCounts, form: Form
) -> None:
    readings = [read("nl-NL", OLD, write(OPEN, SAVE)), read("sv-SE", NEW, write(*later))]
    if form is Form.MONOLINGUAL:
        readings.append(read("nl-NL", OLD, f"T {OPEN}\n\nT {SAVE}\n\n", form))
    found = count(*readings)
    assert found["nl-NL"] == (state, units)
    assert found["sv-SE"] == (State.CURRENT, UnitCounts(current=len(later)))


def test_what_a_merged_unit_holds_is_not_missing() -> None:
    merged = write_unit("p103", "T", f"{OPEN} {SAVE}") + "\n"
    readings = [read("nl-NL", OLD, merged), read("sv-SE", NEW, write(OPEN, SAVE))]
    alignments, _ = align_topic(readings, "en-US")
    assert alignments["nl-NL"].missing == ()


def test_nothing_is_missing_from_what_is_newer_than_the_source() -> None:
    readings = [
        read("nl-NL", OLD, write(OPEN)),
        read("nl-NL", NEWEST, f"T {OPEN}\n", Form.MONOLINGUAL),
        read("sv-SE", NEW, write(OPEN, ADDED)),
    ]
    assert count(*readings)["nl-NL"] == (State.CURRENT, UnitCounts(current=1))


def test_lines_of_a_delivered_source_are_missing_too() -> None:
    source = f"{OPEN}\n\n{ADDED}\n\n{REWORDED}\n"
    readings = [read("nl-NL", OLD, write(OPEN, SAVE)), read("en-US", "", source)]
    units = UnitCounts(current=1, outdated=1, missing=1)
    assert count(*readings)["nl-NL"] == (State.OUTDATED, units)


def test_what_a_writer_has_changed_is_counted() -> None:
    page = f"---\ntitle: T\n---\nT {OPEN}\n\nT Save it elsewhere.\n"
    found = count(read("sv-SE", NEW, write(OPEN, SAVE)), sv_SE=page)
    assert found["sv-SE"] == (State.CURRENT, UnitCounts(current=2, edited=1))


def test_marks_and_links_are_no_edits() -> None:
    texts = ["See **the [page](b.md)**.", "And `code`."]
    assert count_edited(texts, "- See *the [page](../c/index.md)*. And `code`.\n") == 0
    assert count_edited(texts, "- See [that page](b.md).\n") == 2
