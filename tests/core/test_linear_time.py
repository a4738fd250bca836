"""Hostile repetition takes no scanner long.

What is measured is the processor's time, and the limit is several times what was needed; a
scan whose time grows with the square of the size needs minutes for these texts.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from hexapla.anchors import convert_anchors
from hexapla.code_spans import find_code
from hexapla.dialect import normalize_dialect
from hexapla.evidence import gather_evidence
from hexapla.links import Place, rewrite_links
from hexapla.model import Form
from hexapla.normalizing import Setting, build_bundle
from hexapla.parsing import parse_article
from hexapla.source import find_title
from hexapla.units import parse_units
from tests.core.articles import read, read_article
from tests.core.test_normalizing import TOPIC

SIZE = 2**20
LIMIT = 10.0
"""Seconds."""

OPENING = '<span data-ttu-id="0a1b2-102">'
SOURCE = '</span><span class="sxs-lookup"><span data-stu-id="0a1b2-102">'
UNIT = f"{OPENING}a{SOURCE}b</span></span>"
PLACE = Place("help/start.md", "help/start", ("help",))

Scanner = Callable[[str], object]

SCANNERS: dict[str, Scanner] = {
    "units": lambda text: parse_units(text, "a.md"),
    "code": find_code,
    "links": lambda text: rewrite_links(text, PLACE, "a.md"),
    "dialect": lambda text: normalize_dialect(text, "a.md"),
    "anchors": convert_anchors,
    "title": find_title,
    "article": lambda text: parse_article(text.encode(), "sv-SE", "a.md"),
}

REPEATED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "units": (
        ("", OPENING, ""),
        ("", UNIT, ""),
        ("", SOURCE, ""),
        (OPENING, "</span>", ""),
        (OPENING, "<", SOURCE),
        (f"{OPENING}a{SOURCE}", "<span", "</span>" * 50_000),
        ("", "data-ttu-id=", ""),
    ),
    "code": (
        ("", "`", " b `"),
        ("", "` ", ""),
        ("", "``` ```` ", ""),
        ("", "~", "` x"),
        ("", "<!-- ", ""),
        ("", "<!-- ` -->", ""),
        ("", "\n```\n", "~~~"),
        ("", "> ", ""),
        ("```\n", "````x\n", ""),
        ("", "\\", "`"),
    ),
    "links": (
        ("", "](", ""),
        ("", "](a", ""),
        ("", "[a](a.md) and some more words ", ""),
        ("", "](../../../x.md)\n", ""),
        ("](a", "(", ""),
        ("](a", "(b)", ""),
        ("", "](<", ""),
        ("](", " ", "a.md"),
        ("", "[a reference]: a.md\n\n", ""),
        ("", '<a href="', ""),
        ("", "` ](a.md)", ""),
    ),
    "dialect": (
        ("> [!", " ", "x"),
        ("", "> [!x]\n", ""),
        ("", "> [!", ""),
        ("", ">", " [!NOTE]"),
        ("", "[!include ", ""),
        ("# ", "](#tab", ""),
        ("```\n", ":::row:::\n", ""),
    ),
    "anchors": (
        ("", '<a name="', ""),
        ("", '# <a name="x"></a>', ""),
        ("# ", '<a name="x"></a>', ""),
        ("", '<a name="x"></a>a\n---\n', ""),
        ('# <a name="x"></a>', "#", " "),
        ("", "> ", '<a name="x"></a>'),
    ),
    "title": (
        ("# a", " ", "b"),
        ("a", " ", "b"),
        ("", "a\n", ""),
        ("# ", "#", "b"),
        ("", "-\n", ""),
    ),
    "article": (
        ("", "\r\n", ""),
        ("", "\r", "\n"),
        ("---\n", "a: 1\n", "---\n"),
        ("---\n", "---", "\n"),
        ("---\na: ", "[", "\n---\n"),
        ("---\n", "- ", "\n---\n"),
        ("---\na", " ", "x\n---\n"),
        ("", "\0\ufffd", ""),
    ),
}  # fmt: skip

CASES = [
    pytest.param(SCANNERS[name], *parts, id=f"{name}-{index}")
    for name, cases in REPEATED.items()
    for index, parts in enumerate(cases)
]


def measure(work: Callable[[], object]) -> float:
    """Give the seconds of processor time that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize(("scan", "before", "repeated", "after"), CASES)
def test_no_repetition_is_slow(scan: Scanner, before: str, repeated: str, after: str) -> None:
    text = before + repeated * (SIZE // len(repeated)) + after
    assert measure(lambda: scan(text)) < LIMIT


@pytest.mark.parametrize(
    "repeated",
    [
        UNIT,
        UNIT.replace(">a<", ">\\*a<"),
        "![å](a.png)",
        "![",
        '<img alt="a',
        "![[",
        "](a",
        '<a name="x"></a>',
        "| [a](b.md) ",
    ],
)
def test_no_repetition_makes_a_slow_bundle(repeated: str) -> None:
    text = "---\ntitle: a\n---\n" + UNIT + repeated * (SIZE // 4 // len(repeated))
    other = UNIT.replace(">b<", ">c<") + text
    readings = [read(text), read(other, "nb-NO"), read(text, form=Form.MONOLINGUAL)]
    assert measure(lambda: build_bundle(TOPIC, readings, Setting("en-US"))) < LIMIT


@pytest.mark.parametrize("repeated", ["](", "](a", '<a name="', "](<", "]( ", 'href="'])
def test_no_repetition_makes_evidence_slow(repeated: str) -> None:
    article = read_article(repeated * (SIZE // len(repeated)))
    assert measure(lambda: gather_evidence(article)) < LIMIT
