"""Letters: rendered HTML taken apart into letters and tags, and a passage's letters to look for.

A passage is looked for by its letters and digits alone: what Markdown, entities, invisible
characters and typography make of the rest does not matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without an end."""

LONGEST = 10_000
"""Characters of a passage that is looked for: a paragraph may hold an image as text."""

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<pre\b.*?(?:</pre>|\Z)|<(?P<tag>/?[a-zA-Z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>|"
    r"(?P<word>&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);|[^\W_]+)",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"(`+)([^`]+(?:(?!\1)`+[^`]+)*)\1(?!`)")
_UNSEEN = re.compile(
    r"!\[[^\[\]]*\](?:\((?:[^()]|\([^()]*\))*+\))?"  # images
    r"|(?<=\])\((?:[^()]|\([^()]*\))*+\)"  # where a link leads
    r"|(?<=\])\[[^\[\]]*\]"
    r"|\]\([^()\s]*\Z"  # a link that ends in the next unit
    r"|(?<!\\)</?[a-zA-Z][\w-]*(?=[\s/>])[^<>]*>|<!--.*?(?:-->|\Z)"
    r"|\A\s*\d+[.)]\s"  # an item's number
    r"|(?<=<)xref:"  # a cross reference shows what it names
    r"|[ ]\{[#.:][^{}]*\}[ ]*\Z",
    re.DOTALL,
)


@dataclass(slots=True)
class RenderedPage:
    """Rendered HTML, taken apart."""

    html: str
    """The HTML itself."""
    letters: str = ""
    """All its letters and digits, without anything between."""
    offsets: list[int] = field(default_factory=list)
    """For each word, where it begins in the letters."""
    words: list[tuple[int, int]] = field(default_factory=list)
    """For each word, where it begins and ends in the HTML."""
    tags: list[tuple[int, int, str]] = field(default_factory=list)
    """For each tag, where it begins and ends, and its name; closing ones begin with a slash."""
    partners: dict[int, int] = field(default_factory=dict)
    """For each tag of a whole element, the index of its other one."""


def read_letters(markdown: str) -> str:
    """Give the letters and digits that a passage shows when it is rendered."""
    if len(markdown) > LONGEST:
        return ""
    pieces = []
    done = 0
    for code in _CODE.finditer(markdown):
        pieces += [_UNSEEN.sub(" ", markdown[done : code.start()]), code[2]]
        done = code.end()
    text = "".join((*pieces, _UNSEEN.sub(" ", markdown[done:])))
    return "".join(_WORD.findall(unescape(text) if "&" in text else text))


def take_apart(html: str) -> RenderedPage:
    """Find words and tags, and which tags belong together."""
    page = RenderedPage(html)
    letters: list[str] = []
    length = 0
    opened: list[int] = []
    for token in _TOKEN.finditer(html):
        if word := token["word"]:
            if word[0] == "&":
                word = unescape(word)
                if not word.isalnum():
                    continue
            letters.append(word)
            page.offsets.append(length)
            page.words.append(token.span())
            length += len(word)
        elif name := token["tag"]:
            _match_tag(page, name.lower(), token.span(), opened)
    page.letters = "".join(letters)
    return page


def _match_tag(page: RenderedPage, name: str, span: tuple[int, int], opened: list[int]) -> None:
    """Add a tag, and pair it with the one that opened its element."""
    index = len(page.tags)
    page.tags.append((*span, name))
    if name[0] != "/":
        if name not in VOID:
            opened.append(index)
        else:
            page.partners[index] = index
        return
    if opened and page.tags[opened[-1]][2] == name[1:]:
        page.partners[index] = opened.pop()
        page.partners[page.partners[index]] = index


def is_whole(page: RenderedPage, place: int, length: int) -> bool:
    """Say whether letters begin and end with words; scripts without blanks have no such ends."""
    first = bisect_right(page.offsets, place) - 1
    end = place + length
    last = bisect_right(page.offsets, end - 1) - 1
    begins = page.offsets[first] == place or page.letters[place - 1 : place] > "\u2e80"
    following = page.offsets[last + 1] if last + 1 < len(page.offsets) else len(page.letters)
    return begins and (following == end or page.letters[end - 1] > "\u2e80")
