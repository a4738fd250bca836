"""The figures of the translations: counted, drawn, printed."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal, format_percent
from click.testing import CliRunner

from hexapla.cli.status import draw_bar, status
from hexapla.errors import UsageError
from hexapla.figures import (
    Figures,
    Matrix,
    Standing,
    Surveyed,
    choose_cells,
    choose_products,
    count_topics,
)
from hexapla.heat_map import Drawing, draw_heat_map, find_level
from hexapla.model import State
from hexapla.state import read_state
from hexapla.status_table import COUNTS, UNITS, Numerals, write_articles, write_units
from hexapla.storage import find_repository
from hexapla.subjects import Subject
from hexapla.surveying import survey_topics
from hexapla.unit_states import UnitCounts
from hexapla.wording import round_share, write_number, write_share

SURVEYED = [
    Surveyed(
        Subject("help/mail/a"),
        (Standing("sv-SE", State.CURRENT, "MT"), Standing("ar-SA", State.OUTDATED, "HT")),
    ),
    Surveyed(Subject("help/mail/b"), (Standing("sv-SE", State.UNKNOWN, ""),)),
    Surveyed(Subject("help/files/c"), (Standing("sv-SE", State.CURRENT, "Human Translation"),)),
    Surveyed(Subject("help/files/d"), ()),
]


def count() -> Matrix:
    _, product_of = choose_products(SURVEYED, ())
    return count_topics(SURVEYED, product_of, ["ja-JP"])


def test_topics_are_counted_by_locale_and_product() -> None:
    matrix = count()
    assert matrix.locales == ("ja-JP", "ar-SA", "sv-SE")
    assert sorted(matrix.products) == ["files", "mail"]
    assert matrix.totals["sv-SE"] == Figures(4, 2, 0, 1, 1, 1, 1)
    assert matrix.cells["ar-SA", "mail"] == Figures(2, 0, 1, 0, 1, 0, 1)
    assert matrix.totals["ja-JP"] == Figures(4, missing=4)


def test_units_are_counted_with_their_topics() -> None:
    units = UnitCounts(current=3, outdated=2, missing=1, unknown=4, edited=5)
    surveyed = [
        Surveyed(Subject(f"help/mail/{name}"), (Standing("sv-SE", State.CURRENT, "", units, True),))
        for name in "ab"
    ]
    figures = count_topics(surveyed, choose_products(surveyed, ())[1], []).totals["sv-SE"]
    assert (figures.edited, figures.units, figures.share_of_units) == (2, 20, 0.3)
    counts = figures.render_mapping()
    assert [counts[f"units_{state}"] for state in ("outdated", "missing", "edited")] == [4, 2, 10]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Standing("sv-SE", State.CURRENT, "MT"), None),
        (None, Standing("sv-SE", State.UNKNOWN, "", UnitCounts(unknown=2))),
        (
            Standing("sv-SE", State.CURRENT, "MT", UnitCounts(current=3), is_edited=True),
            Standing("sv-SE", State.OUTDATED, "HT", UnitCounts(2, 1, 4, 0, 1)),
        ),
    ],
)
def test_a_topic_that_stands_otherwise_is_counted_anew(
    before: Standing | None, after: Standing | None
) -> None:
    found, expected = Figures(), Figures()
    for figures, standing in ((found, before), (expected, after)):
        figures.add(Standing("sv-SE", State.CURRENT, "HT", UnitCounts(current=7)))
        figures.add(standing)
    found.replace(before, after)
    assert found == expected


def test_what_is_not_chosen_does_not_count() -> None:
    chosen = choose_cells(count(), ["sv-SE"], ["mail"])
    assert (chosen.locales, chosen.products) == (("sv-SE",), ("mail",))
    assert chosen.totals == {"sv-SE": count().cells["sv-SE", "mail"]}
    assert choose_cells(count(), [], []) == count()


def test_every_topic_is_in_one_state() -> None:
    matrix = count()
    for figures in [*matrix.cells.values(), *matrix.totals.values()]:
        states = figures.current + figures.outdated + figures.unknown + figures.missing
        assert states == figures.topics


def test_shares_of_nothing_are_nothing() -> None:
    assert Figures().share == 0
    assert Figures().get_share("missing") == 0


def test_cells_have_shares_of_articles_and_of_units() -> None:
    figures = Figures(1234, current=617, edited=1, units=8, units_current=6, units_edited=2)
    numerals = Numerals(partial(write_number, tag="sv-SE"), partial(write_share, tag="sv-SE"))
    cells = re.findall(r"<td>(.*?)</td>", write_articles(figures, numerals))
    assert len(cells) == 1 + len(COUNTS)
    assert cells[:2] == ["1\xa0234", "50\xa0% <small>617</small>"]
    assert cells[-1] == "0\xa0% <small>1</small>"
    cells = re.findall(r"<td>(.*?)</td>", write_units(figures, numerals))
    assert len(cells) == 1 + len(UNITS)
    assert (cells[0], cells[-1]) == ("8", "25\xa0% <small>2</small>")
    assert "%" not in write_articles(Figures(), numerals)


@pytest.mark.parametrize(
    ("share", "percent"), [(0, 0), (0.004, 0), (0.625, 62), (0.995, 99), (0.9999, 99), (1, 100)]
)
def test_nothing_is_left_over_at_a_hundred_percent(share: float, percent: int) -> None:
    assert round_share(share) == percent


def test_numbers_are_written_as_cldr_has_them() -> None:
    for identifier in locale_identifiers():
        locale, tag = Locale.parse(identifier), identifier.replace("_", "-")
        for number in (0, 9, 10, 999, 1_000, 54_321, 105_004, 1_234_567):
            assert write_number(number, tag) == format_decimal(number, locale=locale), tag
        assert write_share(0.624, tag) == format_percent(0.62, locale=locale), tag


@pytest.mark.parametrize(("share", "level"), [(0.0, 0), (0.19, 0), (0.2, 1), (0.99, 4), (1.0, 4)])
def test_levels(share: float, level: int) -> None:
    assert find_level(share) == level


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_the_heat_map_says_all_in_numbers_and_words(is_mirrored: bool) -> None:
    names = {"mail": "Mail & <more> than fits into three lines of it", "files": "Files"}
    drawing = Drawing("Title", "How", names, "All", lambda n: f"{n:.0%}", is_mirrored=is_mirrored)
    picture = ET.fromstring(draw_heat_map(count(), drawing))
    assert picture.get("role") == "img"
    assert picture.findtext("title") == "Title"
    assert picture.findtext("desc") == "How"
    texts = ["".join(text.itertext()) for text in picture.iter("text")]
    assert [text for text in texts if text.endswith("%")].count("50%") == 3
    assert {"ja-JP", "ar-SA", "sv-SE", "Files", "All"} <= set(texts)
    width = int(str(picture.get("width")))
    for box in picture.iter("rect"):
        x, wide = float(str(box.get("x"))), float(str(box.get("width")))
        assert x >= 0 and x + wide <= width


@pytest.mark.parametrize(
    ("figures", "bar"),
    [
        (Figures(), ""),
        (Figures(4, current=4), "██████████ 100 %"),
        (Figures(4, missing=4), "··········   0 %"),
        (Figures(100, current=99, missing=1), "█████████·  99 %"),
        (Figures(100, current=99, outdated=1), "█████████▒  99 %"),
        (Figures(2922, current=2921, missing=1), "█████████·  99 %"),
        (Figures(10, current=5, outdated=2, unknown=1, missing=2), "█████▒▒▒··  50 %"),
    ],
)
def test_bars_show_the_least_of_what_is_wrong(figures: Figures, bar: str) -> None:
    assert draw_bar(figures) == bar


def run(root: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(status, [*options], obj=root, standalone_mode=False)
    assert done.exception is None
    return done.return_value, done.output


def run_strictly(root: Path, *options: str) -> None:
    done = CliRunner().invoke(status, [*options], obj=root, standalone_mode=False)
    if done.exception is not None:
        raise done.exception


def test_the_command_and_its_json_say_the_same(root: Path) -> None:
    code, output = run(root, "--format", "json")
    found = json.loads(output)
    assert code == 0
    assert {row["locale"] for row in found["locales"]} >= {"sv-SE", "ar-SA", "sr-Latn-RS"}
    for row in found["locales"]:
        assert sum(cell["topics"] for cell in row["products"].values()) == row["topics"]
        assert row["current"] + row["outdated"] + row["unknown"] + row["missing"] == row["topics"]
    _, text = run(root)
    for row in found["locales"]:
        assert f"{row['locale']}  " in text


def test_locales_are_chosen_and_a_threshold_ends_with_one(root: Path) -> None:
    code, output = run(root, "--locale", "sv-SE", "--fail-under", "100", "--format", "json")
    assert code == 1
    assert [row["locale"] for row in json.loads(output)["locales"]] == ["sv-SE"]
    assert run(root, "-l", "sv-SE", "--fail-under", "1")[0] == 0


def test_products_are_chosen(root: Path) -> None:
    whole = json.loads(run(root, "--format", "json")[1])
    product = whole["products"][0]["id"]
    code, output = run(root, "--product", product, "--fail-under", "0", "--format", "json")
    found = json.loads(output)
    assert code == 0
    assert [entry["id"] for entry in found["products"]] == [product]
    for row, all_of_it in zip(found["locales"], whole["locales"], strict=True):
        assert row["topics"] == all_of_it["products"][product]["topics"]
        assert row["units"] == all_of_it["products"][product]["units"]
    with pytest.raises(UsageError, match="there is no product 'none'"):
        run_strictly(root, "--product", "none")


def test_one_worker_finds_what_several_find(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = find_repository(root)
    state = read_state(repository)
    alone = survey_topics(repository, state, workers=1)
    monkeypatch.setattr("hexapla.surveying._FEW", 0)
    assert survey_topics(repository, state, workers=2) == alone
