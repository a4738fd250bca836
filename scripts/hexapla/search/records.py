"""Records: what the index needs of one page, as bytes that can be kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hexapla.search.analysis import get_analyser
from hexapla.search.extraction import Passage, extract_passages
from hexapla.search.languages import choose_analysis

FORM = "hexapla-search 1"
"""What a record and an index begin with; another number, another form."""

HEADING_WEIGHT = 3
"""How often a heading's word counts as one of the text."""

CLASSES = (1, 2, 3, 5)
"""From how many occurrences on a term belongs to each class."""

_CLASS = (0, 0, 1, 2, 2, 3)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is to be found."""

    link: str
    """Its address, relative to its locale's root: ``help/mail/create-a-rule/``."""
    titles: tuple[str, ...]
    """Its title, and other names it has, as text."""
    product: str
    """The id of its product; empty: none."""
    language: str
    """The locale of its text; on a fallback the source's."""
    html: str
    """Its content."""


@dataclass(frozen=True, slots=True)
class Record:
    """A page as the index has it."""

    link: str
    """As on the page."""
    titles: tuple[str, ...]
    """As on the page."""
    product: str
    """As on the page."""
    language: str
    """As on the page."""
    length: int
    """Terms in its text."""
    terms: tuple[tuple[str, ...], ...]
    """The terms of its text, by how often they occur (CLASSES)."""
    passages: str
    """Its passages, as JSON: anchor, heading and text of each."""


def analyse_page(page: Page) -> bytes:
    """Make the record of a page. It depends on the page alone."""
    passages = extract_passages(page.html)
    terms = get_analyser(choose_analysis(page.language))
    found: list[str] = []
    for passage in passages:
        found += terms.list_terms(passage.text)
        found += terms.list_terms(passage.heading) * HEADING_WEIGHT
    return write_record(page, passages, found)


def note_fallback(page: Page) -> bytes:
    """Make the record of a page that shows the source: what it says stands in the source's index.

    Its content is not looked at.
    """
    return write_record(page, (), ())


def write_record(page: Page, passages: Sequence[Passage], found: Sequence[str]) -> bytes:
    """Write a record: a line of what the page is, one for each class of terms, its passages."""
    classes: tuple[list[str], ...] = ([], [], [], [])
    numbers = Counter(found)
    for term in sorted(numbers):
        number = numbers[term]
        classes[_CLASS[number] if number < len(_CLASS) else 3].append(term)
    told = [page.link, page.titles, page.product, page.language, len(found)]
    lines = [
        FORM,
        write_json(told),
        *(" ".join(terms) for terms in classes),
        write_json([(part.anchor, part.heading, part.text) for part in passages]),
    ]
    return "\n".join(lines).encode(errors="replace")


def read_record(record: bytes) -> Record:
    """Read a record.

    Raises:
        ValueError: It is none, or of another version.
    """
    lines = record.decode().split("\n")
    if len(lines) != 3 + len(CLASSES) or lines[0] != FORM:
        raise ValueError("no record of this version")
    link, titles, product, language, length = json.loads(lines[1])
    terms = tuple(tuple(line.split(" ")) if line else () for line in lines[2:-1])
    return Record(link, tuple(titles), product, language, length, terms, lines[-1])


def write_json(value: object) -> str:
    """Write JSON in its shortest form."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
