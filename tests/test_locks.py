"""The lock files install the same bytes everywhere, and name no place of their own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ("requirements.txt", "requirements-dev.txt")


def read_requirements(lock: Path) -> dict[str, str]:
    """Map each locked name to its whole entry: version, markers, hashes."""
    text = re.sub(r"(?m)^\s*#.*\n", "", lock.read_text(encoding="utf-8"))
    entries = [entry.strip() for entry in text.replace("\\\n", " ").splitlines()]
    return {re.split(r"[=<>~!\[ ;@]", entry, maxsplit=1)[0]: entry for entry in entries if entry}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_has_one_version_and_a_hash(root: Path, name: str) -> None:
    requirements = read_requirements(root / name)
    assert requirements
    bad = [
        entry
        for entry in requirements.values()
        if not re.match(r"[a-z0-9.-]+==[^ ;]+", entry) or "--hash=sha256:" not in entry
    ]
    assert bad == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_a_host_or_a_path(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    named = re.findall(r"(?m)^.*(?:://|--(?!hash=)[a-z]|^-[a-z]|/[\w.-]+/).*$", text)
    assert named == []


def test_both_locks_agree(root: Path) -> None:
    site, dev = (read_requirements(root / name) for name in LOCKS)
    assert {name: dev.get(name) for name in site} == site


def test_what_the_package_needs_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    needs = {
        "requirements.txt": project["build-system"]["requires"]
        + project["project"]["dependencies"],
        "requirements-dev.txt": project["project"]["optional-dependencies"]["dev"],
    }
    missing = [
        (lock, need)
        for lock, wanted in needs.items()
        for need in wanted
        if re.split(r"[=<>~!\[ ;]", need)[0].lower() not in read_requirements(root / lock)
    ]
    assert missing == []
