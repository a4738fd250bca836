"""Stock MkDocs with Material and mkdocs-static-i18n, and nothing of ours."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

import yaml

from benchmarks.deliveries import write
from benchmarks.jinja import make_dialect
from benchmarks.locales import SOURCE
from benchmarks.probe import read_strings, render_page
from benchmarks.projects import Project, list_languages
from benchmarks.shell import make_shell
from hexapla.interface_language import get_direction

FEATURES = "content.code.copy navigation.top search.highlight search.suggest toc.follow".split()

EXTENSIONS = "admonition attr_list def_list footnotes md_in_html sane_lists tables".split()


def prepare_bare(project: Project) -> None:
    """Write a configuration without our plugin, with a navigation that lists the home page only.

    Its pages have our shell as a template.
    """
    page, assets = render_page(project)
    rtl = [tag for tag in project.tags if get_direction(tag) == "rtl"]
    direction = f"{{{{ 'rtl' if i18n_page_locale in {rtl} else 'ltr' }}}}"
    dialect = make_dialect(project, "{{ i18n_page_locale }}", direction, "/")
    shell = make_shell(page, read_strings()[SOURCE], dialect)
    layout = f"{shell.before}{dialect.content}{shell.article}"
    theme = project.root / "theme-bare"
    for name in ("main.html", "home.html"):
        write(theme / name, layout.encode())
    shutil.copytree(assets / "hexapla", theme / "assets/hexapla", dirs_exist_ok=True)
    shutil.rmtree(theme / "assets/hexapla/originals")
    navigation = {"nav": ["index.md"], "not_in_nav": "/*/\n"}
    _write(project, "mkdocs-bare.yml", "theme-bare", navigation)


def prepare_full(project: Project) -> None:
    """Write a configuration as it comes: every page has the list of all pages."""
    # What our home pages ask for is a page like any other here.
    write(project.root / "theme-full/home.html", b'{% extends "main.html" %}\n')
    _write(project, "mkdocs-full.yml", "theme-full", {})


def _write(project: Project, name: str, theme: str, navigation: Mapping[str, object]) -> None:
    configuration = {
        "site_name": "Help",
        # A tag with a region ends the build unless the theme's language is set.
        "theme": {
            "name": "material",
            "custom_dir": theme,
            "language": "en",
            "font": False,
            "features": FEATURES,
        },
        **navigation,
        "exclude_docs": "includes/\n",
        "validation": {
            "nav": {"omitted_files": "ignore"},
            "links": {
                "absolute_links": "ignore",
                "anchors": "info",
                "not_found": "info",
                "unrecognized_links": "ignore",
            },
        },
        "plugins": [
            "search",
            {
                "i18n": {
                    "docs_structure": "suffix",
                    "fallback_to_default": True,
                    "reconfigure_material": False,
                    "reconfigure_search": False,
                    "languages": list_languages((SOURCE, *project.tags)),
                }
            },
        ],
        "markdown_extensions": [
            *EXTENSIONS,
            {"toc": {"permalink": True}},
            "pymdownx.highlight",
            "pymdownx.inlinehilite",
            "pymdownx.superfences",
        ],
    }
    text = yaml.safe_dump(configuration, allow_unicode=True, sort_keys=False)
    (project.root / name).write_text(text, encoding="utf-8")
