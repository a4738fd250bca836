"""Findings: what a check or a step of the pipeline reports about a file.

A finding is data: one record, many renderings (griffe's ``Breakage`` is the model). Every code
is declared once, in `RULES`, with its severity and the title that users see.
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache


class Severity(enum.IntEnum):
    """How much a finding matters; a command's threshold compares with it."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word in output, ``warning`` for example."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding."""

    code: str
    """Stable name, ``unit-malformed`` for example."""
    severity: Severity
    """How much it matters."""
    title: str
    """What users see in a list of rules: one sentence."""


_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

RULES: dict[str, Rule] = {
    code: Rule(code, severity, title)
    for code, severity, title in (
        # What can be wrong with a delivered file as such: it is left out, its neighbours go on.
        ("file-too-large", _ERROR, "A delivered file is larger than any article can be"),
        ("file-unreadable", _ERROR, "A delivered file cannot be read"),
        ("link-outside-tree", _ERROR, "A symbolic link leaves the delivered tree"),
        ("symbolic-link", _WARNING, "A symbolic link in a delivery is not followed"),
        ("special-file", _WARNING, "A delivered path is neither a file nor a folder"),
        ("path-collision", _ERROR, "Two paths differ only by case or by Unicode normalization"),
        ("path-unusable", _ERROR, "A path leaves no name that a bundle could have"),
        ("unknown-locale", _ERROR, "A folder of deliveries is not named by a known locale"),
        ("older-delivery", _WARNING, "An article was handed off before the one that is there"),
        ("import-refused", _ERROR, "A file of a delivery is not imported"),
        # Text.
        ("empty-file", _WARNING, "An article is empty"),
        ("invalid-utf8", _ERROR, "An article is not valid UTF-8"),
        ("nul-byte", _ERROR, "An article holds NUL bytes"),
        ("byte-order-mark", _INFO, "An article starts with a byte order mark"),
        ("carriage-returns", _INFO, "An article has CRLF line ends"),
        ("control-characters", _WARNING, "An article holds C1 control characters"),
        ("replacement-characters", _WARNING, "Characters were lost before delivery (U+FFFD)"),
        # Front matter.
        ("front-matter-unclosed", _WARNING, "Front matter opens and never closes"),
        ("front-matter-invalid", _WARNING, "Front matter is not the YAML it should be"),
        ("front-matter-unsafe", _ERROR, "Front matter uses YAML aliases, anchors or tags"),
        ("front-matter-too-large", _ERROR, "Front matter is larger than any could be"),
        ("duplicate-key", _WARNING, "A front matter key occurs twice"),
        ("unusual-key", _INFO, "A front matter key is spelled unlike any known key"),
        ("reserved-key", _WARNING, "A delivered front matter key has a name Hexapla uses itself"),
        ("foreign-locale", _WARNING, "An article names another locale than its folder"),
        # Units.
        ("unit-malformed", _WARNING, "A unit's markup is broken; it is kept as text"),
        ("unit-nested", _WARNING, "A unit stands inside another; the outer one is kept as text"),
        ("unit-id-mismatch", _WARNING, "A unit's two ids differ; it is kept as text"),
        ("unit-duplicate", _WARNING, "Two units of a file have the same id"),
        ("broken-emphasis", _INFO, "Emphasis marks of the translation do not pair"),
        # Reconstructing the source.
        ("source-disagreement", _WARNING, "Locales of one revision give different source texts"),
        ("source-alternative-lost", _INFO, "An image's source text is not in the delivery"),
        ("source-text-lost", _WARNING, "Translated text outside units: its source is unknown"),
        ("source-missing", _INFO, "No delivery gives this topic's source"),
        ("twin-differs", _WARNING, "The two forms of one article differ"),
        # Into the bundle.
        ("link-outside-docset", _WARNING, "A relative link leaves the delivered tree"),
        ("dialect", _INFO, "A docfx construct has no equivalent in Markdown yet; it is kept"),
        ("unknown-alert", _WARNING, "An alert's keyword is not known; it is kept"),
        # Tables of contents.
        ("contents-invalid", _WARNING, "A table of contents is not what it should be"),
        ("contents-target-missing", _INFO, "A table of contents takes in one that is not there"),
        # Topics.
        ("related-topics", _WARNING, "Articles without a path may be one topic: please confirm"),
        ("withdrawn", _WARNING, "A page's article is no longer delivered"),
        ("conflict", _ERROR, "A writer and a delivery both changed a page"),
        ("history-missing", _WARNING, "A shallow clone lacks what was delivered before"),
        ("moved-apart", _WARNING, "A writer and a delivery moved a passage to different places"),
    )
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing noticed about one place of one file."""

    path: str
    """The file, relative to the repository: ``locales/sv-SE/help/start.md``."""
    line: int
    """Line, from 1; 0 when the whole file is meant."""
    column: int
    """Column in characters, from 1; 0 when the whole line is meant."""
    code: str
    """A key of `RULES`."""
    message: str
    """What is wrong, in one line."""
    suggestion: str = ""
    """What could be done; may be empty."""

    @property
    def severity(self) -> Severity:
        """The severity of the finding's rule."""
        return RULES[self.code].severity

    def render_text(self) -> str:
        """Render as ``path:line:column: severity: message [code]``, the form editors follow."""
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        hint = f" ({self.suggestion})" if self.suggestion else ""
        return f"{place}: {self.severity.label}: {self.message}{hint} [{self.code}]"

    def render_mapping(self) -> dict[str, str | int]:
        """Render for machines, the keys in a fixed order."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "severity": self.severity.label,
            "code": self.code,
            "message": self.message,
            "suggestion": self.suggestion,
        }


def locate(text: str, offset: int) -> tuple[int, int]:
    """Give the line and column, both from 1, of a character offset."""
    starts = _start_lines(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=2)
def _start_lines(text: str) -> list[int]:
    """Give the offset at which each line starts.

    Remembered, since a text with one finding may have thousands, and hostile ones do.
    """
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return starts
