"""Terms are found in whichever file they are, loaded at once or when they are asked for."""

from __future__ import annotations

import json
import random
import zlib
from pathlib import Path

import pytest

from hexapla.search.assembling import MANIFEST, SHARD_SIZE, assemble_index
from hexapla.search.records import Page, analyse_page
from tests.search.node import run_in_node

LETTERS = "abcdefghijklmnopqrstuvwxyzå学ж"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An index of many terms, each in one page only, and the page of each term."""
    chance = random.Random(3)
    pages: dict[str, str] = {}
    records = []
    for number in range(400):
        words = ["".join(chance.choices(LETTERS, k=chance.randint(6, 14))) for _ in range(70)]
        pages |= dict.fromkeys(words, f"topic-{number}/")
        html = f"<p>{' '.join(words)}</p>"
        records.append(analyse_page(Page(f"topic-{number}/", ("Topic",), "", "vi-VN", html)))
    folder = tmp_path_factory.mktemp("index")
    for name, content in assemble_index("vi-VN", "vi-VN", records).items():
        (folder / name).write_bytes(content)
    return folder, pages


@pytest.mark.parametrize("is_large", [False, True], ids=["at once", "when asked for"])
def test_terms_are_found_in_every_shard(index: tuple[Path, dict[str, str]], is_large: bool) -> None:
    folder, pages = index
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    texts = json.loads(zlib.decompress((folder / manifest["texts"]).read_bytes(), -15))
    firsts = [first for first, _, _ in texts["shards"]]
    assert len(firsts) > 2
    assert all(size < 2 * SHARD_SIZE for _, _, size in texts["shards"])
    plain = sorted(word for word in pages if word.isascii())
    words = random.Random(4).sample(plain, 30) + [first for first in firsts if first in pages]
    queries = [{"text": f"{word} "} for word in words]
    job = {"do": "query", "base": f"{folder}/", "queries": queries, "isLarge": is_large}
    answers = run_in_node(job)[len(words) :]
    found = {
        word: answer["items"][0]["link"] if answer["items"] else ""
        for word, answer in zip(words, answers, strict=True)
    }
    assert found == {word: pages[word] for word in words}
