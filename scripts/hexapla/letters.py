"""Letters: rendered HTML taken apart into letters and tags, and a passage's letters to look for.

A passage is looked for by its letters and digits alone: what Markdown, entities, invisible
characters and typography make of the rest does not matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import accumulate

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without an end."""

LONGEST = 10_000
"""Characters of a passage that is looked for: a paragraph may hold an image as text."""

_MARKUP = re.compile(
    r"(<(?:!--.*?(?:-->|\Z)|pre\b.*?(?:</pre>|\Z)|"
    r"(/?[a-zA-Z][\w-]*)(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+>))",
    re.DOTALL,
)
"""A comment, preformatted text, or a tag and its name."""

_SIGN = re.compile("&(?:amp|gt|lt|nbsp|quot);")
"""An entity that is no letter: but for these, pages have hardly any."""

_WORD_OR_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);|[^\W_]+")
_WORD = re.compile(r"[^\W_]+")
_WORD_APART = re.compile(r"([^\W_]+)")
_CODE = re.compile(r"(`+)([^`]+(?:(?!\1)`+[^`]+)*)\1(?!`)")
_UNSEEN = re.compile(
    r"!\[[^\[\]]*\](?:\((?:[^()]|\([^()]*\))*+\))?"  # images
    r"|(?<=\])\((?:[^()]|\([^()]*\))*+\)"  # where a link leads
    r"|(?<=\])\[[^\[\]]*\]"
    r"|\]\([^()\s]*\Z"  # a link that ends in the next unit
    r"|(?<!\\)</?[a-zA-Z][\w-]*(?=[\s/>])[^<>]*>|<!--.*?(?:-->|\Z)"
    r"|(?<=<)xref:"  # a cross reference shows what it names
    r"|[ ]\{[#.:][^{}]*\}[ ]*\Z",
    re.DOTALL,
)
_SUSPICIOUS = re.compile(r"[\]<{]")
"""A passage without them shows all that it has, but for an item's number."""

_NUMBER = re.compile(r"\A\s*\d+[.)]\s")


@dataclass(slots=True)
class RenderedPage:
    """Rendered HTML, taken apart."""

    html: str
    """The HTML itself."""
    letters: str = ""
    """All its letters and digits, without anything between."""
    offsets: list[int] = field(default_factory=list)
    """For each word, where it begins in the letters."""
    starts: list[int] = field(default_factory=list)
    """For each word, where it begins in the HTML."""
    ends: list[int] = field(default_factory=list)
    """For each word, where it ends."""
    tags: list[tuple[int, int, str]] = field(default_factory=list)
    """For each tag, where it begins and ends, and its name; closing ones begin with a slash."""
    partners: dict[int, int] = field(default_factory=dict)
    """For each tag of a whole element, the index of its other one."""


def read_letters(markdown: str) -> str:
    """Give the letters and digits that a passage shows when it is rendered."""
    if len(markdown) > LONGEST:
        return ""
    markdown = _NUMBER.sub(" ", markdown)
    if not _SUSPICIOUS.search(markdown) and "`" not in markdown:
        return _join_words(markdown)
    pieces = []
    done = 0
    for code in _CODE.finditer(markdown):
        pieces += [_UNSEEN.sub(" ", markdown[done : code.start()]), code[2]]
        done = code.end()
    return _join_words("".join((*pieces, _UNSEEN.sub(" ", markdown[done:]))))


def _join_words(text: str) -> str:
    return "".join(_WORD.findall(unescape(text) if "&" in text else text))


def take_apart(html: str) -> RenderedPage:
    """Find words and tags, and which tags belong together."""
    page = RenderedPage(html)
    pieces = _MARKUP.split(html)  # text, markup, the tag's name, text, and so on
    _pair_tags(page, pieces)
    pieces[1::3] = [" " * len(markup) for markup in pieces[1::3]]
    del pieces[2::3]
    text = "".join(pieces)
    if "&" in text:
        text = _SIGN.sub(lambda sign: " " * len(sign[0]), text)
    if "&" in text:
        words = _find_words(page, text)
    else:
        pieces = _WORD_APART.split(text)
        words, places = pieces[1::2], list(accumulate(map(len, pieces)))
        page.starts, page.ends = places[:-1:2], places[1::2]
    page.letters = "".join(words)
    page.offsets = [0, *accumulate(map(len, words))][: len(words)]
    return page


def _find_words(page: RenderedPage, text: str) -> list[str]:
    """Find the words of a text that may write them as entities: where they are, what they say."""
    words = []
    for found in _WORD_OR_ENTITY.finditer(text):
        word = unescape(found[0])
        if word.isalnum():
            page.starts.append(found.start())
            page.ends.append(found.end())
            words.append(word)
    return words


def _pair_tags(page: RenderedPage, pieces: Sequence[str]) -> None:
    """Find the tags, and which of them belong to one element."""
    tags, partners = page.tags, page.partners
    opened: list[tuple[str, int]] = []
    end = 0
    for text, markup, name in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=False):
        start = end + len(text)
        end = start + len(markup)
        if not name:
            continue
        tag, index = name.lower(), len(tags)
        tags.append((start, end, tag))
        if tag in VOID:
            partners[index] = index
        elif tag[0] != "/":
            opened.append((f"/{tag}", index))
        elif opened and opened[-1][0] == tag:
            partner = opened.pop()[1]
            partners[index], partners[partner] = partner, index


def is_whole(page: RenderedPage, place: int, length: int) -> bool:
    """Say whether letters begin and end with words; scripts without blanks have no such ends."""
    first = bisect_right(page.offsets, place) - 1
    end = place + length
    last = bisect_right(page.offsets, end - 1) - 1
    begins = page.offsets[first] == place or page.letters[place - 1 : place] > "\u2e80"
    following = page.offsets[last + 1] if last + 1 < len(page.offsets) else len(page.letters)
    return begins and (following == end or page.letters[end - 1] > "\u2e80")
