"""Generate deliveries with articles as long and as marked up as real ones are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

from benchmarks.locales import LATIN, SOURCE, Writing, find_writing
from tests.support.delivery_writer import (
    Handoff,
    Segment,
    Source,
    Translation,
    list_segments,
    parse_source,
    source_hash,
    source_text,
    write_bilingual,
)

LEVELS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""The parts of all articles, or units, that are at most as long as the two tables below say."""

UNITS = (2, 2, 3, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 35, 90)
"""Units per article. Measured on the 14,500 articles of the Alchemy corpus."""

WORDS = (1, 1, 3, 4, 6, 8, 9, 11, 13, 16, 19, 23, 28, 37, 70)
"""Words per unit of the source, in the same articles."""

LINKED = BOLD = 0.22
"""Part of the units with a link, and with bold text."""

LISTED = 0.44
"""Part of the lines that are items of lists."""

VOCABULARY = 9000
"""Words of a locale; used as often as Zipf has it."""

SECTIONS = 40


def generate(locales: Path, topics: int, tags: Sequence[str]) -> None:
    """Write bilingual articles of so many topics in each of the locales."""
    for index in range(topics):
        chance = random.Random(index)
        source = _make_source(chance, index)
        revision = source_hash(source_text(source))
        segments = list_segments(source)
        for number, tag in enumerate(tags):
            targets: dict[int, str | None] = {
                segment.number: _translate(segment, find_writing(tag), f"{index} {tag}")
                for segment in segments
            }
            translation = Translation(tag, targets, f"{index * 37 + number:05x}"[-5:])
            handoff = Handoff(revision, revision, "MT", "04/15/2021", f"5{index:07d}")
            path = locales / tag / f"help/section-{index % SECTIONS}/topic-{index}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = write_bilingual(source, translation, handoff)
            path.write_text(text, encoding="utf-8", newline="")


def _make_source(chance: random.Random, index: int) -> Source:
    """Make up a source: a heading, then paragraphs and steps."""
    title = f"{_make_words(chance, LATIN, SOURCE, 5)} {index}".capitalize()
    lines = [f"# ⟦{title}⟧", ""]
    for _ in range(max(1, draw_length(chance, UNITS) - 2)):
        sentence = _make_sentence(chance)
        if chance.random() < 0.2:
            lines[-2] += f" ⟦{sentence}⟧"  # a second sentence of the line before
        else:
            lines += [f"1. ⟦{sentence}⟧" if chance.random() < LISTED else f"⟦{sentence}⟧", ""]
    front = (
        f'---\ntitle: "{title}"\nms.author: writer{index % 9}\nms.date: 12/18/2020\n'
        f"ms.topic: article\nms.custom:\n- {index}\n---\n\n"
    )
    return parse_source(front + "\n".join(lines))


def _make_sentence(chance: random.Random) -> str:
    words = _make_words(chance, LATIN, SOURCE, draw_length(chance, WORDS)).split()
    place = chance.randrange(len(words))
    kind = chance.random()
    if kind < LINKED:
        words[place] = f"[{words[place]}](https://help.example/{chance.randrange(5000)})"
    elif kind < LINKED + BOLD:
        words[place] = f"**{words[place]}**"
    return " ".join(words)[:1].upper() + " ".join(words)[1:] + "."


def _translate(segment: Segment, writing: Writing, seed: str) -> str:
    """Make up a target as long as a translation is, with the link or the bold of its source."""
    chance = random.Random(f"{seed} {segment.number}")
    words = max(1, round(len(segment.text.split()) * writing.ratio))
    text = _make_words(chance, writing, seed.partition(" ")[2], words)
    marked = next((word for word in segment.text.split() if word[0] in "[*"), None)
    if marked and "](" in marked:
        text += writing.gap + marked.removesuffix(".")
    elif marked:
        text += f" {marked.removesuffix('.')} "
    return text + (writing.stop if segment.text.endswith(".") else "")


def draw_length(chance: random.Random, table: Sequence[int]) -> int:
    """Draw a length so that those drawn are distributed as a table says."""
    level = chance.random()
    above = next(index for index, value in enumerate(LEVELS) if value > level)
    low, high = LEVELS[above - 1], LEVELS[above]
    part = (level - low) / (high - low)
    return round(table[above - 1] + part * (table[above] - table[above - 1]))


def _make_words(chance: random.Random, writing: Writing, locale: str, count: int) -> str:
    vocabulary, weights = _make_vocabulary(writing, locale)
    return writing.gap.join(chance.choices(vocabulary, cum_weights=weights, k=count))


@cache
def _make_vocabulary(writing: Writing, locale: str) -> tuple[list[str], list[float]]:
    """Make up a locale's words, and how often each is used: the shorter ones more often."""
    chance = random.Random(locale)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(writing.letters))))
    shortest, longest = writing.length
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        rank = len(words) / VOCABULARY
        most = max(shortest, round(shortest + (longest - shortest) * min(1, 0.3 + rank)))
        letters = chance.choices(
            writing.letters, cum_weights=weights, k=chance.randint(shortest, most)
        )
        words.setdefault("".join(letters))
        shortest += len(words) == VOCABULARY // 50  # short words are few
    return list(words), list(accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))
