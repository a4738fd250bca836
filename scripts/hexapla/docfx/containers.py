"""Containers: rows, columns, zones, monikers, tabs and styled blocks, found line by line.

Their starts and ends become markers (see directives.py), and what stands in them is moved out to
the container's own column: writers indent it, and Markdown would take it for code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hexapla.code_spans import find_code, is_inside
from hexapla.docfx.directives import Directive, Directives, parse_attributes

_COLONS = re.compile(
    r"(?P<prefix>[ \t>]*+):::+[ \t]*(?P<name>row|column|moniker|zone|image|text)(?P<end>-end)?"
    r"(?![\w-])(?P<rest>[^\n]*)$",
    re.IGNORECASE,
)
_TAB = re.compile(
    r"(?P<prefix>[ \t>]*+)(?P<level>\#{1,6})[ \t]+(?:<a name=\"(?P<name>[^\"<>]*)\"></a>)?"
    r"\[(?P<title>[^\n]*)\]"
    r"\(\#tab/(?P<id>[^/()\s]+)(?:/(?P<when>[^/()\s]+))?/?\)"
    r"[ \t]*(?:\{\#(?P<anchor>[^}\s]+)\})?[ \t#]*$",
    re.IGNORECASE,
)
_DIV = re.compile(
    r"(?P<prefix>[ \t]*(?:>[ \t]?)*?)>[ \t]?\[!div(?P<rest>[^\]\n]*)\][ \t]*$", re.IGNORECASE
)
_VIDEO = re.compile(r"(?P<prefix>[ \t]*)>[ \t]?(?P<video>\[!video[ \t][^\]\n]+\])[ \t]*$", re.I)
_QUOTED = re.compile(r"\[!(?:div|video)", re.IGNORECASE)
"""What the two have; other quotes are alerts, which most pages have and Markdown reads."""

_HEADING = re.compile(r"[ \t>]*(#{1,6})[ \t]")
_RULE = re.compile(r"[ \t>]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_TEXT = re.compile(r"[ \t]*[^\s>|`~:#<*+\-\d]")
"""A line that ``---`` below makes a heading of, more likely than not."""

_MAX_QUOTES = 20
_MAX_FRAMES = 20
"""Containers within each other; deeper ones are text."""


@dataclass(slots=True)
class _Frame:
    """A container that is open, and its lines so far."""

    kind: str
    prefix: str = ""
    level: int = 0
    """Of tabs, the heading's."""
    lines: list[str] = field(default_factory=list)


