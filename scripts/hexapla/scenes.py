"""Scenes: what a file under ``docs/`` is compared with, and what is delivered for it.

While something of a file is in conflict, what it is compared with is kept beside the lock, in
``locales/<locale>.conflicts/``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hexapla.bases import Bases
from hexapla.deliveries import CONFLICTS
from hexapla.git import read_blobs
from hexapla.journal import Journal
from hexapla.lock import NOTHING
from hexapla.merging import Version, annotate_page
from hexapla.model import Page, Topic
from hexapla.normalizing import Reading
from hexapla.parsing import MAXIMUM_SIZE
from hexapla.storage import read_limited

_LOST = b"\xffnot found: "
"""What begins the place of a text that was not found: no text has its first byte."""

_BLOB = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be written under ``docs/``."""

    path: str
    """Relative to ``docs/``."""
    locale: str
    """The locale whose lock remembers it."""
    data: bytes
    """Its whole content."""
    origins: tuple[str, ...]
    """The delivered paths it comes from; none: all of the job's."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What else there is to know where a file is reconciled."""

    topic: Topic | None
    """The topic; None for an asset."""
    readings: Sequence[Reading]
    """Its articles."""
    current: Mapping[str, bytes]
    """Delivered path → bytes."""
    written: Mapping[str, str]
    """Path under ``docs/`` → blob id of what was written there last."""
    conflicts: Mapping[str, str]
    """Path under ``docs/`` → that of what it is compared with, below ``locales/``."""
    bases: Bases
    """What was delivered before."""
    journal: Journal
    """What interrupted syncs have written."""


def name_remembered(output: Output) -> str:
    """Give the path, below ``locales/``, of what a file in conflict is compared with."""
    return f"{output.locale}{CONFLICTS}/{output.path}"


Found = tuple[Version | None, str]
"""What a file is compared with, None where that is not known; and the blob id of what was written,
where it is looked for in vain."""


def read_remembered(scene: Scene, path: str) -> Found:
    """Read what a file in conflict is compared with, or look for it once more."""
    repository = scene.bases.repository
    data = read_limited(repository.locales / scene.conflicts[path], 2 * MAXIMUM_SIZE)
    lost = read_lost(data)
    if lost:
        data = read_blobs(repository.root, [lost], 2 * MAXIMUM_SIZE).get(lost, b"")
    version = read_version(data)
    return version, lost if version is None else ""


def write_lost(written: str) -> bytes:
    """Write, in place of what a file in conflict is compared with, that it was not found.

    Args:
        written: The blob id of what was written.
    """
    return _LOST + written.encode() + b"\n"


def read_lost(data: bytes) -> str:
    """Read the blob id of what was not found; empty where that is not so."""
    written = data.removeprefix(_LOST).strip().decode("ascii", "replace")
    return written if data.startswith(_LOST) and _BLOB.fullmatch(written) else ""


def read_version(data: bytes) -> Version | None:
    """Read a text that a page is compared with; None where it is empty, or none."""
    try:
        return Version(data.decode()) if data else None
    except UnicodeDecodeError:
        return None


def find_base(path: str, written: str, scene: Scene) -> Found:
    """Find what was delivered before."""
    if scene.topic is None or written == NOTHING:
        return None, ""
    version = scene.bases.find_version(scene.topic, path, written, scene.current)
    return version, written if version is None else ""


def see_delivery(output: Output, scene: Scene) -> Version:
    """Give what is delivered, with its units where it is a page."""
    try:
        text = output.data.decode()
    except UnicodeDecodeError:
        return Version("")
    if scene.topic is None:
        return Version(text)
    page = Page(output.path, output.locale, text)
    return annotate_page(page, scene.topic.identifier, scene.readings, scene.bases.setting)
