"""How sizes and times grow with the number of topics."""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path

from benchmarks.search.headless import run_engine
from benchmarks.search.queries import find_titles, read_texts
from hexapla.search.assembling import assemble_index
from hexapla.search.records import Page, analyse_page

HEAD = (
    "| topics | analyse | assemble | titles | terms | a passage file | opening titles | texts "
    "| query, median | p95 |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)
SOURCE = "en-US"


def measure_growth(docs: Path, locale: str, sizes: list[int]) -> Iterator[str]:
    """Yield a table: the corpus's own topics, then more of the same language.

    What is more than the corpus has is made of its sentences, in another order, with some words
    that no other topic has: the vocabulary goes on growing, as it does in real sites.
    """
    yield HEAD
    texts = {tag: read_texts(docs, tag, SOURCE) for tag in (SOURCE, locale)}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            yield _measure(Path(name), texts, locale, size)


def _measure(folder: Path, texts: dict[str, dict[str, str]], locale: str, size: int) -> str:
    times = {}
    for tag in (SOURCE, locale):
        pages = list(_make_pages(texts[tag], tag, size))
        begin = time.process_time()
        records = [analyse_page(page) for page in pages]
        middle = time.process_time()
        files = assemble_index(tag, SOURCE, records, "" if tag == SOURCE else "../en-US/")
        times[tag] = (middle - begin, time.process_time() - middle)
        (folder / tag).mkdir()
        for path, content in files.items():
            (folder / tag / path).write_bytes(content)
    chance = random.Random(1)
    titles = [page.titles[0] for page in pages if page.titles]
    told = run_engine(folder / locale, chance.sample(titles, min(300, len(titles))))
    took = sorted(answer["ms"] for answer in told["answers"])
    sizes = {kind: _add_sizes(folder, kind) for kind in ("titles", "terms", "texts", "passages")}
    passages = sum(1 for _ in folder.rglob("passages-*"))
    return (
        f"| {size:,} | {times[locale][0]:.2f} s | {times[locale][1]:.2f} s "
        f"| {sizes['titles']:,.0f} kB | {sizes['terms'] + sizes['texts']:,.0f} kB "
        f"| {sizes['passages'] / passages:.1f} kB | {told['opened'][0]:.0f} ms "
        f"| {told['opened'][1]:.0f} ms | {took[len(took) // 2]:.1f} ms "
        f"| {took[len(took) * 95 // 100]:.1f} ms |"
    )


def _add_sizes(folder: Path, kind: str) -> float:
    """Add up the files of a kind of both languages, in kB."""
    return sum(path.stat().st_size for path in folder.rglob(f"{kind}-*")) / 1000


def _make_pages(texts: dict[str, str], locale: str, size: int) -> Iterator[Page]:
    """Make pages: the corpus's own, and then others of its sentences."""
    chance = random.Random(7)
    bodies = [(path, find_titles(text), text.partition("\n---")[2]) for path, text in texts.items()]
    for path, titles, body in bodies[:size]:
        html = "".join(f"<p>{escape(line)}</p>" for line in body.splitlines() if line)
        yield Page(path.removesuffix(".md") + "/", tuple(titles), "", locale, html)
    sentences = [line for _, _, body in bodies for line in re.split(r"(?<=[.。])\s+", body)]
    words = [word for sentence in sentences[:20_000] for word in re.findall(r"\w{4,}", sentence)]
    for number in range(len(bodies), size):
        new = [chance.choice(words)[:4] + chance.choice(words)[-4:] for _ in range(2)]
        body = " ".join([*chance.choices(sentences, k=12), *new])
        title = " ".join([*chance.choices(words, k=4), new[0]])
        yield Page(f"more/topic-{number}/", (title,), "", locale, f"<p>{escape(body)}</p>")
