"""Modules point one way: a module imports from its own layer and from those above it in the table.

A new module is added to the table; a package counts as one module under its folder's name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = "hexapla"

LAYERS: tuple[tuple[str, str], ...] = (
    ("model", "errors findings locales model paths"),
    (
        "parsing",
        "anchors code_spans yaml_strings metadata plain_metadata front_matter units escapes"
        " dialect links deliveries lock parsing",
    ),
    (
        "grouping, normalizing, merging",
        "evidence revisions proof source planning grouping normalizing merging pairing skeleton"
        " inline_text originals aligning plain_markdown letters verbatim marking word_changes"
        " file_kinds unit_changes sentences following confirming topic_revisions unit_states",
    ),
    (
        "storage",
        "cores configuration storage archives file_index git git_versions journal delivery_store",
    ),
    (
        "sync",
        "identification state bases renaming scenes reconciling handoffs working pool withdrawing"
        " sync settling placing importing delivered_topics past_deliveries page_edits",
    ),
    ("checks", "checks status tracing inspecting comparing"),
    (
        "navigation",
        "subjects product_rules products related contents joined_contents sections outlines"
        " navigation collation listing wording interface_language locale_settings locale_editing",
    ),
    (
        "build, search",
        "building previewing search commonmark figures surveying surveying_history past_states"
        " trend trend_plot heat_map status_table publishing site_links"
        " theme_mending page_status docfx quick_markdown allowed_html assets"
        " sanitizing security_policy templating mkdocs_adapter",
    ),
    ("cli", "cli __main__"),
)
"""Layers, lowest first, and the modules of each."""

TOUCH_FILES = frozenset({"storage", "archives", "git"})
"""The only modules that may touch files."""

IMPORT_MKDOCS = frozenset({"mkdocs_adapter"})
"""The only modules that may know MkDocs, its theme and its plugins."""

MKDOCS = frozenset({"mkdocs", "material", "mkdocs_static_i18n"})

FILE_MODULES = frozenset({"glob", "io", "shutil", "tempfile"})

MACHINE = frozenset({"cpu_count", "environ", "getpid", "sched_getaffinity"})
"""What of `os` is about the machine, and not about its files."""

FILE_METHODS = frozenset(
    "exists glob is_dir is_file iterdir mkdir open read_bytes read_text rename rglob rmdir stat"
    " touch unlink write_bytes write_text".split()
)

LEVEL = {module: level for level, (_, names) in enumerate(LAYERS) for module in names.split()}


def read_modules() -> dict[str, list[ast.Module]]:
    """Map each module of the package to the trees of its files."""
    folder = Path(__file__).parents[1] / "scripts" / PACKAGE
    modules: dict[str, list[ast.Module]] = {}
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).with_suffix("").parts[0]
        if name != "__init__":
            tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
            modules.setdefault(name, []).append(tree)
    return modules


MODULES = read_modules()


def list_imports(module: str) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports."""
    for tree in MODULES[module]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{module}: imports are written in full"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def list_ours(module: str) -> set[str]:
    """Return the modules of the package that a module imports."""
    dotted = (name.split(".") for name in list_imports(module))
    return {parts[1] for parts in dotted if parts[0] == PACKAGE and parts[1] in MODULES} - {module}


def list_file_accesses(module: str) -> Iterator[str]:
    """Yield what a module does that reaches a file, with its line; methods are told by name."""
    for name in list_imports(module):
        if name.split(".")[0] in FILE_MODULES:
            yield f"imports {name}"
    for tree in MODULES[module]:
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="open")):
                    yield f"line {node.lineno}: open()"
                case ast.Call(func=ast.Attribute(attr=attribute)) if attribute in FILE_METHODS:
                    yield f"line {node.lineno}: .{attribute}()"
                case ast.Attribute(value=ast.Name(id="os"), attr=attribute):
                    if attribute not in MACHINE:
                        yield f"line {node.lineno}: os.{attribute}"


@pytest.mark.parametrize("module", MODULES)
def test_modules_import_from_their_own_layer_or_lower_ones(module: str) -> None:
    assert module in LEVEL, f"{module} has no layer yet: add it to LAYERS"
    higher = {name for name in list_ours(module) if LEVEL.get(name, 0) > LEVEL[module]}
    assert higher == set()


def test_no_module_needs_itself() -> None:
    TopologicalSorter({module: list_ours(module) for module in MODULES}).prepare()


@pytest.mark.parametrize("module", sorted(MODULES.keys() - TOUCH_FILES))
def test_only_storage_touches_files(module: str) -> None:
    assert list(list_file_accesses(module)) == []


@pytest.mark.parametrize("module", sorted(MODULES.keys() - IMPORT_MKDOCS))
def test_only_the_adapter_knows_mkdocs(module: str) -> None:
    assert {name.split(".")[0] for name in list_imports(module)} & MKDOCS == set()
