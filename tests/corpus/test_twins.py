"""A bilingual article without its spans is its twin: invariant 1 of the design."""

from __future__ import annotations

from hexapla.model import Form, Topic
from hexapla.normalizing import Setting, build_bundle, join_target
from tests.corpus.archives import make_reading, parse_archive

PAIRS = 2908
EQUAL_AT_LEAST = 2903


def test_stripped_articles_are_their_twins_and_the_others_are_reported() -> None:
    bilingual = parse_archive("alchemy.sv-SE.live-sxs")
    twins = parse_archive("alchemy.sv-SE.twins")
    names = [name for name in bilingual if name in twins]
    assert len(names) == PAIRS
    different, reported = [], []
    for name in names:
        one, two = bilingual[name], twins[name]
        if one.front.text + join_target(one) != two.front.text + join_target(two):
            different.append(name)
        readings = [
            make_reading(one, Form.BILINGUAL, name),
            make_reading(two, Form.MONOLINGUAL, name),
        ]
        bundle = build_bundle(Topic(name.removesuffix(".md"), ()), readings, Setting("en-US"))
        if any(finding.code == "twin-differs" for finding in bundle.findings):
            reported.append(name)
    assert PAIRS - len(different) >= EQUAL_AT_LEAST
    assert reported == different
