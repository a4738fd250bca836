"""Functions: the filters and tests of templates, for symbols."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping as MappingType
from typing import TYPE_CHECKING, Any

from jinja2.filters import FILTERS
from jinja2.utils import _PassArg

from hexapla.templating.recorder import PAGE, Recorder, holds_symbols
from hexapla.templating.steps import (
    MISSING,
    NotSymbolicError,
    call_again,
    call_bound,
    read_first,
)
from hexapla.templating.symbols import Mapping, Symbol, Text

if TYPE_CHECKING:
    from hexapla.templating.environment import SymbolicEnvironment

Function = Callable[..., Any]

DEFERRED = frozenset(
    "abs capitalize center e escape filesizeformat float forceescape format indent int join lower"
    " replace round safe string striptags title tojson trim truncate upper urlencode urlize"
    " wordcount wordwrap xmlattr".split()
)
"""Filters whose result is the page's own affair: they wait for it."""

THROUGH = frozenset("d default list map reject rejectattr select selectattr batch slice".split())
"""Filters that ask symbols no more than templates do."""

BY_KIND = frozenset(
    "boolean callable defined escaped false filter float integer iterable mapping none number"
    " sequence string test true undefined".split()
)
"""Tests whose answer follows from the kind of a value."""

UNFIT = frozenset({"random"})
"""Filters of Jinja's own that depend on more than what they are given."""


def get_first(value: Any) -> Any:
    """Do what the filter `first` does."""
    if not isinstance(value, Symbol):
        return FILTERS["first"](None, value)
    kind = type(value.value)
    if not (hasattr(kind, "__iter__") and hasattr(kind, "__len__")):
        raise NotSymbolicError(f"{kind.__name__} may be gone through but once")
    found = value.ask(read_first)
    if found is MISSING:
        return value.recorder.environment.undefined("No first item, sequence was empty.")
    return found


def get_items(value: Any) -> Any:
    """Do what the filter `items` does."""
    if isinstance(value, Mapping):
        return value.items()
    raise NotSymbolicError("items of what is no dict")


def read_only_attribute(value: Any, name: str) -> Any:
    """Refuse what the filter `attr` does: it looks past items."""
    raise NotSymbolicError(f"the filter attr, of {name}")


def count(value: Any) -> Any:
    """Do what the filter `length` does."""
    return len(value)


OWN: MappingType[str, Function] = {
    "attr": read_only_attribute,
    "first": get_first,
    "items": get_items,
    "length": count,
    "count": count,
}
"""Filters done here."""


def find_passed(function: Any) -> _PassArg | None:
    """Find what a filter wants before its arguments."""
    return _PassArg.from_obj(function)


class Filter:
    """A filter that may be given symbols.

    Args:
        environment: Where it is used.
        name: Its name.
        function: What it does.
    """

    def __init__(self, environment: SymbolicEnvironment, name: str, function: Function) -> None:
        self.environment = environment
        self.name = name
        self.function = function
        self.passed = find_passed(function)
        if self.passed is not None:
            self.jinja_pass_arg = self.passed
        self.is_bound = name in environment.rules.bound
        is_ours = FILTERS.get(name) is function and name not in UNFIT
        self.is_pure = is_ours or name in environment.rules.pure

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Filter a value, or note that it is to be filtered."""
        recorder = self.environment.recorder
        if recorder is None:
            return self.function(*arguments, **options)
        if self.is_bound:
            return self.bind(recorder, *arguments, **options)
        if not self.is_pure:
            raise NotSymbolicError(f"the filter {self.name}")
        given = arguments[1:] if self.passed is not None else arguments
        if not holds_symbols([*given, options]) or self.name in THROUGH:
            return self.function(*arguments, **options)
        if self.name in OWN and not options:
            return (
                OWN[self.name](*given)
                if isinstance(given[0], Symbol)
                else self.function(*arguments)
            )
        if self.name in DEFERRED or self.name in self.environment.rules.pure:
            return self.defer(recorder, given, options)
        known = [recorder.know_all(value) for value in given]
        return self.get_function()(*known, **recorder.know_all(options))

    def bind(self, recorder: Recorder, *arguments: Any, **options: Any) -> Any:
        """Note a filter that looks at the page."""
        context = arguments[0] if self.passed is _PassArg.context else None
        given = arguments[1:] if self.passed is not None else arguments
        if options or (context and not context.has_roots(self.environment.rules.looks_at)):
            raise NotSymbolicError(f"the filter {self.name} does not look at the page itself")
        function = call_bound if len(given) > 1 or holds_symbols([*given]) else call_again
        return recorder.defer(function, PAGE, self.name, *given)

    def defer(self, recorder: Recorder, given: Any, options: dict[str, Any]) -> Any:
        """Note that values are to be filtered."""
        if self.name == "tojson":
            given = [self.know_few(value) for value in given]
        if not holds_symbols([*given, options]):
            return self.get_function()(*given, **options)
        if options:
            return recorder.defer(call_with_options, self.get_function(), options, *given)
        return recorder.defer(self.get_function(), *given)

    def know_few(self, value: Any) -> Any:
        """Give addresses in a literal as they are.

        They are few, and JSON of what is known is not written again for each page.
        """
        recorder = self.environment.recorder
        if recorder is not None and isinstance(value, Text) and recorder.is_bound(value):
            return recorder.know(value)
        if type(value) is dict:
            return {key: self.know_few(item) for key, item in value.items()}
        if type(value) in {list, tuple}:
            return type(value)(self.know_few(item) for item in value)
        return value

    def get_function(self) -> Function:
        """Give what it does, with what it wants before its arguments."""
        return self.environment.get_passing(self.name, self.function, self.passed)


def call_with_options(function: Function, options: dict[str, Any], *given: Any) -> Any:
    """Call a filter with arguments by name."""
    return function(*given, **options)


class Test:
    """A test that may be given symbols.

    Args:
        environment: Where it is used.
        name: Its name.
        function: What it does.
    """

    __test__ = False

    def __init__(self, environment: SymbolicEnvironment, name: str, function: Function) -> None:
        self.environment = environment
        self.name = name
        self.function = function
        self.passed = find_passed(function)
        if self.passed is not None:
            self.jinja_pass_arg = self.passed
        self.is_operator = getattr(operator, getattr(function, "__name__", ""), None) is function

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Test a value."""
        recorder = self.environment.recorder
        given = arguments[1:] if self.passed is not None else arguments
        if recorder is None or not holds_symbols([*given, options]):
            return self.function(*arguments, **options)
        if self.name in BY_KIND and isinstance(given[0], Symbol) and not options:
            recorder.check_turn()
            return self.function(given[0].value)
        if self.is_operator or self.name == "in":
            return self.function(*arguments, **options)
        known = [recorder.know_all(value) for value in given]
        leading = arguments[: len(arguments) - len(given)]
        return self.function(*leading, *known, **recorder.know_all(options))
