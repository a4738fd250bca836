"""Articles that came without their paths are grouped as their evidence allows."""

from __future__ import annotations

import pytest

from hexapla.evidence import gather_evidence
from hexapla.grouping import Loose, group_topics
from hexapla.model import Delivered, Form
from hexapla.parsing import parse_article
from hexapla.revisions import order_of
from tests.corpus.archives import SEEDS


def test_seeds_are_grouped() -> None:
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        pytest.skip("there are no seeds beside the real deliveries (HEXAPLA_CORPUS)")
    loose = []
    for file in files:
        data = file.read_bytes()
        locale = parse_article(data, "und", file.name)[0].front.scalar("ms.contentlocale")
        article, findings = parse_article(data, locale, file.name)
        assert findings == []
        delivered = Delivered(locale, Form.LOOSE, f"{locale}.loose/{file.name}", file.name)
        title = article.front.scalar("title")
        loose.append(Loose(delivered, gather_evidence(article), order_of(article), title))
    topics = group_topics({}, loose, {})
    assert {
        topic.identifier: sorted(file.name[:3] for file in topic.articles) for topic in topics
    } == {
        "user-profile-and-photo-synchronization": ["000", "001"],
        "when-do-my-profile-changes-sync-to-the-sharepoint-user-profile-application": ["002"],
        "sync-a-users-profile-picture": ["003"],
        "sync-a-users-profile-picture-2": ["004"],
    }
    relations = {
        (topic.identifier, relation.other, relation.joined)
        for topic in topics
        for relation in topic.relations
        if not relation.joined
    }
    assert relations == {
        ("sync-a-users-profile-picture", "sync-a-users-profile-picture-2", False),
        ("sync-a-users-profile-picture-2", "sync-a-users-profile-picture", False),
    }
