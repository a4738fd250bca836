"""Paths: from where a file was delivered to where its bundle is.

A topic's id is its path in the docset. Names that no file system or no web address bears are made
harmless, always the same way; two that would then meet are a finding, never one bundle.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

SHARED_METADATA = ".meta.yml"
"""The file of a bundle with what all locales share."""

_REPOSITORY_FILES = frozenset(
    {"readme", "license", "contributing", "code_of_conduct", "security", "thirdpartynotices"}
)
_HARMLESS = re.compile(r"[\w\-]+(?:[. ]+[\w\-]+)*(?:/[\w\-]+(?:[. ]+[\w\-]+)*)*\Z", re.ASCII)
_UNSAFE = re.compile(r'[<>:"|?*\\]+')


def is_article(name: str) -> bool:
    """Say whether a delivered path is an article's: Markdown, and no table of contents."""
    return name[-3:].lower() == ".md" and posixpath.basename(name).lower() != "toc.md"


def is_asset(name: str) -> bool:
    """Say whether a delivered file is one that articles use: an image, a video, a code file.

    What configures the delivering system is none: YAML, ``docfx.json``, hidden files.
    """
    base = posixpath.basename(name).lower()
    return not (
        base.startswith(".") or base.endswith((".md", ".yml", ".yaml")) or base == "docfx.json"
    )


def is_repository_file(name: str) -> bool:
    """Say whether a path is one of those that describe a repository, as README.md does."""
    return posixpath.basename(name)[:-3].lower() in _REPOSITORY_FILES


@lru_cache(maxsize=65_536)
def clean_path(name: str) -> str:
    """Give the path under ``docs/`` for a delivered path; empty when no name is left.

    Invisible and control characters go, as do leading dots (MkDocs leaves such files out) and
    what Windows cannot store; other characters stay, in Unicode's composed form.
    """
    if _HARMLESS.match(name):
        return name
    parts = []
    for part in name.split("/"):
        visible = "".join(char for char in part if unicodedata.category(char)[0] != "C")
        cleaned = _strip_edges(_UNSAFE.sub("-", unicodedata.normalize("NFC", visible)))
        if not cleaned:
            return ""
        parts.append(cleaned)
    return "/".join(parts)


def _strip_edges(part: str) -> str:
    """Remove blanks and dots, in whatever order, from both ends of a name."""
    start, end = 0, len(part)
    while start < end and (part[start] == "." or part[start].isspace()):
        start += 1
    while end > start and (part[end - 1] == "." or part[end - 1].isspace()):
        end -= 1
    return part[start:end]


def topic_identifier(name: str) -> str:
    """Give the id of the topic of a delivered article: ``help/start`` for ``help/start.md``."""
    return clean_path(name[:-3])


def page_path(topic: str, locale: str, source_locale: str) -> str:
    """Give the path of a locale's page in a topic's bundle, relative to ``docs/``."""
    suffix = "" if locale == source_locale else f".{locale}"
    return f"{topic}/index{suffix}.md"


def localized_path(path: str, locale: str) -> str:
    """Give the path of a locale's own version of an asset: ``media/a.sv-SE.png``."""
    stem, ending = posixpath.splitext(path)
    return f"{stem}.{locale}{ending}"


def resolve_reference(reference: str, name: str, roots: tuple[str, ...]) -> str | None:
    """Find the delivered path that a relative reference means.

    Args:
        reference: Without query and fragment, as written: ``../files/share%20it.md``; a leading
            ``~/`` means the docset's root.
        name: The path of the article that holds it: ``help/mail/start.md``.
        roots: The docsets' roots, the folders with a ``docfx.json``: ``("help",)``.

    Returns:
        The path, or None when it lies outside of the delivered tree.
    """
    reference = unquote(reference.replace("\\", "/"))
    if reference.startswith("~/"):
        base, reference = find_root(name, roots), reference[2:]
    else:
        base = posixpath.dirname(name)
    path = posixpath.normpath(posixpath.join(base, reference))
    return None if path.startswith(("../", "/")) or path in {".", ".."} else path


def find_root(name: str, roots: tuple[str, ...]) -> str:
    """Give the innermost docset root that holds a path, or its first folder."""
    holding = [root for root in roots if not root or name.startswith(f"{root}/")]
    return max(holding, key=len, default=name.partition("/")[0] if "/" in name else "")


def relative_reference(target: str, topic: str) -> str:
    """Write a path under ``docs/`` as a reference from a topic's pages."""
    return quote(posixpath.relpath(target, topic), safe="/-._~!$&'()*+,;=:@")


def collision_key(path: str) -> str:
    """Give the key under which two paths meet on some file system."""
    return unicodedata.normalize("NFC", path).casefold()


def is_inside_tree(path: str) -> bool:
    """Say whether a delivered path stays where it is put: relative, without ``..``."""
    parts = path.replace("\\", "/").split("/")
    return (
        path != ""
        and not re.match(r"[a-zA-Z]:", path)
        and all(part not in {"", ".", ".."} for part in parts)
        and "\0" not in path
    )
