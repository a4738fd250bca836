"""Revisions: which of several articles is the latest, and which revision gives the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hexapla.model import Article

_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})\Z")
_FILE_ID = re.compile(r"[0-9]{1,18}\Z")

HandOff = tuple[str, int]
"""When an article was handed off: ``("20200915", 47798070)``, date and file id."""


def order_of(article: Article) -> HandOff:
    """Say where an article stands in time: by hand-off date, then by file id.

    Newer deliveries have neither (FORMAT.md, Front matter: from 2022 on), so that an article
    without a date is the latest; one whose date is no date is the earliest.
    """
    date = article.front.scalar("ms.lasthandoff")
    file_id = article.front.scalar("ms.locfileid")
    match = _DATE.match(date)
    day = f"{match[3]}{match[1]}{match[2]}" if match else ("" if date else "99999999")
    return day, int(file_id) if _FILE_ID.match(file_id) else 0


def choose_revision(articles: Iterable[Article]) -> Sequence[Article]:
    """Choose the articles that give a topic's source.

    Of the revisions for which there is a bilingual article, the latest handed off; ties go to the
    one with more locales, then to the greater hash.

    Returns:
        The bilingual articles of that revision; none where no article has units.
    """
    by_revision: dict[str, list[Article]] = {}
    for article in articles:
        if article.is_bilingual:
            by_revision.setdefault(article.revision, []).append(article)
    if len(by_revision) < 2:
        return next(iter(by_revision.values()), [])
    return max(
        by_revision.values(),
        key=lambda group: (
            max(order_of(article)[0] for article in group),
            len({article.locale for article in group}),
            group[0].revision,
        ),
    )
