"""Remembered facts: a line for each bundle, of which only what is needed is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from hexapla.building.codec import pack, unpack
from hexapla.building.memory import Memory, render_json
from hexapla.mkdocs_adapter.building.facts import PARTS, Facts

FACTS = "facts"
"""The name that they are remembered by."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What facts were found in."""

    inputs: str = ""
    """A digest of all pages and deliveries."""
    environment: str = ""
    """A digest of what all pages depend on."""
    locks: str = ""
    """A digest of all locks."""
    roots: tuple[str, ...] = ()
    """The roots of the deliveries."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The facts of all bundles, as they were remembered last."""

    origin: Origin = Origin()
    """What they were found in."""
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """The path of a page without a locale, or a topic's id → facts."""


def recall_facts(memory: Memory) -> Remembered:
    """Recall the facts of all bundles; none where nothing is remembered."""
    text = memory.recall_bytes(FACTS).decode("utf-8", "surrogatepass")
    if not text:
        return Remembered()
    head, *lines = text.split("\n")
    found: dict[str, Facts] = {}
    for line in lines:
        norm, *parts = line.split("\t")
        if len(parts) == PARTS:
            found[json.loads(norm)] = Facts(parts)
    return Remembered(unpack(Origin, json.loads(head)), found)


def remember_facts(memory: Memory, remembered: Remembered) -> None:
    """Remember the facts of all bundles.

    Raises:
        StorageError: The disk is full or read-only.
    """
    lines = [render_json(pack(remembered.origin))]
    for norm, facts in sorted(remembered.facts.items()):
        lines.append("\t".join((render_json(norm), *facts.packed.texts)))
    memory.remember_bytes(FACTS, "\n".join(lines).encode("utf-8", "surrogatepass"))
