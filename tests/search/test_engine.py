"""The engine answers: an index written in Python, searched with the browser's scripts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hexapla.search.assembling import assemble_index
from hexapla.search.records import Page, analyse_page, note_fallback
from tests.search.node import run_in_node

ENGLISH = {
    "mail/add-a-password/": (
        "Add a password to a document",
        "<p>Choose Encrypt with password.</p>",
    ),
    "mail/share-your-screen/": ("Share your screen", "<p>Others see your screen in a meeting.</p>"),
    "admin/error-0xc004b100/": ("Activation error 0xC004B100", "<p>The product key is used.</p>"),
    "admin/mail-is-blocked/": (
        "Mail is blocked",
        '<h2 id="why">Why</h2><p>The server answers 5.7.750 or 5.7.75.</p>'
        '<h2 id="what-to-do">What to do</h2><p>Register the connector of your domain.</p>',
    ),
    "admin/only-in-english/": ("Enable litigation hold", "<p>Keep a mailbox for lawyers.</p>"),
    "files/setting-up-a-printer/": ("Setting up a printer", "<p>Connect the cable first.</p>"),
    "files/buying-a-printer/": ("Buying a printer", "<p>Ask what it prints.</p>"),
    **{
        f"files/setting-up-a-{what}/": (f"Setting up a {what}", "<p>Charge it first.</p>")
        for what in ("phone", "watch", "tablet")
    },
}
SWEDISH = {
    "mail/add-a-password/": ("Lägga till ett lösen ord", "<p>Välj Kryptera med lösenord.</p>"),
    "mail/share-your-screen/": ("Dela din skärm", "<p>Andra ser din skärm i mötet.</p>"),
    "admin/error-0xc004b100/": ("Aktiveringsfel 0xC004B100", "<p>Produktnyckeln används.</p>"),
    "admin/mail-is-blocked/": (
        "E-post blockeras",
        '<h2 id="why">Varför</h2><p>Servern svarar 5.7.750 eller 5.7.75.</p>'
        '<h2 id="what-to-do">Gör så här</h2><p>Registrera anslutningen för domänen.</p>',
    ),
    "files/setting-up-a-printer/": ("Konfigurera en skrivare", "<p>Anslut kabeln först.</p>"),
    "files/buying-a-printer/": ("Köpa en skrivare", "<p>Fråga vad den skriver ut.</p>"),
    "files/setting-up-a-phone/": ("Ställa in en mobil", "<p>Ladda den först.</p>"),
    "files/setting-up-a-watch/": ("Ställa in en klocka", "<p>Ladda den först.</p>"),
    "files/setting-up-a-tablet/": ("Ställa in en surfplatta", "<p>Ladda den först.</p>"),
    "odd/<b>&\u202e/": (
        "<img src=x onerror=alert(1)> märkligt",
        "<p>&lt;script&gt; märkvärdigt</p>",
    ),
}
OTHERS = {
    f"more/{n}/": (f"Fyllnad {n}", f"<p>Fyllnadstext {n} om ingenting.</p>") for n in range(30)
}
Hit = dict[str, Any]


def write_index(folder: Path) -> str:
    """Write the indexes of a site with two locales; give the Swedish one's folder."""
    english = [
        analyse_page(Page(link, (title,), link.split("/")[0], "en-US", html))
        for link, (title, html) in ENGLISH.items()
    ]
    swedish = [
        analyse_page(Page(link, (title,), link.split("/")[0], "sv-SE", html))
        for link, (title, html) in (SWEDISH | OTHERS).items()
    ]
    for link in ENGLISH.keys() - SWEDISH.keys():
        swedish.append(note_fallback(Page(link, (ENGLISH[link][0],), "admin", "en-US", "")))
    indexes = {
        "search/": assemble_index("en-US", "en-US", english),
        "sv-SE/search/": assemble_index("sv-SE", "en-US", swedish, "../../search/"),
    }
    for place, files in indexes.items():
        (folder / place).mkdir(parents=True)
        for name, content in files.items():
            (folder / place / name).write_bytes(content)
    return f"{folder}/sv-SE/search/"


QUERIES = {
    "inflected": "skärmar",
    "compound": "lösenord",
    "compound apart": "surf plattor",
    "without accents": "skarm",
    "english": "sharing screens",
    "fallback": "litigation",
    "code": "0xc004b100",
    "upper code": "0XC004B100",
    "dotted": "5.7.750",
    "quoted": '"5.7.750"',
    "phrase": '"anslut kabeln"',
    "no phrase": '"kabeln anslut"',
    "typing": "anslutnnigen",
    "mistyped": "en surfpaltta",
    "beginning": "konfig",
    "former title": "ställa in skrivare",
    "markup": "märkligt",
    "nothing": "qqqqq",
    "suggesting": "skrm",
    "empty": " ?! ",
    "control": "\u0000\ud83d \\ ( [ *",
    "long": "lösenord " * 400,
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Hit]]:
    """What the engine answers, by stage and by the query's name."""
    base = write_index(tmp_path_factory.mktemp("index"))
    queries: list[dict[str, Any]] = [{"text": text} for text in QUERIES.values()]
    queries += [{"text": "skärm lösenord fyllnad", "product": "mail"}]
    queries += [{"text": "fyllnad", "offset": 10, "limit": 5}]
    found = run_in_node({"do": "query", "base": base, "queries": queries})
    names = [*QUERIES, "product", "later"]
    half = len(found) // 2
    return {
        "titles": dict(zip(names, found[:half], strict=True)),
        "all": dict(zip(names, found[half:], strict=True)),
    }


