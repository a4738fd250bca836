"""Running a build: what all locales share first, then the locales that are due, then the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mkdocs.exceptions import ConfigurationError as TheirConfigurationError, MkDocsException

from hexapla.building.changes import Changes
from hexapla.building.crew import Tick, share_out
from hexapla.building.timing import Stopwatch, Times
from hexapla.errors import ConfigurationError, HexaplaError
from hexapla.mkdocs_adapter.building.ending import end_build
from hexapla.mkdocs_adapter.building.locale_keys import find_locale_keys
from hexapla.mkdocs_adapter.building.locale_reading import Built
from hexapla.mkdocs_adapter.building.locale_site import LocaleSite
from hexapla.mkdocs_adapter.building.messages import Messages, record_messages
from hexapla.mkdocs_adapter.building.restating import (
    Restated,
    Stated,
    join_restated,
    read_stated,
    restate,
)
from hexapla.mkdocs_adapter.building.site import Site
from hexapla.mkdocs_adapter.building.template_codes import Compiling

_FEW = 8
"""Status pages that one process restates sooner than others could be started."""

Progress = Callable[[int, int], None]
"""Told how many pages were done since, and how many there are."""


@dataclass(slots=True)
class Report:
    """What a build did."""

    pages: int = 0
    """Pages of the site."""
    rendered: int = 0
    """Those that were rendered."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why → how many."""
    written: int = 0
    """Files written."""
    removed: int = 0
    """Files removed."""
    size: int = 0
    """Bytes written."""
    messages: Messages = field(default_factory=list)
    """What was said: logger, level, text."""
    times: Times = field(default_factory=dict)
    """Step → seconds, of all processes together."""


class Build:
    """One build of a site.

    Args:
        site: The site.
        only: The locales to build; empty: all.
        progress: Told how far the work has come.
    """

    def __init__(self, site: Site, only: Sequence[str], progress: Progress) -> None:
        self.site = site
        self.only = only
        self.progress = progress
        self.report = Report()
        self.stopwatch = Stopwatch()
        self.before: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, str] = {}

    def run(self, changes: Changes) -> Report:
        """Build what is due.

        Args:
            changes: What there is.

        Raises:
            HexaplaError: The configuration is wrong, a page cannot be rendered, or the disk is full
                or read-only. The site is as it was.
        """
        try:
            with record_messages() as recorder:
                with self.stopwatch.time("begin"):
                    self.site.begin(changes)
                with self.stopwatch.time("topics"):
                    self.site.find_facts()
                compiling = Compiling(self.site)
                with self.stopwatch.time("navigation"):
                    self.site.plan()
                compiling.take()
                built, restated = self.build_locales()
                self.report.messages = recorder.take()
                with self.stopwatch.time("end"):
                    self.end(built, restated)
        except TheirConfigurationError as error:
            raise ConfigurationError(str(error)) from error
        except MkDocsException as error:
            raise HexaplaError(f"the site cannot be built: {error}") from error
        self.report.times = self.stopwatch.times
        return self.report

    def build_locales(self) -> tuple[dict[str, Built], Restated]:
        """Build the locales that are due, each in a process of its own; restate the others."""
        unknown = sorted(set(self.only).difference(self.site.locales))
        if unknown:
            known = ", ".join(self.site.locales)
            raise ConfigurationError(
                f"{unknown[0]} is no locale of the site", path="mkdocs.yml", hint=f"it has {known}"
            )
        chosen = [locale for locale in self.site.locales if not self.only or locale in self.only]
        recall = self.site.memory.recall
        self.before = {locale: recall(f"built/{locale}") or {} for locale in self.site.locales}
        self.keys = find_locale_keys(self.site, chosen)
        due = [locale for locale in chosen if not self.is_settled(locale)]
        total = sum(len(self.site.bundles.paths) for _ in due)
        # The others' pages are in most cases as many: those with most text of their own first.
        if len(due) > 1:
            texts = self.site.bundles.paths.values()
            counts = Counter(locale for paths in texts for locale in paths)
            due.sort(key=lambda locale: (-counts[locale], locale))
            self.site.bundles.find_places()
        built: dict[str, Built] = {}
        restated: list[Restated] = []
        parts = [*due, *self.divide_restated(set(chosen).difference(due), len(due))]
        told = partial(self.tell, total)
        self.site.changes.wait()
        remember = self.site.finding.remember
        for _, done in share_out(self.do_part, parts, self.site.jobs, told, meanwhile=remember):
            if isinstance(done, Built):
                built[done.locale] = done
            else:
                restated.append(done)
        remember()  # where there was nothing to wait for
        return built, join_restated(restated)

    def divide_restated(self, settled: Collection[str], busy: int) -> list[dict[str, Stated]]:
        """Divide the locales of which nothing has changed but figures.

        Args:
            settled: Those whose pages are as they should be.
            busy: How many processes have more to do.
        """
        waiting: dict[str, Stated] = {}
        for locale in sorted(settled):
            stated = read_stated(self.before[locale])
            if stated is not None and stated.figures != self.site.figures_digest:
                waiting[locale] = stated
        count = max(1, min(self.site.jobs - busy, len(waiting) // _FEW))
        parts = [dict(list(waiting.items())[number::count]) for number in range(count)]
        return [part for part in parts if part]

    def do_part(self, part: str | dict[str, Stated], tick: Tick) -> Built | Restated:
        """Build the site of one locale, or put figures into the status pages of some."""
        return self.build_locale(part, tick) if isinstance(part, str) else restate(self.site, part)

    def tell(self, total: int, count: int) -> None:
        """Tell how far the work has come."""
        self.progress(count, total)

    def is_settled(self, locale: str) -> bool:
        """Say whether the site of a locale is as it should be, or can be made so by figures."""
        before = self.before[locale]
        if before.get("key") != self.keys[locale]:
            return False
        stated = read_stated(before)
        if stated and stated.figures != self.site.figures_digest and stated.frame is None:
            return False
        if self.site.changes.site.is_intact:
            return True
        files = self.site.memory.recall(f"files/{locale}")
        return files is not None and all(path in self.site.intact for path in files)

    def build_locale(self, locale: str, tick: Tick) -> Built:
        """Build the site of one locale."""
        return LocaleSite(self.site, locale).build(tick)

    def end(self, built: dict[str, Built], restated: Restated) -> None:
        """Let the new site replace the old one, and sum up."""
        report = self.report
        is_part = bool(self.only)
        ended = end_build(self.site, built, self.before, self.keys, restated, is_part=is_part)
        report.written, report.size, report.removed = ended.written, ended.size, ended.removed
        report.pages, report.messages = ended.pages, [*report.messages, *ended.messages]
        for done in built.values():
            report.rendered += sum(done.reasons.values())
            report.reasons.update(done.reasons)
            report.written += done.written
            report.size += done.size
            self.stopwatch.add(done.times)
