"""A source file is proven by its hash, whichever way its front matter was written."""

import hashlib

import pytest

from hexapla.proof import hash_source, prove_source

ENTRIES = {
    "title": "title: Dela\n",
    "ms.topic": "ms.topic: article\n",
    "ms.custom": 'ms.custom:\n- "1828"\n- "9000231"\n',
    "ms.locfileid": 'ms.locfileid: "47798070"\n',
}
BODY = "# Share 100%\n\nText.\n"
SOURCES = (
    '---\ntitle: "Share 100%"\nms.topic: article\nms.custom:\n- "1828"\n- "9000231"\n---\n',
    "---\ntitle: Share 100%\nms.topic: article\nms.custom:\n- 1828\n- 9000231\n---\n",
    '---\ntitle: "Share 100%"\nms.topic: article\nms.custom: \n- 1828\n- 9000231\n---\n\n',
)


def test_a_revision_is_the_hash_of_the_file_with_windows_line_ends() -> None:
    assert hash_source("a\nå\n") == hashlib.sha1("a\r\nå\r\n".encode()).hexdigest()


@pytest.mark.parametrize("front", SOURCES)
def test_a_source_is_found_by_its_hash(front: str) -> None:
    revision = hash_source(front + BODY)
    assert prove_source(ENTRIES, ["other", BODY], "Share 100%", revision) == front + BODY


def test_another_body_proves_nothing() -> None:
    revision = hash_source(SOURCES[0] + BODY + "More.\n")
    assert prove_source(ENTRIES, [BODY], "Share 100%", revision) is None


@pytest.mark.parametrize("key", ["description", "keywords"])
def test_with_translated_keys_nothing_can_be_proven(key: str) -> None:
    entries = {**ENTRIES, key: f"{key}: Dela\n"}
    assert prove_source(entries, [BODY], "Share 100%", hash_source(SOURCES[0] + BODY)) is None


def test_without_a_title_nothing_can_be_proven() -> None:
    revision = hash_source(SOURCES[0] + BODY)
    assert prove_source({}, [BODY], "Share 100%", revision) is None
    assert prove_source(ENTRIES, [BODY], "", revision) is None
