"""The source: reconstructed from the units of a topic's bilingual articles.

Within a revision units align across locales by number. Where locales disagree the majority wins
and a finding names the others. What units do not hold, above all the alternative text of images,
is never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hexapla.anchors import remove_anchors
from hexapla.dialect import normalize_dialect
from hexapla.escapes import restore_emphasis
from hexapla.findings import Finding, locate
from hexapla.model import Article, Unit
from hexapla.proof import hash_source, prove_source

_ALTERNATIVE = re.compile(
    r'!\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\](?=[(\[])|\balt-text="([^"\n]*)"|\balt="([^"\n]*)"'
)
_FILE_NAME = re.compile(r"[\w.\-]+\.(?:png|gif|jpe?g|svg|webp)\Z", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]*(\S.*)$", re.MULTILINE)
_SETEXT = re.compile(r"^(\S.*)\n[ ]{0,3}(?:=+|--+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """A topic's source text."""

    body: str
    """Its Markdown, with the delivered anchors still in it."""
    title: str
    """Its title: that of its front matter where known, else its first heading."""
    revision: str
    """The revision it belongs to; may be empty."""
    proof: str
    """The revision that its text hashes to; empty when none is met.

    An earlier one than its own where only front matter changed since: the body is proven then."""
    article: Article
    """The article whose text around the units it has."""
    findings: tuple[Finding, ...] = ()
    """What could not be recovered, and who disagrees."""


def reconstruct_source(
    articles: Sequence[Article], others: Sequence[Article] = (), *, is_proof_needed: bool = True
) -> Source:
    """Reconstruct the source from the bilingual articles of one revision.

    Args:
        articles: At least one article with units, all of the same revision; their order does not
            matter.
        others: Bilingual articles of other revisions. More than half of all new revisions change
            front matter only (FORMAT.md), so that an earlier one may prove the body.
        is_proof_needed: Whether to look for a proof where the text does not depend on it.
    """
    articles = sorted(articles, key=lambda article: (article.locale, article.path))
    restored = [restore_emphasis(article.units) for article in articles]
    skeletons = [_join_source(*pair) for pair in zip(articles, restored, strict=True)]
    distinct = set(skeletons)
    if len(distinct) == 1 or len({_reduce(text) for text in distinct}) == 1:
        base, body = articles[0], skeletons[0]
        findings: list[Finding] = []
    else:
        base, body, findings = _vote(articles, restored)
    title = find_title(body)
    is_asked = is_proof_needed or _has_alternatives(body)
    if proof := _prove(base, body, title, others) if is_asked else "":
        return Source(body, title, base.revision, proof, base, tuple(findings))
    body, lost = _blank_alternatives(body, articles, base)
    return Source(body, title, base.revision, "", base, (*findings, *lost))


def adopt_source(article: Article, revisions: Sequence[str]) -> Source:
    """Take a delivered article of the source locale as the source.

    Args:
        article: The article.
        revisions: The revisions that translations of it name: meeting one proves it.
    """
    text = article.front.text + "".join(
        segment if isinstance(segment, str) else segment.target for segment in article.segments
    )
    revision = hash_source(text)
    body = text[len(article.front.text) :]
    title = article.front.scalar("title") or find_title(body)
    return Source(body, title, revision, revision if revision in revisions else "", article)


def find_title(body: str) -> str:
    """Give the text of the first heading, without its anchor; empty when there is none."""
    heading = _HEADING.search(body)
    underlined = _SETEXT.search(body, 0, heading.start() if heading else len(body))
    if underlined:
        return remove_anchors(underlined[1]).strip()
    return _remove_closing_marks(remove_anchors(heading[1]).strip()) if heading else ""


def _remove_closing_marks(title: str) -> str:
    """Remove a heading's closing ``#`` marks, which stand after a blank: not those of ``C#``."""
    text = title.rstrip("#")
    return text.rstrip() if text.endswith((" ", "\t")) else title


def _join_source(article: Article, restored: Mapping[Unit, Unit]) -> str:
    """Put each unit's source in its place."""
    if not restored:
        return "".join(
            segment.source if isinstance(segment, Unit) else segment for segment in article.segments
        )
    return "".join(
        segment if isinstance(segment, str) else restored.get(segment, segment).source
        for segment in article.segments
    )


def _reduce(text: str) -> str:
    """Leave out of a text what may differ between locales without being its source's text."""
    return normalize_dialect(_ALTERNATIVE.sub("", remove_anchors(text)), "")[0]


