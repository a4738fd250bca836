"""Ask the engines of a built site in a real Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.search.queries import Queries
from benchmarks.search.rating import Answer, find_link
from benchmarks.search.serving import Line, serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

DRIVERS = Path(__file__).with_name("drivers.js")
ENGINES = ("hexapla", "material", "pagefind")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")

SLOW_BITS = 1_600_000
SLOW_DELAY = 0.15


@dataclass(frozen=True, slots=True)
class First:
    """What the first results cost."""

    bytes: int
    """Sent before they came, as hosts compress them."""
    seconds: float
    """Over a slow line, from the first key, with nothing in the browser's cache."""


@contextmanager
def open_page(address: str) -> Iterator[Page]:
    """Open a page in a new Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    found = os.environ.get("HEXAPLA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            page = browser.new_page()
            page.set_default_timeout(300_000)
            page.goto(address)
            page.add_script_tag(path=str(DRIVERS))
            yield page
        finally:
            browser.close()


def prepare_pagefind(site: Path) -> None:
    """Let Pagefind make its index of the site, unless it has."""
    if not (site / "pagefind/pagefind.js").exists():
        subprocess.run([sys.executable, "-m", "pagefind", "--site", site], check=True)


def list_links(site: Path, root: str) -> set[str]:
    """List the addresses of a locale's pages, relative to its root."""
    folder = site / root
    return {f"{path.parent.relative_to(folder).as_posix()}/" for path in folder.rglob("index.html")}


def tell_driver(site: Path, address: str, root: str) -> dict[str, Any]:
    """Tell a driver where things are."""
    worker = next(site.glob("assets/javascripts/workers/search.*.min.js"), None)
    return {
        "site": address,
        "root": address + root,
        "locale": root.rstrip("/"),
        "source": "",
        "worker": worker.relative_to(site).as_posix() if worker else "",
    }


def ask_engine(
    site: Path, root: str, engine: str, sets: Mapping[str, Queries]
) -> dict[str, dict[str, Answer]]:
    """Ask an engine all queries whose page the site has, in one page of the locale."""
    known = list_links(site, root)
    with serve(site) as (address, _), open_page(f"{address}{root}") as page:
        told = tell_driver(site, address, root)
        asked = {
            name: {path: text for path, text in queries.items() if find_link(path) in known}
            for name, queries in sets.items()
        }
        texts = [text for queries in asked.values() for text in queries.values()]
        script = "([engine, told, texts]) => askAll(engine, told, texts)"
        found = iter(page.evaluate(script, [engine, told, texts]))
        return {
            name: {
                path: Answer(one["links"], one["ms"])
                for path, one in zip(queries, found, strict=False)
            }
            for name, queries in asked.items()
        }


def measure_first(site: Path, root: str, engine: str, text: str) -> First:
    """Measure what the first results cost: bytes, and seconds over a slow line."""
    with serve(site) as (address, line), open_page(f"{address}{root}") as page:
        told = tell_driver(site, address, root) | {"isFirst": True}
        line.forget()
        line.slow_down(SLOW_BITS, SLOW_DELAY)
        seconds = _time_first(page, engine, told, text)
        sent = line.bytes
        line.slow_down(0, 0)
    return First(sent, seconds)


def _time_first(page: Page, engine: str, told: dict[str, Any], text: str) -> float:
    script = """async ([engine, told, text]) => {
      const begin = performance.now();
      const [answer] = await askAll(engine, told, [text]);
      if (!answer.links.length) throw new Error("nothing was found");
      return (performance.now() - begin) / 1000;
    }"""
    return float(page.evaluate(script, [engine, told, text]))


def measure_blocking(site: Path, root: str, text: str) -> float:
    """Type a query into the site's own box; give the longest task of the page, in milliseconds."""
    with serve(site) as (address, _), open_page(f"{address}{root}") as page:
        page.wait_for_load_state("networkidle")
        page.evaluate(
            """() => {
              window.tasks = [];
              new PerformanceObserver((list) => window.tasks.push(
                ...list.getEntries().map((entry) => entry.duration)
              )).observe({ type: "longtask" });
            }"""
        )
        box = page.locator(".md-search__input").first
        box.click()
        box.press_sequentially(text, delay=60)
        page.wait_for_timeout(3000)
        return float(page.evaluate("Math.max(0, ...window.tasks)"))


__all__ = ["ENGINES", "First", "Line", "ask_engine", "measure_blocking", "measure_first"]
