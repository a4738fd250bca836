"""The end of a build: the new site replaces the old one, and what was made is remembered."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hexapla.building.changes import STATE
from hexapla.building.codec import pack
from hexapla.building.folders import YOUNG
from hexapla.building.looking import join, list_above
from hexapla.building.outputs import SiteWriter, remove_files, replace_files
from hexapla.mkdocs_adapter.article import ORIGINALS
from hexapla.mkdocs_adapter.building.configuration import shorten
from hexapla.mkdocs_adapter.building.locale_keys import remember_page_digests
from hexapla.mkdocs_adapter.building.messages import Messages
from hexapla.mkdocs_adapter.building.restating import Restated
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.storage import list_files, list_folder, sign_folder, sign_names

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter.building.locale_reading import Built
    from hexapla.mkdocs_adapter.building.site import Site

Sums = Mapping[str, Mapping[str, Any]]
"""Locale → what is remembered of its site as a whole: key, files, sitemaps, messages, pages."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a build ended."""

    pages: int
    """Pages of the site."""
    messages: Messages
    """What was said of them, this time or when they were last rendered."""
    written: int
    """Files written that belong to no locale, and status pages that were restated."""
    size: int
    """Their bytes."""
    removed: int
    """Files removed."""


def end_build(
    site: Site,
    built: Mapping[str, Built],
    before: Sums,
    keys: Mapping[str, str],
    restated: Restated,
    *,
    is_part: bool,
) -> Ended:
    """End a build.

    Args:
        site: The site.
        built: The locales that were built.
        before: What was remembered of each locale.
        keys: Locale → digest of everything that its site depends on, but the figures.
        restated: The status pages of others.
        is_part: Whether there are locales that nobody has looked at.

    Raises:
        StorageError: The disk is full or read-only.
    """
    sums = {locale: sum_up(site, done, keys[locale]) for locale, done in built.items()}
    sums |= {
        locale: {**before[locale], "stated": pack(stated)}
        for locale, stated in restated.pages.items()
    }
    now = {**before, **sums}
    writer = write_shared(site, now)
    files = {**restated.files, **writer.files}
    for done in built.values():
        files |= done.files
    quick = is_quick(site)
    for norm in (site.find_touched() or ()) if quick else site.facts:
        files |= site.facts[norm].originals
    changed = replace_staged(site)
    stale: set[str] = set()
    if not is_part:
        stale = find_left(site, built, files) if quick else find_stale(site, built, files)
    remove_files(site.site_folder, site.workspace, stale)
    messages = [text for locale in site.locales for text in now[locale].get("messages", [])]
    pages = sum(value.get("pages", 0) for value in now.values())
    shards = remember_outputs(site, files, changed | stale)
    remember_locales(site, built, sums)
    state = {"pages": pages, "messages": messages, "outputs": shards, "shared": [*writer.files]}
    remember_state(site, state, is_part=is_part)
    site.clear()
    written, size = len(writer.written) + restated.written, writer.size + restated.size
    return Ended(pages, messages, written, size, len(stale))


def sum_up(site: Site, done: Built, key: str) -> dict[str, Any]:
    """Give what is remembered of a locale's site as a whole."""
    return {
        "key": key,
        "environment": site.environment,
        "sitemaps": done.sitemaps,
        "messages": done.messages,
        "pages": done.pages,
        "stated": pack(done.stated),
    }


def write_shared(site: Site, now: Sums) -> SiteWriter:
    """Write what belongs to no locale."""
    writer = site.make_writer("shared")
    site.plugin.write = writer.write
    publishing: PublishingPart = site.part(PublishingPart)
    publishing.sitemaps = [
        name for locale in site.locales for name in now[locale].get("sitemaps", [])
    ]
    for part in site.plugin.parts:
        part.finish_site(site.config)
    return writer


def replace_staged(site: Site) -> set[str]:
    """Let what was staged replace the files of the site; give their paths."""
    names = {path.partition("/")[0] for path in list_files(site.stage)}
    replaced: set[str] = set()
    for name in sorted(names):
        staged = list_files(site.stage / name)
        replace_files(site.site_folder, site.stage / name, site.workspace, staged)
        replaced |= staged
    return replaced


