"""Moves: the former paths that bundles name, read when somebody asks for a missing address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError

from hexapla.errors import StorageError
from hexapla.storage import read_limited

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.site import Site

_LIMIT = 2**22


def read_all_aliases(site: Site) -> list[tuple[str, str, Any]]:
    """Read the former paths of all topics: topic, path of its shared metadata, paths.

    Few name any: only their metadata is parsed.
    """
    found: list[tuple[str, str, Any]] = []
    docs = Path(site.config.docs_dir)
    for folder, path in sorted(site.bundles.metadata_paths.items()):
        try:
            if b"aliases" not in read_limited(docs / path, _LIMIT):
                continue
            aliases = site.bundles.read_shared(path).get("aliases")
        except (StorageError, PluginError):
            continue  # its own page says what is wrong
        if aliases:
            named = aliases if isinstance(aliases, list) else [aliases]
            found.append((folder, path, [str(alias) for alias in named]))
    return found
