"""Related topics: which to read next, from what the sources say.

The measure is the cosine of weighted words (TF-IDF) of titles, descriptions and headings; shared
values of ``ms.custom`` count as rare words, and topics of one product are preferred. An inverted
index finds candidates by each topic's rarest words, so that no pair without one is looked at.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest

from hexapla.subjects import Subject

_WORD = re.compile(r"[^\W\d_]{3,}")
_PROBES = 6
"""Of a topic's words, how many of the rarest find candidates."""
_COMMON = 48
"""A word in more topics than this finds none: it would cost much, and tell little."""
_TITLE_WEIGHT = 2
_CUSTOM_KEY = "ms.custom"
_CUSTOM_WEIGHT = 4
_LEAST = 0.12
_SAME_PRODUCT = 1.25

Vector = dict[str, float]


def relate_topics(
    subjects: Sequence[Subject], product_of: Mapping[str, str], most: int = 5
) -> dict[str, tuple[str, ...]]:
    """Find the topics most like each topic.

    Args:
        subjects: All topics.
        product_of: Topic → product.
        most: How many at most.

    Returns:
        Topic → the ids of those like it, the most like first; topics without any are left out.
    """
    bags = {subject.identifier: _count_words(subject) for subject in subjects}
    spread = Counter(word for bag in bags.values() for word in bag)
    vectors = {topic: _weigh(bag, spread, len(bags)) for topic, bag in bags.items()}
    index: dict[str, list[str]] = defaultdict(list)
    for topic, vector in vectors.items():
        for word in vector:
            if 1 < spread[word] <= _COMMON:
                index[word].append(topic)
    # Of equals the one that comes first by name: the same in every build.
    ranks = {topic: rank for rank, topic in enumerate(sorted(bags, key=_reverse))}
    related = {}
    for topic, vector in vectors.items():
        likeness = _compare(topic, vector, vectors, index)
        scored = [
            (
                score * (_SAME_PRODUCT if product_of.get(other) == product_of.get(topic) else 1),
                other,
            )
            for other, score in likeness.items()
        ]
        best = nlargest(most, scored, key=lambda pair: (pair[0], ranks[pair[1]]))
        found = tuple(other for score, other in best if score >= _LEAST)
        if found:
            related[topic] = found
    return related


def _count_words(subject: Subject) -> Counter[str]:
    """Count the words of a topic, and its marks."""
    words: Counter[str] = Counter(_stem(word) for word in _WORD.findall(subject.text.lower()))
    for word in _WORD.findall(subject.title.lower()):
        words[_stem(word)] += _TITLE_WEIGHT
    for value in subject.metadata.get(_CUSTOM_KEY, ()):
        words[f"{_CUSTOM_KEY}={value}"] += _CUSTOM_WEIGHT
    return words


def _stem(word: str) -> str:
    """Cut the most frequent endings of English, the usual source, where enough is left."""
    for ending in ("ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _weigh(bag: Counter[str], spread: Mapping[str, int], number: int) -> Vector:
    """Weigh the words of a topic by how few topics have them; the vector's length is 1."""
    weights = {
        word: (1 + math.log(count)) * math.log(1 + number / spread[word])
        for word, count in sorted(bag.items())
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _compare(
    topic: str, vector: Vector, vectors: Mapping[str, Vector], index: Mapping[str, list[str]]
) -> dict[str, float]:
    """Give the cosine with each topic that shares one of the rarest words."""
    shared = [word for word in vector if word in index]
    probes = nlargest(_PROBES, shared, key=lambda word: (vector[word], word))
    candidates = {other for word in probes for other in index[word]} - {topic}
    likeness = {}
    for other in candidates:
        theirs = vectors[other]
        small, large = (vector, theirs) if len(vector) < len(theirs) else (theirs, vector)
        score = sum([weight * large[word] for word, weight in small.items() if word in large])
        likeness[other] = round(score, 9)
    return likeness


def _reverse(text: str) -> tuple[int, ...]:
    """Give a key that sorts texts from Z to A."""
    return tuple(-ord(char) for char in text)
