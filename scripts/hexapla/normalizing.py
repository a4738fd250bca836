"""Normalizing: from a topic's articles to its bundle.

The source becomes ``index.md``, each locale's latest article ``index.<locale>.md`` without spans,
and the front matter is divided into what all share (``.meta.yml``) and what is the locale's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hexapla.anchors import convert_anchors
from hexapla.dialect import normalize_dialect
from hexapla.escapes import restore_emphasis
from hexapla.findings import Finding
from hexapla.links import Place, rewrite_links
from hexapla.metadata import (
    Entries,
    own_entries,
    report_reserved,
    share_entries,
    write_front_matter,
    write_shared_metadata,
)
from hexapla.model import Article, Bundle, Delivered, Page, Topic, Unit
from hexapla.paths import SHARED_METADATA, is_repository_file, page_path
from hexapla.revisions import HandOff, choose_revision
from hexapla.source import Source, adopt_source, find_unit_lines, reconstruct_source
from hexapla.yaml_strings import quote

_UNWRITABLE = re.compile("[\ud800-\udfff\0]")


@dataclass(frozen=True, slots=True)
class Setting:
    """What normalizing needs to know of the repository."""

    source_locale: str
    """The locale that articles are translated from: ``en-US``."""
    roots: tuple[str, ...] = ()
    """The roots of the docsets, for ``~/`` references."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A delivered article of the topic, read."""

    delivered: Delivered
    """Where it came from."""
    article: Article
    """What it says."""
    order: HandOff
    """When it was handed off."""


def build_bundle(topic: Topic, readings: Sequence[Reading], setting: Setting) -> Bundle:
    """Write a topic's bundle.

    Args:
        topic: The topic; its relations go into the shared metadata.
        readings: Its articles; their order does not matter.
        setting: What is the same for all topics.
    """
    readings = sorted(readings, key=lambda reading: reading.delivered.path)
    if all(
        is_repository_file(reading.delivered.name) and not reading.article.front.segments
        for reading in readings
    ):
        return Bundle(topic.identifier, ())
    findings: list[Finding] = []
    for reading in readings:
        findings += report_reserved(reading.article)
    by_locale = order_readings(readings)
    for group in by_locale.values():
        findings += _compare_twins(group)
    originals = by_locale.pop(setting.source_locale, [])
    source = find_source(readings, originals)
    latest = source.article if source else max(readings, key=_prefer).article
    shared = share_entries(latest)
    pages = []
    for locale, group in sorted(by_locale.items()):
        text, noticed = write_page(topic, group, shared, setting)
        findings += noticed
        path = page_path(topic.identifier, locale, setting.source_locale)
        pages.append(Page(path, locale, text, tuple(r.delivered.path for r in group)))
    if source is None:
        path = f"locales/{readings[0].delivered.path}"
        findings.append(Finding(path, 0, 0, "source-missing", "no delivery gives its source"))
    else:
        delivered = next(r.delivered for r in readings if r.article is source.article)
        text, noticed = write_source_page(
            topic, source, delivered, originals, shared=shared, setting=setting
        )
        findings += noticed
        origins = tuple(r.delivered.path for r in originals or readings)
        path = page_path(topic.identifier, setting.source_locale, setting.source_locale)
        pages.append(Page(path, setting.source_locale, text, origins))
    meta = write_shared_metadata(
        shared,
        "none" if source is None else "delivered" if originals else "reconstructed",
        "" if source is None else source.proof,
        topic.relations,
    )
    pages.append(Page(f"{topic.identifier}/{SHARED_METADATA}", setting.source_locale, meta))
    return Bundle(topic.identifier, tuple(sorted(pages, key=lambda p: p.path)), tuple(findings))


