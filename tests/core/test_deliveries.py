"""Delivered files are sorted by kind, by their paths alone."""

import pytest

from hexapla.deliveries import split_folder, take_inventory
from hexapla.model import Delivered, Form


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("sv-SE", ("sv-SE", Form.BILINGUAL)),
        ("sv-SE.monolingual", ("sv-SE", Form.MONOLINGUAL)),
        ("sr-Latn-RS.loose", ("sr-Latn-RS", Form.LOOSE)),
        ("sv-SE.other", ("sv-SE.other", Form.BILINGUAL)),
        (".loose", ("", Form.LOOSE)),
    ],
)
def test_a_folder_names_locale_and_form(folder: str, expected: tuple[str, Form]) -> None:
    assert split_folder(folder) == expected


def test_files_are_sorted_by_kind() -> None:
    inventory = take_inventory(
        [
            "sv-SE.lock",
            "README.md",
            "sv-SE/help/start.md",
            "sv-SE/help/TOC.md",
            "sv-SE/help/docfx.json",
            "sv-SE/media/a.png",
            "sv-SE.monolingual/help/start.md",
            "nb-NO.loose/0.txt",
            "nb-NO.loose/1.md",
            "nb-NO.loose/a.png",
            "nb-NO/docfx.json",
        ]
    )
    assert inventory.findings == []
    assert inventory.articles == [
        Delivered("sv-SE", Form.BILINGUAL, "sv-SE/help/start.md", "help/start.md"),
        Delivered("sv-SE", Form.MONOLINGUAL, "sv-SE.monolingual/help/start.md", "help/start.md"),
    ]
    assert [file.path for file in inventory.loose] == ["nb-NO.loose/0.txt", "nb-NO.loose/1.md"]
    assert [file.path for file in inventory.assets] == ["sv-SE/media/a.png"]
    assert inventory.roots == {"help", ""}


def test_a_folder_that_is_no_locales_is_reported_once() -> None:
    inventory = take_inventory(["SV-se/a.md", "SV-se/b.md", "klingon.loose/a.txt"])
    assert inventory.articles == inventory.loose == []
    assert [finding.render_text() for finding in inventory.findings] == [
        "locales/SV-se: error: 'SV-se' is not a known locale: the folder is left out"
        " (name it sv-SE) [unknown-locale]",
        "locales/klingon.loose: error: 'klingon' is not a known locale: the folder is left out"
        " (name it by a BCP 47 tag such as sv-SE or sr-Latn-RS) [unknown-locale]",
    ]
