"""Paths become harmless, always the same way, and references find their files."""

import pytest
from hypothesis import given, strategies as st

from hexapla.paths import (
    clean_path,
    collision_key,
    find_root,
    is_article,
    is_asset,
    is_repository_file,
    localized_path,
    page_path,
    relative_reference,
    resolve_reference,
    topic_identifier,
)

HOSTILE = st.text(
    st.sampled_from('a/.. ~\\:*?"<>|\u200b\u0301e\u00a0\x00\x1f\ud800#%-_\ufeff'), max_size=12
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("help/start.md", (True, False)),
        ("help/START.MD", (True, False)),
        ("help/TOC.md", (False, False)),
        ("help/toc.yml", (False, False)),
        ("media/a.png", (False, True)),
        ("docfx.json", (False, False)),
        ("samples/users.json", (False, True)),
        ("media/.DS_Store", (False, False)),
        (".hidden.md", (True, False)),
        ("LICENSE", (False, True)),
        ("md", (False, True)),
    ],
)
def test_files_have_kinds(name: str, expected: tuple[bool, bool]) -> None:
    assert (is_article(name), is_asset(name)) == expected


def test_files_of_the_repository_are_known_in_any_folder() -> None:
    assert is_repository_file("README.md")
    assert is_repository_file("help/license.MD")
    assert not is_repository_file("help/readme-first.md")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("help/start.md", "help/start.md"),
        ("help/Share a user's folder – now.md", "help/Share a user's folder – now.md"),
        ("a\u200b\u200b.md", "a.md"),
        (".hidden/..a.md", "hidden/a.md"),
        (". .a. .", "a"),
        ("a. /b", "a/b"),
        ('a<b>:"c|d?*e\\f', "a-b-c-d-e-f"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("\u00a0a\u3000", "a"),
        ("", ""),
        ("/etc/passwd", ""),
        ("a//b", ""),
        ("a/../b", ""),
        ("../a", ""),
        ("\u200b/a", ""),
        ("\ud800", ""),
    ],
)
def test_names_are_made_harmless(name: str, expected: str) -> None:
    assert clean_path(name) == expected


@given(HOSTILE)
def test_clean_paths_are_safe_and_stay_as_they_are(name: str) -> None:
    cleaned = clean_path(name)
    assert clean_path(cleaned) == cleaned
    for part in cleaned.split("/") if cleaned else []:
        assert part.strip() == part != ""
        assert part[0] != "."
        assert part[-1] != "."
        assert part.isprintable() or "\u00a0" in part
        assert not set(part) & set('<>:"|?*\\')


def test_a_topic_is_its_path_without_the_ending() -> None:
    assert topic_identifier("help/start.md") == "help/start"
    assert topic_identifier("help/v1.2.md") == "help/v1.2"
    assert topic_identifier("help/.md") == ""


def test_pages_and_assets_have_their_places() -> None:
    assert page_path("help/start", "sv-SE", "en-US") == "help/start/index.sv-SE.md"
    assert page_path("help/start", "en-US", "en-US") == "help/start/index.md"
    assert localized_path("media/a.b.png", "sr-Latn-RS") == "media/a.b.sr-Latn-RS.png"
    assert localized_path("media/a", "sv-SE") == "media/a.sv-SE"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("share.md", "help/mail/share.md"),
        ("./share.md", "help/mail/share.md"),
        ("../files/share%20it.md", "help/files/share it.md"),
        ("..\\files\\share.md", "help/files/share.md"),
        ("~/files/share.md", "help/files/share.md"),
        ("../../root.md", "root.md"),
        ("../../../out.md", None),
        ("..%2f..%2f..%2fout.md", None),
        ("%2Fetc/passwd", None),
        ("..", "help"),
        ("../..", None),
        ("~/..", None),
        ("~/../../out.md", None),
    ],
)
def test_references_are_resolved(reference: str, expected: str | None) -> None:
    assert resolve_reference(reference, "help/mail/start.md", ("help",)) == expected


@given(HOSTILE)
def test_no_reference_leads_out(reference: str) -> None:
    resolved = resolve_reference(reference, "help/mail/start.md", ("help",))
    assert resolved is None or ".." not in resolved.split("/")
    assert resolved is None or not resolved.startswith("/")


@pytest.mark.parametrize(
    ("name", "roots", "expected"),
    [
        ("help/mail/a.md", ("help",), "help"),
        ("help/mail/a.md", ("help", "help/mail"), "help/mail"),
        ("help/mail/a.md", (), "help"),
        ("help/mail/a.md", ("",), ""),
        ("help/mail/a.md", ("hel", ""), ""),
        ("a.md", (), ""),
    ],
)
def test_the_innermost_root_counts(name: str, roots: tuple[str, ...], expected: str) -> None:
    assert find_root(name, roots) == expected


def test_references_are_relative_to_the_bundle() -> None:
    assert relative_reference("help/mail/start/index.md", "help/start") == "../mail/start/index.md"
    assert relative_reference("media/å b.png", "help/start") == "../../media/%C3%A5%20b.png"


def test_paths_meet_by_case_and_normalization() -> None:
    assert collision_key("Help/E\u0301") == collision_key("help/é")
    assert collision_key("straße") == collision_key("STRASSE")
