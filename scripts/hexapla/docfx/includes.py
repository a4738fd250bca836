"""Includes: ``[!INCLUDE [title](path)]`` becomes the text of that file.

In a paragraph of its own an include is blocks; within text it is a phrase. Its relative references
are rewritten to lead from the page. Text in another language than the page's is marked so.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from hexapla.code_spans import find_code, is_inside
from hexapla.links import replace_references

_INCLUDE = re.compile(
    r"\[!include[ \t]*\[[^\]\n]*+\][ \t]*\((?P<target>[^()\n]++)\)[ \t]*\]", re.IGNORECASE
)
_BEFORE = re.compile(r"(?P<quote>[ \t>]*)(?P<marker>(?:[-*+]|\d{1,9}[.)])[ \t]+)?$")
_PARTS = re.compile(r"([^?#]*)(.*)", re.DOTALL)

MAX_DEPTH = 10
"""Includes within each other."""

MAX_INCLUDES = 200
"""Includes of a page, so that a few small files cannot make an endless one."""

MAX_CHARACTERS = 1_000_000
"""What the includes of a page come to, together."""


@dataclass(frozen=True, slots=True)
class Included:
    """A file that is included."""

    path: str
    """Its path under ``docs/``: ``help/includes/plan/index.sv-SE.md``."""

    text: str
    """Its text, without front matter."""

    language: str = ""
    """Its locale, where it is not the page's."""

    direction: str = "ltr"
    """The direction of its script."""


Read = Callable[[str], Included | None]
Report = Callable[[str, int, str], None]


def resolve_path(reference: str, path: str) -> str | None:
    """Give the path that a relative reference means, without query and fragment; None outside."""
    target = unquote(_PARTS.match(reference.strip().replace("\\", "/"))[1])  # type: ignore[index]
    resolved = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return None if resolved.startswith(("/", "../")) or resolved in {".", ".."} else resolved


class Includer:
    """Expands the includes of one page.

    Args:
        path: The page's path under ``docs/``.
        read: Reads the file of a path, in the best language for the page; None where none is.
        report: Is told path, line and message of what cannot be included.
    """

    def __init__(self, path: str, read: Read, report: Report) -> None:
        self.path = path
        self.read = read
        self.report = report
        self.count = 0
        self.characters = 0

    def expand(self, text: str, path: str = "", trail: tuple[str, ...] = ()) -> str:
        """Replace the includes of a text by what they mean; by nothing where that is missing."""
        if not _INCLUDE.search(text):
            return text
        path = path or self.path
        code = find_code(text)

        def include(match: re.Match[str]) -> str:
            if is_inside(match.start(), code):
                return match[0]
            found = self.find(match, path, trail)
            if found is None:
                return ""
            inner = self.expand(found.text, found.path, (*trail, path))
            return place(rebase(inner, found.path, path), found, match)

        # Nested texts are rebased level by level: each to the file that includes it.
        return _INCLUDE.sub(include, text)

    def find(self, match: re.Match[str], path: str, trail: tuple[str, ...]) -> Included | None:
        """Find the file of an include, or report why it cannot be included."""
        target = match["target"].strip()
        resolved = resolve_path(target, path)
        found = self.read(resolved) if resolved else None
        if found is None:
            reason = f"the include {target} is missing"
        elif found.path in (*trail, path):
            reason = f"the include {target} includes itself"
        elif len(trail) >= MAX_DEPTH or self.count >= MAX_INCLUDES or self.is_too_much(found):
            reason = f"the include {target} is one too many"
        else:
            self.count += 1
            self.characters += len(found.text)
            return found
        self.report(path, match.string.count("\n", 0, match.start()) + 1, reason)
        return None

    def is_too_much(self, found: Included) -> bool:
        """Say whether a file makes the page too large."""
        return self.characters + len(found.text) > MAX_CHARACTERS


def rebase(text: str, path: str, page: str) -> str:
    """Rewrite the relative references of a file so that they lead from another one."""
    start, base = posixpath.dirname(page) or ".", posixpath.dirname(path)
    if posixpath.normpath(start) == posixpath.normpath(base or "."):
        return text

    def replace(reference: str, offset: int) -> str | None:
        target, rest = _PARTS.match(reference).groups()  # type: ignore[union-attr]
        if not target:
            return None
        joined = posixpath.normpath(posixpath.join(base, unquote(target)))
        end = "/" if target.endswith("/") else ""
        return quote(posixpath.relpath(joined, start), safe="/-._~!$&'*+,;=:@") + end + rest

    return replace_references(text, replace)


def place(text: str, found: Included, match: re.Match[str]) -> str:
    """Give an include's text the form that its place asks for."""
    whole = match.string
    line_start = whole.rfind("\n", 0, match.start()) + 1
    line_end = whole.find("\n", match.end())
    before = _BEFORE.match(whole[line_start : match.start()])
    after = whole[match.end() : line_end if line_end >= 0 else len(whole)]
    text = text.strip("\n")
    if before is None or after.strip() or not text:
        phrase = " ".join(text.split("\n")).strip()
        if not found.language:
            return phrase
        return f'<span lang="{found.language}" dir="{found.direction}">{phrase}</span>'
    if found.language:
        opening = f'::: text lang="{found.language}" dir="{found.direction}"'
        text = f"{opening}\n\n{text}\n\n::: text-end"
    prefix = before["quote"] + " " * len(before["marker"] or "")
    if before["marker"] and found.language:
        text = "\n" + text
    return f"\n{prefix}".join(text.split("\n"))
