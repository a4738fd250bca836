"""Judging the pages of one locale: which are due, and why."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from mkdocs.structure.files import File

from hexapla.building.codec import pack
from hexapla.building.memory import digest, digest_texts
from hexapla.listing import Listed
from hexapla.mkdocs_adapter.building.documents import Document
from hexapla.mkdocs_adapter.building.locale_reading import LocaleReading, describe_target
from hexapla.mkdocs_adapter.building.records import Record
from hexapla.mkdocs_adapter.topics import TopicsPart, find_title, find_topic


class LocaleJudging(LocaleReading):
    """Says which pages of a locale are due."""

    written: dict[int, tuple[Any, str]]
    """What many pages show, and how it is written."""

    def judge_pages(self) -> dict[str, str]:
        """Say which pages are due, and why: path → reason."""
        due: dict[str, str] = {}
        has_moved = self.before.paths != self.after.paths
        for document in self.documents:
            path = document.src_uri
            record = self.before.pages.get(path)
            key = self.find_key(document)
            reason = self.judge(record, document, key, has_moved=has_moved)
            if reason:
                due[path] = reason
            if not reason and record is not None:
                self.after.pages[path] = record
            else:
                # A page of the navigation has been read already.
                self.after.pages.setdefault(path, Record(document.dest_uri, "")).key = key
        return due

    def judge(self, record: Record | None, document: File, key: str, *, has_moved: bool) -> str:
        """Say why a page is due; empty when it is not."""
        if record is None:
            return "new"
        if record.key != key:
            own, shared = key.rpartition(" ")[::2]
            is_own = record.key.rpartition(" ")[2] == shared
            return "text, metadata or deliveries" if is_own and own else "configuration or theme"
        if record.path != document.dest_uri or record.path not in self.site.intact:
            return "missing or damaged in the site"
        if any(self.site.find_blob(path) != blob for path, blob in record.reads.items()):
            return "what it takes in"
        if has_moved and any(
            describe_target(self.find_file(path)) != address
            for path, address in record.links.items()
        ):
            return "what it links to"
        return ""

    def find_key(self, document: Any) -> str:
        """Give a digest of what a page is made from: its own, and what all pages share."""
        if not isinstance(document, Document):
            return f"{digest(document.content_string)} {self.constants}"
        site, path = self.site, document.src_uri
        own = [
            site.find_blob(path),
            *map(site.find_blob, site.bundles.list_metadata(path)),
            site.find_marks(document.norm_src_uri, self.locale, document.locale),
            site.days.get(path, ""),
        ]
        return f"{' '.join(own)} {self.constants}"

    def learn_titles(self, due: dict[str, str]) -> None:
        """Learn the titles of the locale's pages: those read now, and those remembered."""
        topics: TopicsPart = self.part(TopicsPart)
        for path in due:
            page = self.by_path[path].page
            assert page is not None
            record = self.after.pages[path]
            record.title, record.name = find_title(page), str(page.title or "")
            record.template = str(page.meta.get("template") or "")
        listed: dict[str, Listed] = {}
        for document in self.documents:
            topic = find_topic(getattr(document, "norm_src_uri", document.src_uri))
            subject = topics.plan.subjects.get(topic)
            if subject is not None:
                title = self.after.pages[document.src_uri].title or subject.title
                locale = getattr(document, "locale", self.locale)
                listed[topic] = Listed(topic, title, document.url, locale, subject.day)
        topics.describer.see_titles(listed)
        self.after.frame = digest(
            pack([self.site.shared_digest, [pack(item) for item in listed.values()]])
        )

    def judge_surroundings(self, due: dict[str, str]) -> None:
        """Find the pages that show something of others that has changed."""
        is_same = self.after.frame == self.before.frame
        self.written = {}
        for document in self.documents:
            path = document.src_uri
            record = self.after.pages[path]
            if path in due:
                record.around = self.describe_surroundings(document, record)
            elif not is_same:
                around = self.describe_surroundings(document, record)
                if around != record.around:
                    due[path] = "what it shows of other pages"
                    record.around = around

    def describe_surroundings(self, document: File, record: Record) -> str:
        """Give a digest of what a page shows of others."""
        context: Any = {}
        page: Any = SimpleNamespace(file=document, meta={}, url=document.url)
        if record.template:
            page.meta["template"] = record.template
        self.part(TopicsPart).tell_template(context, page, self.config)
        topic = context.pop("hexapla_topic", None) or {"related": ()}
        context |= {"previous": topic.get("previous"), "following": topic.get("following")}
        told = [f"{name} {self.write_once(value)}" for name, value in context.items()]
        told += map(self.write_once, topic["related"])
        return digest_texts([*told, self.describe_alternates(document)])

    def write_once(self, value: Any) -> str:
        """Write what many pages show; the second time, give what was written."""
        found = self.written.get(id(value))
        if found is None:
            is_place = isinstance(value, dict) and "above" in value
            plain = value | {"above": sorted(value["above"])} if is_place else value
            found = self.written[id(value)] = value, repr(plain)
        return found[1]

    def describe_alternates(self, document: File) -> str:
        """Say in which locales there is a page, and whether search engines may list it there."""
        listed = self.site.listed
        if not isinstance(document, Document):
            return repr(getattr(document, "alternates", {}))
        norm = document.norm_src_uri
        paths = self.site.bundles.paths[norm]
        told = [f"{locale} {listed.get(path)}" for locale, path in paths.items()]
        return f"{self.site.bundles.find_address(norm)[1]} {' '.join(told)}"
