"""The tables and the plot, and the layouts that the others' pages have."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from benchmarks.build import COLD, Result
from benchmarks.contestants import CONTESTANTS
from benchmarks.hugo import DIALECT, write_layouts
from benchmarks.measuring import Measurement
from benchmarks.picture import draw_results
from benchmarks.report import write_report
from benchmarks.scale import write_scale
from benchmarks.shell import MARK, make_shell

PAGE = f"""<!doctype html>
<html dir="ltr" lang="sv-SE" class="no-js"><head><title>Dela en mapp - Help</title>
<link rel="stylesheet" href="../../../assets/main.css"></head><body dir="ltr">
<a href="../../" title="Help">Start</a>
<ul class="hexapla-switcher__list"><li>one</li><li>two</li></ul>
<nav class="md-nav md-nav--secondary" aria-label="X"><ul><li>old</li></ul></nav>
<article class="md-content"><h1 id="share">Dela en mapp<a href="#share">¶</a></h1>
<div>Banner</div><p>{MARK}</p><p>The text.</p>
<details class="hexapla-about"><summary>Om artikeln</summary></details>
<h2 id="hexapla-related">Mer</h2>
<ul><li>three</li></ul></article></body></html>"""


def _make_results() -> list[Result]:
    ours, hugo, *_, stock = CONTESTANTS
    runs = [Measurement(2.0, 3.0, 100 * 2**20, 7 * 2**20), Measurement(4.0, 3.0, 90, 0)]
    edit = [Measurement(0.5, 0.4, 2**20, 0)]
    return [
        Result(ours, "Hexapla 1", articles=30, pages=30, size=1000,
               runs={COLD: runs, "one page edited": edit}),
        Result(hugo, "Hugo 1", articles=30, pages=30, size=1300,
               runs={COLD: [Measurement(6.0, 9.0, 2**30, 0)], "one page edited": [runs[0]]},
               steps={"Hugo": runs, "Pagefind": edit}),
        Result(stock, "MkDocs 1", "2 locales", 30,
               {COLD: [Measurement(60.0, 60.0, 5, 5, stopped=True)]}),
        Result(CONTESTANTS[2], "", problem="not installed"),
    ]  # fmt: skip


def test_the_report_has_medians_and_ratios() -> None:
    text = write_report("30 articles", _make_results(), 2, 2)
    assert (
        "| `hexapla build` | 3.00 s | 1.00 | 10 | 3.00 s | 100 MiB | 3.5 MiB | 30 | 1.0 kB |"
    ) in text
    assert "| Hugo + Pagefind | 6.00 s | 2.00 | 5 | 9.00 s | 1,024 MiB |" in text
    assert "1.3 kB (!) |" in text
    assert "stopped after 60 s" in text
    assert "| Hugo + Pagefind | 2.00 s | 4.00 |" in text
    assert "| Pagefind | 0.50 s |" in text
    assert "not installed" in text
    assert "busy" not in text
    assert "(load 3.5)" in write_report("30 articles", _make_results(), 2, 2, load=3.5)
    for table in text.split("\n\n"):
        if table.startswith("|"):
            assert len({line.count("|") for line in table.splitlines()}) == 1


def test_rates_are_beside_the_smallest_size() -> None:
    small = replace(_make_results()[0], content="small")
    large = replace(small, content="large", pages=15)
    text = write_scale([small, large])
    assert "| small: 30 pages | from nothing | 3.00 s | 10 | 1.00 |" in text
    assert "| large: 15 pages | from nothing | 3.00 s | 5 | 0.50 |" in text


def test_the_plot_can_be_read_aloud() -> None:
    plot = draw_results("30 articles & more", _make_results())
    root = ElementTree.fromstring(plot)
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert root.get("aria-labelledby") == "title description"
    assert root.findtext("svg:title", namespaces=space) == "Building 30 articles & more"
    description = root.findtext("svg:desc", namespaces=space) or ""
    assert "From nothing: hexapla build 3.00 s, Hugo + Pagefind 6.00 s." in description
    widths = [float(bar.get("width", 0)) for bar in root.findall("svg:rect", space)[1:3]]
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.2)


def test_a_layout_has_the_shell_of_the_page() -> None:
    shell = make_shell(PAGE, {"about.title": "Om artikeln"}, DIALECT)
    single = write_layouts(shell)["single.html"]
    assert "<title>{{ .Title }} - Help</title>" in single
    assert 'lang="{{ site.Language.Locale }}"' in single
    assert 'href="/assets/main.css"' in single
    assert '<a href="{{ site.Home.RelPermalink }}" title="Help">' in single
    assert '<summary>{{ i18n "about_title" }}</summary>' in single
    assert single.index("{{ .Content }}") < single.index("<div>Banner</div>")
    for gone in ("The text.", "Dela", "one", "old", "three", MARK):
        assert gone not in single.replace("none", "")


def test_a_page_without_a_mark_gives_no_layout() -> None:
    with pytest.raises(ValueError, match="no heading, mark, or details"):
        make_shell(PAGE.replace(MARK, ""), {}, DIALECT)
