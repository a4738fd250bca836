from __future__ import annotations

import random
import time

from hypothesis import given, settings, strategies as st

from hexapla.related import relate_topics
from hexapla.subjects import Subject


def make(identifier: str, text: str, *custom: str) -> Subject:
    return Subject(identifier, text, text, {"ms.custom": custom})


SUBJECTS = [
    make("a", "Create a mail rule"),
    make("b", "Delete a mail rule"),
    make("c", "Join a meeting"),
    make("d", "Audio problems", "31"),
    make("e", "Camera", "31"),
    make("f", "Storage limits"),
]


def test_topics_are_related_by_words_and_shared_marks() -> None:
    related = relate_topics(SUBJECTS, {})
    assert related == {"a": ("b",), "b": ("a",), "d": ("e",), "e": ("d",)}


def test_topics_of_one_product_come_first() -> None:
    subjects = [make(name, "Sync files") for name in "abcd"]
    product_of = {"a": "x", "b": "y", "c": "y", "d": "x"}
    assert relate_topics(subjects, product_of)["a"] == ("d", "b", "c")
    assert relate_topics(subjects, product_of, most=1)["a"] == ("d",)


def test_the_order_of_the_topics_does_not_matter() -> None:
    shuffled = random.Random(1).sample(SUBJECTS, len(SUBJECTS))
    assert relate_topics(shuffled, {}) == relate_topics(SUBJECTS, {})


@settings(max_examples=50)
@given(st.lists(st.text(max_size=20), max_size=8))
def test_no_text_breaks_it(texts: list[str]) -> None:
    subjects = [make(f"t{n}", text) for n, text in enumerate(texts)]
    related = relate_topics(subjects, {})
    assert all(topic not in others for topic, others in related.items())


def test_cost_grows_with_the_number_of_topics_not_with_its_square() -> None:
    chance = random.Random(2)

    def measure(number: int) -> float:
        words = ["".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(number // 3)]
        subjects = [make(f"t{n}", " ".join(chance.choices(words, k=12))) for n in range(number)]
        begin = time.process_time()
        relate_topics(subjects, {})
        return time.process_time() - begin

    measure(100)
    assert measure(4000) < 24 * measure(500) + 0.5  # the square would be 64 times
