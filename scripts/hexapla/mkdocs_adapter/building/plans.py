"""Plans: the site's navigation, remembered for as long as it must be the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hexapla.building.codec import pack, unpack
from hexapla.building.memory import digest
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
    subjects = [facts.subject for _, facts in sorted(site.facts.items()) if facts.subject]
    subjects.sort(key=lambda subject: subject.identifier)
    tables = [
        f"{path} {inputs.find_blob(path)}"
        for path in inputs
        if path.rpartition("/")[2].lower().startswith("toc.") or path.endswith("/docfx.json")
    ]
    packed = [facts.packed[2] for _, facts in sorted(site.facts.items())]
    site.plan_key = digest([site.environment, packed, sorted(tables)])
    topics: TopicsPart = site.part(TopicsPart)
    value = site.memory.recall(PLAN)
    plan = unpack_plan(value, site.plan_key, subjects) if value else None
    if plan is None:
        config = site.config
        delivered = inputs.list_paths("locales")
        read, _ = read_tables(config.docs_dir, site.assets, site.source, delivered)
        plan = plan_navigation(subjects, topics.products, read, site.source)
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


def unpack_plan(value: Any, key: str, subjects: Sequence[Subject]) -> Plan | None:
    """Make a plan again; None where it is another one."""
    found, products, topics, outlines, related, newest, most_linked = value
    if found != key:
        return None
    sections = unpack(dict[str, Section], outlines)
    members = {name: tuple(items) for name, items in topics}
    return Plan(
        {subject.identifier: subject for subject in subjects},
        {name: Product(name, names) for name, names in products},
        members,
        sections,
        place_topics(members, sections),
        unpack(dict[str, tuple[str, ...]], related),
        tuple(newest),
        tuple(most_linked),
    )
