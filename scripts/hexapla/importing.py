"""Importing: take what a vendor delivers into ``locales/``, as it is.

A tree or an archive keeps its paths; it becomes the locale's bilingual tree when it carries units,
else its monolingual one. Single files have lost their paths: they go to the loose tree, unless the
user names their topic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hexapla.archives import MEMBER_LIMIT, Member, is_archive, read_archive
from hexapla.errors import StorageError, UsageError
from hexapla.findings import Finding
from hexapla.front_matter import parse_front_matter
from hexapla.locales import is_locale, parse_locale
from hexapla.model import Form
from hexapla.paths import collision_key, is_article, is_inside_tree
from hexapla.state import read_source_locale
from hexapla.storage import (
    Entry,
    Repository,
    Writer,
    hash_blob,
    hold_lock,
    is_folder,
    read_if_present,
    read_limited,
    scan_tree,
)

_HEAD = 65_600
"""Characters of an article that are looked at for its locale."""
_IGNORED = (".git/", ".github/", "__MACOSX/")
_NAMED_LOCALE = re.compile(r"(?<![A-Za-z])[a-z]{2,3}(?:-[A-Z][a-z]{3})?-[A-Z]{2}(?![A-Za-z])")


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
    repository: Repository, paths: Sequence[Path], *, locale: str | None, topic: str | None
) -> Import:
    """Take trees, archives and single files into ``locales/``.

    Args:
        repository: Where to.
        paths: What to take.
        locale: The locale of all of it; None: each one's own, from folder or front matter.
        topic: The topic that the single files belong to; None: found by evidence.

    Raises:
        HexaplaError: A path does not exist, a locale is not known, or an archive is damaged.
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
            taker = _Taker(repository, writer, result, path, source_locale)
            if is_folder(path):
                taker.take_tree(_read_tree(path), locale or _name_locale(path.resolve().name))
            elif is_archive(path):
                taker.take_tree(read_archive(path), locale)
            else:
                taker.take_file(locale, topic)
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

    def __init__(
        self,
        repository: Repository,
        writer: Writer,
        result: Import,
        path: Path,
        source_locale: str,
    ) -> None:
        self._repository = repository
        self._writer = writer
        self._result = result
        self._path = path
        self._source_locale = source_locale

    def take_tree(self, members: Iterable[Member], locale: str | None) -> None:
        """Take a tree of files, one locale's or several."""
        by_locale: dict[str, list[Member]] = {}
        unplaced: list[Member] = []
        for member in members:
            if member.problem:
                self._refuse(member.path, member.problem)
                continue
            if f"{member.path}/".startswith(_IGNORED) or "/.git/" in member.path:
                continue
            folder, _, rest = member.path.partition("/")
            if locale is None and rest and is_locale(folder):
                by_locale.setdefault(folder, []).append(Member(rest, member.data))
            elif locale is not None and folder == locale and rest:
                by_locale.setdefault(locale, []).append(Member(rest, member.data))
            else:
                unplaced.append(member)
        if unplaced:
            found = locale or self._find_locale(unplaced)
            by_locale.setdefault(found, []).extend(_strip_wrapper(unplaced, found))
        for found, own in sorted(by_locale.items()):
            form = self._find_form(own, found)
            for member in own:
                self._write(f"{found}{form.value}/{member.path}", member.data)

    def take_file(self, locale: str | None, topic: str | None) -> None:
        """Take a single article."""
        data = read_limited(self._path, MEMBER_LIMIT)
        found = locale or self._find_locale([Member(f"{self._path.name}.md", data)])
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
        form = self._find_form([Member(f"{topic}.md", data)], found)
        self._write(f"{found}{form.value}/{topic}.md", data)
        loose = f"{found}{Form.LOOSE.value}/{self._path.name}"
        if read_if_present(self._repository.locales / loose, MEMBER_LIMIT) == data:
            self._writer.remove(loose)

    def _find_form(self, members: Iterable[Member], locale: str) -> Form:
        """Say which of a locale's trees files belong to."""
        if locale == self._source_locale:
            return Form.BILINGUAL
        is_bilingual = any(b"data-ttu-id" in member.data for member in members)
        return Form.BILINGUAL if is_bilingual else Form.MONOLINGUAL

    def _find_locale(self, members: Iterable[Member]) -> str:
        """Find the locale that most articles name in their front matter."""
        votes: Counter[str] = Counter()
        for member in members:
            if is_article(member.path):
                text = member.data[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
                front, _, _ = parse_front_matter(text.replace("\r\n", "\n"), member.path)
                votes[front.scalar("ms.contentlocale")] += 1
        votes.pop("", None)
        if not votes:
            message = "no article here names its locale"
            raise UsageError(message, path=str(self._path), hint="give it with --locale")
        return parse_locale(min(votes, key=lambda tag: (-votes[tag], tag)))

    def _write(self, target: str, data: bytes) -> None:
        """Write a file into ``locales/``, unless it is there already."""
        if not is_inside_tree(target):
            self._refuse(target.partition("/")[2], "its path leads out of the tree")
        elif read_if_present(self._repository.locales / target, MEMBER_LIMIT) == data:
            self._result.unchanged += 1
        else:
            self._writer.write(target, data)
            self._result.written[target.partition("/")[0]] += 1

    def _refuse(self, path: str, problem: str) -> None:
        """Report a file that is not taken."""
        message = f"not imported: {problem}"
        self._result.findings.append(
            Finding(f"{self._path}/{path}", 0, 0, "import-refused", message)
        )


def _strip_wrapper(members: Sequence[Member], locale: str) -> list[Member]:
    """Remove the folder that an archive wraps a repository in, such as ``help.sv-SE-live/``."""
    folders = {member.path.partition("/")[0] for member in members}
    if len(folders) == 1 and all("/" in member.path for member in members):
        named = {collision_key(tag) for tag in _NAMED_LOCALE.findall(folders.pop())}
        if collision_key(locale) in named:
            return [Member(member.path.partition("/")[2], member.data) for member in members]
    return list(members)
