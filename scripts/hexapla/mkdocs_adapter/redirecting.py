"""Redirecting: pages at former addresses, in every locale that has the topic."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from hexapla.mkdocs_adapter.parts import Part
from hexapla.paths import collision_key
from hexapla.publishing.lenient_json import parse_lenient_json
from hexapla.publishing.moves import Move, make_move, read_moves
from hexapla.publishing.redirect_pages import write_redirect_page
from hexapla.publishing.redirects import Places, Target, resolve_moves
from hexapla.storage import Entry, has_folder, read_limited, scan_tree

log = logging.getLogger("mkdocs.plugins.hexapla")

LIMIT = 16 * 2**20
"""Bytes of the largest file of redirects that is read."""

STYLE = "assets/hexapla/publishing.css"


REDIRECTIONS = ".openpublishing.redirection"
"""What the names of deliveries' files begin with that tell of redirects."""


class RedirectPart(Part):
    """Former addresses: those that deliveries name, and the aliases in bundles' `.meta.yml`."""

    def see_files(self, files: Files, config: MkDocsConfig) -> None:
        """Read the moves, once for all locales."""
        if self.plugin.is_source:
            folder = Path(config.docs_dir).parent / "locales"
            found = scan_tree(folder) if has_folder(folder) else ()
            self.read_moves(folder, [entry.path for entry in found if isinstance(entry, Entry)])

    def read_moves(self, folder: Path, paths: Iterable[str]) -> None:
        """Read the moves that bundles and deliveries name.

        Args:
            folder: That of the deliveries.
            paths: The files in it, sorted.
        """
        self.moves = self.read_aliases()
        self.roots: dict[str, str] = {}
        self.problems: dict[str, None] = {}
        self.read_delivered(folder, paths)

    def read_aliases(self) -> list[Move]:
        """Read the former paths that bundles name."""
        moves = []
        for topic, path, aliases in self.plugin.bundles.list_aliases():
            for alias in aliases if isinstance(aliases, list) else [aliases] if aliases else []:
                move = make_move(str(alias), f"/{topic}", path)
                if move is None:
                    log.warning(f"{path}: the alias {alias!r} is not a path in docs/")
                else:
                    moves.append(move)
        return moves

    def read_delivered(self, folder: Path, paths: Iterable[str]) -> None:
        """Read the redirects of all deliveries; those of the first locale count."""
        for path in paths:
            name = posixpath.basename(path)
            if name.startswith(REDIRECTIONS) and name.endswith(".json"):
                text = read_limited(folder / path, LIMIT).decode("utf-8", "replace")
                moves, problems = read_moves(text, f"locales/{path}")
                self.moves += moves
                self.problems |= dict.fromkeys(problems)
            elif name == "docfx.json":
                root = posixpath.dirname(path.partition("/")[2])
                self.roots[root] = self.read_base(folder / path) or self.roots.get(root, "")

    def read_base(self, path: Path) -> str:
        """Read the path that a docset is published under: `dest` in its docfx.json."""
        text = read_limited(path, LIMIT).decode("utf-8", "replace")
        try:
            content: Any = parse_lenient_json(text)
            return str(content["build"].get("dest") or "").strip("/")
        except (ValueError, KeyError, TypeError, AttributeError):
            return ""

    def see_pages(self, files: Files, config: MkDocsConfig) -> None:
        """Learn where the locale's topics are, and which addresses are taken."""
        self.pages: dict[str, Page] = {}
        self.taken = {file.dest_uri for file in files}
        for file in files.documentation_pages():
            topic, _, name = file.src_uri.rpartition("/")
            if file.page and topic and name.startswith("index."):
                self.pages[topic] = file.page

    def finish(self, config: MkDocsConfig) -> None:
        """Write the locale's redirect pages."""
        root = config.extra["hexapla"]["root"]
        topics = {collision_key(topic): topic for topic in self.pages}
        places = Places(topics, self.roots, self.plugin.config.publishing.redirect_hosts)
        own = f"locales/{self.plugin.locale}"
        # The locale's own deliveries come first; what only others know of has moved here too.
        moves = sorted(self.moves, key=lambda move: not move.origin.startswith((f"{own}/", own)))
        targets, problems = resolve_moves(moves, places)
        self.problems |= dict.fromkeys(problems)
        for former, target in targets.items():
            address = f"{root}{former}/index.html"
            if address not in self.taken:
                page = self.write_page(f"{root}{former}/", target, config)
                self.plugin.write(address, page.encode())

    def write_page(self, address: str, target: Target, config: MkDocsConfig) -> str:
        """Write the page at a former address."""
        title, language, link, canonical = "", "", target.address, target.address
        if target.topic:
            page = self.pages[target.topic]
            fragment = f"#{target.fragment}" if target.fragment else ""
            title = Markup(str(page.title or "")).striptags()
            language = self.plugin.get_text_locale(page)
            link = get_relative_url(page.url, address)
            canonical = urljoin(config.site_url, page.url) if config.site_url else link
            link += fragment
        strings = self.plugin.get_strings(self.plugin.locale)
        style = get_relative_url(STYLE, address)
        return write_redirect_page(link, canonical, style, strings, title=title, language=language)

    def finish_site(self, config: MkDocsConfig) -> None:
        """Tell what leads nowhere: it is the deliveries' to mend, and ends no build."""
        if self.problems:
            log.info(f"{len(self.problems)} redirects lead nowhere; the first: {self.problems}")
