"""Effects: what a change to a file means for a site that is open in a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_CODE = (".html", ".xml", ".txt", ".j2", ".jinja")
_IGNORED = re.compile(r"(?:^|/)(?:\.git/|\.hexapla/|\.#|#[^/]*#$|[^/]*~$|4913$|[^/]*\.sw[a-z]$)")
"""What editors and git leave for a moment."""


class Kind(Enum):
    """What a changed file is to the site."""

    NOTHING = "nothing"
    PAGE = "a page, or text that pages take in"
    METADATA = "what the locales of a topic share"
    TABLE = "a table of contents"
    TEMPLATE = "a template"
    ASSET = "a file that pages load"
    DELIVERY = "a delivered file"
    WHOLE = "what all pages share"


def name_change(path: str, roots: Mapping[str, str]) -> str:
    """Name a changed file after the root that it is in; empty where it is in none.

    Args:
        path: Its absolute path.
        roots: Name → absolute path of a folder or file.

    Returns:
        ``docs/help/start/index.md``, ``mkdocs.yml``.
    """
    for name, root in sorted(roots.items(), key=lambda item: -len(item[1])):
        if path == root:
            return name
        if path.startswith(f"{root}/"):
            return f"{name}/{path[len(root) + 1 :]}"
    return ""


def judge_change(name: str, metadata_name: str) -> Kind:
    """Say what a changed file is to the site.

    Args:
        name: As `name_change` gives it.
        metadata_name: The name of files with shared metadata.
    """
    root, _, path = name.partition("/")
    last = path.rpartition("/")[2]
    if not name or _IGNORED.search(name):
        return Kind.NOTHING
    if root == "docs":
        if last == metadata_name:
            return Kind.METADATA
        if last.lower().startswith("toc.") and last.lower().endswith((".yml", ".yaml", ".md")):
            return Kind.TABLE
        return Kind.PAGE if last.lower().endswith(_PAGES) else Kind.ASSET
    if root == "locales":
        return Kind.DELIVERY
    if root == "overrides":
        if path.startswith("interface/"):
            return Kind.WHOLE
        return Kind.TEMPLATE if last.endswith(_CODE) else Kind.ASSET
    return Kind.WHOLE
