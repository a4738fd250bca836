"""Merging a delivery into an edited page: what comes in, what stays, what is in conflict."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from hexapla.merging import Conflict, Merged, Span, Version, merge_page

BASE = """\
---
title: Share
ms.topic: article
---
# Share {#share}

Open Files. Select it. Then wait.

1. First item
2. Second item
3. Third item

[Read more](https://example.org/a) here.
"""

Change = tuple[str, str]


def change(text: str, *changes: Change) -> str:
    """Replace each of some texts."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def merge(ours: str, theirs: str, base: str = BASE) -> Merged:
    """Merge three texts."""
    return merge_page(Version(base), ours.encode(), Version(theirs), "help/share/index.md")


@dataclass(frozen=True, slots=True)
class Case:
    """What a writer and a delivery changed, and what becomes of it."""

    title: str
    ours: tuple[Change, ...]
    theirs: tuple[Change, ...]
    merged: tuple[Change, ...]
    conflicts: tuple[tuple[str | None, str | None, str | None], ...] = ()


TITLE = ("title: Share", "title: Send")
TOPIC = ("ms.topic: article", "ms.topic: overview")
FIRST = ("Open Files.", "Go to Files.")
LAST = ("Then wait.", "Then leave.")
CASES = [
    Case("two keys", (TITLE,), (TOPIC,), (TITLE, TOPIC)),
    Case("two sentences of a line", (FIRST,), (LAST,), (FIRST, LAST)),
    Case("the same change", (FIRST,), (FIRST,), (FIRST,)),
    Case(
        "one sentence",
        (FIRST,),
        (("Open Files.", "Show Files."), LAST),
        (FIRST, LAST),
        (("Open Files.", "Go to Files.", "Show Files."),),
    ),
    Case(
        "an added sentence beside a changed one",
        (("Select it.", "Select it. Be quick."),),
        (("Select it.", "Choose it."),),
        (("Select it.", "Choose it. Be quick."),),
    ),
    Case(
        "an item removed, another changed",
        (("2. Second item\n", ""),),
        (("Third item", "Last item"),),
        (("2. Second item\n", ""), ("Third item", "Last item")),
    ),
    Case(
        "an item removed that is changed",
        (("2. Second item\n", ""),),
        (("Second item", "Second thing"),),
        (("2. Second item\n", ""),),
        (("2. Second item", None, "2. Second thing"),),
    ),
    Case(
        "an edited line that the delivery removes",
        (("Third item", "Third thing"),),
        (("3. Third item\n", ""),),
        (("Third item", "Third thing"),),
        (("3. Third item", "3. Third thing", None),),
    ),
    Case(
        "an edit in what the delivery moves",
        (FIRST,),
        (
            ("Open Files. Select it. Then wait.\n\n", ""),
            ("\n[Read", "\nOpen Files. Select it. Then wait.\n\n[Read"),
        ),
        (
            ("Open Files. Select it. Then wait.\n\n", ""),
            ("\n[Read", "\nGo to Files. Select it. Then wait.\n\n[Read"),
        ),
    ),
    Case(
        "a paragraph that the writer moves and the delivery rewords",
        (
            ("Open Files. Select it. Then wait.\n\n", ""),
            ("here.\n", "here.\n\nOpen Files. Select it. Then wait.\n"),
        ),
        (LAST,),
        (
            ("Open Files. Select it. Then wait.\n\n", ""),
            ("here.\n", "here.\n\nOpen Files. Select it. Then leave.\n"),
        ),
    ),
    Case(
        "a new section around an edit",
        (("here.", "there."),),
        (("\n1. First", "\n## Steps {#steps}\n\nNew text.\n\n1. First"),),
        (("here.", "there."), ("\n1. First", "\n## Steps {#steps}\n\nNew text.\n\n1. First")),
    ),
    Case(
        "items that both sides add",
        (("2. Second", "2. The writer's\n2. Second"),),
        (("3. Third item\n", "3. Third item\n4. Fourth item\n"),),
        (
            ("2. Second", "2. The writer's\n2. Second"),
            ("3. Third item\n", "3. Third item\n4. Fourth item\n"),
        ),
    ),
    Case(
        "a link's address and another sentence",
        (("example.org/a", "example.org/b"),),
        (FIRST,),
        (("example.org/a", "example.org/b"), FIRST),
    ),
]


MOVABLE = ("# Share {#share}\n", "One.\n", "Two. Three.\n", "Four.\n", "Five.\n", "Six.\n")


def order(numbers: str) -> str:
    """Write a page of some paragraphs, in an order."""
    return "\n".join(MOVABLE[int(number)] for number in f"0{numbers}")


@pytest.mark.parametrize(
    ("ours", "theirs", "merged", "torn"),
    [
        ("23415", "23451", "23415", [("One.", 9)]),
        ("31245", "12453", "31245", [("Four.", 3)]),
        # A block: each of its paragraphs has been moved.
        ("34512", "51234", "51234", []),
        ("41235", "35124", "43512", []),
        ("21345", "13452", "21345", [("Two. Three.", 3)]),
        # The same on both sides, and what one side alone has moved.
        ("23415", "23415", "23415", []),
        ("23145", "12345", "23145", []),
        ("12345", "51234", "51234", []),
        ("21345", "12354", "21354", []),
    ],
)
def test_what_both_sides_move_stands_where_the_writer_put_it(
    ours: str, theirs: str, merged: str, torn: list[tuple[str, int]]
) -> None:
    found = merge(order(ours), order(theirs), order("12345"))
    assert found.data.decode() == order(merged)
    assert [(passage.text, passage.line) for passage in found.torn] == torn
    assert found.base is None
    again = merge(found.data.decode(), order(theirs), order(theirs))
    assert (again.data, again.torn) == (found.data, ())


def test_a_sentence_added_to_a_line_that_ends_with_a_blank() -> None:
    base = "One here. See [this](https://example.org/a). \n"
    theirs = "Two here.\n"
    merged = merge(base.rstrip("\n") + " A new sentence.\n", theirs, base)
    assert merged.data.decode() == "Two here. A new sentence.\n"
    assert merged.conflicts == ()


def test_a_sentence_that_both_sides_move() -> None:
    base = "One here. Two there. Three now. Four then. Five again.\n"
    ours = "Two there. Three now. One here. Four then. Five again.\n"
    theirs = "Two there. Three now. Four then. Five again. One here.\n"
    found = merge(ours, theirs, base)
    assert found.data.decode() == ours
    assert [passage.text for passage in found.torn] == ["One here."]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_merging(case: Case) -> None:
    ours, theirs = change(BASE, *case.ours), change(BASE, *case.theirs)
    merged = merge(ours, theirs)
    assert merged.data.decode() == change(BASE, *case.merged)
    assert tuple((c.base, c.ours, c.theirs) for c in merged.conflicts) == case.conflicts
    if merged.base is not None:
        again = merge(merged.data.decode(), theirs, merged.base.decode())
        assert again == merged


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_what_one_side_changed_is_taken_as_it_is(case: Case) -> None:
    ours, theirs = change(BASE, *case.ours), change(BASE, *case.theirs)
    assert merge(ours, BASE) == Merged(ours.encode(), None)
    assert merge(BASE, theirs) == Merged(theirs.encode(), None)


def test_units_are_aligned_by_their_sources() -> None:
    """A translation that was made anew, of which no word is as it was."""
    base = Version(
        "Öppna. Vänta.\n", {0: (Span(0, 6, "103", "Open."), Span(7, 13, "104", "Wait."))}
    )
    theirs = Version(
        "Ny text! Visa. Dröj.\n",
        {
            0: (
                Span(0, 8, "103", "New text!"),
                Span(9, 14, "104", "Open."),
                Span(15, 20, "105", "Wait."),
            )
        },
    )
    merged = merge_page(base, "Öppna. Vänta lite.\n".encode(), theirs, "index.sv-SE.md")
    assert merged.data.decode() == "Ny text! Visa. Vänta lite.\n"
    assert merged.conflicts == (Conflict("Vänta.", "Vänta lite.", "Dröj.", "105", 1),)


def test_an_editors_line_ends_are_kept() -> None:
    ours = "\ufeff" + change(BASE, FIRST).replace("\n", "\r\n")
    expected = "\ufeff" + change(BASE, FIRST, LAST).replace("\n", "\r\n")
    assert merge(ours, change(BASE, LAST)).data.decode() == expected


@pytest.mark.parametrize("ours", [b"\xff\xfe", b"Own text.\n"])
def test_without_a_base_all_of_the_page_is_in_conflict(ours: bytes) -> None:
    merged = merge_page(None, ours, Version(BASE), "help/share/index.md")
    assert (merged.data, merged.base) == (ours, b"")
    assert [conflict.name for conflict in merged.conflicts] == ["page"]


def test_a_hostile_page_is_merged_in_time_that_grows_with_its_length() -> None:
    lines = [f"- item {number % 7} a b\n" for number in range(6_000)]
    base = "".join(lines)
    ours = "".join(lines[::-1])
    theirs = "".join(lines[3_000:]) + "x " * 30_000 + "\n"
    merged = merge(ours, theirs, base)
    assert merged.data.count(b"\n") >= 3_000
