"""An environment in which templates can be rendered with symbols."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from typing import Any

from jinja2 import Environment, Template, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import _PassArg, missing

from hexapla.templating.apart import ApartProgram, ApartTemplate
from hexapla.templating.compiled import CompiledTemplates
from hexapla.templating.contexts import RECORDER, ROOT, SymbolicContext
from hexapla.templating.functions import Filter, Test
from hexapla.templating.programs import Program
from hexapla.templating.recorder import Recorder, holds_symbols
from hexapla.templating.rules import Counts, Rules
from hexapla.templating.steps import NotSymbolicError
from hexapla.templating.symbols import Symbol, Token, make_token


class SymbolicCodeGenerator(CodeGenerator):
    """Writes templates' code so that texts are joined by the environment."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write what joins texts."""
        self.write("environment.join((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_ScopedEvalContextModifier(self, *_: Any) -> None:  # noqa: N802
        """Refuse escaping that is switched on in the middle."""
        raise NotSymbolicError("escaping that is switched on in a template")

    def visit_EvalContextModifier(self, *_: Any) -> None:  # noqa: N802
        """Refuse the same."""
        self.visit_ScopedEvalContextModifier()


class SymbolicTemplate(Template):
    """A template that may be rendered with symbols."""

    def make_module(self, *arguments: Any, **options: Any) -> TemplateModule:
        """Import it; what it writes beside its macros must be the same for all pages."""
        recorder = self.environment.recorder  # type: ignore[attr-defined]
        asked = recorder.asked if recorder else 0
        module = super().make_module(*arguments, **options)
        module._asks = bool(recorder) and recorder.asked != asked  # type: ignore[attr-defined]
        if any(type(piece) is Token for piece in module._body_stream):
            raise NotSymbolicError(f"{self.name} writes where it is imported")
        return module


def is_fit(environment: Environment) -> bool:
    """Say whether an environment's templates can be rendered with symbols."""
    kind = type(environment)
    return (
        kind.getattr is Environment.getattr
        and kind.getitem is Environment.getitem
        and kind.concat is Environment.concat
        and environment.code_generator_class is CodeGenerator
        and environment.context_class is Context
        and environment.template_class is Template
        and environment.finalize is None
        and not environment.autoescape
        and not environment.is_async
        and not environment.sandboxed
    )


class SymbolicEnvironment(Environment):
    """An environment like another one.

    Args:
        base: The other one; `is_fit` says whether this can be done.
        rules: What is known of its templates.
        counts: What is counted.
    """

    code_generator_class = SymbolicCodeGenerator
    context_class = SymbolicContext
    template_class = SymbolicTemplate

    def __init__(self, base: Environment, rules: Rules, counts: Counts) -> None:
        self.__dict__.update(base.__dict__)
        self.overlayed = True
        self.linked_to = base
        self.rules = rules
        self.recorder: Recorder | None = None
        self.inlined: set[str] = set()
        self.counts = counts
        self.programs: dict[Hashable, ApartProgram] = {}
        self.cache = {}
        codes = base.bytecode_cache
        # Compiled for symbols a template is another: it must never be taken for the base's own.
        self.bytecode_cache = codes.symbolic if isinstance(codes, CompiledTemplates) else None
        self.names = codes.names if isinstance(codes, CompiledTemplates) else {}
        self.finalize = self.write_value
        self._passing: dict[str, Callable[..., Any]] = {}
        self.filters = {name: Filter(self, name, item) for name, item in base.filters.items()}
        tests: dict[str, Any] = dict(base.tests)
        self.tests = {name: Test(self, name, item) for name, item in tests.items()}  # type: ignore[misc]
        self.extensions = {key: item.bind(self) for key, item in base.extensions.items()}

    def write_value(self, value: Any) -> Any:
        """Give what stands for a value in what a template writes."""
        if self.recorder is not None and holds_symbols(value):
            return make_token(self.recorder.write(value))
        return value

    def concat(self, pieces: Iterable[str]) -> Any:
        """Join what a template has written."""
        written = list(pieces)
        if self.recorder is None:
            return "".join(written)
        return self.recorder.collect(written)

    def join(self, parts: tuple[Any, ...]) -> Any:
        """Join values, as `~` does."""
        if not holds_symbols(parts):
            return "".join(map(str, parts))
        assert self.recorder is not None
        write = self.recorder.write
        return self.recorder.join(
            [write(part) if holds_symbols(part) else str(part) for part in parts]
        )

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Answer `obj.attribute`."""
        if isinstance(obj, Symbol):
            return obj.read_attribute(attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Answer `obj[argument]`."""
        if isinstance(obj, Symbol):
            return obj.read_item(argument)
        if self.recorder is not None and holds_symbols(argument):
            argument = self.recorder.know_all(argument)
        return super().getitem(obj, argument)

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Any:  # noqa: A002
        """Get a template, or what includes it apart."""
        if isinstance(name, Symbol):
            name = name.know()
        template = super().get_template(name, parent, globals)
        if self.recorder is None or template.name not in self.rules.apart:
            return template
        return template if template.name in self.inlined else ApartTemplate(template, self)

    def get_or_select_template(
        self,
        names: Any,
        parent: str | None = None,
        globals: Any = None,  # noqa: A002
    ) -> Any:
        """Get the first template of these names that there is."""
        if self.recorder is not None:
            names = self.recorder.know_all(names)
        return super().get_or_select_template(names, parent, globals)

    def get_passing(
        self, name: str, function: Callable[..., Any], passed: _PassArg | None
    ) -> Callable[..., Any]:
        """Give a filter with what it wants before its arguments; always the same one."""
        if passed is None:
            return function
        if passed is _PassArg.context:
            raise NotSymbolicError(f"the filter {name} looks at the context")
        if name not in self._passing:
            base = self.linked_to
            first = base if passed is _PassArg.environment else EvalContext(base)  # type: ignore[arg-type]
            self._passing[name] = partial(function, first)
        return self._passing[name]

    def find_names(self, name: str) -> frozenset[str] | None:
        """Find the names that a template, and those it includes, take from outside; None: any."""
        if name not in self.names:
            found: set[str] = set()
            open_names: list[str | None] = [name]
            seen: set[str | None] = set()
            while open_names:
                other = open_names.pop()
                if other is None:
                    self.names[name] = None
                    return None
                if other not in seen:
                    seen.add(other)
                    assert self.loader is not None
                    tree = self.parse(self.loader.get_source(self, other)[0])
                    found |= meta.find_undeclared_variables(tree)
                    open_names += meta.find_referenced_templates(tree)
            self.names[name] = frozenset(found)
        return self.names[name]

    def list_set(self, variables: dict[str, Any]) -> dict[str, Any]:
        """List the variables that templates have set."""
        return {
            key: value
            for key, value in variables.items()
            if value is not ROOT
            and value is not self.globals.get(key, missing)
            and key not in self.rules.constants
            and key != RECORDER
        }

    def record(
        self, template: Any, variables: dict[str, Any], recorder: Recorder, program: Program
    ) -> str:
        """Render a template with symbols; teach its program what was noted, if it can take more."""
        before = self.recorder
        self.recorder = recorder
        try:
            variables = {**variables, RECORDER: recorder}
            pieces = list(template.root_render_func(template.new_context(variables, True)))
            return recorder.finish(program, pieces)
        finally:
            self.recorder = before

    def close_context(self, template: Template, context: Mapping[str, Any]) -> dict[str, Any]:
        """List what a page's template can see, the page's own values closed."""
        constants = self.rules.constants
        closed = {key: context[key] if key in constants else ROOT for key in context}
        return {**template.globals, **closed}
