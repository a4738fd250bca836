"""Sites built once, served on this machine, and a browser to look at them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml

from hexapla.security_policy import write_policy
from tests.site.small_site import SMALL_SITE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = "help"
"""Sites are served in a folder, so that a link to the host's root is seen to be wrong."""

SITE_URL = "https://help.example/help/"
"""Where the sites say they are published; no test asks it for anything."""

class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep the tests' output clean."""


def build_site(root: Path, docs: Path, target: Path, site_url: str = SITE_URL) -> Path:
    """Build docs with the project's own mkdocs.yml; fail with what MkDocs says."""
    configuration = target / "mkdocs.yml"
    configuration.write_text(
        yaml.safe_dump(
            {
                "INHERIT": str(root / "mkdocs.yml"),
                "docs_dir": str(docs),
                "theme": {"custom_dir": str(root / "overrides")},
            }
        ),
        encoding="utf-8",
    )
    site = target / FOLDER
    options = ["--strict", "--config-file", str(configuration), "--site-dir", str(site)]
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "--quiet", "build", *options],
        env=os.environ
        | {
            "HEXAPLA_SITE_URL": site_url,
            "NO_MKDOCS_2_WARNING": "true",
            "SOURCE_DATE_EPOCH": "0",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return site


def read_search_index(root: Path) -> str:
    """Read all that the search knows of a locale's own pages."""
    files = sorted((root / "hexapla-search").glob("*.bin"))
    return "\n".join(zlib.decompress(file.read_bytes(), -15).decode(errors="replace") for file in files)


@pytest.fixture(scope="session")
def small_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of tests/site/small_site.py."""
    target = tmp_path_factory.mktemp("small")
    docs = target / "docs"
    for path, content in SMALL_SITE.items():
        file = docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return build_site(root, docs, target)


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the checkout's own docs/."""
    if not any((root / "docs").rglob("*/index*.md")):
        pytest.skip("docs/ has no topics yet: run `make site`, which writes them from locales/")
    return build_site(root, root / "docs", tmp_path_factory.mktemp("site"))


def serve(site: Path, kind: type[QuietHandler] = QuietHandler) -> Iterator[str]:
    """Serve a site on this machine; yield the address of its home."""
    handler = partial(kind, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{FOLDER}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def small_home(small_site: Path) -> Iterator[str]:
    """The address of the small site's home."""
    yield from serve(small_site)


@pytest.fixture(scope="session")
def home(site: Path) -> Iterator[str]:
    """The address of the home of the checkout's own site."""
    yield from serve(site)




WORKER = Path(__file__).parent / "fixtures/search_worker.js"
"""Stands for the search's engine, whose results are then known."""

OpenSearch = Callable[..., "Page"]


class StrictHandler(QuietHandler):
    """Serves a site under the policy of SECURITY.md."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", write_policy())
        super().end_headers()


@pytest.fixture(scope="session")
def strict_home(site: Path) -> Iterator[str]:
    """The address of the home of the checkout's own site, which keeps to its policy."""
    yield from serve(site, StrictHandler)


def replace_worker(context: Any, fault: str = "") -> None:
    """Put the worker of the tests into the place of the search's own."""
    text = WORKER.read_text(encoding="utf-8").replace('FAULT = ""', f'FAULT = "{fault}"')
    context.route(
        "**/hexapla/search/worker.js",
        lambda route: route.fulfill(body=text, content_type="text/javascript"),
    )


@pytest.fixture
def open_search(browser: Browser, strict_home: str) -> Iterator[OpenSearch]:
    """Open pages that must log no error, open no dialog and ask no other host for anything."""
    contexts = []
    faults: list[str] = []

    def refuse(dialog: Any) -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    def hear(request: Any) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            faults.append(request.url)

    def open_page(path: str, fault: str = "", **options: Any) -> Page:
        options = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | options
        context = browser.new_context(**options)
        contexts.append(context)
        replace_worker(context, fault)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", refuse)
        page.on("request", hear)
        page.goto(strict_home + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
