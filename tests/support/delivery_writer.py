"""Write articles in the delivered format from a marked-up source and its translations.

A source is Markdown in which every localizable sentence stands in ⟦…⟧ and every localizable
text that a delivery translates without a unit (the alt text of an image) in ⦃…⦄. Both take one
number each, in order, as FORMAT.md says: front matter first, from 101.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

FIRST_NUMBER = 101
TRANSLATED_KEYS = ("title", "description", "keywords")

BROKEN_ASTERISK = "∗"
"""Stands for an asterisk of the target that a bilingual article escapes and its twin does not."""

QuoteStyle = Literal["plain", "mixed", "whole"]
"""How a unit's tags write their quotes: `"`, `&quot;` but for the first, `&quot;` throughout."""

_MARKED = re.compile(r"⟦(?P<unit>.*?)⟧|⦃(?P<alt>.*?)⦄|⚓(?P<anchor>.*?)⚓", re.DOTALL)
_FENCE = re.compile(r"^\s*(?:```+|~~~+)[^`]*$")
_HEADING = re.compile(r"^(#{1,6} +)(.*)$")
_UNDERLINE = re.compile(r"^(?:=+|-+)\s*$")
_PLAIN_SCALAR = re.compile(r"[^\W_](?:(?!: | #).)*(?<![\s:])")


@dataclass(frozen=True, slots=True)
class Source:
    """A marked-up source article."""

    front: str
    """Front matter without its fences, e.g. `title: "Share a folder"\\nms.topic: article\\n`."""
    body: str
    """Marked-up Markdown, with the blank line that follows the front matter, if there is one."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One localizable text of a source."""

    number: int
    """Its ordinal, from 101."""
    text: str
    """Its source text."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The targets of one article in one locale, and the liberties its delivery takes."""

    locale: str
    """Language tag, e.g. `sv-SE`."""
    targets: Mapping[int, str | None]
    """Target by segment number; None where the segment is merged into the unit before it."""
    prefix: str = "0a1b2"
    """Five hex digits that begin every unit id of the file."""
    quotes: Mapping[int, QuoteStyle] = field(default_factory=dict)
    """Quote style by segment number, where it is not plain."""
    sources: Mapping[int, str] = field(default_factory=dict)
    """Source text by segment number, where this delivery disagrees with the true source."""
    edits: tuple[tuple[str, str], ...] = ()
    """Replacements outside units, first occurrence each: `("[!NOTE]", "[!OBS]")`."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """What the last six front matter keys of a delivered article say."""

    source_hash: str
    """Hash of the true source, see `source_hash`."""
    commit: str
    """Commit of the source, 40 hex digits."""
    translation_type: str
    """`MT`, `HT` or `Human Translation`."""
    date: str
    """`MM/DD/YYYY`."""
    file_id: str
    """Decimal digits, growing with the date, e.g. `53077007`."""


def parse_source(text: str) -> Source:
    """Split a marked-up source article into front matter and body."""
    match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if match is None:
        return Source("", text)
    return Source(match[1], text[match.end() :])


def source_text(source: Source) -> str:
    """Render the true source, without marks."""
    body = _MARKED.sub(lambda match: match["unit"] or match["alt"] or "", source.body)
    return f"---\n{source.front}---\n{body}" if source.front else body


def source_hash(text: str) -> str:
    """Hash a true source as `ms.openlocfilehash` does: SHA-1 of UTF-8 with CRLF line ends."""
    normalized = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return hashlib.sha1(normalized.encode(), usedforsecurity=False).hexdigest()


def list_segments(source: Source) -> list[Segment]:
    """List every localizable text of a source with its number."""
    texts = [_unquote(value) for key, value in _front_entries(source) if key in TRANSLATED_KEYS]
    texts += [
        match["unit"] if match["unit"] is not None else match["alt"]
        for match in _MARKED.finditer(source.body)
    ]
    return [Segment(number, text) for number, text in enumerate(texts, FIRST_NUMBER)]


def write_bilingual(source: Source, translation: Translation, handoff: Handoff) -> str:
    """Write an article whose translated sentences carry their source."""
    return _write_article(source, translation, handoff, bilingual=True)


def write_monolingual(
    source: Source, translation: Translation, handoff: Handoff | None = None
) -> str:
    """Write an article as readers see it; without a handoff it ends as those from 2022 on do."""
    return _write_article(source, translation, handoff, bilingual=False)


def write_fragment(source: Source, translation: Translation) -> str:
    """Write a file without front matter, units and anchors: an include, a table of contents."""
    body = _apply_edits(source.body, translation.edits)
    return "".join(_render_parts(body, FIRST_NUMBER, translation, bilingual=False))


def make_slug(heading: str) -> str:
    """Derive the anchor of a heading from its source text."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


def _write_article(
    source: Source, translation: Translation, handoff: Handoff | None, *, bilingual: bool
) -> str:
    front, first_number = _translate_front(source, translation)
    if handoff is not None:
        front += _format_handoff(handoff, translation.locale)
    body = _apply_edits(_mark_anchors(source.body.lstrip("\n")), translation.edits)
    parts = _render_parts(body, first_number, translation, bilingual=bilingual)
    return f"---\n{front}---\n{''.join(parts)}"


