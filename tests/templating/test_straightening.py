from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from jinja2 import DictLoader, Environment

from hexapla.templating.programs import STRAIGHTENED
from hexapla.templating.rendering import Renderer
from hexapla.templating.rules import Rules
from hexapla.templating.straightening import LONGEST, give_up

PAGES = max(STRAIGHTENED) + 40


def render_all(template: str, **values: Any) -> tuple[Renderer, int]:
    """Render pages both ways, each with values of its own; count those that had no straight way."""
    environment = Environment(loader=DictLoader({"main": template}))
    renderer = Renderer(environment, Rules())
    missed = 0
    for number in range(PAGES):
        context = {name: make(number) for name, make in values.items()}
        if program := renderer.programs.get("main"):
            way = program.straight
            missed += way is not give_up and way(context, None, ()) is None
        text = renderer.render("main", context)
        assert text == environment.get_template("main").render(context)
    assert renderer.counts.different == 0
    return renderer, missed


def test_usual_pages_go_straight() -> None:
    template = "{% if flag %}<b>{{ text | e }}</b>{% else %}{{ text }}{% endif %} {{ text[:2] }}"
    renderer, missed = render_all(template, flag=lambda n: n % 3 == 0, text=lambda n: f"<{n}>")
    assert renderer.programs["main"].straight is not give_up
    assert (missed, renderer.counts.learned) == (0, 2)


def test_rare_pages_are_found_all_the_same() -> None:
    template = "{% if mood == 'rare' %}rare {{ n }}{% elif mood %}{{ n }}{% endif %}"
    renderer, missed = render_all(
        template,
        n=lambda n: n,
        mood=lambda n: "rare" if n % 100 == 99 else ["", "usual"][n % 2],
    )
    assert renderer.counts.learned == 3
    assert missed == len([n for n in range(PAGES) if n % 100 == 99 and n > min(STRAIGHTENED)])


def test_any_name_may_be_asked_for() -> None:
    def make(number: int) -> Any:
        strange = {"class": number, "ﬁ": "ligature", "fi": "two letters", "a b": None, "None": 1}
        return SimpleNamespace(**strange) if number % 2 else strange

    names = ["it['class']", "it.class", "it.ﬁ", "it.fi", "it['a b']", "it['None']", "it.absent"]
    render_all("".join(f"{{{{ {name} }}}}|" for name in names), it=make)


def test_constants_are_told_by_their_type() -> None:
    values = [1, True, 1.0, "1", None, 0, False, ""]
    template = "{{ it }} {% if it == 1 %}one{% endif %} {% if it is none %}none{% endif %}"
    render_all(template + "{{ {'a': it}['a'] }}", it=lambda n: values[n % 8])


def test_what_is_endless_is_not_made_straight() -> None:
    items = [f"item {number}" for number in range(LONGEST)]
    renderer, _ = render_all("{% for item in items %}{{ item }}{% endfor %}", items=lambda n: items)
    assert renderer.programs["main"].straight is give_up
