"""Three ways: merge a new delivery into a page that a writer has edited.

Keys, lines and, within a line that both changed, units are matched between the base and each of
the two others. What one side alone changed is taken from it; what both changed is a conflict, for
which the page keeps the writer's text. With the merged page comes its new base: the delivery, but
for the passages in conflict, which stay as they were. So merging the delivery again finds the very
same conflicts, and a later delivery is merged as if there were none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from hexapla.merging.arranging import arrange_slots, find_moved
from hexapla.merging.conflicts import (
    WHOLE,
    Choices,
    Conflict,
    Slot,
    join_base,
    join_slots,
    name_conflicts,
)
from hexapla.merging.matching import Matches, match_elements, match_keys
from hexapla.merging.passages import LONGEST, divide_line, follow_passages, see_markers
from hexapla.merging.versions import Document, Element, Version, divide_page

_UNCHANGED: Choices = {}

Deepen = Callable[[Element, Element, Element], tuple[list[Slot], list[Slot]] | None]
"""Merges what three elements consist of; None where they are merged as a whole."""


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

    def write(self, choices: Choices = _UNCHANGED) -> str:
        """Write the page."""
        (entries, _), (lines, _) = self.parts
        front = join_slots(entries, choices)
        body = join_slots(lines, choices, "\n")
        return _join(front, body, self.fences[0], self.tails[0])

    def write_base(self, choices: Choices = _UNCHANGED) -> str:
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
    front = _merge_sequences((b.entries, o.entries, t.entries), keys, None, _see_key)
    by_source = bool(base.spans and theirs.spans)
    lines = (
        match_elements(b.lines, o.lines, _see_line, by_source=False),
        match_elements(b.lines, t.lines, _see_line, by_source=by_source),
    )
    body = _merge_sequences((b.lines, o.lines, t.lines), lines, _merge_passages, _see_text)
    found = _list_conflicts((*front[0], *front[1]), (*body[0], *body[1]))
    name_conflicts(found)
    merge = Merge(
        (front, body),
        (_choose_fences(o, t, b), _choose_fences(t, o, b)),
        (_choose(b.tail, o.tail, t.tail), t.tail),
        tuple(found),
    )
    _locate(merge)
    return merge


def _choose(base: str, ours: str, theirs: str) -> str:
    """Take what one side changed; the writer's where both did."""
    return theirs if ours == base else ours


def _see_key(element: Element) -> str:
    return element.key


def _see_text(element: Element) -> str:
    return element.text


def _see_line(element: Element) -> str:
    return see_markers(element.text)


def _see_nothing(_: Element) -> str:
    return ""


def _list_conflicts(*parts: Sequence[Slot]) -> list[Conflict]:
    """List the conflicts of slots, each once, though it may stand in page and base."""
    found: dict[int, Conflict] = {}
    for slots in parts:
        for slot in slots:
            for conflict in slot.list_conflicts():
                found.setdefault(id(conflict), conflict)
    return list(found.values())


Three = tuple[Sequence[Element], Sequence[Element], Sequence[Element]]
"""Elements of the base, the page and the new delivery."""


def _merge_sequences(
    three: Three,
    matches: tuple[Matches, Matches],
    deepen: Deepen | None,
    see: Callable[[Element], str],
) -> tuple[list[Slot], list[Slot]]:
    """Merge three sequences of elements.

    Returns:
        The slots of the page, and those of its new base.
    """
    base, ours, theirs = three
    to_ours, to_theirs = matches
    from_ours = {j: i for i, j in to_ours.items()}
    from_theirs = {j: i for i, j in to_theirs.items()}
    both = _match_added(ours, theirs, from_ours, from_theirs, see)
    partners = {t: o for o, t in both.items()}
    delivered: list[Slot] = []
    kept: dict[int, Slot] = {}
    for t, element in enumerate(theirs):
        b = from_theirs.get(t)
        o = partners.get(t) if b is None else to_ours.get(b)
        before = base[b] if b is not None else None
        slot = _merge_elements(before, ours[o] if o is not None else None, element, deepen)
        slot.is_first = t == 0
        delivered.append(slot)
        if o is not None:
            kept[o] = slot
    there = {b: delivered[t] for t, b in from_theirs.items()}
    moved = find_moved(to_ours)
    placed = moved & kept.keys()
    touched = moved | _find_swapped(moved, from_ours)
    lost: set[int] = set()
    for o, element in enumerate(ours):
        b = from_ours.get(o)
        if o in kept or (b is not None and base[b].text == element.text and o not in touched):
            continue  # it is merged, or the delivery has removed what nobody edited
        kept[o] = _keep_element(base[b] if b is not None else None, element)
        placed.add(o)
        if b is not None:
            there[b] = kept[o]
            lost.add(b)
    return arrange_slots(delivered, kept, placed), arrange_slots(delivered, there, lost)


def _find_swapped(moved: Set[int], from_ours: Mapping[int, int]) -> set[int]:
    """Find what changed places with a neighbour: either of the two may count as moved."""
    return {
        other
        for index in moved
        for other in (index - 1, index + 1)
        if other in from_ours and from_ours[other] - from_ours[index] == index - other
    }


