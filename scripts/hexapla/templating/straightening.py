"""Straightening: what most pages ask and write, as one function.

A program is gone through question by question, which costs several calls for each. Here the paths
that many pages take are written as Python: the same questions in the same order, and no answer
where a page has another one.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import Any

from hexapla.templating.steps import (
    MISSING,
    Missing,
    Mode,
    Ref,
    Step,
    call_again,
    call_bound,
    join_texts,
    keep,
    read_item,
    read_object,
    read_place,
)
from hexapla.templating.trees import Leaf, Node

Straight = Callable[[Mapping[str, Any], Any, tuple[Any, ...]], tuple[Leaf, str] | None]
"""Given a page's context, what it has for all programs, and the arguments: the leaf that the page
comes to, and its text; None where it is another page."""

RARE = 50
"""A path that only one in so many pages takes is left out."""

LONGEST = 2_000
"""The most questions of a function: compiling takes time as well."""

FORMS: Mapping[tuple[Any, int], str] = {
    (bool, 1): "bool({0})",
    (len, 1): "len({0})",
    (keep, 1): "{0}",
    (operator.eq, 2): "{0} == {1}",
    (operator.ne, 2): "{0} != {1}",
    (operator.contains, 2): "{1} in {0}",
    (operator.getitem, 2): "{0}[{1}]",
    (read_item, 2): "{0}.get({1}, MISSING)",
    (read_place, 2): "{0}[{1}]",
    (call_bound, 3): "{0}.bound[{1}]({2})",
    (call_again, 3): "{0}.again[{1}]({2})",
}
"""Function and number of operands → what does the same without calling it."""

FIRST = 3
"""The register of the first answer."""


def give_up(*_: Any) -> None:
    """Answer for no page: nothing is known."""


def straighten(leaves: Iterable[Leaf]) -> Straight:
    """Make a function of the paths that many pages take.

    Args:
        leaves: Those of a program, each with the number of pages that came to it.
    """
    leaves = list(leaves)
    least = sum(leaf.uses for leaf in leaves) // RARE
    uses: dict[Node | Leaf, int] = {}
    for leaf in leaves:
        above: Node | Leaf | None = leaf if leaf.uses > least else None
        while above is not None and len(uses) <= LONGEST:
            uses[above] = uses.get(above, 0) + leaf.uses
            root, above = above, above.above
    return Writing(uses).compile(root) if 0 < len(uses) <= LONGEST else give_up


class Writing:
    """A function as it is written.

    Args:
        uses: What is to be in it: question or leaf → pages that came to it.
    """

    def __init__(self, uses: Mapping[Node | Leaf, int]) -> None:
        self.uses = uses
        self.names: dict[str, Any] = {"MISSING": MISSING, "read_object": read_object}

    def compile(self, root: Node | Leaf) -> Straight:
        """Write the function, and compile it."""
        lines = ["def straight(v0, v1, v2):", *self.write(root, FIRST, 1)]
        exec(compile("\n".join(lines), "<straight>", "exec"), self.names)
        found: Straight = self.names.pop("straight")
        return found

    def write(self, found: Node | Leaf, index: int, depth: int) -> Iterator[str]:
        """Write the lines from a question on; what follows its usual answer is not indented.

        Args:
            found: The question, or the leaf at which there are no more.
            index: The register of its answer.
            depth: The lines' indent.
        """
        space = " " * depth
        while isinstance(found, Node):
            yield from (space + line for line in self.write_question(found.step, f"v{index}"))
            following = sorted(self.list_following(found, f"v{index}"), key=self.find_uses)
            index += 1
            for test, child in following[:-1]:
                yield f"{space}if {test}:"
                yield from self.write(child, index, depth + 1)
            test, found = following[-1]
            if test:
                yield f"{space}if not ({test}): return None"
        parts = "".join(f"{self.refer(part)}," for part in found.parts)
        yield f"{space}return {self.refer(found)}, ''.join(({parts}))"

    def list_following(self, node: Node, answer: str) -> Iterator[tuple[str, Node | Leaf]]:
        """List what follows a question, and the test that its answer must pass; empty: none."""
        if node.following is not None:
            yield "", node.following
        for key, child in node.children.items():
            if child in self.uses:
                yield self.write_test(node, key, answer), child

    def find_uses(self, following: tuple[str, Node | Leaf]) -> int:
        """Find how many pages come to what follows a question."""
        return self.uses[following[1]]

    def write_test(self, node: Node, key: Hashable, answer: str) -> str:
        """Write what is true of an answer that counts the same as the one that is known."""
        if node.mode is Mode.VALUE:
            return f"{answer} == {self.refer(key)}"
        if key is Missing:
            return f"{answer} is MISSING"
        if isinstance(key, type):
            return f"type({answer}) is {self.refer(key)}"
        return f"{answer} is {self.refer(node.kept.get(key, key))}"

    def write_question(self, step: Step, answer: str) -> Iterator[str]:
        """Write the lines that ask a question."""
        operands = [self.refer(operand) for operand in step.operands]
        name = step.operands[-1]
        if step.function is read_object and is_name(name):
            yield f"try: {answer} = {operands[0]}.{name}"
            yield f"except AttributeError: {answer} = read_object({', '.join(operands)})"
        elif step.function is join_texts:
            yield f"{answer} = ''.join(({','.join(operands)},))"
        elif form := FORMS.get((step.function, len(operands))):
            yield f"{answer} = {form.format(*operands)}"
        else:
            yield f"{answer} = {self.refer(step.function)}({', '.join(operands)})"

    def refer(self, operand: Any) -> str:
        """Write a register, or a constant; what Python cannot write itself gets a name."""
        if type(operand) is Ref:
            return f"v{operand.index}"
        if type(operand) in {str, int, bool, type(None)}:
            return repr(operand)
        name = f"c{len(self.names)}"
        self.names[name] = operand
        return name


def is_name(text: str) -> bool:
    """Say whether a text is a name that Python takes as it is."""
    return text.isidentifier() and text.isascii() and not iskeyword(text)
