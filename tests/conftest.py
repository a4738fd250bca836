"""What every test may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")

# Without these Chromium asks its maker's hosts for updates and the like at every start.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's root folder."""
    return ROOT


def find_chromium() -> str | None:
    """Return the program of a Chromium, if there is one."""
    names = filter(None, (os.environ.get("HEXAPLA_CHROMIUM"), *CHROMIUMS))
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium of the system's."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium here: `make test` installs it, or says how")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=[*QUIET, *(["--no-sandbox"] if is_root else [])]
        )
        yield chromium
        chromium.close()
