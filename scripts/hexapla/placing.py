"""Placing: which locale's tree, and which of its trees, the files of a vendor's delivery belong to.

A delivery is looked through once before anything is written: nothing of it is kept but what
decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hexapla.archives import Member
from hexapla.errors import UsageError
from hexapla.front_matter import parse_front_matter
from hexapla.locales import is_locale, parse_locale
from hexapla.model import Form
from hexapla.paths import collision_key, is_article

_HEAD = 65_600
"""Bytes of an article that are looked at for its locale."""
_IGNORED = (".git/", ".github/", "__MACOSX/")
_NAMED_LOCALE = re.compile(r"(?<![A-Za-z])[a-z]{2,3}(?:-[A-Z][a-z]{3})?-[A-Z]{2}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the files of one delivery go."""

    given: str | None
    """The locale that the user has given for all of it."""
    found: str
    """The locale of files that stand in no locale's folder; empty when there are none."""
    wrapper: str
    """The folder around them that is no part of their paths, with ``/``; may be empty."""
    bilingual: frozenset[str]
    """The locales whose articles have units."""
    source_locale: str
    """The locale that is never a translation: it has one tree."""

    def place(self, path: str) -> str | None:
        """Give a file's path below ``locales/``; None for what is no part of a locale's."""
        if is_ignored(path):
            return None
        locale, rest = split_locale(path, self.given)
        if locale is None:
            if not self.found:
                return None
            locale, rest = self.found, path.removeprefix(self.wrapper)
        return f"{self.name_tree(locale)}/{rest}"

    def name_tree(self, locale: str) -> str:
        """Name the tree of a locale that its files go to: ``sv-SE.monolingual``."""
        is_plain = locale in self.bilingual or locale == self.source_locale
        form = Form.BILINGUAL if is_plain else Form.MONOLINGUAL
        return f"{locale}{form.value}"


def plan_placement(
    members: Iterable[Member], given: str | None, source_locale: str, path: str
) -> Placement:
    """Look through a delivery, and find where its files go.

    Args:
        members: Its files.
        given: The locale of all of it, where the user has named one.
        source_locale: The locale that articles are translated from.
        path: What the user calls it, for errors.

    Raises:
        UsageError: Files stand in no locale's folder, and no article names its locale.
    """
    votes: Counter[str] = Counter()
    bilingual: set[str | None] = set()
    folders: set[str] = set()
    is_divided = False
    for member in members:
        if member.problem or is_ignored(member.path):
            continue
        locale, _ = split_locale(member.path, given)
        is_divided |= locale is not None
        if b"data-ttu-id" in member.data:
            bilingual.add(locale)
        if locale is None:
            votes[name_locale(member)] += 1
            folders.add(member.path.partition("/")[0] + "/" if "/" in member.path else "")
            folders = folders if len(folders) < 3 else {"", "/"}  # no wrapper: enough is known
    named = any(votes) or not is_divided  # a README beside the locales' folders names none
    found = (given or choose_locale(votes, path)) if votes and (given or named) else ""
    wrapper = _find_wrapper(folders, found)
    own = frozenset(found if locale is None else locale for locale in bilingual)
    return Placement(given, found, wrapper, own, source_locale)


def is_ignored(path: str) -> bool:
    """Say whether a file belongs to a repository's or an archive's own keeping."""
    return path.startswith(_IGNORED) or "/.git/" in path


def split_locale(path: str, given: str | None) -> tuple[str | None, str]:
    """Divide a path into the locale that its first folder names, and the rest."""
    folder, _, rest = path.partition("/")
    if rest and (folder == given if given is not None else is_locale(folder)):
        return folder, rest
    return None, path


def name_locale(member: Member) -> str:
    """Give the locale that an article names in its front matter, or nothing."""
    if not is_article(member.path):
        return ""
    text = member.data[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    front, _, _ = parse_front_matter(text.replace("\r\n", "\n"), member.path)
    return front.scalar("ms.contentlocale")


def choose_locale(votes: Counter[str], path: str) -> str:
    """Choose the locale that most articles name.

    Raises:
        UsageError: None names one.
    """
    named = {tag: count for tag, count in votes.items() if tag}
    if not named:
        message = "no article here names its locale"
        raise UsageError(message, path=path, hint="give it with --locale")
    return parse_locale(min(named, key=lambda tag: (-named[tag], tag)))


def _find_wrapper(folders: set[str], locale: str) -> str:
    """Find the one folder that wraps a repository, such as ``help.sv-SE-live/``."""
    if len(folders) != 1:
        return ""
    folder = next(iter(folders))
    named = {collision_key(tag) for tag in _NAMED_LOCALE.findall(folder)}
    return folder if collision_key(locale) in named else ""
