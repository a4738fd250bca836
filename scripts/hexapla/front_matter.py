"""Front matter: divide it from the body, read its values as strings, keep its exact lines."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from hexapla.findings import Finding
from hexapla.model import FrontMatter
from hexapla.units import parse_units
from hexapla.yaml_strings import StringsError, load_strings, render_entry

MAXIMUM_SIZE = 65_536
"""Characters; the largest front matter measured has 3,100."""

OWN_KEYS = frozenset(
    {
        "title",
        "description",
        "keywords",
        "ms.translationtype",
        "ms.contentlocale",
        "ms.locfileid",
    }
)
"""The keys that differ between locales of one revision (FORMAT.md, Front matter)."""

_OWN_ENTRY = re.compile(
    rf"^((?:{'|'.join(map(re.escape, sorted(OWN_KEYS)))}):[^\n]*\n(?:[ \t\-][^\n]*\n|\n)*)",
    re.MULTILINE,
)
_BLOCK = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"---[ \t]*\n")
_TOP_LEVEL = re.compile(r"^(?![ \t#\-\n])", re.MULTILINE)
_ODD_BLANK = re.compile("[\t\r\x85\u2028\u2029]")  # here YAML loaders differ, or end lines
_USUAL_KEY = re.compile(r"[A-Za-z][\w.\-]*\Z")


def parse_front_matter(text: str, path: str) -> tuple[FrontMatter, int, list[Finding]]:
    """Read the front matter at the start of an article.

    Args:
        text: The whole article, LF line ends, no byte order mark.
        path: Where it was delivered, for findings.

    Returns:
        The front matter, the offset at which the body starts, and the findings.
    """
    if not _OPENING.match(text):
        return FrontMatter(), 0, []
    match = _BLOCK.match(text, 0, MAXIMUM_SIZE + 1)
    if match is None or match.end() > MAXIMUM_SIZE:
        message, code = "front matter opens here and never closes", "front-matter-unclosed"
        if len(text) > MAXIMUM_SIZE and _BLOCK.match(text):
            message, code = (
                f"front matter has over {MAXIMUM_SIZE:,} characters",
                ("front-matter-too-large"),
            )
        return FrontMatter(valid=False), 0, [Finding(path, 1, 1, code, message)]
    if (read := _read_by_blocks(match[1])) is not None:
        return FrontMatter((match[0],), read[1], read[0]), match.end(), []
    segments, findings = parse_units(match[0], path)
    values, problems = _load(match[1], path)
    if values is None:
        front = FrontMatter(segments, valid=False)
    else:
        entries, complete = _divide(match[1], values)
        if not complete or not all(map(_USUAL_KEY.match, entries)):
            problems += _check_keys(match[1], values, path)
        front = FrontMatter(segments, entries, values, complete=complete)
    return front, match.end(), findings + problems


Read = tuple[dict[str, object], dict[str, str]]
"""Values and entries by key."""


def _read_by_blocks(text: str) -> Read | None:
    """Read front matter in blocks, between the entries that locales do not share.

    The other blocks are the same text in each locale of a revision, and are read once. Entries at
    the start of a line are independent of each other as long as each block is YAML by itself and
    nothing ends the document.

    Returns:
        Values and entries; None where it must be read as a whole, to say what is wrong with it.
    """
    if text.startswith("...") or "\n..." in text or "tu-id" in text:
        return None
    blocks = _OWN_ENTRY.split(text)
    shared = [_read_shared_block(block) if block else _NOTHING for block in blocks[::2]]
    own = _read_block("".join(blocks[1::2])) if len(blocks) > 1 else _NOTHING
    reads = [read for read in (own, *shared) if read is not None]
    keys = {key for read in reads for key in read[0]}
    if len(reads) <= len(shared) or len(keys) < sum(len(read[0]) for read in reads):
        return None  # something is wrong with a block, or a key occurs twice
    values: dict[str, object] = {}
    entries: dict[str, str] = {}
    for index, read in enumerate(reads[1:]):
        values |= read[0]
        entries |= read[1]
        if 2 * index + 1 < len(blocks):
            key = blocks[2 * index + 1].partition(":")[0]
            values[key], entries[key] = reads[0][0][key], reads[0][1][key]
    return values, entries


_NOTHING: Read = ({}, {})


_PLAIN_ENTRY = re.compile(
    r"""(?P<key>[A-Za-z][\w.\-]*):[ ]+
    (?:(?P<text>\w(?:[^:#\n]|:(?![ \n])|(?<![ ])\#)*)|"(?P<quoted>[^"\\\n]*)")[ ]*\n""",
    re.VERBOSE,
)
"""An entry that YAML reads as it stands: a text of one line, bare or in simple quotes."""


def _read_plain_block(text: str) -> Read | None:
    """Read a block of the simplest entries without a YAML parser; None where it has others."""
    if not text.replace("\n", "").isprintable():
        return None
    values: dict[str, object] = {}
    entries: dict[str, str] = {}
    place = 0
    while match := _PLAIN_ENTRY.match(text, place):
        key, bare, quoted = match.groups()
        if key in values:
            return None
        values[key] = bare.rstrip(" ") if bare is not None else quoted
        entries[key] = match[0]
        place = match.end()
    return (values, entries) if place == len(text) else None


def _read_block(text: str) -> Read | None:
    """Read a block of whole entries with usual keys; None where it is anything else."""
    if (plain := _read_plain_block(text)) is not None:
        return plain
    try:
        values = load_strings(text)
    except StringsError:
        return None
    if not isinstance(values, dict):
        return None
    entries, complete = _divide(text, values)
    return (values, entries) if complete and all(map(_USUAL_KEY.match, entries)) else None


_read_shared_block = lru_cache(maxsize=1024)(_read_block)


def _load(text: str, path: str) -> tuple[dict[str, object] | None, list[Finding]]:
    """Load YAML as strings; None and a finding where it is not a plain mapping.

    The text's first line is the file's second.
    """
    try:
        values = load_strings(text)
    except StringsError as error:
        code = "front-matter-unsafe" if error.unsafe else "front-matter-invalid"
        message = "front matter uses" if error.unsafe else "front matter is not valid YAML:"
        place = error.line + 2, error.column + 1
        return None, [Finding(path, *place, code, f"{message} {error.problem}")]
    if isinstance(values, dict):
        return values, []
    if values == "":
        return {}, []
    message = "front matter is not a list of keys and values"
    return None, [Finding(path, 2, 1, "front-matter-invalid", message)]


def _divide(text: str, values: dict[str, object]) -> tuple[dict[str, str], bool]:
    """Give each key its exact lines, and whether these are all there is.

    Where lines and keys do not correspond, the entries are written anew from the values.
    """
    lines: dict[str, str] = {}
    for start, key, end in _find_entries(text):
        lines[key] = text[start:end]
    if list(lines) == list(values) and not _ODD_BLANK.search(text) and _give(lines, values):
        return lines, sum(map(len, lines.values())) == len(text)
    return {key: render_entry(key, value) for key, value in values.items()}, False


def _give(lines: dict[str, str], values: dict[str, object]) -> bool:
    """Say whether each entry, read alone, gives its value.

    Usual keys at the starts of lines do; among others, one may be the inside of a quoted scalar.
    """
    if all(map(_USUAL_KEY.match, lines)):
        return True
    try:
        return all(load_strings(entry) == {key: values[key]} for key, entry in lines.items())
    except StringsError:
        return False


def _find_entries(text: str) -> list[tuple[int, str, int]]:
    """Give the start, key and end of each top-level entry."""
    starts = [match.start() for match in _TOP_LEVEL.finditer(text) if match.start() < len(text)]
    return [
        (start, text[start:end].partition(":")[0].strip().strip("\"'"), end)
        for start, end in pairwise([*starts, len(text)])
    ]


def _check_keys(text: str, values: dict[str, object], path: str) -> list[Finding]:
    """Report keys that occur twice, and keys with a shape that no known key has."""
    findings = []
    seen: set[str] = set()
    for start, key, _ in _find_entries(text):
        line = text.count("\n", 0, start) + 2
        if key in seen:
            message = f"front matter key {key!r} occurs a second time; the last one counts"
            findings.append(Finding(path, line, 1, "duplicate-key", message))
        seen.add(key)
        if key in values and not _USUAL_KEY.match(key):
            message = f"front matter key {key!r} is spelled unlike any other"
            findings.append(Finding(path, line, 1, "unusual-key", message))
    return findings
