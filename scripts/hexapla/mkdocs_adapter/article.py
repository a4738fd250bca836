"""The article page: what is known of its text, the original beside it, and the other languages."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from hexapla.aligning import Aligned, Alignment, align_topic
from hexapla.delivered_topics import find_topics, read_topic
from hexapla.interface_language import get_direction
from hexapla.marking import Mark, mark_passages
from hexapla.mkdocs_adapter.bundles import Alternate
from hexapla.mkdocs_adapter.parts import Part
from hexapla.model import Article, State, Topic
from hexapla.normalizing import Reading
from hexapla.originals import Current, write_originals
from hexapla.page_edits import read_edits, read_locked_pages
from hexapla.page_status import describe_page
from hexapla.planning import find_target
from hexapla.storage import Repository
from hexapla.templating.shared import SharedDict

if TYPE_CHECKING:
    from hexapla.mkdocs_adapter import HexaplaPlugin

ORIGINALS = "assets/hexapla/originals/"
"""Where the site has the sources that pages load on demand."""

HINTS = "assets/hexapla/hints.json"
"""Where it has the hint that an article exists in the reader's language, in each language."""

HINT_KEYS = ("hint.text", "hint.close")


@dataclass(frozen=True, slots=True)
class Original:
    """What a page needs to know to have its original beside it."""

    texts: tuple[str, ...]
    """The passages to be marked, as Markdown."""
    units: tuple[str, ...]
    """Of each, the numbers of its units: ``103``, ``104 105``; empty where none is known."""
    outdated: tuple[int, ...]
    """The indexes of those whose source has changed."""
    file: str
    """The name of the file with their source."""
    state: State
    """How the page's article stands to the source."""
    revision: str
    """The current revision; empty where it is the article's own, or where there is none."""
    is_other_version: bool
    """Whether the source shown is of another revision than the article's."""
    missing: int
    """Units of the source that are new since the article's revision."""
    is_edited: bool
    """Whether a writer has changed the page since it was delivered."""


@dataclass(frozen=True, slots=True)
class Marking:
    """What was marked in a page."""

    original: Original
    """What there was to mark."""
    units: int
    """The passages that were found."""
    outdated: int
    """Those of them whose source has changed."""


