"""Deliveries to measure with: the real ones where they are, else generated ones."""

from __future__ import annotations

import os
import random
import tarfile
from pathlib import Path

from tests.support.delivery_writer import (
    Handoff,
    Translation,
    list_segments,
    parse_source,
    source_hash,
    source_text,
    write_bilingual,
)

LOCALES = ("sv-SE", "nl-NL", "nb-NO", "ar-SA", "ja-JP")
CORPUS = Path(os.environ.get("HEXAPLA_CORPUS", "../shared/corpus"))

_WORDS = (
    "account folder message calendar meeting settings share select open file user group address "
    "the a your this that when where after before each other new old first last admin center"
).split()


def lay_out(locales: Path, topics: int) -> str:
    """Fill a folder of deliveries, and say with what.

    Args:
        locales: The folder ``locales/`` of a repository.
        topics: Number of topics; 0: the corpus where it is, else 3,000.
    """
    archives = [CORPUS / f"alchemy.{locale}.live-sxs.tar.xz" for locale in LOCALES]
    if topics == 0 and all(archive.is_file() for archive in archives):
        for archive in archives:
            with tarfile.open(archive) as tar:
                tar.extractall(locales, filter="data")
        return "the Alchemy corpus"
    _generate(locales, topics or 3000)
    return f"{topics or 3000:,} generated topics"


def _generate(locales: Path, topics: int) -> None:
    """Generate bilingual articles with lengths like real ones: 5 to 40 sentences."""
    chance = random.Random(7)
    for index in range(topics):
        title = f"{_sentence(chance, 4)} {index}"
        lines = [f"# ⟦{title}⟧", ""]
        for _ in range(chance.randint(3, 14)):
            sentences = [f"⟦{_sentence(chance, 14)}.⟧" for _ in range(chance.randint(1, 3))]
            lines += [" ".join(sentences), ""]
        source = parse_source(
            f'---\ntitle: "{title}"\nms.author: writer{index % 9}\nms.topic: article\n'
            f"ms.custom:\n- {index}\n---\n\n" + "\n".join(lines)
        )
        revision = source_hash(source_text(source))
        for number, locale in enumerate(LOCALES):
            targets: dict[int, str | None] = {
                segment.number: f"{segment.text} [{locale}]" for segment in list_segments(source)
            }
            translation = Translation(locale, targets, f"{index * 7 + number:05x}"[-5:])
            handoff = Handoff(revision, revision, "MT", "04/15/2021", f"5{index:07d}")
            path = locales / locale / f"help/section-{index % 40}/topic-{index}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = write_bilingual(source, translation, handoff)
            path.write_text(text, encoding="utf-8", newline="")


def _sentence(chance: random.Random, words: int) -> str:
    """Make up a sentence."""
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()
