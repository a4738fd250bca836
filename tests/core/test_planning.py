"""What is due follows from the deliveries and what the locks remember."""

import pytest

from hexapla.lock import NOTHING, Line
from hexapla.model import Delivered, Form
from hexapla.planning import (
    derive_output,
    find_target,
    group_assets,
    is_settled,
    is_usable,
    remember,
)

ARTICLE = Delivered("sv-SE", Form.BILINGUAL, "sv-SE/help/a.md", "help/a.md")
TWIN = Delivered("sv-SE", Form.MONOLINGUAL, "sv-SE.monolingual/help/a.md", "help/a.md")
LOOSE = Delivered("sv-SE", Form.LOOSE, "sv-SE.loose/a.txt", "a.txt")
PICTURE = Delivered("sv-SE", Form.BILINGUAL, "sv-SE/media/a.png", "media/a.png")
ORIGINAL = Delivered("en-US", Form.BILINGUAL, "en-US/media/a.png", "media/a.png")
ONE, TWO = "1a" * 20, "2b" * 20


@pytest.mark.parametrize(
    ("delivered", "output"),
    [
        (ARTICLE, "help/a/index.sv-SE.md"),
        (TWIN, "help/a/index.sv-SE.md"),
        (LOOSE, None),
        (PICTURE, "media/a.sv-SE.png"),
        (ORIGINAL, "media/a.png"),
    ],
)
def test_a_path_tells_where_a_file_is_written(delivered: Delivered, output: str | None) -> None:
    assert derive_output(delivered, "en-US") == output


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("help/a/index.md", "help/a"),
        ("help/a/index.sr-Latn-RS.md", "help/a"),
        ("help/a/.meta.yml", "help/a"),
        ("help/a/other.md", "help/a/other.md"),
        ("media/index.png", "media/index.png"),
    ],
)
def test_a_written_file_belongs_to_a_job(path: str, target: str) -> None:
    assert find_target(path) == target


def test_a_bundle_has_a_name_that_is_no_pages() -> None:
    assert is_usable("help/a")
    assert not is_usable("")
    assert not is_usable("help/index.sv-SE.md/a")


@pytest.mark.parametrize(
    ("line", "present", "expected"),
    [
        (Line(ARTICLE.path, ONE, TWO), {"help/a/index.sv-SE.md"}, True),
        (Line(ARTICLE.path, ONE, TWO), set[str](), False),
        (Line(ARTICLE.path, ONE, NOTHING), set[str](), True),
        (Line(ARTICLE.path, TWO, TWO), {"help/a/index.sv-SE.md"}, False),
        (Line("sv-SE/help/b.md", ONE, TWO), {"help/a/index.sv-SE.md"}, False),
    ],
)
def test_only_what_is_as_the_locks_have_it_is_settled(
    line: Line, present: set[str], expected: bool
) -> None:
    settled = is_settled([ARTICLE], {ARTICLE.path: ONE}, remember([line]), present, "en-US")
    assert settled is expected


def test_an_unread_file_is_not_settled() -> None:
    memory = remember([Line(ARTICLE.path, ONE, NOTHING)])
    assert not is_settled([ARTICLE], {ARTICLE.path: None}, memory, set(), "en-US")


def test_versions_of_an_asset_are_one_group() -> None:
    nameless = Delivered("sv-SE", Form.BILINGUAL, "sv-SE/\u200b", "\u200b")
    assert group_assets([PICTURE, ORIGINAL, nameless]) == {"media/a.png": [PICTURE, ORIGINAL]}
