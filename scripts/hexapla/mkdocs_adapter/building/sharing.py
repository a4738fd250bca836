"""Sharing: the parts are given what they would have read, once for all locales."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hexapla.building.codec import pack
from hexapla.building.memory import digest
from hexapla.git import read_change_days
from hexapla.mkdocs_adapter.article import ArticlePart
from hexapla.mkdocs_adapter.lone_pages import LonePagesPart
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.redirecting import RedirectPart
from hexapla.planning import find_target
from hexapla.surveying_history import survey_history
from hexapla.trend import Trend

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site


def share(site: Site) -> None:
    """Give the parts what they would have read, once for all locales."""
    site.listed = {}
    for facts in site.facts.values():
        site.listed.update(facts.listed)
    publishing: PublishingPart = site.part(PublishingPart)
    publishing.listed = site.listed
    site.days = read_change_days(Path(site.config.docs_dir)) if site.config.site_url else {}
    publishing.days = dict(site.days)
    article: ArticlePart = site.part(ArticlePart)
    article.topics = {
        find_target(norm): facts.topic for norm, facts in site.facts.items() if facts.topic
    }
    lone: LonePagesPart = site.part(LonePagesPart)
    surveyed = [facts.standing for facts in site.facts.values() if facts.standing]
    lone.give(
        sorted(surveyed, key=lambda topic: topic.subject.identifier),
        survey_history(site.repository, site.source, site.jobs) if surveyed else Trend(),
    )
    site.config.extra["hexapla"]["has_status"] = bool(surveyed)
    share_moves(site)
    site.shared_digest = digest([site.plan_key, site.listed, bool(surveyed)])
    inputs = site.changes.inputs
    others = [f"{path} {inputs.find_blob(path)}" for path in inputs if is_shared_input(path)]
    site.common = digest(
        [
            site.environment,
            site.paths_digest,
            site.shared_digest,
            [pack(item) for item in lone.topics],
            repr(lone.trend),
            site.bundles.aliases,
            site.days,
            sorted(others),
        ]
    )


def share_moves(site: Site) -> None:
    """Read the former addresses of topics."""
    metadata = site.bundles.metadata_paths
    site.bundles.aliases = [
        (find_target(norm), metadata.get(find_target(norm), ""), list(facts.aliases))
        for norm, facts in sorted(site.facts.items())
        if facts.aliases
    ]
    redirects: RedirectPart = site.part(RedirectPart)
    names = [
        path.removeprefix("locales/") for path in site.changes.inputs if path.startswith("locales/")
    ]
    redirects.read_moves(site.repository.locales, sorted(names))


def is_shared_input(path: str) -> bool:
    """Say whether an input is of all locales: no page, and no article of a delivery."""
    if path.startswith("locales/"):
        return not path.endswith((".md", ".lock"))
    return not path.endswith(".md") or "/includes/" in path
