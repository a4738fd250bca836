"""Answers: what the processes that render tell the one that serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is at an address."""

    body: bytes = b""
    """The content; of a page without what the preview adds to it."""
    file: str = ""
    """The absolute path of a file that is served as it is, instead of a body."""
    status: int = 200
    """HTTP's."""
    is_page: bool = False
    """Whether it is a page to be looked at, which is shown anew when it changes."""
    messages: tuple[str, ...] = ()
    """What was said of it while it was rendered."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Path in the site → content, of files that were made along with it."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a site before any of its pages is."""

    locales: tuple[str, ...]
    """The tags of those that are built, the source's first."""
    mount: str
    """The path that the site is published under: ``/help/``."""
    roots: Mapping[str, str]
    """What it is made from: name → absolute path of a folder or file."""
    site: str
    """The absolute path of the folder that builds write."""
    theme: tuple[str, ...]
    """The theme's folders, that of the overrides first."""
    hidden: tuple[str, ...]
    """Patterns of the names in them that are not served."""
    plan: str
    """A digest of the navigation that the pages show; empty where there is none yet."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows from changes to files."""

    is_whole: bool = False
    """Whether what all pages share must be read again."""
    is_plan: bool = False
    """Whether the navigation may be another."""
    assets: tuple[str, ...] = ()
    """The paths in the site of files that pages load: ``assets/hexapla/article.css``."""
