"""Redirects: from former paths to the topics that took their place.

Former paths come from outside: a target that is no page of the site, a cycle, a path that leaves
the tree are left out and told.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from hexapla.locales import is_locale
from hexapla.paths import collision_key, resolve_reference
from hexapla.publishing.moves import Move, is_page


@dataclass(frozen=True, slots=True)
class Target:
    """Where a former path leads in the end."""

    topic: str = ""
    """The topic's id; empty for an address elsewhere."""
    fragment: str = ""
    """The anchor on its page, without ``#``."""
    address: str = ""
    """An address on a host that the site allows."""


@dataclass(frozen=True, slots=True)
class Places:
    """What redirects may lead to."""

    topics: Mapping[str, str]
    """`hexapla.paths.collision_key` of a topic's id → the id."""
    roots: Mapping[str, str] = field(default_factory=dict)
    """Docset's root → the path that it is published under: ``help`` → ``tidelight``."""
    hosts: Collection[str] = ()
    """Other hosts that redirects may lead to."""


def resolve_moves(moves: Iterable[Move], places: Places) -> tuple[dict[str, Target], list[str]]:
    """Find where each former path leads, over any number of moves.

    Args:
        moves: Those that come first count.
        places: What there is.

    Returns:
        Former path → target, sorted; and the moves that lead nowhere, in words.
    """
    first: dict[str, Move] = {}
    for move in moves:
        first.setdefault(collision_key(move.former), move)
    ends: dict[str, Target | str] = {}
    found: dict[str, Target] = {}
    problems = []
    for key, move in sorted(first.items()):
        if key in places.topics:
            continue  # there is a page at this path again
        target = _follow(key, first, places, ends)
        if isinstance(target, str):
            problems.append(f"{move.origin}: {move.former} {target}")
        else:
            found[move.former] = target
    return found, problems


def _follow(
    start: str, moves: Mapping[str, Move], places: Places, ends: dict[str, Target | str]
) -> Target | str:
    """Follow moves to their end: a target, or what is wrong.

    Args:
        start: The key of the first move.
        moves: All moves by key.
        places: What they may lead to.
        ends: The ends already found; those of all moves on the way are added.
    """
    way: dict[str, Move] = {}
    end: Target | str = ""
    key: str | None = start
    while key is not None:
        if key in ends:
            end = ends[key]
            break
        if key in way:
            end = "leads back to itself"
            break
        way[key] = moves[key]
        end, key = _step(moves[key], moves, places)
    for passed, move in reversed(way.items()):
        fragment = move.target.partition("#")[2]
        if isinstance(end, Target) and end.topic and fragment:
            end = Target(end.topic, fragment)
        ends[passed] = end
    return ends[start]


def _step(move: Move, moves: Mapping[str, Move], places: Places) -> tuple[Target | str, str | None]:
    """Take one move: to its end, or to the key of the move that follows."""
    try:
        parts = urlsplit(move.target)
    except ValueError:
        return f"leads to no address: {move.target[:120]}", None
    if parts.scheme or parts.netloc or move.target.startswith(("//", "/\\", "\\")):
        return _leave(move, parts, places), None
    candidates = [collision_key(path) for path in _list_candidates(parts.path, move, places.roots)]
    for candidate in candidates:
        if (topic := places.topics.get(candidate)) is not None:
            return Target(topic), None
    following = next((key for key in candidates if key in moves), None)
    return f"leads to no page of the site: {move.target[:120]}", following


def _leave(move: Move, parts: SplitResult, places: Places) -> Target | str:
    """Judge an address on another host: only those that the site names."""
    if parts.scheme == "https" and parts.netloc in places.hosts:
        return Target(address=move.target)
    return f"leads out of the site: {move.target[:120]}"


def _list_candidates(path: str, move: Move, roots: Mapping[str, str]) -> Sequence[str]:
    """List the topics' ids that a path may mean, the likeliest first."""
    path = unquote(path)
    path = path.removesuffix("/")
    stem, ending = posixpath.splitext(path)
    path = stem if is_page(ending) else path
    if not path.startswith("/"):
        if path.startswith("~/") or "." in path.split("/") or ".." in path.split("/"):
            found = resolve_reference(path, move.former, tuple(roots))
            return [found] if found else []
        return [path, posixpath.join(posixpath.dirname(move.former), path)]
    segments = [segment for segment in path.split("/") if segment]
    if segments and (is_locale(segments[0]) or _is_lower_locale(segments[0])):
        segments = segments[1:]
    path = "/".join(segments)
    published = [
        posixpath.join(root, path[len(base) :].strip("/"))
        for root, base in sorted(roots.items())
        if base and (path == base or path.startswith(f"{base}/"))
    ]
    rest = "/".join(segments[1:])
    return [*published, path, *(posixpath.join(root, rest) for root in sorted(roots) if rest)]


def _is_lower_locale(segment: str) -> bool:
    """Say whether a segment is a tag as addresses have it: ``sv-se``, ``sr-latn-rs``."""
    language, *rest = segment.split("-")
    parts = [part.upper() if len(part) == 2 else part.title() for part in rest]
    return bool(rest) and is_locale("-".join([language, *parts]))
