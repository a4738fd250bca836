"""Links: from the delivered tree's paths to the bundle layout's, without a locale.

A link's new form follows from its text and the article's path alone, never from what else is
delivered: so a page changes only when its own article does. Whether the target exists is for a
check to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hexapla.code_spans import find_code, is_inside
from hexapla.findings import Finding, locate
from hexapla.paths import (
    clean_path,
    is_article,
    relative_reference,
    resolve_reference,
    topic_identifier,
)

_ELSEWHERE_MEANT = r"[a-zA-Z][\w+.\-]*:|/|\#"
_CHARS = r"""[^\s"'<>()]"""
_PAIRED = rf"\((?:{_CHARS}|\((?:{_CHARS}|\({_CHARS}*+\))*+\))*+\)"  # three deep: enough for URLs
_INLINE_LINK = rf"""
    \]\([ ]*+
    (?:
        <(?!{_ELSEWHERE_MEANT})(?P<angled>[^<>\n]+)>               # [text](<a reference>)
      | (?!{_ELSEWHERE_MEANT})(?P<inline>(?:{_CHARS}|{_PAIRED})++)(?=[\s)])
    )
"""
_INLINE = re.compile(_INLINE_LINK, re.VERBOSE)
_ANYWHERE = re.compile(
    rf"""
    {_INLINE_LINK}
  | (?:
        ^[ ]{{0,3}}\[[^\]\n]+\]:[ \t]*+                          # [label]: reference
      | \b(?:href|src|source|lightbox)=["']                     # HTML, :::image:::
    )
    (?:
        <(?!{_ELSEWHERE_MEANT})(?P<bracketed>[^<>\n]+)>
      | (?!{_ELSEWHERE_MEANT})(?P<plain>[^\s"'<>]+)
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_ELSEWHERE = ("]:", "href=", "src=", "source=", "lightbox=")
_SCHEME_OR_SITE = re.compile(r"[a-zA-Z][\w+.\-]*:|/|#|\?")
_PARTS = re.compile(r"([^?#]*)([?#].*)?\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands, which is all that rewriting its links needs."""

    name: str
    """Its path in the docset: ``help/files/share.md``."""
    topic: str
    """The id of its topic, which is its bundle's folder: ``help/files/share``."""
    roots: tuple[str, ...] = ()
    """The roots of the docsets, for ``~/`` references."""


def rewrite_links(text: str, place: Place, path: str) -> tuple[str, list[Finding]]:
    """Rewrite an article's relative links, images, includes and definitions.

    Args:
        text: The article's text.
        place: Where the article stands.
        path: Where it was delivered, for findings.

    Returns:
        The text, with as many lines as before, and the findings.
    """
    findings: list[Finding] = []

    def rewrite(reference: str, start: int) -> str | None:
        rewritten = rewrite_reference(reference, place)
        if rewritten is None:
            message = f"the link {reference} leaves the delivered tree"
            findings.append(Finding(path, *locate(text, start), "link-outside-docset", message))
        return rewritten

    return replace_references(text, rewrite), findings


def replace_references(text: str, replace: Callable[[str, int], str | None]) -> str:
    """Replace the relative references of links, images, includes and definitions, but in code.

    Args:
        text: A Markdown text.
        replace: Gives the new form of a reference, by its old one and its offset; None keeps it.
    """
    pattern = _ANYWHERE if any(mark in text for mark in _ELSEWHERE) else _INLINE
    matches = list(pattern.finditer(text))
    if not matches:
        return text
    code = find_code(text)
    pieces: list[str] = []
    done = 0
    for match in matches:
        kind = match.lastgroup or 0
        start = match.start(kind)
        if is_inside(start, code):
            continue
        replaced = replace(match[kind], start)
        if replaced is not None:
            pieces += (text[done:start], replaced)
            done = match.end(kind)
    pieces.append(text[done:])
    return "".join(pieces)


def rewrite_reference(reference: str, place: Place) -> str | None:
    """Give the form that a relative reference has in the bundle.

    Articles become their bundle's ``index.md``, other files keep their path relative to the new
    place. A reference without a file ending is no file's, and stays.

    Returns:
        The new reference, or None when it leaves the delivered tree.
    """
    match = _PARTS.match(reference)
    target, rest = (match[1], match[2] or "") if match else (reference, "")
    if not target or _SCHEME_OR_SITE.match(target):
        return reference
    resolved = resolve_reference(target, place.name, place.roots)
    if resolved is None:
        return None
    if "." not in resolved.rpartition("/")[2]:
        return reference
    if is_article(resolved):
        moved = topic_identifier(resolved)
        return relative_reference(f"{moved}/index.md", place.topic) + rest if moved else reference
    moved = clean_path(resolved)
    return relative_reference(moved, place.topic) + rest if moved else reference
