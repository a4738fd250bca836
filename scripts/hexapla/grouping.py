"""Grouping: delivered files into topics, by path first and by evidence where there is none."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hexapla.evidence import JOIN_AT, RELATE_AT, Evidence, forbids_joining, score
from hexapla.findings import Finding
from hexapla.model import Delivered, Form, Relation, Topic
from hexapla.paths import clean_path, collision_key, topic_identifier
from hexapla.planning import is_usable
from hexapla.revisions import HandOff

_LONGEST_NAME = 200
"""Bytes; file systems allow 255, and a number may follow."""


@dataclass(frozen=True, slots=True)
class Loose:
    """An article that came without its path."""

    delivered: Delivered
    """Where it is."""
    evidence: Evidence
    """What it says of its identity."""
    order: HandOff
    """When it was handed off."""
    title: str
    """Its title, for a topic that has no heading anchor."""


@dataclass(slots=True)
class _Group:
    """Articles that are one topic, so far."""

    key: str
    articles: list[Delivered] = field(default_factory=list)
    evidence: list[tuple[str, Evidence]] = field(default_factory=list)
    order: HandOff = ("", 0)
    relations: list[Relation] = field(default_factory=list)


def group_by_path(
    articles: Iterable[Delivered],
) -> tuple[dict[str, list[Delivered]], list[Finding]]:
    """Group articles by the path in their docset.

    Paths that differ only by case or Unicode normalization cannot both be written everywhere: the
    one that more files have keeps its place (ties: the first by name), the other is left out.

    Returns:
        The files of each topic id, and a finding for each file left out.
    """
    groups: dict[str, list[Delivered]] = {}
    findings: list[Finding] = []
    for delivered in articles:
        identifier = topic_identifier(delivered.name)
        if is_usable(identifier):
            groups.setdefault(identifier, []).append(delivered)
        else:
            findings.append(report_unusable(delivered, identifier))
    findings += drop_namesakes(groups)
    kept, dropped = resolve_collisions(groups)
    for identifier, winner in dropped:
        for delivered in groups[identifier]:
            message = f"this path meets {winner!r} where case or normalization do not count"
            hint = "deliver it under another name"
            path = f"locales/{delivered.path}"
            findings.append(Finding(path, 0, 0, "path-collision", message, hint))
    return {identifier: groups[identifier] for identifier in kept}, findings


def report_unusable(delivered: Delivered, path: str) -> Finding:
    """Report a file that is left out for the path it would have under ``docs/``."""
    message = "nothing of this file's name can be a bundle's"
    if path:
        message = "a folder of a bundle cannot be named like a page"
    hint = "deliver it under another name"
    return Finding(f"locales/{delivered.path}", 0, 0, "path-unusable", message, hint)


def drop_namesakes(groups: Mapping[str, list[Delivered]]) -> list[Finding]:
    """Leave out files of one tree whose names become the same once they are made harmless.

    The name that more files of the group have keeps its place (ties: the first).

    Args:
        groups: Path under ``docs/`` → the files that go there; what is left out is taken away.
    """
    findings = []
    for path, files in groups.items():
        names = Counter(delivered.name for delivered in files)
        if len(names) == 1:
            continue
        kept: dict[tuple[str, Form], Delivered] = {}
        for delivered in sorted(files, key=lambda file: (-names[file.name], file.name)):
            winner = kept.setdefault((delivered.locale, delivered.form), delivered)
            if winner is not delivered:
                message = f"its name becomes {path!r}, as that of {winner.name!r} does"
                hint = "deliver it under another name"
                name = f"locales/{delivered.path}"
                findings.append(Finding(name, 0, 0, "path-collision", message, hint))
        files[:] = [file for file in files if file in kept.values()]
    return findings


def resolve_collisions(
    groups: Mapping[str, Sequence[Delivered]],
) -> tuple[list[str], list[tuple[str, str]]]:
    """Choose among ids that differ only by case or normalization.

    Returns:
        The ids kept, sorted, and each one dropped with the one that is kept instead.
    """
    kept: dict[str, str] = {}
    dropped = []
    for identifier in sorted(groups, key=lambda name: (-len(groups[name]), name)):
        winner = kept.setdefault(collision_key(identifier), identifier)
        if winner != identifier:
            dropped.append((identifier, winner))
    return sorted(kept.values()), sorted(dropped)


def group_topics(
    by_path: Mapping[str, Sequence[Delivered]],
    loose: Sequence[Loose],
    evidence: Mapping[str, Sequence[tuple[str, Evidence]]],
) -> list[Topic]:
    """Group all articles into topics.

    Args:
        by_path: The files of each topic id.
        loose: The articles without a path; their order does not matter.
        evidence: Topic id → delivered path and evidence of each of its articles. Needed only
            where there are loose articles.

    Returns:
        The topics, sorted by id.
    """
    fixed = {
        identifier: _Group(identifier, list(files), list(evidence.get(identifier, ())))
        for identifier, files in by_path.items()
    }
    groups = _join_groups([*fixed.values(), *_group_by_revision(loose)])
    _name_groups(groups, set(fixed))
    topics = [
        Topic(
            group.key,
            tuple(sorted(group.articles, key=lambda delivered: delivered.path)),
            tuple(sorted(group.relations, key=lambda relation: relation.other)),
        )
        for group in groups
    ]
    return sorted(topics, key=lambda topic: topic.identifier)


def _group_by_revision(loose: Sequence[Loose]) -> list[_Group]:
    """Group loose articles of the same revision: that is one source file (precision 1.000)."""
    groups: dict[str, _Group] = {}
    titles: dict[str, str] = {}
    for article in sorted(loose, key=lambda article: (article.order, article.delivered.path)):
        path, revision = article.delivered.path, article.evidence.revision
        key = revision or path
        group = groups.setdefault(key, _Group(key, order=article.order))
        if group.articles:
            reason = ("same revision (ms.openlocfilehash)",)
            group.relations.append(Relation(path, True, math.inf, reason))
        group.articles.append(article.delivered)
        group.evidence.append((path, article.evidence))
        titles[key] = titles.get(key) or article.title
    for key, group in groups.items():
        anchor = next((found.anchor for _, found in group.evidence if found.anchor), "")
        stem = group.articles[0].name.rpartition(".")[0]
        group.key = _make_name(anchor) or _make_name(_make_slug(titles[key])) or _make_name(stem)
        group.key = group.key or "untitled"
    return list(groups.values())


def _make_name(text: str) -> str:
    """Make a folder's name of a text; empty when nothing is left.

    Anchors and titles come from outside: one level, and no longer than file systems allow.
    """
    short = text.replace("/", "-").encode("utf-8", "ignore")[:_LONGEST_NAME]
    return clean_path(short.decode("utf-8", "ignore"))


def _make_slug(title: str) -> str:
    """Make a name of a title: letters and digits of any script, hyphens between."""
    return re.sub(r"[\W_]+", "-", title.lower()).strip("-")


def _join_groups(groups: list[_Group]) -> list[_Group]:
    """Join loose groups to others, the surest first, and note what was decided."""
    groups = _join_revisions(groups)
    by_anchor: dict[str, list[_Group]] = {}
    for group in groups:
        for anchor in sorted({found.anchor for _, found in group.evidence if found.anchor}):
            by_anchor.setdefault(anchor, []).append(group)
    pairs: dict[tuple[int, int], tuple[float, tuple[str, ...], _Group, _Group]] = {}
    for near in by_anchor.values():
        for two in [group for group in near if _is_loose(group)]:
            for one in near:
                if one is not two and (id(two), id(one)) not in pairs:
                    points, reasons = _score_groups(one, two)
                    pairs[id(one), id(two)] = (points, reasons, one, two)
    joined: dict[int, _Group] = {}
    ordered = sorted(
        pairs.values(),
        key=lambda pair: (-pair[0], _paths(pair[2]), _paths(pair[3])),
    )
    for points, reasons, first, second in ordered:
        one, two = _follow(first, joined), _follow(second, joined)
        if one is two or points < RELATE_AT:
            continue
        against = _find_obstacle(one, two)
        if points >= JOIN_AT and not against:
            if _is_loose(one) and not _is_loose(two):
                one, two = two, one
            for path, _ in two.evidence:
                one.relations.append(Relation(path, True, points, reasons))
            _absorb(one, two)
            joined[id(two)] = one
            continue
        one.relations.append(Relation(_paths(two)[0], False, points, (*reasons, *against)))
        two.relations.append(Relation(_paths(one)[0], False, points, (*reasons, *against)))
    return [group for group in groups if id(group) not in joined]


def _join_revisions(groups: list[_Group]) -> list[_Group]:
    """Join loose groups to a topic that has an article of the same revision."""
    owners = {
        found.revision: group
        for group in sorted(groups, key=lambda group: group.key, reverse=True)
        if not _is_loose(group)
        for _, found in group.evidence
        if found.revision
    }  # of topics with equal files, the first by name
    kept = []
    for group in groups:
        owner = owners.get(group.evidence[0][1].revision) if _is_loose(group) else None
        if owner is None:
            kept.append(group)
            continue
        for path, _ in group.evidence:
            reason = ("same revision (ms.openlocfilehash)",)
            owner.relations.append(Relation(path, True, math.inf, reason))
        group.relations.clear()
        _absorb(owner, group)
    return kept


def _absorb(one: _Group, two: _Group) -> None:
    one.articles += two.articles
    one.evidence += two.evidence
    one.relations += two.relations


def _is_loose(group: _Group) -> bool:
    return all(delivered.form is Form.LOOSE for delivered in group.articles)


def _paths(group: _Group) -> list[str]:
    return sorted(delivered.path for delivered in group.articles)


def _follow(group: _Group, joined: Mapping[int, _Group]) -> _Group:
    while id(group) in joined:
        group = joined[id(group)]
    return group


def _find_obstacle(one: _Group, two: _Group) -> tuple[str, ...]:
    """Say in words what forbids that two groups become one; nothing where nothing does."""
    if not _is_loose(one) and not _is_loose(two):
        return ("but each has a path of its own",)
    if any(forbids_joining(left, right) for _, left in one.evidence for _, right in two.evidence):
        return ("but two files of one commit",)
    return ()


def _score_groups(one: _Group, two: _Group) -> tuple[float, tuple[str, ...]]:
    """Score two groups by their likest articles with the same anchor."""
    return max(
        score(left, right)
        for _, left in one.evidence
        for _, right in two.evidence
        if left.anchor == right.anchor and left.anchor
    )


def _name_groups(groups: Sequence[_Group], taken: set[str]) -> None:
    """Give loose groups ids of their own; the earliest handed off keeps the plain one."""
    used = {collision_key(name) for name in taken}
    loose = [group for group in groups if _is_loose(group)]
    for group in sorted(loose, key=lambda group: (group.order, _paths(group))):
        name, number = group.key, 1
        while collision_key(name) in used:
            number += 1
            name = f"{group.key}-{number}"
        group.key = name
        used.add(collision_key(name))
    names = {path: group.key for group in groups for path in _paths(group)}
    for group in groups:
        named: dict[tuple[bool, str], Relation] = {}
        for relation in group.relations:  # the surest first: one for each other side is enough
            other = relation.other if relation.joined else names[relation.other]
            named.setdefault((relation.joined, other), replace(relation, other=other))
        group.relations = list(named.values())
