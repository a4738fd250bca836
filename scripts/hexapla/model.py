"""The model: units, articles, topics and bundles, as values without behaviour of their own."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from hexapla.findings import Finding


class Form(enum.Enum):
    """The form in which a tree of articles is delivered: a folder below ``locales/`` for each."""

    BILINGUAL = ""
    """``locales/sv-SE/``: the articles at their paths, as a rule with units."""
    MONOLINGUAL = ".monolingual"
    """``locales/sv-SE.monolingual/``: the articles at their paths, as readers saw them."""
    LOOSE = ".loose"
    """``locales/sv-SE.loose/``: articles that came without their paths, grouped by evidence."""


class State(enum.Enum):
    """How a translation stands to the topic's current source."""

    CURRENT = "current"
    OUTDATED = "outdated"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """The article names no revision, so nothing can be said."""


class Unit(NamedTuple):
    """The smallest translated span of a bilingual article (FORMAT.md, Grammar).

    Dozens of them are made for each article: a tuple takes a third of the time.
    """

    identifier: str
    """``542af-103`` or, for merged segments, ``542af-p103``."""
    target: str
    """The translation, exactly as delivered."""
    source: str
    """The original, exactly as delivered."""
    quotes: int = 0
    """Which of its six quotation marks are written ``&quot;``: bit 0 is the first."""

    @property
    def number(self) -> str:
        """The ordinal of the segment in the source file: ``103``, or ``p103``."""
        return self.identifier[self.identifier.index("-") + 1 :]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """An article's front matter: the exact text, and what it says."""

    segments: tuple[str | Unit, ...] = ()
    """Everything before the body, delimiters included, exactly as delivered.

    Text alone, as a rule; machine translation that took YAML for prose leaves units here."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """Top-level key → the exact lines that give it (with line ends), in delivered order."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Top-level key → value: strings, lists and mappings of strings, ``""`` for nothing."""
    valid: bool = True
    """Whether the text is the YAML it should be; where not, it has neither entries nor values."""
    complete: bool = True
    """Whether the entries hold every delivered line: no comment, no key that occurs twice."""

    @property
    def text(self) -> str:
        """The delivered text with each unit replaced by its target."""
        return "".join(
            segment.target if isinstance(segment, Unit) else segment for segment in self.segments
        )

    def scalar(self, key: str) -> str:
        """Give a key's value where it is a plain string, else the empty string."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Article:
    """One Markdown file of one locale, parsed; `hexapla.parsing.render_article` undoes it."""

    locale: str
    """The locale of the folder it was delivered in."""
    path: str
    """Where it was delivered, relative to the repository: ``locales/sv-SE/help/start.md``."""
    front: FrontMatter
    """Its front matter."""
    segments: tuple[str | Unit, ...]
    """The body: text and units in turn, line ends LF."""
    byte_order_mark: bool = False
    """Whether the file starts with U+FEFF."""
    carriage_returns: tuple[int, ...] | None = ()
    """The line ends (counted from 0) that are CRLF; None: all of them."""

    units: tuple[Unit, ...] = field(init=False, repr=False, compare=False)
    """Its units in order, those of a destroyed front matter included."""
    is_bilingual: bool = field(init=False, repr=False, compare=False)
    """Whether it carries units."""
    revision: str = field(init=False, repr=False, compare=False)
    """The state of the source it was translated from: 40 hex digits, or empty."""

    def __post_init__(self) -> None:
        """Find what follows from the rest, and is asked for many times."""
        front = [segment for segment in self.front.segments if isinstance(segment, Unit)]
        body = [segment for segment in self.segments if isinstance(segment, Unit)]
        object.__setattr__(self, "units", (*front, *body))
        object.__setattr__(self, "is_bilingual", bool(body))
        object.__setattr__(self, "revision", self.front.scalar("ms.openlocfilehash"))


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivered file, before it is read."""

    locale: str
    """The locale of its folder."""
    form: Form
    """The form of its folder."""
    path: str
    """Where it stands, relative to ``locales/``: ``sv-SE.monolingual/help/start.md``."""
    name: str
    """Its path in the docset: ``help/start.md``."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A decision about two groups of articles that their paths do not make."""

    other: str
    """The other side: a topic's id, or the delivered path of an article that was joined."""
    joined: bool
    """Whether the two are one topic now; False: kept apart."""
    score: float
    """The evidence's score (FORMAT.md, Identity); infinite for an equal revision."""
    reasons: tuple[str, ...]
    """What speaks for and against, in words."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The subject that articles of all locales are about."""

    identifier: str
    """Its path in the docset without the ending, which is also its bundle's: ``help/start``."""
    articles: tuple[Delivered, ...]
    """The delivered files, sorted by path."""
    relations: tuple[Relation, ...] = ()
    """Decisions not made by path."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of a bundle."""

    path: str
    """Relative to ``docs/``: ``help/start/index.sv-SE.md``."""
    locale: str
    """The locale whose lock remembers it."""
    text: str
    """Its whole text, line ends LF."""
    origins: tuple[str, ...] = ()
    """The delivered paths it was written from, the one whose text it shows first."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A topic's folder under ``docs/``, as Hexapla would write it."""

    topic: str
    """The topic's id."""
    pages: tuple[Page, ...]
    """The pages and ``.meta.yml``, sorted by path."""
    findings: tuple[Finding, ...] = ()
    """What was noticed on the way."""