def _front_entries(source: Source) -> Iterator[tuple[str, str]]:
    for line in source.front.splitlines():
        key, colon, value = line.partition(":")
        if colon:
            yield key, value.strip()


def _translate_front(source: Source, translation: Translation) -> tuple[str, int]:
    number = FIRST_NUMBER
    lines = []
    for line in source.front.splitlines():
        key = line.partition(":")[0]
        if key in TRANSLATED_KEYS:
            lines.append(f"{key}: {_quote_scalar(translation.targets[number] or '')}\n")
            number += 1
        else:
            lines.append(f"{line}\n")
    return "".join(lines), number


def _format_handoff(handoff: Handoff, locale: str) -> str:
    return (
        f"ms.openlocfilehash: {handoff.source_hash}\n"
        f"ms.sourcegitcommit: {handoff.commit}\n"
        f"ms.translationtype: {handoff.translation_type}\n"
        f"ms.contentlocale: {locale}\n"
        f"ms.lasthandoff: {handoff.date}\n"
        f'ms.locfileid: "{handoff.file_id}"\n'
    )


def _quote_scalar(value: str) -> str:
    if _PLAIN_SCALAR.fullmatch(value):
        return value
    return "'" + value.replace("'", "''") + "'"


def _unquote(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"')
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value


def _apply_edits(body: str, edits: tuple[tuple[str, str], ...]) -> str:
    for old, new in edits:
        if old not in body:
            raise ValueError(f"edit finds nothing to replace: {old}")
        body = body.replace(old, new, 1)
    return body


def _mark_anchors(body: str) -> str:
    lines = body.split("\n")
    fenced = False
    for index, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
            continue
        following = lines[index + 1] if index + 1 < len(lines) else ""
        heading = _HEADING.match(line)
        if fenced:
            continue
        if heading:
            lines[index] = f"{heading[1]}⚓{make_slug(_unmark(heading[2]))}⚓{heading[2]}"
        elif line.startswith("⟦") and _UNDERLINE.match(following):
            lines[index] = f"⚓{make_slug(_unmark(line))}⚓{line}"
    return "\n".join(lines)


def _unmark(text: str) -> str:
    return text.replace("⟦", "").replace("⟧", "")


def _render_parts(
    body: str, number: int, translation: Translation, *, bilingual: bool
) -> Iterator[str]:
    quotes = translation.quotes if bilingual else {}
    merged_units = anchored = 0
    parts = _split_parts(body)
    while parts:
        kind, text = parts.pop(0)
        if kind == "text":
            yield text
        elif kind == "anchor":
            style = quotes.get(number, "plain")
            yield _format_tag("a name=@{}@", text, style) + "</a>"
            anchored = number
        else:
            target = translation.targets[number]
            if target is None:
                raise ValueError(f"segment {number} has no unit before it to be merged into")
            own_number = number
            source = translation.sources.get(number, text)
            number += 1
            while _continues_unit(parts) and translation.targets[number] is None:
                source += parts.pop(0)[1] + parts.pop(0)[1]
                number += 1
            if kind == "alt" or not bilingual:
                yield target.replace(BROKEN_ASTERISK, "*")
                continue
            label = str(own_number)
            if number > own_number + 1:
                merged_units += 1
                label = f"p{FIRST_NUMBER - 1 + merged_units}"
            style = quotes.get(own_number, "plain")
            if anchored == own_number and style == "mixed":
                style = "whole"  # the anchor before it took the one plain quote
            yield _format_unit(f"{translation.prefix}-{label}", source, target, style)


def _split_parts(body: str) -> list[tuple[str, str]]:
    parts = []
    position = 0
    for match in _MARKED.finditer(body):
        if match.start() > position:
            parts.append(("text", body[position : match.start()]))
        parts.append((match.lastgroup or "text", match[match.lastgroup or 0]))
        position = match.end()
    return [*parts, ("text", body[position:])]


def _continues_unit(parts: list[tuple[str, str]]) -> bool:
    return len(parts) > 1 and parts[0][0] == "text" and parts[1][0] == "unit"


def _format_unit(identity: str, source: str, target: str, quotes: QuoteStyle) -> str:
    return (
        _format_tag("span data-ttu-id=@{}@", identity, quotes)
        + target.replace(BROKEN_ASTERISK, "\\*")
        + "</span>"
        + _format_tag("span class=@{}@", "sxs-lookup", "whole" if quotes != "plain" else "plain")
        + _format_tag("span data-stu-id=@{}@", identity, "whole" if quotes != "plain" else "plain")
        + source
        + "</span></span>"
    )


def _format_tag(pattern: str, value: str, quotes: QuoteStyle) -> str:
    tag = pattern.format(value)
    if quotes == "mixed":
        tag = tag.replace("@", '"', 1)
    tag = tag.replace("@", '"' if quotes == "plain" else "&quot;")
    return f"<{tag}>"
