"""Conflicts: passages that a writer and a delivery both changed, and what is chosen for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

WHOLE = "page"
"""The name of the conflict of a page whose base is not known."""

OURS = "ours"
THEIRS = "theirs"
EDIT = "edit"

Choices = Mapping[str, tuple[str, str]]
"""Name of a conflict → `OURS`, `THEIRS` or `EDIT`, and the text where it is edited."""

UNCHANGED: Choices = {}
"""Nothing is chosen: the page keeps the writer's text."""


@dataclass(slots=True)
class Conflict:
    """A passage that a writer and a delivery both changed; None where a side has it not."""

    base: str | None
    """What was delivered before."""
    ours: str | None
    """What the page has."""
    theirs: str | None
    """What the new delivery has."""
    name: str = ""
    """What it is called: a unit's number, a front matter key, ``L12`` for a line, `WHOLE`."""
    line: int = 0
    """Its line in the page, from 1."""

    def choose(self, choices: Choices) -> str | None:
        """Give the text that the page has: the writer's, unless something else is chosen."""
        kind, text = choices.get(self.name, (OURS, ""))
        return {OURS: self.ours, THEIRS: self.theirs}.get(kind, text)

    def keep_base(self, choices: Choices) -> str | None:
        """Give the text to compare with from now on: once settled, the new delivery's."""
        return self.theirs if self.name in choices else self.base


@dataclass(frozen=True, slots=True)
class Torn:
    """A passage that a writer and a delivery moved to different places."""

    text: str
    """What it is, as it stands in the page."""
    line: int
    """Its line in the page, from 1."""


@dataclass(slots=True)
class Slot:
    """A place in the merged page, and in the base that it is to be compared with from now on."""

    lead: str
    """What leads to it in the page."""
    base_lead: str
    """What leads to it in the base."""
    ours: str | None = None
    """Its text in the page; None where the page has it not."""
    base: str | None = None
    """Its text in the base."""
    conflict: Conflict | None = None
    """What gives both texts instead."""
    within: tuple[list[Slot], list[Slot]] | None = None
    """The passages that give both texts instead: in the order of the page, and of the base."""
    opening: str | None = None
    """What leads to it where it is the first in the page; None where it is the first nowhere."""
    is_first: bool = False
    """Whether it is the first wherever it is."""
    is_base_first: bool = False
    """Whether it is the first in what gives its lead in the base."""
    is_torn: bool = False
    """Whether both sides moved it, to different places: it stands where the writer put it."""

    def write(self, choices: Choices) -> str | None:
        """Give its text in the page."""
        if self.conflict is not None:
            return self.conflict.choose(choices)
        if self.within is None:
            return self.ours
        return join_slots(self.within[0], choices) or None

    def write_base(self, choices: Choices) -> str | None:
        """Give its text in the base."""
        if self.conflict is not None:
            return self.conflict.keep_base(choices)
        if self.within is None:
            return self.base
        return join_base(self.within[1], choices) or None

    def list_conflicts(self) -> Iterator[Conflict]:
        """Yield its conflicts, in the order of the page."""
        if self.conflict is not None:
            yield self.conflict
        if self.within is not None:
            for slot in {id(slot): slot for slots in self.within for slot in slots}.values():
                yield from slot.list_conflicts()

    def list_torn(self) -> Iterator[str]:
        """Yield what both sides moved to different places, as it stands in the page."""
        text = self.write(UNCHANGED)
        if self.is_torn and text is not None:
            yield text
        elif self.within is not None:
            for slot in self.within[0]:
                yield from slot.list_torn()


def join_slots(slots: Sequence[Slot], choices: Choices, ending: str = "") -> str:
    """Write the page from its slots."""
    written = ((slot.lead, slot.write(choices)) for slot in slots)
    return "".join(lead + text + ending for lead, text in written if text is not None)


def join_base(slots: Sequence[Slot], choices: Choices, ending: str = "") -> str:
    """Write the base from its slots."""
    written = ((slot.base_lead, slot.write_base(choices)) for slot in slots)
    return "".join(lead + text + ending for lead, text in written if text is not None)


def name_conflicts(conflicts: Sequence[Conflict]) -> None:
    """Give each conflict a name of its own."""
    seen: Counter[str] = Counter()
    for conflict in conflicts:
        seen[conflict.name] += 1
        if seen[conflict.name] > 1:
            conflict.name = f"{conflict.name}-{seen[conflict.name]}"


def make_whole(ours: str, theirs: str) -> Conflict:
    """Make the conflict of a page whose base is not known: all of it."""
    return Conflict(None, ours, theirs, WHOLE)
