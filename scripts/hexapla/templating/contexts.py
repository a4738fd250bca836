"""Contexts: where templates look names up, and from where they call functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.utils import Cycler, Joiner, Namespace, missing

from hexapla.templating.steps import NotSymbolicError
from hexapla.templating.symbols import Method

if TYPE_CHECKING:
    from hexapla.templating.recorder import Recorder

ROOT = object()
"""In a context: the page's own value, which is opened when it is asked for."""

RECORDER = "\x00recorder"
"""In a context: what notes what is asked of it. Contexts without one have nothing of a page."""

CALLABLE = (Macro, BlockReference, LoopContext)
"""What templates may call: parts of templates."""

MAKERS = frozenset({Namespace, Cycler, Joiner, dict})
"""Functions of templates that make something for a single rendering."""

READERS = frozenset(
    "copy count endswith format get index items join keys lower lstrip partition replace rsplit"
    " rstrip split startswith strip title upper values".split()
)
"""Methods of plain values that change nothing."""


class SymbolicContext(Context):
    """A context whose page's values are opened one by one."""

    def resolve_or_missing(self, key: str) -> Any:
        """Look up a name."""
        if key in self.vars:
            return self.vars[key]
        recorder: Recorder | None = self.parent.get(RECORDER)
        if recorder is None:
            return super().resolve_or_missing(key)
        environment: Any = self.environment
        value = self.parent.get(key, missing)
        if value is ROOT:
            return recorder.open_root(key)
        if key in environment.rules.constants:
            return value
        recorder.check_turn()
        if value is missing or value is environment.globals.get(key, missing):
            recorder.open_root(key)  # another page may have it
            return value
        return recorder.open_variable(key, value)

    def has_roots(self, names: Iterable[str]) -> bool:
        """Say whether names stand for the page's own values, and nothing in their place."""
        return all(name not in self.vars and self.parent.get(name) is ROOT for name in names)

    def call(self, called: Any, /, *arguments: Any, **options: Any) -> Any:
        """Call a function, where that is known to change nothing."""
        environment: Any = self.environment
        recorder: Recorder | None = environment.recorder
        if recorder is None or isinstance(called, (*CALLABLE, Undefined)):
            return super().call(called, *arguments, **options)
        plain = {key: item for key, item in options.items() if not key.startswith("_")}
        if isinstance(called, Method):
            if plain:
                raise NotSymbolicError("a method with arguments by name")
            return called.call(*arguments)
        owner = getattr(called, "__self__", None)
        if (
            isinstance(owner, (LoopContext, Cycler))
            or called in MAKERS
            or isinstance(called, Joiner)
        ):
            return called(*arguments, **plain)
        if called is range or (
            type(owner) in {str, dict, list, tuple} and called.__name__ in READERS
        ):
            return called(
                *[recorder.know_all(value) for value in arguments], **recorder.know_all(plain)
            )
        raise NotSymbolicError(f"a call of {getattr(called, '__name__', type(called).__name__)}")
