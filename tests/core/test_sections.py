from __future__ import annotations

from hexapla.contents import Entry, parse_contents
from hexapla.navigation import plan_navigation
from hexapla.outlines import outline_product
from hexapla.products import read_products
from hexapla.sections import Section, build_sections
from hexapla.subjects import Subject

KNOWN = {"a", "b", "c", "d", "e"}

SWEDISH = """\
- name: Post
  href: a.md
  items:
  - {name: B, href: b.md}
  - name: Regler
    items: [{name: C, href: c.md}, {name: D, href: d.md}, {name: Gone, href: gone.md}]
- {name: E, href: e.md}
"""
DUTCH = SWEDISH.replace("Post", "E-mail").replace("Regler", "Regels")
GERMAN = "- name: Nur\n  items: [{name: B, href: b.md}]\n"


def read(text: str) -> tuple[Entry, ...]:
    return parse_contents(text, "TOC.yml", (), "TOC.yml")[0]


def build(**texts: str) -> tuple[Section, ...]:
    tables = {name.replace("_", "-"): {"TOC.yml": read(text)} for name, text in texts.items()}
    return build_sections(tables, "en-US", KNOWN)


def test_the_structure_is_that_of_most_locales_and_names_are_each_ones_own() -> None:
    loose, post = build(de_DE=GERMAN, nl_NL=DUTCH, sv_SE=SWEDISH)
    assert loose.topics == ("e",)
    assert post.topics == ("a", "b")
    assert post.names == {"de-DE": "Nur", "nl-NL": "E-mail", "sv-SE": "Post"}
    assert post.sections[0].topics == ("c", "d")
    assert post.sections[0].names == {"nl-NL": "Regels", "sv-SE": "Regler"}


def test_the_sources_structure_counts_most() -> None:
    (only,) = build(en_US=GERMAN, nl_NL=DUTCH, sv_SE=SWEDISH)
    assert only.topics == ("b",)
    assert only.names["en-US"] == "Nur"
    assert only.names["sv-SE"] == "Post"


def test_a_name_that_most_locales_have_needs_no_translation() -> None:
    (_, post) = build(da_DK=SWEDISH, nl_NL=DUTCH, sv_SE=SWEDISH)
    assert post.names[""] == "Post"


def test_deep_nesting_is_lifted() -> None:
    entries: tuple[Entry, ...] = (Entry("leaf", "a"),)
    for depth in range(300):
        entries = (Entry(f"s{depth}", "", entries),)
    (section,) = build_sections({"sv-SE": {"TOC.yml": entries}}, "en-US", KNOWN)
    depth = 0
    while section.sections:
        (section,) = section.sections
        depth += 1
    assert depth < 10
    assert section.topics == ("a",)


def test_an_outline_is_the_products_own_part() -> None:
    outline = outline_product(build(sv_SE=SWEDISH), ["a", "c", "e"], "en-US")
    assert outline.topics == ("e",)
    assert [part.slug for part in outline.sections] == ["a"]
    assert [part.slug for part in outline.sections[0].sections] == ["c"]


def test_a_section_with_all_topics_is_the_product_itself() -> None:
    outline = outline_product(build(sv_SE=SWEDISH), ["a", "b", "c", "d"], "sv-SE")
    assert outline.topics == ("a", "b")
    assert [part.slug for part in outline.sections] == ["regler"]


def test_addresses_are_unique() -> None:
    text = "".join(f"- {{name: 'Page 1', items: [{{name: x, href: {t}.md}}]}}\n" for t in "abc")
    outline = outline_product(build(en_US=text), list("abc"), "en-US")
    slugs = [part.slug for part in outline.sections]
    assert slugs == ["section-page-1", "section-page-1-2", "section-page-1-3"]


def test_a_plan_places_every_topic_once() -> None:
    subjects = [Subject(topic, topic, day=f"2021-01-0{n}") for n, topic in enumerate("abcde", 1)]
    subjects += [Subject("f", "f", links=frozenset("ab")), Subject("g", "g", links=frozenset("a"))]
    products, _ = read_products([{"id": "p", "name": "P", "match": {"path": list("abcd")}}])
    plan = plan_navigation(subjects, products, {"sv-SE": {"TOC.yml": read(SWEDISH)}}, "en-US")
    assert plan.topics == {"p": ["a", "b", "c", "d"], "other": ["e", "f", "g"]}
    place = plan.places["c"]
    assert (place.previous, place.following) == ("", "d")
    assert [section.names["sv-SE"] for section in place.sections] == ["Regler"]
    assert plan.places["b"].previous == "a"
    assert plan.places["f"].product == "other"
    assert plan.newest == ("e", "d", "c", "b", "a")
    assert plan.most_linked == ("a",)
