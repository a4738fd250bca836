"""Inline text: a sentence's Markdown as the plain runs that a browser can show without parsing.

A sentence of the source is shown beside its translation: emphasis and code stay, links become
their text, HTML goes. What comes out holds no markup that anybody else wrote.
"""

from __future__ import annotations

import re
from html import unescape

Run = str | list["Run"]
"""Text; or an element, its name first: ``["strong", "Share"]``."""

_LIMIT = 4000
"""Characters; what is longer is no sentence, and comes out without emphasis."""

_DEPTH = 4

_TOKEN = re.compile(
    r"""
    (?=[\\`*_\[<!])(?:
    (?P<escape>\\[!-/:-@\[-`{-~])
  | (?P<ticks>`+)(?P<code>[^`]+(?:(?!(?P=ticks))`+[^`]+)*)(?P=ticks)(?!`)
  | (?P<image>!\[[^\[\]]*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\]))
  | \[(?P<link>(?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])
  | \*\*(?P<strong>\S(?:.*?\S)?)\*\*
  | (?<!\w)__(?P<strong2>\S(?:.*?\S)?)__(?!\w)
  | \*(?P<em>[^\s*](?:[^*]*[^\s*])?)\*
  | (?<!\w)_(?P<em2>[^\s_](?:[^_]*[^\s_])?)_(?!\w)
  | <(?:xref:)?(?P<address>(?:(?<=xref:)|(?:https?|mailto):)[^<>\s]+)>
  | (?P<tag></?[a-zA-Z][^<>]*>|<!--.*?-->)
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_BLANK = re.compile(r"\s+")
_MARK = re.compile(r"[\\`*_\[<&]")
"""What every token begins with, and every entity."""


def write_runs(markdown: str) -> Run:
    """Write a sentence as runs; plain text alone where it has neither emphasis nor code."""
    if not _MARK.search(markdown):
        return " ".join(markdown.split())
    runs = _merge(_parse(_BLANK.sub(" ", markdown).strip(), _DEPTH))
    if not runs:
        return ""
    return runs[0] if len(runs) == 1 and isinstance(runs[0], str) else ["", *runs]


def _parse(text: str, depth: int) -> list[Run]:
    """Parse Markdown within one block."""
    if depth == 0 or len(text) > _LIMIT:
        return [unescape(text)]
    runs: list[Run] = []
    done = 0
    for match in _TOKEN.finditer(text):
        runs.append(unescape(text[done : match.start()]))
        runs += _write_token(match, depth - 1)
        done = match.end()
    runs.append(unescape(text[done:]))
    return runs


def _write_token(match: re.Match[str], depth: int) -> list[Run]:
    """Write what one token says."""
    if match["escape"]:
        return [match["escape"][1]]
    if match["code"]:
        return [["code", match["code"].strip()]]
    if match["link"] is not None:
        return _parse(match["link"], depth)
    if inner := match["strong"] or match["strong2"]:
        return [["strong", *_merge(_parse(inner, depth))]]
    if inner := match["em"] or match["em2"]:
        return [["em", *_merge(_parse(inner, depth))]]
    if match["address"]:
        return [match["address"]]
    return [" "] if (match["tag"] or "").lower().startswith("<br") else []


def _merge(runs: list[Run]) -> list[Run]:
    """Join neighbouring texts, and leave out empty ones."""
    merged: list[Run] = []
    for run in runs:
        if isinstance(run, str) and merged and isinstance(merged[-1], str):
            merged[-1] += run
        elif run not in ("", []):
            merged.append(run)
    return merged
