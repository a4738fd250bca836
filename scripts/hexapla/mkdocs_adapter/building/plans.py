"""Plans: the site's navigation, remembered for as long as it must be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from hexapla.building.codec import pack, unpack
from hexapla.building.listings import Listing
from hexapla.building.looking import join
from hexapla.building.memory import digest, digest_texts
from hexapla.mkdocs_adapter.building.facts import Facts
from hexapla.mkdocs_adapter.lists import Lists
from hexapla.mkdocs_adapter.tables import read_tables
from hexapla.mkdocs_adapter.topics import TopicsPart, find_topic
from hexapla.navigation import Plan, place_topics, plan_navigation
from hexapla.products import Product
from hexapla.sections import Section
from hexapla.subjects import Subject

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

PLAN = "plan"
"""The name that it is remembered by."""


def find_plan(site: Site) -> None:
    """Plan the navigation, unless the plan must be the same as before."""
    inputs = site.changes.inputs
    subjects = LazySubjects(site.facts)
    tables = [f"{path} {inputs.find_blob(path)}" for path in list_tables(inputs)]
    told = digest_texts(facts.packed.texts[2] for _, facts in sorted(site.facts.items()))
    site.plan_key = digest([site.environment, told, sorted(tables)])
    topics: TopicsPart = site.part(TopicsPart)
    value = site.memory.recall(PLAN)
    plan = unpack_plan(value, site.plan_key, subjects) if value else None
    if plan is None:
        config = site.config
        delivered = inputs.list_paths("locales")
        read, _ = read_tables(config.docs_dir, site.assets, site.source, delivered)
        plan = plan_navigation(list(subjects.values()), topics.products, read, site.source)
        site.memory.remember(PLAN, [site.plan_key, *pack_plan(plan)])
    topics.plan = plan
    pages = site.bundles.paths
    norms = {find_topic(norm): norm for norm in pages}
    partial_topics = {
        topic: frozenset(pages[norms[topic]])
        for topic in plan.subjects
        if site.source not in pages[norms[topic]]
    }
    topics.lists = Lists(plan, partial_topics, site.bundles.locales, site.source, topics.size)


def list_tables(inputs: Listing) -> Iterator[str]:
    """List the inputs that sections follow from."""
    for folder, found in inputs.list_folders():
        if found.mentions("toc.") or found.mentions("docfx.json"):
            for name in found.names:
                if name.lower().startswith("toc.") or name == "docfx.json":
                    yield join(folder, name)


class LazySubjects(Mapping[str, Subject]):
    """Topic → what its source says, made of what is remembered when it is asked for.

    Args:
        facts: The facts of all bundles.
    """

    def __init__(self, facts: Mapping[str, Facts]) -> None:
        found = {find_topic(norm): one for norm, one in facts.items() if one.has_subject}
        self._facts = dict(sorted(found.items()))
        self._known: dict[str, Subject] = {}

    def __getitem__(self, topic: str) -> Subject:
        if topic not in self._known:
            subject = self._facts[topic].subject
            assert subject is not None
            self._known[topic] = subject
        return self._known[topic]

    def __contains__(self, topic: object) -> bool:
        return topic in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def pack_plan(plan: Plan) -> list[Any]:
    """Pack a plan, without what follows from the rest."""
    names = {name: product.names for name, product in plan.products.items()}
    return [
        [[name, pack(names[name])] for name in plan.products],
        [[name, pack(topics)] for name, topics in plan.topics.items()],
        pack(plan.outlines),
        pack(plan.related),
        pack(plan.newest),
        pack(plan.most_linked),
    ]


def unpack_plan(value: Any, key: str, subjects: Mapping[str, Subject]) -> Plan | None:
    """Make a plan again; None where it is another one."""
    found, products, topics, outlines, related, newest, most_linked = value
    if found != key:
        return None
    sections = unpack(dict[str, Section], outlines)
    members = {name: tuple(items) for name, items in topics}
    return Plan(
        subjects,
        {name: Product(name, names) for name, names in products},
        members,
        sections,
        place_topics(members, sections),
        unpack(dict[str, tuple[str, ...]], related),
        tuple(newest),
        tuple(most_linked),
    )
