"""Sitemaps, feeds, robots and redirects: values in, text out."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from hexapla.publishing.feeds import (
    Channel,
    Item,
    choose_items,
    read_day,
    write_json_feed,
    write_rss,
)
from hexapla.publishing.lenient_json import parse_lenient_json
from hexapla.publishing.moves import Move, make_move, read_moves
from hexapla.publishing.redirect_pages import write_redirect_page
from hexapla.publishing.redirects import Places, Target, resolve_moves
from hexapla.publishing.robots import decide_robots, is_indexed
from hexapla.publishing.sitemaps import Address, write_index, write_sitemaps

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": [1, 2,], }', {"a": [1, 2]}),
        ('{"a": ",]", "b": "\\",}"}', {"a": ",]", "b": '",}'}),
        ('// one\n{"a": "http://x" /* two, */, }', {"a": "http://x"}),
        ("\ufeff{}", {}),
    ],
)
def test_lenient_json(text: str, expected: object) -> None:
    assert parse_lenient_json(text) == expected


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, '{"a": "', "/*" * 200_000, '"\\"' * 100_000]
)
def test_what_is_no_json_is_refused_soon(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_lenient_json(text)


@pytest.mark.parametrize(
    ("metadata", "options", "expected"),
    [
        ({}, {}, ""),
        ({"ROBOTS": "NOINDEX, NOFOLLOW"}, {}, "noindex, nofollow"),
        ({"robots": ["noindex"]}, {}, "noindex"),
        ({"Robots": 'x" onload=", noindex'}, {}, "noindex"),
        ({"ROBOTS": "NOINDEX"}, {"setting": "all"}, "all"),
        ({}, {"setting": "noindex"}, "noindex"),
        ({}, {"is_fallback": True}, "noindex"),
        ({"ROBOTS": "INDEX, NOFOLLOW"}, {"is_fallback": True}, "noindex, nofollow"),
        ({"ROBOTS": "none"}, {"is_fallback": True}, "none"),
        ({"ms.translationtype": "MT"}, {}, ""),
        ({"ms.translationtype": "MT"}, {"machine_translated": "noindex"}, "noindex"),
        ({"ms.translationtype": "HT"}, {"machine_translated": "noindex"}, ""),
    ],
)
def test_robots(metadata: dict[str, object], options: dict[str, object], expected: str) -> None:
    robots = decide_robots(metadata, **options)  # type: ignore[arg-type]
    assert robots == expected
    assert is_indexed(robots) is not (expected.startswith("no") and expected != "nofollow")


def list_locations(sitemap: str) -> list[str | None]:
    return [element.text for element in ET.fromstring(sitemap).iter(f"{SITEMAP}loc")]


def test_sitemaps_are_sorted_and_divided_by_number() -> None:
    addresses = [Address(f"https://h/{n}/") for n in (3, 1, 5, 2, 4)]
    maps = list(write_sitemaps(addresses, most=2))
    assert [len(list_locations(text)) for text in maps] == [2, 2, 1]
    assert list_locations(maps[0]) == ["https://h/1/", "https://h/2/"]
    assert maps == list(write_sitemaps(reversed(addresses), most=2))


def test_sitemaps_are_divided_by_size() -> None:
    addresses = [Address(f"https://h/{'ä' * 100}/{n}/") for n in range(20)]
    maps = list(write_sitemaps(addresses, size=1_000))
    assert all(len(text.encode()) <= 1_000 for text in maps)
    assert sum(len(list_locations(text)) for text in maps) == 20
    assert len(list(write_sitemaps(addresses, size=1))) == 20


def test_sitemaps_name_translations_and_days() -> None:
    page = Address(
        "https://h/a&b/", "2021-06-14", {"en-US": "https://h/a&b/", "sv-SE": "https://h/sv-SE/a&b/"}
    )
    (text,) = write_sitemaps([page, Address("https://h/c/", "", {"en-US": "https://h/c/"})])
    assert list_locations(text) == ["https://h/a&b/", "https://h/c/"]
    assert "<lastmod>2021-06-14</lastmod>" in text
    assert text.count("xhtml:link rel=") == 2
    assert list(write_sitemaps([])) == []
    assert list_locations(write_index(["https://h/sitemap-a&b.xml"])) == [
        "https://h/sitemap-a&b.xml"
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("06/14/2021", "2021-06-14"),
        ("2021-06-14", "2021-06-14"),
        ("14/06/2021", ""),
        ("02/30/2021", ""),
        (None, ""),
        (["x"], ""),
    ],
)
def test_days(value: object, expected: str) -> None:
    assert read_day(value) == expected


def test_feeds_have_what_changed_last() -> None:
    items = [
        Item("https://h/b/", "B & <b>\x00", "", "2021-01-02"),
        Item("https://h/c/", "C", "About C", "2021-01-03"),
        Item("https://h/a/", "A", "", "2021-01-02"),
        Item("https://h/d/", "D", "", "2020-01-01"),
    ]
    chosen = choose_items(items, 3)
    assert [item.title[0] for item in chosen] == ["C", "A", "B"]
    assert chosen == choose_items(reversed(items), 3)
    channel = Channel("Hjälp: nytt", "https://h/sv-SE/", "https://h/sv-SE/", "sv-SE")
    rss = ET.fromstring(write_rss(channel, chosen))
    assert rss.findtext("channel/item/pubDate") == "Sun, 03 Jan 2021 00:00:00 GMT"
    assert [element.text for element in rss.iter("title")][-1] == "B & <b>"
    feed = json.loads(write_json_feed(channel, chosen))
    assert feed["feed_url"] == "https://h/sv-SE/feed.json"
    assert feed["items"][0]["date_modified"] == "2021-01-03T00:00:00Z"
    ET.fromstring(write_rss(channel, []))


TOPICS = ("help/files/share", "help/mail/rule", "help/Mixed Case")
PLACES = Places(
    {topic.casefold(): topic for topic in TOPICS}, {"help": "tidelight"}, {"ok.example"}
)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/tidelight/files/share", Target("help/files/share")),
        ("/tidelight/files/share/", Target("help/files/share")),
        ("/tidelight/files/share.md#part", Target("help/files/share", "part")),
        ("/sv-se/tidelight/files/share?view=x", Target("help/files/share")),
        ("/sr-latn-rs/tidelight/mail/rule", Target("help/mail/rule")),
        ("/help/files/share", Target("help/files/share")),
        ("/other/files/share", Target("help/files/share")),
        ("share.md", Target("help/files/share")),
        ("../mail/rule.md", Target("help/mail/rule")),
        ("~/mail/rule.md", Target("help/mail/rule")),
        ("/tidelight/mixed%20case", Target("help/Mixed Case")),
        ("https://ok.example/x", Target(address="https://ok.example/x")),
        ("http://ok.example/x", "leads out of the site: http://ok.example/x"),
        ("https://evil.example/x", "leads out of the site: https://evil.example/x"),
        ("//evil.example/x", "leads out of the site: //evil.example/x"),
        ("/\\evil.example", "leads out of the site: /\\evil.example"),
        ("javascript:alert(1)", "leads out of the site: javascript:alert(1)"),
        ("../../../etc/passwd", "leads to no page of the site: ../../../etc/passwd"),
        ("/tidelight/gone", "leads to no page of the site: /tidelight/gone"),
        ("https://[", "leads to no address: https://["),
    ],
)
def test_targets(target: str, expected: Target | str) -> None:
    moves = [Move("help/files/old", target, "x.json")]
    found, problems = resolve_moves(moves, PLACES)
    if isinstance(expected, str):
        assert (found, problems) == ({}, [f"x.json: help/files/old {expected}"])
    else:
        assert (found, problems) == ({"help/files/old": expected}, [])


def test_moves_are_followed_to_their_end_and_cycles_are_told() -> None:
    moves = [
        Move("help/a", "/help/b", "x"),
        Move("help/b", "/tidelight/files/share#part", "x"),
        Move("help/b", "/tidelight/mail/rule", "y"),
        Move("help/c", "/help/d", "x"),
        Move("help/d", "/help/c", "x"),
        Move("help/e", "/help/e", "x"),
        Move("help/files/share", "/tidelight/mail/rule", "x"),
    ]
    found, problems = resolve_moves(moves, PLACES)
    share = Target("help/files/share", "part")
    assert found == {"help/a": share, "help/b": share}
    assert problems == [f"x: help/{name} leads back to itself" for name in "cde"]


def test_a_long_chain_is_followed() -> None:
    moves = [Move(f"help/{n}", f"/help/{n + 1}", "x") for n in range(20_000)]
    moves.append(Move("help/20000", "/tidelight/mail/rule", "x"))
    assert len(resolve_moves(moves, PLACES)[0]) == 20_001


@pytest.mark.parametrize(
    ("former", "expected"),
    [
        ("help/old.md", "help/old"),
        ("/help/old/", "help/old"),
        ("help\\old.html", "help/old"),
        ("help/v1.2", "help/v1.2"),
        ("../old.md", None),
        ("help/../../old.md", None),
        ("C:/old.md", None),
        ("", None),
    ],
)
def test_former_paths(former: str, expected: str | None) -> None:
    move = make_move(former, "x", "y")
    assert (move and move.former) == expected


def test_delivered_redirects_are_read_as_far_as_they_are_some() -> None:
    text = """{"redirections": [
      {"source_path": "help/old.md", "redirect_url": "/tidelight/new", },
      {"source_path": 1, "redirect_url": "/x"}, "no",
      {"source_path": "../a.md", "redirect_url": "b"},
    ]}"""
    moves, problems = read_moves(text, "r.json")
    assert moves == [Move("help/old", "/tidelight/new", "r.json")]
    assert len(problems) == 3
    assert read_moves("[]", "r.json")[1] == ["r.json: there is no list of redirections"]
    assert read_moves("{", "r.json")[1][0].startswith("r.json: no JSON: ")


def test_redirect_pages_have_no_script_and_escape_what_they_show() -> None:
    strings = {"language": "sv-SE", "direction": "ltr", "redirect.title": "Flyttad"}
    strings["redirect.link"] = "Hit"
    page = write_redirect_page('"><script>', "c", "s", strings, title="<b>", language="en-US")
    assert "<script" not in page
    assert '<a href="&quot;&gt;&lt;script&gt;" lang="en-US">&lt;b&gt;</a>' in page
    assert '<a href="x" lang="sv-SE">Hit</a>' in write_redirect_page("x", "c", "s", strings)