def _prove(base: Article, body: str, title: str, others: Sequence[Article]) -> str:
    """Give the revision that the text hashes to, with or without the escapes undone."""
    bodies = (remove_anchors(_join_source(base, {})), remove_anchors(body))
    for article in (base, *sorted(others, key=lambda other: (other.locale, other.path))):
        if article is not base and remove_anchors(_join_source(article, {})) != bodies[0]:
            continue
        if article.revision and prove_source(
            article.front.entries, bodies, title, article.revision
        ):
            return article.revision
    return ""


def _vote(
    articles: Sequence[Article], restored: Sequence[Mapping[Unit, Unit]]
) -> tuple[Article, str, list[Finding]]:
    """Let the locales vote on each unit; the base is the one that most others look like."""
    sources = [
        {unit.number: changed.get(unit, unit).source for unit in article.units}
        for article, changed in zip(articles, restored, strict=True)
    ]
    shapes = Counter(tuple(numbers) for numbers in sources)
    base = max(range(len(articles)), key=lambda index: (shapes[tuple(sources[index])], -index))
    winners: dict[str, str] = {}
    findings: list[Finding] = []
    lines: dict[str, dict[str, int]] = {}
    for number, own in sources[base].items():
        votes = Counter(numbers[number] for numbers in sources if number in numbers)
        most = max(votes.values())
        winners[number] = (
            own
            if votes[own] == most
            else min(text for text, count in votes.items() if count == most)
        )
        if len(votes) > 1:
            findings += _name_dissenters(number, winners[number], sources, articles, lines)
    body = "".join(
        segment if isinstance(segment, str) else winners[segment.number]
        for segment in articles[base].segments
    )
    if not findings:
        path = articles[base].path
        message = "the text outside units is not the same in all locales of this revision"
        findings.append(Finding(path, 0, 0, "source-text-lost", message))
    return articles[base], body, findings


def _name_dissenters(
    number: str,
    winner: str,
    sources: Sequence[Mapping[str, str]],
    articles: Sequence[Article],
    lines: dict[str, dict[str, int]],
) -> list[Finding]:
    """Report each locale whose source of a unit is not the winning one."""
    findings = []
    for article, numbers in zip(articles, sources, strict=True):
        if numbers.get(number, winner) != winner:
            if article.path not in lines:
                lines[article.path] = find_unit_lines(article)
            line = lines[article.path][number]
            message = f"unit {number} gives another source than the other locales do"
            hint = f"the majority has: {winner}"
            findings.append(Finding(article.path, line, 0, "source-disagreement", message, hint))
    return findings


def find_unit_lines(article: Article) -> dict[str, int]:
    """Give the line on which each unit starts in the delivered file, by the unit's number."""
    lines: dict[str, int] = {}
    line = 1
    for segment in (*article.front.segments, *article.segments):
        if isinstance(segment, str):
            line += segment.count("\n")
        else:
            lines.setdefault(segment.number, line)
            line += segment.target.count("\n") + segment.source.count("\n")
    return lines


def _blank_alternatives(
    body: str, articles: Sequence[Article], base: Article
) -> tuple[str, list[Finding]]:
    """Empty the alternative texts whose source is lost.

    They stand outside of units, so what a bilingual article has is the translation. It is the
    source's own only where several locales agree, or where it is no text but a file's name.
    """
    if not _has_alternatives(body):
        return body, []
    each = [_list_alternatives(article) for article in articles]
    agreed = (
        {
            text
            for texts in zip(*each, strict=False)
            for text in texts[:1]
            if len(texts) > 1 and len(set(texts)) == 1
        }
        if len({len(texts) for texts in each}) == 1
        else set()
    )
    outside = set(_list_alternatives(base))
    findings: list[Finding] = []
    shift = base.front.text.count("\n")

    def blank(match: re.Match[str]) -> str:
        group = match.lastindex or 0
        text = match[group]
        is_name = _FILE_NAME.match(text) or not _LETTERS.search(text)
        if is_name or text in agreed or text not in outside:
            return match[0]
        line = locate(body, match.start())[0] + shift
        message = f"the source of the image text {text!r} is not in the delivery"
        findings.append(Finding(base.path, line, 0, "source-alternative-lost", message))
        return body[match.start() : match.start(group)] + body[match.end(group) : match.end()]

    return _ALTERNATIVE.sub(blank, body), findings


def _has_alternatives(body: str) -> bool:
    return any(mark in body for mark in ("![", "alt=", "alt-text="))


def _list_alternatives(article: Article) -> list[str]:
    """List the alternative texts that stand outside of units."""
    return [
        next((group for group in match.groups() if group is not None), "")
        for segment in article.segments
        if isinstance(segment, str)
        for match in _ALTERNATIVE.finditer(segment)
    ]
