"""The content to measure with: made up, or made from what there is."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
import yaml

from benchmarks.changing import UNIT_ENDS
from benchmarks.deliveries import choose_topics
from benchmarks.generating import LEVELS, UNITS, WORDS, draw_length, generate
from benchmarks.locales import TAGS, choose_base, choose_tags
from benchmarks.projects import write_configuration
from benchmarks.relabelling import change_word, relabel_article
from hexapla.parsing import parse_article

ARTICLE = """\
---
title: Dela mappen
ms.openlocfilehash: 8cda
ms.contentlocale: sv-SE
---
# <a name="share"></a><span data-ttu-id="feefb-102">Dela `mappen` med andra</span>\
<span class="sxs-lookup"><span data-stu-id="feefb-102">Share the folder</span></span>

> [!NOTE]
> <span data-ttu-id="feefb-103">Läs [mera](../other.md#anchor) &nbsp; https://mappen.example</span>\
<span class="sxs-lookup"><span data-stu-id="feefb-103">Read [more](../other.md#anchor)</span></span>
"""


def test_a_copy_has_other_words_and_all_else() -> None:
    copy = relabel_article(ARTICLE, "da-DK", 1)
    changed = {
        (old, new)
        for old, new in zip(ARTICLE.splitlines(), copy.splitlines(), strict=True)
        if old != new
    }
    assert ("ms.contentlocale: sv-SE", "ms.contentlocale: da-DK") in changed
    assert len(changed) == 4
    for kept in ("`mappen`", "(../other.md#anchor)", "https://mappen.example", "[!NOTE]",
                 "Share the folder", "&nbsp;", "8cda", 'name="share"'):  # fmt: skip
        assert kept in copy
    assert "Dela" not in copy


def test_every_copy_of_a_word_is_another_word() -> None:
    for word in ("Dela", "mappen", "العربية", "フォルダーを"):
        copies = [change_word(word, copy) for copy in range(1, 8)]
        assert word not in copies
        assert change_word(word, 3) == copies[2]
        if len(word) > 4:
            assert len(set(copies)) > 3


def test_generated_deliveries_are_whole_and_the_same_each_time(tmp_path: Path) -> None:
    tags = ("sv-SE", "ar-SA", "ja-JP", "th-TH")
    for name in ("once", "twice"):
        generate(tmp_path / name, 6, tags)
    once = {
        path.relative_to(tmp_path / "once"): path.read_bytes()
        for path in (tmp_path / "once").rglob("*.md")
    }
    assert len(once) == 6 * len(tags)
    for path, data in once.items():
        assert (tmp_path / "twice" / path).read_bytes() == data
        article, findings = parse_article(data, path.parts[0], str(path))
        assert not findings
        assert article.is_bilingual
    assert all(UNIT_ENDS in data.decode() for data in once.values())


@pytest.mark.parametrize("table", [UNITS, WORDS])
def test_lengths_are_distributed_as_measured(table: tuple[int, ...]) -> None:
    chance = random.Random(1)
    drawn = sorted(draw_length(chance, table) for _ in range(4000))
    for level, length in list(zip(LEVELS, table, strict=True))[1:-1]:
        assert drawn[int(level * len(drawn))] == pytest.approx(length, abs=max(1, length * 0.12))
    assert table[0] <= drawn[0] <= drawn[-1] <= table[-1]


def test_topics_are_chosen_all_over_and_the_same_each_time() -> None:
    paths = [f"help/{section}/topic-{number}.md" for section in "abcd" for number in range(50)]
    chosen = choose_topics([*paths, "help/media/x.png", "help/includes/y.md"], 60)
    assert chosen is not None
    assert chosen == choose_topics(reversed(paths), 60)
    assert min(Counter(path.split("/")[1] for path in chosen).values()) > 5
    assert choose_topics(paths, 201) is None
    assert choose_topics(paths, 0) == set(paths)


def test_locales_are_made_from_their_kind() -> None:
    delivered = TAGS[:5]
    assert choose_base("he-IL", delivered) == "ar-SA"
    assert choose_base("zh-CN", delivered) == "ja-JP"
    assert choose_base("de-DE", delivered) in {"sv-SE", "nl-NL", "nb-NO"}
    assert len(set(choose_tags(36))) == 35
    with pytest.raises(ValueError, match="--locales is 2 to"):
        choose_tags(1)


def test_the_configuration_is_ours_with_other_languages() -> None:
    text = write_configuration(("en-US", "da-DK"))

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("", lambda loader, suffix, node: suffix)
    loaded = yaml.load(text, Loader)
    plugins = {name: options for entry in loaded["plugins"] if isinstance(entry, dict)
               for name, options in entry.items()}  # fmt: skip
    assert [entry["locale"] for entry in plugins["i18n"]["languages"]] == ["en-US", "da-DK"]
    assert "products" not in plugins["hexapla"]
    assert loaded["nav"] == ["index.md"]
    assert "pymdownx.slugs.slugify" in text
