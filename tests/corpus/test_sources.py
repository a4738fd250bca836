"""The source is the same text from whichever locale, and many a source is proven."""

from __future__ import annotations

from collections import Counter, defaultdict

from hexapla.escapes import restore_emphasis
from hexapla.model import Article
from hexapla.revisions import choose_revision
from hexapla.source import reconstruct_source
from tests.corpus.archives import ALCHEMY_LOCALES, parse_archive

AGREEING_AT_LEAST = 0.999
PROVEN_AT_LEAST = 130


def list_sources(article: Article) -> list[str]:
    """Give the source of each unit."""
    restored = restore_emphasis(article.units)
    return [restored.get(unit, unit).source for unit in article.units]


def test_locales_agree_about_the_source_and_many_are_proven() -> None:
    topics: defaultdict[str, list[Article]] = defaultdict(list)
    for locale in ALCHEMY_LOCALES:
        for name, article in parse_archive(f"alchemy.{locale}.live-sxs").items():
            if article.is_bilingual:
                topics[name].append(article)
    counts: Counter[str] = Counter()
    for articles in topics.values():
        chosen = choose_revision(articles)
        others = [article for article in articles if article.revision != chosen[0].revision]
        source = reconstruct_source(chosen, others)
        counts["proven"] += bool(source.proof)
        if not source.revision or len(chosen) == 1:
            continue  # includes name no revision, and are not known to be of one
        for article in chosen:
            # A link's mark may stand within a unit in one locale and outside of it in another.
            agreeing = [text for text in list_sources(article) if text in source.body]
            counts["units"] += len(article.units)
            counts["agreeing"] += len(agreeing)
    assert counts["units"] > 110_000
    assert counts["agreeing"] / counts["units"] >= AGREEING_AT_LEAST, counts
    assert counts["proven"] >= PROVEN_AT_LEAST, counts
