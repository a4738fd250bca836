"""Programs: what is known of a template, as a tree of questions with texts at its leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hexapla.templating.rules import Bound, Counts
from hexapla.templating.steps import Mode, Step, find_kind
from hexapla.templating.straightening import Straight, give_up, straighten
from hexapla.templating.trees import Leaf, Node

FREE = 6
"""Variants that a template may have before pages must have used them: where every page is another,
learning costs more than it saves."""

PATIENCE = 30
"""Pages that a template may have, all of them others, before nothing is looked for any more."""

CHECKED = {2: 1, 64: 2, 2048: 3}
"""The uses of a leaf → how many of its pages must have been compared by then with what the template
writes. Its first use is the page it was learned from, which does not count."""

STRAIGHTENED = frozenset({24, 400})
"""The pages after which what most of them ask is made a function of its own."""


class MissError(Exception):
    """A page gives an answer that no page before it gave."""


class UnstableError(Exception):
    """After the same answers a template asked something else: it depends on more than its page."""


class Page:
    """What a page has for all the programs that write it.

    Args:
        bound: The filters that look at the page, as it has them.
    """

    __slots__ = ("again", "bound", "is_to_check", "leaves")

    def __init__(self, bound: Mapping[str, Bound]) -> None:
        self.bound = bound
        self.again = {name: getattr(filter_, "again", filter_) for name, filter_ in bound.items()}
        self.is_to_check = False
        self.leaves: list[Leaf] = []


class Program:
    """What is known of a template.

    Args:
        counts: What is counted.
        limit: The most leaves.
    """

    def __init__(self, counts: Counts, limit: int) -> None:
        self.root: Node | Leaf | None = None
        self.counts = counts
        self.limit = limit
        self.leaves: list[Leaf] = []
        self.straight: Straight = give_up
        self.filled = 0
        self.missed = 0

    def render(self, context: Mapping[str, Any], page: Page, *arguments: Any) -> str:
        """Write what the template writes.

        Args:
            context: The page's values.
            page: What it has for all programs.
            arguments: The variables that differ each time the template is included.

        Raises:
            MissError: Nothing is known of such a page.
        """
        leaf, text = self.straight(context, page, arguments) or self.walk(
            [context, page, arguments]
        )
        self.filled += 1
        leaf.uses += 1
        page.leaves.append(leaf)
        if leaf.compared < CHECKED.get(leaf.uses, 0):
            page.is_to_check = True
        if self.filled in STRAIGHTENED:
            self.straight = straighten(self.leaves)
        return text

    def walk(self, registers: list[Any]) -> tuple[Leaf, str]:
        """Answer the questions one by one, and fill the holes of the text that they lead to.

        Raises:
            MissError: Nothing is known of such a page.
        """
        add = registers.append
        node: Any = self.root
        while node.__class__ is Node:
            value = node.run(registers)
            add(value)
            mode = node.mode
            if mode is Mode.KIND:
                children = node.children
                kind: Any = type(value)
                node = children.get(kind)
                if node is None:
                    node = children.get(find_kind(value))
            elif mode is Mode.NOTHING:
                node = node.following
            else:
                node = node.children.get(value)
        if not isinstance(node, Leaf):
            raise MissError
        return node, node.run(registers)

    @property
    def is_full(self) -> bool:
        """Whether nothing more is kept."""
        return len(self.leaves) >= min(self.limit, FREE + self.filled // 4)

    @property
    def is_useless(self) -> bool:
        """Whether all pages are others, as far as was seen."""
        return self.filled == 0 and self.missed >= PATIENCE

    def learn(self, steps: Iterable[Step], leaf: Leaf) -> None:
        """Keep what a template asked, and what it wrote.

        Raises:
            UnstableError: What is known says otherwise.
        """
        above: tuple[Node, Step] | None = None
        node = self.root
        for step in steps:
            if node is None:
                node = self._put(above, Node(step))
            if not isinstance(node, Node) or node.shape != step.shape:
                raise UnstableError
            above = node, step
            node = node.find(step.key)
        if isinstance(node, Leaf):
            return  # known; it was a template apart that met something new
        if node is not None:
            raise UnstableError
        self._put(above, leaf)
        self.leaves.append(leaf)
        self.counts.variants += 1

    def _put(self, above: tuple[Node, Step] | None, found: Any) -> Any:
        """Put a node or leaf where it belongs."""
        if above is None:
            self.root = found
        else:
            above[0].add(above[1], found)
        return found
