"""Facts: what the whole site needs to know of each page's bundle, found out once for all locales.

They depend on the bundle's own files and on the topic's deliveries alone; so they are remembered,
and found out again only where one of these has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hexapla.aligning import align_topic
from hexapla.building.codec import pack
from hexapla.building.memory import digest
from hexapla.building.outputs import SiteWriter
from hexapla.delivered_topics import read_topic
from hexapla.figures import Surveyed
from hexapla.mkdocs_adapter.article import ArticlePart, Original
from hexapla.mkdocs_adapter.building.documents import DocumentBundles, SourceFiles
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.topics import find_topic
from hexapla.model import Topic
from hexapla.normalizing import Setting
from hexapla.page_edits import read_edits
from hexapla.planning import find_target
from hexapla.storage import Repository
from hexapla.subjects import Subject, read_subject
from hexapla.surveying import survey_topic


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a bundle, or of a topic that has none."""

    key: str
    """A digest of the files that this was found in."""
    topic: Topic | None = None
    """Its deliveries."""
    subject: Subject | None = None
    """What its source says; None for a page that is no topic, such as a home page."""
    listed: Mapping[str, bool] = field(default_factory=dict)
    """Path of a page → whether search engines may list it."""
    aliases: tuple[str, ...] = ()
    """Its former paths."""
    standing: Surveyed | None = None
    """How its translations stand."""
    originals: Mapping[str, str] = field(default_factory=dict)
    """Name of a file of originals → blob id."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Locale → a digest of what its page shows of its original."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds facts.

    It is shared by processes; each reads what its own part of the topics needs.
    """

    repository: Repository
    """Where the deliveries are."""
    setting: Setting
    """How they are read."""
    bundles: DocumentBundles
    """The pages."""
    files: SourceFiles
    """The files under docs/."""
    article: ArticlePart
    """What aligns a topic's articles."""
    publishing: PublishingPart
    """What decides on listing."""
    writer: SiteWriter
    """What writes files of originals."""

    def find(self, norm: str, key: str, topic: Topic | None) -> tuple[Facts, dict[str, Original]]:
        """Find the facts of a bundle, and the originals of its pages.

        Args:
            norm: The path of its page, without a locale; of a topic without one, its id.
            key: The digest of its files.
            topic: Its deliveries.
        """
        paths = self.bundles.paths.get(norm, {})
        surveyed = None
        originals: dict[str, Original] = {}
        written: dict[str, str] = {}
        if topic is not None:
            readings = read_topic(self.repository, topic)
            aligned = align_topic(readings, self.setting.source_locale)
            surveyed = survey_topic(topic, readings, self.setting, alignments=aligned[0])
            edits = read_edits(
                self.repository, topic, self.article.bases, self.setting.source_locale
            )
            originals = self.article.align_readings(readings, edits, aligned)
            written = {path: self.writer.files[path] for path in self.article.write_files()}
        facts = Facts(
            key,
            topic,
            self._read_subject(norm, paths),
            {path: self.publishing.read_listed(self.files[path]) for path in paths.values()},
            self._list_aliases(norm),
            surveyed,
            written,
            {locale: digest(pack(original)) for locale, original in originals.items()},
        )
        return facts, originals

    def _read_subject(self, norm: str, paths: Mapping[str, str]) -> Subject | None:
        """Read the source of a topic; where there is none, the first locale that has one."""
        topic = find_topic(norm)
        order = [self.bundles.source, *self.bundles.locales]
        path = next((paths[locale] for locale in order if locale in paths), None)
        if not topic or path is None:
            return None
        try:
            text = self.files[path].content_string
        except (OSError, ValueError):
            return None  # MkDocs says what is wrong with it
        return read_subject(topic, text, self.bundles.merge_metadata(norm))

    def _list_aliases(self, norm: str) -> tuple[str, ...]:
        """List the former paths that a bundle's own metadata names."""
        path = self.bundles.metadata_paths.get(find_target(norm))
        aliases: Any = self.bundles.read_shared(path).get("aliases") if path else None
        found = aliases if isinstance(aliases, list) else [aliases] if aliases else []
        return tuple(str(alias) for alias in found)
