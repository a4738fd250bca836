"""Newer monolingual text finds its source: by its own earlier delivery, and by other locales.

The monolingual twins of bilingual articles are aligned as if their units were not known, and then
compared with them. `HEXAPLA_ALL_TWINS=1` takes all of them instead of every tenth.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from hexapla.aligning import Alignment, align_topic
from hexapla.escapes import restore_emphasis
from hexapla.model import Article, Form, Unit
from hexapla.normalizing import Reading
from hexapla.parsing import parse_article
from tests.corpus.archives import find_locale, make_reading, read_archive

STEP = 1 if os.environ.get("HEXAPLA_ALL_TWINS") else 10
EARLIER = "alchemy.sv-SE.live-sxs.2021-04-01"
OTHERS = ("alchemy.nl-NL.live-sxs", "alchemy.ja-JP.live-sxs")
LETTER = re.compile(r"[^\W_]")
BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class Score:
    """How many sentences there are, and how many were given a source, the right one or not."""

    sentences: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.found / self.sentences


def parse(archive: str, name: str) -> Article | None:
    data = read_archive(archive).get(name)
    locale = find_locale(archive)
    return None if data is None else parse_article(data, locale, f"locales/{locale}/{name}")[0]


def list_spans(article: Article) -> Iterator[tuple[int, int, Unit]]:
    """Yield where each unit stands in the article without its spans."""
    restored = restore_emphasis(article.units)
    place = 0
    for segment in article.segments:
        if isinstance(segment, str):
            place += len(segment)
            continue
        text = restored.get(segment, segment).target
        if LETTER.search(text):
            yield place, place + len(text), segment
        place += len(text)


def read_body(article: Article) -> str:
    return "".join(s if isinstance(s, str) else s.target for s in article.segments)


def count(alignment: Alignment, body: str, truth: Article, score: Score) -> None:
    """Compare an alignment with the units that the text really has."""
    spans = list(list_spans(truth))
    score.sentences += len(spans)
    sources = {u.number: u.source for u in alignment.base.units} if alignment.base else {}
    done = 0
    for passage in alignment.passages:
        start = body.index(passage.text, done)
        done = start + len(passage.text)
        given = BLANKS.sub("", "".join(sources[number] for number in passage.units))
        if not LETTER.search(given):
            continue
        meant = [
            span
            for span in spans
            if span[0] < done
            and span[1] > start
            and LETTER.search(body, max(span[0], start), min(span[1], done))
        ]
        # Marks and blanks at a sentence's ends may be on either side; its words may not.
        is_whole = all(span[0] >= start - 3 and span[1] <= done + 3 for span in meant)
        if is_whole and given == BLANKS.sub("", "".join(unit.source for _, _, unit in meant)):
            score.right += 1
            # Sentences that were not told apart do not count as found.
            score.found += len(meant) if len(passage.units) == 1 else 0
        else:
            score.wrong += 1


@pytest.mark.parametrize(
    ("archives", "precision", "recall"),
    [
        ((EARLIER, *OTHERS), 0.98, 0.90),
        (OTHERS, 0.98, 0.90),
        # Of what is changed since, and no other locale tells, the source is not known.
        ((EARLIER,), 0.98, 0.80),
    ],
    ids=["both", "other locales", "earlier delivery"],
)
def test_twins_are_aligned(archives: tuple[str, ...], precision: float, recall: float) -> None:
    score = Score()
    for name in sorted(read_archive("alchemy.sv-SE.twins"))[::STEP]:
        twin = parse("alchemy.sv-SE.twins", name)
        truth = parse("alchemy.sv-SE.live-sxs", name)
        if twin is None or truth is None or not truth.is_bilingual:
            continue
        body = read_body(twin)
        restored = restore_emphasis(truth.units)
        if body != "".join(
            s if isinstance(s, str) else restored.get(s, s).target for s in truth.segments
        ):
            continue  # no twin: what is true of it is not known
        readings: list[Reading] = [make_reading(twin, Form.MONOLINGUAL, name)]
        for archive in archives:
            article = parse(archive, name)
            if article is not None and article.is_bilingual:
                readings.append(make_reading(article, Form.BILINGUAL, name))
        alignment = align_topic(readings, "en-US")[0]["sv-SE"]
        assert alignment.article is twin
        count(alignment, body, truth, score)
    print(f"\n{score}: precision {score.precision:.4f}, recall {score.recall:.4f}")
    assert score.sentences > 2_000
    assert score.precision >= precision
    assert score.recall >= recall
