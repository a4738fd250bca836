"""Trees: what a template asks of pages, and what it writes for each way through the answers."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from hexapla.templating.steps import Mode, Step, make_join


class Leaf:
    """A text with holes.

    Args:
        parts: Its texts, and the registers that its holes are filled from.
    """

    __slots__ = ("above", "compared", "parts", "run", "uses")

    def __init__(self, parts: list[Any]) -> None:
        self.parts = parts
        self.run = make_join(parts)
        self.uses = 1
        self.compared = 0
        self.above: Node | None = None


class Node:
    """A question, and what follows each answer.

    Args:
        step: The question, as it was asked first.
    """

    __slots__ = ("above", "children", "following", "kept", "mode", "run", "shape", "step")

    def __init__(self, step: Step) -> None:
        self.step = step
        self.run = step.run
        self.mode = step.mode
        self.shape = step.shape
        self.above: Node | None = None
        self.following: Node | Leaf | None = None
        self.children: dict[Hashable, Node | Leaf] = {}
        self.kept: dict[Hashable, Any] = {}
        """Answers that are told by identity; none of them may make room for another."""

    def find(self, key: Hashable) -> Node | Leaf | None:
        """Find what follows an answer."""
        return self.following if self.mode is Mode.NOTHING else self.children.get(key)

    def add(self, step: Step, following: Node | Leaf) -> None:
        """Add what follows an answer."""
        if self.mode is Mode.NOTHING:
            self.following = following
        else:
            self.children[step.key] = following
            if self.mode is Mode.KIND and is_shared(step):
                self.kept[step.key] = step.value
        following.above = self


def is_shared(step: Step) -> bool:
    """Say whether an answer is told by identity."""
    return type(step.key) is int
