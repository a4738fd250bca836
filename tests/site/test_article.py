"""The article page as it is written: its state, its marks, and the files beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import markdown
import pytest

from hexapla.aligning import align_topic
from hexapla.delivered_topics import find_topics, read_topic
from hexapla.marking import Mark, mark_passages
from hexapla.mkdocs_adapter.article import ORIGINALS, describe_original, write_marks
from hexapla.normalizing import Setting, build_bundle
from hexapla.storage import Repository
from tests.site.conftest import read_search_index

OUTDATED = "nb-NO/help/mail/recover-deleted-messages"
WITHOUT_REVISION = "ja-JP/help/admin/guest-access"
FALLBACK = "sr-Latn-RS/help/admin/guest-access"
BY_PEOPLE = "nl-NL/help/admin/add-users"


def read(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def find_original(html: str) -> str:
    found = re.search(r'data-original="[./]*([^"]+)"', html)
    return found[1] if found else ""


def test_an_outdated_page_says_so_and_marks_where(site: Path) -> None:
    html = read(site, OUTDATED)
    assert "Denne artikkelen er oversatt av en maskin." in html
    assert "Originalen er endret siden denne oversettelsen." in html
    assert "Passasjer fra originalen mangler her." in html
    marks = re.findall(r'<mark class="hexapla-outdated" data-unit="\d+">(.*?)</mark>', html)
    assert marks == ["Den blir liggende der i 30 dager, og du kan når som helst ta den tilbake."]
    content = json.loads((site / find_original(html)).read_text(encoding="utf-8"))
    assert (content["lang"], content["dir"]) == ("en-US", "ltr")
    assert content["now"] == {
        "104": "It stays there for 60 days, and you can take it back at any time."
    }


def test_nothing_is_claimed_where_nothing_is_known(site: Path) -> None:
    html = read(site, WITHOUT_REVISION)
    assert "hexapla-banner" not in html
    about = html[html.index("hexapla-about") :]
    assert "<code" not in about[: about.index("</details>")]
    assert find_original(html), "its lines are aligned"


def test_what_people_translated_is_not_said_to_be_a_machines(site: Path) -> None:
    html = read(site, BY_PEOPLE)
    assert "hexapla-banner" not in html
    assert "Door mensen" in html


@pytest.mark.parametrize("path", [FALLBACK, "help/admin/guest-access"])
def test_the_original_itself_has_nothing_beside_it(site: Path, path: str) -> None:
    html = read(site, path)
    assert find_original(html) == ""
    assert "data-unit" not in html
    assert "hexapla-banner" not in html


def test_dates_are_written_in_the_readers_language(site: Path) -> None:
    assert '<time datetime="2020-09-21">21. september 2020</time>' in read(site, OUTDATED)
    assert "2021年" in read(site, WITHOUT_REVISION)


def test_every_file_is_named_by_its_content_and_used(site: Path) -> None:
    used = {find_original(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    there = {f"{ORIGINALS}{path.name}" for path in (site / ORIGINALS).iterdir()}
    assert used - {""} == there
    pages = [path for path in site.rglob("*.html") if "data-original" in path.read_text("utf-8")]
    assert len(there) < len(pages) / 3, "locales share them"


def test_the_original_is_not_in_the_page(site: Path) -> None:
    html = read(site, "sv-SE/help/files/share-a-folder")
    assert "You decide whether they can only read" not in html


def test_the_search_index_has_no_marks(site: Path) -> None:
    text = read_search_index(site / "nb-NO")
    assert "data-unit" not in text
    assert "hexapla-" not in text
    assert "Den blir liggende der i 30 dager" in text


def test_marks_change_no_text_of_the_sample(root: Path) -> None:
    repository = Repository(root)
    renderer = markdown.Markdown(extensions=["hexapla.commonmark", "attr_list", "tables"])
    passages = found = 0
    for topic in find_topics(repository, "en-US").values():
        readings = read_topic(repository, topic)
        alignments, current = align_topic(readings, "en-US")
        for page in build_bundle(topic, readings, Setting("en-US")).pages:
            if page.locale not in alignments or not page.path.endswith(".md"):
                continue
            html = renderer.reset().convert(page.text.split("\n---\n", 1)[-1])
            aligned = alignments[page.locale].passages
            original = describe_original(alignments[page.locale], "", current, is_edited=False)
            marked, indexes = mark_passages(html, list(write_marks(original)))
            assert strip(marked) == strip(html), page.path
            marks = [Mark(passage.text, "\ue000", "\ue001") for passage in aligned]
            plain = re.sub("[\ue000\ue001]", "", mark_passages(html, marks)[0])
            assert plain == html, page.path
            passages, found = passages + len(aligned), found + len(indexes)
    assert found > 0.98 * passages > 1000


def strip(html: str) -> str:
    """The text of some HTML."""
    return re.sub(r"<[^<>]*>", "", html)


def test_the_switcher_says_what_each_language_shows(site: Path) -> None:
    html = read(site, FALLBACK)
    shows = dict(re.findall(r'hreflang="([^"]+)" data-shows="(\w+)"', html))
    assert shows["en-US"] == shows["sv-SE"] == "article"
    assert shows["sr-Latn-RS"] == shows["ar-SA"] == "original"
    assert html.count("<small>Prikazuje original</small>") == 2
    home = dict(re.findall(r'hreflang="([^"]+)" data-shows="(\w+)"', read(site, "sv-SE")))
    assert set(home.values()) == {"article"}


def test_hints_are_there_for_every_locale(site: Path) -> None:
    hints = json.loads((site / "assets/hexapla/hints.json").read_text(encoding="utf-8"))
    assert hints["sv-SE"] == ["Den här artikeln finns på svenska.", "Stäng"]
    assert len({text for text, _ in hints.values()}) == len(hints)
