"""Symbols: what templates are given in place of a page's values.

A symbol knows the value that the page at hand has, and the register where other pages have theirs.
Whatever is asked of it is asked through its recorder. What it cannot be asked so, it answers with
its value, which the recorder then notes: a page with another value is another case.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from hexapla.templating.steps import (
    NotSymbolicError,
    list_keys,
    read_element,
    read_item,
    read_object,
)

if TYPE_CHECKING:
    from hexapla.templating.recorder import Recorder

TEXT_METHODS = frozenset(
    "capitalize casefold endswith find join lower lstrip partition removeprefix removesuffix"
    " replace rpartition rsplit rstrip split splitlines startswith strip swapcase title upper"
    " striptags unescape".split()
)
"""Methods of texts that make something else of them, and depend on nothing else."""


class Method:
    """A method that may be called: it asks through the recorder."""

    __slots__ = ("call",)

    def __init__(self, call: Callable[..., Any]) -> None:
        self.call = call

    def __call__(self, *_: Any, **__: Any) -> Any:
        """Refuse to be called by anything but a template."""
        raise NotSymbolicError("a method that is called outside of the template")

    def __repr__(self) -> str:
        raise NotSymbolicError("a method that is written")


def call_method(value: Any, name: str, *arguments: Any) -> Any:
    """Call a text's method."""
    return getattr(value, name)(*arguments)


class Symbol:
    """In place of any object; its kinds are below.

    Args:
        recorder: What notes what is asked.
        index: The register.
        value: What the page at hand has there.
    """

    __slots__ = ("index", "recorder", "value")

    def __init__(self, recorder: Recorder, index: int, value: Any) -> None:
        self.recorder = recorder
        self.index = index
        self.value = value

    def ask(self, function: Callable[..., Any], *others: Any) -> Any:
        """Ask for something that has kinds of its own: a symbol, or what is the same for all."""
        return self.recorder.defer(function, self, *others)

    def decide(self, function: Callable[..., Any], *others: Any) -> Any:
        """Ask for a value that pages are told apart by."""
        return self.recorder.observe(function, self, *others)

    def know(self) -> Any:
        """Give the value itself, and tell pages apart by it."""
        return self.recorder.know(self)

    def read_attribute(self, name: str) -> Any:
        """Answer `symbol.name` in a template."""
        return self.recorder.define(self.ask(read_object, name), self.value, name)

    def read_item(self, key: Any) -> Any:
        """Answer `symbol[key]` in a template."""
        return self.recorder.define(self.ask(read_element, key), self.value, key)

    def __bool__(self) -> bool:
        kind = type(self.value)
        if hasattr(kind, "__bool__") or hasattr(kind, "__len__"):
            return bool(self.decide(bool))
        return True

    def __len__(self) -> int:
        return int(self.decide(len))

    def __iter__(self) -> Iterator[Any]:
        kind = type(self.value)
        if not (hasattr(kind, "__iter__") and hasattr(kind, "__len__")):
            raise NotSymbolicError(f"{kind.__name__} may be gone through but once")
        return iter(self.ask(list))

    def __contains__(self, item: Any) -> bool:
        return bool(self.decide(operator.contains, item))

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            key = slice(*map(self.recorder.know_all, (key.start, key.stop, key.step)))
        return self.ask(operator.getitem, key)

    def __eq__(self, other: object) -> Any:
        return self.compare(operator.eq, other)

    def __ne__(self, other: object) -> Any:
        return self.compare(operator.ne, other)

    def __lt__(self, other: object) -> Any:
        return self.compare(operator.lt, other)

    def __le__(self, other: object) -> Any:
        return self.compare(operator.le, other)

    def __gt__(self, other: object) -> Any:
        return self.compare(operator.gt, other)

    def __ge__(self, other: object) -> Any:
        return self.compare(operator.ge, other)

    def compare(self, function: Callable[[Any, Any], Any], other: Any) -> bool:
        """Compare with another value."""
        answer = self.decide(function, other)
        if type(answer) is not bool:
            raise NotSymbolicError("a comparison is neither true nor false")
        return answer

    def __add__(self, other: Any) -> Any:
        return self.ask(operator.add, other)

    def __radd__(self, other: Any) -> Any:
        return self.recorder.defer(operator.add, other, self)

    def __mod__(self, other: Any) -> Any:
        return self.ask(operator.mod, other)

    def __mul__(self, other: Any) -> Any:
        return self.ask(operator.mul, other)

    def __rmul__(self, other: Any) -> Any:
        return self.recorder.defer(operator.mul, other, self)

    def __hash__(self) -> int:
        return hash(self.know())

    def __str__(self) -> str:
        return str(self.know())

    def __repr__(self) -> str:
        return repr(self.know())

    def __format__(self, form: str) -> str:
        return format(self.know(), form)

    def __int__(self) -> int:
        return int(self.know())

    def __float__(self) -> float:
        return float(self.know())

    def __index__(self) -> int:
        return operator.index(self.know())

    def __html__(self) -> str:
        raise NotSymbolicError("a value was escaped outside of the filters")


