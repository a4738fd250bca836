"""Publishing: what search engines, other sites and feed readers learn of each page."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname
from typing import Any
from urllib.parse import urljoin, urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from hexapla.git import read_change_days
from hexapla.mkdocs_adapter.parts import Part
from hexapla.mkdocs_adapter.publishing_options import PublishingOptions
from hexapla.mkdocs_adapter.shown_text import read_shown
from hexapla.publishing.addresses import join_address
from hexapla.publishing.feeds import (
    JSON_NAME,
    RSS_NAME,
    Channel,
    Item,
    choose_items,
    read_day,
    write_json_feed,
    write_rss,
)
from hexapla.publishing.robots import decide_robots, is_indexed
from hexapla.publishing.sitemaps import Address, write_index, write_sitemaps

log = logging.getLogger("mkdocs.plugins.hexapla")

FRONT_KEYS = re.compile(r"^(robots|ms\.translationtype)[ \t]*:[ \t]*(.*?)[ \t]*$", re.I | re.M)
"""What says of a page of another locale whether it is listed."""


class PublishingPart(Part):
    """Addresses for machines: alternates, robots, Open Graph, sitemaps, feeds."""

    listed: Mapping[str, bool] | None = None
    """Path of a page → whether search engines may list it, where that is known without reading."""

    def start(self, config: MkDocsConfig) -> None:
        """Begin a locale; the sitemaps are ours, and not the theme's."""
        config.theme.static_templates.discard("sitemap.xml")
        self.addresses: list[Address] = []
        self.items: list[Item] = []
        if self.plugin.is_source:
            self.sitemaps: list[str] = []
            self.days: dict[str, str] | None = None
            self.files: dict[str, File] = {}
            self.found: dict[str, bool] = {}
            if not config.site_url:
                log.info(
                    "site_url is not set: without it there are no hreflang links, canonical links,"
                    " sitemaps and feeds, which need full addresses (HEXAPLA_SITE_URL sets it)"
                )
        config.extra["hexapla"] |= {
            "feeds": bool(config.site_url),
            "root_address": self.get_root(config),
        }

    def see_files(self, files: Files, config: MkDocsConfig) -> None:
        """Keep i18n's template of a sitemap from being copied, which it is where none is made."""
        if (template := files.src_uris.get("sitemap.xml")) is not None:
            template.inclusion = InclusionLevel.EXCLUDED

    def get_root(self, config: MkDocsConfig) -> str:
        """Give the full address of the locale's root; empty where none is known."""
        if not config.site_url:
            return ""
        return str(urljoin(config.site_url, config.extra["hexapla"]["root"]))

    def change_content(self, html: str, page: Page, files: Files) -> str:
        """Let the marks in an original's headings speak the original's language."""
        text_locale = self.plugin.get_text_locale(page)
        if text_locale == self.plugin.locale:
            return html
        said = self.plugin.get_strings(self.plugin.locale)["permalink"]
        meant = self.plugin.get_strings(text_locale)["permalink"]
        return html.replace(f'title="{escape(said)}"', f'title="{escape(meant)}"')

    def tell_template(self, context: TemplateContext, page: Page, config: MkDocsConfig) -> None:
        """Tell the head of the page what machines want to know, and remember the page."""
        extra: Any = context
        is_fallback = extra.get("fallback") is not None
        robots = self.decide(page.meta, is_fallback=is_fallback)
        listed = self.list_alternates(extra, page, config)
        extra["robots"] = robots
        extra["translations"] = listed
        extra["open_graph"] = self.describe(page, listed)
        if not config.site_url or is_fallback or not is_indexed(robots):
            return
        location = join_address(config.site_url, page.url)
        day = self.find_day(page, config)
        alternates = listed if self.options.sitemap_alternates else {}
        self.addresses.append(Address(location, day, alternates))
        if day and "/" in page.file.src_uri:
            title = read_shown(page.title or "")
            summary = str(page.meta.get("description") or "")
            self.items.append(Item(location, title, summary, day))

    @property
    def options(self) -> PublishingOptions:
        """What mkdocs.yml says of publishing."""
        found: PublishingOptions = self.plugin.config.publishing
        return found

    def decide(self, metadata: Any, *, is_fallback: bool = False) -> str:
        """Decide what a page tells search engines."""
        return decide_robots(
            metadata,
            setting=self.options.robots,
            machine_translated=self.options.machine_translated,
            is_fallback=is_fallback,
        )

    def list_alternates(
        self, context: dict[str, Any], page: Page, config: MkDocsConfig
    ) -> dict[str, str]:
        """List the full addresses of the page's translations that search engines may list."""
        if not config.site_url:
            return {}
        alternates = getattr(page.file, "alternates", {})
        listed = {
            locale: location
            for locale, location in context.get("translations", {}).items()
            if locale != "x-default" and self.is_listed(alternates.get(locale))
        }
        if self.plugin.source in listed:
            listed["x-default"] = listed[self.plugin.source]
        return listed

    def is_listed(self, alternate: Any) -> bool:
        """Say whether search engines may list a page of another locale, by its front matter."""
        if alternate is None:
            return True
        if self.listed is not None:
            return self.listed.get(alternate.src_uri, True)
        if not self.files:
            self.files = {
                file.src_uri: file
                for files in self.plugin.bundles.pages.values()
                for file in files.values()
            }
        path = alternate.src_uri
        if path not in self.found:
            self.found[path] = path not in self.files or self.read_listed(self.files[path])
        return self.found[path]

    def read_listed(self, file: File) -> bool:
        """Read whether search engines may list a page out of its file."""
        path = file.src_uri
        return not file.abs_src_path or self.judge_listed({path: file.content_bytes})[path]

    def judge_listed(self, pages: Mapping[str, bytes]) -> dict[str, bool]:
        """Say whether search engines may list pages: path of each → answer.

        Args:
            pages: Path → content. Pages of one folder say the same of it, as a rule.
        """
        found: dict[str, bool] = {}
        known: dict[tuple[str, tuple[tuple[str, str], ...]], bool] = {}
        for path, data in pages.items():
            front = data[:20_000].partition(b"\n---")[0].decode("utf-8", "replace")
            kind = dirname(path), tuple(FRONT_KEYS.findall(front))
            if kind not in known:
                own = {key.lower(): value.strip("'\"") for key, value in kind[1]}
                shared = self.plugin.bundles.merge_metadata(path)
                known[kind] = is_indexed(self.decide(shared | own))
            found[path] = known[kind]
        return found

    def describe(self, page: Page, listed: dict[str, str]) -> dict[str, Any]:
        """Describe a page as Open Graph does; its locales are written with underscores."""
        text_locale = self.plugin.get_text_locale(page)
        others = [locale for locale in listed if locale not in {"x-default", text_locale}]
        return {
            "type": "article" if "/" in page.file.src_uri else "website",
            "title": read_shown(page.meta.get("title") or page.title or ""),
            "description": str(page.meta.get("description") or ""),
            "url": page.canonical_url or "",
            "locale": write_underscored(text_locale),
            "alternates": [write_underscored(locale) for locale in others],
        }

    def find_day(self, page: Page, config: MkDocsConfig) -> str:
        """Find the day of a page's last change: its hand-off, its own date, or git's."""
        for key in ("ms.lasthandoff", "ms.date"):
            if day := read_day(page.meta.get(key)):
                return day
        if self.days is None:
            self.days = read_change_days(Path(config.docs_dir))
        return self.days.get(page.file.src_uri, "")

    def finish(self, config: MkDocsConfig) -> None:
        """Write the locale's sitemaps and feeds."""
        if not config.site_url:
            return
        locale = self.plugin.locale
        for number, text in enumerate(write_sitemaps(self.addresses), 1):
            name = f"sitemap-{locale}{f'-{number}' if number > 1 else ''}.xml"
            self.sitemaps.append(name)
            self.plugin.write(name, text.encode())
        strings = self.plugin.get_strings(locale)
        root = self.get_root(config)
        title = f"{config.site_name}: {strings['feed.title']}"
        channel = Channel(title, root, root, locale)
        items = choose_items(self.items, self.options.feed_length)
        folder = config.extra["hexapla"]["root"]
        self.plugin.write(folder + RSS_NAME, write_rss(channel, items).encode())
        self.plugin.write(folder + JSON_NAME, write_json_feed(channel, items).encode())

    def finish_site(self, config: MkDocsConfig) -> None:
        """Write the index of all sitemaps, and name it where crawlers look: at a host's root."""
        if not config.site_url:
            return
        locations = [urljoin(config.site_url, name) for name in self.sitemaps]
        self.plugin.write("sitemap.xml", write_index(locations).encode())
        if urlsplit(config.site_url).path in {"", "/"}:
            index = urljoin(config.site_url, "sitemap.xml")
            text = f"User-agent: *\nAllow: /\nSitemap: {index}\n"
            self.plugin.write("robots.txt", text.encode())


def write_underscored(locale: str) -> str:
    """Write a tag as Open Graph does, language and territory: `sr_RS` for `sr-Latn-RS`."""
    parts = [part for part in locale.split("-") if len(part) != 4]
    return "_".join(parts)
