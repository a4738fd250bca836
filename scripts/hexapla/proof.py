"""Proof: does a reconstructed source file hash to its revision?

``ms.openlocfilehash`` is the SHA-1 of the whole source file, front matter included, UTF-8 with
CRLF line ends (FORMAT.md, Front matter). The delivering system writes YAML anew, so how the source
wrote it is tried from a table; and since the source's title is in no unit, its first heading is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
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


Rewrite = tuple[re.Pattern[str], str]

KEY_LAYOUTS: tuple[tuple[Rewrite, ...], ...] = (
    ((_QUOTED_ITEM, r"\1\2"), (_BARE_KEY, ": ")),
    ((_QUOTED_ITEM, r"\1\2"),),
    ((_BARE_KEY, ": "),),
    (),
)
"""How a source may have written its keys, the usual ways first: list items without quotation
marks, a blank after the colon of a key whose value is on the lines below."""

TITLE_LAYOUTS = ('title: "{}"\n', "title: {}\n")
"""How it may have written its title."""

ENDS = ("\n", "")
"""What may follow its front matter: an empty line, or nothing."""


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
    for start in _write_starts(entries, title):
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


def _write_starts(entries: Mapping[str, str], title: str) -> Iterator[str]:
    """Yield all that may stand before the body, in the order of the tables."""
    keys = [key for key in entries if key not in DELIVERY_KEYS]
    at = keys.index("title")
    parts = ["".join(entries[key] for key in some) for some in (keys[:at], keys[at + 1 :])]
    for before, after in dict.fromkeys(tuple(_lay_out(parts, way)) for way in KEY_LAYOUTS):
        for line, end in product(TITLE_LAYOUTS, ENDS):
            yield f"---\n{before}{line.format(title)}{after}---\n{end}"


def _lay_out(parts: Iterable[str], rewrites: Iterable[Rewrite]) -> Iterator[str]:
    """Write front matter in one of the key layouts."""
    for part in parts:
        text = part
        for pattern, replacement in rewrites:
            text = pattern.sub(replacement, text)
        yield text
