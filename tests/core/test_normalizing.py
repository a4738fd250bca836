"""Bundles hold all that was delivered, do not depend on order, and keep every line in place."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from hexapla.model import Bundle, Form, Topic
from hexapla.normalizing import Reading, Setting, build_bundle, join_target
from hexapla.source import reconstruct_source
from hexapla.yaml_strings import load_strings
from tests.core.articles import (
    LOCALES,
    OTHER_REVISION,
    REVISION,
    bodies,
    files,
    front_matters,
    read,
    read_article,
    write_front,
    write_units,
)

SETTING = Setting("en-US", ("help",))
TOPIC = Topic("help/start", ())
BODY = write_units('# <a name="share"></a>', ("Dela", "Share"), "\n\n", ("Text.", "Words."), "\n")
PLAIN = '# <a name="share"></a>Dela\n\nText.\n'


def build(*readings: Reading) -> Bundle:
    """Build the bundle of the topic."""
    return build_bundle(TOPIC, readings, SETTING)


def show(bundle: Bundle) -> dict[str, str]:
    """Give each page's text by its name within the bundle."""
    return {page.path.removeprefix("help/start/"): page.text for page in bundle.pages}


def report(bundle: Bundle) -> list[str]:
    """Give the findings as users see them."""
    return [finding.render_text() for finding in bundle.findings]


def divide(page: str) -> tuple[str, str]:
    """Divide a page as MkDocs does."""
    match = re.match(r"---[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", page, re.DOTALL)
    return (match[1], page[match.end() :]) if match else ("", page)


def test_a_bilingual_article_becomes_page_source_and_shared_metadata() -> None:
    bundle = build(read(write_front() + BODY))
    assert report(bundle) == []
    assert show(bundle) == {
        ".meta.yml": (
            f"ms.topic: article\nms.openlocfilehash: {REVISION}\n"
            f"ms.sourcegitcommit: {'ef' * 20}\nms.lasthandoff: 09/15/2020\n"
            "provenance: reconstructed\n"
        ),
        "index.md": '---\ntitle: "Share"\n---\n# Share {#share}\n\nWords.\n',
        "index.sv-SE.md": (
            "---\ntitle: Titel\nms.translationtype: MT\nms.contentlocale: sv-SE\n"
            'ms.locfileid: "47798070"\n---\n# Dela {#share}\n\nText.\n'
        ),
    }
    assert [(page.locale, page.origins) for page in bundle.pages] == [
        ("en-US", ()),
        ("en-US", ("sv-SE/help/start.md",)),
        ("sv-SE", ("sv-SE/help/start.md",)),
    ]


def test_the_latest_article_is_shown_and_the_earlier_one_remembered() -> None:
    old = read(write_front(title="Gammal") + BODY)
    new = read(
        write_front(revision=OTHER_REVISION, date="01/01/2021", title="Ny") + "# Ny\n",
        form=Form.MONOLINGUAL,
    )
    bundle = build(old, new)
    front, body = divide(show(bundle)["index.sv-SE.md"])
    assert body == "# Ny\n"
    metadata = yaml.safe_load(front)
    assert metadata["title"] == "Ny"
    assert metadata["superseded"] == [{"title": "Gammal"}]
    assert metadata["ms.lasthandoff"] == "01/01/2021"
    assert bundle.pages[2].origins == ("sv-SE.monolingual/help/start.md", "sv-SE/help/start.md")


def test_without_units_there_is_no_source() -> None:
    bundle = build(read("---\ntitle: Dela\n---\n# Dela\n", "sv-SE", Form.MONOLINGUAL))
    assert sorted(show(bundle)) == [".meta.yml", "index.sv-SE.md"]
    assert report(bundle) == [
        "locales/sv-SE.monolingual/help/start.md: info: no delivery gives its source"
        " [source-missing]"
    ]
    assert show(bundle)[".meta.yml"].endswith("provenance: none\n")


