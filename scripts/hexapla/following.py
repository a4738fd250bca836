"""Following: find the source of a monolingual article's sentences in bilingual articles.

Bilingual articles of the same revision, in whatever language, give the source of every line: lines
of one revision are the same everywhere (FORMAT.md, Revisions over time). Of another revision, the
source is known of what is still there word for word; of headings with the same anchor, which is
the slug of their source; and of lines that are confirmed otherwise. What stands in the place of an
earlier sentence is likely to have its source where nothing that can be seen speaks against it; of
all else the source is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hexapla.anchors import ANCHOR
from hexapla.escapes import restore_emphasis
from hexapla.model import Article, Unit
from hexapla.pairing import Pair, list_gaps, pair_in_order
from hexapla.sentences import Piece, divide_line, is_likely, split_sentences
from hexapla.skeleton import Line, Shape, pair_shapes, see_shape, split_lines, strip_markers

_WORDS = re.compile(r"[^\W_]+")

_TRIES = 3
"""Bilingual articles of one revision that are tried: the first is as good, as a rule."""


class Divided:
    """An article, divided into its lines."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.lines = split_lines(article)
        self.texts = [line.text for line in self.lines]
        """What the lines say."""
        self._shapes: list[Shape] | None = None

    @property
    def shapes(self) -> list[Shape]:
        """The lines' shapes, which are seen when they are needed first."""
        if self._shapes is None:
            self._shapes = [see_shape(text) for text in self.texts]
        return self._shapes


class Lines:
    """Articles divided into their lines, each once."""

    def __init__(self) -> None:
        self._known: dict[int, Divided] = {}

    def get(self, article: Article) -> Divided:
        """Give an article's lines."""
        found = self._known.get(id(article))
        if found is None:
            found = Divided(article)
            self._known[id(article)] = found
        return found


def follow_revision(
    article: Article, bases: Sequence[Article], own: Sequence[Article], lines: Lines
) -> tuple[Article, list[Piece]]:
    """Divide an article by bilingual articles of its own revision.

    Args:
        article: A monolingual article.
        bases: Bilingual articles of its revision, its own locale's first; at least one.
        own: The bilingual articles of its locale, of whatever revision, the latest first.
        lines: All articles' lines.

    Returns:
        The bilingual article that has the units, and the pieces.
    """
    theirs = lines.get(article)
    chosen: tuple[Article, list[Pair]] = bases[0], []
    for base in bases[:_TRIES]:
        pairs = _pair_article(lines.get(base), theirs)
        if len(pairs) > len(chosen[1]):
            chosen = base, pairs
        if len(pairs) == len(theirs.lines):
            break
    base, pairs = chosen
    known = _list_targets(own)
    ours = lines.get(base).lines
    is_own = base.locale == article.locale
    by_line = {j: ours[i] for i, j in pairs}
    pieces: list[Piece] = []
    for j, text in enumerate(theirs.texts):
        line = by_line.get(j)
        if line is None:
            pieces += divide_line(strip_markers(text), (), known)
        else:
            pieces += _divide(text, line, known, is_own=is_own)
    return base, pieces


def follow_earlier(
    article: Divided, base: Divided, confirmed: Mapping[int, int], kept: Sequence[Pair]
) -> list[Piece]:
    """Divide an article by a bilingual one of another revision.

    Args:
        article: A monolingual article.
        base: A bilingual article.
        confirmed: Line of the article → line of the base, where the source is the same.
        kept: Pairs of lines, base's and article's, that are the same word for word.
    """
    certain = {**confirmed, **_pair_anchors(base.texts, article.texts), **{j: i for i, j in kept}}
    likely: dict[int, int] = {}
    own = _Own((), {})
    if base.article.locale == article.article.locale:
        own = _Own((base.article,), {})
        if len(certain) < len(article.texts):
            likely = {j: i for i, j in _pair_rest(base, article, kept)}
            own = _Own((base.article,), _index_sentences(base.lines))
    pieces: list[Piece] = []
    for j, text in enumerate(article.texts):
        i = certain.get(j, likely.get(j, -1))
        if i < 0:
            pieces += _find_sentences(strip_markers(text), own.kept)
            continue
        divided = _divide(text, base.lines[i], own.known, is_own=bool(own.known))
        pieces += divided if j in certain else _judge_pieces(divided, own)
    return pieces


def _divide(text: str, line: Line, known: Mapping[str, str], *, is_own: bool) -> Iterable[Piece]:
    """Divide a line; one that is the same in the same language has its units where they were."""
    if is_own and text == line.text and _has_all(line):
        return [Piece((unit,), shown) for unit, shown in line.units if _WORDS.search(shown)]
    return divide_line(text, line.parts, known)


