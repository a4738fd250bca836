"""Page templates: the theme's and ours, rendered for many pages of a locale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, TemplateError
from jinja2.meta import find_referenced_templates
from markupsafe import Markup
from mkdocs.structure.pages import Page
from mkdocs.utils import normalize_url
from mkdocs.utils.templates import TemplateContext, script_tag_filter, url_filter

from hexapla.mkdocs_adapter.shown_text import strip_tags
from hexapla.templating.addresses import Addresses, View
from hexapla.templating.compiled import CompiledTemplates
from hexapla.templating.rendering import Renderer
from hexapla.templating.rules import Rules

CONSTANTS = frozenset({"config", "mkdocs_version"})
"""What of a context is the same for all pages of a locale. The navigation is not: it knows which
page is written."""

BRANCHES = frozenset({"base_url"})

UNLIKE = frozenset({"home.html", "product.html", "section.html"})
"""Templates of few pages, each unlike the others: to learn them takes longer than it saves."""

APART: Mapping[str, tuple[str, ...]] = {
    "partials/alternate.html": (),
    "partials/nav.html": (),
    "partials/toc.html": (),
    "partials/toc-item.html": ("toc_item",),
    "partials/hexapla/banners.html": (),
    "partials/hexapla/breadcrumbs.html": (),
    "partials/hexapla/head.html": (),
    "partials/hexapla/heading.html": (),
    "partials/hexapla/original.html": (),
    "partials/hexapla/provenance.html": (),
    "partials/hexapla/related.html": (),
}
"""Templates that vary in ways of their own, and what differs each time they are included."""


def make_exact(address: str, page: str) -> str:
    """Make an address relative to a page's, as MkDocs does."""
    return normalize_url(address, SimpleNamespace(url=page))  # type: ignore[arg-type]


class Scripts:
    """The filter that writes the elements of scripts, as a page has it.

    Args:
        see: Makes addresses relative to the page's.
        known: Elements that were written, and of what.
    """

    __slots__ = ("known", "see")

    def __init__(self, see: View, known: dict[tuple[str, int], tuple[Any, str]]) -> None:
        self.see = see
        self.known = known

    def __call__(self, script: Any) -> str:
        """Write a script's element."""
        return make_script(self.see, script)

    def again(self, script: Any) -> str:
        """Write the element of a script that many pages have."""
        key = (self.see.again(script), id(script))
        if key not in self.known:
            self.known[key] = script, make_script(self.see, script)
        return self.known[key][1]


def make_script(see: Callable[[object], str], script: Any) -> str:
    """Make the element of a script, as MkDocs' filter does."""
    element = '<script src="{0}"'
    if not isinstance(script, str):
        element += ' type="{1.type}"' if script.type else ""
        element += " defer" if script.defer else ""
        element += " async" if script.async_ else ""
    return Markup(element + "></script>").format(see(str(script)), script)


def make_rules(environment: Environment) -> Rules:
    """Make the rules for a locale's templates."""
    addresses = Addresses(make_exact)

    scripts: dict[tuple[str, int], tuple[Any, str]] = {}

    def bind_address(context: Mapping[str, Any]) -> View:
        return addresses.see_from(context["page"].url)

    def bind_script(context: Mapping[str, Any]) -> Scripts:
        return Scripts(bind_address(context), scripts)

    filters = environment.filters
    known: dict[str, tuple[Any, Any]] = {
        "url": (url_filter, bind_address),
        "script_tag": (script_tag_filter, bind_script),
    }
    return Rules(
        constants=CONSTANTS,
        branches=BRANCHES,
        pure=frozenset({"striptags"} if filters.get("striptags") is strip_tags else ()),
        bound={name: bind for name, (theirs, bind) in known.items() if filters.get(name) is theirs},
        looks_at=frozenset({"page"}),
        apart=APART,
    )


class PageTemplates:
    """Renders the pages of one locale.

    Args:
        environment: The theme's, after all plugins have seen it (`on_env`).
    """

    def __init__(self, environment: Environment) -> None:
        self.renderer = Renderer(environment, make_rules(environment))

    def render(self, context: TemplateContext, page: Page) -> str:
        """Render a page's template, byte for byte as MkDocs does.

        Args:
            context: What MkDocs and the plugins tell templates of the page (`on_page_context`).
            page: The page.
        """
        name = str(page.meta.get("template", "main.html"))
        if name in UNLIKE:
            return self.renderer.environment.get_template(name).render(context)
        told: dict[str, Any] = dict(context)
        return self.renderer.render(name, told)


def compile_templates(environment: Environment, names: Iterable[str]) -> None:
    """Compile templates, and those that they refer to by name, for the processes forked later.

    Args:
        environment: The theme's.
        names: The templates of pages; those that there are not are left out.
    """
    if not isinstance(environment.bytecode_cache, CompiledTemplates):
        environment.bytecode_cache = CompiledTemplates(CompiledTemplates())
    symbolic = PageTemplates(environment).renderer.symbolic
    waiting: list[str | None] = list(names)
    seen: set[str | None] = {None}
    while waiting:
        name = waiting.pop()
        if name is None or name in seen or environment.loader is None:
            continue
        seen.add(name)
        try:
            source = environment.loader.get_source(environment, name)[0]
            waiting += find_referenced_templates(environment.parse(source))
            environment.get_template(name)
            if symbolic is not None:
                symbolic.get_template(name)
                if name in APART:
                    symbolic.find_names(name)
        except TemplateError:
            continue  # whatever needs it will say what is wrong
