"""Recorders: note what a template asks of a page, and what it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined
from markupsafe import Markup

from hexapla.templating.programs import Program
from hexapla.templating.shared import SHARED
from hexapla.templating.steps import (
    MISSING,
    Mode,
    NotSymbolicError,
    Ref,
    Registers,
    Step,
    build,
    call_again,
    find_key,
    freeze,
    join_texts,
    keep,
    make_step,
    read_item,
    sign_constant,
)
from hexapla.templating.symbols import (
    MARK,
    Mapping,
    Number,
    Rope,
    Sequence,
    Symbol,
    Text,
    Thing,
    Token,
)
from hexapla.templating.trees import Leaf

if TYPE_CHECKING:
    from hexapla.templating.environment import SymbolicEnvironment

KINDS: dict[type, type[Symbol]] = {
    str: Text,
    Markup: Text,
    int: Number,
    float: Number,
    list: Sequence,
    tuple: Sequence,
    dict: Mapping,
}
"""What stands in place of a value of a type; of all others, a thing."""

CONTEXT, PAGE, ARGUMENTS = Ref(0), Ref(1), Ref(2)

FIRST = 3
"""The register of the first answer."""

LITERALS = frozenset({list, tuple, dict})

TOO_LONG = 20_000
"""The most questions a template may ask of a page: more are not worth keeping."""


class MustInlineError(NotSymbolicError):
    """A template that is learned apart needs more than it is given there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} needs more than it is given apart")
        self.name = name


def holds_symbols(value: Any) -> bool:
    """Say whether a value is a symbol, or a literal with symbols in it."""
    kind = type(value)
    if kind is dict:
        return any(holds_symbols(key) or holds_symbols(item) for key, item in value.items())
    if kind in LITERALS:
        return any(holds_symbols(item) for item in value)
    return isinstance(value, Symbol)


