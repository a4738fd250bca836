"""The source is reconstructed from units, by majority, and never guessed."""

from itertools import permutations

import pytest

from hexapla.model import Article
from hexapla.proof import hash_source
from hexapla.source import (
    Source,
    adopt_source,
    find_title,
    find_unit_lines,
    reconstruct_source,
)
from tests.core.articles import LOCALES, read_article, write_front, write_units


def read_locales(*bodies: str, front: str = "") -> list[Article]:
    """Read a body for each of the first locales."""
    return [
        read_article(front + body, locale, f"{locale}/a.md")
        for locale, body in zip(LOCALES, bodies, strict=False)
    ]


def reconstruct_in_any_order(articles: list[Article]) -> Source:
    """Reconstruct the source from each order of the articles, and expect one result."""
    first, *others = (reconstruct_source(order) for order in permutations(articles))
    assert all(other == first for other in others)
    return first


def report(source: Source) -> list[str]:
    """Give the findings as users see them."""
    return [finding.render_text() for finding in source.findings]


def test_each_unit_gives_its_source() -> None:
    body = write_units('# <a name="share"></a>', ("Dela", "Share"), "\n\n- ", ("Ett ", "One "))
    source = reconstruct_source(read_locales(body))
    assert source.body == '# <a name="share"></a>Share\n\n- One '
    assert (source.title, source.proof, source.findings) == ("Share", "", ())


def test_the_majority_wins_and_the_others_are_named() -> None:
    one = write_units("# ", ("A", "Share"), "\n\n", ("B", "90 days."))
    two = write_units("# ", ("Å", "Share"), "\n\n", ("C", "60 days."))
    source = reconstruct_in_any_order(read_locales(one, two, one))
    assert source.body == "# Share\n\n90 days."
    assert report(source) == [
        "ja-JP/a.md:3: warning: unit 103 gives another source than the other locales do"
        " (the majority has: 90 days.) [source-disagreement]"
    ]


def test_of_two_that_disagree_one_is_taken_always() -> None:
    one, two = write_units(("A", "One")), write_units(("B", "Two"))
    source = reconstruct_in_any_order(read_locales(one, two))
    assert source.body in {"One", "Two"}
    assert len(source.findings) == 1


def test_merged_units_follow_the_shape_that_most_have() -> None:
    whole = write_units(("A", "One."), " ", ("B", "Two."))
    merged = write_units(("AB", "One. Two.")).replace("0a1b2-102", "0a1b2-p101")
    source = reconstruct_in_any_order(read_locales(merged, whole, whole))
    assert source.body == "One. Two."


def test_translated_text_outside_units_is_reported() -> None:
    one = write_units("Ett: ", ("A", "One"))
    two = write_units("En: ", ("B", "One"))
    source = reconstruct_in_any_order(read_locales(one, two))
    assert [finding.code for finding in source.findings] == ["source-text-lost"]


def test_a_translated_alert_keyword_loses_nothing() -> None:
    one = write_units("> [!OBS]\n> ", ("A", "One"))
    two = write_units("> [!MERK]\n> ", ("B", "One"))
    assert reconstruct_in_any_order(read_locales(one, two)).findings == ()


def test_escapes_that_delivery_added_are_undone() -> None:
    assert reconstruct_source(read_locales(write_units(("\\*a", "\\*b")))).body == "*b"


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("![En mapp](a.png)", "![](a.png)"),
        ("![En [ny] mapp](a.png)", "![](a.png)"),
        ("![En mapp][ref]", "![][ref]"),
        ('<img alt="a" src="a.png">', '<img alt="" src="a.png">'),
        (':::image source="a.png" alt-text="text":::', ':::image source="a.png" alt-text="":::'),
    ],
)
def test_translated_image_texts_are_emptied(image: str, expected: str) -> None:
    source = reconstruct_source(read_locales(write_units(("A", "One"), f"\n\n{image}\n")))
    assert source.body == f"One\n\n{expected}\n"
    assert [(finding.code, finding.line) for finding in source.findings] == [
        ("source-alternative-lost", 3)
    ]


@pytest.mark.parametrize("image", ["![](a.png)", "![folder.png](a.png)", "![1.](a.png)"])
def test_image_texts_that_are_no_prose_stay(image: str) -> None:
    source = reconstruct_source(read_locales(write_units(("A", "One"), f"\n\n{image}\n")))
    assert source.body == f"One\n\n{image}\n"
    assert source.findings == ()


def test_image_texts_that_locales_agree_on_stay() -> None:
    one = write_units(("A", "One"), "\n\n![Tidelight](a.png) ![En mapp](b.png)\n")
    two = write_units(("B", "One"), "\n\n![Tidelight](a.png) ![Een map](b.png)\n")
    source = reconstruct_in_any_order(read_locales(one, two))
    assert source.body == "One\n\n![Tidelight](a.png) ![](b.png)\n"


def test_image_texts_within_units_are_known() -> None:
    source = reconstruct_source(read_locales(write_units(("![En](a.png)", "![An](a.png)"))))
    assert source.body == "![An](a.png)"


def test_a_source_that_hashes_to_its_revision_is_proven() -> None:
    text = '---\ntitle: "Share"\nms.topic: article\n---\n\n# Share\n'
    front = write_front(revision=hash_source(text), title="Dela")
    body = write_units('# <a name="share"></a>', ("Dela", "Share"), "\n")
    source = reconstruct_source(read_locales(body, front=front))
    assert source.proof == source.revision == hash_source(text)


def test_an_earlier_revision_proves_a_body_that_did_not_change() -> None:
    text = '---\ntitle: "Share"\nms.topic: article\n---\n\n# Share\n'
    body = write_units("# ", ("Dela", "Share"), "\n")
    earlier = read_article(write_front(revision=hash_source(text), title="Dela") + body)
    later = read_article(write_front(title="Dela", extra="ms.reviewer: x\n") + body)
    source = reconstruct_source([later], [earlier])
    assert (source.revision, source.proof) == ("ab" * 20, hash_source(text))


def test_an_adopted_source_is_proven_by_its_translations() -> None:
    text = "---\ntitle: Share\n---\n\n# Heading\n"
    article = read_article(text, "en-US")
    assert adopt_source(article, [hash_source(text)]).proof == hash_source(text)
    assert adopt_source(article, []).proof == ""
    assert adopt_source(article, []).title == "Share"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("", ""),
        ("Text\n", ""),
        ('Text\n\n# <a name="a"></a>Share a folder  \n## More\n', "Share a folder"),
        ("# Share ##\n", "Share"),
        ("# Learn C#\n", "Learn C#"),
        ("Share\n===\n\n# More\n", "Share"),
        ('<a name="a"></a>Share\n---\n', "Share"),
        ("# First\n\nSecond\n---\n", "First"),
    ],
)
def test_the_first_heading_is_the_title(body: str, title: str) -> None:
    assert find_title(body) == title


def test_units_are_found_on_their_lines() -> None:
    body = write_units("Text\n\n", ("A\nB", "One\nTwo"), " ", ("C", "D"))
    article = read_article(write_front() + body)
    assert find_unit_lines(article) == {"102": 13, "103": 15}