def test_a_delivered_source_is_taken_as_it_is() -> None:
    bundle = build(
        read("---\ntitle: Share\nx: y\n---\n# Heading\n", "en-US"), read(write_front() + BODY)
    )
    assert divide(show(bundle)["index.md"]) == ("title: Share\n", "# Heading\n")
    assert show(bundle)[".meta.yml"] == "x: y\nprovenance: delivered\n"


def test_twins_with_other_text_are_reported() -> None:
    one = read(write_front() + BODY)
    same = read(write_front() + PLAIN, form=Form.MONOLINGUAL)
    other = read(write_front() + PLAIN.replace("Text", "Ord"), form=Form.MONOLINGUAL)
    later = read(write_front(date="01/01/2021") + "# Annat\n", form=Form.MONOLINGUAL)
    assert report(build(one, same)) == []
    assert report(build(one, later)) == []
    assert report(build(one, other)) == [
        "locales/sv-SE.monolingual/help/start.md:13: warning: its twin"
        " locales/sv-SE/help/start.md has another text here [twin-differs]"
    ]


def test_twins_with_other_front_matter_are_reported() -> None:
    one = read(write_front() + BODY)
    other = read(write_front(title="Annan") + PLAIN, form=Form.MONOLINGUAL)
    assert [finding.split(":")[1] for finding in report(build(one, other))] == ["2"]


def test_broken_emphasis_is_mended_and_reported() -> None:
    bundle = build(read(write_front() + write_units("# ", ("\\*Dela", "\\*Share"), "\n")))
    assert show(bundle)["index.sv-SE.md"].endswith("# *Dela\n")
    assert report(bundle) == [
        "locales/sv-SE/help/start.md:11: info: emphasis marks do not pair in unit 0a1b2-102"
        " [broken-emphasis]"
    ]


def test_findings_of_the_body_have_the_lines_of_the_delivered_file() -> None:
    bundle = build(read(write_front() + "Text\n[x](../../../y.md)\n"))
    assert report(bundle)[0].startswith("locales/sv-SE/help/start.md:12:5: warning: the link")


def test_what_a_page_cannot_have_is_replaced() -> None:
    bundle = build(read(b"---\ntitle: a\n---\nNUL \0, no UTF-8 \xff\n"))
    assert show(bundle)["index.sv-SE.md"] == "---\ntitle: a\n---\nNUL \ufffd, no UTF-8 \ufffd\n"


@pytest.mark.parametrize("text", ["---\n---\n---\na: b\n---\n", "---\na: b\n"])
def test_a_body_is_never_taken_for_front_matter(text: str) -> None:
    page = show(build(read(text)))["index.sv-SE.md"]
    assert divide(page) == ("{}\n", text.removeprefix("---\n---\n"))


@pytest.mark.parametrize("name", ["README.md", "help/LICENSE.md", "Contributing.md"])
def test_files_of_the_repository_are_no_topic(name: str) -> None:
    assert build(read("# Read me\n", name=name)).pages == ()
    assert build(read("---\ntitle: a\n---\n# Read me\n", name=name)).pages != ()


def test_of_equal_texts_everything_is_found_in_one_page_or_the_shared_metadata() -> None:
    text = write_front(extra="ms.custom:\n- 1828\n- yes\nms.date: 2021-04-08\nx:\n  a: 12\n")
    pages = show(build(read(text + BODY)))
    assert yaml.safe_load(pages[".meta.yml"])["ms.custom"] == ["1828", "yes"]
    assert yaml.safe_load(pages[".meta.yml"])["ms.date"] == "2021-04-08"
    assert yaml.safe_load(pages[".meta.yml"])["x"] == {"a": "12"}


# Properties.


@given(files())
def test_stripping_units_keeps_a_line_for_each_line(data: bytes) -> None:
    article = read_article(data)
    text = "".join(
        segment if isinstance(segment, str) else segment.target for segment in article.segments
    )
    assert join_target(article).count("\n") == text.count("\n")


