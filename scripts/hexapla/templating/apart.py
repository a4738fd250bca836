"""Templates apart: what is included, and varies in ways of its own, has a program of its own.

Were it learned with the page, the page would have a variant for each of its variants.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any

from jinja2 import Template, Undefined
from jinja2.environment import TemplateModule

from hexapla.templating.programs import MissError, Program
from hexapla.templating.recorder import (
    ARGUMENTS,
    CONTEXT,
    PAGE,
    MustInlineError,
    Recorder,
    token_of,
)
from hexapla.templating.steps import Mode, NotSymbolicError, Registers, freeze, read_place
from hexapla.templating.symbols import Symbol, Text

if TYPE_CHECKING:
    from hexapla.templating.environment import SymbolicEnvironment

MOST_PROGRAMS = 500
"""Programs of templates apart: more are a sign that they depend on too much."""

UNFIT = ("unfit",)
"""What is said of a variable that a template apart cannot be given."""


class ApartRecorder(Recorder):
    """A recorder for a template that is included.

    Args:
        environment: Where the template is rendered.
        name: The template's name.
        registers: The page's context, what it has for all programs, and the arguments.
        arguments: The names of the arguments.
        given: The names of other variables that it may see: they are part of its key.
    """

    def __init__(
        self,
        environment: SymbolicEnvironment,
        name: str,
        registers: Registers,
        arguments: list[str],
        given: frozenset[str],
    ) -> None:
        super().__init__(environment, name, registers)
        self.arguments = arguments
        self.given = given

    def open_variable(self, name: str, value: Any) -> Any:
        """Give a variable of the templates that include this one.

        Raises:
            MustInlineError: It is none that can be given.
        """
        if name in self.arguments:
            return self.defer(read_place, ARGUMENTS, self.arguments.index(name))
        if name in self.given:
            return value
        raise MustInlineError(self.name)


class ApartTemplate:
    """A template as it is seen by those that include it.

    Args:
        template: The template.
        environment: Where it is rendered.
    """

    def __init__(self, template: Template, environment: SymbolicEnvironment) -> None:
        self.template = template
        self.environment = environment

    def __getattr__(self, name: str) -> Any:
        return getattr(self.template, name)

    def root_render_func(self, context: Any) -> Iterator[str]:
        """Render it."""
        yield token_of(include_apart(self.environment, self.template, context.parent))


def describe_variable(value: Any) -> Hashable:
    """Describe a variable, so that equal descriptions mean equal variables."""
    if isinstance(value, Undefined):
        return type(value)
    if isinstance(value, TemplateModule):
        return UNFIT if getattr(value, "_asks", True) else (TemplateModule, value.__name__)
    try:
        return freeze(value)
    except (NotSymbolicError, TypeError):
        return UNFIT


def include_apart(
    environment: SymbolicEnvironment, template: Template, variables: dict[str, Any]
) -> Symbol:
    """Include a template by its program; learn it first where nothing is known of such a page."""
    outer = environment.recorder
    assert outer is not None
    name = str(template.name)
    seen = environment.list_seen(name, variables)
    arguments = [key for key in environment.rules.apart[name] if isinstance(seen.get(key), Symbol)]
    described = {
        key: describe_variable(value) for key, value in seen.items() if key not in arguments
    }
    program = find_program(environment, (name, *arguments, *sorted(described.items(), key=first)))
    symbols = [seen[key] for key in arguments]
    context, page = outer.registers[:2]
    values = tuple(symbol.value for symbol in symbols)
    try:
        program.render(context, page, *values)
    except MissError:
        if program.is_full:
            raise NotSymbolicError(f"{name} has too many variants") from None
        given = frozenset(key for key, said in described.items() if said is not UNFIT)
        recorder = ApartRecorder(environment, name, [context, page, values], arguments, given)
        environment.record(template, variables, recorder, program)
    index = outer.apply(program.render, (CONTEXT, PAGE, *symbols), Mode.NOTHING)
    return Text(outer, index, outer.registers[index])


def first(pair: tuple[str, Any]) -> str:
    """Give the first of two."""
    return pair[0]


def find_program(environment: SymbolicEnvironment, key: Hashable) -> Program:
    """Find the program of a template with the variables that it sees."""
    if key not in environment.programs:
        if len(environment.programs) >= MOST_PROGRAMS:
            raise NotSymbolicError("there are too many programs")
        environment.programs[key] = Program(environment.counts, environment.rules.limit)
    return environment.programs[key]