def _keep_element(base: Element | None, ours: Element) -> Slot:
    """Keep what the delivery has not: the writer's own, or what it removed and the writer edited.

    To move a passage is to edit it.
    """
    if base is None:
        return Slot(ours.lead, ours.lead, ours.text)
    texts = (base.text, ours.text, None)
    conflict = Conflict(*texts, base.name or _make_name(texts))
    return Slot(ours.lead, base.lead, conflict=conflict)


def _match_added(
    ours: Sequence[Element],
    theirs: Sequence[Element],
    from_ours: Mapping[int, int],
    from_theirs: Mapping[int, int],
    see: Callable[[Element], str],
) -> Matches:
    """Match what both sides added: the same key, or the same text."""
    places = {see(element): t for t, element in enumerate(theirs) if t not in from_theirs}
    found: Matches = {}
    for o, element in enumerate(ours):
        if o not in from_ours and (t := places.pop(see(element), None)) is not None:
            found[o] = t
    return found


def _merge_elements(
    base: Element | None, ours: Element | None, theirs: Element, deepen: Deepen | None
) -> Slot:
    """Merge an element that the delivery has."""
    slot = Slot(theirs.lead, theirs.lead)
    if ours is not None:
        slot.lead = _choose(base.lead, ours.lead, theirs.lead) if base else ours.lead
    texts = (base.text if base else None, ours.text if ours else None, theirs.text)
    if texts[1] in {texts[0], texts[2]}:
        slot.ours = slot.base = texts[2]
    elif texts[2] == texts[0]:
        slot.ours, slot.base = texts[1], texts[2]
    elif base is not None and ours is not None and deepen is not None:
        slot.within = deepen(base, ours, theirs)
        slot.conflict = None if slot.within else _make_conflict(texts, theirs, base)
    else:
        slot.conflict = _make_conflict(texts, theirs, base or theirs)
    return slot


def _make_conflict(
    texts: tuple[str | None, str | None, str | None], *elements: Element
) -> Conflict:
    """Make a conflict, named by the first of its elements that has a name."""
    name = next((element.name for element in elements if element.name), "")
    return Conflict(*texts, name or _make_name(texts))


def _make_name(texts: tuple[str | None, str | None, str | None]) -> str:
    """Name a passage that has no number, so that it keeps its name while it is a conflict."""
    base, _, theirs = texts
    value = repr((base, theirs)).encode("utf-8", "backslashreplace")
    return hashlib.sha1(value, usedforsecurity=False).hexdigest()[:7]


def _merge_passages(
    base: Element, ours: Element, theirs: Element
) -> tuple[list[Slot], list[Slot]] | None:
    """Merge a line that both sides changed, unit by unit or sentence by sentence."""
    if max(len(line.text) for line in (base, ours, theirs)) > LONGEST:
        return None
    if base.spans or not theirs.spans:
        before, after = divide_line(base), divide_line(theirs)
        by_source = bool(base.spans and theirs.spans)
        to_theirs = match_elements(before, after, _see_nothing, by_source=by_source)
    else:
        after = divide_line(theirs)
        followed = follow_passages(after, base.text)
        before = [passage for _, passage in followed]
        to_theirs = {i: t for i, (t, _) in enumerate(followed) if t >= 0}
    now = follow_passages(before, ours.text)
    to_ours = {b: o for o, (b, _) in enumerate(now) if b >= 0}
    three = before, [passage for _, passage in now], after
    page, rest = _merge_sequences(three, (to_ours, to_theirs), None, _see_text)
    blank = next((passage.lead for passage in (*after[1:], *before[1:]) if passage.lead), "")
    indent = after[0].lead if after else ""
    texts = [slot.write(_UNCHANGED) for slot in page]
    for slot, lead in _space(page, texts, [slot.lead for slot in page], (indent, blank)):
        slot.lead = lead
    texts = [slot.write_base(_UNCHANGED) for slot in rest]
    for slot, lead in _space(rest, texts, [slot.base_lead for slot in rest], (indent, blank)):
        slot.base_lead = lead
    return page, rest


def _space(
    slots: Sequence[Slot],
    texts: Sequence[str | None],
    leads: Sequence[str],
    blanks: tuple[str, str],
) -> Iterator[tuple[Slot, str]]:
    """Give the blanks before passages, where another one is the line's first now.

    Args:
        slots: The passages, in order.
        texts: Their texts; None for what is not there.
        leads: The blanks before them as they were.
        blanks: Those before the line's first passage, and before any other.
    """
    is_opening = True
    for slot, text, lead in zip(slots, texts, leads, strict=True):
        if text is not None:
            if is_opening:
                yield slot, lead if slot.is_first else blanks[0]
            elif slot.is_first:
                yield slot, blanks[1]
            is_opening = False


def _locate(merge: Merge) -> None:
    """Find the line of each conflict in the page."""
    (entries, _), (lines, _) = merge.parts
    line = 1 + bool(merge.fences[0].opening)
    for slots, ending in ((entries, ""), (lines, "\n")):
        for slot in slots:
            text = slot.write(_UNCHANGED)
            line += slot.lead.count("\n") if text is not None else 0
            for conflict in slot.list_conflicts():
                conflict.line = line
            line += text.count("\n") + len(ending) if text is not None else 0
        line += bool(merge.fences[0].opening) if slots is entries else 0


def make_whole(ours: str, theirs: str) -> Conflict:
    """Make the conflict of a page whose base is not known: all of it."""
    return Conflict(None, ours, theirs, WHOLE)
