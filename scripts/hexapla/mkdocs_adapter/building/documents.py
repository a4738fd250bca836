"""Documents: the pages of a locale as i18n would choose them, made from one list for all locales.

i18n makes a file for every document in every locale's build, and looks at all of them each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from posixpath import dirname
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel, _default_exclude

from hexapla.mkdocs_adapter.bundles import Alternate, Bundles, read_metadata

SortKey = tuple[tuple[str, ...], bool, str]


Division = tuple[str, str, str]
"""A file's name, the name of its page without a locale (empty: it is no page), and its locale
(empty: another file is the page)."""

METADATA = "/"
"""Stands for the name of a page where the file is shared metadata."""


class Document(File):
    """A page in one locale: its own text, or the source's in its place."""

    locale: str
    locale_alternate_of: str
    localization: str | None
    norm_src_uri: str
    bundles: DocumentBundles

    @property
    def alternates(self) -> dict[str, Alternate]:
        """The page in all locales; few pages are asked for it."""
        return self.bundles.find_alternates(self)


class DocumentBundles(Bundles):
    """Bundles by their paths alone: a file is read only when it is needed.

    Args:
        locales: The tags of all configured locales.
        source: The source locale's.
        config: The site's configuration.
        metadata_name: The name of files with shared metadata.
    """

    def __init__(
        self, locales: list[str], source: str, config: MkDocsConfig, metadata_name: str
    ) -> None:
        super().__init__(locales, source)
        self._config = config
        self._name = metadata_name
        self.shared: dict[str, dict[str, Any]] = {}
        """Path of shared metadata → what it says, as far as it was read."""
        self._use_folders = config.use_directory_urls
        self._names: dict[str, tuple[str, str]] = {}
        self._addresses: dict[str, tuple[str, str]] = {}
        self._order: dict[str, SortKey] = {}
        self._metadata_of: dict[str, list[str]] = {}
        self.paths: dict[str, dict[str, str]] = {}
        """The path of a page without its locale → locale → path of its file."""
        self.assets: list[str] = []
        """The paths of all other files."""
        self.metadata_paths: dict[str, str] = {}
        """Folder → path of its shared metadata."""
        self.aliases: list[tuple[str, str, Any]] = []

    def learn_paths(
        self, folders: Iterable[tuple[str, Sequence[str]]], hidden: Collection[str]
    ) -> None:
        """Sort the files under docs/ by what they are.

        Args:
            folders: Folders, each with the names of the files in it.
            hidden: The paths of files that are no pages.
        """
        found: dict[str, dict[str, str]] = {}
        known: dict[tuple[str, ...], list[Division]] = {}
        for folder, listed in folders:
            names = tuple(sorted(listed))  # most bundles have files of the same names
            if names not in known:
                known[names] = [self._divide(name, names) for name in names]
            prefix = f"{folder}/" if folder else ""
            for name, norm, locale in known[names]:
                path = prefix + name
                if norm == METADATA:
                    self.metadata_paths[folder] = path
                elif not norm:
                    self.assets.append(path)
                elif path not in hidden and locale:
                    found.setdefault(prefix + norm, {})[locale] = path
        self.assets.sort()
        self.paths = dict(sorted(found.items(), key=lambda item: min(item[1].values())))

    def _divide(self, name: str, names: Collection[str]) -> Division:
        """Say what a file is, by its name and those beside it."""
        if name == self._name:
            return name, METADATA, ""
        if not name.lower().endswith((".md", ".markdown", ".mdown", ".mkdn", ".mkd")):
            return name, "", ""
        is_shadowed = name.startswith("README.") and f"index{name[6:]}" in names
        norm, locale = self.divide_name(name)
        return name, norm, "" if is_shadowed else locale

    def is_metadata(self, path: str) -> bool:
        """Say whether a file under docs/ has shared metadata."""
        return path.rpartition("/")[2] == self._name

    def find_places(self) -> None:
        """Find the address and the place in order of every page, for the processes forked later."""
        for norm, paths in self.paths.items():
            self.find_address(norm)
            for path in paths.values():
                self._sort(path)

    def list_documents(self, locale: str) -> list[Document]:
        """List a locale's documents in the order of a stock build."""
        found: list[tuple[SortKey, str, str]] = []
        for norm, paths in self.paths.items():
            own = locale if locale in paths else self.source
            if own in paths:
                kept = [paths[tag] for tag in {locale, self.source} if tag in paths]
                found.append((min(map(self._sort, kept)), norm, own))
        found.sort(key=lambda item: item[0])
        return [self.make_document(norm, own, locale) for _, norm, own in found]

    def _sort(self, path: str) -> SortKey:
        """Give what MkDocs' walk through the folders sorts files by."""
        if path not in self._order:
            *folders, name = path.split("/")
            stem = name.rpartition(".")[0]
            self._order[path] = tuple(folders), stem not in {"index", "README"}, name
        return self._order[path]

    def make_document(self, norm: str, text_locale: str, locale: str) -> Document:
        """Make the document of a page in a locale."""
        path = self.paths[norm][text_locale]
        document: Any = Document.__new__(Document)
        destination, address = self.find_address(norm)
        root = "" if locale == self.source else f"{locale}/"
        document.src_uri = path
        document.src_dir = self._config.docs_dir
        document.dest_dir = self._config.site_dir
        document.use_directory_urls = self._config.use_directory_urls
        document.inclusion = InclusionLevel.NOT_IN_NAV
        document.dest_uri = root + destination
        document.url = root + address.removeprefix("./") or "./"
        stem = norm.rpartition("/")[2].rpartition(".")[0]
        document.name = "index" if stem == "README" else stem
        document.locale = text_locale
        document.locale_alternate_of = locale
        document.localization = text_locale if path != norm else None
        document.norm_src_uri = norm
        document.bundles = self
        return document  # type: ignore[no-any-return]

    def divide_path(self, file: File) -> tuple[str, str]:
        """Divide a file's path into that of the source's file, and the locale in its name."""
        if isinstance(file, Document):
            return file.norm_src_uri, file.locale
        return super().divide_path(file)

    def find_address(self, norm: str) -> tuple[str, str]:
        """Give a page's path and address below its locale's root."""
        if norm not in self._addresses:
            folder, slash, name = norm.rpartition("/")
            known = f"{slash}{name}"  # what is below a folder is the same in each
            if known not in self._names:
                file = File(f"_{known}" if slash else name, None, "", self._use_folders)
                self._names[known] = file.dest_uri, file.url
            path, address = self._names[known]
            if slash:
                path, address = folder + path[1:], quote(folder) + address[1:]
            self._addresses[norm] = path, address
        return self._addresses[norm]

    def find_alternates(self, document: Document) -> dict[str, Alternate]:
        """Give the page's address in each locale that has it, or its source instead."""
        norm = document.norm_src_uri
        if norm not in self._alternates:
            self._alternates[norm] = dict(self._list_alternates(norm))
        return self._alternates[norm]

    def _list_alternates(self, norm: str) -> Iterable[tuple[str, Alternate]]:
        paths = self.paths[norm]
        address = self.find_address(norm)[1].removeprefix("./")
        for locale in self.locales:
            text_locale = locale if locale in paths else self.source
            if text_locale in paths:
                url = address if locale == self.source else f"{locale}/{address}"
                yield locale, Alternate(text_locale, paths[text_locale], url or "./")

    def list_metadata(self, path: str) -> list[str]:
        """List the paths of the shared metadata that counts for a file."""
        folder = dirname(path)
        if folder not in self._metadata_of:
            above = self.list_metadata(folder) if folder else []
            own = self.metadata_paths.get(folder)
            self._metadata_of[folder] = above if own is None else [*above, own]
        return self._metadata_of[folder]

    def merge_metadata(self, path: str) -> dict[str, Any]:
        """Give what the folders above a page say; the nearest counts."""
        merged: dict[str, Any] = {}
        for name in self.list_metadata(path):
            merged |= self.read_shared(name)
        return merged

    def read_shared(self, path: str) -> dict[str, Any]:
        """Read a file of shared metadata, once."""
        if path not in self.shared:
            file = File(path, self._config.docs_dir, "", True)
            self.shared[path] = read_metadata(file)
        return self.shared[path]

    def take_shared(self, shared: dict[str, dict[str, Any]]) -> None:
        """Take over shared metadata that another process has read."""
        self.shared |= shared

    def list_aliases(self) -> Any:
        """Yield topic, path of its shared metadata, and former paths as written there."""
        return iter(self.aliases)


class SourceFiles(Mapping[str, File]):
    """The files under docs/ by path, each made when it is asked for.

    Args:
        paths: Their paths.
        config: The site's configuration.
    """

    def __init__(self, paths: Iterable[str], config: MkDocsConfig) -> None:
        self._paths = set(paths)
        self._config = config

    def __getitem__(self, path: str) -> File:
        if path not in self._paths:
            raise KeyError(path)
        config = self._config
        return File(path, config.docs_dir, config.site_dir, config.use_directory_urls)

    def __iter__(self) -> Any:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._paths


def find_exclusion(config: MkDocsConfig) -> Any:
    """Find what excludes files under docs/: MkDocs' own patterns, and the configured."""
    exclude = config.get("exclude_docs")
    return _default_exclude + exclude if exclude else _default_exclude
