"""Records and indexes: the same bytes for the same pages, in any order."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given, strategies as st

from hexapla.search.assembling import COMMON, FEW, MANIFEST, assemble_index, collect_postings
from hexapla.search.postings import write_number, write_postings, write_terms
from hexapla.search.records import Page, analyse_page, note_fallback, read_record

PAGES = [
    Page(f"topic-{number}/", (f"Titel {number}",), "mail", "sv-SE", f"<p>Text {number} här</p>")
    for number in range(40)
]


def test_a_record_keeps_what_the_index_needs() -> None:
    html = '<h1>Hidden</h1><p>Alla användare, alla</p><h2 id="a">Mer &amp; mer</h2><p>Slut.</p>'
    record = read_record(analyse_page(Page("a/", ("En", "Två"), "mail", "sv-SE", html)))
    assert (record.link, record.titles, record.product) == ("a/", ("En", "Två"), "mail")
    assert record.terms == (("anvand", "slut"), ("all",), (), ("mer",))
    assert json.loads(record.passages) == [
        ["", "", "Alla användare, alla"],
        ["a", "Mer & mer", "Slut."],
    ]


def test_text_with_line_ends_and_surrogates_keeps_a_record_whole() -> None:
    page = Page("a/", ("En\ntitel \ud800",), "", "sv-SE", "<p>rad\u2028rad\nrad \ud800</p>")
    assert read_record(analyse_page(page)).titles == ("En\ntitel ?",)


@pytest.mark.parametrize("record", [b"", b"hexapla-search 0\n[]\n\n\n\n\n[]", b"\n" * 6])
def test_another_versions_record_is_refused(record: bytes) -> None:
    with pytest.raises(ValueError, match="no record of this version"):
        read_record(record)


def test_the_order_of_records_does_not_matter() -> None:
    records = [analyse_page(page) for page in PAGES]
    one = assemble_index("sv-SE", "en-US", records, "../")
    assert assemble_index("sv-SE", "en-US", list(reversed(records)), "../") == one


def test_one_changed_page_leaves_the_passages_of_others() -> None:
    records = [analyse_page(page) for page in PAGES]
    before = assemble_index("sv-SE", "en-US", records)
    changed = Page("topic-0/", ("Titel 0",), "mail", "sv-SE", "<p>Annat</p>")
    after = assemble_index("sv-SE", "en-US", [analyse_page(changed), *records[1:]])
    new = {name.split("-")[0] for name in after.keys() - before.keys()}
    assert new == {"passages", "terms", "texts"}
    assert sum(name.startswith("passages") for name in after.keys() - before.keys()) == 1


def test_fallbacks_bring_their_address_and_no_terms() -> None:
    fallback = note_fallback(Page("b/", ("Source",), "mail", "en-US", "<p>Words</p>"))
    files = assemble_index("sv-SE", "en-US", [analyse_page(PAGES[0]), fallback])
    manifest = json.loads(files[MANIFEST])
    titles = json.loads(zlib.decompress(files[manifest["titles"]], -15))
    assert titles["links"] == ["topic-0/"]
    assert titles["fallbacks"] == [["b/", 0, "en-US"]]
    assert manifest["topics"] == 2


def test_an_empty_locale_has_an_index() -> None:
    files = assemble_index("sv-SE", "en-US", [])
    assert json.loads(files[MANIFEST])["topics"] == 0


def test_terms_of_most_pages_are_left_out_of_large_sites() -> None:
    html = "<p>alltid {}</p>"
    pages = [Page(f"{n}/", (), "", "en-US", html.format(n)) for n in range(2 * FEW)]
    some = [read_record(analyse_page(page)) for page in pages]
    assert len(collect_postings(some[:FEW])["alltid"]) == FEW
    assert "alltid" not in collect_postings(some)
    assert COMMON < 1


@given(
    st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 3)), unique_by=lambda pair: pair[0])
)
def test_postings_can_be_read_again(pairs: list[tuple[int, int]]) -> None:
    pairs.sort()
    content = write_postings([page << 2 | kind for page, kind in pairs])
    found, page, number, shift = [], 0, 0, 0
    for byte in content:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            page += number >> 2
            found.append((page, number & 3))
            number = shift = 0
    assert found == pairs


@given(st.lists(st.text(alphabet="abå学𠮷", min_size=1), unique=True))
def test_terms_can_be_read_again(terms: list[str]) -> None:
    terms.sort()
    last, found = "", []
    for line in write_terms(terms).split("\n") if terms else []:
        last = last[: ord(line[0]) - 48] + line[1:]
        found.append(last)
    assert found == terms


def test_numbers_take_seven_bits_a_byte() -> None:
    assert [write_number(n) for n in (0, 127, 128, 300)] == [b"\0", b"\x7f", b"\x80\1", b"\xac\2"]
