"""Fifty reconstructed sources beside the originals that they were translated from.

The originals are never used to reconstruct anything. What a delivery lost can be told apart: the
empty line after the front matter, image texts that stand outside of units, and blanks, which the
delivering system writes anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from hexapla.anchors import remove_anchors
from hexapla.source import reconstruct_source
from tests.corpus.archives import parse_archive, read_archive

FRONT_MATTER = re.compile(r"---[ \t]*\n.*?^---[ \t]*\n", re.DOTALL | re.MULTILINE)
IMAGE_TEXT = re.compile(r'(?<=!\[)[^\]]*(?=\])|(?<=alt-text=")[^"]*(?=")|(?<=\balt=")[^"]*(?=")')

LEVELS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("exact", lambda text: text),
    ("but for a leading empty line", lambda text: text.lstrip("\n")),
    ("but for image texts", lambda text: IMAGE_TEXT.sub("", text)),
    ("but for soft line breaks", lambda text: re.sub(r"[ \t]*\n(?=[^\n])", " ", text)),
    ("but for the kind and number of blanks", lambda text: re.sub(r"\s+", " ", text)),
)
"""What is left out of account, each with all those before it."""

AT_LEAST = (13, 23, 35, 39, 46)
"""How many of the fifty are equal at each level."""

EXPLAINED = {
    "MicrosoftSearch/connectors-gallery.md": "delivered without units, so that it has no source",
    "MicrosoftSearch/index.md": "delivered without units, so that it has no source",
    "MicrosoftSearch/licensing.md": (
        "the delivery joined two lines of an alert, and with them lost the second line's mark (>)"
    ),
    "MicrosoftSearch/manage-feedback.md": (
        "the delivery's source has a blank between a bold name and the comma after it"
    ),
}
"""Those that are equal at no level, and why."""


def test_reconstructed_sources_are_their_originals() -> None:
    originals = read_archive("mssearch.en-US.originals")
    bilingual = parse_archive("mssearch.ja-JP.live-sxs")
    assert len(originals) == 50
    assert originals.keys() <= bilingual.keys()
    equal: Counter[str] = Counter()
    unequal = []
    for name, data in originals.items():
        article = bilingual[name]
        if not article.is_bilingual:
            unequal.append(name)
            continue
        original = data.decode("utf-8-sig").replace("\r\n", "\n")
        original = FRONT_MATTER.sub("", original, count=1)
        body = remove_anchors(reconstruct_source([article]).body)
        level = ""
        for title, reduce in LEVELS:
            original, body = reduce(original), reduce(body)
            if not level and original == body:
                level = title
        if level:
            equal[level] += 1
        else:
            unequal.append(name)
    counts = [equal[title] for title, _ in LEVELS]
    running = [sum(counts[: index + 1]) for index in range(len(counts))]
    assert all(count >= least for count, least in zip(running, AT_LEAST, strict=True)), running
    assert sorted(unequal) == sorted(EXPLAINED)
