"""The sample deliveries are what their authoring text says, and show what they are there for."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from tests.samples.write_samples import SAMPLES, build_deliveries, read_source, write_deliveries
from tests.support.delivery_writer import source_hash, source_text

LOCALES = Path(__file__).parent.parent / "locales"
TOPICS_AT_LEAST = 18
SITE_BASE = "/tidelight/"
UNTRANSLATED_ORDER = [
    "ms.openlocfilehash",
    "ms.sourcegitcommit",
    "ms.translationtype",
    "ms.contentlocale",
    "ms.lasthandoff",
    "ms.locfileid",
]
OWN_KEYS = {"title", "description", "keywords", *UNTRANSLATED_ORDER[2:4], "ms.locfileid"}

QUOTE = r'(?:"|&quot;)'
UNIT = re.compile(
    rf"<span data-ttu-id={QUOTE}(?P<id>[0-9a-f]{{5}}-p?\d+){QUOTE}>(?P<target>.*?)</span>"
    rf"<span class={QUOTE}sxs-lookup{QUOTE}><span data-stu-id={QUOTE}(?P=id){QUOTE}>"
    r"(?P<source>.*?)</span></span>",
    re.DOTALL,
)
ANCHOR = re.compile(rf"<a name={QUOTE}(.*?){QUOTE}></a>")
LINK = re.compile(r"\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)|^\[\w+\]: (\S+)$", re.MULTILINE)

CONSTRUCTS = {
    "alert": r"(?m)^> \[!NOTE\]$",
    "alert in mixed case": r"(?m)^> \[!Important\]$",
    "alert without a space": r"(?m)^>\[!NOTE\]$",
    "alert translated": r"(?m)^> \[!OBS\]$",
    "alert translated, other script": r"(?m)^> \[!注意\]$",
    "alert in a list": r"(?m)^   > \[!TIP\]$",
    "include": r"\[!INCLUDE \[plan note\]\(\.\./includes/plan-note\.md\)\]",
    "video": r"\[!VIDEO https://",
    "div": r'\[!div class="',
    "tab": r"(?m)^# <a name=\"\w+\"></a>\[<span .*\]\(#tab/\w+\)$",
    "end of tabs": r"(?m)^---\n\n::: zone",
    "image block": r':::image type="content" source="\S+" alt-text="[^"]+" lightbox="\S+":::',
    "icon": r':::image type="icon" source="\S+":::',
    "row": r"(?m)^:::row:::\n    :::column:::$",
    "moniker": r"(?m)^::: moniker range=",
    "zone": r"(?m)^::: zone pivot=",
    "code file": r"\[!code-json\[\]\(samples/users\.json\)\]",
    "cross reference": r"<xref:[\w.]+>",
    "cross reference link": r"\]\(xref:[\w.]+\)",
    "root path": r"\]\(~/",
    "site-absolute link": r"\]\(/tidelight/",
    "relative link with anchor": r"\]\(\.\./\w+/[\w-]+\.md#[\w-]+\)",
    "unit within a link": r"\]?\[<span data-ttu-id=.*</span></span>\]\(\w",
    "HTML table": r"<td>.*<span data-ttu-id",
    "units in cells": r"(?m)^\| <span data-ttu-id",
    "line break": r"<br>",
    "reference link": r"(?m)^\[policy\]: ",
    "data URI": r"!\[\]\(data:image/png;base64,",
    "inline code of three backticks": r"[^\n]```[^`\n]+```[^\n]",
    "fence in a list": r"(?m)^   ```powershell$",
    "URL with parentheses": r"\(https://\S+\(\w+\)\)",
    "setext heading": r"(?m)^<a name=\"[\w-]+\"></a><span.*\n=+$",
    "setext heading, second level": r"(?m)^<a name=\"[\w-]+\"></a><span.*\n-+$",
    "empty link": r"\[\]\(\)",
    "link without text": r"[^!]\[\]\(https:",
    "scheme of the product": r"\]\(tidelight-settings:",
    "list marker in a unit": r">- ",
    "merged unit": r"data-ttu-id=\"[0-9a-f]{5}-p\d+",
    "escaped tags": r"<span data-ttu-id=&quot;[0-9a-f]{5}-\d+&quot;>",
    "half escaped tags": r"<span data-ttu-id=\"[0-9a-f]{5}-\d+&quot;>",
    "half escaped anchor": r"<a name=\"[\w-]+&quot;></a>",
    "span in a unit": r"<span>https:</span>",
    "line break in a unit": r"data-stu-id=\"[0-9a-f]{5}-\d+\">[^<]+\n",
    "escaped asterisks": r"\\\*\\\* Regler",
    "soft hyphen": "\u00ad",
    "no-break space": "\u00a0",
    "left-to-right mark": "\u200e",
    "robots": r"(?m)^ROBOTS: NOINDEX",
    "custom list": r'(?m)^ms.custom:\n- "',
    "custom scalar": r"(?m)^ms.custom: 2110$",
    "custom empty": r"(?m)^ms.custom:\n[^-]",
    "empty asset id": r"(?m)^ms.assetid: ''$",
    "junk key": r"(?m)^ms,\.custom: ",
    "machine-translated": r"(?m)^ms.translationtype: MT$",
    "human-translated": r"(?m)^ms.translationtype: HT$",
    "human-translated, older name": r"(?m)^ms.translationtype: Human Translation$",
}


def _read_articles() -> dict[str, str]:
    """Read every article by its path below `locales/`."""
    texts = {
        path.relative_to(LOCALES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(LOCALES.rglob("*.md"))
    }
    return {name: text for name, text in texts.items() if text.startswith("---\n")}


ARTICLES = _read_articles()
BILINGUAL = {name: text for name, text in ARTICLES.items() if "data-ttu-id" in text}


def _topic(name: str) -> str:
    return name.partition("/")[2]


def _locale(name: str) -> str:
    return name.partition("/")[0].removesuffix(".monolingual")


def _front(text: str) -> list[tuple[str, str]]:
    lines = text.split("---\n")[1].splitlines()
    return [(line.partition(":")[0], line.partition(":")[2].strip()) for line in lines]


def _strip_units(text: str) -> str:
    return ANCHOR.sub(r'<a name="\1"></a>', UNIT.sub(lambda match: match["target"], text))


def _rebuild_sources(text: str) -> Iterator[str]:
    """Rebuild what the source may have been, from the units and the shared front matter."""
    _, front, body = text.split("---\n", 2)
    body = ANCHOR.sub("", UNIT.sub(lambda match: match["source"], body))
    heading = re.search(r"(?m)^# (.*)$|^(.+)\n=+$", body)
    assert heading is not None
    title = heading[1] or heading[2]
    shared = front.partition("ms.openlocfilehash")[0]
    for quote in ('"', ""):
        retitled = re.sub(r"(?m)^title: .*$", f"title: {quote}{title}{quote}", shared)
        for blank in ("\n", ""):
            yield f"---\n{retitled}---\n{blank}{body}"


def test_locales_hold_what_the_authoring_text_says(tmp_path: Path) -> None:
    write_deliveries(tmp_path)
    for folder in (tmp_path, LOCALES):
        found = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".lock"
        }
        assert found == build_deliveries()


def test_writing_again_changes_nothing_and_spares_locks(tmp_path: Path) -> None:
    write_deliveries(tmp_path)
    (tmp_path / "sv-SE.lock").write_text("kept")
    (tmp_path / "sv-SE" / "stale.md").write_text("removed")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}
    write_deliveries(tmp_path)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}
    assert after == {path: time for path, time in before.items() if path.name != "stale.md"}
    assert (tmp_path / "sv-SE.lock").exists()


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_every_construct_occurs(construct: str) -> None:
    pattern = re.compile(CONSTRUCTS[construct])
    assert any(pattern.search(text) for text in ARTICLES.values())


def test_there_are_enough_topics_and_each_locale_lacks_some() -> None:
    topics = {_topic(name) for name in ARTICLES}
    assert len(topics) >= TOPICS_AT_LEAST
    owned = defaultdict(set)
    for name in ARTICLES:
        owned[_locale(name)].add(_topic(name))
    assert len(owned) == 6
    assert sum(own != topics for own in owned.values()) >= 4


@pytest.mark.parametrize("name", BILINGUAL)
def test_units_are_well_formed(name: str) -> None:
    text = BILINGUAL[name]
    ids = [match["id"] for match in UNIT.finditer(text)]
    assert max(Counter(ids).values()) == 1
    assert len({identity.partition("-")[0] for identity in ids}) == 1
    left = UNIT.sub("", text)
    assert "data-ttu-id" not in left
    assert "sxs-lookup" not in left
    numbers = [int(number) for _, _, number in (i.partition("-") for i in ids) if number[0] != "p"]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("name", ARTICLES)
def test_front_matter_is_consistent(name: str) -> None:
    front = _front(ARTICLES[name])
    keys = [key for key, _ in front]
    values = dict(front)
    if "ms.openlocfilehash" not in keys:
        assert name in ARTICLES.keys() - BILINGUAL.keys()
        return
    assert keys[-6:] == UNTRANSLATED_ORDER
    assert values["ms.contentlocale"] == _locale(name)
    assert re.fullmatch(r"[0-9a-f]{40}", values["ms.sourcegitcommit"])
    hashes = {
        source_hash(source_text(read_source(_topic(name), revision).source))
        for revision in _list_revisions(_topic(name))
    }
    assert values["ms.openlocfilehash"] in hashes


def _list_revisions(topic: str) -> list[str]:
    path = SAMPLES / "source" / topic
    earlier = [found.stem.partition("@")[2] for found in path.parent.glob(f"{path.stem}@*.md")]
    return ["", *earlier]


def test_articles_of_one_revision_share_their_front_matter() -> None:
    shared = defaultdict(set)
    for name, text in BILINGUAL.items():
        front = _front(text)
        key = (_topic(name), dict(front)["ms.openlocfilehash"])
        shared[key].add(tuple(pair for pair in front if pair[0] not in OWN_KEYS))
    assert {len(fronts) for fronts in shared.values()} == {1}


def test_one_topic_has_two_revisions_and_one_has_no_source() -> None:
    hashes = defaultdict(set)
    for name, text in BILINGUAL.items():
        hashes[_topic(name)].add(dict(_front(text))["ms.openlocfilehash"])
    assert [topic for topic, found in hashes.items() if len(found) > 1] == [
        "help/mail/recover-deleted-messages.md"
    ]
    assert {_topic(name) for name in ARTICLES} - hashes.keys() == {
        "help/admin/set-a-retention-policy.md"
    }


def test_one_unit_disagrees_about_its_source() -> None:
    sources = defaultdict(set)
    for name, text in BILINGUAL.items():
        revision = dict(_front(text))["ms.openlocfilehash"]
        for match in UNIT.finditer(text):
            number = match["id"].partition("-")[2]
            if number[0] != "p":
                sources[_topic(name), revision, number].add(match["source"])
    disputed = [found for found in sources.values() if len(found) > 1]
    assert disputed == [{"It is deleted after 90 days.", "It is deleted after 60 days."}]


def test_source_hash_counts_line_ends_as_crlf() -> None:
    expected = "72dd82ee6968b55d1833597e2d6e1638a100c2ea"
    assert source_hash("a\nb\n") == source_hash("a\r\nb\r\n") == expected


def test_half_of_the_topics_are_proven() -> None:
    proven = {
        _topic(name)
        for name, text in BILINGUAL.items()
        if dict(_front(text))["ms.openlocfilehash"] in map(source_hash, _rebuild_sources(text))
    }
    assert len(proven) >= 10


def test_stripped_bilingual_is_the_monolingual_twin() -> None:
    twins = 0
    for name, text in BILINGUAL.items():
        twin = ARTICLES.get(name.replace("/", ".monolingual/", 1), "")
        ours, theirs = dict(_front(text)), dict(_front(twin)) if twin else {}
        if ours["ms.lasthandoff"] != theirs.get("ms.lasthandoff"):
            continue
        twins += 1
        stripped = UNIT.sub(
            lambda match: (
                match["target"] if "\\*" in match["source"] else match["target"].replace("\\*", "*")
            ),
            text,
        )
        stripped, twin = (
            re.sub(r"ms.locfileid: .*", "", _strip_units(side)) for side in (stripped, twin)
        )
        assert stripped == twin
    assert twins == 2


def test_pictures_are_the_same_in_all_locales_but_one() -> None:
    pictures = defaultdict(set)
    for path in LOCALES.rglob("*.png"):
        content = path.read_bytes()
        assert len(content) < 6 * 1024
        pictures[path.name].add(content)
    assert {name: len(found) for name, found in pictures.items() if len(found) > 1} == {
        "share-dialog.png": 2
    }


def test_links_lead_to_topics_and_anchors() -> None:
    anchors = defaultdict(set)
    owners = defaultdict(set)
    for name, text in ARTICLES.items():
        owners[_topic(name)].add(_locale(name))
        anchors[_topic(name)].update(ANCHOR.findall(text))
    lacking = set()
    for name, text in ARTICLES.items():
        for target, anchor in _list_links(name, text):
            assert target in owners
            assert not anchor or anchor in anchors[target]
            if _locale(name) not in owners[target]:
                lacking.add(target)
    assert lacking == {"help/admin/guest-access.md"}


def _list_links(name: str, text: str) -> Iterator[tuple[str, str]]:
    for match in LINK.finditer(_strip_units(text)):
        path, _, anchor = (match[1] or match[2] or "").partition("#")
        if re.match(r"[a-z-]+:", path) or not path:
            continue
        if path.startswith(SITE_BASE):
            yield f"help/{path.removeprefix(SITE_BASE)}.md", anchor
        elif path.endswith(".md") and "includes/" not in path:
            start = PurePosixPath("help") if path[0] == "~" else PurePosixPath(_topic(name)).parent
            yield _normalize(start / path.removeprefix("~/")), anchor


def _normalize(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def test_tables_of_contents_name_existing_topics() -> None:
    topics = {_topic(name) for name in ARTICLES}
    listed: dict[str, set[str]] = defaultdict(set)
    for path in LOCALES.rglob("TOC.*"):
        text = path.read_text(encoding="utf-8")
        base = path.relative_to(LOCALES).parent.as_posix().partition("/")[2]
        hrefs = re.findall(r"href: (\S+\.md)", text) + re.findall(r"\]\((\S+\.md)\)", text)
        listed[path.relative_to(LOCALES).parts[0]] |= {f"{base}/{href}" for href in hrefs}
    assert len(listed) == 6
    for found in listed.values():
        assert found - {"help/meet/TOC.md"} == topics
