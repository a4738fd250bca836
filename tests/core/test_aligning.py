from __future__ import annotations

import json
import time
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import example, given, strategies as st

from hexapla.aligning import Alignment, align_topic
from hexapla.inline_text import Run, write_runs
from hexapla.letters import read_letters
from hexapla.marking import Mark, mark_passages
from hexapla.model import Delivered, Form, State
from hexapla.normalizing import Reading
from hexapla.originals import write_originals
from hexapla.page_status import describe_page
from hexapla.pairing import list_gaps, pair_equals
from hexapla.parsing import parse_article
from hexapla.revisions import order_of
from hexapla.skeleton import pair_lines, split_lines

OLD, NEW, NEWEST = "a" * 40, "b" * 40, "c" * 40
DAYS = {OLD: "01/15/2020", NEW: "03/20/2021", NEWEST: "10/01/2021"}


def write_unit(number: str, target: str, source: str) -> str:
    identifier = f"0a1b2-{number}"
    return (
        f'<span data-ttu-id="{identifier}">{target}</span><span class="sxs-lookup">'
        f'<span data-stu-id="{identifier}">{source}</span></span>'
    )


def write_front(revision: str) -> str:
    if not revision:
        return "---\ntitle: T\n---\n"
    return f"---\nms.openlocfilehash: {revision}\nms.lasthandoff: {DAYS[revision]}\n---\n"


def read(locale: str, revision: str, body: str, form: Form = Form.BILINGUAL) -> Reading:
    path = f"{locale}{form.value}/a.md"
    article, findings = parse_article(
        (write_front(revision) + body).encode(), locale, f"locales/{path}"
    )
    assert findings == []
    return Reading(Delivered(locale, form, path, "a.md"), article, order_of(article))


def list_passages(alignment: Alignment) -> list[tuple[str, str, str]]:
    return [(" ".join(p.units), p.text, p.state.value) for p in alignment.passages]


HEAD = write_unit("103", "Rubrik", "Heading")
KEPT = write_unit("104", "Kvar.", "Stays.")
OLD_DUTCH = f"# {HEAD}\n\n{KEPT} {write_unit('105', '30 dagen lang.', 'Kept for 30 days.')}\n"
NEW_SWEDISH = f"# {HEAD}\n\n{KEPT} {write_unit('105', 'I 60 dagar.', 'Kept for 60 days.')}\n"


def test_sentences_of_a_bilingual_article_say_their_source_and_state() -> None:
    readings = [read("nl-NL", OLD, OLD_DUTCH), read("sv-SE", NEW, NEW_SWEDISH)]
    alignments, current = align_topic(readings, "en-US")
    assert current.revision == NEW
    assert list_passages(alignments["nl-NL"]) == [
        ("103", "Rubrik", "current"),
        ("104", "Kvar.", "current"),
        ("105", "30 dagen lang.", "outdated"),
    ]
    assert alignments["nl-NL"].state is State.OUTDATED
    assert alignments["sv-SE"].state is State.CURRENT


def test_what_is_newer_than_the_source_is_not_outdated() -> None:
    readings = [read("nl-NL", OLD, OLD_DUTCH), read("sv-SE", NEW, "# Rubrik\n", Form.MONOLINGUAL)]
    alignments, _ = align_topic(readings, "en-US")
    assert alignments["sv-SE"].state is State.UNKNOWN
    assert {passage.state for passage in alignments["nl-NL"].passages} == {State.CURRENT}


def test_nothing_is_claimed_of_an_article_without_a_revision() -> None:
    text = "# Rubrik\n\nKvar. Något nytt.\n"
    readings = [
        read("sv-SE", NEW, NEW_SWEDISH),
        read("nb-NO", "", text, Form.MONOLINGUAL),
    ]
    alignments, _ = align_topic(readings, "en-US")
    found = alignments["nb-NO"]
    assert found.state is State.UNKNOWN
    assert (found.base, found.passages) == (None, ())


def test_a_newer_monolingual_article_keeps_sentences_and_lines() -> None:
    bilingual = (
        f'# <a name="one"></a>{HEAD}\n\n{KEPT} {write_unit("105", "Ändras.", "Changes.")}\n\n'
        f"| {write_unit('106', 'Cell', 'Cell one')} | {write_unit('107', 'Två', 'Two')} |\n"
    )
    monolingual = '# <a name="one"></a>Rubrik\n\nKvar. Blev annat.\n\n| Cell | Annan |\n'
    readings = [
        read("sv-SE", OLD, bilingual),
        read("sv-SE", NEW, monolingual, Form.MONOLINGUAL),
    ]
    alignments, _ = align_topic(readings, "en-US")
    found = alignments["sv-SE"]
    assert [(units, text.strip(" |"), state) for units, text, state in list_passages(found)] == [
        ("103", "Rubrik", "current"),
        ("104", "Kvar.", "current"),
        ("105", "Blev annat.", "unknown"),
        ("106", "Cell", "current"),
        ("107", "Annan", "unknown"),
    ]
    assert found.is_other_version


