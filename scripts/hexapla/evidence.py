"""Evidence: what speaks for two articles being about one topic (FORMAT.md, Identity)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hexapla.anchors import ANCHOR
from hexapla.model import Article, Unit

JOIN_AT = 2.0
"""The score from which two groups become one topic: a wrong merge is dear."""
RELATE_AT = 1.0
"""The score from which a writer is asked."""

_ADDRESS = re.compile(r"\]\(\s*<?([^)\s>]+)|\b(?:href|src)=[\"']([^\"']+)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an article says of its identity."""

    revision: str
    """``ms.openlocfilehash``, or empty."""
    commit: str
    """``ms.sourcegitcommit``, or empty."""
    anchor: str
    """The first heading's anchor, the slug of the source's heading; or empty."""
    custom: frozenset[str]
    """The values of ``ms.custom``."""
    asset: str
    """``ms.assetid``, or empty."""
    addresses: frozenset[str]
    """Its URLs."""


def gather_evidence(article: Article) -> Evidence:
    """Read an article's evidence."""
    text = "".join(
        segment.target if isinstance(segment, Unit) else segment for segment in article.segments
    )
    anchor = ANCHOR.search(text)
    custom = article.front.values.get("ms.custom", "")
    values = custom if isinstance(custom, list) else [custom]
    return Evidence(
        article.revision,
        article.front.scalar("ms.sourcegitcommit"),
        anchor[1] if anchor else "",
        frozenset(value for value in values if isinstance(value, str) and value),
        article.front.scalar("ms.assetid"),
        frozenset(match[1] or match[2] for match in _ADDRESS.finditer(text)),
    )


def forbids_joining(one: Evidence, two: Evidence) -> bool:
    """Say whether two articles cannot be one topic: of one commit, but different files."""
    return (
        one.commit != ""
        and one.commit == two.commit
        and "" not in (one.revision, two.revision)
        and one.revision != two.revision
    )


def score(one: Evidence, two: Evidence) -> tuple[float, tuple[str, ...]]:
    """Score two articles whose first headings have the same anchor.

    Returns:
        The score, and in words what it is made of.
    """
    points = 0.0
    reasons = ["same heading"]
    if one.custom and two.custom:
        shared = bool(one.custom & two.custom)
        points += 2.0 if shared else -1.5
        reasons.append("shared ms.custom" if shared else "other ms.custom")
    if one.asset and two.asset:
        points += 1.0 if one.asset == two.asset else -1.0
        reasons.append("same ms.assetid" if one.asset == two.asset else "other ms.assetid")
    union = one.addresses | two.addresses
    if not union:
        points += 0.75
        reasons.append("no links in either")
    else:
        likeness = len(one.addresses & two.addresses) / len(union)
        points += 1.5 * likeness
        reasons.append(f"{likeness:.0%} of the links in both")
    return points, tuple(reasons)
