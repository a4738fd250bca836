"""Queries with a known answer: read from files, or made from the articles themselves.

A file of queries maps the name of a set to its queries: article path to text.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

Queries = dict[str, str]
"""Text, by the path of the article that answers: ``help/start.md``."""

CODE = re.compile(
    r"(?<![\w.-])(?:0x[0-9A-Fa-f]+|[A-Za-z]+[0-9]{3,}|[A-Z]{2,}-[0-9]{2,}|[0-9]+(?:\.[0-9]+)+)(?![\w-])"
)
"""An error's or a product's code: ``0xc004b100``, ``KB4011052``, ``MS-500``, ``5.7.750``."""

SHORTEST_CODE = 5
TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
HEADING = re.compile(r"^# +(.+?)(?: *\{#[^}]*\})? *$", re.MULTILINE)
UNIT = re.compile(
    r"<span data-ttu-id=[^>]*>(.*?)<span class=(?:\"|&quot;)sxs-lookup.*?</span></span>", re.DOTALL
)
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"[^\W\d_]+")


def read_queries(path: Path) -> dict[str, Queries]:
    """Read a file of queries."""
    sets: dict[str, Queries] = json.loads(path.read_text(encoding="utf-8"))
    return sets


def read_texts(docs: Path, locale: str, source: str) -> dict[str, str]:
    """Read the articles of a locale from `docs/`, by their path in the docset."""
    name = "index.md" if locale == source else f"index.{locale}.md"
    return {
        f"{path.parent.relative_to(docs).as_posix()}.md": path.read_text("utf-8", errors="replace")
        for path in sorted(docs.rglob(name))
        if path.parent != docs
    }


def find_titles(text: str) -> list[str]:
    """Find an article's titles: its front matter's, and its first heading."""
    front, _, body = text.partition("\n---")
    found = [
        match[1].strip("\"'") for match in (TITLE.search(front), HEADING.search(body)) if match
    ]
    titles = (TAG.sub("", UNIT.sub(r"\1", title)).replace("\\", "").strip() for title in found)
    return [title for title in titles if title]


def make_english(docs: Path, source: str, most: int, seed: int = 1) -> Queries:
    """Ask for articles by the title of their source."""
    titles = {
        path: find_titles(text)[:1] for path, text in read_texts(docs, source, source).items()
    }
    return _choose({path: found[0] for path, found in titles.items() if found}, most, seed)


def make_former(docs: Path, locale: str, source: str, older: Path, most: int) -> Queries:
    """Ask for articles by a title that they had in an older delivery, and have no more."""
    former = {}
    for path, text in read_texts(docs, locale, source).items():
        delivered = older / path
        if not delivered.is_file():
            continue
        now = {_simplify(title) for title in find_titles(text)}
        for title in find_titles(delivered.read_text("utf-8", errors="replace"))[:1]:
            if now and _simplify(title) not in now:
                former[path] = title
    return _choose(former, most, seed=1)


def make_codes(docs: Path, locale: str, source: str, most: int) -> Queries:
    """Ask by a code that stands in one topic only, whether in its translation or its source."""
    topics: defaultdict[str, set[str]] = defaultdict(set)
    for tag in {locale, source}:
        for path, text in read_texts(docs, tag, source).items():
            body = text.partition("\n---")[2]
            for code in CODE.findall(re.sub(r"\]\([^)]*\)|https?://\S+|\{#[^}]*\}", "]", body)):
                if len(code) >= SHORTEST_CODE:
                    topics[code.lower()].add(path)
    unique: dict[str, str] = {}
    for code, paths in sorted(topics.items()):
        if len(paths) == 1:
            unique.setdefault(next(iter(paths)), code)
    return _choose(unique, most, seed=1)


def make_typing_errors(queries: Mapping[str, str], seed: int = 5) -> Queries:
    """Put one random error into the longest word of each query: five letters or more."""
    chance = random.Random(seed)
    letters = sorted({letter for text in queries.values() for letter in text if letter.isalpha()})
    wrong = {}
    for path, text in queries.items():
        word = max(WORD.findall(text), key=len, default="")
        if len(word) >= 5:
            mistyped = _mistype(word, letters, chance)
            if mistyped != word:
                wrong[path] = text.replace(word, mistyped, 1)
    return wrong


def _mistype(word: str, letters: list[str], chance: random.Random) -> str:
    """Make one error: another letter, one less, one more, or two changed round."""
    at = chance.randrange(1, len(word))
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + chance.choice(letters) + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + chance.choice(letters) + word[at:]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _simplify(title: str) -> str:
    """Leave out what does not make another title: case, spaces, points."""
    return re.sub(r"[\W_]+", "", title.lower())


def _choose(queries: Mapping[str, str], most: int, seed: int) -> Queries:
    """Choose some queries by chance, always the same ones."""
    paths: Iterable[str] = sorted(queries)
    chosen = random.Random(seed).sample(list(paths), min(most, len(queries)))
    return {path: queries[path] for path in chosen}
