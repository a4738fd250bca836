"""The configuration that a site is built with, and the files that it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from hexapla.building.changes import Roots
from hexapla.building.inheriting import name_inherited
from hexapla.building.memory import digest
from hexapla.errors import ConfigurationError
from hexapla.mkdocs_adapter import CATALOGS
from hexapla.mkdocs_adapter.building.messages import record_messages
from hexapla.storage import hash_blob, list_files, read_limited

WHOLE_SITE = frozenset("files nav env pre_build post_build pre_template post_template".split())
"""The events of MkDocs at which a plugin sees the whole site: those that are not ours are not run
for single pages."""

KNOWN = frozenset({"i18n", "hexapla", "search", "material/search", "meta", "material/meta"})
"""The plugins whose part at these events is known."""

_LIMIT = 2**24


def read_config(root: Path) -> MkDocsConfig:
    """Read the configuration of a site.

    Raises:
        ConfigurationError: It lists everything that is wrong with it.
    """
    with record_messages() as recorder:
        try:
            config = load_config(str(root / "mkdocs.yml"))
        except (MkDocsException, OSError) as error:
            told = [text for _, _, text in recorder.take()]
            reason = "\n".join([*told, str(error)] if told else [str(error)])
            raise ConfigurationError(reason, path="mkdocs.yml") from error
    names = set(config.plugins)
    for name in ("i18n", "hexapla"):
        if name not in names:
            hint = f"list `{name}` under plugins"
            raise ConfigurationError(f"the plugin {name} is missing", path="mkdocs.yml", hint=hint)
    for name, plugin in config.plugins.items():
        seen = [event for event in sorted(WHOLE_SITE) if hasattr(plugin, f"on_{event}")]
        if name not in KNOWN and (seen := [e for e in seen if is_overridden(plugin, e)]):
            message = f"the plugin {name} looks at the whole site (on_{seen[0]})"
            hint = "hexapla build renders single pages: build this site with `mkdocs build`"
            raise ConfigurationError(message, path="mkdocs.yml", hint=hint)
    return config


def is_overridden(plugin: Any, event: str) -> bool:
    """Say whether a plugin handles an event."""
    return getattr(type(plugin), f"on_{event}", None) is not None


def find_roots(root: Path, config: MkDocsConfig) -> Roots:
    """Say what a site is made from.

    Args:
        root: The repository.
        config: The site's configuration.
    """
    named: dict[str, str | Path] = {
        "docs": config.docs_dir,
        "locales": Path(config.docs_dir).parent / "locales",
        "mkdocs.yml": root / "mkdocs.yml",
    }
    if config.theme.custom_dir:
        named["overrides"] = config.theme.custom_dir
    for number, name in enumerate(sorted(config.hooks)):
        named[f"hook-{number}"] = root / name
    named |= name_inherited(root / "mkdocs.yml")
    return {name: shorten(root, path) for name, path in named.items()}


def shorten(root: Path, path: str | Path) -> str:
    """Give a path relative to the repository, where it is in it."""
    found = Path(path)
    return str(found.relative_to(root) if found.is_relative_to(root) else found)


def digest_catalogs(config: MkDocsConfig) -> str:
    """Give a digest of the files that the interface's strings of all locales are in."""
    told: list[list[str]] = []
    for place in (Path(folder) / CATALOGS for folder in config.theme.dirs):
        names = sorted(list_files(place))
        told.append([f"{name} {hash_blob(read_limited(place / name, _LIMIT))}" for name in names])
    return digest(told)