def _has_all(line: Line) -> bool:
    """Say whether all words of a line are in its units."""
    return not any(
        isinstance(part, str) and _WORDS.search(strip_markers(ANCHOR.sub("", part)))
        for part in line.parts
    )


def pair_kept(base: Divided, article: Divided) -> list[Pair]:
    """Pair the lines that two articles of one locale have word for word, in order."""
    pairs = pair_in_order(base.texts, article.texts)
    found = list(pairs)
    for gap, other in list_gaps(pairs, len(base.texts), len(article.texts)):
        if gap and other:
            left = [_read_words(base.texts[i]) for i in gap]
            right = [_read_words(article.texts[j]) for j in other]
            found += [(gap[i], other[j]) for i, j in pair_in_order(left, right)]
    return sorted(found)


def pair_revision(one: Divided, other: Divided) -> dict[int, int]:
    """Pair the lines of two articles of one revision, whatever their languages."""
    return dict(pair_shapes(one.shapes, other.shapes))


def _read_words(text: str) -> str:
    """Give what of a text is compared: its letters and digits."""
    return "".join(_WORDS.findall(text))


class _Own:
    """What the bilingual articles of a locale say."""

    __slots__ = ("kept", "known")

    def __init__(self, articles: Sequence[Article], kept: Mapping[str, Unit]) -> None:
        self.known = _list_targets(articles)
        """Source → target, the first article's first."""
        self.kept = kept
        """Words of a target → its unit."""


def _list_targets(articles: Iterable[Article]) -> dict[str, str]:
    """Map sources to the targets that a locale's articles have, the first one's first."""
    known: dict[str, str] = {}
    for article in articles:
        restored = restore_emphasis(article.units)
        for segment in article.segments:
            if isinstance(segment, Unit):
                shown = restored.get(segment, segment) if restored else segment
                known.setdefault(segment.source, shown.target)
    return known


def _pair_article(base: Divided, article: Divided) -> list[Pair]:
    """Pair the lines of a bilingual and a monolingual article of one revision."""
    is_own = base.article.locale == article.article.locale
    pairs = pair_kept(base, article) if is_own else []
    return [*pairs, *_pair_rest(base, article, pairs)]


def _pair_rest(base: Divided, article: Divided, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield what has the same skeleton between pairs."""
    for gap, other in list_gaps(pairs, len(base.texts), len(article.texts)):
        if gap and other:
            shapes = base.shapes[gap.start : gap.stop], article.shapes[other.start : other.stop]
            yield from ((gap[i], other[j]) for i, j in pair_shapes(*shapes))


def _pair_anchors(ours: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Pair headings by their anchors: line on the right → line on the left."""
    places: dict[str, int] = {}
    for i, text in enumerate(ours):
        if "<a name=" in text:
            places |= {match[1]: i for match in ANCHOR.finditer(text)}
    if not places:
        return {}
    return {
        j: places[match[1]]
        for j, text in enumerate(theirs)
        if "<a name=" in text
        for match in ANCHOR.finditer(text)
        if match[1] in places
    }


def _index_sentences(lines: Iterable[Line]) -> dict[str, Unit]:
    """Map what a base's units say to the units; the first of several counts."""
    sentences: dict[str, Unit] = {}
    for line in lines:
        for unit, text in line.units:
            sentences.setdefault(_read_words(text), unit)
    sentences.pop("", None)
    return sentences


def _judge_pieces(pieces: Iterable[Piece], own: _Own) -> Iterator[Piece]:
    """Yield a line's pieces: what was kept, what likely has the same source, and the rest."""
    for piece in pieces:
        before = " ".join(own.known.get(unit.source, "") for unit in piece.units)
        if _read_words(before) == _read_words(piece.text):
            yield piece
        elif piece.units and is_likely(
            " ".join(unit.source for unit in piece.units), before, piece.text
        ):
            yield replace(piece, is_certain=False)
        else:
            yield from _find_sentences(piece.text, own.kept)


def _find_sentences(line: str, kept: Mapping[str, Unit]) -> Iterator[Piece]:
    """Yield a text's sentences: those that were kept, and those whose source is not known."""
    waiting = ""
    for text in split_sentences(line):
        unit = kept.get(_read_words(text))
        if unit is None:
            waiting += text
            continue
        if _WORDS.search(ANCHOR.sub("", waiting)):
            yield Piece((), waiting)
        yield Piece((unit,), text)
        waiting = ""
    if _WORDS.search(ANCHOR.sub("", waiting)):
        yield Piece((), waiting)
