"""Bases: what was delivered for a page before, which a new delivery is merged against.

The locks have the blob ids of what was delivered and of the page that was written from it. The
deliveries are looked up, in the tree, in the store below ``.hexapla/`` and in git, and normalized
again: their page has the units, too. Where that gives another text than was written, since
normalizing has changed, the page itself is looked up in git. Where that is not there, the text
that is given now counts: what is different for it is taken for a writer's, which loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from hexapla.deliveries import split_folder
from hexapla.delivery_store import DeliveryStore
from hexapla.git import read_blobs
from hexapla.lock import NOTHING, UNSETTLED, Line
from hexapla.merging import Version, annotate_page
from hexapla.model import Delivered, Page, Topic
from hexapla.normalizing import Reading, Setting, build_bundle
from hexapla.parsing import MAXIMUM_SIZE, parse_article
from hexapla.paths import is_article
from hexapla.planning import Memory, derive_output, find_target
from hexapla.revisions import order_of
from hexapla.storage import Repository, hash_blob


@dataclass(slots=True)
class Bases:
    """Finds what was delivered before."""

    repository: Repository
    """Where to look."""
    memory: Memory
    """What the locks remember."""
    setting: Setting
    """What normalizing needs to know."""
    by_topic: dict[str, list[Line]] | None = None
    """Topic → the lines of its articles; made when it is needed first."""

    def find_version(
        self, topic: Topic, path: str, written: str, current: Mapping[str, bytes]
    ) -> Version | None:
        """Find the page that was delivered before.

        Args:
            topic: The topic.
            path: The page, under ``docs/``.
            written: The blob id of what was written there.
            current: Delivered path → bytes, as they are now.

        Returns:
            The page with its units; None where it is not known.
        """
        lines = self._list_lines(topic)
        guessed = self._guess_lines(topic, {line.path for line in lines})
        readings, is_complete = self.read_articles([*lines, *guessed], current)
        pages = build_bundle(topic, readings, self.setting).pages if readings else ()
        page = next((page for page in pages if page.path == path), None)
        text = page.text if page is not None else None
        if text is None or hash_blob(text.encode()) != written:
            found = read_blobs(self.repository.root, [written], 2 * MAXIMUM_SIZE).get(written)
            exact = _decode(found)
            text = exact if exact is not None else text if is_complete and not guessed else None
        if text is None:
            return None
        shown = page or Page(path, "", text)
        return annotate_page(
            Page(path, shown.locale, text), topic.identifier, readings, self.setting
        )

    def read_articles(
        self, lines: Sequence[Line], current: Mapping[str, bytes]
    ) -> tuple[list[Reading], bool]:
        """Read articles as they were delivered before.

        Returns:
            The articles, and whether all were found.
        """
        found = dict(self.find_deliveries(lines, current))
        readings = []
        for line in lines:
            folder, _, name = line.path.partition("/")
            delivered = Delivered(*split_folder(folder), line.path, name)
            if line.path in found:
                data = found[line.path]
                article, _ = parse_article(data, delivered.locale, f"locales/{line.path}")
                readings.append(Reading(delivered, article, order_of(article)))
        return readings, len(readings) == len(lines)

    def find_deliveries(
        self, lines: Iterable[Line], current: Mapping[str, bytes]
    ) -> dict[str, bytes]:
        """Find the bytes that were delivered before: path → bytes."""
        store = DeliveryStore(self.repository)
        found: dict[str, bytes] = {}
        missing: dict[str, str] = {}
        for line in lines:
            data = current.get(line.path)
            if data is None or hash_blob(data) != line.delivered:
                data = store.find(line.path, line.delivered)
            if data is not None:
                found[line.path] = data
            elif line.delivered not in {NOTHING, UNSETTLED}:
                missing[line.path] = line.delivered
        blobs = read_blobs(self.repository.root, missing.values(), MAXIMUM_SIZE)
        found |= {path: blobs[blob] for path, blob in missing.items() if blob in blobs}
        return found

    def _list_lines(self, topic: Topic) -> list[Line]:
        """List what the locks remember of a topic's articles."""
        if self.by_topic is None:
            self.by_topic = {}
            for line in self.memory.delivered.values():
                if (identifier := self._find_topic(line)) is not None:
                    self.by_topic.setdefault(identifier, []).append(line)
        lines = {line.path: line for line in self.by_topic.get(topic.identifier, [])}
        for article in topic.articles:
            if article.path in self.memory.delivered:
                lines.setdefault(article.path, self.memory.delivered[article.path])
        return [lines[path] for path in sorted(lines)]

    def _guess_lines(self, topic: Topic, known: Set[str]) -> list[Line]:
        """Give what was delivered last of articles that were withdrawn and are there again.

        That it is what the page was written from is proven by the page, or it does not count.
        """
        store = DeliveryStore(self.repository)
        return [
            Line(article.path, found[0], NOTHING)
            for article in topic.articles
            if article.path not in known and (found := next(store.find_all(article.path), None))
        ]

    def _find_topic(self, line: Line) -> str | None:
        """Give the id of the topic that an article has by its path."""
        folder, _, name = line.path.partition("/")
        page = derive_output(
            Delivered(*split_folder(folder), line.path, name), self.setting.source_locale
        )
        return find_target(page) if page is not None and is_article(name) else None


def _decode(data: bytes | None) -> str | None:
    """Read a text that was written to a page."""
    try:
        return data.decode() if data is not None else None
    except UnicodeDecodeError:
        return None
