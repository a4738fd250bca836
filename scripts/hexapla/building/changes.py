"""Changes: what differs from what the last build has seen, and from what it left behind."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hexapla.building.listings import Listing
from hexapla.building.memory import Memory
from hexapla.building.tools import digest_tools
from hexapla.git_versions import find_head
from hexapla.storage import Signature, hash_blob, read_limited, sign_file, sign_tree

INPUTS = "inputs"
OUTPUTS = "outputs"
STATE = "state"

_LIMIT = 2**33

Roots = dict[str, str]
"""What a site is made from: name → folder or file, relative to the repository."""

ROOTS: Roots = {
    "docs": "docs",
    "locales": "locales",
    "overrides": "overrides",
    "mkdocs.yml": "mkdocs.yml",
}
"""The roots of a repository that no build has seen."""


@dataclass(slots=True)
class Changes:
    """What there is now, compared with the last build."""

    roots: Roots
    """What was looked at."""
    inputs: Listing
    """What the site is made from: ``docs/help/start/index.md``."""
    differing: set[str]
    """The inputs that are new, gone or have other bytes."""
    outputs: Listing
    """What the site has, as the last build has left it."""
    present: frozenset[str]
    """All files in the site's folder."""
    damaged: set[str]
    """The outputs that are gone or have other bytes."""
    environment: str
    """A digest of the tools."""
    head: str
    """The commit that is checked out; empty where there is none."""
    state: dict[str, Any]
    """What the last build said of itself; empty where there was none, or it did not end."""

    @property
    def is_nothing(self) -> bool:
        """Say whether there is nothing to do."""
        return (
            bool(self.state)
            and not self.differing
            and not self.damaged
            and self.present == frozenset(self.outputs)
            and self.state.get("environment") == self.environment
            and self.state.get("head") == self.head
        )


def look(root: Path, memory: Memory, roots: Roots | None = None) -> Changes:
    """Compare a repository with what the last build has seen.

    Args:
        root: The repository.
        memory: What builds remember.
        roots: What to look at; None: what the last build did.

    Raises:
        StorageError: An input cannot be read.
    """
    state = memory.recall(STATE) or {}
    roots = roots or state.get("roots") or ROOTS
    looked_at = time.time_ns()
    inputs = Listing(memory.recall_bytes(INPUTS))
    signatures = sign_roots(root, roots)
    differing = inputs.update(
        signatures, lambda path: read_blob(find_input(root, roots, path)), looked_at
    )
    site = root / state.get("site", "site")
    outputs = Listing(memory.recall_bytes(OUTPUTS))
    signatures = sign_tree(site)
    present = frozenset(name for name in signatures if not name.startswith("."))
    known = {path: signatures[path] for path in outputs if path in signatures}
    touched, _ = outputs.find_changes(known)
    expected = {path: outputs.find_blob(path) for path in outputs}
    damaged = {path for path in expected if path not in known}
    for path in touched:
        blob = read_blob(site / path)
        if blob == expected[path]:
            outputs.add(path, known[path], blob, looked_at)
        else:
            damaged.add(path)
    configuration = read_limited(root / "mkdocs.yml", _LIMIT).decode("utf-8", "replace")
    return Changes(
        roots,
        inputs,
        differing,
        outputs,
        present,
        damaged,
        digest_tools(configuration),
        find_head(root),
        state,
    )


def sign_roots(root: Path, roots: Mapping[str, str]) -> dict[str, Signature]:
    """Sign all files below some roots, named after them."""
    found: dict[str, Signature] = {}
    for name, path in roots.items():
        signature = sign_file(root / path)
        if signature is not None:
            found[name] = signature
            continue
        for below, signature in sign_tree(root / path).items():
            found[f"{name}/{below}"] = signature
    return found


def find_input(root: Path, roots: Mapping[str, str], path: str) -> Path:
    """Give the place of an input."""
    if path in roots:
        return root / roots[path]
    name, _, below = path.partition("/")
    return root / roots[name] / below


def read_blob(path: Path) -> str:
    """Read a file's blob id."""
    return hash_blob(read_limited(path, _LIMIT))
