"""Changes: what differs from what the last build has seen, and from what it left behind."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from hexapla.building.aside import Aside
from hexapla.building.listings import Listing
from hexapla.building.looking import Look, Seen
from hexapla.building.memory import Memory
from hexapla.building.tools import digest_tools
from hexapla.errors import StorageError
from hexapla.git_versions import find_head
from hexapla.storage import has_folder, hash_blob, read_limited, sign_names

INPUTS = "inputs"
OUTPUTS = "outputs"
STATE = "state"

DOCS = "docs/"
LOCALES = "locales/"
"""What the names of the shards begin with that list pages and deliveries."""

_SHARDS = 16
"""Of the pages, of the deliveries."""
_SITE_SHARDS = 64
_FEW = 1500
"""Pages, or files to be read, that one process has looked at sooner than another has started."""
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


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What is not as the last build has left it."""

    damaged: frozenset[str] = frozenset()
    """The outputs that are gone or have other bytes."""
    missing: frozenset[str] = frozenset()
    """Those of them that are gone."""
    extra: frozenset[str] = frozenset()
    """Files in the site that are no outputs."""
    is_whole: bool = True
    """Whether all is remembered of how the site was left."""

    @property
    def is_intact(self) -> bool:
        """Whether all outputs are known to be as they were left."""
        return self.is_whole and not self.damaged


@dataclass(frozen=True, slots=True)
class Digests:
    """What tells all pages and deliveries from others."""

    names: str = ""
    """A digest of their paths."""
    content: str = ""
    """A digest of their paths and bytes."""


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
    seen: SiteChanges | Aside[SiteChanges]
    """What it has not, or otherwise, as far as that is known yet."""
    environment: str
    """A digest of the tools."""
    head: str
    """The commit that is checked out; empty where there is none."""
    state: dict[str, Any]
    """What the last build said of itself; empty where there was none, or it did not end."""
    before: Digests = Digests()
    """The inputs that the last build has seen."""
    now: Digests = Digests()
    """The inputs that there are."""

    @property
    def site(self) -> SiteChanges:
        """What the site has not, or otherwise; this waits for who is looking."""
        if isinstance(self.seen, Aside):
            seen = self.seen.take()
            self.seen = seen if self.state else replace(seen, is_whole=False)
        return self.seen

    def wait(self) -> None:
        """Wait for who is looking at the site, before other processes are forked or it is written.

        They could not wait for it, and what is looked at so late is no longer as it was.
        """
        self.seen = self.site

    @property
    def is_nothing(self) -> bool:
        """Say whether there is nothing to do."""
        return (
            bool(self.state)
            and not self.differing
            and self.state.get("environment") == self.environment
            and self.state.get("head") == self.head
            and self.site.is_intact
            and not self.site.extra
        )

    def is_present(self, path: str) -> bool:
        """Say whether the site has a file, whatever is in it."""
        if path in self.site.extra:
            return True
        return path not in self.site.missing and path in self.outputs


