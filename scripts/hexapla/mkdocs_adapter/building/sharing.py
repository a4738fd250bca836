"""Sharing: the parts are given what they would have read, once for all locales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hexapla.building.changes import LOCALES
from hexapla.building.listings import Listing
from hexapla.building.looking import join
from hexapla.building.memory import digest, digest_texts
from hexapla.git import read_change_days
from hexapla.mkdocs_adapter.article import ArticlePart
from hexapla.mkdocs_adapter.building.counting import count_figures
from hexapla.mkdocs_adapter.building.facts import Facts
from hexapla.mkdocs_adapter.building.restating import digest_figures
from hexapla.mkdocs_adapter.lone_pages import LonePagesPart
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.redirecting import REDIRECTIONS, RedirectPart
from hexapla.mkdocs_adapter.status_pages import Overview
from hexapla.model import Topic
from hexapla.planning import find_target
from hexapla.surveying_history import survey_history

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site


def share(site: Site) -> None:
    """Give the parts what they would have read, once for all locales."""
    site.listed = LazyListed(site)
    publishing: PublishingPart = site.part(PublishingPart)
    publishing.listed = site.listed
    site.days = read_change_days(Path(site.config.docs_dir)) if site.config.site_url else {}
    publishing.days = dict(site.days)
    article: ArticlePart = site.part(ArticlePart)
    article.topics = LazyTopics(site.facts)
    article.edited = {
        find_target(norm): facts.edited for norm, facts in site.facts.items() if facts.has_topic
    }
    article.withdrawn = {path for facts in site.facts.values() for path in facts.withdrawn}
    share_moves(site)
    share_figures(site)
    has_status = site.config.extra["hexapla"]["has_status"]
    listed = digest_texts(facts.packed.texts[3] for facts in site.facts.values())
    site.shared_digest = digest([site.plan_key, listed, has_status])
    inputs = site.changes.inputs
    others = [f"{path} {inputs.find_blob(path)}" for path in list_shared_inputs(inputs)]
    site.common = digest(
        [
            site.environment,
            site.paths_digest,
            site.shared_digest,
            site.bundles.aliases,
            site.days,
            sorted(others),
        ]
    )


class LazyListed(Mapping[str, bool]):
    """Path of a page → whether search engines may list it.

    Args:
        site: The site, its facts known.
    """

    def __init__(self, site: Site) -> None:
        self._facts, self._divide = site.facts, site.bundles.divide_name

    def __getitem__(self, path: str) -> bool:
        return self._facts[self._divide(path)[0]].listed[path]

    def __iter__(self) -> Iterator[str]:
        return (path for facts in self._facts.values() for path in facts.listed)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class LazyTopics(Mapping[str, Topic]):
    """Target → its deliveries, made of what is remembered when they are asked for.

    Args:
        facts: The facts of all bundles.
    """

    def __init__(self, facts: Mapping[str, Facts]) -> None:
        self._facts = {find_target(norm): one for norm, one in facts.items() if one.has_topic}

    def __getitem__(self, target: str) -> Topic:
        topic = self._facts[target].topic
        if topic is None:
            raise KeyError(target)
        return topic

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def share_figures(site: Site) -> None:
    """Count how the translations stand; only the status pages depend on it."""
    lone: LonePagesPart = site.part(LonePagesPart)
    counted = count_figures(site)
    if counted is not None:
        trend = survey_history(site.repository, site.source, site.jobs)
        lone.overview = Overview(*counted, trend)
    site.config.extra["hexapla"]["has_status"] = counted is not None
    site.figures_digest = digest_figures(lone.overview)


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
        join(folder, name).removeprefix(LOCALES)
        for folder, found in site.changes.inputs.list_folders("locales")
        if found.mentions(REDIRECTIONS) or found.mentions("docfx.json")
        for name in found.names
        if name.startswith(REDIRECTIONS) or name == "docfx.json"
    ]
    redirects.read_moves(site.repository.locales, sorted(names))


def list_shared_inputs(inputs: Listing) -> Iterator[str]:
    """List the inputs that are of all locales: no pages, and no articles of a delivery."""
    for folder, found in inputs.list_folders():
        if f"{folder}/".startswith(LOCALES):
            own: tuple[str, ...] = (".md", ".lock")
        else:
            own = () if "/includes/" in f"{folder}/" else (".md",)
        yield from (join(folder, name) for name in found.names if not name.endswith(own))
