"""Steps: what is asked of a page's values, one question each, and how answers are told apart."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from hexapla.templating.shared import SHARED

Registers = list[Any]
Run = Callable[[Registers], Any]


class NotSymbolicError(Exception):
    """A template does what cannot be done with symbols: it is to be rendered as it is."""


class Missing:
    """What is found where there is nothing."""


MISSING = Missing()


class Mode(Enum):
    """What of a step's result pages are told apart by."""

    NOTHING = 0
    KIND = 1
    VALUE = 2


@dataclass(frozen=True, slots=True)
class Ref:
    """A register as an operand."""

    index: int
    """Which one."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question that was asked, and its answer."""

    function: Callable[..., Any]
    """What is asked."""
    operands: tuple[Any, ...]
    """Of what: registers and constants."""
    run: Run
    """Asks it of the registers."""
    mode: Mode
    """What of the answer counts."""
    shape: tuple[Any, ...]
    """The function and the registers that it takes: equal for equal questions."""
    key: Hashable
    """What counted of the answer."""
    value: Any
    """The answer."""


PARTICULAR = frozenset({bool, *SHARED})
"""Types of which every value is a kind of its own."""

SCALARS = frozenset({str, Markup, int, float, bool, type(None)})


def find_kind(value: Any) -> Hashable:
    """Find the kind of a value: its type, if it is true or false, or which shared object it is."""
    kind: Any = type(value)
    if kind in PARTICULAR:
        return bool(value) if kind is bool else id(value)
    return kind  # type: ignore[no-any-return]


def find_key(value: Any, mode: Mode) -> Hashable:
    """Find what counts of a value."""
    match mode:
        case Mode.KIND:
            return find_kind(value)
        case Mode.VALUE:
            return value  # type: ignore[no-any-return]
        case Mode.NOTHING:
            return None


def sign_constant(value: Any) -> Hashable:
    """Give what tells a constant operand from others."""
    if type(value) in SCALARS:
        return type(value), value
    return (slice, repr(value)) if type(value) is slice else id(value)


def make_step(function: Callable[..., Any], operands: tuple[Any, ...]) -> Run:
    """Make a step's question, of operands that are registers or constants."""
    if function is join_texts:
        return make_join(operands)
    match operands:
        case (_, name, Ref(first)) if function is call_bound:
            return lambda registers: registers[1].bound[name](registers[first])
        case (_, name, value) if function is call_again:
            return lambda registers: registers[1].again[name](value)
        case (Ref(first),):
            return lambda registers: function(registers[first])
        case (Ref(first), Ref(second)):
            return lambda registers: function(registers[first], registers[second])
        case (Ref(first), second) if function is read_item:
            return lambda registers: registers[first].get(second, MISSING)
        case (Ref(first), second):
            return lambda registers: function(registers[first], second)
    return lambda registers: function(
        *[registers[item.index] if type(item) is Ref else item for item in operands]
    )


def make_join(parts: Iterable[Any]) -> Run:
    """Make what fills the holes in a text."""
    texts = ["" if type(part) is Ref else part for part in parts]
    holes = [(place, part.index) for place, part in enumerate(parts) if type(part) is Ref]

    def run(registers: Registers) -> str:
        filled = texts.copy()
        for place, index in holes:
            filled[place] = registers[index]
        return "".join(filled)

    return run


def join_texts(*parts: str) -> str:
    """Join texts."""
    return "".join(parts)


def read_item(values: dict[Any, Any], key: Hashable) -> Any:
    """Read from a dict."""
    return values.get(key, MISSING)


def read_object(value: Any, name: str) -> Any:
    """Read an attribute, else an item, as Jinja does for `value.name`."""
    try:
        return getattr(value, name)
    except AttributeError:
        pass
    try:
        return value[name]
    except (TypeError, LookupError, AttributeError):
        return MISSING


def read_element(value: Any, key: Any) -> Any:
    """Read an item, else an attribute, as Jinja does for `value[key]`."""
    try:
        return value[key]
    except (AttributeError, TypeError, LookupError):
        pass
    return getattr(value, key, MISSING) if isinstance(key, str) else MISSING


def read_place(values: tuple[Any, ...], place: int) -> Any:
    """Read one of several."""
    return values[place]


def read_first(value: Any) -> Any:
    """Read the first of several."""
    return next(iter(value), MISSING)


def list_keys(values: dict[Any, Any]) -> tuple[str, ...]:
    """List a dict's keys.

    Raises:
        NotSymbolicError: They are not all texts; 1 and true would be the same.
    """
    if not {str}.issuperset(map(type, values)):
        raise NotSymbolicError("a dict has keys that are no texts")
    return tuple(values)


def keep(value: Any) -> Any:
    """Give a value as it is."""
    return value


def call_bound(page: Any, name: str, *arguments: Any) -> Any:
    """Call a filter as the page has it."""
    return page.bound[name](*arguments)


def call_again(page: Any, name: str, value: Any) -> Any:
    """Call a filter with a constant, which it can be asked for by many pages."""
    return page.again[name](value)


def build(form: Any, *values: Any) -> Any:
    """Build a literal that has values of the page in it."""
    if type(form) is Ref:
        return values[form.index]
    if type(form) is dict:
        return {build(key, *values): build(item, *values) for key, item in form.items()}
    if type(form) in {list, tuple}:
        return type(form)(build(item, *values) for item in form)
    return form


def freeze(value: Any) -> Hashable:
    """Make of plain values, however deep, something that tells them from others.

    Raises:
        NotSymbolicError: There is something else among them.
    """
    kind = type(value)
    if kind in SCALARS:
        return kind, value
    if kind in SHARED:
        return kind, id(value)
    if kind in {list, tuple}:
        return kind, tuple([freeze(item) for item in value])
    if kind is dict:
        return kind, tuple([(freeze(key), freeze(item)) for key, item in value.items()])
    if kind in {set, frozenset}:
        return kind, frozenset(freeze(item) for item in value)
    if isinstance(value, Undefined):
        return (kind,)
    raise NotSymbolicError(f"a {kind.__name__} cannot be compared")
