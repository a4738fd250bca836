"""The course of the translations over time: chosen, counted, remembered, drawn, shown."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from jinja2 import DictLoader, Environment

from hexapla import surveying_history
from hexapla.figures import Matrix
from hexapla.git_versions import Commit
from hexapla.mkdocs_adapter.status_pages import TEMPLATE, Overview, render_figures
from hexapla.storage import find_repository
from hexapla.surveying_history import survey_history
from hexapla.trend import MOST, Point, Trend, choose_commits
from hexapla.trend_plot import PlotDrawing, draw_trend
from tests.building.projects import build, cut_configuration
from tests.support.trees import Tree, deliver, write_source

FIRST = write_source("Share", "Open **Files**.", "It stays for 30 days.")
SECOND = write_source("Share", "Open **Files**.", "It stays for 60 days.")
OTHER = write_source("Start", "Welcome.")

DUTCH, SWEDISH = "locales/nl-NL/help/share.md", "locales/sv-SE/help/share.md"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Three deliveries: the second leaves a locale behind, the third brings it up."""
    tree = Tree(tmp_path / "repository")
    tree.write({path: deliver(FIRST, path[8:13], date="01/15/2020") for path in (DUTCH, SWEDISH)})
    tree.write({"locales/sv-SE/help/start.md": deliver(OTHER, "sv-SE", number=2)})
    tree.commit("2020-02-01")
    tree.write({DUTCH: deliver(SECOND, "nl-NL", date="03/20/2021")})
    tree.commit("2021-04-01")
    tree.write({"README.md": "Not about deliveries.\n"})
    tree.commit("2021-05-01")
    tree.write({SWEDISH: deliver(SECOND, "sv-SE", date="03/25/2021")})
    tree.commit("2021-06-01")
    return tree


POINTS = (
    Point("2020-02-01", 2, {"nl-NL": 1, "sv-SE": 2}),
    Point("2021-04-01", 2, {"nl-NL": 1, "sv-SE": 1}),
    Point("2021-06-01", 2, {"nl-NL": 1, "sv-SE": 2}),
)


def test_each_delivery_is_judged_as_it_was(tree: Tree) -> None:
    trend = survey_history(find_repository(tree.root), "en-US")
    assert trend == Trend(POINTS, has_history=True)
    assert trend.locales == ("nl-NL", "sv-SE")
    assert [point.get_share("sv-SE") for point in trend.points] == [1.0, 0.5, 1.0]


def test_what_was_found_is_remembered(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = find_repository(tree.root)
    first = survey_history(repository, "en-US")
    path = next(path for path in tree.list_files(".hexapla") if "history" in path)
    kept = tree.read(path)
    judged: list[int] = []
    judge = surveying_history._judge

    def count(*arguments: object) -> object:
        judged.append(len(arguments[1]))  # type: ignore[arg-type]
        return judge(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(surveying_history, "_judge", count)
    assert survey_history(repository, "en-US") == first
    assert judged == []
    tree.write({DUTCH: deliver(FIRST, "nl-NL", date="07/01/2021")})
    tree.commit("2021-07-02")
    assert len(survey_history(repository, "en-US").points) == 4
    assert judged == [1]  # of all topics, only the one that changed
    for damaged in ("{", "[]", '{"points": [[1]]}', '{"head": 1, "topics": {"a": 2}}'):
        tree.write({path: damaged})
        assert survey_history(repository, "en-US").points[:3] == first.points
    assert json.loads(kept)["points"] == json.loads(tree.read(path))["points"][:3]


def test_without_a_history_there_is_no_trend(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "repository", {SWEDISH: deliver(FIRST, "sv-SE")})
    repository = find_repository(tree.root)
    assert survey_history(repository, "en-US") == Trend()
    tree.commit("2021-01-01")
    assert survey_history(repository, "en-US") == Trend(has_history=True)


def test_days_are_chosen_evenly() -> None:
    commits = [
        Commit(f"{day}{hour}", f"2021-01-{day:02}") for day in range(1, 31) for hour in "ab"
    ]
    chosen = choose_commits(commits)
    assert len(chosen) == MOST
    assert (chosen[0].identifier, chosen[-1].identifier) == ("1b", "30b")
    assert [commit.day for commit in chosen] == sorted({commit.day for commit in chosen})
    assert choose_commits(commits[:3]) == [commits[1], commits[2]]
    assert choose_commits([]) == []


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_the_plot_names_every_line_beside_its_end(is_mirrored: bool) -> None:
    locales = [f"{letter}{other}-XX" for letter in "abcdef" for other in "abcdef"]
    points = tuple(
        Point(day, 10, {locale: 9 for locale in locales[: 36 if number else 30]})
        for number, day in enumerate(("2020-01-01", "2020-01-02", "2021-01-01"))
    )
    drawing = PlotDrawing("Title", "How & why", lambda n: f"{n:.0%}", str, is_mirrored=is_mirrored)
    picture = ET.fromstring(draw_trend(Trend(points, has_history=True), drawing))
    assert picture.get("role") == "img"
    assert picture.findtext("title") == "Title"
    assert picture.findtext("desc") == "How & why"
    texts = list(picture.iter("text"))
    assert {"0%", "50%", "100%", *locales} <= {text.text for text in texts}
    assert [text.text for text in texts].count("2020-01-02") == 0  # no room beside the first
    labels = [float(str(text.get("y"))) for text in texts if text.text in locales]
    assert all(after - before >= 14.9 for before, after in pairwise(sorted(labels)))
    width, height = (float(str(picture.get(name))) for name in ("width", "height"))
    for text in texts:
        assert 0 <= float(str(text.get("x"))) <= width
        assert 0 <= float(str(text.get("y"))) <= height
    assert len(list(picture.iter("circle"))) == 30 + 36 + 36


def test_the_status_page_shows_it(tree: Tree, root: Path) -> None:
    tree.sync()
    home = "---\ntemplate: home.html\n---\n# Home\n"
    tree.write({"mkdocs.yml": cut_configuration(), "docs/index.md": home})
    shutil.copytree(root / "overrides", tree.root / "overrides")
    (tree.root / "node_modules").symlink_to(root / "node_modules")
    build(tree)
    html = tree.read("site/sv-SE/status/index.html")
    assert '<svg class="hexapla-trend"' in html
    assert '<time datetime="2021-04-01">1 apr. 2021</time>' in html
    table = html[html.index('id="trend-table"') :]
    row = table[table.index('lang="sv-SE"') :]
    assert [cell.split("<")[0] for cell in row.split("<td>")[1:4]] == [
        "100\xa0%",
        "50\xa0%",
        "100\xa0%",
    ]
    assert "versionshanterade" not in html


@pytest.mark.parametrize(
    ("trend", "is_said"), [(Trend(), True), (Trend(has_history=True), False)]
)
def test_that_there_is_no_history_is_said(trend: Trend, is_said: bool, root: Path) -> None:
    template = (root / "overrides" / TEMPLATE).read_text(encoding="utf-8")
    overview = Overview(Matrix((), (), {}, {}), (), trend)
    catalog = yaml.safe_load((root / "overrides/interface/publishing.yml").read_text("utf-8"))
    strings = catalog["sv-SE"] | {"direction": "ltr"}
    plugin: Any = SimpleNamespace(
        source="en-US",
        get_strings=lambda locale: strings,
        i18n=SimpleNamespace(config=SimpleNamespace(languages=[])),
    )
    environment = Environment(loader=DictLoader({TEMPLATE: template}))
    text = render_figures(plugin, environment, overview, "sv-SE")
    assert "hexapla-trend" not in text
    assert ("versionshanterade" in text) is is_said
