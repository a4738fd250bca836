"""Titles: those of other pages that a page shows, as exact as they can be had quickly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any

from hexapla.building.memory import Memory
from hexapla.listing import Listed
from hexapla.mkdocs_adapter.building.documents import Document
from hexapla.mkdocs_adapter.building.records import Records, read_records
from hexapla.mkdocs_adapter.topics import find_topic
from hexapla.navigation import Plan
from hexapla.storage import hash_blob
from hexapla.subjects import read_subject


class Titles(Mapping[str, Listed]):
    """Topic → what lists say of it in one locale, found out when it is asked for.

    The title is that of the page as it was rendered here, else as a build has rendered the same
    text, else the first heading as it stands in the text.

    Args:
        documents: The locale's pages.
        plan: The navigation.
        memory: What builds remember.
        locale: The locale.
    """

    def __init__(
        self, documents: Mapping[str, Document], plan: Plan, memory: Memory, locale: str
    ) -> None:
        topics = {find_topic(found.norm_src_uri): found for found in documents.values()}
        self._documents = {topic: topics[topic] for topic in plan.subjects if topic in topics}
        self._plan = plan
        self._memory = memory
        self._locale = locale
        self._records: Records | None = None
        self._known: dict[str, tuple[str, str]] = {}

    def __contains__(self, topic: object) -> bool:
        return topic in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def __getitem__(self, topic: str) -> Listed:
        document, subject = self._documents[topic], self._plan.subjects[topic]
        title = self.find_title(document, topic) or subject.title
        return Listed(topic, title, document.url, document.locale, subject.day)

    def learn(self, document: Any, title: str, name: str) -> None:
        """Learn the title of a page that was rendered, as text and as HTML."""
        self._known[document.src_uri] = title, name

    def forget(self, path: str) -> None:
        """Forget the title of a page."""
        self._known.pop(path, None)

    def find_title(self, document: Document, topic: str) -> str:
        """Find a page's title, as text."""
        return self._find(document, topic)[0]

    def find_name(self, document: Document, topic: str) -> str:
        """Find a page's title, as HTML."""
        return self._find(document, topic)[1]

    def _find(self, document: Document, topic: str) -> tuple[str, str]:
        path = document.src_uri
        if path not in self._known:
            self._known[path] = self._read(document, topic)
        return self._known[path]

    def _read(self, document: Document, topic: str) -> tuple[str, str]:
        """Read a page's title out of what a build remembers, or out of its file."""
        try:
            data = document.content_bytes
        except OSError:
            return "", ""
        if self._records is None:
            self._records = read_records(self._memory, self._locale)
        record = self._records.pages.get(document.src_uri)
        if record is not None and record.key.partition(" ")[0] == hash_blob(data):
            return record.title, record.name
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        title = unescape(read_subject(topic, text, {}).title)
        return title, escape(title, quote=False)