def test_another_locale_gives_the_source_of_the_same_revision() -> None:
    dutch = (
        f'# <a name="one"></a>{HEAD}\n\n'
        f"- {KEPT} {write_unit('105', 'Klik. Ga door.', 'Click and go on.')}\n"
        f"- [{write_unit('106', 'Zie', 'See')}](x.md) {write_unit('107', 'en lees', 'and read')}\n"
    )
    swedish = (
        '# <a name="one"></a>Överskrift\n\n'
        "- Den stannar. Klicka och fortsätt.\n- [Se](x.md) och läs\n"
    )
    readings = [read("nl-NL", OLD, dutch), read("sv-SE", OLD, swedish, Form.MONOLINGUAL)]
    alignments, _ = align_topic(readings, "en-US")
    assert [(units, text.strip()) for units, text, _ in list_passages(alignments["sv-SE"])] == [
        ("103", "Överskrift"),
        ("104", "Den stannar."),
        ("105", "Klicka och fortsätt."),
        ("106", "Se"),
        ("107", "och läs"),
    ]
    assert alignments["sv-SE"].state is State.CURRENT


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    save = write_unit("105", "Välj **Spara** 3 gånger.", "Select **Save** 3 times.")
    old = f"# {HEAD}\n\n{KEPT} {save}\n"
    new = "# Rubrik\n\nNågot helt nytt.\n\nKvar. Välj Avbryt.\n\nMer nytt.\n"
    readings = [read("sv-SE", OLD, old), read("sv-SE", NEW, new, Form.MONOLINGUAL)]
    alignments, _ = align_topic(readings, "en-US")
    assert list_passages(alignments["sv-SE"]) == [
        ("103", "Rubrik", "current"),
        ("", "Något helt nytt.", "unknown"),
        ("104", "Kvar. ", "current"),
        ("", "Välj Avbryt.", "unknown"),
        ("", "Mer nytt.", "unknown"),
    ]


def test_what_one_locale_has_kept_has_the_same_source_in_all() -> None:
    changed = write_unit("105", "Välj 3.", "Select 3 of them.")
    swedish = f"# {HEAD}\n\n{KEPT}\n\n{changed}\n"
    dutch = (
        f"# {write_unit('103', 'Kop', 'Heading')}\n\n{write_unit('104', 'Blijft.', 'Stays.')}\n\n"
        f"{write_unit('105', 'Kies er 3.', 'Select 3 of them.')}\n"
    )
    readings = [
        read("sv-SE", OLD, swedish),
        read("nl-NL", OLD, dutch),
        read("sv-SE", NEW, "# Rubriken\n\nDen stannar.\n\nVälj fyra.\n", Form.MONOLINGUAL),
        read("nl-NL", NEW, "# Kop\n\nBlijft.\n\nKies er vier.\n", Form.MONOLINGUAL),
        read("nb-NO", NEW, "# Overskrift\n\nDen blir.\n\nVelg fire.\n", Form.MONOLINGUAL),
    ]
    alignments, _ = align_topic(readings, "en-US")
    assert list_passages(alignments["sv-SE"]) == [
        ("103", "Rubriken", "current"),
        ("104", "Den stannar.", "current"),
        ("", "Välj fyra.", "unknown"),
    ]
    assert [units for units, _, _ in list_passages(alignments["nb-NO"])] == ["103", "104", ""]
    assert [units for units, _, _ in list_passages(alignments["nl-NL"])] == ["103", "104", ""]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ett. Två.", [("104", "Ett. "), ("105", "Två.")]),
        # One sentence has become two, which length tells.
        (
            "Kort. En mycket lång mening. Den är delad i två.",
            [("104", "Kort. "), ("105", "En mycket lång mening. Den är delad i två.")],
        ),
        ("Allt i en enda mening", [("104 105", "Allt i en enda mening")]),
        ("一つ。二つ。", [("104", "一つ。"), ("105", "二つ。")]),
    ],
)
def test_sentences_are_told_apart_by_their_ends(line: str, expected: list[tuple[str, str]]) -> None:
    second = "Two is a rather long sentence, as long as that." if "mycket" in line else "Two."
    dutch = f"{write_unit('104', 'Een.', 'One.')} {write_unit('105', 'Twee.', second)}\n"
    readings = [read("nl-NL", OLD, dutch), read("sv-SE", OLD, f"{line}\n", Form.MONOLINGUAL)]
    alignments, _ = align_topic(readings, "en-US")
    assert [passage[:2] for passage in list_passages(alignments["sv-SE"])] == expected