@given(bodies())
def test_the_source_has_the_lines_of_its_units(body: str) -> None:
    article = read_article(body)
    text = "".join(
        segment if isinstance(segment, str) else segment.source for segment in article.segments
    )
    source = reconstruct_source([article])
    assert source.body.count("\n") == text.count("\n")
    assert not any(unit.identifier in source.body for unit in article.units)


@given(bodies())
def test_pages_have_the_lines_of_their_texts(body: str) -> None:
    reading = read("---\ntitle: a\n---\n" + body)
    pages = show(build(reading))
    _, page = divide(pages["index.sv-SE.md"])
    assert page.count("\n") == join_target(reading.article).count("\n")
    if "index.md" in pages and pages["index.md"].startswith("---\ntitle"):
        _, page = divide(pages["index.md"])
        source = reconstruct_source([reading.article])
        assert page.count("\n") == source.body.count("\n")


@st.composite
def deliveries(draw: st.DrawFn) -> list[Reading]:
    """Draw the deliveries of one topic: several locales, forms and revisions."""
    readings = []
    chosen = st.lists(
        st.tuples(st.sampled_from((*LOCALES, "en-US")), st.sampled_from(Form)),
        unique=True,
        min_size=1,
        max_size=5,
    )
    for locale, form in draw(chosen):
        front = draw(
            front_matters()
            | st.builds(
                write_front,
                st.just(locale),
                st.sampled_from((REVISION, OTHER_REVISION)),
                st.sampled_from(("09/15/2020", "04/22/2021")),
                st.sampled_from(("Dela", "'a: b'", "12")),
                st.sampled_from(("", "ms.custom: 7\n", "related: x\n", "x: 2021-04-08\n")),
            )
        )
        name = "help/start.txt" if form is Form.LOOSE else "help/start.md"
        readings.append(read(front + draw(bodies()), locale, form, name))
    return readings


@given(deliveries(), st.randoms(use_true_random=False))
def test_the_order_of_readings_does_not_matter(readings: list[Reading], random: Random) -> None:
    bundle = build(*readings)
    random.shuffle(readings)
    assert build(*readings) == bundle


def normalize(value: Any) -> object:
    """Give a value as text throughout; nothing is the empty string."""
    if isinstance(value, dict):
        return {str(key): normalize(item) for key, item in value.items()}
    if isinstance(value, list):
        return [normalize(item) for item in value]
    return "" if value is None else str(value)


def list_metadata(pages: dict[str, str], locale: str) -> Iterator[dict[str, object]]:
    """Yield what a locale's page, its earlier articles and the shared metadata say."""
    name = "index.md" if locale == "en-US" else f"index.{locale}.md"
    for text in (divide(pages[name])[0], pages[".meta.yml"]):
        as_strings: Any = load_strings(text) or {}
        by_yaml: Any = yaml.safe_load(text) or {}
        assert normalize(by_yaml) == normalize(as_strings)
        superseded = as_strings.get("superseded", [])
        yield as_strings
        yield from superseded


@settings(max_examples=200)
@given(deliveries())
def test_every_delivered_key_and_value_is_in_the_bundle(readings: list[Reading]) -> None:
    pages = show(build(*readings))
    for reading in readings:
        front = reading.article.front
        found = list(list_metadata(pages, reading.article.locale))
        kept = "".join(str(metadata.get("delivered", "")) for metadata in found)
        if not (front.valid and front.complete):
            assert front.text.replace("\0", "\ufffd") in kept.replace("\0", "\ufffd")
        for key, value in front.values.items():
            in_place = any(metadata.get(key) == value for metadata in found)
            assert in_place or front.entries[key] in kept or front.text in kept, (key, value)


@given(deliveries())
def test_no_page_has_a_unit_left_that_was_recognized(readings: list[Reading]) -> None:
    pages = show(build(*readings))
    assert not any(
        f'data-ttu-id="{unit.identifier}"' in text
        for reading in readings
        for unit in reading.article.units
        for text in pages.values()
    )
