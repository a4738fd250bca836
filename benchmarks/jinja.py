"""Our pages' shell as a Jinja template, for tools whose plugins know nothing of ours."""

from __future__ import annotations

from benchmarks.locales import SOURCE
from benchmarks.projects import Project, list_languages
from benchmarks.shell import ENTRY, Dialect
from hexapla.interface_language import get_direction

CONTENTS = '{% for entry in page.toc %}<a href="{{ entry.url }}">{{ entry.title }}</a>{% endfor %}'


def make_dialect(project: Project, language: str, direction: str, home: str) -> Dialect:
    """Write what a template can say of a page: of its other locales, where it would stand."""
    entries = [
        ENTRY.format(
            link=f"/{'' if tag == SOURCE else f'{tag}/'}{{{{ page.url }}}}",
            tag=tag,
            direction=get_direction(tag),
            name=entry["name"],
        )
        for entry in list_languages((SOURCE, *project.tags))
        if (tag := str(entry["locale"]))
    ]
    return Dialect(
        title="{{ page.title }}",
        content="{{ page.content }}",
        contents=CONTENTS,
        language=language,
        direction=direction,
        home=home,
        section=home,
        switcher="".join(entries),
        neighbours="",
    )
