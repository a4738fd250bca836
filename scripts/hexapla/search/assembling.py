"""Assembling: the records of a locale to the files of its index.

A manifest names the files; their names come from their content, so that browsers may keep them
for ever. Titles are loaded first; terms and passages are in files of ranges (shards).
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hexapla.interface_language import get_direction
from hexapla.search.languages import PACKAGES, choose_analysis
from hexapla.search.postings import write_number, write_postings, write_terms
from hexapla.search.records import FORM, Record, read_record, write_json

MANIFEST = "manifest.json"
"""What the browser asks for first; the only name that stays."""

SHARD_SIZE = 160_000
"""Bytes of terms and postings in a file, before they are compressed."""

PASSAGE_TOPICS = 12
"""Topics whose passages are in one file: a page of results needs a few such files."""

COMMON = 0.5
"""The share of pages from which on a term of the text tells nothing."""

FEW = 200
"""Below so many pages every term is kept."""


@dataclass(slots=True)
class Files:
    """The files of an index."""

    content: dict[str, bytes] = field(default_factory=dict)
    """Bytes, by path in the index's folder."""

    def add(self, kind: str, content: bytes) -> str:
        """Add a file, compressed: hosts compress texts, and not all other files.

        The name is that of the content before: it is the same with every version of zlib.
        """
        name = f"{kind}-{hashlib.sha256(content).hexdigest()[:16]}.bin"
        coder = zlib.compressobj(6, zlib.DEFLATED, -15)
        self.content[name] = coder.compress(content) + coder.flush()
        return name


def assemble_index(
    locale: str, source: str, records: Iterable[bytes], source_folder: str = ""
) -> dict[str, bytes]:
    """Make the files of a locale's index.

    Args:
        locale: The locale.
        source: The source locale.
        records: The records of all its pages, fallbacks included, in any order.
        source_folder: Where the source's index is, as seen from this one: ``../../search/``;
            empty for the source itself.

    Returns:
        The files, by path in the index's folder.
    """
    pages = sorted((read_record(record) for record in records), key=lambda page: page.link)
    own = [page for page in pages if page.language == locale]
    fallbacks = [page for page in pages if page.language != locale]
    files = Files()
    told = {
        "form": FORM,
        "locale": locale,
        "direction": get_direction(locale),
        "source": source,
        "sourceFolder": source_folder,
        "topics": len(pages),
        "analysis": choose_analysis(locale).describe(),
        "stemmer": name_stemmer(locale),
        "titles": files.add("titles", write_titles(own, fallbacks)),
        "texts": files.add("texts", write_texts(own, files)),
    }
    files.content[MANIFEST] = write_json(told).encode()
    return files.content


def name_stemmer(locale: str) -> str:
    """Name the file of a locale's stemmer; empty: it has none."""
    stemmer = choose_analysis(locale).stemmer
    return f"{stemmer}.js" if stemmer in PACKAGES else ""


def write_titles(own: Sequence[Record], fallbacks: Sequence[Record]) -> bytes:
    """Write what the first results need: addresses and titles."""
    products = sorted({page.product for page in (*own, *fallbacks)})
    number = {product: index for index, product in enumerate(products)}
    told = {
        "products": products,
        "links": [page.link for page in own],
        "titles": [page.titles for page in own],
        "product": [number[page.product] for page in own],
        "fallbacks": [(page.link, number[page.product], page.language) for page in fallbacks],
    }
    return write_json(told).encode()


def write_texts(own: Sequence[Record], files: Files) -> bytes:
    """Write the shards, and what there is in which."""
    shards = [
        (first, files.add("terms", content), len(content))
        for first, content in write_shards(collect_postings(own))
    ]
    passages = [
        files.add("passages", f"[{','.join(page.passages for page in group)}]".encode())
        for group in divide(own, PASSAGE_TOPICS)
    ]
    told = {
        "shards": shards,
        "passages": passages,
        "passageTopics": PASSAGE_TOPICS,
        "lengths": [page.length for page in own],
    }
    return write_json(told).encode()


def collect_postings(own: Sequence[Record]) -> dict[str, list[int]]:
    """Collect which pages each term is in, and how often; what is in most pages is left out."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for page, record in enumerate(own):
        for kind, terms in enumerate(record.terms):
            posting = page << 2 | kind
            for term in terms:
                postings[term].append(posting)
    limit = max(FEW, len(own) * COMMON)
    return {term: found for term, found in postings.items() if len(found) <= limit}


def write_shards(postings: dict[str, list[int]]) -> Iterator[tuple[str, bytes]]:
    """Write the terms and their postings in files of about one size; yield each file's first term.

    A file is: the length of the terms' text, the text, for each term the number of its pages, then
    all postings.
    """
    group: list[str] = []
    numbers: list[bytes] = []
    lists: list[bytes] = []
    size = 0
    for term in sorted(postings, key=order_term):
        if size >= SHARD_SIZE:
            yield group[0], join_shard(group, numbers, lists)
            group, numbers, lists, size = [], [], [], 0
        found = postings[term]
        content = write_postings(found)
        group.append(term)
        numbers.append(write_number(len(found)))
        lists.append(content)
        size += len(content) + len(term)
    if group:
        yield group[0], join_shard(group, numbers, lists)


def join_shard(terms: list[str], numbers: list[bytes], lists: list[bytes]) -> bytes:
    """Join the parts of a file of terms."""
    text = write_terms(terms).encode()
    return b"".join((write_number(len(text)), text, *numbers, *lists))


def order_term(term: str) -> bytes:
    """Give what terms are sorted by: UTF-16, as the browser compares."""
    return term.encode("utf-16-be", "surrogatepass")


def divide(pages: Sequence[Record], size: int) -> Iterator[Sequence[Record]]:
    """Divide pages into groups of a size."""
    for start in range(0, len(pages), size):
        yield pages[start : start + size]
