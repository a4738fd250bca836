"""The option `content` of the plugin: which hosts and schemes articles may use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mkdocs.config import config_options as options
from mkdocs.config.base import Config

ACTIVE_SCHEMES = frozenset("javascript data vbscript blob file filesystem about".split())
"""Schemes that no site may allow."""


class AbsoluteLinks(Config):  # type: ignore[no-untyped-call]
    """Where links lead that begin with a slash."""

    host = options.Type(str, default="")
    """The site of the articles' makers: ``https://support.example``; empty: links stay."""
    locale = options.Type(bool, default=False)
    """Whether the reader's locale comes first in the path."""


class ContentOptions(Config):  # type: ignore[no-untyped-call]
    """The option `content` of the plugin in mkdocs.yml."""

    absolute_links: Any = options.SubConfig(AbsoluteLinks)
    videos = options.ListOfItems(options.Type(str), default=[])
    """Hosts whose videos play in the page, on a click."""
    images = options.ListOfItems(options.Type(str), default=[])
    """Other hosts that pages ask for images."""
    schemes = options.ListOfItems(options.Type(str), default=[])
    """What links may begin with, beside what all sites allow."""


def list_problems(content: Any) -> Iterator[str]:
    """Yield what is wrong with hosts and schemes."""
    site = content.absolute_links.host
    if site and not re.fullmatch(r"https?://[\w.\-]+(:\d+)?/?", site):
        yield f"content.absolute_links.host: {site!r} is no address like https://help.example"
    for key in ("videos", "images"):
        for host in content[key]:
            if not re.fullmatch(r"[a-z0-9.\-]+", host):
                yield f"content.{key}: {host!r} is no host's name, in lower case"
    for scheme in content.schemes:
        if not re.fullmatch(r"[a-z][a-z0-9+.\-]*", scheme) or scheme in ACTIVE_SCHEMES:
            yield f"content.schemes: {scheme!r} is no scheme that links may have"
