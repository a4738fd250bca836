"""Planning: what pages show of the whole site, found out in the background and remembered.

It takes long where there are many topics; a preview begins with what is remembered, and shows its
pages anew when they are found to be others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hexapla.building.changes import (
    INPUTS,
    Changes,
    SiteChanges,
    digest_inputs,
    look_at_inputs,
    open_inputs,
)
from hexapla.building.codec import pack, unpack
from hexapla.building.listings import Listing
from hexapla.building.memory import Memory, digest, digest_texts
from hexapla.building.tools import digest_tools
from hexapla.cores import count_cores
from hexapla.figures import Surveyed
from hexapla.mkdocs_adapter.building.fact_finding import FactFinding
from hexapla.mkdocs_adapter.building.facts import Facts
from hexapla.mkdocs_adapter.building.messages import record_messages
from hexapla.mkdocs_adapter.building.plans import PLAN, find_plan, pack_plan, unpack_plan
from hexapla.mkdocs_adapter.building.remembered_facts import FACTS, recall_facts
from hexapla.mkdocs_adapter.building.site import Site
from hexapla.mkdocs_adapter.previewing.writing import Unwritten
from hexapla.mkdocs_adapter.topics import TopicsPart
from hexapla.model import Topic
from hexapla.navigation import Plan
from hexapla.planning import find_target
from hexapla.storage import Repository, hold_lock, read_limited
from hexapla.subjects import Subject

SURVEY = "survey"

_LIMIT = 2**24


@dataclass(frozen=True, slots=True)
class Survey:
    """What is remembered of the whole site."""

    digest: str = ""
    """A digest of the rest; empty where nothing is remembered."""
    plan: Plan | None = None
    """The navigation."""
    topics: Mapping[str, Any] = field(default_factory=dict)
    """Target → its delivered topic, packed: few are asked for."""


class Delivered(Mapping[str, Topic]):
    """The delivered topics by target, each unpacked when it is asked for.

    Args:
        packed: Target → topic, packed.
    """

    def __init__(self, packed: Mapping[str, Any]) -> None:
        self._packed = packed

    def __getitem__(self, target: str) -> Topic:
        return unpack(Topic, self._packed[target])  # type: ignore[no-any-return]

    def __contains__(self, target: object) -> bool:
        return target in self._packed

    def __iter__(self) -> Any:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class UnwrittenFacts(FactFinding):
    """Finds facts; files of originals are made when they are asked for."""

    def has_originals(self, facts: Facts) -> bool:
        """Say that the site has what it needs."""
        return True


class PlanningSite(Site):
    """A site whose facts and plan are found, and nothing else; no file of it is written.

    What builds remember is used, and left as it is: a build may be at work at the same time.
    """

    def __init__(self, repository: Repository, memory: Memory) -> None:
        super().__init__(repository, memory, max(count_cores() - 1, 1))
        self.built = Memory(repository.cache / "build", memory.folder / "tmp")

    def survey(self) -> Survey:
        """Find out what pages show of the whole site."""
        self.begin(self.look())
        self.take_over(FACTS, PLAN, "grouping")
        finding = UnwrittenFacts(self)
        self.facts = finding.find_all()
        finding.remember()
        find_plan(self)
        plan = self.part(TopicsPart).plan
        topics = {
            target: facts.packed[1]
            for target, facts in sorted(self.name_facts(), key=lambda item: item[0])
            if facts.has_topic
        }
        standings = digest_texts(facts.packed.texts[5] for facts in self.facts.values())
        return Survey(digest([self.plan_key, topics, standings]), plan, topics)

    def name_facts(self) -> Iterator[tuple[str, Facts]]:
        """Yield target and facts."""
        return ((find_target(norm), facts) for norm, facts in self.facts.items())

    def look(self) -> Changes:
        """Look at what the site is made from; what builds have left is not of interest."""
        root, roots = self.repository.root, self.find_roots()
        self.take_over(*self.built.list_names(INPUTS))
        inputs = open_inputs(self.memory)
        before = digest_inputs(inputs)
        differing = look_at_inputs(root, roots, inputs)
        inputs.remember()
        changes = list_changes(root, roots, inputs)
        changes.differing, changes.before = differing, before
        changes.now = digest_inputs(inputs)
        return changes

    def take_over(self, *names: str) -> None:
        """Take over what a build remembers and no preview has remembered yet."""
        for name in names:
            if not self.memory.recall_bytes(name) and (data := self.built.recall_bytes(name)):
                self.memory.remember_bytes(name, data)

    def read_theme_files(self) -> None:
        """Leave the theme's files out: they are served from where they are."""

    def make_writer(self, name: str) -> Any:
        """Make what writes nothing."""
        return Unwritten()


def list_changes(root: Path, roots: dict[str, str], inputs: Listing) -> Changes:
    """Say what a site is made from, and nothing of what it has been made into."""
    configuration = read_limited(root / "mkdocs.yml", _LIMIT).decode("utf-8", "replace")
    environment = digest_tools(configuration)
    return Changes(roots, inputs, set(), Listing(), SiteChanges(), environment, "", {})


def bring_up_to_date(repository: Repository, memory: Memory) -> str:
    """Find out what pages show of the whole site, and remember it; give its digest."""
    with hold_lock(memory.folder / "lock"), record_messages():
        survey = PlanningSite(repository, memory).survey()
        if read_survey(memory).digest != survey.digest:
            write_survey(memory, survey)
    return survey.digest


def write_survey(memory: Memory, survey: Survey) -> None:
    """Remember a survey."""
    assert survey.plan is not None
    subjects = [pack(subject) for subject in survey.plan.subjects.values()]
    value = [survey.digest, subjects, pack_plan(survey.plan), survey.topics]
    memory.remember(SURVEY, value)


def read_standings(memory: Memory) -> list[Surveyed]:
    """Read how the translations of all topics stand, sorted by topic."""
    found = recall_facts(memory).facts.values()
    standings = [standing for facts in found if (standing := facts.standing)]
    return sorted(standings, key=lambda topic: topic.subject.identifier)


def read_survey(memory: Memory) -> Survey:
    """Read what is remembered of the whole site; an empty survey where that is nothing."""
    value = memory.recall(SURVEY)
    if not value:
        return Survey()
    try:
        key, packed, planned, topics = value
        found = [unpack(Subject, subject) for subject in packed]
        subjects = {subject.identifier: subject for subject in found}
        plan = unpack_plan([key, *planned], key, subjects)
    except (ValueError, TypeError, KeyError):
        return Survey()
    return Survey(key, plan, topics)
