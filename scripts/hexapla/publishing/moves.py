"""Moves: what deliveries and bundles say of former paths, read but not yet believed."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any

from hexapla.paths import is_inside_tree, topic_identifier
from hexapla.publishing.lenient_json import parse_lenient_json

MOST_MOVES = 100_000
"""Moves that one delivered file may have."""

_ENDINGS = (".md", ".html", ".htm", ".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class Move:
    """A former path and where it leads, as written."""

    former: str
    """The former path in the docset without its ending: ``help/files/old``."""
    target: str
    """A topic's id, or an address: ``/tidelight/files/new#part``."""
    origin: str
    """The file that says so."""


def read_moves(text: str, origin: str) -> tuple[list[Move], list[str]]:
    """Read a delivered ``.openpublishing.redirection.json``.

    Returns:
        The moves, and what is wrong with the file, in words.
    """
    try:
        content = parse_lenient_json(text)
    except ValueError as error:
        return [], [f"{origin}: no JSON: {error}"]
    items = content.get("redirections") if isinstance(content, dict) else None
    if not isinstance(items, list):
        return [], [f"{origin}: there is no list of redirections"]
    problems = []
    moves = []
    for item in items[:MOST_MOVES]:
        move = _read_move(item, origin)
        if move is None:
            problems.append(f"{origin}: no redirection: {str(item)[:120]}")
        else:
            moves.append(move)
    return moves, problems


def _read_move(item: Any, origin: str) -> Move | None:
    """Read one entry; its former path is relative to the repository, or to a root's own."""
    if not isinstance(item, dict):
        return None
    former = item.get("source_path") or item.get("source_path_from_root")
    target = item.get("redirect_url")
    if not isinstance(former, str) or not isinstance(target, str) or not target.strip():
        return None
    return make_move(former, target.strip(), origin)


def make_move(former: str, target: str, origin: str) -> Move | None:
    """Make a move from a former path as it is written; None where it leaves the tree."""
    former = former.strip().replace("\\", "/").strip("/")
    if not is_inside_tree(former):
        return None
    stem, ending = posixpath.splitext(former)
    identifier = topic_identifier(f"{stem if is_page(ending) else former}.md")
    return Move(identifier, target, origin) if identifier else None


def is_page(ending: str) -> bool:
    """Say whether an ending is one that pages had."""
    return ending.lower() in _ENDINGS
