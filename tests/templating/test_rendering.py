from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, pass_context
from markupsafe import Markup

from hexapla.templating.rendering import Renderer
from hexapla.templating.rules import Rules
from hexapla.templating.shared import SharedDict, SharedList

FIXTURES = Path(__file__).parent / "fixtures"


def read_templates(name: str) -> dict[str, str]:
    """Read templates, each under a line with its title."""
    text = (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")
    parts = f"\n{text}".split("\n== ")[1:]
    return {title: text.rstrip("\n") for title, _, text in (part.partition("\n") for part in parts)}


class Entry:
    """An object, as MkDocs' pages are."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    @property
    def shout(self) -> str:
        return str(self.__dict__.get("title", "")).upper()

    def speak(self) -> str:
        return f"I am {self.shout}"


class Entries:
    """A collection that is no list, as MkDocs' table of contents is."""

    def __init__(self, items: list[Any]) -> None:
        self.items = items

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def make_page(number: int) -> dict[str, Any]:
    """Make a page; those with near numbers differ in ways of their own."""
    title = f"<b>Page {number}</b>" if number % 5 else ""
    return {
        "title": Markup(title) if number % 3 == 0 else title,
        "url": f"sv/page-{number}/",
        "count": number % 4,
        "share": number / 4,
        "flag": number % 2 == 0,
        "nothing": None,
        "day": date(2021, 5, 1 + number % 28),
        "tags": [f"tag {index} {number}" for index in range(number % 3)],
        "pair": (f"one {number}", "two"),
        "meta": {"hide": ["toc"] if number % 2 else [], "items": "shadowed", f"k{number % 2}": "v"},
        "tree": make_tree(number % 4, f"t{number}"),
        "toc": Entries([Entry(title=f"h{index}-{number}", level=1) for index in range(number % 3)]),
        "entry": Entry(title=f"e{number}", **({"url": "x"} if number % 2 else {})),
    }


def make_tree(depth: int, name: str) -> dict[str, Any]:
    below = [make_tree(depth - 1, f"{name}.{index}") for index in range(depth)]
    return {"name": name, "children": below}


def make_environment(templates: dict[str, str], **options: Any) -> Environment:
    environment = Environment(loader=DictLoader(templates), **options)

    @pass_context
    def relative(context: Any, value: str) -> str:
        return f"{context['page']['url']}>{value}"

    environment.filters["relative"] = relative
    environment.filters["own"] = lambda value: str(value)[::-1]
    environment.filters["pure"] = lambda value: f"({value})"
    return environment


def make_renderer(environment: Environment, **options: Any) -> Renderer:
    rules: dict[str, Any] = {
        "constants": frozenset({"config"}),
        "pure": frozenset({"pure"}),
        "looks_at": frozenset({"page"}),
        "bound": {"relative": lambda context: lambda value: f"{context['page']['url']}>{value}"},
    }
    return Renderer(environment, Rules(**rules | options))


CONFIG = {"name": "Site", "list": ["a", "b"], "labels": {"tag 0 1": "first", "v": "vee"}}


def render_all(
    templates: dict[str, str] | str,
    pages: int = 60,
    rules: dict[str, Any] | None = None,
    **options: Any,
) -> Renderer:
    """Render a template for many pages both ways; the pages must be the same."""
    if isinstance(templates, str):
        templates = {"main": templates}
    environment = make_environment(templates, **options)
    renderer = make_renderer(environment, **(rules or {}))
    for number in range(pages):
        context = {"page": make_page(number), "config": CONFIG, "base_url": "../.."}
        if number % 7 == 0:
            context["extra"] = f"extra {number}"
        expected = environment.get_template("main").render(context)
        assert renderer.render("main", context) == expected, number
    assert renderer.counts.different == 0
    return renderer


LEARNED = read_templates("learned")
"""Templates that are learned, one way of using values each."""


@pytest.mark.parametrize("title", LEARNED)
def test_what_is_learned_is_written_the_same(title: str) -> None:
    renderer = render_all(LEARNED[title], 200)
    assert renderer.plain == set(), renderer.counts.reasons
    assert renderer.counts.filled > 60


PLAIN = read_templates("plain")
"""Templates that cannot be learned."""


@pytest.mark.parametrize("title", PLAIN)
def test_what_cannot_be_learned_is_rendered_as_it_is(title: str) -> None:
    renderer = render_all({"main": PLAIN[title], "part": "{{ 'a' | relative }}"}, 10)
    assert renderer.plain == {"main"}
    assert renderer.counts.filled == 0
    assert renderer.counts.plain == 10


FAMILY = read_templates("family")


@pytest.mark.parametrize(
    "apart", [{}, {"node": ("node",), "tags": ()}, {"node": ("node",)}, {"node": ()}]
)
def test_templates_that_inherit_and_include(apart: dict[str, tuple[str, ...]]) -> None:
    renderer = render_all(FAMILY, 200, {"apart": apart})
    assert renderer.plain == set(), renderer.counts.reasons
    assert renderer.counts.filled > 100


def test_a_template_apart_has_few_variants() -> None:
    templates = {
        "main": "{{ page.title }}{% for x in page.rows %}{% include 'row' %}{% endfor %}",
        "row": "{% if x.a %}A{% endif %}{% if x.b %}B{% endif %}{{ x.name }}",
    }
    environment = make_environment(templates)
    renderer = make_renderer(environment, apart={"row": ("x",)})
    for number in range(200):
        rows = [
            {"a": number >> index & 1, "b": number >> index & 2, "name": f"{number}-{index}"}
            for index in range(5)
        ]
        context = {"page": {"title": "t", "rows": rows}, "config": CONFIG}
        assert renderer.render("main", context) == environment.get_template("main").render(context)
    assert renderer.counts.variants == 1 + 4
    assert renderer.counts.learned == 1


def test_what_was_compared_with_another_page_is_not_compared_again() -> None:
    environment = make_environment(
        {
            "main": "{{ page.title }}{% include 'row' %}",
            "row": "{% if page.flag %}A {{ page.title }}{% endif %}",
        }
    )
    renderer = make_renderer(environment, apart={"row": ()})
    for number in range(200):
        context = {"page": {"title": f"t{number}", "flag": number >= 50}, "config": CONFIG}
        assert renderer.render("main", context) == environment.get_template("main").render(context)
    # Of the page: its uses 2 and 64. Of the row that came later: where it was learned, and its use
    # 2; by its use 64 it has been compared with the page's.
    assert renderer.counts.checked == 4


def test_shared_values_are_told_by_identity() -> None:
    environment = make_environment(
        {"main": "{{ place.a }}{% for x in place.b %}{{ x }}{% endfor %}"}
    )
    renderer = make_renderer(environment)
    places = [SharedDict(a=f"a{n}", b=SharedList([n, n + 1])) for n in range(3)]
    for number in range(30):
        place = places[number % 3]
        context = {"place": place, "config": CONFIG}
        assert renderer.render("main", context) == f"{place['a']}{place['b'][0]}{place['b'][1]}"
    assert renderer.counts.variants == 3


def test_a_difference_is_seen_and_the_page_is_right() -> None:
    """The template depends on a value that was promised not to change."""
    changing = {"n": 0}
    environment = make_environment({"main": "{{ config.n }}{{ page.title }}"})
    renderer = make_renderer(environment)
    for number in range(4):
        context = {"page": {"title": "t"}, "config": changing}
        assert renderer.render("main", context) == f"{number}t"
        changing["n"] += 1
        if renderer.counts.filled:
            break
    assert renderer.counts.different == 1
    assert renderer.plain == {"main"}


def test_other_constants_are_other_pages() -> None:
    environment = make_environment({"main": "{{ config.n }}"})
    renderer = make_renderer(environment)
    for number in range(5):
        assert renderer.render("main", {"config": {"n": number}}) == str(number)


def test_a_template_whose_pages_all_differ_is_not_learned_for_ever() -> None:
    renderer = render_all("{{ page.title | sort | join }}", 300)
    assert renderer.counts.learned <= 20
    assert renderer.counts.plain > 200


def test_errors_are_the_templates_own() -> None:
    environment = make_environment({"main": "{{ page.title }}{{ page.none.none }}"})
    renderer = make_renderer(environment)
    with pytest.raises(Exception, match="no attribute 'none'"):
        renderer.render("main", {"page": {"title": "t"}, "config": CONFIG})


@pytest.mark.parametrize(
    "options", [{"autoescape": True}, {"finalize": str}, {"enable_async": False, "autoescape": str}]
)
def test_environments_of_other_kinds_are_left_alone(options: dict[str, Any]) -> None:
    renderer = render_all("{{ page.title }}", 5, **options)
    assert renderer.counts.plain == 5


def test_strict_environments() -> None:
    templates = "{{ page.title }}{{ page.x is defined }}{{ page.x | d('none') }}"
    assert render_all(templates, 100, undefined=StrictUndefined).counts.filled > 60


NAMES = st.sampled_from(
    "page.title page.count page.flag page.nothing page.tags page.pair page.meta"
    " page.tree.children page.entry page.toc page.none page.meta.hide x y".split()
)
LEAVES = NAMES | st.sampled_from(
    ["'s'", "2", "none", "[page.title, x]", "{'k': page.count}", "config.list"]
)


UNARY = """
({} | e) ({} | upper) ({} | length) ({} | first) ({} | list) ({} | string) ({} | tojson)
({} | d('-', true)) ({} | join(',')) (not {}) ({} is defined) ({} is string) ({}[0]) ({}.none)
({} | replace('a', 'b')) ({}[:2]) ({} | pure) ({} | sort) ({} | trim)
""".replace(") (", ")\n(").split("\n")[1:-1]
BINARY = [
    "({} ~ {})",
    "({} == {})",
    "({} in {})",
    "({} or {})",
    "({} and {})",
    "({} + {})",
    "({} < {})",
]


def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Make longer expressions."""
    return st.builds(str.format, st.sampled_from(UNARY), inner) | st.builds(
        str.format, st.sampled_from(BINARY), inner, inner
    )


VALUES = st.recursive(LEAVES, extend, max_leaves=4)

FORMS = [
    "{% if VALUE %}BODY{% else %}-{% endif %}",
    "{% for x in VALUE %}BODY{{ loop.index }}{% endfor %}",
    "{% set y = VALUE %}BODY",
    "{% set y %}BODY{% endset %}{{ y }}{{ VALUE }}",
    "{% macro m(x) %}BODY{% endmacro %}{{ m(VALUE) }}",
    "{% with x = VALUE %}BODY{% include 'part' %}{% endwith %}",
    "{% filter upper %}BODY{% endfilter %}",
]


def fill_form(form: str, value: str, body: str) -> str:
    """Fill a form."""
    return form.replace("VALUE", value).replace("BODY", body)


def enclose(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Make longer templates."""
    enclosed = st.builds(fill_form, st.sampled_from(FORMS), VALUES, inner)
    return enclosed | st.builds("{}{}".format, inner, inner)


TEMPLATES = st.recursive(
    VALUES.map("{{{{ {} }}}}".format) | st.sampled_from(["text", "<p>"]), enclose, max_leaves=5
)


@settings(max_examples=150, deadline=None)
@given(TEMPLATES, st.lists(st.integers(0, 40), min_size=1, max_size=8), st.booleans())
def test_any_template_is_written_the_same(
    template: str, numbers: list[int], is_apart: bool
) -> None:
    environment = make_environment({"main": template, "part": "({{ x }}{{ y }}{{ page.url }})"})
    renderer = make_renderer(environment, apart={"part": ("x",)} if is_apart else {})
    for number in [*numbers, *numbers]:
        context: dict[str, Any] = {"page": make_page(number), "config": CONFIG}
        if number % 2:
            context["x"] = f"x{number}"
        outcomes = []
        ways: tuple[Any, ...] = (
            lambda told: environment.get_template("main").render(told),
            partial(renderer.render, "main"),
        )
        for render in ways:
            try:
                outcomes.append(render(context))
            except Exception as error:
                outcomes.append(type(error).__name__)
        assert outcomes[0] == outcomes[1]
    assert renderer.counts.different == 0
