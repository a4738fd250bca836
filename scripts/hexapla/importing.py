"""Importing: take what a vendor delivers into ``locales/``, as it is.

A tree or an archive keeps its paths; it becomes the locale's bilingual tree when it carries units,
else its monolingual one. Single files have lost their paths: they go to the loose tree, unless the
user names their topic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hexapla.archives import MEMBER_LIMIT, Member, is_archive, read_archive
from hexapla.errors import ArchiveError, StorageError, UsageError
from hexapla.findings import Finding
from hexapla.handoffs import is_older
from hexapla.locales import is_locale, parse_locale
from hexapla.model import Form
from hexapla.paths import is_article, is_inside_tree
from hexapla.placing import choose_locale, is_ignored, name_locale, plan_placement
from hexapla.state import read_source_locale
from hexapla.storage import (
    Entry,
    PathError,
    Repository,
    Writer,
    hash_blob,
    hold_lock,
    is_folder,
    read_if_present,
    read_limited,
    scan_tree,
)


@dataclass(slots=True)
class Import:
    """What an import did."""

    written: Counter[str] = field(default_factory=Counter)
    """Folder below ``locales/`` → files that are new or changed."""
    unchanged: int = 0
    """Files that were there already."""
    findings: list[Finding] = field(default_factory=list)
    """What was not taken, and why."""


def import_deliveries(
    repository: Repository,
    paths: Sequence[Path],
    *,
    locale: str | None,
    topic: str | None,
    allow_older: bool = False,
) -> Import:
    """Take trees, archives and single files into ``locales/``.

    Args:
        repository: Where to.
        paths: What to take.
        locale: The locale of all of it; None: each one's own, from folder or front matter.
        topic: The topic that the single files belong to; None: found by evidence.
        allow_older: Whether to take articles that were handed off before those that are there.

    Raises:
        HexaplaError: A path does not exist, or the locale is not known.
    """
    if locale is not None:
        locale = parse_locale(locale)
    if topic is not None and not is_inside_tree(topic):
        raise UsageError(f"{topic!r} cannot be a topic's id", hint="use its path: help/start")
    source_locale = read_source_locale(repository)
    result = Import()
    with hold_lock(repository.cache / "sync.lock"):
        writer = Writer(repository.locales, repository.cache / "tmp")
        for path in paths:
            taker = _Taker(repository, writer, result, path, source_locale, allow_older=allow_older)
            try:
                if is_folder(path):
                    named = locale or _name_locale(path.resolve().name)
                    taker.take_tree(partial(_read_tree, path), named)
                elif is_archive(path):
                    taker.take_tree(partial(read_archive, path), locale)
                else:
                    taker.take_file(locale, topic)
            except (ArchiveError, UsageError) as error:
                taker.refuse("", error.message, error.hint or "")
    return result


def _name_locale(folder: str) -> str | None:
    """Give the locale that a folder is named by, if it is."""
    return folder if is_locale(folder) else None


def _read_tree(root: Path) -> Iterator[Member]:
    """Yield a folder's files."""
    for found in scan_tree(root):
        if not isinstance(found, Entry):
            yield Member(found.path, b"", found.message)
            continue
        try:
            yield Member(found.path, read_limited(root / found.path, MEMBER_LIMIT))
        except StorageError as error:
            yield Member(found.path, b"", error.message)


class _Taker:
    """Takes one of the paths that are imported."""

    def __init__(  # noqa: PLR0917 - one of each
        self,
        repository: Repository,
        writer: Writer,
        result: Import,
        path: Path,
        source_locale: str,
        allow_older: bool,
    ) -> None:
        self._repository = repository
        self._writer = writer
        self._result = result
        self._path = path
        self._source_locale = source_locale
        self._allow_older = allow_older

    def take_tree(self, read: Callable[[], Iterator[Member]], locale: str | None) -> None:
        """Take a tree of files, one locale's or several: looked through once, then written."""
        placement = plan_placement(read(), locale, self._source_locale, str(self._path))
        for member in read():
            if member.problem:
                self.refuse(member.path, member.problem)
            elif (target := placement.place(member.path)) is not None:
                self._write(target, member.data)
            elif not is_ignored(member.path):
                self.refuse(member.path, "it is in no locale's folder", "give it with --locale")

    def take_file(self, locale: str | None, topic: str | None) -> None:
        """Take a single article."""
        try:
            data = read_limited(self._path, MEMBER_LIMIT)
        except StorageError as error:
            self.refuse("", error.message, error.hint or "")
            return
        member = Member(f"{topic or self._path.name}.md", data)
        found = locale or choose_locale(Counter([name_locale(member)]), str(self._path))
        if topic is None:
            name = self._path.name
            target = f"{found}{Form.LOOSE.value}/{name}"
            there = read_if_present(self._repository.locales / target, MEMBER_LIMIT)
            if there is not None and there != data:
                stem, dot, ending = name.rpartition(".")
                target = f"{found}{Form.LOOSE.value}/{stem or ending}-{hash_blob(data)[:8]}"
                target += dot + ending if stem else ""
            self._write(target, data)
            return
        placement = plan_placement([member], found, self._source_locale, str(self._path))
        self._write(f"{placement.name_tree(found)}/{topic}.md", data)
        loose = f"{found}{Form.LOOSE.value}/{self._path.name}"
        if read_if_present(self._repository.locales / loose, MEMBER_LIMIT) == data:
            self._writer.remove(loose)

    def _write(self, target: str, data: bytes) -> None:
        """Write a file into ``locales/``, unless it is there already."""
        if not is_inside_tree(target):
            self.refuse(target.partition("/")[2], "its path leads out of the tree")
            return
        there = read_if_present(self._repository.locales / target, MEMBER_LIMIT)
        if there == data:
            self._result.unchanged += 1
        elif there is not None and self._is_older(target, data, there):
            path = target.partition("/")[2]
            place = f"{self._path}/{path}" if is_folder(self._path) else str(self._path)
            message = "not imported: the article that is there was handed off later"
            hint = "to go back all the same: hexapla import --allow-older"
            self._result.findings.append(Finding(place, 0, 0, "older-delivery", message, hint))
        else:
            try:
                self._writer.write(target, data)
            except PathError as error:
                self.refuse(target.partition("/")[2], error.message, error.hint or "")
            else:
                self._result.written[target.partition("/")[0]] += 1

    def _is_older(self, target: str, data: bytes, there: bytes) -> bool:
        """Say whether an article may not replace the one that is there."""
        return not self._allow_older and is_article(target) and is_older(data, there)

    def refuse(self, path: str, problem: str, hint: str = "") -> None:
        """Report a file that is not taken.

        Args:
            path: The file within the tree or archive; empty: all of what was to be imported.
            problem: Why.
            hint: What to do.
        """
        place = f"{self._path}/{path}" if path else str(self._path)
        message = f"not imported: {problem}"
        self._result.findings.append(Finding(place, 0, 0, "import-refused", message, hint))