class ArticlePart(Part):
    """Reads every topic's deliveries once, and marks the passages of its pages."""

    def __init__(self, plugin: HexaplaPlugin) -> None:
        super().__init__(plugin)
        self.repository: Repository | None = None
        self.topics: Mapping[str, Topic] = {}
        self.bases: Mapping[str, str] = {}
        self.withdrawn: Set[str] = frozenset()
        self.edited: Mapping[str, Container[str]] = {}
        self.originals: dict[str, dict[str, Original]] = {}
        self.unwritten: dict[str, bytes] = {}
        self.markings: dict[str, Marking] = {}
        self.alternates: dict[tuple[tuple[bool, ...], tuple[bool, ...]], SharedDict] = {}

    def start(self, config: MkDocsConfig) -> None:
        """Find the topics of the deliveries that stand beside the docs, for all locales."""
        if self.repository is None:
            self.repository = Repository(Path(config.docs_dir).parent)
            self.topics = find_topics(self.repository, self.plugin.source)
            locked = read_locked_pages(self.repository, self.plugin.source)
            self.bases, self.withdrawn = locked.bases, locked.withdrawn

    def change_content(self, html: str, page: Page, files: Files) -> str:
        """Mark the passages whose source is known, in translations."""
        locale = self.plugin.get_text_locale(page)
        if locale == self.plugin.source or locale != self.plugin.locale:
            return html
        original = self.align(find_target(page.file.src_uri)).get(locale)
        if original is None:
            return html
        html, found = mark_passages(html, list(write_marks(original)))
        outdated = len(set(found).intersection(original.outdated))
        self.markings[page.file.src_uri] = Marking(original, len(found), outdated)
        return html

    def align(self, identifier: str) -> dict[str, Original]:
        """Align a topic's translations; the second time, give what was found."""
        if identifier in self.originals:
            return self.originals[identifier]
        originals: dict[str, Original] = {}
        topic = self.topics.get(identifier)
        if topic is not None and self.repository is not None:
            edits = self.edited.get(identifier)
            if edits is None:
                edits = read_edits(self.repository, topic, self.bases, self.plugin.source)
            originals = self.align_readings(read_topic(self.repository, topic), edits)
        self.originals[identifier] = originals
        return originals

    def align_readings(
        self, readings: list[Reading], edits: Container[str], aligned: Aligned | None = None
    ) -> dict[str, Original]:
        """Align the articles of one topic: locale → what its page needs to know.

        Args:
            readings: The articles.
            edits: The locales whose page a writer has changed since it was delivered.
            aligned: How they are aligned, where that is known.
        """
        originals: dict[str, Original] = {}
        alignments, current = aligned or align_topic(readings, self.plugin.source)
        names: dict[str, str] = {}
        for locale, alignment in alignments.items():
            name = ""
            if (base := alignment.base) is not None:
                key = base.revision or base.path
                if key not in names:
                    names[key] = self.add_file(base, readings, current)
                name = names[key]
            originals[locale] = describe_original(
                alignment, name, current, is_edited=locale in edits
            )
        return originals

    def add_file(self, base: Article, readings: list[Reading], current: Current) -> str:
        """Write the file of a revision's sources; give its name."""
        same = [
            reading.article
            for reading in readings
            if reading.article.is_bilingual and reading.article.revision == base.revision
        ]
        same.sort(key=lambda article: (article.locale, article.path))
        source = self.plugin.source
        articles = same if base.revision else [base]
        name, data = write_originals(articles, current, source, get_direction(source))
        self.unwritten[name] = data
        return name

    def tell_template(self, context: TemplateContext, page: Page, config: MkDocsConfig) -> None:
        """Tell what is known of the page's text; and of the languages it can be read in."""
        extra: Any = context
        files: dict[str, Alternate] = getattr(page.file, "alternates", {})
        extra["switcher"]["shows"] = self.describe_alternates(files)
        marking = self.markings.pop(page.file.src_uri, None)
        if page.meta.get("template"):
            return  # no article's
        locale = self.plugin.get_text_locale(page)
        is_translation = locale != self.plugin.source
        source = files.get(self.plugin.source)
        extra["article"] = {
            "status": describe_page(page.meta, self.plugin.locale, is_translation=is_translation),
            "original": marking.original if marking else None,
            "aligned": marking.units if marking else 0,
            "outdated": marking is not None and marking.original.state is State.OUTDATED,
            "marked": marking.outdated if marking else 0,
            "missing": marking.original.missing if marking else 0,
            "edited": marking is not None and marking.original.is_edited,
            "withdrawn": page.file.src_uri in self.withdrawn,
            "file": f"{ORIGINALS}{marking.original.file}" if marking and marking.units else "",
            "source": source.url if source and is_translation else "",
            "source_locale": self.plugin.source,
            "source_direction": get_direction(self.plugin.source),
        }

    def describe_alternates(self, files: dict[str, Alternate]) -> SharedDict:
        """Say what a page's languages show; all pages that say the same share the description."""
        locales = self.plugin.bundles.locales
        own = tuple([locale in files and files[locale].locale == locale for locale in locales])
        any_text = tuple([locale in files for locale in locales])
        if (own, any_text) not in self.alternates:
            self.alternates[own, any_text] = SharedDict(
                {
                    locale: "article" if is_own else "original" if has_text else "home"
                    for locale, is_own, has_text in zip(locales, own, any_text, strict=True)
                }
            )
        return self.alternates[own, any_text]

    def finish(self, config: MkDocsConfig) -> None:
        """Write the originals that the locale's pages were the first to need."""
        self.write_files()

    def write_files(self) -> list[str]:
        """Write the originals that are not written yet; give their paths in the site."""
        paths = []
        while self.unwritten:
            name, data = self.unwritten.popitem()
            paths.append(f"{ORIGINALS}{name}")
            self.plugin.write(paths[-1], data)
        return paths

    def finish_site(self, config: MkDocsConfig) -> None:
        """Write the hints of all languages."""
        hints = {
            language.locale: [self.plugin.get_strings(language.locale)[key] for key in HINT_KEYS]
            for language in self.plugin.i18n.config.languages
        }
        data = json.dumps(hints, ensure_ascii=False, separators=(",", ":")).encode()
        self.plugin.write(HINTS, data)


def write_marks(original: Original) -> Iterator[Mark]:
    """Write the tags that mark each passage."""
    outdated = frozenset(original.outdated)
    for index, (text, units) in enumerate(zip(original.texts, original.units, strict=True)):
        if index in outdated:
            yield Mark(text, f'<mark class="hexapla-outdated" data-unit="{units}">', "</mark>")
        else:
            yield Mark(text, f'<span data-unit="{units}">', "</span>")


def describe_original(
    alignment: Alignment, name: str, current: Current, *, is_edited: bool
) -> Original:
    """Keep of an alignment what pages need, without the articles it was made from."""
    revision = current.revision if current.revision != alignment.article.revision else ""
    passages = alignment.passages
    return Original(
        tuple([passage.text for passage in passages]),
        tuple([" ".join(passage.units) for passage in passages]),
        tuple([i for i, passage in enumerate(passages) if passage.state is State.OUTDATED]),
        name,
        alignment.state,
        revision,
        alignment.is_other_version,
        len(alignment.missing),
        is_edited,
    )
