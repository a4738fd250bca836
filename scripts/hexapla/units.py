"""Units: find them in text, and write them back (FORMAT.md, Grammar).

A unit's target ends at the literal ``</span><span class="sxs-lookup">``, never at the first
``</span>``: targets and sources contain spans, balanced and orphan ones. So this is a pattern for
exactly that grammar, and no HTML parser. Its quantifiers are possessive and stop at the next
opening, so that time stays linear whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hexapla.findings import Finding, locate
from hexapla.model import Unit

_QUOTE = '("|&quot;)'
_IDENTIFIER = "([0-9a-f]{5}-p?[0-9]+)"
_TARGET = '((?:[^<]++|<(?!span data-[ts]tu-id=|/span><span class=(?:"|&quot;)sxs-lookup))*+)'
_SOURCE = "((?:[^<]++|<(?!span data-[ts]tu-id=|/span></span>))*+)"
_UNIT = re.compile(
    f"<span data-ttu-id={_QUOTE}{_IDENTIFIER}{_QUOTE}>{_TARGET}"
    f"</span><span class={_QUOTE}sxs-lookup{_QUOTE}>"
    f"<span data-stu-id={_QUOTE}{_IDENTIFIER}{_QUOTE}>{_SOURCE}</span></span>"
)
_QUOTES = (1, 3, 5, 6, 7, 9)
_USUAL_UNIT = re.compile(
    f'<span data-ttu-id="{_IDENTIFIER}">{_TARGET}</span><span class="sxs-lookup">'
    f'<span data-stu-id="{_IDENTIFIER}">{_SOURCE}</span></span>'
)
_MARK = re.compile(
    f'data-ttu-id={_QUOTE}?([^"&>]*)|(?P<source>data-stu-id=)|class=(?:"|&quot;)?sxs-lookup'
)
_CLOSING = "</span>"


def parse_units(text: str, path: str) -> tuple[tuple[str | Unit, ...], list[Finding]]:
    """Divide text into plain text and units.

    A malformed unit is passed through as text and reported. Joining `render_segments` over the
    result gives the text again.

    Args:
        text: Text with LF line ends.
        path: Where it was delivered, for findings.

    Returns:
        Text and units as they follow each other, and the findings.
    """
    if "tu-id" not in text and "sxs-lookup" not in text:
        return ((text,) if text else ()), []
    segments = _divide_usual(text)
    return _divide_any(text, path) if segments is None else (segments, [])


def _divide_usual(text: str) -> tuple[str | Unit, ...] | None:
    """Divide text that has usual units alone; None where one is written otherwise, or is wrong."""
    before, *pieces = _USUAL_UNIT.split(text)
    identifiers = pieces[::5]
    count = len(identifiers)
    if (
        identifiers != pieces[2::5]
        or len(set(identifiers)) < count
        or text.count("sxs-lookup") != count
        or text.count("tu-id") != 2 * count
    ):
        return None
    segments: list[str | Unit] = [before] if before else []
    units = map(Unit, identifiers, pieces[1::5], pieces[3::5])
    for unit, after in zip(units, pieces[4::5], strict=True):
        segments.append(unit)
        if after.startswith(_CLOSING):
            return None
        if after:
            segments.append(after)
    return tuple(segments)


def _divide_any(text: str, path: str) -> tuple[tuple[str | Unit, ...], list[Finding]]:
    """Divide text unit by unit, and report what is wrong."""
    segments: list[str | Unit] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    gaps: list[tuple[int, int]] = []
    has_entities = "&quot;" in text
    written = scanned = 0  # how far text is in segments, and how far it is recognized
    for match in _UNIT.finditer(text):
        start, end = match.span()
        if start > scanned:
            gaps.append((scanned, start))
        target, identifier, source = match[4], match[2], match[10]
        if text.startswith(_CLOSING, end):
            end = _find_end(text, source, end)
            source += text[match.end() : end]
        scanned = end
        if identifier != match[8]:
            message = f"unit {identifier} names {match[8]} as its source"
            findings.append(Finding(path, *locate(text, start), "unit-id-mismatch", message))
            continue
        if identifier in seen:
            message = f"unit {identifier} occurs a second time"
            findings.append(Finding(path, *locate(text, start), "unit-duplicate", message))
        seen.add(identifier)
        if start > written:
            segments.append(text[written:start])
        quotes = _pack_quotes(match) if has_entities else 0
        segments.append(Unit(identifier, target, source, quotes))
        written = end
    if written < len(text):
        segments.append(text[written:])
    if text.count("sxs-lookup") != len(seen) or text.count("tu-id") != 2 * len(seen):
        for start, end in (*gaps, (scanned, len(text))):
            findings += _report_leftovers(text, start, end, path)
    return tuple(segments), findings


def render_segments(segments: Iterable[str | Unit]) -> str:
    """Write text and units as they were delivered."""
    return "".join(
        _render_unit(segment) if isinstance(segment, Unit) else segment for segment in segments
    )


def _render_unit(unit: Unit) -> str:
    """Write a unit with its own kind of quotation marks."""
    marks = ["&quot;" if unit.quotes >> bit & 1 else '"' for bit in range(len(_QUOTES))]
    return (
        f"<span data-ttu-id={marks[0]}{unit.identifier}{marks[1]}>{unit.target}{_CLOSING}"
        f"<span class={marks[2]}sxs-lookup{marks[3]}>"
        f"<span data-stu-id={marks[4]}{unit.identifier}{marks[5]}>{unit.source}"
        f"{_CLOSING}{_CLOSING}"
    )


def _find_end(text: str, source: str, end: int) -> int:
    """Give the end of a unit whose source ends with spans of its own."""
    unclosed = source.count("<span") - source.count(_CLOSING)
    while unclosed > 0 and text.startswith(_CLOSING, end):
        unclosed -= 1
        end += len(_CLOSING)
    return end


def _pack_quotes(match: re.Match[str]) -> int:
    """Say which of the six quotation marks are entities, a bit each."""
    return sum(1 << bit for bit, group in enumerate(_QUOTES) if match[group] != '"')


def _report_leftovers(text: str, start: int, end: int, path: str) -> list[Finding]:
    """Report markup of units that stands where no unit was recognized."""
    marks = list(_MARK.finditer(text, start, end))
    findings = []
    for index, mark in enumerate(marks):
        if not mark[0].startswith("data-ttu-id"):
            # A source reports itself only where no opening before it does.
            if index and not marks[index - 1]["source"]:
                continue
            code, message = "unit-malformed", "a source has no unit (data-ttu-id is missing)"
        else:
            later = marks[index + 1 : index + 3]
            stop = later[0].start() - len("<span ") if later else end
            closed = text.count(_CLOSING, mark.end(), stop) > text.count("<span ", mark.end(), stop)
            is_last = not later and not _UNIT.match(text, end)
            code, message = _explain_opening(mark[2], closed or is_last, later)
        place = locate(text, mark.start())
        findings.append(Finding(path, *place, code, message))
    return findings


def _explain_opening(identifier: str, closed: bool, later: list[re.Match[str]]) -> tuple[str, str]:
    """Say what an opening lacks, by the two marks of units that follow it."""
    if not later or later[0][0].startswith("data-ttu-id"):
        if closed:
            return "unit-malformed", f"unit {identifier} has no source (sxs-lookup is missing)"
        return "unit-nested", f"unit {identifier} holds another, or has no end"
    if not any(mark["source"] for mark in later):
        return "unit-malformed", f"unit {identifier} has no source (data-stu-id is missing)"
    return "unit-malformed", f"unit {identifier} is not closed, or its id is not one"