class Recorder:
    """Notes what a template asks, and answers with what the page at hand has.

    Args:
        environment: Where the template is rendered.
        name: The template's name.
        registers: The page's context, what it has for all programs, and the arguments.
    """

    def __init__(
        self,
        environment: SymbolicEnvironment,
        name: str,
        registers: Registers,
    ) -> None:
        self.environment = environment
        self.name = name
        self.registers = registers
        self.steps: list[Step] = []
        self.indexes: dict[tuple[Any, ...], int] = {}
        self.symbols: dict[int, Any] = {}
        self.kept: list[Any] = []
        self.asked = 0

    def check_turn(self) -> None:
        """See to it that the template at hand is ours.

        Raises:
            MustInlineError: It is one that is included.
        """
        current = self.environment.recorder
        if current is not self:
            raise MustInlineError(current.name if current else self.name)

    def apply(self, function: Callable[..., Any], operands: Iterable[Any], mode: Mode) -> int:
        """Ask a question, or find that it was asked; give the register of its answer."""
        self.check_turn()
        self.asked += 1
        refs = tuple([self.refer(operand) for operand in operands])
        signature = (
            function,
            mode,
            *[ref if type(ref) is Ref else sign_constant(ref) for ref in refs],
        )
        if signature in self.indexes:
            return self.indexes[signature]
        if len(self.steps) >= TOO_LONG:
            raise NotSymbolicError("it asks too much")
        run = make_step(function, refs)
        value = run(self.registers)
        index = len(self.registers)
        self.registers.append(value)
        shape = (function, mode, *[ref if type(ref) is Ref else None for ref in refs])
        self.steps.append(Step(function, refs, run, mode, shape, find_key(value, mode), value))
        self.indexes[signature] = index
        self.kept.append(refs)
        return index

    def refer(self, operand: Any) -> Any:
        """Give an operand's register, or the constant that it is."""
        if isinstance(operand, Symbol):
            if operand.recorder is not self:
                raise MustInlineError(self.name)
            if isinstance(operand, Rope) and operand.index < 0:
                operand.index = self.apply(join_texts, operand.parts, Mode.NOTHING)
            return Ref(operand.index)
        if type(operand) in LITERALS and holds_symbols(operand):
            symbols: list[Symbol] = []
            form = self.take_apart(operand, symbols)
            return Ref(self.apply(build, (form, *symbols), Mode.NOTHING))
        return operand

    def take_apart(self, value: Any, symbols: list[Symbol]) -> Any:
        """Take the symbols out of a literal, and say where they were."""
        kind = type(value)
        if isinstance(value, Symbol):
            symbols.append(value)
            return Ref(len(symbols) - 1)
        if kind is dict:
            return {
                self.know_all(key): self.take_apart(item, symbols) for key, item in value.items()
            }
        if kind in LITERALS:
            return kind(self.take_apart(item, symbols) for item in value)
        return value

    def observe(self, function: Callable[..., Any], *operands: Any) -> Any:
        """Ask for a value that pages are told apart by."""
        return self.registers[self.apply(function, operands, Mode.VALUE)]

    def defer(self, function: Callable[..., Any], *operands: Any) -> Any:
        """Ask for a value of which the kind counts: what it is, is the page's own affair."""
        return self.wrap(self.apply(function, operands, Mode.KIND))

    def wrap(self, index: int) -> Any:
        """Give the symbol of a register, or the value itself where its kind says it all."""
        if index not in self.symbols:
            value = self.registers[index]
            kind = type(value)
            is_plain = kind in SHARED or kind is bool or value is None or value is MISSING
            if is_plain or isinstance(value, Undefined):
                self.symbols[index] = value
            else:
                self.symbols[index] = KINDS.get(kind, Thing)(self, index, value)
        return self.symbols[index]

    def define(self, found: Any, value: Any, name: Any) -> Any:
        """Give what was found in a value, or say that it is undefined."""
        return self.undefine(value, name) if found is MISSING else found

    def undefine(self, value: Any, name: Any) -> Undefined:
        """Say that something is undefined."""
        return self.environment.undefined(obj=value, name=name)

    def know(self, symbol: Symbol) -> Any:
        """Give the value of a symbol, and tell pages apart by it.

        Raises:
            NotSymbolicError: It is no plain value.
        """
        if isinstance(symbol, (Text, Number)):
            return self.observe(keep, symbol)
        self.observe(freeze, symbol)
        return symbol.value

    def know_all(self, value: Any) -> Any:
        """Give a value as it is, with the values of the symbols in it."""
        if isinstance(value, Symbol):
            return self.know(value)
        if type(value) is dict and holds_symbols(value):
            return {self.know_all(key): self.know_all(item) for key, item in value.items()}
        if type(value) in LITERALS and holds_symbols(value):
            return type(value)(self.know_all(item) for item in value)
        return value

    def write(self, value: Any) -> Symbol:
        """Give what a template writes for a symbol, or a literal with symbols in it: a text."""
        if isinstance(value, Text):
            return value
        found: Symbol = self.defer(str, value)
        return found

    def join(self, parts: Iterable[str | Symbol]) -> str | Rope:
        """Join parts; give a text where none of them is a symbol."""
        joined: list[str | Symbol] = []
        for part in parts:
            for piece in part.parts if isinstance(part, Rope) and part.index < 0 else [part]:
                if isinstance(piece, Symbol):
                    joined.append(piece)
                elif piece and joined and isinstance(joined[-1], str):
                    joined[-1] += piece
                elif piece:
                    joined.append(str(piece))
        if any(isinstance(part, Symbol) for part in joined):
            return Rope(self, joined)
        return "".join(joined)  # type: ignore[arg-type]

    def collect(self, pieces: list[str]) -> str | Rope:
        """Join what a template has written, tokens among it."""
        return self.join(piece.symbol if isinstance(piece, Token) else piece for piece in pieces)

    def open_root(self, name: str) -> Any:
        """Give a value of the context; MISSING where there is none."""
        found = self.defer(read_item, CONTEXT, name)
        if name in self.environment.rules.branches and isinstance(found, Text):
            return self.know(found)
        return found

    def open_variable(self, name: str, value: Any) -> Any:
        """Give a variable that a template has set."""
        return value

    def is_bound(self, symbol: Symbol) -> bool:
        """Say whether a symbol is what a bound filter makes of a constant."""
        shape = self.steps[symbol.index - FIRST].shape if symbol.index >= FIRST else ()
        return bool(shape) and shape[0] is call_again

    def finish(self, program: Program, pieces: list[str]) -> str:
        """Teach a program what was noted.

        Raises:
            NotSymbolicError: A token was taken for text.
            UnstableError: The template does not always ask the same.
        """
        written = self.collect(pieces)
        parts = [written] if isinstance(written, str) else written.parts
        if any(isinstance(part, str) and MARK[0] in part for part in parts):
            raise NotSymbolicError("a value was taken for text")
        leaf = Leaf([self.refer(part) for part in parts])
        text: str = leaf.run(self.registers)
        if not program.is_full:
            program.learn(self.steps, leaf)
        return text
