"""Proof: does a reconstructed source file hash to its revision?

``ms.openlocfilehash`` is the SHA-1 of the whole source file, front matter included, UTF-8 with
CRLF line ends (FORMAT.md, Front matter). The delivering system writes YAML anew, so how the source
wrote it is tried from a table; and since the source's title is in no unit, its first heading is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

TRANSLATED_KEYS = ("description", "keywords")
"""Keys whose source text is lost: with one of them nothing can be proven."""

DELIVERY_KEYS = (
    "ms.openlocfilehash",
    "ms.sourcegitcommit",
    "ms.translationtype",
    "ms.contentlocale",
    "ms.lasthandoff",
    "ms.locfileid",
)
"""The keys that delivery appends to the source's front matter, in its order."""

_QUOTED_ITEM = re.compile(r'^([ ]*- )"([^"\\\n]*)"$', re.MULTILINE)
_BARE_KEY = re.compile(r":$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which a source file may have been written."""

    title: str
    """The title line, with ``%s`` for the title."""
    quoted_items: bool
    """Whether list items keep their quotation marks."""
    blank_after_key: bool
    """Whether a blank follows the colon of a key without a value of its own line."""
    blank_line: bool
    """Whether an empty line follows the front matter."""


LAYOUTS: tuple[Layout, ...] = tuple(
    Layout(title, quoted, blank, line)
    for line, title, quoted, blank in product(
        (True, False), ('title: "%s"\n', "title: %s\n"), (False, True), (True, False)
    )
)
"""The layouts that are tried, the usual ones first."""


def hash_source(text: str) -> str:
    """Give the revision of a source file's text: 40 hex digits."""
    return hashlib.sha1(_encode(text), usedforsecurity=False).hexdigest()


def prove_source(
    entries: Mapping[str, str], bodies: Iterable[str], title: str, revision: str
) -> str | None:
    """Find the source file's exact text.

    Args:
        entries: The front matter entries of an article of this revision.
        bodies: Forms that the source's body may have, without the anchors that delivery adds.
        title: The text of the source's first heading.
        revision: The hash to meet.

    Returns:
        The proven text, or None.
    """
    if "title" not in entries or not title or any(key in entries for key in TRANSLATED_KEYS):
        return None
    encoded = [(body, _encode(body)) for body in dict.fromkeys(bodies)]
    for front, blank in _write_fronts(entries, title):
        start = f"---\n{front}---\n{blank}"
        digest = hashlib.sha1(_encode(start), usedforsecurity=False)
        for body, data in encoded:
            whole = digest.copy()
            whole.update(data)
            if whole.hexdigest() == revision:
                return start + body
    return None


def _encode(text: str) -> bytes:
    """Give the bytes that are hashed: UTF-8, CRLF line ends."""
    return text.replace("\n", "\r\n").encode("utf-8", "replace")


def _write_fronts(entries: Mapping[str, str], title: str) -> Iterator[tuple[str, str]]:
    """Yield the distinct front matters of all layouts, with what follows them."""
    seen = set()
    own = [entry for key, entry in entries.items() if key not in (*DELIVERY_KEYS, "title")]
    at = list(entries).index("title")
    for layout in LAYOUTS:
        front = "".join((*own[:at], layout.title % title, *own[at:]))
        if not layout.quoted_items:
            front = _QUOTED_ITEM.sub(r"\1\2", front)
        if layout.blank_after_key:
            front = _BARE_KEY.sub(": ", front)
        if (front, layout.blank_line) not in seen:
            seen.add((front, layout.blank_line))
            yield front, "\n" if layout.blank_line else ""
