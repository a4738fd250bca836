"""What speaks for two articles being one topic."""

import pytest
from hypothesis import given, strategies as st

from hexapla.evidence import Evidence, forbids_joining, gather_evidence, score
from tests.core.articles import REVISION, read_article, write_front, write_units


def make(
    revision: str = "r",
    commit: str = "c",
    custom: str = "",
    asset: str = "",
    addresses: str = "",
) -> Evidence:
    """Make an article's evidence; several values are divided by blanks."""
    return Evidence(
        revision, commit, "share", frozenset(custom.split()), asset, frozenset(addresses.split())
    )


def test_evidence_is_gathered_from_front_matter_and_text() -> None:
    front = write_front(extra='ms.assetid: 12-34\nms.custom:\n- "1828"\n- 9000231\n')
    body = write_units(
        '# <a name="share"></a>',
        ("Dela", "Share"),
        '\n[a](https://a.example) ![](<m.png> "t") <img src="n.png">\n# <a name="more"></a>M',
    )
    assert gather_evidence(read_article(front + body)) == Evidence(
        REVISION,
        "ef" * 20,
        "share",
        frozenset({"1828", "9000231"}),
        "12-34",
        frozenset({"https://a.example", "m.png", "n.png"}),
    )


def test_an_article_may_say_nothing() -> None:
    nothing = Evidence("", "", "", frozenset(), "", frozenset())
    assert gather_evidence(read_article("Text")) == nothing
    assert gather_evidence(read_article("---\nms.custom:\nms.assetid: ''\n---\n")) == nothing


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (make("r", "c"), make("s", "c"), True),
        (make("r", "c"), make("r", "c"), False),
        (make("r", "c"), make("s", "d"), False),
        (make("r", ""), make("s", ""), False),
        (make("", "c"), make("s", "c"), False),
    ],
)
def test_different_files_of_one_commit_are_never_joined(
    one: Evidence, two: Evidence, expected: bool
) -> None:
    assert forbids_joining(one, two) is expected
    assert forbids_joining(two, one) is expected


@pytest.mark.parametrize(
    ("one", "two", "points", "reasons"),
    [
        (make(), make(), 0.75, "same heading, no links in either"),
        (
            make(custom="1 2"),
            make(custom="2 3"),
            2.75,
            "same heading, shared ms.custom, no links in either",
        ),
        (
            make(custom="1"),
            make(custom="2"),
            -0.75,
            "same heading, other ms.custom, no links in either",
        ),
        (make(custom="1"), make(), 0.75, "same heading, no links in either"),
        (
            make(asset="a"),
            make(asset="a"),
            1.75,
            "same heading, same ms.assetid, no links in either",
        ),
        (
            make(asset="a"),
            make(asset="b"),
            -0.25,
            "same heading, other ms.assetid, no links in either",
        ),
        (
            make(addresses="a b"),
            make(addresses="b c"),
            0.5,
            "same heading, 33% of the links in both",
        ),
        (make(addresses="a"), make(), 0.0, "same heading, 0% of the links in both"),
    ],
)
def test_the_score_says_what_it_is_made_of(
    one: Evidence, two: Evidence, points: float, reasons: str
) -> None:
    scored, why = score(one, two)
    assert scored == pytest.approx(points)
    assert why == tuple(reasons.split(", "))


WORDS = st.sampled_from(("", "a", "b", "a b"))


@given(*(st.builds(make, custom=WORDS, asset=WORDS, addresses=WORDS) for _ in range(2)))
def test_the_score_is_the_same_both_ways(one: Evidence, two: Evidence) -> None:
    assert score(one, two) == score(two, one)
