"""Subjects: what a topic's source says of itself, as far as navigation needs it.

Products, related topics and the home page's lists follow from it alone, so that all locales agree.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from hexapla.plain_metadata import read_plain_metadata
from hexapla.yaml_strings import StringsError, load_strings

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(
    r"^[ ]{0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}\1|\Z)", re.DOTALL | re.MULTILINE
)
_HEADING = re.compile(r"^[ ]{0,3}(#{1,6})[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]*\}\s*$")
_MARKUP = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|<[^<>]+>|[*_`\\]")
_LINK = re.compile(r"\]\([ ]*<?([^\s()<>#?:]+)/index\.md")
_DAY = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\Z|(?P<iso>\d{4}-\d\d-\d\d)")
_DAY_KEYS = ("ms.date", "ms.lasthandoff")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of a topic."""

    identifier: str
    """The topic's id: ``help/mail/create-a-mail-rule``."""
    title: str = ""
    """The source's first heading, else the title of its front matter."""
    text: str = ""
    """What tells its subject: title, description, keywords and headings."""
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Shared metadata: key → its values as strings."""
    day: str = ""
    """The day that its source is of, ``2021-05-10``; empty when unknown."""
    links: frozenset[str] = frozenset()
    """The ids of the topics that it links to."""


def read_subject(identifier: str, markdown: str, shared: Mapping[str, object]) -> Subject:
    """Read a topic's subject.

    Args:
        identifier: The topic's id.
        markdown: Its source, front matter included.
        shared: The metadata that its locales share (``.meta.yml``).
    """
    front, body = divide_front_matter(markdown)
    if "```" in body or "~~~" in body:
        body = _FENCE.sub("", body)
    marks = [(match[1], _clean(match[2])) for match in _HEADING.finditer(body)]
    headings = [heading for _, heading in marks]
    title = headings[0] if marks and len(marks[0][0]) == 1 else ""
    merged = {**shared, **front}
    title = title or str(front.get("title") or "") or identifier.rpartition("/")[2]
    about = [str(front.get(key) or "") for key in ("title", "description")]
    keywords = [" ".join(list_values(front.get("keywords")))]
    return Subject(
        identifier,
        title,
        "\n".join(filter(None, [title, *about, *keywords, *headings])),
        {key: list_values(value) for key, value in merged.items()},
        read_day(merged),
        frozenset(_list_links(identifier, body)) - {identifier},
    )


def divide_front_matter(markdown: str) -> tuple[dict[str, object], str]:
    """Divide front matter and body; front matter that is none counts as empty."""
    match = _FRONT.match(markdown)
    if not match:
        return {}, markdown
    try:
        values = _load_plain(match[1]) or load_strings(match[1])
    except StringsError:
        values = {}
    return (values if isinstance(values, dict) else {}), markdown[match.end() :]


def _load_plain(text: str) -> dict[str, object]:
    """Read front matter as strings without a YAML parser; nothing where that cannot be."""
    values = read_plain_metadata(text) or {}
    return {key: "" if value is None else value for key, value in values.items()}


def list_values(value: object) -> tuple[str, ...]:
    """Give the values of a key, which may have one, several or none, as strings."""
    if isinstance(value, str):
        return (value,) if value else ()
    values: Iterable[object] = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(str(item) for item in values if item not in (None, "", {}))


def read_day(metadata: Mapping[str, object]) -> str:
    """Give the day that an article is of: its writer's date, else that of its hand-off.

    Both are ``MM/DD/YYYY`` (FORMAT.md, Front matter); days of writers' own may be ISO 8601.
    """
    for key in _DAY_KEYS:
        match = _DAY.match(str(metadata.get(key) or "").strip())
        if match:
            return match["iso"] or f"{match['year']}-{match['month']:0>2}-{match['day']:0>2}"
    return ""


def _clean(text: str) -> str:
    """Take marks, links and attributes out of a heading."""
    return " ".join(_MARKUP.sub(r"\1", _ATTRIBUTES.sub("", text)).split())


def _list_links(identifier: str, body: str) -> Iterable[str]:
    """List the topics that a page in a bundle links to."""
    for match in _LINK.finditer(body):
        target = posixpath.normpath(posixpath.join(identifier, unquote(match[1])))
        if not target.startswith(("../", "/")):
            yield target
