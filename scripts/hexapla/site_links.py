"""Site links: whether every link in a built site leads to a page, and to a place on it.

Pages are read by pattern and not by a parser: they come from our own templates, tags are closed
and attributes quoted, and a site may have very many of them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

_HIDDEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(r'\s(href|src|id|name|srcset)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What links concern of a page."""

    anchors: frozenset[str]
    """The places on it that a link can lead to."""
    links: frozenset[str]
    """The links to this site, as written."""


def read_page_links(html: str) -> PageLinks:
    """Read the links and anchors of a page."""
    anchors: set[str] = set()
    links: set[str] = set()
    for tag in _TAG.findall(_HIDDEN.sub("", html)):
        for name, value in _ATTRIBUTE.findall(tag):
            if name == "id" or (name == "name" and tag.startswith("<a ")):
                anchors.add(unescape(value))
            elif name in {"href", "src"} and not _ELSEWHERE.match(value):
                links.add(unescape(value))
    return PageLinks(frozenset(anchors), frozenset(links))


def check_links(
    pages: Mapping[str, PageLinks], files: Collection[str], base: str = "/"
) -> Iterator[str]:
    """Yield each link that leads nowhere: ``sv-SE/start/index.html: ../gone/``.

    Args:
        pages: Path of a page in the site → what it has.
        files: The paths of all files of the site.
        base: The path under which the site is published, for links that begin with a slash.
    """
    for path, page in sorted(pages.items()):
        for link in sorted(page.links):
            problem = _check_link(link, path, pages, files, base)
            if problem:
                yield f"{path}: {link} {problem}"


def _check_link(
    link: str, path: str, pages: Mapping[str, PageLinks], files: Collection[str], base: str
) -> str:
    """Say what is wrong with a link; empty: nothing."""
    parts = urlsplit(link)
    target = path
    if parts.path.startswith("/"):
        if not parts.path.startswith(base):
            return "leaves the folder that the site is in"
        target = _find_file(unquote(parts.path[len(base) :]))
    elif parts.path:
        joined = posixpath.join(posixpath.dirname(path), unquote(parts.path))
        target = _find_file(joined)
        if target.startswith("../"):
            return "leaves the site"
    if target not in files:
        return "leads to nothing"
    fragment = unquote(parts.fragment)
    if fragment and target in pages and fragment not in pages[target].anchors:
        return "leads to no place on its page"
    return ""


def _find_file(path: str) -> str:
    """Give the file that a server answers with for a path."""
    is_folder = not path or path.endswith(("/", "/.", "/..")) or path in {".", ".."}
    path = posixpath.normpath(path) if path else "."
    return posixpath.normpath(posixpath.join(path, "index.html")) if is_folder else path
