"""Plain front matter means what PyYAML makes of it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from hexapla.plain_metadata import read_plain_metadata

PLAIN = {
    "title: Share a folder\n": {"title": "Share a folder"},
    "ms.date: 03/08/2021\nROBOTS: NOINDEX, NOFOLLOW \n": {
        "ms.date": "03/08/2021",
        "ROBOTS": "NOINDEX, NOFOLLOW",
    },
    "ms.locfileid: \"51823229\"\nb: 'it: #is'  \n": {"ms.locfileid": "51823229", "b": "it: #is"},
    "empty:\nspaces:   \n": {"empty": None, "spaces": None},
    "a: one\na: two\n": {"a": "two"},
    "a: C#\nb: 10:30 pm\nc: http://x.example/#y\n": {
        "a": "C#",
        "b": "10:30 pm",
        "c": "http://x.example/#y",
    },
    "a:\n- b\n- '1'\n-   \"2: 3\" \nc: d\n": {"a": ["b", "1", "2: 3"], "c": "d"},
    "a:\n- b\na:\n": {"a": None},
    "title: Größe – 大きさ (beta) [x] {y}, z\n": {"title": "Größe – 大きさ (beta) [x] {y}, z"},
}

OTHER = (
    "",
    "\n",
    "a: 1\n",
    "a: 2021-03-08\n",
    "a: yes\n",
    "no: a\n",
    "a: null\n",
    "a: 1.5\n",
    "a: b: c\n",
    "a: b:\n",
    "a: b #c\n",
    "- b\n",
    "a: b\n- c\n",
    'a: ""\n- c\n',
    "a:\n-\n",
    "a:\n- 1\n",
    "a:\n- b: c\n",
    "a:\n- - b\n",
    "a:\n-b\n",
    "a:\n  - b\n",
    "a:\n  b: c\n",
    "a: |\n  text\n",
    "a: [b]\n",
    "a: *b\n",
    'a: "b\\n"\n',
    "a: 'it''s'\n",
    "a: b\n  c\n",
    "a: b\u2028c: d\n",
    "a: b\tc\n",
    "a:b\n",
    "# comment\n",
    "a: b\r\n",
)

TEXTS = st.lists(
    st.tuples(
        st.sampled_from(("a", "ms.date", "no", "y", "null", "A_b-c", "1", "-", "- b", "")),
        st.sampled_from((": ", ":", ":  ", " : ", " ", "")),
        st.one_of(
            st.text("ab 01:#-'\"[]{}|>&*!%@`,\\/.\té\xa0\u2028\x85", max_size=8),
            st.sampled_from(("yes", "0x1F", "1e3", "12:30", "2021-1-1", "~", "1_000", "on")),
        ),
        st.sampled_from(("\n", "\n", "\n", "\n\n", "\r\n")),
    ).map("".join),
    max_size=4,
).map("".join)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_metadata_is_read(text: str) -> None:
    assert read_plain_metadata(text) == PLAIN[text] == yaml.safe_load(text)


@pytest.mark.parametrize("text", OTHER)
def test_all_else_is_left_to_yaml(text: str) -> None:
    assert read_plain_metadata(text) is None


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_what_is_read_is_what_yaml_says(text: str) -> None:
    found = read_plain_metadata(text)
    if found is not None:
        assert found == yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        assert list(found) == list(yaml.safe_load(text))