class Intact(Mapping[str, str]):
    """Path in the site → blob id, of the files that are as a build has left them.

    Args:
        changes: What has changed since.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def __getitem__(self, path: str) -> str:
        changes = self._changes
        blob = "" if path in changes.site.damaged else changes.outputs.find_blob(path)
        if not blob:
            raise KeyError(path)
        return blob

    def __iter__(self) -> Iterator[str]:
        damaged = self._changes.site.damaged
        return (path for path in self._changes.outputs if path not in damaged)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def look(root: Path, memory: Memory, roots: Roots | None = None) -> Changes:
    """Compare a repository with what the last build has seen.

    The site is looked at in a process of its own where it is large, and not waited for.

    Args:
        root: The repository.
        memory: What builds remember.
        roots: What to look at; None: what the last build did.

    Raises:
        StorageError: An input cannot be read.
    """
    state = memory.recall(STATE) or {}
    roots = roots or state.get("roots") or ROOTS
    site, shards = (root / state.get("site", "site")).resolve(), state.get("outputs")
    aside = Aside(
        lambda: look_at_site(site, open_outputs(memory, shards)),
        is_worth_it=state.get("pages", 0) > _FEW,
    )
    inputs = open_inputs(memory)
    before = digest_inputs(inputs)
    differing = look_at_inputs(root, roots, inputs)
    configuration = read_limited(root / "mkdocs.yml", _LIMIT).decode("utf-8", "replace")
    environment, head = digest_tools(configuration), find_head(root)
    outputs, now = open_outputs(memory, shards), digest_inputs(inputs)
    return Changes(roots, inputs, differing, outputs, aside, environment, head, state, before, now)


def open_inputs(memory: Memory) -> Listing:
    """Open the listing of what the site is made from."""
    return Listing(memory, INPUTS, assign_input)


def digest_inputs(inputs: Listing) -> Digests:
    """Give digests of all pages and deliveries."""
    kinds = (inputs.digest_names, inputs.digest_content)
    names, content = ("\n".join(digest(prefix) for prefix in (DOCS, LOCALES)) for digest in kinds)
    return Digests(names, content)


def open_outputs(memory: Memory, shards: list[str] | None = None) -> Listing:
    """Open the listing of what the site has.

    Args:
        memory: What builds remember.
        shards: What the listing must consist of; None: whatever there is.
    """
    return Listing(memory, OUTPUTS, assign_output, shards)


def assign_input(folder: str) -> str:
    """Give the shard that lists a folder of inputs."""
    root = folder.partition("/")[0]
    if f"{root}/" not in {DOCS, LOCALES}:
        return "others"
    return f"{root}/{_hash(folder) % _SHARDS:x}"


def assign_output(folder: str) -> str:
    """Give the shard that lists a folder of the site: one for what is deep in one of a locale.

    What each locale has but once, such as its status page, often changes in all of them.
    """
    if folder.count("/") < 2:
        return "top"
    return f"{_hash(folder.partition('/')[0]) % _SITE_SHARDS:02x}"


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogateescape"))


def look_at_inputs(root: Path, roots: Mapping[str, str], inputs: Listing) -> set[str]:
    """Bring the listing of inputs up to date; give the paths of those that differ."""
    differing: set[str] = set()
    looked_at = time.time_ns()
    trees = {name for name, path in roots.items() if has_folder(root / path)}
    remove_others(inputs, trees, differing)
    seen = [_look_at_files(root, roots, inputs)]
    seen += [Look(inputs, name, (root / roots[name]).resolve()).compare() for name in sorted(trees)]
    paths = [path for one in seen for path in (*one.changed, *one.new)]
    blobs = read_blobs(root, roots, paths)
    for one in seen:
        update(inputs, one, blobs.__getitem__, looked_at)
    for one in seen:
        differing.update(one.changed, one.new, one.gone)
    return differing


def remove_others(inputs: Listing, trees: Collection[str], differing: set[str]) -> None:
    """Remove the folders of all trees but some from a listing; note their files."""
    for folder, found in list(inputs.list_folders()):
        if folder and folder.partition("/")[0] not in trees:
            differing.update(f"{folder}/{name}" for name in found.names)
            inputs.discard_folder(folder)


def _look_at_files(root: Path, roots: Mapping[str, str], inputs: Listing) -> Seen:
    """Compare the roots that are files."""
    listed = inputs.make_folder("").files
    found = {name: sign_names("", [str(root / path)])[0] for name, path in roots.items()}
    signed = {name: signature for name, signature in found.items() if signature}
    return Seen(
        {name: s for name, s in signed.items() if name in listed and s != listed[name][0]},
        {name: s for name, s in signed.items() if name not in listed},
        [name for name in listed if name not in signed],
    )


def update(inputs: Listing, seen: Seen, read: Callable[[str], str], looked_at: int) -> None:
    """Bring a listing up to date, and leave in what was seen only what differs.

    Args:
        inputs: The listing.
        seen: What is not as it is listed.
        read: Reads a file and gives its blob id.
        looked_at: The time in nanoseconds, before it was looked at.
    """
    for path in seen.gone:
        inputs.discard(path)
    for folder in seen.gone_folders:
        inputs.discard_folder(folder)
    for path, signature in [*seen.changed.items(), *seen.new.items()]:
        before, blob = inputs.find_blob(path), read(path)
        inputs.add(path, signature, blob, looked_at)
        if blob == before:
            del seen.changed[path]
    for folder, signature in seen.folders.items():
        inputs.sign_folder(folder, signature, looked_at)


def look_at_site(site: Path, outputs: Listing) -> SiteChanges:
    """Compare a site with what the last build has left, and remember what need not be read again.

    Raises:
        StorageError: A file cannot be read.
    """
    looked_at = time.time_ns()
    seen = Look(outputs, "", site).compare()
    damaged = set(seen.gone)
    for path, signature in seen.changed.items():
        blob = read_blob(site / path)
        if blob == outputs.find_blob(path):
            outputs.add(path, signature, blob, looked_at)
        else:
            damaged.add(path)
    dirty = {path.rpartition("/")[0] for path in (*damaged, *seen.new)}
    for folder, signature in seen.folders.items():
        listed = outputs.find_folder(folder)
        if listed is not None and folder not in dirty:
            outputs.sign_folder(folder, signature, looked_at)
    with suppress(StorageError):
        outputs.remember()
    return SiteChanges(
        frozenset(damaged), frozenset(seen.gone), frozenset(seen.new), outputs.is_whole
    )


def settle(changes: Changes) -> None:
    """Remember the inputs where nothing has changed: what was young has come of age."""
    with suppress(StorageError):
        changes.inputs.remember()


def list_others(inputs: Listing) -> Iterator[str]:
    """List the inputs that are neither pages nor deliveries."""
    for folder, found in inputs.list_folders():
        if not f"{folder}/".startswith((DOCS, LOCALES)):
            yield from (f"{folder}/{name}" if folder else name for name in found.names)


def read_blobs(root: Path, roots: Mapping[str, str], paths: Sequence[str]) -> dict[str, str]:
    """Read the blob ids of inputs, half of them in a process of its own where they are many.

    Raises:
        StorageError: One cannot be read.
    """
    places = {name: str(root / path) for name, path in roots.items()}

    def read(some: Sequence[str]) -> dict[str, str]:
        return {path: read_blob(find_place(places, path)) for path in some}

    half = len(paths) // 2 if len(paths) > _FEW else len(paths)
    aside = Aside(lambda: read(paths[half:]), is_worth_it=half < len(paths))
    return read(paths[:half]) | aside.take()


def find_place(places: Mapping[str, str], path: str) -> str:
    """Give the place of an input, by those of its roots."""
    if path in places:
        return places[path]
    name, _, below = path.partition("/")
    return f"{places[name]}/{below}"


def read_blob(path: Path | str) -> str:
    """Read a file's blob id."""
    return hash_blob(read_limited(path, _LIMIT))
