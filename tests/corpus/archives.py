"""Real deliveries: archives that are no part of the repository.

`HEXAPLA_CORPUS` names their folder; else they are looked for beside the checkout.
"""

from __future__ import annotations

import os
import tarfile
from functools import lru_cache
from pathlib import Path

import pytest

from hexapla.model import Article, Delivered, Form
from hexapla.normalizing import Reading
from hexapla.parsing import parse_article
from hexapla.revisions import order_of

ROOT = Path(__file__).parents[2]
CORPUS = Path(ROOT, os.environ.get("HEXAPLA_CORPUS", "../shared/corpus"))
SEEDS = CORPUS.parent / "seeds"

ALCHEMY_LOCALES = ("ar-SA", "ja-JP", "nb-NO", "nl-NL", "sv-SE")
BILINGUAL = (
    *(f"alchemy.{locale}.live-sxs" for locale in ALCHEMY_LOCALES),
    "alchemy.sv-SE.live-sxs.2020-06-01",
    "alchemy.sv-SE.live-sxs.2021-04-01",
    "mssearch.ja-JP.live-sxs",
    "officejs.fr-FR.live-sxs",
)
MONOLINGUAL = (
    *(f"alchemy.{locale}.live" for locale in ALCHEMY_LOCALES),
    "alchemy.sv-SE.twins",
    "mssearch.en-US.originals",
    "mssearch.ja-JP.live",
    "officejs.fr-FR.live",
)


@lru_cache(maxsize=8)
def read_archive(name: str) -> dict[str, bytes]:
    """Read an archive's Markdown: path in the docset → bytes; skip the test without it."""
    path = CORPUS / f"{name}.tar.xz"
    if not path.is_file():
        pytest.skip(f"there is no {path.name}: HEXAPLA_CORPUS names the folder of real deliveries")
    articles = {}
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.lower().endswith(".md"):
                file = archive.extractfile(member)
                assert file is not None
                articles[member.name.partition("/")[2]] = file.read()
    return articles


def find_locale(archive: str) -> str:
    """Give the locale of an archive: ``alchemy.sv-SE.live`` is of sv-SE."""
    return archive.split(".")[1]


def parse_archive(archive: str) -> dict[str, Article]:
    """Parse an archive's articles: path in the docset → article."""
    locale = find_locale(archive)
    return {
        name: parse_article(data, locale, f"locales/{locale}/{name}")[0]
        for name, data in sorted(read_archive(archive).items())
    }


def make_reading(article: Article, form: Form, name: str) -> Reading:
    """Make a reading of an article that was delivered in a form."""
    delivered = Delivered(article.locale, form, f"{article.locale}{form.value}/{name}", name)
    return Reading(delivered, article, order_of(article))
