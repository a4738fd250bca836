"""Facts: what the whole site needs to know of each page's bundle, found out once for all locales.

They depend on the bundle's own files and on the topic's deliveries alone; so they are remembered,
and found out again only where one of these has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
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
from hexapla.mkdocs_adapter.source_files import decode_text
from hexapla.mkdocs_adapter.topics import find_topic
from hexapla.model import Topic
from hexapla.normalizing import Setting
from hexapla.page_edits import read_edits
from hexapla.planning import find_target
from hexapla.storage import Repository, read_limited
from hexapla.subjects import Subject, read_subject
from hexapla.surveying import survey_topic

_KEPT = frozenset({0, 7})
"""The parts that each locale asks for; the others would fill the memory."""


class Packed(Sequence[Any]):
    """The parts of facts as they are remembered, each as JSON that is read when it is needed.

    Args:
        texts: The parts.
    """

    __slots__ = ("_values", "texts")

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._values: dict[int, Any] = {}

    def __getitem__(self, index: Any) -> Any:
        text = self.texts[index]
        if len(text) == 2:  # most parts of most facts are empty
            return [] if text == "[]" else {}
        if index not in _KEPT:
            return json.loads(text)
        if index not in self._values:
            self._values[index] = json.loads(text)
        return self._values[index]

    def __len__(self) -> int:
        return len(self.texts)


class Facts:
    """What is known of a bundle, or of a topic that has none.

    Args:
        texts: Its parts as they are remembered.
    """

    __slots__ = ("key", "packed")

    def __init__(self, texts: Sequence[str]) -> None:
        self.packed = Packed(texts)
        self.key: str = self.packed[0]
        """A digest of the files that this was found in, and of what locks say of its pages."""

    @property
    def has_topic(self) -> bool:
        """Whether it has deliveries."""
        return self.packed.texts[1] != _NOTHING

    @property
    def topic(self) -> Topic | None:
        """Its deliveries."""
        return unpack(Topic, self.packed[1]) if self.has_topic else None

    @property
    def has_subject(self) -> bool:
        """Whether it has a source that is a topic's."""
        return self.packed.texts[2] != _NOTHING

    @property
    def subject(self) -> Subject | None:
        """What its source says; None for a page that is no topic, such as a home page."""
        if not self.has_subject:
            return None
        identifier, title, text, metadata, day, links = self.packed[2]  # faster than `unpack`
        values = {key: tuple(found) for key, found in metadata.items()}
        return Subject(identifier, title, text, values, day, frozenset(links))

    @property
    def listed(self) -> dict[str, bool]:
        """Path of a page → whether search engines may list it."""
        return self.packed[3]  # type: ignore[no-any-return]

    @property
    def aliases(self) -> list[str]:
        """Its former paths."""
        return self.packed[4]  # type: ignore[no-any-return]

    @property
    def standing(self) -> Surveyed | None:
        """How its translations stand."""
        return unpack(Surveyed, self.packed[5]) if self.packed.texts[5] != _NOTHING else None

    @property
    def originals(self) -> dict[str, str]:
        """Path in the site of a file of originals → blob id."""
        return self.packed[6]  # type: ignore[no-any-return]

    @property
    def marks(self) -> dict[str, str]:
        """Locale → a digest of what its page shows of its original."""
        return self.packed[7]  # type: ignore[no-any-return]

    @property
    def edited(self) -> list[str]:
        """Locales whose page a writer has changed since it was delivered."""
        return self.packed[8]  # type: ignore[no-any-return]

    @property
    def withdrawn(self) -> list[str]:
        """Paths of its pages whose article is delivered no longer."""
        return self.packed[9]  # type: ignore[no-any-return]


PARTS = 10
"""How many parts facts have."""

_NOTHING = "null"


PackedTopic = list[Any]
"""A topic as it is remembered."""

PackedOriginal = str
"""What a page needs of its original, as JSON."""

_LIMIT = 2**31


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
        parts = [
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
        return Facts([render_json(part) for part in parts]), originals

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
            text = decode_text(pages[path])
        except ValueError:
            return None  # MkDocs says what is wrong with it
        return read_subject(topic, text, self.bundles.merge_metadata(norm))

    def _list_aliases(self, norm: str) -> tuple[str, ...]:
        """List the former paths that a bundle's own metadata names."""
        path = self.bundles.metadata_paths.get(find_target(norm))
        aliases: Any = self.bundles.read_shared(path).get("aliases") if path else None
        found = aliases if isinstance(aliases, list) else [aliases] if aliases else []
        return tuple(str(alias) for alias in found)
