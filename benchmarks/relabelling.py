"""Make a delivery of one more locale from one that there is: other words, all else the same."""

from __future__ import annotations

import re
from zlib import crc32

_KEPT = r"\]\([^)]*\)|https?://\S+|`[^`]*`|<[^>]*>|&\w+;|\[![^\]]*\]|:::[^\n]*"
"""What is no text: addresses, code, tags, entities, alerts, directives."""

_WORD = r"[^\W\d_]{4,}"

_UNIT_SOURCE = (
    r'<span class=(?:"|&quot;)sxs-lookup(?:"|&quot;)><span data-stu-id=[^>]*>.*?</span></span>'
)
"""A unit's source is the same in all locales."""

_PARTS = re.compile(f"(?P<kept>{_UNIT_SOURCE}|{_KEPT})|(?P<word>{_WORD})", re.DOTALL)

_TITLE = re.compile(r"^(title|description): (.*)$", re.MULTILINE)


def relabel_article(text: str, locale: str, copy: int) -> str:
    """Say in an article that it is another locale's, and change the words of its targets.

    A word becomes the same word everywhere, so that the words of a locale are as many and as
    frequent as in the one it was made from, and no two copies have the same ones.

    Args:
        text: The delivered article.
        locale: The tag of the new locale.
        copy: The number of this copy of the locale, from 1.
    """
    front, fence, body = text.partition("\n---\n")
    if not fence:
        return _change_words(text, copy)
    front = _TITLE.sub(lambda match: f"{match[1]}: {_change_words(match[2], copy)}", front)
    front = re.sub(r"(?m)^ms\.contentlocale: .*$", f"ms.contentlocale: {locale}", front)
    return front + fence + _change_words(body, copy)


def _change_words(text: str, copy: int) -> str:
    return _PARTS.sub(lambda match: match["kept"] or change_word(match["word"], copy), text)


def change_word(word: str, copy: int) -> str:
    """Turn a word's letters round by a number of places that hangs on the word and the copy."""
    lower = word.lower()
    place = 1 + (crc32(lower.encode()) + copy) % (len(lower) - 1)
    turned = lower[place:] + lower[:place]
    if copy >= len(lower):
        turned += lower[copy % len(lower)]  # else the copy would begin again with the same words
    return turned.capitalize() if word[0].isupper() else turned
