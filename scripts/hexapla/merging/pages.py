"""Pages: merge what is in a file, whatever it is, and settle what was in conflict.

A text may have been saved by an editor with CRLF line ends or a byte order mark: it keeps them. A
file that is no text, and a page whose base is not known, is a conflict as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hexapla.merging.conflicts import EDIT, OURS, WHOLE, Choices, Conflict, Torn, make_whole
from hexapla.merging.three_way import Merge, merge_versions
from hexapla.merging.versions import Version

_MARK = "\ufeff"
_ROUNDS = 3
"""How often a merge is done again until it stays as it is."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged file."""

    data: bytes
    """The file's new content."""
    base: bytes | None
    """What it is to be compared with from now on; empty where that is not known, None where it is
    the new delivery itself: then nothing is in conflict."""
    conflicts: tuple[Conflict, ...] = ()
    """What both sides changed."""
    torn: tuple[Torn, ...] = ()
    """What both sides moved, to different places."""


def merge_page(base: Version | None, ours: bytes, theirs: Version, path: str) -> Merged:
    """Merge a new delivery into a page.

    Args:
        base: What was delivered before; None where it is not known.
        ours: The page.
        theirs: The new delivery.
        path: The page's path.
    """
    return settle_page(base, ours, (theirs, theirs.text.encode()), path, {})


def settle_page(
    base: Version | None,
    ours: bytes,
    delivery: tuple[Version, bytes],
    path: str,
    choices: Choices,
) -> Merged:
    """Merge as `merge_page` does, and settle conflicts.

    Args:
        base: What was delivered before; None where it is not known.
        ours: The page.
        delivery: The new delivery, and its bytes.
        path: The page's path.
        choices: Name of a conflict → what is chosen for it.
    """
    theirs, delivered = delivery
    if ours == delivered:
        return Merged(ours, None)
    text, ending, mark = _read_text(ours)
    if base is None or text is None:
        return _settle_whole(text or "", ours, delivery, choices)
    is_metadata = path.endswith(".yml")
    merge = merge_versions(base, Version(text), theirs, is_metadata=is_metadata)
    merged, rest = merge.write(choices), merge.write_base(choices)
    left = tuple(conflict for conflict in merge.conflicts if conflict.name not in choices)
    known = left
    for _ in range(_ROUNDS if left else 0):
        # What is in conflict is found anew from what is remembered: none may get lost.
        again = merge_versions(Version(rest), Version(merged), theirs, is_metadata=is_metadata)
        before, left, known = (merged, rest), again.conflicts, (*known, *again.conflicts)
        merged, rest = again.write(), again.write_base()
        if (merged, rest) == before and _holds(again, known):
            break
    else:
        if known:
            return _settle_whole(text, ours, delivery, choices)
    written = (mark + merged.replace("\n", ending)).encode()
    return Merged(written, rest.encode() if left else None, left, merge.list_torn())


def _settle_whole(
    text: str, ours: bytes, delivery: tuple[Version, bytes], choices: Choices
) -> Merged:
    """Keep a page as it is, unless something is chosen for all of it."""
    kind, chosen = choices.get(WHOLE, ("", ""))
    if not kind:
        return Merged(ours, b"", (make_whole(text, delivery[0].text),))
    if kind == OURS:
        return Merged(ours, None)
    return Merged(chosen.encode() if kind == EDIT else delivery[1], None)


def _read_text(data: bytes) -> tuple[str | None, str, str]:
    """Read a page's text, and say what its line ends are and whether a mark is before it."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None, "\n", ""
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    if "\r\n" in text and text.count("\r\n") == text.count("\n"):
        return text.replace("\r\n", "\n"), "\r\n", mark
    return text, "\n", mark


def _holds(merge: Merge, conflicts: Iterable[Conflict]) -> bool:
    """Say whether a merge has all of some conflicts, each alone or as part of a larger one."""
    return all(
        any(
            all(
                one is None or (other is not None and one in other)
                for one, other in (
                    (conflict.base, found.base),
                    (conflict.ours, found.ours),
                    (conflict.theirs, found.theirs),
                )
            )
            for found in merge.conflicts
        )
        for conflict in conflicts
    )
