"""The staff of a preview: the process that has read the site, and one for each locale looked at."""

from __future__ import annotations

import threading
from contextlib import suppress

from hexapla.errors import HexaplaError
from hexapla.previewing.answers import Description, Effect
from hexapla.previewing.processes import LostError, Worker


class Staff:
    """Processes that answer for the site and its locales; used by many threads.

    Args:
        nursery: The process that all others are forked from.
    """

    def __init__(self, nursery: Worker) -> None:
        self._nursery = nursery
        self._forking = threading.Lock()
        self._site: Worker | None = None
        self._locales: dict[str, Worker] = {}
        self._planner: Worker | None = None

    @property
    def has_site(self) -> bool:
        """Whether there is a process that has read the site."""
        return self._site is not None

    def renew(self) -> Description:
        """Have the site read anew, and others take the place of those that have read it before.

        Raises:
            HexaplaError: It cannot be read; those that there are stay.
        """
        site = self._nursery.branch("site")
        description: Description = site.ask("describe")
        before = [self._site, *self._locales.values()]
        self._site, self._locales = site, {}
        for worker in before:
            if worker is not None:
                threading.Thread(target=worker.close).start()
        return description

    def start_locale(self, locale: str) -> Worker:
        """Give the process of a locale; it is started when it is needed first.

        Raises:
            HexaplaError: It cannot be.
        """
        with self._forking:
            site = self._site
            if site is None:
                raise LostError("the site has not been read")
            worker = self._locales.get(locale)
            if worker is None:
                worker = site.branch(locale)
                if site is self._site:
                    self._locales[locale] = worker
            return worker

    def judge(self, names: list[str]) -> Effect | None:
        """Tell what has changed; give what follows, None where nothing does.

        Raises:
            HexaplaError: The site cannot say.
        """
        if self._site is None:
            raise LostError("the site has not been read")
        effect: Effect | None = self._site.ask("see", names)
        return effect

    def tell_locales(self, names: list[str]) -> None:
        """Tell the locales what has changed."""
        for worker in list(self._locales.values()):
            with suppress(HexaplaError):
                worker.ask("see", names)

    def plan(self) -> str:
        """Have the navigation planned; give a digest of it.

        Raises:
            HexaplaError: It cannot be planned.
        """
        planner = self._planner = self._nursery.branch("plan")
        try:
            plan: str = planner.ask("plan")
            return plan
        finally:
            planner.close()
            self._planner = None

    def forget_lost(self) -> None:
        """Let go of processes that have ended: others will take their place."""
        with self._forking:
            for locale, worker in list(self._locales.items()):
                try:
                    worker.ask("begin")
                except LostError:
                    del self._locales[locale]
            try:
                if self._site is not None:
                    self._site.ask("begin")
            except LostError:
                self._site = None

    def abandon(self) -> None:
        """Let all of them end."""
        for worker in (self._planner, self._site, *list(self._locales.values())):
            if worker is not None:
                worker.abandon()
