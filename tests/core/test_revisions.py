"""The latest revision that has a bilingual article gives the source."""

from itertools import permutations

import pytest

from hexapla.revisions import choose_revision, order_of
from tests.core.articles import OTHER_REVISION, REVISION, read_article, write_front, write_units

BODY = write_units("# ", ("Dela", "Share"))


@pytest.mark.parametrize(
    ("front", "order"),
    [
        ("ms.lasthandoff: 09/15/2020\nms.locfileid: '477'\n", ("20200915", 477)),
        ("ms.lasthandoff: 09/15/2020\n", ("20200915", 0)),
        ("title: a\n", ("99999999", 0)),
        ("ms.lasthandoff: yesterday\n", ("", 0)),
        ("ms.lasthandoff: 0٩/15/2020\n", ("", 0)),
        ("ms.locfileid: x1\n", ("99999999", 0)),
        ("ms.locfileid: '²'\n", ("99999999", 0)),
        (f"ms.locfileid: '{'9' * 5000}'\n", ("99999999", 0)),
    ],
)
def test_articles_stand_in_time(front: str, order: tuple[str, int]) -> None:
    assert order_of(read_article(f"---\n{front}---\n")) == order


def choose(*fronts: str) -> set[tuple[str, ...]]:
    """Give the paths chosen, for each order of the articles."""
    articles = [
        read_article(front + BODY, locale, f"{index}.md")
        for index, (locale, front) in enumerate(
            zip(("ar-SA", "ja-JP", "nb-NO"), fronts, strict=False)
        )
    ]
    return {
        tuple(sorted(article.path for article in choose_revision(order)))
        for order in permutations(articles)
    }


def test_the_latest_hand_off_wins() -> None:
    old = write_front(revision=REVISION, date="12/31/2019")
    new = write_front(revision=OTHER_REVISION, date="01/01/2020")
    assert choose(old, new, old) == {("1.md",)}


def test_of_equal_days_the_revision_with_more_locales_wins() -> None:
    one, two = write_front(revision=REVISION), write_front(revision=OTHER_REVISION)
    assert choose(one, two, one) == {("0.md", "2.md")}


def test_else_the_greater_hash_wins() -> None:
    one, two = write_front(revision=REVISION), write_front(revision=OTHER_REVISION)
    assert choose(one, two) == {("1.md",)}


def test_articles_without_units_give_no_source() -> None:
    plain = read_article(write_front(date="12/31/2021") + "# Dela\n", path="plain.md")
    units = read_article(write_front() + BODY, path="units.md")
    assert choose_revision([plain]) == []
    assert [article.path for article in choose_revision([plain, units])] == ["units.md"]
