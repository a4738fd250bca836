"""Every real article comes back to the byte, and no unit of it is overlooked."""

from __future__ import annotations

import pytest

from hexapla.model import Form, Topic
from hexapla.normalizing import Setting, build_bundle, join_target
from hexapla.parsing import parse_article, render_article
from tests.corpus.archives import (
    BILINGUAL,
    MONOLINGUAL,
    find_locale,
    make_reading,
    parse_archive,
    read_archive,
)

SPANS = ("data-ttu-id", "data-stu-id", "sxs-lookup")


@pytest.mark.parametrize("archive", BILINGUAL)
def test_bilingual_articles_come_back_and_every_unit_is_found(archive: str) -> None:
    locale = find_locale(archive)
    wrong = []
    units = 0
    for name, data in read_archive(archive).items():
        article, _ = parse_article(data, locale, name)
        found = len(article.units)
        stripped = article.front.text + join_target(article)
        if (
            render_article(article) != data
            or found != data.count(b"data-ttu-id")
            or any(span in stripped for span in SPANS)
        ):
            wrong.append(name)
        units += found
    assert wrong == []
    assert units > 2000


@pytest.mark.parametrize("archive", MONOLINGUAL)
def test_monolingual_articles_come_back(archive: str) -> None:
    locale = find_locale(archive)
    wrong = []
    for name, data in read_archive(archive).items():
        article, _ = parse_article(data, locale, name)
        if render_article(article) != data or article.is_bilingual:
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("archive", ["mssearch.ja-JP.live-sxs", "officejs.fr-FR.live-sxs"])
def test_no_page_has_a_span_left_and_lines_stay(archive: str) -> None:
    setting = Setting("en-US")
    wrong = []
    for name, article in parse_archive(archive).items():
        topic = Topic(name.removesuffix(".md"), ())
        bundle = build_bundle(topic, [make_reading(article, Form.BILINGUAL, name)], setting)
        stripped = join_target(article)
        for page in bundle.pages:
            if any(span in page.text for span in SPANS):
                wrong.append(page.path)
            own = page.locale == article.locale
            if own and page.text.endswith("\n") and stripped.endswith("\n"):
                body = page.text.split("\n")[-stripped.count("\n") - 1 :]
                if [line == "" for line in body] != [line == "" for line in stripped.split("\n")]:
                    wrong.append(page.path)
    assert wrong == []
