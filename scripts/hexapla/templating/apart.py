"""Templates apart: what is included, and varies in ways of its own, has a program of its own.

Were it learned with the page, the page would have a variant for each of its variants.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import Template, Undefined
from jinja2.environment import TemplateModule

from hexapla.templating.programs import MissError, Page, Program
from hexapla.templating.recorder import (
    ARGUMENTS,
    CONTEXT,
    PAGE,
    MustInlineError,
    Recorder,
)
from hexapla.templating.steps import Mode, NotSymbolicError, Registers, freeze, read_place
from hexapla.templating.symbols import Symbol, Text, make_token

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
        yield make_token(include_apart(self.environment, self.template, context.parent))


def describe_variable(value: Any) -> Hashable:
    """Describe a variable, so that equal descriptions mean equal variables."""
    if isinstance(value, Undefined):
        return (type(value),)
    if isinstance(value, TemplateModule):
        return UNFIT if getattr(value, "_asks", True) else (TemplateModule, value.__name__)
    try:
        return freeze(value)
    except (NotSymbolicError, TypeError):
        return UNFIT


class ApartProgram(Program):
    """What is known of a template that is included, with variables that are always the same.

    Args:
        environment: Where the template is rendered.
        template: The template.
        variables: What the templates that include it have set.
        arguments: The names of what differs each time.
        given: The names of the variables that it may use.
    """

    def __init__(
        self,
        environment: SymbolicEnvironment,
        template: Template,
        variables: dict[str, Any],
        arguments: list[str],
        given: frozenset[str],
    ) -> None:
        super().__init__(environment.counts, environment.rules.limit)
        self.environment = environment
        self.template = template
        self.variables = variables
        self.arguments = arguments
        self.given = given

    def render(self, context: Mapping[str, Any], page: Page, *arguments: Any) -> str:
        """Write what the template writes; learn it first where nothing is known of such a page."""
        try:
            return super().render(context, page, *arguments)
        except MissError:
            page.is_to_check = page.is_to_check or not self.is_full
            name = str(self.template.name)
            registers = [context, page, arguments]
            recorder = ApartRecorder(self.environment, name, registers, self.arguments, self.given)
            closed = self.environment.close_context(self.template, context)
            variables = {**closed, **self.variables}
            return self.environment.record(self.template, variables, recorder, self)


def include_apart(
    environment: SymbolicEnvironment, template: Template, variables: dict[str, Any]
) -> Symbol:
    """Include a template by its program."""
    outer = environment.recorder
    assert outer is not None
    name = str(template.name)
    own = environment.list_set(variables)
    names = environment.find_names(name)
    seen = {key: value for key, value in own.items() if names is None or key in names}
    arguments = [key for key in environment.rules.apart[name] if isinstance(seen.get(key), Symbol)]
    described = {
        key: describe_variable(value) for key, value in seen.items() if key not in arguments
    }
    key = (name, *arguments, *sorted(described.items(), key=first))
    programs = environment.programs
    if key not in programs:
        if len(programs) >= MOST_PROGRAMS:
            raise NotSymbolicError("there are too many programs")
        given = frozenset(key for key, said in described.items() if said is not UNFIT)
        programs[key] = ApartProgram(environment, template, own, arguments, given)
    symbols = [seen[key] for key in arguments]
    index = outer.apply(programs[key].render, (CONTEXT, PAGE, *symbols), Mode.NOTHING)
    return Text(outer, index, outer.registers[index])


def first(pair: tuple[str, Any]) -> str:
    """Give the first of two."""
    return pair[0]
