from __future__ import annotations

import pytest

from hexapla.products import assign_products, divide_by_folder, read_products
from hexapla.subjects import Subject


def make(identifier: str, title: str = "", **metadata: str) -> Subject:
    values = {key.replace("_", "."): (value,) for key, value in metadata.items()}
    return Subject(identifier, title, metadata=values)


SUBJECTS = [
    make("help/a", "Open Outlook"),
    make("help/b", "Outlooks", ms_service="mail"),
    make("help/c", "Join a Teams meeting"),
    make("help/files/d", "Sync"),
    make("other/files/e", "Sync"),
]


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ({"words": "outlook"}, ["help/a"]),
        ({"words": ["OUTLOOK", "teams meeting"]}, ["help/a", "help/c"]),
        ({"title": "^open|s$"}, ["help/a", "help/b"]),
        ({"path": "help/files"}, ["help/files/d"]),
        ({"path": ["help/files/", "/other"]}, ["help/files/d", "other/files/e"]),
        ({"path": "help/file"}, []),
        ({"metadata": {"ms.service": ["mail", "post"]}}, ["help/b"]),
        ({"words": "sync", "path": "other"}, ["other/files/e"]),
        ([{"words": "sync"}, {"metadata": {"ms.service": "mail"}}], None),
    ],
)
def test_rules(match: object, expected: list[str] | None) -> None:
    products, problems = read_products([{"id": "p", "name": "P", "match": match}])
    assert problems == []
    found = assign_products(SUBJECTS, products).get("p", [])
    assert found == (["help/b", "help/files/d", "other/files/e"] if expected is None else expected)


def test_the_first_product_has_a_topic_and_the_last_has_the_rest() -> None:
    products, _ = read_products(
        [
            {"id": "one", "name": "One", "match": {"words": "sync"}},
            {"id": "two", "name": "Two", "match": {"path": "help"}},
            {"id": "empty", "name": "Empty", "match": {"words": "nothing"}},
        ]
    )
    assert assign_products([*SUBJECTS, make("x/y")], products) == {
        "one": ["help/files/d", "other/files/e"],
        "two": ["help/a", "help/b", "help/c"],
        "other": ["x/y"],
    }


def test_names_are_the_locales_or_the_sources() -> None:
    names = {"en-US": "Files", "sv-SE": "Filer"}
    (product,), problems = read_products([{"id": "p", "name": names, "match": {"path": "x"}}])
    assert problems == []
    assert product.find_name("sv-SE", "en-US") == ("Filer", "")
    assert product.find_name("ja-JP", "en-US") == ("Files", "en-US")


def test_all_mistakes_are_told_at_once() -> None:
    value = [
        "text",
        {"id": "Mail", "match": {"title": "("}},
        {"id": "other", "name": {"sv_SE": "Filer", "xx-YY": ""}, "match": {}},
        {"id": "a", "name": "A", "match": [{"word": "x"}, {"path": []}, {"metadata": "x"}]},
        {"id": "a", "name": "A", "match": {"words": {"x": 1}}, "matches": 1},
        {"id": "page-2", "name": "P"},
    ]
    _, problems = read_products(value)
    assert [problem.partition(": ")[0] for problem in problems] == [
        "products[0]",
        "products[1].id",
        "products[1].name",
        "products[1].match.title",
        "products[2].id",
        "products[2].name",
        "products[2].name",
        "products[2].name.xx-YY",
        "products[2].match",
        "products[3].match[0].word",
        "products[3].match[1].path",
        "products[3].match[2].metadata",
        "products[4].matches",
        "products[4].match.words",
        "products[5].id",
        "products[5].match",
        "products",
    ]
    assert read_products("x")[1] == read_products({})[1] != []
    assert read_products(None) == ((), [])


def test_folders_are_products_where_none_are_configured() -> None:
    subjects = [make(f"help/{name}/{n}") for name in ("find-it", "Å", "other") for n in range(2)]
    products = divide_by_folder([*subjects, make("help/start")])
    assert [(product.identifier, product.names[""]) for product in products] == [
        ("find-it", "Find it"),
        ("folder-2", "Other"),
        ("folder-3", "Å"),
    ]
    assigned = assign_products([*subjects, make("help/start")], products)
    assert [len(topics) for topics in assigned.values()] == [2, 2, 2, 1]


def test_one_folder_divides_nothing() -> None:
    assert divide_by_folder([make("docs/a"), make("docs/b")]) == ()