class ContainerReader:
    """Reads the lines of a text, its containers within each other."""

    def __init__(self, directives: Directives, depth: int = 0) -> None:
        self.directives = directives
        self.depth = depth
        self.frames = [_Frame("text")]
        self.last_rule = -1

    def read(self, text: str) -> list[str]:
        """Return the text's lines, containers replaced by markers."""
        code = find_code(text)
        lines = text.split("\n")
        flags: list[bool] = []
        offset = 0
        for line in lines:
            flags.append(is_inside(offset + len(line) - len(line.lstrip(" \t>")), code))
            offset += len(line) + 1
        rules = (i for i, line in enumerate(lines) if _RULE.match(line) and not flags[i])
        self.last_rule = max(rules, default=-1)
        index = 0
        while index < len(lines):
            index = self._read_line(lines, flags, index)
        self._close_to(1)
        return self.frames[0].lines

    def _read_line(self, lines: list[str], flags: list[bool], index: int) -> int:
        """Read a line, or a quote that is a container; return the index after it."""
        line = lines[index]
        if flags[index]:
            self.frames[-1].lines.append(line)
        elif self._read_marker_line(line) or self._ends_tabs(lines, index):
            pass
        elif "[!" in line and self.depth < _MAX_QUOTES and (match := _DIV.match(line)):
            return self._read_div(match, lines, index)
        elif "[!" in line and (match := _VIDEO.match(line)):
            self._write(f"{match['prefix']}{match['video']}", match["prefix"])
        else:
            self.frames[-1].lines.append(line)
        return index + 1

    def _read_marker_line(self, line: str) -> bool:
        """Open or close what a line of colons or a tab's heading says; say whether it is one."""
        if ":::" in line and (match := _COLONS.match(line)):
            return self._read_colons(match)
        if "#tab/" in line and (match := _TAB.match(line)):
            return self._open_tab(match)
        return False

    def _read_colons(self, match: re.Match[str]) -> bool:
        """Open or close what a line of colons says; an image is no container, unless complex."""
        name, rest = match["name"].lower(), match["rest"]
        if match["end"]:
            self._close(name)
            return True
        attributes = parse_attributes(rest)
        if name == "image" and attributes.get("type", "").lower() != "complex":
            return False
        if len(self.frames) > _MAX_FRAMES:
            return False
        if name == "column":
            self._close("column", within="row")
        self._open(_Frame(name, match["prefix"]), Directive(name, attributes, match[0].strip()))
        return True

    def _open_tab(self, match: re.Match[str]) -> bool:
        """Open a tab, next to the one before it or within it, unless that is too deep."""
        level = len(match["level"])
        while self.frames[-1].kind == "tab" and self.frames[-1].level >= level:
            self._close_to(len(self.frames) - 1)
        top = self.frames[-1]
        if len(self.frames) > _MAX_FRAMES:
            return False
        if not (top.kind == "tabs" and top.level == level):
            if top.kind == "tabs":
                self._close_to(len(self.frames) - 1)
            self._open(_Frame("tabs", match["prefix"], level), Directive("tabs", {}, ""))
        attributes = {key: match[key] or "" for key in ("id", "when")}
        attributes["anchor"] = match["anchor"] or match["name"] or ""
        self._open(
            _Frame("tab", match["prefix"], level),
            Directive("tab", attributes, match[0].strip()),
            match["title"],
        )
        return True

    def _ends_tabs(self, lines: list[str], index: int) -> bool:
        """Close tabs at a rule, or where no rule follows at a heading of their level."""
        top, line = self.frames[-1], lines[index]
        if top.kind != "tab":
            return False
        if _RULE.match(line) and not (index and _TEXT.match(lines[index - 1])):
            self._close("tabs")
            return True
        heading = _HEADING.match(line) if index > self.last_rule else None
        if heading and len(heading[1]) <= top.level:
            self._close("tabs")
        return False

    def _read_div(self, match: re.Match[str], lines: list[str], index: int) -> int:
        """Read a styled quote, whose text has containers of its own."""
        end = index + 1
        depth = match[0].count(">", 0, match.end("prefix") + 1)
        while end < len(lines) and lines[end].lstrip(" \t").startswith(">"):
            end += 1
        inner = [_strip_quotes(line, depth) for line in lines[index + 1 : end]]
        self._open(
            _Frame("div", match["prefix"]), Directive("div", parse_attributes(match["rest"]), "")
        )
        reader = ContainerReader(self.directives, self.depth + 1)
        self.frames[-1].lines += [match["prefix"] + line for line in reader.read("\n".join(inner))]
        self._close("div")
        return end

    def _open(self, frame: _Frame, directive: Directive, title: str = "") -> None:
        """Open a container; its title goes with its marker."""
        self._write(f"{frame.prefix}{self.directives.mark_block(directive)}{title}", frame.prefix)
        self.frames.append(frame)

    def _close(self, kind: str, within: str = "text") -> None:
        """Close the innermost container of a kind and all in it; nothing where none is open."""
        for depth in range(len(self.frames) - 1, 0, -1):
            if self.frames[depth].kind == kind:
                self._close_to(depth)
                return
            if self.frames[depth].kind == within:
                return

    def _close_to(self, depth: int) -> None:
        """Close the containers from a depth on."""
        while len(self.frames) > depth:
            frame = self.frames.pop()
            outer = self.frames[-1].lines
            outer += _move_out(frame.lines, frame.prefix)
            end = Directive(frame.kind, {}, "", ends=True)
            self._write(frame.prefix + self.directives.mark_block(end), frame.prefix)

    def _write(self, line: str, prefix: str) -> None:
        """Write a line as a block of its own."""
        blank = prefix.rstrip()
        self.frames[-1].lines += [blank, line, blank]


def _strip_quotes(line: str, depth: int) -> str:
    """Remove a line's quote marks down to a depth."""
    for _ in range(depth):
        line = _QUOTE.sub("", line, count=1)
    return line


def _move_out(lines: list[str], prefix: str) -> list[str]:
    """Move lines that are all further in than their container's start to its column."""
    if prefix.strip():
        return lines
    starts = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    extra = min(starts, default=0) - len(prefix)
    return [line[extra:] if line.strip() else line for line in lines] if extra > 0 else lines


def mark_containers(text: str, directives: Directives) -> str:
    """Replace the starts and ends of a text's containers by markers."""
    if ":::" not in text and "#tab/" not in text and not _QUOTED.search(text):
        return text
    return "\n".join(ContainerReader(directives).read(text))