def answer_by_value(name: str) -> Callable[..., Any]:
    """Make an operation that is done with the values themselves."""
    function = getattr(operator, name)

    def answer(self: Symbol, *others: Any) -> Any:
        return function(self.know(), *map(self.recorder.know_all, others))

    return answer


def answer_reversed(name: str) -> Callable[..., Any]:
    """Make the same for the operand on the right."""
    function = getattr(operator, name)

    def answer(self: Symbol, other: Any) -> Any:
        return function(self.recorder.know_all(other), self.know())

    return answer


for _name in ("sub", "truediv", "floordiv", "pow"):
    setattr(Symbol, f"__{_name}__", answer_by_value(_name))
for _name in ("sub", "truediv", "floordiv", "pow", "mod"):
    setattr(Symbol, f"__r{_name}__", answer_reversed(_name))
for _name in ("neg", "pos", "abs"):
    setattr(Symbol, f"__{_name}__", answer_by_value(_name))


class Thing(Symbol):
    """In place of an object of some class."""

    __slots__ = ()


class Number(Symbol):
    """In place of a number."""

    __slots__ = ()


class Text(Symbol):
    """In place of a text."""

    __slots__ = ()

    def read_attribute(self, name: str) -> Any:
        """Answer `symbol.name`: a method, or nothing."""
        if name in TEXT_METHODS and hasattr(self.value, name):
            return Method(lambda *arguments: self.ask(call_method, name, *arguments))
        if hasattr(self.value, name):
            raise NotSymbolicError(f"the method {name} of a text")
        return self.recorder.undefine(self.value, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.know())


class Sequence(Symbol):
    """In place of a list or tuple."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        for place in range(len(self)):
            yield self.ask(operator.getitem, place)

    def __reversed__(self) -> Iterator[Any]:
        for place in reversed(range(len(self))):
            yield self.ask(operator.getitem, place)


class Mapping(Symbol):
    """In place of a dict."""

    __slots__ = ()

    def read_attribute(self, name: str) -> Any:
        """Answer `symbol.name`: a method comes before a key."""
        if name in {"items", "keys", "values", "get"}:
            return Method(getattr(self, name))
        if hasattr(dict, name):
            raise NotSymbolicError(f"the method {name} of a dict")
        return self.find(name)

    def read_item(self, key: Any) -> Any:
        """Answer `symbol[key]`."""
        key = self.recorder.know_all(key)
        if isinstance(key, str) and hasattr(dict, key):
            return super().read_item(key)
        return self.find(key)

    def find(self, key: Any) -> Any:
        """Find what a key stands for."""
        return self.recorder.define(self.ask(read_item, key), self.value, key)

    def keys(self) -> list[str]:
        """List the keys."""
        return list(self.decide(list_keys))

    def values(self) -> list[Any]:
        """List the values."""
        return [self.find(key) for key in self.keys()]

    def items(self) -> list[tuple[str, Any]]:
        """List both."""
        return [(key, self.find(key)) for key in self.keys()]

    def get(self, key: Any, default: Any = None) -> Any:
        """Find what a key stands for, or give another value."""
        key = self.recorder.know_all(key)
        return self.find(key) if key in self else default

    def __iter__(self) -> Iterator[Any]:
        return iter(self.keys())


class Rope(Text):
    """A text in parts, some of them symbols; it gets a register when something is asked of it.

    Args:
        recorder: What notes what is asked.
        parts: The parts, none of them a rope without a register.
    """

    __slots__ = ("parts",)

    def __init__(self, recorder: Recorder, parts: list[str | Symbol]) -> None:
        text = "".join([part if isinstance(part, str) else part.value for part in parts])
        super().__init__(recorder, -1, text)
        self.parts = parts

    def __bool__(self) -> bool:
        return any(isinstance(part, str) for part in self.parts) or super().__bool__()


class Token(str):
    """What stands for a symbol among the texts that a template writes.

    Only the environment reads them; its own text is in no page, so that it is seen where it
    should have got into one.
    """

    __slots__ = ("symbol",)

    symbol: Symbol

    def __str__(self) -> str:
        return self

    def __html__(self) -> str:
        raise NotSymbolicError("a token was escaped")


MARK = "\ufdd0\ufdd1"
"""The text of a token: two of the code points that no text has, and no filter changes."""


def make_token(symbol: Symbol) -> Token:
    """Make the token of a symbol."""
    token = Token(MARK)
    token.symbol = symbol
    return token
