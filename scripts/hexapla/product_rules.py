"""Product rules: what a rule may look at, a function for each of its keys."""

from __future__ import annotations

import re
from collections.abc import Callable

from hexapla.subjects import Subject

Condition = Callable[[Subject], bool]


def _list_strings(value: object) -> list[str]:
    """Read one string or several."""
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(item, (str, int)) and str(item).strip() for item in values):
        raise ValueError("this is one text or a list of texts")
    return [str(item) for item in values]


def match_words(value: object) -> Condition:
    """Match words or phrases of the source's title, whatever their case."""
    words = "|".join(re.escape(word) for word in _list_strings(value))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    return lambda subject: pattern.search(subject.title) is not None


def match_title(value: object) -> Condition:
    """Match regular expressions with the source's title, whatever its case."""
    patterns = []
    for text in _list_strings(value):
        try:
            patterns.append(re.compile(text, re.IGNORECASE))
        except re.error as error:
            raise ValueError(f"{text!r} is not a regular expression: {error}") from error
    return lambda subject: any(pattern.search(subject.title) for pattern in patterns)


def match_path(value: object) -> Condition:
    """Match folders that the topic's id begins with."""
    prefixes = tuple(text.strip("/") + "/" for text in _list_strings(value))
    return lambda subject: f"{subject.identifier}/".startswith(prefixes)


def match_metadata(value: object) -> Condition:
    """Match keys of shared metadata; each must have one of the values given for it."""
    if not isinstance(value, dict) or not value:
        raise ValueError("this is a list of keys, each with one value or several")
    wanted = {str(key): frozenset(_list_strings(values)) for key, values in value.items()}
    return lambda subject: all(
        not values.isdisjoint(subject.metadata.get(key, ())) for key, values in wanted.items()
    )


CONDITIONS: dict[str, Callable[[object], Condition]] = {
    "words": match_words,
    "title": match_title,
    "path": match_path,
    "metadata": match_metadata,
}
"""What a rule may look at."""
