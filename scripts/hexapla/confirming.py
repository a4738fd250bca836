"""Confirming: which lines have the same source in two revisions, told by the locales together.

Where one locale has kept a line word for word from an earlier bilingual article to a newer
monolingual one, the line's source has not changed, in any language: lines of one revision are the
same everywhere. Each locale is compared with one article of each revision, not with each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hexapla.following import Divided, Lines, follow_earlier, pair_kept, pair_revision
from hexapla.model import Article
from hexapla.pairing import Pair
from hexapla.sentences import Piece

Followed = Mapping[str, tuple[Article, Article | None]]
"""Locale → its monolingual article and its own earlier bilingual one; each of one revision."""


def follow_together(
    followed: Followed, bases: Sequence[Article], lines: Lines
) -> dict[str, tuple[Article, list[Piece]]]:
    """Divide the locales' articles of one revision by bilingual ones of another.

    Args:
        followed: The articles.
        bases: Bilingual articles of the other revision, of any locale; at least one.
        lines: All articles' lines.

    Returns:
        Locale → the bilingual article that has the units, its own where there is one; and pieces.
    """
    base = lines.get(bases[0])
    shown = {locale: lines.get(article) for locale, (article, _) in followed.items()}
    own = {
        locale: lines.get(earlier)
        for locale, (_, earlier) in followed.items()
        if earlier is not None
    }
    kept = {locale: pair_kept(earlier, shown[locale]) for locale, earlier in own.items()}
    pattern = next(iter(shown.values()))
    if all(len(kept.get(locale, ())) == len(article.texts) for locale, article in shown.items()):
        confirmed: dict[str, dict[int, int]] = {}
    else:
        confirmed = confirm_lines(pattern, base, shown, own, kept)
    return {
        locale: (
            own.get(locale, base).article,
            follow_earlier(
                article, own.get(locale, base), confirmed.get(locale, {}), kept.get(locale, ())
            ),
        )
        for locale, article in shown.items()
    }


def confirm_lines(
    pattern: Divided,
    base: Divided,
    shown: Mapping[str, Divided],
    own: Mapping[str, Divided],
    kept: Mapping[str, Sequence[Pair]],
) -> dict[str, dict[int, int]]:
    """Find the lines whose source has not changed between two revisions.

    Args:
        pattern: An article of the later revision.
        base: One of the earlier.
        shown: Locale → its article of the later revision.
        own: Locale → its article of the earlier one, where it has one.
        kept: Locale → pairs of lines of the two that are the same word for word.

    Returns:
        Locale → line of its later article → line of its earlier one, or of `base`.
    """
    places = {locale: pair_revision(pattern, article) for locale, article in shown.items()}
    earlier = {locale: pair_revision(base, article) for locale, article in own.items()}
    found: dict[int, int] = {}
    disputed: set[int] = set()
    for locale, pairs in kept.items():
        below = {i: place for place, i in earlier[locale].items()}
        above = {j: place for place, j in places[locale].items()}
        for i, j in pairs:
            if i in below and j in above and found.setdefault(above[j], below[i]) != below[i]:
                disputed.add(above[j])
    same = {line: place for line, place in found.items() if line not in disputed}
    as_base = {place: place for place in same.values()}
    return {
        locale: {
            lines[line]: earlier.get(locale, as_base)[place]
            for line, place in same.items()
            if line in lines and place in earlier.get(locale, as_base)
        }
        for locale, lines in places.items()
    }
