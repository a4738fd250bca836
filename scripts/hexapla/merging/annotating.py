"""Annotating: where on a page's lines the units of the article stand that it was written from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hexapla.anchors import convert_anchors
from hexapla.dialect import normalize_dialect
from hexapla.escapes import restore_emphasis
from hexapla.links import Place, rewrite_links
from hexapla.merging.versions import Span, Version
from hexapla.model import Article, Page, Unit
from hexapla.normalizing import Reading, Setting, find_source, order_readings


def annotate_page(page: Page, topic: str, readings: Sequence[Reading], setting: Setting) -> Version:
    """Find the units on a page.

    Args:
        page: The page, as it was written from the articles.
        topic: The topic's id.
        readings: The topic's articles.
        setting: What normalizing needed to know.
    """
    by_locale = order_readings(sorted(readings, key=lambda reading: reading.delivered.path))
    is_source = page.locale == setting.source_locale
    if is_source:
        source = find_source(readings, by_locale.get(setting.source_locale, []))
        article = source.article if source is not None else None
    else:
        shown = by_locale.get(page.locale, [])
        article = shown[0].article if shown else None
    if article is None or not article.is_bilingual or not page.path.endswith(".md"):
        return Version(page.text)
    reading = next(reading for reading in readings if reading.article is article)
    place = Place(reading.delivered.name, topic, setting.roots)

    def rewrite(text: str) -> str:
        text, _ = rewrite_links(convert_anchors(text), place, "")
        return normalize_dialect(text, "")[0]

    return Version(page.text, find_spans(article, page.text, rewrite, of_source=is_source))


def find_spans(
    article: Article, text: str, rewrite: Callable[[str], str], *, of_source: bool
) -> dict[int, tuple[Span, ...]]:
    """Find an article's units on the lines of its page.

    Normalizing keeps lines, so that each unit is looked for on its own; one that is not found
    there, or goes over several lines, is left out.

    Args:
        article: The article.
        text: The page's text.
        rewrite: Gives the form that a text has on the page.
        of_source: Whether the page has the units' sources.

    Returns:
        Line of the page, counted from 0 → its units.
    """
    restored = restore_emphasis(article.units)
    shown = [
        segment if isinstance(segment, str) else restored.get(segment, segment)
        for segment in article.segments
    ]
    lines = text.split("\n")
    texts = [s if isinstance(s, str) else s.source if of_source else s.target for s in shown]
    number = len(lines) - 1 - sum(piece.count("\n") for piece in texts)
    if number < 0:
        return {}
    spans: dict[int, list[Span]] = {}
    done = 0
    for segment, piece in zip(shown, texts, strict=True):
        if isinstance(segment, Unit) and "\n" not in piece and piece.strip():
            for form in dict.fromkeys((piece, rewrite(piece))):
                start = lines[number].find(form, done)
                if start >= 0:
                    done = start + len(form)
                    span = Span(start, done, segment.number, segment.source)
                    spans.setdefault(number, []).append(span)
                    break
        if "\n" in piece:
            number, done = number + piece.count("\n"), 0
    return {line: tuple(found) for line, found in spans.items()}
