"""Three ways: merge a new delivery into a page that a writer has edited.

Keys, lines and, within a line that both changed, units are matched between the base and each of
the two others. What one side alone changed is taken from it; what both changed is a conflict, for
which the page keeps the writer's text. With the merged page comes its new base: the delivery, but
for the passages in conflict, which stay as they were. So merging the delivery again finds the very
same conflicts, and a later delivery is merged as if there were none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexapla.merging.arranging import space_slots
from hexapla.merging.conflicts import (
    UNCHANGED,
    Choices,
    Conflict,
    Slot,
    Torn,
    join_base,
    join_slots,
    name_conflicts,
)
from hexapla.merging.elements import choose_side
from hexapla.merging.matching import match_elements, match_keys
from hexapla.merging.passages import see_markers
from hexapla.merging.sequences import merge_sequences, see_text
from hexapla.merging.versions import Document, Element, Version, divide_page
from hexapla.merging.within_lines import merge_passages


@dataclass(frozen=True, slots=True)
class Fences:
    """What opens and closes a front matter."""

    opening: str
    """Its first line; empty in a ``.meta.yml``, and where there is none."""
    closing: str
    """Its last line."""
    is_kept: bool
    """Whether it stands there even when it is empty."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What three versions of a page come to."""

    parts: tuple[tuple[list[Slot], list[Slot]], ...]
    """Front matter and body: the slots of the page, and those of its base."""
    fences: tuple[Fences, Fences]
    """What opens and closes the front matter of the page, and of the base."""
    tails: tuple[str, str]
    """What ends the page, and the base."""
    conflicts: tuple[Conflict, ...]
    """What both sides changed, in the order of the page."""

    def list_torn(self) -> tuple[Torn, ...]:
        """List what both sides moved to different places, in the order of the page."""
        return tuple(
            Torn(text, line) for slot, line in self.number_slots() for text in slot.list_torn()
        )

    def number_slots(self) -> Iterator[tuple[Slot, int]]:
        """Yield the page's slots, each with the line that it begins at."""
        (entries, _), (lines, _) = self.parts
        line = 1 + bool(self.fences[0].opening)
        for slots, ending in ((entries, ""), (lines, "\n")):
            for slot in slots:
                text = slot.write(UNCHANGED)
                line += slot.lead.count("\n") if text is not None else 0
                yield slot, line
                line += text.count("\n") + len(ending) if text is not None else 0
            line += bool(self.fences[0].opening) if slots is entries else 0

    def write(self, choices: Choices = UNCHANGED) -> str:
        """Write the page."""
        (entries, _), (lines, _) = self.parts
        front = join_slots(entries, choices)
        body = join_slots(lines, choices, "\n")
        return _join(front, body, self.fences[0], self.tails[0])

    def write_base(self, choices: Choices = UNCHANGED) -> str:
        """Write the base that the page is to be compared with from now on."""
        (_, entries), (_, lines) = self.parts
        front = join_base(entries, choices)
        body = join_base(lines, choices, "\n")
        return _join(front, body, self.fences[1], self.tails[1])


def _join(front: str, body: str, fences: Fences, tail: str) -> str:
    """Join front matter and body; the tail has the last line's end."""
    text = body.removesuffix("\n") + tail
    return fences.opening + front + fences.closing + text if front or fences.is_kept else text


def _choose_fences(*documents: Document) -> Fences:
    """Take the fences of the first version that has some."""
    first = documents[0]
    document = next((document for document in documents if document.opening), first)
    return Fences(document.opening, document.closing, first.opening != "" and not first.entries)


def merge_versions(
    base: Version, ours: Version, theirs: Version, *, is_metadata: bool = False
) -> Merge:
    """Merge a new delivery into an edited page.

    Args:
        base: What was delivered before.
        ours: The page.
        theirs: The new delivery.
        is_metadata: Whether the page is a ``.meta.yml``.
    """
    b, o, t = (divide_page(version, is_metadata=is_metadata) for version in (base, ours, theirs))
    keys = match_keys(b.entries, o.entries), match_keys(b.entries, t.entries)
    front = merge_sequences((b.entries, o.entries, t.entries), keys, None, _see_key)
    by_source = bool(base.spans and theirs.spans)
    lines = (
        match_elements(b.lines, o.lines, _see_line, by_source=False),
        match_elements(b.lines, t.lines, _see_line, by_source=by_source),
    )
    body = merge_sequences((b.lines, o.lines, t.lines), lines, merge_passages, see_text)
    opening = next((version[0].lead for version in (t.lines, b.lines, o.lines) if version), "")
    space_slots(body[0], opening, "\n")
    space_slots(body[1], opening, "\n", is_base=True)
    found = _list_conflicts((*front[0], *front[1]), (*body[0], *body[1]))
    name_conflicts(found)
    merge = Merge(
        (front, body),
        (_choose_fences(o, t, b), _choose_fences(t, o, b)),
        (choose_side(b.tail, o.tail, t.tail), t.tail),
        tuple(found),
    )
    for slot, line in merge.number_slots():
        for conflict in slot.list_conflicts():
            conflict.line = line
    return merge


def _see_key(element: Element) -> str:
    return element.key


def _see_line(element: Element) -> str:
    return see_markers(element.text)


def _list_conflicts(*parts: Sequence[Slot]) -> list[Conflict]:
    """List the conflicts of slots, each once, though it may stand in page and base."""
    found: dict[int, Conflict] = {}
    for slots in parts:
        for slot in slots:
            for conflict in slot.list_conflicts():
                found.setdefault(id(conflict), conflict)
    return list(found.values())
