"""Word changes: what differs between two texts, word by word, in any script.

Words of scripts that write no blanks between them are compared letter by letter; what two changes
leave between them there is no word, and is shown as changed as well.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexapla.pairing import list_gaps, pair_in_order

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u0f00-\u109f"  # Tibetan, Myanmar
    "\u1780-\u17ff\u1980-\u19df\u1a20-\u1aaf"  # Khmer, New Tai Lue, Tai Tham
    "\u3005-\u3007\u3021-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u9fff"  # kana, bopomofo, han
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
_PUNCTUATION = (
    "\\x00-#%-&(-/:-@\\[-^`{-\xa9\xab-\xb1\xb4\xb6-\xb9\xbb\xbf\xd7\xf7\u037e\u0589\u05be\u05c0"
    "\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964-\u0965\u104a-\u104f\u17d4-\u17da"
    "\u2000-\u200a\u2010-\u2029\u202f-\u205f\u2190-\u23ff\u2500-\u27bf\u3000-\u3004\u3008-\u3020"
    "\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_MARK = (  # what is written onto, or joined to, the letter before it
    "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f18-\u0f19"
    "\u0f71-\u0f84\u0f90-\u0fbc\u102b-\u103e\u17b6-\u17d3\u3099-\u309a\u200b-\u200f\u2060\ufe00-\ufe0f"
)
_TOKEN = re.compile(
    rf"\s+|[{_UNSPACED}](?<![{_PUNCTUATION}])[{_MARK}]*+|[^{_PUNCTUATION}{_UNSPACED}\s]++"
    r"(?:['’.,:]\d++(?=\W|\Z)|['’](?=[^\W\d])[^\W\d]++)*|.",
    re.DOTALL,
)
_WORD = re.compile(rf"[^{_PUNCTUATION}\s]")
_LETTER_OF_UNSPACED = re.compile(rf"[{_UNSPACED}](?<![{_PUNCTUATION}])")

_FEWEST = 3
"""Letters of an unspaced script that stay visible as unchanged between two changes."""


class Kind(enum.Enum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of one of two texts, or of both."""

    kind: Kind
    """What became of it."""
    text: str
    """The piece, exactly; joined, all but the added ones are the text before."""


def compare_words(before: str, after: str) -> tuple[Segment, ...]:
    """Compare two texts word by word.

    Args:
        before: A text, in any script.
        after: What it has become.

    Returns:
        The pieces in order; of a change, first what was removed, then what was added. No piece is
        empty, and two of one kind never follow each other.
    """
    if before == after:
        return (Segment(Kind.SAME, before),) if before else ()
    left, right = split_words(before), split_words(after)
    return tuple(_join(_clean(list(_list_pieces(left, right)))))


def split_words(text: str) -> list[str]:
    """Divide a text into words, blanks and punctuation; joined they are the text.

    Letters of scripts without blanks between words stand alone, with their marks.
    """
    return _TOKEN.findall(text)


def list_words(text: str) -> list[str]:
    """List what of a text tells it from another: words, and pairs of unspaced letters."""
    words: list[str] = []
    last = ""
    for token in split_words(text.casefold()):
        is_unspaced = _LETTER_OF_UNSPACED.match(token) is not None
        if is_unspaced and last:
            words.append(last + token)
        elif not is_unspaced and _WORD.match(token):
            words.append(token)
        last = token if is_unspaced else ""
    return words


def _list_pieces(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield ``(same, removed, added)``: what stayed, and the change that follows it."""
    pairs = pair_in_order(left, right)
    done = 0
    for ours, theirs in list_gaps(pairs, len(left), len(right)):
        same = "".join(left[done : ours.start])
        yield (
            same,
            "".join(left[ours.start : ours.stop]),
            "".join(right[theirs.start : theirs.stop]),
        )
        done = ours.stop
    yield "".join(left[done:]), "", ""


def _clean(pieces: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Join changes that have no word between them: they are read as one."""
    same, removed, added = pieces[0]
    for index, (between, gone, new) in enumerate(pieces[1:], 1):
        is_last = index == len(pieces) - 1
        if (removed or added) and not is_last and not _is_word(between):
            removed, added = removed + between + gone, added + between + new
            continue
        yield same, removed, added
        same, removed, added = between, gone, new
    yield same, removed, added


def _is_word(text: str) -> bool:
    """Say whether what stayed between two changes is to be seen as such."""
    if "\n" in text:
        return True
    letters = len(_LETTER_OF_UNSPACED.findall(text))
    return letters >= _FEWEST or (not letters and _WORD.search(text) is not None)


def _join(pieces: Iterator[tuple[str, str, str]]) -> Iterator[Segment]:
    """Yield the pieces that are not empty."""
    for same, removed, added in pieces:
        if same:
            yield Segment(Kind.SAME, same)
        if removed:
            yield Segment(Kind.REMOVED, removed)
        if added:
            yield Segment(Kind.ADDED, added)
