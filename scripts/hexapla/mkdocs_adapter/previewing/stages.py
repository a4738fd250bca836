"""Stages: what the processes of a preview have read, one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hexapla.building.memory import Memory
from hexapla.mkdocs_adapter.building.messages import record_messages
from hexapla.mkdocs_adapter.previewing.explaining import explained
from hexapla.mkdocs_adapter.previewing.planning import bring_up_to_date
from hexapla.mkdocs_adapter.previewing.preview_locale import PreviewLocale
from hexapla.mkdocs_adapter.previewing.preview_site import PreviewSite
from hexapla.previewing.answers import Answer, Effect
from hexapla.storage import Repository


class FirstStage:
    """Has read no site yet; it is there because MkDocs takes a while to load.

    Args:
        repository: Where the site's content is.
    """

    is_last = False

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        folder = repository.cache / "preview"
        self.memory = Memory(folder, folder / "tmp")

    def answer(self, question: str, *arguments: Any) -> Any:
        """Answer nothing: there is nothing to be known here."""
        raise ValueError(question)

    def branch(self, name: str) -> Any:
        """Read the site, or plan its navigation."""
        return SiteStage(self) if name == "site" else PlanStage(self)


class SiteStage:
    """Has read what all locales share."""

    is_last = False

    def __init__(self, first: FirstStage) -> None:
        with record_messages(), explained(first.repository.root, "mkdocs.yml"):
            self.site = PreviewSite(first.repository, first.memory)
            self.site.load()

    def answer(self, question: str, *arguments: Any) -> Any:
        """Describe the site; or see changes, and say what follows from them."""
        if question == "describe":
            return self.site.describe()
        effect: Effect | None = self.site.see(*arguments)
        return effect

    def branch(self, name: str) -> Any:
        """Prepare a locale."""
        return LocaleStage(self.site, name)


class LocaleStage:
    """Has prepared one locale."""

    is_last = True

    def __init__(self, site: PreviewSite, locale: str) -> None:
        self.locale = PreviewLocale(site, locale)
        with explained(site.repository.root, "mkdocs.yml"):
            self.locale.load()

    def answer(self, question: str, *arguments: Any) -> Any:
        """Give what is at an address; or forget what has changed."""
        if question == "get":
            answer: Answer = self.locale.get(*arguments)
            return answer
        return self.locale.see(*arguments)

    def branch(self, name: str) -> Any:
        """Have no branches."""
        raise ValueError(name)


class PlanStage:
    """Brings up to date what is remembered of the navigation."""

    is_last = True

    def __init__(self, first: FirstStage) -> None:
        self.first = first

    def answer(self, question: str, *arguments: Any) -> Any:
        """Plan; give a digest of the plan."""
        return bring_up_to_date(self.first.repository, self.first.memory)

    def branch(self, name: str) -> Any:
        """Have no branches."""
        raise ValueError(name)


def open_first_stage(root: Path) -> FirstStage:
    """Give the stage of the first process."""
    return FirstStage(Repository(root))