@pytest.mark.parametrize(
    ("units", "line"),
    [
        (["A.", "B."], "." * 50_000),
        (["A.", "B."], "a" + "。" * 50_000),
        (["A.", "B."], "![" * 30_000),
        (["A."] * 5_000, "A." * 5_000),
        (["A.", "B."], "a. " * 30_000),
    ],
)
def test_hostile_lines_are_divided_without_loss(units: list[str], line: str) -> None:
    body = " ".join(write_unit(str(103 + i), text, text) for i, text in enumerate(units))
    for revision in (OLD, NEW):
        readings = [
            read("nl-NL", OLD, body),
            read("sv-SE", OLD, body),
            read("sv-SE", revision, f"{line}\n", Form.MONOLINGUAL),
        ]
        alignments, _ = align_topic(readings, "en-US")
        texts = [passage.text for passage in alignments["sv-SE"].passages]
        assert len("".join(texts)) <= len(line)


def test_lines_that_were_added_are_not_aligned() -> None:
    left = ['# <a name="a"></a>A', "one", "two", '# <a name="b"></a>B', "three"]
    right = ['# <a name="a"></a>X', "y", '# <a name="b"></a>Z', "w"]
    assert pair_lines(left, right) == [(0, 0), (3, 2), (4, 3)]


def read_originals(readings: list[Reading], revision: str) -> dict[str, Mapping[str, Run]]:
    _, current = align_topic(readings, "en-US")
    articles = [r.article for r in readings if r.article.revision == revision]
    name, data = write_originals(articles, current, "en-US", "ltr")
    assert write_originals(articles, current, "en-US", "ltr") == (name, data)
    content: dict[str, Mapping[str, Run]] = json.loads(data)
    return content


def test_originals_have_all_units_and_what_became_of_them() -> None:
    gone = f"\n{write_unit('106', 'Weg.', 'Nothing like it is there.')}\n"
    readings = [read("nl-NL", OLD, OLD_DUTCH + gone), read("sv-SE", NEW, NEW_SWEDISH)]
    content = read_originals(readings, OLD)
    assert content["units"] == {
        "103": "Heading",
        "104": "Stays.",
        "105": "Kept for 30 days.",
        "106": "Nothing like it is there.",
    }
    assert content["now"] == {"105": "Kept for 60 days.", "106": None}
    assert read_originals(readings, NEW)["now"] == {}


def test_a_delivered_source_is_followed_by_its_lines() -> None:
    readings = [
        read("nl-NL", OLD, OLD_DUTCH),
        read("en-US", "", "# Heading\n\nStays. Kept for 90 days.\n"),
    ]
    alignments, _ = align_topic(readings, "en-US")
    assert alignments["nl-NL"].state is State.OUTDATED
    assert read_originals(readings, OLD)["now"] == {"105": "Stays. Kept for 90 days."}


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Plain  text.", "Plain text."),
        ("Select **Share**.", ["", "Select ", ["strong", "Share"], "."]),
        ("[*a* b](x.md) `<c>`", ["", ["em", "a"], " b ", ["code", "<c>"]]),
        ("![no](x.png)A &lt;b&gt; \\*c<br>d", "A <b> *c d"),
        ("<script>x</script>", "x"),
        ("See <xref:a.b> and <https://c.d>.", "See a.b and https://c.d."),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("", ""),
    ],
)
def test_runs(markdown: str, expected: Run) -> None:
    found = write_runs(markdown)
    if markdown.startswith("snake"):
        assert "snake_case_name" in str(found)
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**[設定]** を選択", "設定を選択"),
        ("See [a b](c(d).md) and `<e>` <br>f", "Seeabandef"),
        ("![alt](x.png) T\u00adx &amp; y\ufeffz", "Txyz"),
        ("https://a.b/c", "httpsabc"),
        ("1. See <xref:a.b>", "Seeab"),
        (r"A \\<b c\\>", "Abc"),
    ],
)
def test_letters(markdown: str, expected: str) -> None:
    assert read_letters(markdown) == expected


def mark(html: str, *texts: str) -> str:
    marks = [Mark(text, f"<{i}>", f"</{i}>") for i, text in enumerate(texts)]
    return mark_passages(html, marks)[0]


