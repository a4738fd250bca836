"""Identification: from the delivered files to jobs, one for each topic and each asset."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from hexapla.deliveries import Inventory
from hexapla.errors import StorageError
from hexapla.evidence import Evidence, gather_evidence
from hexapla.findings import Finding
from hexapla.grouping import (
    Loose,
    drop_namesakes,
    group_by_path,
    group_topics,
    report_unusable,
    resolve_collisions,
)
from hexapla.model import Article, Delivered, Topic
from hexapla.parsing import MAXIMUM_SIZE, parse_article
from hexapla.paths import clean_path, collision_key, localized_path, topic_identifier
from hexapla.planning import Job, group_assets, is_usable
from hexapla.revisions import order_of
from hexapla.storage import Repository, read_limited


def identify_jobs(
    repository: Repository, inventory: Inventory, source_locale: str
) -> tuple[list[Job], list[Finding]]:
    """Find the topic of every article and the place of every asset.

    Articles are read only where some came without their path: then those that one of them may
    belong to, by revision or by heading.

    Returns:
        The jobs, topics first, each kind sorted by target; and the findings.
    """
    by_path, findings = group_by_path(inventory.articles)
    loose = _read_loose(repository, inventory.loose)
    evidence = _gather(repository, inventory.articles, loose) if loose else {}
    topics = group_topics(by_path, loose, evidence)
    findings += [finding for topic in topics for finding in _report_relations(topic)]
    jobs = [Job(topic.identifier, topic.articles, topic) for topic in topics]
    assets, dropped = _place_assets(inventory.assets, topics, source_locale)
    jobs += [Job(path, tuple(files), None) for path, files in sorted(assets.items())]
    return jobs, findings + dropped


def _read_loose(repository: Repository, files: Iterable[Delivered]) -> list[Loose]:
    """Read the articles that came without their path."""
    loose = []
    for delivered in files:
        article = _read_article(repository, delivered)
        if article is not None:
            title = article.front.scalar("title")
            loose.append(Loose(delivered, gather_evidence(article), order_of(article), title))
    return loose


def _read_article(repository: Repository, delivered: Delivered) -> Article | None:
    """Read an article; what is wrong with it is reported when its topic is written."""
    try:
        data = read_limited(repository.locales / delivered.path, MAXIMUM_SIZE)
    except StorageError:
        return None
    return parse_article(data, delivered.locale, f"locales/{delivered.path}")[0]


def _gather(
    repository: Repository, files: Iterable[Delivered], loose: Iterable[Loose]
) -> dict[str, list[tuple[str, Evidence]]]:
    """Gather the evidence of the articles that a loose one may belong to."""
    marks = {
        mark.encode()
        for article in loose
        for mark in (article.evidence.revision, article.evidence.anchor)
        if mark
    }
    evidence: dict[str, list[tuple[str, Evidence]]] = {}
    for delivered in files:
        try:
            data = read_limited(repository.locales / delivered.path, MAXIMUM_SIZE)
        except StorageError:
            continue
        if any(mark in data for mark in marks):
            article, _ = parse_article(data, delivered.locale, f"locales/{delivered.path}")
            found = evidence.setdefault(topic_identifier(delivered.name), [])
            found.append((delivered.path, gather_evidence(article)))
    return evidence


def _place_assets(
    assets: Iterable[Delivered], topics: Iterable[Topic], source_locale: str
) -> tuple[dict[str, list[Delivered]], list[Finding]]:
    """Group assets by path, and leave out those that meet another or a folder."""
    assets = list(assets)
    groups = group_assets(assets)
    findings = [
        report_unusable(asset, path)
        for asset in assets
        if not is_usable(path := clean_path(asset.name))
    ]
    findings += drop_namesakes(groups)
    kept, dropped = resolve_collisions(groups)
    folders = [topic.identifier for topic in topics]
    taken = _list_folders([*folders, *(posixpath.dirname(path) for path in kept)])
    for path in kept:
        locales = {asset.locale for asset in groups[path]}
        for locale in sorted(locales - {source_locale}) if len(locales) > 1 else ():
            own = localized_path(path, locale)
            taken.setdefault(collision_key(own), own)
    dropped += [(path, taken[collision_key(path)]) for path in kept if collision_key(path) in taken]
    for path, winner in dropped:
        for delivered in groups.pop(path):
            message = f"this path meets {winner!r} where case or normalization do not count"
            if path == winner:
                message = f"{path!r} is the path of a folder, or of a locale's version of a file"
            hint = "deliver it under another name"
            name = f"locales/{delivered.path}"
            findings.append(Finding(name, 0, 0, "path-collision", message, hint))
    return groups, findings


def _list_folders(paths: Iterable[str]) -> dict[str, str]:
    """List some folders and those that hold them: key under which paths meet → folder."""
    folders: dict[str, str] = {}
    for path in paths:
        folder = path
        while folder and collision_key(folder) not in folders:
            folders[collision_key(folder)] = folder
            folder = posixpath.dirname(folder)
    return folders


def _report_relations(topic: Topic) -> list[Finding]:
    """Report the decisions that a writer is asked to confirm."""
    findings = []
    path = f"docs/{topic.identifier}/.meta.yml"
    for relation in topic.relations:
        reasons = ", ".join(relation.reasons)
        hint = "to decide: hexapla import --as TOPIC FILE"
        if relation.joined:
            message = f"{relation.other} belongs to this topic: {reasons}"
        elif topic.identifier < relation.other:  # each pair once
            message = f"this may be the same topic as {relation.other}: {reasons}"
        else:
            continue
        findings.append(Finding(path, 0, 0, "related-topics", message, hint))
    return findings
