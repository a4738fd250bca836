"""Tables of contents, read for the site: as delivered, and as writers have made them.

A writer's table stands in docs/: ``TOC.yml`` for the source, ``TOC.sv-SE.yml`` for a locale. Where
there is one, it replaces what that locale delivered under the same path.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from mkdocs.structure.files import File, Files, InclusionLevel

from hexapla.contents import MAXIMUM_SIZE, Entry, is_contents, parse_contents
from hexapla.deliveries import split_folder
from hexapla.errors import StorageError
from hexapla.findings import Finding
from hexapla.joined_contents import join_contents
from hexapla.locales import SOURCE_LOCALE, is_locale
from hexapla.model import Form
from hexapla.storage import list_files, read_limited

Tables = dict[str, dict[str, tuple[Entry, ...]]]
"""Locale → path of a table in the docset → its entries, other tables taken in."""

_WRITERS = re.compile(
    r"(?P<stem>(?:.*/)?toc)(?:\.(?P<locale>[A-Za-z-]+))?(?P<end>\.(?:ya?ml|md))\Z", re.I
)


def read_tables(
    docs: str, files: Files, source: str = SOURCE_LOCALE, delivered: Iterable[str] | None = None
) -> tuple[Tables, list[Finding]]:
    """Read all tables of contents, and keep writers' own out of the site.

    Args:
        docs: The folder of the bundles; that of the deliveries, ``locales/``, is beside it.
        files: The files of the bundles.
        source: The source locale.
        delivered: The paths below ``locales/``, where they are known.
    """
    found: dict[str, dict[str, Path]] = defaultdict(dict)
    roots: set[str] = set()
    deliveries = Path(docs).parent / "locales"
    for path in sorted(list_files(deliveries) if delivered is None else delivered):
        folder, _, name = path.partition("/")
        locale, form = split_folder(folder)
        if form is Form.LOOSE or not is_locale(locale):
            continue
        if is_contents(name) and (form is Form.BILINGUAL or name not in found[locale]):
            found[locale][name] = deliveries / path
        elif name.rpartition("/")[2] == "docfx.json":
            roots.add(name.rpartition("/")[0])
    for file, match in exclude_tables(docs, files):
        name = f"{match['stem']}{match['end']}"
        found[match["locale"] or source][name] = Path(str(file.abs_src_path))
    return _join(found, tuple(sorted(roots)), Path(docs).parent)


def exclude_tables(docs: str, files: Files) -> list[tuple[File, re.Match[str]]]:
    """Keep writers' own tables out of the site; give them, and what their names say."""
    found = []
    for file in files:
        match = _WRITERS.match(file.src_uri)
        if match and file.abs_src_path and Path(file.abs_src_path).is_relative_to(docs):
            file.inclusion = InclusionLevel.EXCLUDED
            found.append((file, match))
    return found


def _join(
    found: dict[str, dict[str, Path]], roots: tuple[str, ...], root: Path
) -> tuple[Tables, list[Finding]]:
    """Read the tables that were found, and take those of one locale into each other."""
    tables: Tables = {}
    findings: list[Finding] = []
    for locale, paths in sorted(found.items()):
        parsed = {}
        for name, path in sorted(paths.items()):
            place = path.relative_to(root).as_posix()
            try:
                text = read_limited(path, MAXIMUM_SIZE).decode("utf-8-sig")
            except (StorageError, UnicodeDecodeError) as error:
                findings.append(Finding(place, 0, 0, "contents-invalid", f"not readable: {error}"))
                continue
            text = text.replace("\r\n", "\n")
            parsed[name], problems = parse_contents(text, name, roots, place)
            findings += problems
        tables[locale], problems = join_contents(parsed, f"locales/{locale}")
        findings += problems
    return tables, findings
