"""Who is measured, as a table: how each is prepared, run, and looked at afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.hugo import prepare_hugo
from benchmarks.projects import HEXAPLA, ROOT, Project
from benchmarks.stock import prepare_bare, prepare_full
from benchmarks.zensical import list_projects, prepare_zensical, refresh_zensical

TOOLS = Path(os.environ.get("HEXAPLA_PEERS") or Path(sys.prefix) / "bench") / "bin"
"""Where `make bench` installs the peers: an environment of their own."""

Command = tuple[str | Path, ...]


def nothing(project: Project) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way to build the site."""

    name: str
    """As ``--only`` takes it."""
    label: str
    """As the table has it."""
    commands: Callable[[Project], tuple[tuple[str, Command], ...]]
    """What is run, one after the other, each with its name."""
    version: Callable[[], str]
    """Says which versions are measured; raises OSError where one is not installed."""
    site: str
    """Pattern of the folders of pages, in the project."""
    index: str
    """Pattern of a search index, in such a folder."""
    forget: tuple[str, ...]
    """What is removed for a build from nothing, as patterns."""
    prepare: Callable[[Project], None] = nothing
    """Writes configuration and layouts."""
    refresh: Callable[[Project], None] = nothing
    """Brings a copy of the content up to date, where there is one; not measured."""
    subset: tuple[int, int] | None = None
    """Locales and topics it is given at most, where its cost grows with their square."""


def _ask(*command: str | Path) -> str:
    """Ask a tool for its version: the first number it prints."""
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise OSError(f"{command[0]} is not there")
    words = (result.stdout + result.stderr).replace("v", " ").replace("-", " ").split()
    return next((word for word in words if word[:1].isdigit() and "." in word), "")


def _ask_hexapla() -> str:
    """Say which version of ours it is, if it can build."""
    result = subprocess.run(
        [*HEXAPLA, "build", "--help"],
        capture_output=True,
        check=False,
        cwd=ROOT / "scripts",
    )
    if result.returncode:
        raise OSError("`hexapla build` is not there")
    return f"Hexapla {version('hexapla')}"


def _ask_stock() -> str:
    return f"MkDocs {version('mkdocs')}, Material {version('mkdocs-material')}"


def _mkdocs(configuration: str, site: str) -> Callable[[Project], tuple[tuple[str, Command], ...]]:
    command = (sys.executable, "-m", "mkdocs", "build", "-q", "-f", configuration, "-d", site)
    return lambda project: (("mkdocs", command),)


def _hugo(project: Project) -> tuple[tuple[str, Command], ...]:
    pagefind = (TOOLS / "python", "-m", "pagefind", "--site", "hugo/public")
    return (("Hugo", (TOOLS / "hugo", "--source", "hugo", "--quiet")), ("Pagefind", pagefind))


def _zensical(project: Project) -> tuple[tuple[str, Command], ...]:
    return tuple(
        ("Zensical", (TOOLS / "zensical", "build", "-f", path)) for path in list_projects(project)
    )


CONTESTANTS = (
    Contestant(
        "hexapla",
        "`hexapla build`",
        lambda project: (("hexapla build", (*HEXAPLA, "build")),),
        _ask_hexapla,
        site="site",
        index="**/hexapla-search/manifest.json",
        forget=("site", ".hexapla"),
    ),
    Contestant(
        "hugo",
        "Hugo + Pagefind",
        _hugo,
        lambda: (
            f"Hugo {_ask(TOOLS / 'hugo', 'version')}, "
            f"Pagefind {_ask(TOOLS / 'python', '-m', 'pagefind', '--version')}"
        ),
        site="hugo/public",
        index="pagefind/pagefind-entry.json",
        forget=("hugo/public", "hugo/resources"),
        prepare=prepare_hugo,
    ),
    Contestant(
        "zensical",
        "Zensical, one project per locale",
        _zensical,
        lambda: f"Zensical {_ask(TOOLS / 'zensical', '--version')}",
        site="zensical/*/site",
        index="search.json",
        forget=("zensical/*/site", "zensical/*/.cache"),
        prepare=prepare_zensical,
        refresh=refresh_zensical,
    ),
    Contestant(
        "lean",
        "stock MkDocs, lean navigation, our plugin",
        _mkdocs("mkdocs.yml", "site-lean"),
        _ask_stock,
        site="site-lean",
        index="**/hexapla-search/manifest.json",
        forget=("site-lean",),
    ),
    Contestant(
        "bare",
        "stock MkDocs, lean navigation",
        _mkdocs("mkdocs-bare.yml", "site-bare"),
        _ask_stock,
        site="site-bare",
        index="search/search_index.json",
        forget=("site-bare",),
        prepare=prepare_bare,
    ),
    *(
        Contestant(
            f"stock-{topics}",
            "stock MkDocs as it comes",
            _mkdocs("mkdocs-full.yml", "site-full"),
            _ask_stock,
            site="site-full",
            index="search/search_index.json",
            forget=("site-full",),
            prepare=prepare_full,
            subset=(2, topics),
        )
        for topics in (250, 1000)
    ),
)
"""In the order of the table: we first, then by turns."""


def forget(contestant: Contestant, project: Project) -> None:
    """Remove what a contestant has written and remembered."""
    for pattern in contestant.forget:
        for path in project.root.glob(pattern):
            shutil.rmtree(path)
