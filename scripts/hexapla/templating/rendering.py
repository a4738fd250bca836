"""Renderers: write pages from templates, byte for byte as the templates do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from hexapla.templating.environment import SymbolicEnvironment, is_fit
from hexapla.templating.programs import MissError, Page, Program, UnstableError
from hexapla.templating.recorder import MustInlineError, Recorder
from hexapla.templating.rules import Counts, Rules
from hexapla.templating.steps import NotSymbolicError


class Renderer:
    """Renders templates for many pages.

    Args:
        environment: Where the templates are.
        rules: What is known of them.
    """

    def __init__(self, environment: Environment, rules: Rules) -> None:
        self.environment = environment
        self.rules = rules
        self.counts = Counts()
        self.plain: set[str] = set()
        """Templates that are rendered as they are."""
        self.programs: dict[str, Program] = {}
        self.constants: dict[str, Any] = {}
        self.symbolic: SymbolicEnvironment | None = None
        if is_fit(environment):
            self.symbolic = SymbolicEnvironment(environment, rules, self.counts)

    def render(self, name: str, context: dict[str, Any]) -> str:
        """Render a template for a page.

        Args:
            name: The template's.
            context: What it is given.
        """
        self.see_constants(context)
        program = self.programs.get(name)
        if program is None or program.is_useless:
            return self.learn(name, context)
        page = Page({key: bind(context) for key, bind in self.rules.bound.items()})
        try:
            text = program.render(context, page)
        except Exception:  # a miss, or what the template itself may do better with
            program.missed += 1
            return self.learn(name, context)
        self.counts.filled += 1
        return self.check(name, context, page, text) if page.is_to_check else text

    def see_constants(self, context: Mapping[str, Any]) -> None:
        """See whether the constants are the same as before; forget everything if not."""
        for key in self.rules.constants:
            value = context.get(key)
            if self.constants.setdefault(key, value) is not value:
                self.constants[key] = value
                self.forget()

    def forget(self) -> None:
        """Forget what is known of all templates."""
        self.programs.clear()
        self.counts.variants = 0
        if self.symbolic is not None:
            self.symbolic.programs.clear()

    def render_plain(self, name: str, context: dict[str, Any]) -> str:
        """Render a template as it is."""
        return self.environment.get_template(name).render(context)

    def check(self, name: str, context: dict[str, Any], page: Page, text: str) -> str:
        """Compare a page with what its template writes, which is what counts."""
        self.counts.checked += 1
        plain = self.render_plain(name, context)
        if plain != text:
            self.distrust(name)
        for leaf in set(page.leaves):
            leaf.compared += 1
        return plain

    def distrust(self, name: str) -> None:
        """Render a template as it is from now on."""
        self.counts.different += 1
        self.give_up(name, "a page differed")

    def give_up(self, name: str, reason: str) -> None:
        """Render a template as it is from now on, and say why."""
        self.counts.reasons[f"{name}: {reason}"] += 1
        self.plain.add(name)
        self.programs.pop(name, None)

    def learn(self, name: str, context: dict[str, Any]) -> str:
        """Render a template as it is, and learn what can be learned."""
        plain = self.render_plain(name, context)
        if name in self.plain or self.symbolic is None or not self.is_worth_it(name):
            self.counts.plain += 1
            return plain
        try:
            text = self.record(name, context)
        except (MissError, UnstableError):
            self.give_up(name, "it asks now this, now that")
        except NotSymbolicError as error:
            self.give_up(name, str(error))
        except Exception as error:  # symbols are no texts: some functions take no others
            self.give_up(name, f"{type(error).__name__}: {error}")
        else:
            self.counts.learned += 1
            if text != plain:
                self.distrust(name)
            return plain
        self.counts.plain += 1
        return plain

    def is_worth_it(self, name: str) -> bool:
        """Say whether more is to be learned of a template."""
        program = self.programs.get(name)
        return program is None or not program.is_full

    def record(self, name: str, context: dict[str, Any]) -> str:
        """Render a template with symbols, until no template apart needs more than it is given."""
        symbolic = self.symbolic
        assert symbolic is not None
        template = symbolic.get_template(name)
        page = Page({key: bind(context) for key, bind in self.rules.bound.items()})
        while True:
            program = self.programs.setdefault(name, Program(self.counts, self.rules.limit))
            recorder = Recorder(symbolic, name, [context, page, ()])
            try:
                variables = symbolic.close_context(template, context)
                return symbolic.record(template, variables, recorder, program)
            except MustInlineError as error:
                if error.name in symbolic.inlined or error.name not in self.rules.apart:
                    raise
                self.counts.reasons[f"{error.name}: not learned apart"] += 1
                symbolic.inlined.add(error.name)
                self.forget()
