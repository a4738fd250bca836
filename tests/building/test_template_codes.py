"""The code of templates that builds remember."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from hexapla.building.memory import Memory
from hexapla.templating.compiled import CompiledTemplates
from tests.building.projects import build, build_anew, differ, read_site
from tests.support.trees import Tree


def render(codes: CompiledTemplates, text: str) -> str:
    """Render a text as the template of a name, in an environment of its own."""
    environment = Environment(loader=DictLoader({"a": text}), bytecode_cache=codes)
    return environment.get_template("a").render(name="B")


def test_code_comes_back_for_the_same_text_only() -> None:
    first = CompiledTemplates()
    assert render(first, "one {{ name }}") == "one B"
    assert first.has_more
    again = CompiledTemplates(data=first.render())
    assert render(again, "one {{ name }}") == "one B"
    assert not again.has_more
    assert render(again, "two {{ name }}") == "two B"
    assert again.has_more


def test_code_of_another_process_is_not_compiled_again() -> None:
    other, codes = CompiledTemplates(), CompiledTemplates()
    render(other, "one {{ name }}")
    codes.add(other.render())
    assert (codes.is_new, codes.has_more) == (True, True)
    codes.dump_bytecode = None  # type: ignore[assignment,method-assign]
    assert render(codes, "one {{ name }}") == "one B"


def test_a_changed_template_is_compiled_anew(project: Tree) -> None:
    path = "overrides/main.html"
    memory = Memory(project.root / ".hexapla/build", project.root / "tmp")
    article = "docs/help/files/share-a-folder/index.sv-SE.md"
    project.write({article: project.read(article) + "\nMer.\n"})
    build(project)
    before = memory.recall_bytes("templates")
    assert before
    project.write({path: project.read(path) + "{# changed #}<!-- changed -->"})
    build(project)
    assert memory.recall_bytes("templates")[:40] != before[:40]
    assert differ(read_site(project), build_anew(project, project.root.parent / "fresh")) == []
