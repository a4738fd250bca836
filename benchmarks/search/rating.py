"""Rates of what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine gave for one query."""

    links: Sequence[str]
    """The pages, best first, relative to the locale's root."""
    milliseconds: float
    """From the question to the answer."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How well the queries of a set were answered."""

    queries: int
    """Queries whose page is in the site."""
    reciprocal: float
    """Mean reciprocal rank among the first ten (MRR@10)."""
    first: float
    """Share of queries whose page came first."""
    five: float
    """Share of queries whose page was among the first five."""
    median: float
    """Milliseconds."""
    slow: float
    """Milliseconds that 95 of 100 queries stay under."""


def find_link(path: str) -> str:
    """Give the address of an article: ``help/start.md`` is at ``help/start/``."""
    return f"{path.removesuffix('.md')}/"


def rate_answers(answers: Mapping[str, Answer]) -> Rate:
    """Rate the answers, by the path of the article that each query is about."""
    ranks = []
    for path, answer in answers.items():
        links = list(answer.links)[:10]
        link = find_link(path)
        ranks.append(links.index(link) + 1 if link in links else 0)
    times = sorted(answer.milliseconds for answer in answers.values())
    count = len(ranks) or 1
    return Rate(
        queries=len(ranks),
        reciprocal=sum(1 / rank for rank in ranks if rank) / count,
        first=sum(rank == 1 for rank in ranks) / count,
        five=sum(0 < rank <= 5 for rank in ranks) / count,
        median=median(times) if times else 0,
        slow=quantiles(times, n=20)[-1] if len(times) > 1 else sum(times),
    )


HEAD = (
    "| locale | queries | engine | | MRR@10 | first hit | top 5 | median | p95 |\n"
    "|---|---|---|---:|---:|---:|---:|---:|---:|"
)


def write_row(locale: str, name: str, engine: str, rate: Rate) -> str:
    """Write a row of the table."""
    return (
        f"| {locale} | {name} | {engine} | {rate.queries} | {rate.reciprocal:.3f} "
        f"| {rate.first:.3f} | {rate.five:.3f} | {rate.median:.1f} ms | {rate.slow:.1f} ms |"
    )