def list_links(answer: Hit) -> list[str]:
    return [item["link"] for item in answer["items"]]


def list_marked(segments: list[Any]) -> list[str]:
    return [text for text, is_marked in segments if is_marked]


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("inflected", "mail/share-your-screen/"),
        ("compound", "mail/add-a-password/"),
        ("compound apart", "files/setting-up-a-tablet/"),
        ("without accents", "mail/share-your-screen/"),
        ("english", "mail/share-your-screen/"),
        ("fallback", "admin/only-in-english/"),
        ("code", "admin/error-0xc004b100/"),
        ("upper code", "admin/error-0xc004b100/"),
        ("beginning", "files/setting-up-a-printer/"),
        ("long", "mail/add-a-password/"),
    ],
)
@pytest.mark.parametrize("stage", ["titles", "all"])
def test_titles_are_found(answers: dict[str, Any], stage: str, name: str, link: str) -> None:
    assert list_links(answers[stage][name])[0] == link
    assert answers[stage][name]["stage"] == stage


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("dotted", "admin/mail-is-blocked/"),
        ("quoted", "admin/mail-is-blocked/"),
        ("phrase", "files/setting-up-a-printer/"),
        ("typing", "admin/mail-is-blocked/"),
    ],
)
def test_texts_are_found(answers: dict[str, Any], name: str, link: str) -> None:
    assert list_links(answers["all"][name])[0] == link


@pytest.mark.parametrize("name", ["dotted", "quoted", "phrase", "code"])
def test_codes_and_phrases_match_exactly(answers: dict[str, Any], name: str) -> None:
    assert answers["all"][name]["total"] == 1


@pytest.mark.parametrize("name", ["no phrase", "nothing", "empty", "control"])
def test_what_nobody_has_is_not_found(answers: dict[str, Any], name: str) -> None:
    answer = answers["all"][name]
    assert (answer["total"], answer["items"], answer["products"]) == (0, [], [])


def test_a_title_in_other_words_is_found_by_its_original(answers: dict[str, Any]) -> None:
    links = list_links(answers["all"]["former title"])
    assert links.index("files/setting-up-a-printer/") < links.index("files/buying-a-printer/")


def test_marks_are_on_stems_compounds_and_originals(answers: dict[str, Any]) -> None:
    found = {
        name: answers["all"][name]["items"][0] for name in ("inflected", "compound", "english")
    }
    assert list_marked(found["inflected"]["title"]) == ["skärm"]
    assert list_marked(found["inflected"]["passage"]["segments"]) == ["skärm"]
    assert list_marked(found["compound"]["title"]) == ["lösen ord"]
    assert list_marked(found["english"]["passage"]["segments"]) == ["screen"]


def test_the_originals_passage_says_its_language(answers: dict[str, Any]) -> None:
    english = answers["all"]["english"]["items"][0]
    assert (english["language"], english["passage"]["language"]) == ("sv-SE", "en-US")
    fallback = answers["all"]["fallback"]["items"][0]
    assert (fallback["language"], fallback["product"]) == ("en-US", "admin")
    assert fallback["title"] == [["Enable ", False], ["litigation", True], [" hold", False]]


def test_a_passage_leads_to_its_heading(answers: dict[str, Any]) -> None:
    passage = answers["all"]["typing"]["items"][0]["passage"]
    assert passage["anchor"] == "what-to-do"
    assert answers["all"]["dotted"]["items"][0]["passage"]["anchor"] == "why"


def test_markup_stays_text(answers: dict[str, Any]) -> None:
    item = answers["all"]["markup"]["items"][0]
    assert "".join(text for text, _ in item["title"]) == SWEDISH[item["link"]][0]
    assert "".join(text for text, _ in item["passage"]["segments"]) == "<script> märkvärdigt"


def test_a_typing_error_is_told(answers: dict[str, Any]) -> None:
    assert answers["all"]["nothing"]["corrected"] == ""
    assert answers["all"]["mistyped"]["corrected"] == "en surfplatta"
    assert list_links(answers["all"]["mistyped"])[0] == "files/setting-up-a-tablet/"


def test_words_are_suggested_where_nothing_is_found(answers: dict[str, Any]) -> None:
    assert answers["all"]["suggesting"]["total"] == 0
    assert answers["all"]["suggesting"]["suggestions"][:1] == ["skärm"]


def test_products_are_counted_and_chosen(answers: dict[str, Any]) -> None:
    answer = answers["all"]["product"]
    assert {item["product"] for item in answer["items"]} == {"mail"}
    assert {"id": "mail", "count": answer["total"]} in answer["products"]


def test_results_are_given_in_pages(answers: dict[str, Any]) -> None:
    answer = answers["all"]["later"]
    assert (answer["total"], len(answer["items"])) == (30, 5)


@cache
def call(module: str, name: str, *inputs: tuple[Any, ...]) -> Any:
    return run_in_node({"do": "call", "module": module, "name": name, "inputs": inputs})


def test_one_edit_is_near() -> None:
    near = [("folder", "folders"), ("folder", "flder"), ("folder", "fodler"), ("folder", "holder")]
    far = [("folder", "fldr"), ("folder", "flodre"), ("folder", "fodles"), ("folder", "f")]
    assert call("forgiving.js", "isNear", *near, *far) == [True] * len(near) + [False] * len(far)