@pytest.mark.parametrize(
    ("html", "texts", "expected"),
    [
        ("<p>One. Two.</p>", ["One.", "Two."], "<p><0>One.</0> <1>Two.</1></p>"),
        (
            "<p><strong>A</strong> b.</p>",
            ["**A** b."],
            "<p><0><strong>A</strong> b.</0></p>",
        ),
        (
            '<p><a href="x">one two</a> three</p>',
            ["[one", "two](x) three"],
            '<p><a href="x"><0>one</0> <1>two</1></a><1> three</1></p>',
        ),
        (
            "<ul><li>a b</li><li>c d</li></ul>",
            ["a b c d"],
            "<ul><li><0>a b</0></li><li><0>c d</0></li></ul>",
        ),
        (
            "<p>設定。「次」です。</p>",
            ["設定。", "「次」です。"],
            "<p><0>設定。</0><1>「次」です。</1></p>",
        ),
        ("<p>a &amp; b</p>", ["a &amp; b"], "<p><0>a &amp; b</0></p>"),
        ("<p>sharing</p><p>Share</p>", ["share", "Share"], "<p>sharing</p><p><1>Share</1></p>"),
        ('<img alt="Share"><p>x</p>', ["Share"], '<img alt="Share"><p>x</p>'),
        ("<p>Edited by a writer. Last.</p>", ["Gone.", "Last."], None),
    ],
)
def test_marks(html: str, texts: list[str], expected: str | None) -> None:
    expected = expected or "<p>Edited by a writer. <1>Last.</1></p>"
    assert mark(html, *texts) == expected


def test_cells_of_few_letters_are_found_behind_code_and_other_text() -> None:
    before = f"<pre>{'Key ' * 40}</pre><p>{'other ' * 20}</p>"
    cells = "<td>Field</td><td>Needed</td><td>Yes</td>"
    expected = "<td><0>Field</0></td><td><1>Needed</1></td><td><2>Yes</2></td>"
    assert mark(before + cells, "Field", "Needed", "Yes") == before + expected


def test_a_repeated_sentence_does_not_skip_what_lies_between() -> None:
    between = "<p>A long sentence that stands between the two others, twice as long as near.</p>"
    html = f"<p>Gone by edit.</p>{between}<p>Select this button now.</p>"
    found = mark_passages(
        html,
        [
            Mark("Select this button now.", "<a>", "</a>"),
            Mark(between[3:-4], "<b>", "</b>"),
            Mark("Select this button now.", "<c>", "</c>"),
        ],
    )[1]
    assert found == [1, 2]


WORDS = '<p> </p> <b> </b> <li> <br> </a> &amp; one two 設 。 < <!--one--> & " -'.split()
PIECES = st.lists(st.sampled_from([*WORDS, " ", "<a x='>'>"]))


@example(["one", '"', "two"], ["one", "two"])
@given(PIECES, st.lists(st.sampled_from(["one", "two", "one two", "設", "**two** one"])))
def test_marks_change_nothing_but_marks(pieces: list[str], texts: list[str]) -> None:
    html = "".join(pieces)
    opening, closing = "\ue000", "\ue001"
    marked, _ = mark_passages(html, [Mark(text, opening, closing) for text in texts])
    assert marked.replace(opening, "").replace(closing, "") == html
    assert "".join(c for c in marked if c in "\ue000\ue001").replace("\ue000\ue001", "") == ""


@pytest.mark.parametrize("text", ["<!--", "<pre>", "`a", "[a", "![", "<a '", "](", "**a", "[a]("])
def test_hostile_text_takes_no_long_time(text: str) -> None:
    started = time.perf_counter()
    mark(text * 20_000, text * 2_000, "one two three four")
    write_runs(text * 1_000)
    assert time.perf_counter() - started < 5


@given(st.text("abc"), st.text("abc"))
def test_pairs_are_equal_and_increasing(left: str, right: str) -> None:
    pairs = pair_equals(left, right)
    assert all(left[i] == right[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    rest = sum(len(gap) for gap, _ in list_gaps(pairs, len(left), len(right)))
    assert rest + len(pairs) == len(left)
    assert pair_equals(left, left) == [(i, i) for i in range(len(left))]


def test_lines_have_their_units() -> None:
    article = read("sv-SE", NEW, NEW_SWEDISH).article
    assert [line.text for line in split_lines(article)] == ["# Rubrik", "Kvar. I 60 dagar."]
    sources = [line.text for line in split_lines(article, source=True)]
    assert sources == ["# Heading", "Stays. Kept for 60 days."]


def test_a_page_says_what_is_known() -> None:
    metadata = {
        "ms.date": "03/08/2021",
        "ms.translationtype": "Auto",
        "ms.lasthandoff": "",
        "ms.openlocfilehash": NEW,
        "proven": NEW,
        "provenance": "reconstructed",
    }
    status = describe_page(metadata, "sv-SE", is_translation=True)
    assert status.dated is not None
    assert (status.dated.text, status.dated.iso) == ("8 mars 2021", "2021-03-08")
    assert (status.translation, status.handed_off) == ("machine", None)
    assert (status.revision, status.provenance) == (NEW, "proven")
    source = describe_page(metadata | {"ms.date": "13/45/2021"}, "sr-Latn-RS", is_translation=False)
    assert (source.translation, source.dated) == ("", None)
