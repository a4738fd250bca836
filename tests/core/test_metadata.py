"""Front matter is divided between the locales' pages and what they share, and nothing is lost."""

import math

import pytest
import yaml

from hexapla.front_matter import OWN_KEYS
from hexapla.metadata import (
    own_entries,
    read_entries,
    report_reserved,
    share_entries,
    write_front_matter,
    write_shared_metadata,
)
from hexapla.model import Relation
from tests.core.articles import read_article, write_front


def test_what_locales_share_is_all_but_their_own_keys() -> None:
    article = read_article(write_front(extra="ms.custom: 100021\ndescription: Kort\n"))
    shared = share_entries(article)
    assert list(shared) == [
        "ms.topic",
        "ms.custom",
        "ms.openlocfilehash",
        "ms.sourcegitcommit",
        "ms.lasthandoff",
    ]
    assert shared["ms.custom"] == 'ms.custom: "100021"\n'
    own = own_entries(article, shared)
    assert set(own) == {*OWN_KEYS} - {"keywords"}


def test_a_page_says_what_it_does_not_share() -> None:
    shared = share_entries(read_article(write_front(extra="ms.custom: a\nms.reviewer: x\n")))
    other = read_article(write_front(date="01/01/2021", extra="ms.custom: b\nms.date: 1\n"))
    own = own_entries(other, shared)
    assert own["ms.custom"] == "ms.custom: b\n"
    assert own["ms.date"] == 'ms.date: "1"\n'
    assert own["ms.lasthandoff"] == "ms.lasthandoff: 01/01/2021\n"
    assert "ms.reviewer" not in own


def test_a_page_without_a_revision_does_not_inherit_one() -> None:
    shared = share_entries(read_article(write_front()))
    own = own_entries(read_article("---\ntitle: Nytt\n---\n"), shared)
    assert own == {
        "title": "title: Nytt\n",
        "ms.openlocfilehash": 'ms.openlocfilehash: ""\n',
        "ms.sourcegitcommit": 'ms.sourcegitcommit: ""\n',
        "ms.lasthandoff": 'ms.lasthandoff: ""\n',
    }


def test_delivered_keys_with_a_meaning_of_ours_are_kept_aside() -> None:
    article = read_article("---\ntitle: a\nrelated: b\nproven:\n- c\n---\n")
    assert read_entries(article) == {
        "title": "title: a\n",
        "delivered": 'delivered: "related: b\\nproven:\\n- c\\n"\n',
    }
    assert "delivered" not in share_entries(article)


@pytest.mark.parametrize(
    "front",
    [
        "---\nrubrik: a: b\n---\n",
        "---\n- a\n---\n",
        "---\na: &x b\n---\n",
        "---\n# comment\na: b\n---\n",
        "---\na: b\na: c\n---\n",
        "---\na: \x92\u2028\x85\n---\n",
    ],
)
def test_front_matter_that_is_no_mapping_or_more_is_kept_as_it_is(front: str) -> None:
    entries = read_entries(read_article(front))
    assert yaml.safe_load(entries["delivered"]) == {"delivered": front}


def test_earlier_articles_stand_below_the_page() -> None:
    text = write_front_matter(
        {"title": "title: Nytt\n"},
        [
            {"title": "title: Gammalt\n", "x": "x: |\n  - 1\n\n  y\n"},
            {},
            {"title": "title: Äldst\n"},
        ],
    )
    assert text == (
        "---\ntitle: Nytt\nsuperseded:\n- title: Gammalt\n  x: |\n    - 1\n  \n    y\n"
        "- title: Äldst\n---\n"
    )
    assert yaml.safe_load(text.strip("-\n")) == {
        "title": "Nytt",
        "superseded": [{"title": "Gammalt", "x": "- 1\n\ny\n"}, {"title": "Äldst"}],
    }


def test_delivered_keys_with_a_meaning_of_ours_are_reported() -> None:
    article = read_article(write_front(extra="proven: yes\n") + "# T\n")
    assert [finding.render_text() for finding in report_reserved(article)] == [
        "a.md:4:1: warning: the front matter key 'proven' has a meaning of its own in bundles"
        " (it is kept under the key delivered) [reserved-key]"
    ]


def test_without_entries_there_is_no_front_matter() -> None:
    assert write_front_matter({}, [{}]) == ""


def test_shared_metadata_says_where_the_source_is_from() -> None:
    relations = [
        Relation("share-2", False, 1.75, ("same heading", "same ms.assetid")),
        Relation("nl-NL.loose/1.txt", True, math.inf, ("same revision",)),
    ]
    text = write_shared_metadata({"a": "a: b\n"}, "reconstructed", "ab" * 20, relations)
    assert yaml.safe_load(text) == {
        "a": "b",
        "provenance": "reconstructed",
        "proven": "ab" * 20,
        "related": [
            {
                "other": "share-2",
                "decision": "kept apart",
                "score": "1.75",
                "because": ["same heading", "same ms.assetid"],
            },
            {
                "other": "nl-NL.loose/1.txt",
                "decision": "joined",
                "score": "certain",
                "because": ["same revision"],
            },
        ],
    }


def test_shared_metadata_without_proof_or_relations_is_short() -> None:
    assert write_shared_metadata({}, "none", "", ()) == "provenance: none\n"
