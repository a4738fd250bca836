"""The site's search: an index in every locale, and a worker that keeps to the policy."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from mkdocs.exceptions import ConfigurationError

from hexapla.mkdocs_adapter.searching import read_stemmer
from hexapla.security_policy import write_policy
from tests.site.conftest import QuietHandler
from tests.site.small_site import LOCALES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ASK = """async ([site, base, text, locale]) => {
  const worker = new Worker(`${site}assets/hexapla/search/worker.js`, { type: "module" });
  const told = [];
  const answer = await new Promise((resolve) => {
    worker.onerror = (event) => resolve({ type: "failed", message: event.message });
    worker.onmessage = ({ data }) => {
      told.push(data.stage);
      if (data.type === "failed" || data.type === "results") resolve(data);
      if (data.stage !== "all" || data.type !== "ready") return;
      worker.postMessage({ type: "query", id: 1, text, product: "", limit: 10, offset: 0 });
    };
    worker.postMessage({ type: "open", base, locale, source: "en-US" });
  });
  worker.terminate();
  return { ...answer, told };
}"""


def get_root(locale: str) -> str:
    return "" if locale == LOCALES[0] else f"{locale}/"


def read_index(site: Path, locale: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Read a locale's manifest, titles, and all passages as text."""
    folder = site / get_root(locale) / "hexapla-search"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    titles = json.loads(zlib.decompress((folder / manifest["titles"]).read_bytes(), -15))
    passages = sorted(folder.glob("passages-*.bin"))
    return (
        manifest,
        titles,
        "".join(zlib.decompress(path.read_bytes(), -15).decode() for path in passages),
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_has_an_index_of_its_own_texts(small_site: Path, locale: str) -> None:
    manifest, titles, passages = read_index(small_site, locale)
    links = {*titles["links"], *(link for link, _, _ in titles["fallbacks"])}
    assert {"sync/", "sync-a-picture/", "chat/broken/"} <= links
    assert "" not in links, "a home page is no answer"
    assert manifest["topics"] == len(links)
    assert ("zebrafink." in passages, "zebrafinch" in passages) == (
        locale == "sv-SE",
        locale == "en-US",
    )
    source = small_site / get_root(locale) / "hexapla-search" / manifest["sourceFolder"]
    assert source.resolve() == (small_site / "hexapla-search").resolve()


def test_titles_are_the_headings_and_the_front_matters(small_site: Path) -> None:
    _, titles, _ = read_index(small_site, "sv-SE")
    names = dict(zip(titles["links"], titles["titles"], strict=True))
    assert names["sync/"] == ["Sync everything sv-SE", "Title of the front matter sv-SE"]
    assert names["sync-a-picture/"] == ["Synka en bild"]


def test_fallbacks_are_marked_with_their_language(small_site: Path) -> None:
    _, titles, _ = read_index(small_site, "sr-Latn-RS")
    assert ["sync/", "en-US"] in [[link, tag] for link, _, tag in titles["fallbacks"]]


def test_pages_that_are_no_articles_are_not_found(small_site: Path) -> None:
    _, titles, _ = read_index(small_site, "en-US")
    assert not [link for link in titles["links"] if link.startswith(("products/", "status"))]


@pytest.mark.parametrize("locale", ["sv-SE", "ar-SA"])
def test_topics_have_their_product(site: Path, locale: str) -> None:
    _, titles, _ = read_index(site, locale)
    products = [titles["products"][number] for number in titles["product"]]
    assert dict(zip(titles["links"], products, strict=True))["help/files/share-a-folder/"] == "files"


def test_passages_have_no_marks_of_ours(site: Path) -> None:
    _, _, passages = read_index(site, "nb-NO")
    assert "Den blir liggende der i 30 dager" in passages
    assert "hexapla-" not in passages
    assert "¶" not in passages


def test_the_stemmers_are_there_with_their_origin(small_site: Path) -> None:
    folder = small_site / "assets/hexapla/search/stemmers"
    names = {path.name for path in folder.iterdir()}
    assert names >= {"porter.js", "swedish.js", "arabic.js", "serbian.js"}
    assert (folder / "porter.js").read_text("utf-8").startswith("/*! stemmer 2.")
    assert (folder / "swedish.js").read_text("utf-8").startswith("/*! @orama/stemmers 3.")


def test_missing_stemmers_end_the_build_with_a_hint(tmp_path: Path) -> None:
    config: Any = SimpleNamespace(
        config_file_path=str(tmp_path / "mkdocs.yml"), theme=SimpleNamespace(custom_dir=str(tmp_path))
    )
    with pytest.raises(ConfigurationError, match="`make site` installs it"):
        read_stemmer("swedish", config)


class StrictHandler(QuietHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", write_policy([]))
        super().end_headers()


@pytest.fixture(scope="module")
def address(small_site: Path) -> Iterator[str]:
    handler = partial(StrictHandler, directory=str(small_site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{small_site.name}/"
        server.shutdown()
        thread.join()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("locale", "text", "link"),
    [
        ("en-US", "picture syncing", "sync-a-picture/"),
        ("sv-SE", "bilder", "sync-a-picture/"),
        ("sv-SE", "zebrafinkar", "sync-a-picture/"),
        ("sr-Latn-RS", "zebrafinches", "sync-a-picture/"),
        ("ar-SA", "هنا", "chat/only-here/"),
        ("ja-JP", "broken", "chat/broken/"),
    ],
)
def test_the_worker_answers_under_the_policy(
    browser: Browser, address: str, locale: str, text: str, link: str
) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}{get_root(locale)}sync/")
    base = f"{address}{get_root(locale)}hexapla-search/"
    answer = page.evaluate(ASK, [address, base, text, locale])
    page.close()
    assert faults == []
    assert answer["type"] == "results", answer
    assert answer["told"][:2] == ["titles", "all"]
    assert answer["items"][0]["link"] == link


@pytest.mark.browser
def test_a_missing_index_is_told(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}sync/")
    answer = page.evaluate(ASK, [address, f"{address}nowhere/", "x", "en-US"])
    page.close()
    assert (answer["type"], answer["message"]) == ("failed", "404 File not found")
