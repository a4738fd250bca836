"""The project's own site, each page rendered as MkDocs does and from what was learned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.site.small_site import LOCALES


@pytest.fixture(scope="module")
def counted(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What was counted, per locale."""
    site = tmp_path_factory.mktemp("both") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "tests.site.both_ways", str(root / "mkdocs.yml"), str(site)],
        cwd=root,
        env=os.environ
        | {"HEXAPLA_SITE_URL": "https://help.example/help/", "NO_MKDOCS_2_WARNING": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_page_of_every_locale_is_the_same(counted: list[dict[str, Any]]) -> None:
    assert len(counted) == len(LOCALES)
    assert all(locale["pages"] > 20 for locale in counted)
    assert [locale["unlike"] for locale in counted] == [[]] * len(LOCALES)


def test_our_templates_can_all_be_learned(counted: list[dict[str, Any]]) -> None:
    assert [locale["reasons"] for locale in counted] == [{}] * len(LOCALES)
    assert all(locale["filled"] > locale["plain"] for locale in counted)
