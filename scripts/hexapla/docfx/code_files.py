"""Code files: ``[!code-json[](path?range=2-5&highlight=1)]`` becomes a block of that code."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import dedent
from urllib.parse import parse_qsl

from hexapla.code_spans import find_code, is_inside
from hexapla.docfx.includes import Report, resolve_path

_CODE = re.compile(
    r"\[!code(?:-(?P<language>[\w#+.\-]+))?[ \t]*\[[^\]\n]*+\][ \t]*"
    r"\((?P<target>[^()\s]++)(?:[ \t]+\"[^\"\n]*\")?[ \t]*\)[ \t]*\]",
    re.IGNORECASE,
)
_RANGE = re.compile(r"L?(?P<first>\d{1,9})?\s*(?P<dash>-)?\s*L?(?P<last>\d{1,9})?$", re.IGNORECASE)
_TAG = r"^[ \t]*(?:\W{{1,4}})[ \t]*<{}{}>.*$"
_FENCE = re.compile(r"`{3,}")

MAX_CHARACTERS = 200_000
"""What a page shows of one file."""

LANGUAGES = {"c#": "csharp", "vb": "vbnet", "f#": "fsharp", "azurecli": "bash", "": "text"}
"""Languages whose name here is not the highlighter's."""


def expand_code(text: str, path: str, read: Callable[[str], str | None], report: Report) -> str:
    """Replace the code files of a text by their code; by nothing where a file is missing.

    Args:
        text: A page's Markdown.
        path: The page's path under ``docs/``.
        read: Reads the text of a file; None where there is none.
        report: Is told path, line and message of what cannot be shown.
    """
    if not _CODE.search(text):
        return text
    code = find_code(text)

    def expand(match: re.Match[str]) -> str:
        if is_inside(match.start(), code):
            return match[0]
        target = match["target"]
        resolved = resolve_path(target, path)
        content = read(resolved) if resolved else None
        lines = None if content is None else choose_lines(content, target)
        if not lines:
            reason = "is missing" if content is None else "has no such lines"
            line = text.count("\n", 0, match.start()) + 1
            report(path, line, f"the code file {target} {reason}")
            return ""
        if sum(map(len, lines)) > MAX_CHARACTERS:
            line = text.count("\n", 0, match.start()) + 1
            report(path, line, f"the code file {target} is longer than a page may show")
            return ""
        return write_block(lines, match)

    return _CODE.sub(expand, text)


def write_block(lines: list[str], match: re.Match[str]) -> str:
    """Write fenced code as far in as the directive stands."""
    language = (match["language"] or match["target"].partition("?")[0].rpartition(".")[2]).lower()
    options = read_options(match["target"])
    marked = read_ranges(options.get("highlight", ""), len(lines))
    fence = max((found[0] for found in _FENCE.finditer("\n".join(lines))), default="``") + "`"
    highlighted = f' hl_lines="{" ".join(map(str, marked))}"' if marked else ""
    opening = f"{fence}{LANGUAGES.get(language, language)}{highlighted}"
    start = match.string.rfind("\n", 0, match.start()) + 1
    before = match.string[start : match.start()]
    prefix = before if not before.strip(" \t>") else " " * len(before)
    return f"\n{prefix}".join(
        ["", opening, *lines, fence, ""] if before else [opening, *lines, fence]
    )


def read_options(target: str) -> dict[str, str]:
    """Read what stands after a path: ``?range=1-3``, ``#L1-L3``, ``#name``."""
    rest, _, fragment = target.partition("#")
    options = {key.lower(): value for key, value in parse_qsl(rest.partition("?")[2])}
    if fragment:
        options["range" if re.match(r"L\d", fragment) else "name"] = fragment
    if "start" in options:
        options["range"] = f"{options['start']}-{options.get('end', '')}"
    return options


def choose_lines(content: str, target: str) -> list[str]:
    """Choose the lines of a file that a directive asks for: a range, a named part, or all."""
    options = read_options(target)
    lines = content.replace("\t", "    ").splitlines()
    if name := options.get("name"):
        lines = find_part(lines, name)
    elif ranges := options.get("range"):
        lines = [lines[number - 1] for number in read_ranges(ranges, len(lines))]
    return dedent("\n".join(lines)).strip("\n").split("\n") if any(lines) else []


def find_part(lines: list[str], name: str) -> list[str]:
    """Find the lines between ``<name>`` and ``</name>`` in comments, or in a C# region."""
    word = re.escape(name)
    openings = (_TAG.format("", word), rf"^\s*#region\s+{word}\s*$")
    closings = (_TAG.format("/", word), r"^\s*#endregion\b")
    for opening, closing in zip(openings, closings, strict=True):
        starts = (i for i, line in enumerate(lines) if re.match(opening, line, re.IGNORECASE))
        start = next(starts, None)
        if start is not None:
            ends = (i for i in range(start, len(lines)) if re.match(closing, lines[i], re.I))
            return lines[start + 1 : next(ends, len(lines))]
    return []


def read_ranges(text: str, count: int) -> list[int]:
    """Read ``1-3,7,9-`` as line numbers, those that exist."""
    numbers: list[int] = []
    for part in text.split(",")[:100]:
        match = _RANGE.match(part.strip())
        if match and (match["first"] or match["last"]):
            first = int(match["first"] or 1)
            last = int(match["last"] or (count if match["dash"] else first))
            numbers += range(max(first, 1), min(last, count) + 1)
    return numbers
