"""Queries that the search is measured with."""

from __future__ import annotations

from pathlib import Path

from benchmarks.search.queries import (
    find_titles,
    make_codes,
    make_english,
    make_former,
    make_typing_errors,
)
from benchmarks.search.rating import Answer, rate_answers

ARTICLE = '---\ntitle: "{}"\n---\n# {} {{#here}}\n\n{}\n'


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def write_docs(folder: Path) -> Path:
    files = {
        "help/a/index.md": ARTICLE.format("Start", "How to start", "Error 0xC004B100, or 5.7.1."),
        "help/a/index.sv-SE.md": ARTICLE.format("Start", "Så startar du", "Fel 0xC004B100."),
        "help/b/index.md": ARTICLE.format("Stop", "Stop", "See 5.7.1 and [x](y/0xFFFF.md)."),
        "index.md": "# Home\n",
    }
    return write(folder, files)


def test_titles_are_front_matter_and_heading() -> None:
    assert find_titles(ARTICLE.format("One", "Two", "")) == ["One", "Two"]
    unit = '<span data-ttu-id="1">Titel<span class="sxs-lookup"><span>Title</span></span></span>'
    assert find_titles(f"---\ntitle: {unit}\n---\n") == ["Titel"]


def test_english_titles_are_asked_for(tmp_path: Path) -> None:
    queries = make_english(write_docs(tmp_path), "en-US", 10)
    assert queries == {"help/a.md": "Start", "help/b.md": "Stop"}


def test_codes_have_one_answer(tmp_path: Path) -> None:
    queries = make_codes(write_docs(tmp_path), "sv-SE", "en-US", 10)
    assert queries == {"help/a.md": "0xc004b100"}


def test_former_titles_are_those_that_changed(tmp_path: Path) -> None:
    older = write(tmp_path / "older", {"help/a.md": ARTICLE.format("Börja", "Börja", "")})
    docs = write_docs(tmp_path / "docs")
    assert make_former(docs, "sv-SE", "en-US", older, 10) == {"help/a.md": "Börja"}
    same = write(tmp_path / "same", {"help/a.md": ARTICLE.format("Så  startar du!", "", "")})
    assert make_former(docs, "sv-SE", "en-US", same, 10) == {}


def test_one_error_is_in_the_longest_word() -> None:
    queries = {"a.md": "find the password", "b.md": "a bit"}
    wrong = make_typing_errors(queries)
    assert wrong == make_typing_errors(queries)
    assert wrong.keys() == {"a.md"}
    assert wrong["a.md"].startswith("find the ")
    assert wrong["a.md"] != queries["a.md"]


def test_answers_are_rated_by_the_place_of_the_page() -> None:
    answers = {
        "a.md": Answer(["a/", "b/"], 1.0),
        "b.md": Answer(["a/", "b/"], 2.0),
        "c.md": Answer(["a/"], 3.0),
    }
    rate = rate_answers(answers)
    assert (rate.queries, rate.reciprocal, rate.first, rate.median) == (3, 0.5, 1 / 3, 2.0)
    assert rate.five == 2 / 3
