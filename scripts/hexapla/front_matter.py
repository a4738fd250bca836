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

_CLOSING = re.compile(r"\n---[ \t]*(?:\n|\Z)")
_OPENING = re.compile(r"---[ \t]*\n")
_ENTRY = re.compile(r"[^ \t#\-\n][^\n]*\n(?:(?=[ \t#\-\n])[^\n]*\n)*")
_SHORT = 160
"""Characters of an entry that other articles may have as well: what it says is remembered."""
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
    opening = _OPENING.match(text)
    if not opening:
        return FrontMatter(), 0, []
    start = opening.end()
    closing = _CLOSING.search(text, start - 1)
    if closing is None or closing.end() > MAXIMUM_SIZE:
        message, code = "front matter opens here and never closes", "front-matter-unclosed"
        if closing is not None:
            message = f"front matter has over {MAXIMUM_SIZE:,} characters"
            code = "front-matter-too-large"
        return FrontMatter(valid=False), 0, [Finding(path, 1, 1, code, message)]
    end = closing.end()
    whole, inner = text[:end], text[start : closing.start() + 1]
    if (read := _read_by_entries(inner)) is not None:
        return FrontMatter((whole,), read[1], read[0]), end, []
    segments, findings = parse_units(whole, path)
    values, problems = _load(inner, path)
    if values is None:
        front = FrontMatter(segments, valid=False)
    else:
        entries, complete = _divide(inner, values)
        if not complete or not all(map(_USUAL_KEY.match, entries)):
            problems += _check_keys(inner, values, path)
        front = FrontMatter(segments, entries, values, complete=complete)
    return front, end, findings + problems


def _read_by_entries(text: str) -> tuple[dict[str, object], dict[str, str]] | None:
    """Read front matter entry by entry: most of them are the same text in many articles.

    Entries at the start of a line are independent of each other as long as each is YAML by itself
    and nothing ends the document.

    Returns:
        Values and entries by key; None where it must be read as a whole, to say what is wrong.
    """
    if text.startswith("...") or "\n..." in text or "tu-id" in text:
        return None
    found: list[str] = _ENTRY.findall(text)
    if sum(map(len, found)) != len(text):
        return None
    reads = [
        read
        for entry in found
        if (read := _read_short_entry(entry) if len(entry) <= _SHORT else _read_entry(entry))
    ]
    values = dict(reads)
    if len(values) < len(found):
        return None  # something is wrong with an entry, or a key occurs twice
    return values, dict(zip(values, found, strict=True))


_PLAIN_ENTRY = re.compile(
    r"""(?P<key>[A-Za-z][\w.\-]*):[ ]+
    (?:(?P<text>\w(?:[^:#\n]|:(?![ \n])|(?<![ ])\#)*)|"(?P<quoted>[^"\\\n]*)")[ ]*\n""",
    re.VERBOSE,
)
"""An entry that YAML reads as it stands: a text of one line, bare or in simple quotes."""

_PLAIN_LIST = re.compile(r'([A-Za-z][\w.\-]*):[ ]*\n((?:-[ ]+(?:\w+|"[^"\\\n]*")[ ]*\n)+)')
_PLAIN_ITEM = re.compile(r'-[ ]+(?:"([^"\n]*)"|(\w+))')
"""A list whose items are such texts, the bare ones of one word."""


def _read_entry(entry: str) -> tuple[str, object] | None:
    """Read the key and the value of one entry; None where it is not YAML, or its key unusual."""
    plain = _PLAIN_ENTRY.fullmatch(entry)
    if plain is not None and entry[:-1].isprintable():
        key, text, quoted = plain.groups()
        return key, quoted if text is None else text.rstrip(" ")
    plain = _PLAIN_LIST.fullmatch(entry)
    if plain is not None and entry.replace("\n", "").isprintable():
        return plain[1], [quoted or word for quoted, word in _PLAIN_ITEM.findall(plain[2])]
    try:
        values = load_strings(entry)
    except StringsError:
        return None
    if not isinstance(values, dict):
        return None
    entries, complete = _divide(entry, values)
    is_usual = complete and len(entries) == 1 and all(map(_USUAL_KEY.match, entries))
    return next(iter(values.items())) if is_usual else None


_read_short_entry = lru_cache(maxsize=4096)(_read_entry)


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
