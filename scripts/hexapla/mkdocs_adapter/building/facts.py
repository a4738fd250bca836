"""Facts: what the whole site needs to know of each page's bundle, found out once for all locales.

They depend on the bundle's own files and on the topic's deliveries alone; so they are remembered,
and found out again only where one of these has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hexapla.aligning import align_topic
from hexapla.building.codec import pack, unpack
from hexapla.building.memory import digest_texts, render_json
from hexapla.building.outputs import SiteWriter
from hexapla.delivered_topics import read_topic
from hexapla.figures import Surveyed
from hexapla.mkdocs_adapter.article import ArticlePart
from hexapla.mkdocs_adapter.building.documents import DocumentBundles
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.topics import find_topic
from hexapla.model import Topic
from hexapla.normalizing import Setting
from hexapla.page_edits import read_edits
from hexapla.planning import find_target
from hexapla.storage import Repository, read_limited
from hexapla.subjects import Subject, read_subject
from hexapla.surveying import survey_topic


class Facts:
    """What is known of a bundle, or of a topic that has none.

    Args:
        packed: It as it is remembered; the larger parts are made of it only where they are needed.
    """

    __slots__ = ("packed",)

    def __init__(self, packed: list[Any]) -> None:
        self.packed = packed

    @property
    def key(self) -> str:
        """A digest of the files that this was found in, and of what locks say of its pages."""
        return str(self.packed[0])

    @property
    def topic(self) -> Topic | None:
        """Its deliveries."""
        return unpack(Topic, self.packed[1]) if self.packed[1] else None

    @property
    def subject(self) -> Subject | None:
        """What its source says; None for a page that is no topic, such as a home page."""
        return unpack(Subject, self.packed[2]) if self.packed[2] else None

    @property
    def listed(self) -> dict[str, bool]:
        """Path of a page → whether search engines may list it."""
        return dict(self.packed[3])

    @property
    def aliases(self) -> list[str]:
        """Its former paths."""
        return list(self.packed[4])

    @property
    def standing(self) -> Surveyed | None:
        """How its translations stand."""
        return unpack(Surveyed, self.packed[5]) if self.packed[5] else None

    @property
    def originals(self) -> dict[str, str]:
        """Path in the site of a file of originals → blob id."""
        return dict(self.packed[6])

    @property
    def marks(self) -> dict[str, str]:
        """Locale → a digest of what its page shows of its original."""
        return dict(self.packed[7])

    @property
    def edited(self) -> list[str]:
        """Locales whose page a writer has changed since it was delivered."""
        return list(self.packed[8])

    @property
    def withdrawn(self) -> list[str]:
        """Paths of its pages whose article is delivered no longer."""
        return list(self.packed[9])


PackedTopic = list[Any]
"""A topic as it is remembered."""

PackedOriginal = str
"""What a page needs of its original, as JSON."""

_LIMIT = 2**31

PARTS = (str, list, list, dict, list, list, dict, dict, list, list)
"""The types of the parts of facts; some may be missing."""


def read_facts(value: Any) -> Facts | None:
    """Take what is remembered for facts; None where it is none."""
    if not isinstance(value, list) or len(value) != len(PARTS):
        return None
    fits = (isinstance(part, kind | None) for part, kind in zip(value, PARTS, strict=True))
    return Facts(value) if all(fits) else None


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds facts.

    It is shared by processes; each reads what its own part of the topics needs.
    """

    repository: Repository
    """Where the deliveries are."""
    docs: str
    """The folder of the pages."""
    setting: Setting
    """How they are read."""
    bundles: DocumentBundles
    """The pages."""
    find_blob: Callable[[str], str]
    """Gives the blob id of a file under docs/; empty where there is none."""
    article: ArticlePart
    """What aligns a topic's articles."""
    publishing: PublishingPart
    """What decides on listing."""
    writer: SiteWriter
    """What writes files of originals."""

    def find(
        self, norm: str, key: str, packed_topic: PackedTopic | None
    ) -> tuple[Facts, dict[str, PackedOriginal]]:
        """Find the facts of a bundle, and the originals of its pages: locale → original.

        Args:
            norm: The path of its page, without a locale; of a topic without one, its id.
            key: The digest of its files.
            packed_topic: Its deliveries.
        """
        topic: Topic | None = unpack(Topic, packed_topic) if packed_topic else None
        paths = self.bundles.paths.get(norm, {})
        surveyed = None
        edits: dict[str, str] = {}
        originals: dict[str, PackedOriginal] = {}
        written: dict[str, str] = {}
        if topic is not None:
            readings = read_topic(self.repository, topic)
            aligned = align_topic(readings, self.setting.source_locale)
            edits = read_edits(
                self.repository,
                topic,
                self.article.bases,
                self.setting.source_locale,
                self.find_blob,
            )
            surveyed = survey_topic(topic, readings, self.setting, edits, aligned[0])
            found = self.article.align_readings(readings, edits, aligned)
            originals = {locale: render_json(pack(original)) for locale, original in found.items()}
            written = {path: self.writer.files[path] for path in self.article.write_files()}
        pages = {path: self._read_page(path) for path in paths.values()}
        packed = [
            key,
            packed_topic,
            pack(self._read_subject(norm, paths, pages)),
            self.publishing.judge_listed(pages),
            list(self._list_aliases(norm)),
            pack(surveyed),
            written,
            {locale: digest_texts([original]) for locale, original in originals.items()},
            sorted(edits),
            sorted(self.article.withdrawn & set(paths.values())),
        ]
        return Facts(packed), originals

    def _read_page(self, path: str) -> bytes:
        """Read a page of the bundle."""
        return read_limited(f"{self.docs}/{path}", _LIMIT)

    def _read_subject(
        self, norm: str, paths: Mapping[str, str], pages: Mapping[str, bytes]
    ) -> Subject | None:
        """Read the source of a topic; where there is none, the first locale that has one."""
        topic = find_topic(norm)
        order = [self.bundles.source, *self.bundles.locales]
        path = next((paths[locale] for locale in order if locale in paths), None)
        if not topic or path is None:
            return None
        try:
            text = pages[path].decode("utf-8-sig")
        except ValueError:
            return None  # MkDocs says what is wrong with it
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # as MkDocs reads it
        return read_subject(topic, text, self.bundles.merge_metadata(norm))

    def _list_aliases(self, norm: str) -> tuple[str, ...]:
        """List the former paths that a bundle's own metadata names."""
        path = self.bundles.metadata_paths.get(find_target(norm))
        aliases: Any = self.bundles.read_shared(path).get("aliases") if path else None
        found = aliases if isinstance(aliases, list) else [aliases] if aliases else []
        return tuple(str(alias) for alias in found)
