"""Analysis: the ways that are shorter lead to the same terms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from hexapla.search.analysis import FOLDED, LONGEST, TOKEN, Analyser, split_run
from hexapla.search.folding import fold_word, lower_word
from hexapla.search.languages import choose_analysis

TAGS = (
    "en-US",
    "sv-SE",
    "tr-TR",
    "ru-RU",
    "sr-Latn-RS",
    "ar-SA",
    "he-IL",
    "ja-JP",
    "th-TH",
    "et-EE",
)

WORDS = st.text(
    st.one_of(
        st.sampled_from(
            "abzABZåÅéÉıİßøşиЙяљабвكتبةىהךם日本がガーกำ각한0129._-.,:;!?()[]\"'«»“”…،؟%/+&@"
        ),
        st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp"]),
    ),
    min_size=1,
    max_size=70,
)


@settings(max_examples=300, deadline=None)
@given(word=WORDS, tag=st.sampled_from(TAGS))
def test_the_terms_of_a_word_are_those_of_its_tokens(word: str, tag: str) -> None:
    analyser = Analyser(choose_analysis(tag))
    tokens = TOKEN.findall("".join(word.split()))
    expected = [term[:LONGEST] for token in tokens for term in analyser.analyse_token(token)]
    assert analyser.list_terms("".join(word.split())) == expected
    assert analyser.list_terms("".join(word.split())) == expected  # as it is remembered


def test_characters_that_are_folded_already_are_not_changed() -> None:
    found = [chr(code) for code in range(0x3000, 0xA000) if FOLDED.fullmatch(chr(code))]
    assert len(found) > 20_000
    assert fold_word(lower_word("".join(found))) == "".join(found)


@pytest.mark.parametrize(
    ("characters", "size", "pieces"),
    [
        ("日", 2, ("日",)),
        ("日本", 2, ("日本",)),
        ("日本語", 2, ("日本", "本語")),
        ("กขค", 3, ("กขค",)),
        ("กขคง", 3, ("กขค", "ขคง")),
        ("กข", 3, ("กข",)),
    ],
)
def test_a_run_is_divided_into_pieces_that_overlap(
    characters: str, size: int, pieces: tuple[str, ...]
) -> None:
    assert split_run(characters, size) == pieces
