"""Bundles: the files of docs/ by topic and locale, so that no locale's build looks at all of them.

Left alone, i18n makes a file for every locale of every page in every locale's build, which grows
with the third power of the number of locales; and the meta plugin reads every `.meta.yml` anew
for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs_static_i18n.config import RE_LOCALE  # type: ignore[import-untyped]

from hexapla.mkdocs_adapter.source_files import read_text
from hexapla.plain_metadata import read_plain_metadata

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads plain values only, quickly where it can."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The address of a page in one locale."""

    locale: str
    """The locale of its text: the source's for a fallback."""
    src_uri: str
    """The file it is made from."""
    url: str
    """Its address, relative to the site's root."""


def list_folders(path: str) -> Iterator[str]:
    """Yield the folders above a path, the docset's root first."""
    folder = dirname(path)
    if folder:
        yield from list_folders(folder)
    yield folder


class Bundles:
    """What there is under docs/.

    Args:
        locales: The tags of all configured locales.
        source: The source locale's.
    """

    def __init__(self, locales: list[str], source: str) -> None:
        self.locales = locales
        self.source = source
        self.metadata: dict[str, tuple[str, dict[str, Any]]] = {}
        """Folder → the path of its `.meta.yml` and what it says."""
        self.pages: dict[str, dict[str, File]] = {}
        """The path of a page without its locale → locale → file."""
        self._alternates: dict[str, dict[str, Alternate]] = {}

    def divide_path(self, file: File) -> tuple[str, str]:
        """Divide a file's path into that of the source's file, and the locale in its name."""
        return self.divide_name(file.src_uri)

    def divide_name(self, path: str) -> tuple[str, str]:
        """Divide a path into that of the source's file, and the locale in its name."""
        folder, slash, name = path.rpartition("/")  # i18n takes the locale out of the name
        stem, _, ending = name.rpartition(".")
        base, dot, suffix = stem.rpartition(".")
        if dot and base and (suffix in self.locales or RE_LOCALE.match(suffix)):
            return f"{folder}{slash}{base}.{ending}", suffix
        return path, self.source

    def learn(self, files: Files, name: str) -> None:
        """Learn the files, and read the shared metadata, once for all locales.

        Args:
            files: All files under docs/.
            name: The name of files with shared metadata.
        """
        for file in files:
            if file.abs_src_path and file.src_uri.rpartition("/")[2] == name:
                self.metadata[dirname(file.src_uri)] = (file.src_uri, read_metadata(file))
            elif file.is_documentation_page() and file.inclusion is not InclusionLevel.EXCLUDED:
                path, locale = self.divide_path(file)
                self.pages.setdefault(path, {})[locale] = file

    def merge_metadata(self, path: str) -> dict[str, Any]:
        """Give what the folders above a page say; the nearest counts.

        Folders are compared, not prefixes: `sync/.meta.yml` says nothing of `sync-a-picture/`.
        """
        merged: dict[str, Any] = {}
        for folder in list_folders(path):
            merged |= self.metadata.get(folder, ("", {}))[1]
        return merged

    def keep_locale(self, files: Files, locale: str) -> Files:
        """Leave out the pages of other locales: all but the source's, which may be fallbacks."""
        wanted = {locale, self.source}
        metadata = {path for path, _ in self.metadata.values()}
        return Files(
            [
                file
                for file in files
                if file.src_uri not in metadata
                and not (file.is_documentation_page() and self.divide_path(file)[1] not in wanted)
            ]
        )

    def link_alternates(self, chosen: Mapping[str, Any], *ignored: object) -> None:
        """Tell each chosen page where it is in other locales; this replaces i18n's own way.

        Args:
            chosen: The path of the source's file → the file that i18n has chosen.
            ignored: What i18n's own way needs besides.
        """
        for path, file in chosen.items():
            if path not in self.pages:
                continue
            if path not in self._alternates:
                self._alternates[path] = dict(self._find_alternates(path, file))
            file.alternates = self._alternates[path]

    def _find_alternates(self, path: str, file: Any) -> Iterator[tuple[str, Alternate]]:
        """Yield the page's address in each locale that has it, or its source instead."""
        root = "" if file.locale_alternate_of == self.source else f"{file.locale_alternate_of}/"
        address = file.url.removeprefix(root).removeprefix("./")
        pages = self.pages[path]
        for locale in self.locales:
            text_locale = locale if locale in pages else self.source
            if text_locale in pages:
                url = address if locale == self.source else f"{locale}/{address}"
                yield (
                    locale,
                    Alternate(text_locale, self._find_source(path, text_locale), url or "./"),
                )

    def _find_source(self, path: str, locale: str) -> str:
        """Give the path of a page's file."""
        return self.pages[path][locale].src_uri

    def list_aliases(self) -> Iterator[tuple[str, str, Any]]:
        """Yield topic, path of its shared metadata, and former paths as written there."""
        for topic, (path, values) in sorted(self.metadata.items()):
            yield topic, path, values.get("aliases")


def read_metadata(file: File) -> dict[str, Any]:
    """Read a file of shared metadata.

    Raises:
        PluginError: It is not YAML, or no list of keys and values.
    """
    try:
        text = read_text(file)
        values: Any = read_plain_metadata(text)
        if values is None:
            values = yaml.load(text, Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise PluginError(f"Error reading meta file '{file.src_uri}': {error}") from error
    if values is not None and not isinstance(values, dict):
        raise PluginError(f"Error reading meta file '{file.src_uri}': keys and values are missing")
    return values or {}


def find_metadata_name(config: MkDocsConfig) -> str:
    """Give the name that the meta plugin has for files of shared metadata."""
    meta: Any = config.plugins.get("material/meta")
    return str(meta.config.meta_file) if meta else ""