def is_quick(site: Site) -> bool:
    """Say whether nothing but some bundles' pages has changed since the last build ended well."""
    changes, touched = site.changes, site.find_touched()
    return (
        changes.state.get("shared_by_pages") == site.environment
        and changes.site.is_intact
        and changes.before.names == changes.now.names
        and touched is not None
        and touched <= site.replaced.keys()
    )


def find_stale(site: Site, built: Collection[str], files: Mapping[str, str]) -> set[str]:
    """Find the files that no longer belong to the site.

    Args:
        site: The site.
        built: The locales that were built.
        files: The files that belong to them, and to no locale.
    """
    kept = set(files)
    for locale in set(site.locales).difference(built):
        kept.update(recall_files(site, locale))
    return {*site.changes.site.extra, *site.changes.outputs} - kept


def find_left(site: Site, built: Collection[str], files: Mapping[str, str]) -> set[str]:
    """Find them where only what these locales had before can be left."""
    former = {*site.changes.site.extra, *site.changes.state["shared"]}
    for locale in built:
        former.update(recall_files(site, locale))
    for facts in site.replaced.values():
        former.update(facts.originals)
    left = former.difference(files)
    if left and site.source not in built:
        left.difference_update(recall_files(site, site.source))
    if any(path.startswith(ORIGINALS) for path in left):  # topics may have the same
        left.difference_update(*(facts.originals for facts in site.facts.values()))
    return left


def recall_files(site: Site, locale: str) -> list[str]:
    """Recall the paths of a locale's files."""
    return site.memory.recall(f"files/{locale}") or []


def remember_outputs(site: Site, files: Mapping[str, str], changed: Collection[str]) -> list[str]:
    """Remember how the build has left the files of the site; give the names of the shards."""
    looked_at = time.time_ns()
    outputs, folders = site.changes.outputs, set()
    for path in changed:
        if path not in files:
            outputs.discard(path)
            folders.add(path.rpartition("/")[0])
    for path, blob in files.items():
        if path in changed or site.intact.get(path) != blob:
            signature = sign_names(f"{site.site_folder}/", [path])[0]
            if signature:
                outputs.add(path, signature, blob, looked_at)
                folders.add(path.rpartition("/")[0])
    sign_folders(site, folders, looked_at)
    outputs.remember()
    return outputs.list_shards()


def sign_folders(site: Site, folders: Collection[str], looked_at: int) -> None:
    """Sign the folders of the site where something was written, if they have nothing else."""
    outputs, root = site.changes.outputs, site.site_folder.resolve()
    above = {path for folder in folders for path in list_above(folder)} | {""}
    for folder in sorted(above.union(folders), reverse=True):  # first those that are in others
        place = f"{root}/{folder}".rstrip("/")
        signature = sign_folder(place)
        if not signature:
            outputs.discard_folder(folder)
            continue
        names, below = list_folder(place)
        listed = outputs.make_folder(folder)
        is_known = set(names) == set(listed.names) and all(
            outputs.find_folder(join(folder, name)) is not None for name in below
        )
        outputs.sign_folder(folder, signature if is_known else YOUNG, looked_at)


def remember_locales(site: Site, built: Mapping[str, Built], sums: Sums) -> None:
    """Remember the pages of the locales: only now, when the site has them."""
    memory = site.memory
    for name in site.new.list_names():
        memory.remember_bytes(name, site.new.recall_bytes(name))
    for locale, done in built.items():
        memory.remember(f"files/{locale}", sorted(done.files))
    for locale, value in sums.items():
        memory.remember(f"built/{locale}", value)
    for name in memory.list_names():
        folder, _, locale = name.partition("/")
        if folder in {"built", "files", "pages"} and locale not in site.locales:
            memory.forget(name)


def remember_state(site: Site, state: Mapping[str, Any], *, is_part: bool) -> None:
    """Remember what was looked at; what says that all is well comes last."""
    changes, memory = site.changes, site.memory
    remember_page_digests(site)
    changes.inputs.remember()
    if is_part:
        memory.forget(STATE)
        return
    looked_at: dict[str, Any] = {
        "shared_by_pages": site.environment,
        "environment": changes.environment,
        "head": changes.head,
        "roots": changes.roots,
        "site": shorten(site.repository.root, site.site_folder),
    }
    memory.remember(STATE, {**looked_at, **state})