def order_readings(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    """Group a topic's articles by locale, the one to show first."""
    by_locale: dict[str, list[Reading]] = {}
    for reading in readings:
        by_locale.setdefault(reading.article.locale, []).append(reading)
    for group in by_locale.values():
        group.sort(key=_prefer, reverse=True)
    return by_locale


def _prefer(reading: Reading) -> tuple[HandOff, bool, str]:
    """Order a locale's articles: the latest hand-off, then the canonical monolingual form."""
    return reading.order, not reading.article.is_bilingual, reading.delivered.path


def find_source(
    readings: Sequence[Reading], originals: Sequence[Reading], *, is_proof_needed: bool = True
) -> Source | None:
    """Find a topic's source: delivered as such, or reconstructed from the latest revision.

    Args:
        readings: Its articles.
        originals: Those of the source locale, the one to show first.
        is_proof_needed: Whether to look for a proof where the text does not depend on it.
    """
    if originals:
        revisions = {r.article.revision for r in readings if r.article.revision}
        return adopt_source(originals[0].article, sorted(revisions))
    bilingual = [r.article for r in readings if r.article.is_bilingual]
    chosen = choose_revision(bilingual)
    others = [article for article in bilingual if article.revision != chosen[0].revision]
    if not chosen:
        return None
    return reconstruct_source(chosen, others, is_proof_needed=is_proof_needed)


def write_page(
    topic: Topic, group: Sequence[Reading], shared: Entries, setting: Setting
) -> tuple[str, list[Finding]]:
    """Write a locale's page from its articles, the one to show first.

    Returns:
        The page's text and the findings.
    """
    reading = group[0]
    article = reading.article
    restored = restore_emphasis(article.units)
    lines = find_unit_lines(article) if restored else {}
    findings = [
        Finding(
            article.path,
            lines[unit.number],
            0,
            "broken-emphasis",
            f"emphasis marks do not pair in unit {unit.identifier}",
        )
        for unit in restored
    ]
    body = join_target(article, restored)
    own = own_entries(article, shared)
    superseded = [_differences(older.article, own, shared) for older in group[1:]]
    front = write_front_matter(own, superseded)
    body, noticed = _normalize_body(body, topic, reading.delivered, article, setting)
    return _join_page(front, body), findings + noticed


def write_source_page(
    topic: Topic,
    source: Source,
    delivered: Delivered,
    originals: Sequence[Reading],
    *,
    shared: Entries,
    setting: Setting,
) -> tuple[str, list[Finding]]:
    """Write the source's page, ``index.md``.

    Returns:
        The page's text and the findings.
    """
    article = source.article
    own: Entries = {}
    superseded: list[Entries] = []
    if originals:
        own = own_entries(article, shared)
        superseded = [_differences(older.article, own, shared) for older in originals[1:]]
    elif source.title:
        own = {"title": f"title: {quote(source.title)}\n"}
    front = write_front_matter(own, superseded)
    body, noticed = _normalize_body(source.body, topic, delivered, article, setting)
    if not originals:
        noticed = []  # the translations' pages have reported the same text
    return _join_page(front, body), [*source.findings, *noticed]


def join_target(article: Article, restored: Mapping[Unit, Unit] | None = None) -> str:
    """Put each unit's target in its place: the article without its spans."""
    if restored is None:
        restored = restore_emphasis(article.units)
    if not restored:
        return "".join(
            segment.target if isinstance(segment, Unit) else segment for segment in article.segments
        )
    return "".join(
        segment if isinstance(segment, str) else restored.get(segment, segment).target
        for segment in article.segments
    )


def _normalize_body(
    body: str, topic: Topic, delivered: Delivered, article: Article, setting: Setting
) -> tuple[str, list[Finding]]:
    """Write a body as the bundle has it, line for line."""
    place = Place(delivered.name, topic.identifier, setting.roots)
    body, findings = rewrite_links(convert_anchors(body), place, article.path)
    body, noticed = normalize_dialect(body, article.path)
    findings += noticed
    if findings:
        lines = article.front.text.count("\n")
        findings = [replace(finding, line=finding.line + lines) for finding in findings]
    return body, findings


def _join_page(front: str, body: str) -> str:
    """Join a page's front matter and body.

    A body that begins with a rule is not to be taken for front matter: some is put before it.
    """
    if not front and body.startswith("---"):
        front = "---\n{}\n---\n"
    return _clean(front + body)


def _clean(text: str) -> str:
    """Put U+FFFD where a page cannot have what was delivered: NUL, bytes that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _UNWRITABLE.sub("\ufffd", text)
    return text.replace("\0", "\ufffd") if "\0" in text else text


def _differences(article: Article, own: Entries, shared: Entries) -> Entries:
    """Give what an earlier article says otherwise than the page that replaced it."""
    known = {**shared, **own}
    return {
        key: entry for key, entry in own_entries(article, shared).items() if known.get(key) != entry
    }


def _compare_twins(group: Sequence[Reading]) -> list[Finding]:
    """Report where the two forms of one article, of one hand-off, are not the same text."""
    findings = []
    for reading, other in pairwise(group):
        one, two = reading.article, other.article
        same = one.revision != "" and one.revision == two.revision and reading.order == other.order
        if same and one.is_bilingual != two.is_bilingual:
            texts = [_write_monolingual(one), _write_monolingual(two)]
            if texts[0] != texts[1]:
                pairs = zip(texts[0].split("\n"), texts[1].split("\n"), strict=False)
                line = next((i for i, (a, b) in enumerate(pairs, 1) if a != b), 0)
                message = f"its twin {two.path} has another text here"
                findings.append(Finding(one.path, line, 0, "twin-differs", message))
    return findings


def _write_monolingual(article: Article) -> str:
    """Write an article without its spans, front matter included."""
    return article.front.text + join_target(article)
