"""Deliveries to measure with: the real ones where they are, else generated ones."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from benchmarks.generating import generate
from benchmarks.locales import TAGS, choose_base
from benchmarks.relabelling import relabel_article

DELIVERED = TAGS[:5]
"""The locales that the corpus has."""

CORPUS = Path(os.environ.get("HEXAPLA_CORPUS", "../shared/corpus"))

TOPICS = 3000
"""How many to generate unless told."""


def lay_out(locales: Path, topics: int, tags: tuple[str, ...] = DELIVERED) -> str:
    """Fill a folder of deliveries, and say with what.

    Args:
        locales: The folder ``locales/`` of a repository.
        topics: Number of topics; 0: all of the corpus where it is, else 3,000. The corpus gives
            up to what it has, a larger number is generated.
        tags: The locales. Those that the corpus has not are made from those that it has.
    """
    archives = {tag: CORPUS / f"alchemy.{tag}.live-sxs.tar.xz" for tag in DELIVERED}
    if all(archive.is_file() for archive in archives.values()):
        trees = {tag: _read_archive(archive) for tag, archive in archives.items()}
        chosen = choose_topics({path for tree in trees.values() for path in tree}, topics)
        if chosen is not None:
            _write_trees(locales, trees, chosen, tags)
            return f"{len(chosen):,} topics of the Alchemy corpus in {len(tags) + 1} locales"
    generate(locales, topics or TOPICS, tags)
    return f"{topics or TOPICS:,} generated topics in {len(tags) + 1} locales"


def choose_topics(paths: Iterable[str], topics: int) -> set[str] | None:
    """Choose articles all over the docset, the same ones each time; None: there are too few."""
    articles = [path for path in paths if path.endswith(".md") and "/includes/" not in path]
    if topics > len(articles):
        return None
    articles.sort(key=lambda path: sha256(path.encode()).digest())
    return set(articles[: topics or None])


def _read_archive(archive: Path) -> dict[str, bytes]:
    """Read a delivery: its files by their path in it, without the locale."""
    with tarfile.open(archive) as tar:
        return {
            member.name.partition("/")[2]: file.read()
            for member in tar
            if member.isfile() and (file := tar.extractfile(member))
        }


def _write_trees(
    locales: Path, trees: dict[str, dict[str, bytes]], chosen: set[str], tags: tuple[str, ...]
) -> None:
    copies = dict.fromkeys(DELIVERED, 0)
    for tag in tags:
        base = tag if tag in DELIVERED else choose_base(tag, DELIVERED)
        copies[base] += tag != base
        for path, data in trees[base].items():
            if path.endswith(".md") and path not in chosen:
                continue
            if tag != base and path.endswith(".md"):
                text = data.decode(errors="replace")
                write(locales / tag / path, relabel_article(text, tag, copies[base]).encode())
            else:
                write(locales / tag / path, data)


def write(path: Path, data: bytes) -> None:
    """Write a file into a folder that may not be there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
