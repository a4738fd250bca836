"""Hugo: a project that mounts the same docs/, in our pages' shell."""

from __future__ import annotations

import shutil

import yaml

from benchmarks.deliveries import write
from benchmarks.locales import SOURCE
from benchmarks.probe import read_strings, render_page
from benchmarks.projects import Project, list_languages, name_page
from benchmarks.shell import ENTRY, Dialect, Shell, make_shell, name_string
from hexapla.interface_language import get_direction

DIALECT = Dialect(
    title="{{ .Title }}",
    content="{{ .Content }}",
    contents="{{ .TableOfContents }}",
    language="{{ site.Language.Locale }}",
    direction="{{ site.Language.Direction }}",
    home="{{ site.Home.RelPermalink }}",
    section="{{ with .CurrentSection }}{{ .RelPermalink }}{{ end }}",
    switcher="{{ range .AllTranslations }}\n"
    + ENTRY.format(
        link="{{ .RelPermalink }}",
        tag="{{ .Language.Locale }}",
        direction="{{ .Language.Direction }}",
        name="{{ .Language.Label }}",
    )
    + "{{ end }}",
    neighbours="{{ $page := . }}{{ range seq 5 }}{{ with $page.NextInSection }}{{ $page = . }}\n"
    '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>\n{{ end }}{{ end }}',
    string='{{ i18n "{}" }}',
)

LIST = """
<h1>{{ .Title }}</h1>
{{ with .Paginate .RegularPages 50 }}
<section class="hexapla-list"><ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></section>
<nav class="hexapla-pages"><ul>{{ range .Pagers }}
<li><a href="{{ .URL }}">{{ .PageNumber }}</a></li>{{ end }}
</ul></nav>{{ end }}
"""
"""A list of articles: as ours, 50 on a page."""

HEADING = """\
<h{{ .Level }} id="{{ .Anchor }}">{{ .Text }}<a class="headerlink" href="#{{ .Anchor }}" \
title="{{ i18n "permalink" }}">¶</a></h{{ .Level }}>
"""


def prepare_hugo(project: Project) -> None:
    """Write a Hugo project into the folder hugo/."""
    root = project.root / "hugo"
    page, assets = render_page(project)
    shutil.copytree(assets, root / "static/assets", dirs_exist_ok=True)
    shutil.rmtree(root / "static/assets/hexapla/originals")
    catalogs = read_strings()
    shell = make_shell(page, catalogs[SOURCE] | catalogs[project.tags[0]], DIALECT)
    for name, text in write_layouts(shell).items():
        write(root / "layouts" / name, text.encode())
    for tag in (SOURCE, *project.tags):
        strings = catalogs[SOURCE] | catalogs.get(tag, {})
        named = {name_string(key): text for key, text in strings.items()}
        write(root / f"i18n/{tag}.yaml", yaml.safe_dump(named, allow_unicode=True).encode())
    configuration = yaml.safe_dump(_configure(project), allow_unicode=True, sort_keys=False)
    write(root / "hugo.yaml", configuration.encode())


def write_layouts(shell: Shell) -> dict[str, str]:
    """Write the layouts by their file names."""
    return {
        "single.html": shell.before + DIALECT.content + shell.article,
        "home.html": shell.before + DIALECT.content + shell.after,
        "section.html": shell.before + LIST + shell.after,
        "404.html": shell.before + shell.after,
        "_markup/render-heading.html": HEADING,
    }


def _configure(project: Project) -> dict[str, object]:
    languages = {
        str(language["locale"]): {
            "label": language["name"],
            "locale": language["locale"],
            "direction": get_direction(str(language["locale"])),
            "weight": weight,
            "title": "Help",
        }
        for weight, language in enumerate(list_languages((SOURCE, *project.tags)), 1)
    }
    left_out = ["index.md", "index.*.md", "**.meta.yml", "includes/**", "**/includes/**"]
    homes = [
        {"source": f"../docs/{name}", "target": f"content/_{name}"}
        for name in map(name_page, languages)
    ]
    docs: dict[str, object] = {
        "source": "../docs",
        "target": "content",
        "files": [f"! {pattern}" for pattern in left_out],
    }
    own = [{"source": name, "target": name} for name in ("static", "layouts", "i18n")]
    return {
        "baseURL": "/",
        "title": "Help",
        "defaultContentLanguage": SOURCE,
        "defaultContentLanguageInSubdir": False,
        "languages": languages,
        # What we do not write either, where the site's address is not known.
        "disableKinds": ["taxonomy", "term", "rss", "sitemap", "robotstxt"],
        "markup": {
            "goldmark": {
                "renderer": {"unsafe": True},
                "parser": {"attribute": {"block": True, "title": True}},
                # Its own hooks for links end the build at an address that is none.
                "renderHooks": {kind: {"useEmbedded": "never"} for kind in ("link", "image")},
            }
        },
        "module": {"mounts": [docs, *homes, *own]},
    }
