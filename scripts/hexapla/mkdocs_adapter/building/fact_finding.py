"""Fact finding: the facts of all bundles, remembered or read anew, by several processes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hexapla.building.codec import pack, unpack
from hexapla.building.crew import Tick, share_out
from hexapla.building.memory import Memory, digest, digest_texts, render_json
from hexapla.delivered_topics import find_topics
from hexapla.deliveries import take_inventory
from hexapla.mkdocs_adapter.article import ArticlePart, Original
from hexapla.mkdocs_adapter.building.facts import Facts, Finder, PackedOriginal, PackedTopic
from hexapla.mkdocs_adapter.building.remembered_facts import (
    Origin,
    Remembered,
    recall_facts,
    remember_facts,
)
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.model import Topic
from hexapla.normalizing import Setting
from hexapla.page_edits import LockedPages, read_locked_pages
from hexapla.planning import find_target
from hexapla.storage import list_files

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

_FEW = 24
"""Topics that one process reads sooner than others could be started."""
_SLICES = 4
"""Into how many parts each process's share of the topics is divided."""


Job = tuple[str, PackedTopic | None]
"""A bundle's page without a locale, and its deliveries."""


class FactFinding:
    """Finds the facts of all bundles.

    Args:
        site: The site, its files known.
    """

    locked: LockedPages

    def __init__(self, site: Site) -> None:
        self.site = site
        self.facts: dict[str, Facts] = {}
        self.replaced: dict[str, Facts] = {}
        self.unwritten: Remembered | None = None
        self.setting = Setting(site.source, ())

    def find_all(self) -> dict[str, Facts]:
        """Find the facts of all bundles; only those whose files have changed are read."""
        remembered = recall_facts(self.site.memory)
        touched = self.find_touched(remembered)
        if touched is None:
            self.find_anew(remembered)
        else:
            self.setting = Setting(self.site.source, remembered.origin.roots)
            self.facts = {n: f for n, f in remembered.facts.items() if n not in touched}
            self.replaced = {norm: remembered.facts[norm] for norm in touched}
            jobs = [(norm, self.replaced[norm].packed[1]) for norm in sorted(touched)]
            if jobs:
                self.do_jobs(jobs, None)
        # What follows from all of them must not depend on which were found just now.
        self.facts = dict(sorted(self.facts.items()))
        locks = remembered.origin.locks if touched is not None else self.digest_locks()
        origin = Origin(
            self.site.changes.now.content, self.site.environment, locks, self.setting.roots
        )
        if origin != remembered.origin or touched != set():
            self.unwritten = Remembered(origin, self.facts)
        return self.facts

    def remember(self) -> None:
        """Remember what was found: there is time for that while others work.

        Raises:
            StorageError: The disk is full or read-only.
        """
        if self.unwritten is not None:
            remember_facts(self.site.memory, self.unwritten)
            self.unwritten = None

    def find_touched(self, remembered: Remembered) -> set[str] | None:
        """Find the bundles whose pages have changed; None where others may be concerned too."""
        changes, origin = self.site.changes, remembered.origin
        if origin.environment != self.site.environment or not changes.site.is_intact:
            return None
        if origin.inputs == changes.now.content:
            return set()
        if origin.inputs != changes.before.content or changes.before.names != changes.now.names:
            return None
        touched = self.site.find_touched()
        return None if touched is None or touched - remembered.facts.keys() else touched

    def find_anew(self, remembered: Remembered) -> None:
        """Find the facts of all bundles; those that must be the same are not found again."""
        known = remembered.facts
        topics = self.find_topics(known)
        locked = None
        if remembered.origin.locks != self.digest_locks():
            locked = read_locked_pages(self.site.repository, self.site.source)
        jobs: list[Job] = []
        norms = {find_target(norm): norm for norm in self.site.bundles.paths}
        for target in topics.keys() | norms.keys():
            norm, topic = norms.get(target, target), topics.get(target)
            facts = known.get(norm)
            if facts is not None and self.is_true(facts, norm, topic, locked):
                self.facts[norm] = facts
            else:
                jobs.append((norm, topic))
                if facts is not None:
                    self.replaced[norm] = facts
        if jobs or locked is not None:
            self.do_jobs(sorted(jobs, key=lambda job: job[0]), locked)

    def is_true(
        self, facts: Facts, norm: str, topic: PackedTopic | None, locked: LockedPages | None
    ) -> bool:
        """Say whether facts are still true.

        Args:
            facts: What is remembered.
            norm: Of which bundle.
            topic: Its deliveries now.
            locked: What the locks say; None where they say what they said.
        """
        files, _, said = facts.key.partition(" ")
        key = self.find_topic_key(norm, topic)
        is_said = locked is None or self.digest_locked(norm, locked) == said
        return files == key and is_said and self.has_originals(facts)

    def digest_locks(self) -> str:
        """Give a digest of all locks."""
        inputs = self.site.changes.inputs
        found = [f"locales/{p}" for p in inputs.list_paths("locales") if p.endswith(".lock")]
        return digest([[path, inputs.find_blob(path)] for path in sorted(found)])

    def digest_locked(self, norm: str, locked: LockedPages) -> str:
        """Give a digest of what the locks say of a bundle's pages."""
        paths = sorted(self.site.bundles.paths.get(norm, {}).values())
        told = [f"{path} {locked.bases.get(path, '')}" for path in paths]
        return digest_texts([*told, "", *[path for path in paths if path in locked.withdrawn]])

    def find_topics(self, known: Mapping[str, Facts]) -> dict[str, PackedTopic]:
        """Find the delivered topics by target: as remembered, where they must be the same."""
        paths = list(self.site.changes.inputs.list_paths("locales"))
        loose = [f"{p} {self.find_delivered(p)}" for p in paths if ".loose/" in p]
        key = digest([self.site.environment, sorted(paths), sorted(loose)])
        state = self.site.memory.recall("grouping") or {}
        if state.get("key") == key:
            self.setting = Setting(self.site.source, tuple(state["roots"]))
            norms = state["topics"]
            if all(norm in known and known[norm].has_topic for norm in norms.values()):
                return {target: known[norm].packed[1] for target, norm in norms.items()}
        inventory = take_inventory(sorted(paths))
        roots = tuple(sorted(inventory.roots))
        self.setting = Setting(self.site.source, roots)
        found = find_topics(self.site.repository, self.site.source, inventory)
        topics = {target: pack(topic) for target, topic in found.items()}
        norms = {find_target(norm): norm for norm in self.site.bundles.paths}
        named = {target: norms.get(target, target) for target in topics}
        self.site.memory.remember("grouping", {"key": key, "roots": roots, "topics": named})
        return topics

    def find_delivered(self, path: str) -> str:
        """Give the blob id of a delivered file."""
        return self.site.changes.inputs.find_blob(f"locales/{path}")

    def find_topic_key(self, norm: str, topic: PackedTopic | None) -> str:
        """Give a digest of all files that facts are found in."""
        paths = sorted(self.site.bundles.paths.get(norm, {}).values())
        told = [self.site.environment, *paths]
        told += map(self.site.find_blob, paths)
        told += map(self.site.find_blob, self.site.bundles.list_metadata(norm))
        if topic is not None:
            _, articles, relations = topic
            told.append(repr(relations))
            for _, _, path, _ in articles:
                told += [path, self.find_delivered(path)]
        return digest_texts(told)

    def has_originals(self, facts: Facts) -> bool:
        """Say whether the site has the files of originals that belong to a bundle."""
        return all(self.site.intact.get(path) == blob for path, blob in facts.originals.items())

    def do_jobs(self, jobs: Sequence[Job], locked: LockedPages | None) -> None:
        """Find facts, in several processes where they are many."""
        site = self.site
        article: ArticlePart = site.part(ArticlePart)
        if locked is None:
            topics = [unpack(Topic, topic) for _, topic in jobs if topic is not None]
            pages = [p for norm, _ in jobs for p in site.bundles.paths.get(norm, {}).values()]
            locked = read_locked_pages(site.repository, site.source, topics, pages)
        self.locked = locked
        article.bases, article.withdrawn = locked.bases, locked.withdrawn
        if len(jobs) <= _FEW or site.jobs == 1:
            done, originals = self.find_some(("few", jobs), lambda _: None)
            self.facts |= done
            for target, found in originals.items():
                packed = {locale: json.loads(text) for locale, text in found.items()}
                article.originals[target] = unpack(dict[str, Original], packed)
            return
        site.changes.wait()
        count = min(site.jobs * _SLICES, len(jobs) // _FEW + 1)
        parts = [(str(number), jobs[number::count]) for number in range(count)]
        for _, (done, shared) in share_out(self.find_some_apart, parts, site.jobs, lambda _: None):
            self.facts |= done
            site.bundles.take_shared(shared)

    def find_some(self, part: tuple[str, Sequence[Job]], tick: Tick) -> tuple[Any, Any]:
        """Find the facts of some bundles, and their pages' originals."""
        name, jobs = part
        writer = self.site.make_writer(f"topics-{name}")
        self.site.plugin.write = writer.write
        publishing: PublishingPart = self.site.part(PublishingPart)
        finder = Finder(
            self.site.repository,
            str(self.site.repository.docs),
            self.setting,
            self.site.bundles,
            self.site.find_blob,
            self.site.part(ArticlePart),
            publishing,
            writer,
        )
        facts: dict[str, Facts] = {}
        originals: dict[str, dict[str, PackedOriginal]] = {}
        for norm, topic in jobs:
            key = f"{self.find_topic_key(norm, topic)} {self.digest_locked(norm, self.locked)}"
            facts[norm], originals[find_target(norm)] = finder.find(norm, key, topic)
        return facts, originals

    def find_some_apart(self, part: tuple[str, Sequence[Job]], tick: Tick) -> tuple[Any, Any]:
        """Do that in a process of its own; what pages need of originals waits on the disk."""
        facts, originals = self.find_some(part, tick)
        by_locale: dict[str, list[str]] = {}
        for target, found in originals.items():
            for locale, original in found.items():
                by_locale.setdefault(locale, []).append(f"{render_json(target)}:{original}")
        spool = Memory(self.site.spool, self.site.workspace)
        for locale, members in by_locale.items():
            text = f"{{{','.join(members)}}}"
            spool.remember_bytes(f"{locale}/{part[0]}", text.encode("utf-8", "surrogatepass"))
        return facts, self.site.bundles.shared


def read_spool(site: Site, locale: str) -> dict[str, dict[str, Original]]:
    """Read what this build has found of a locale's originals: target → locale → original."""
    spool = Memory(site.spool, site.workspace)
    found: dict[str, dict[str, Original]] = {}
    for name in list_files(site.spool / locale):
        for target, packed in spool.recall(f"{locale}/{name}").items():
            found[target] = {locale: unpack(Original, packed)}
    return found
