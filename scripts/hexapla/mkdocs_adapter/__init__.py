"""Fit the bundles, Material for MkDocs and mkdocs-static-i18n together.

The only package that knows MkDocs: a plugin, listed after `i18n` in mkdocs.yml. It does what the
stock parts cannot: a locale with a region or script has the interface of its language (stock
builds end in a missing template), pages say whose text they show, every locale has its own
search index, and a bundle's `.meta.yml` counts for that bundle alone.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cached_property
from typing import Any

import yaml
from jinja2 import TemplateNotFound
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, OptionallyRequired, SubConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from hexapla.interface_language import choose_theme_language, get_direction
from hexapla.locale_settings import check_languages
from hexapla.mkdocs_adapter.article import ArticlePart
from hexapla.mkdocs_adapter.bundles import Alternate, Bundles, Loader, find_metadata_name
from hexapla.mkdocs_adapter.content import ContentPart
from hexapla.mkdocs_adapter.content_options import ContentOptions
from hexapla.mkdocs_adapter.lone_pages import LonePagesPart
from hexapla.mkdocs_adapter.parts import Part
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.publishing_options import PublishingOptions
from hexapla.mkdocs_adapter.redirecting import RedirectPart
from hexapla.mkdocs_adapter.searching import SearchPart
from hexapla.mkdocs_adapter.searching_options import OURS, SearchOptions
from hexapla.mkdocs_adapter.topics import DEFAULT_SIZE, TopicsPart
from hexapla.publishing.addresses import join_address
from hexapla.templating.compiled import CompiledTemplates
from hexapla.theme_mending import mend_theme

CATALOGS = "interface/"
"""The folder of our interface strings, by locale, in the theme's overrides: a file per concern."""

PARTS: tuple[type[Part], ...] = (
    ContentPart,
    TopicsPart,
    PublishingPart,
    RedirectPart,
    LonePagesPart,
    SearchPart,
    ArticlePart,
)
"""What the plugin does beside choosing the interface, in order.

The search part reads content as readers get it, but before the article part, which marks passages
in it.
"""

ALERT_STYLES = {"important": "info", "caution": "danger"}
"""The theme's style for the alerts that it has no style of its own for."""

ALERT = re.compile(
    r'<div class="admonition (?P<kind>[a-z]+)">\s*'
    r'<p class="admonition-title">(?P<title>\w+)</p>'
)

SEARCH_OPTIONS = ("lang", "separator", "pipeline")


def title_alerts(html: str, strings: dict[str, str]) -> str:
    """Give alerts without a title of their own the locale's title, and a style the theme has."""

    def replace(match: re.Match[str]) -> str:
        kind, title = match["kind"], match["title"]
        style = f"{kind} {ALERT_STYLES[kind]}" if kind in ALERT_STYLES else kind
        if title == kind.title():
            title = strings.get(f"alert.{kind}", title)
        return f'<div class="admonition {style}">\n<p class="admonition-title">{title}</p>'

    return ALERT.sub(replace, html)


class Raw(OptionallyRequired[Any]):
    """An option as it is written."""


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml; the parts check them, so that all errors come at once."""

    products: Any = Optional(Raw())
    topics_per_page = Raw(default=DEFAULT_SIZE)

    publishing: Any = SubConfig(PublishingOptions)

    content: Any = SubConfig(ContentOptions)

    search: Any = SubConfig(SearchOptions)


class HexaplaPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """What is ours in an MkDocs build. MkDocs calls every method once per locale."""

    i18n: Any
    search: Any
    bundles: Bundles
    locale: str
    source: str
    site_dir: str

    def __init__(self) -> None:
        self.catalogs: dict[str, dict[str, str]] = {}
        self.strings: dict[str, dict[str, str]] = {}
        self.source_index = ""
        self.codes = CompiledTemplates()
        self.parts = [part(self) for part in PARTS]

    @event_priority(-200)  # after i18n has chosen the locale to build
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set the theme up for the locale that is built now."""
        plugins: Any = config.plugins
        self.i18n = plugins["i18n"]
        self.search = plugins.get("material/search")
        if self.search and self.config.search.engine == OURS:
            self.search.config.enabled = False
            self.search = None
        self.locale = self.i18n.current_language
        self.site_dir = config.site_dir
        self.source = self.i18n.default_language
        if not self.catalogs:
            self.begin(config)
        theme = config.theme
        environment = theme.get_env()

        def read_template(name: str) -> str | None:
            try:
                return environment.loader.get_source(environment, name)[0]  # type: ignore[union-attr]
            except TemplateNotFound:
                return None

        if not self.catalogs:
            self.catalogs, self.strings = self.read_catalogs(environment), {}
        theme["language"] = choose_theme_language(
            self.locale, lambda name: read_template(f"partials/languages/{name}.html") is not None
        )
        # Hosts serve one 404 page, the root's: later locales must not replace it.
        (theme.static_templates.add if self.is_source else theme.static_templates.discard)(
            "404.html"
        )
        strings = self.get_strings(self.locale)
        for entry in theme.get("palette") or []:
            entry["toggle"]["name"] = strings[f"palette.{entry['scheme']}"]
        config.mdx_configs.setdefault("toc", {})["permalink_title"] = strings["permalink"]
        config.mdx_configs.setdefault("footnotes", {})["BACKLINK_TITLE"] = strings["footnote.back"]
        config.extra["hexapla"] = {
            "locale": self.locale,
            "root": self.get_root(self.locale),
            "source": self.source,
            "source_name": self.find_locale_name(self.source),
            "strings": strings,
            "languages": [
                {
                    "lang": language.locale,
                    "name": language.name,
                    "direction": get_direction(language.locale),
                }
                for language in self.i18n.config.languages
            ],
            "homes": self.list_locales({}),
        }
        # The theme shows its switcher for any value, and names the locales in the head for a list:
        # that is left to our own template.
        config.extra["alternate"] = True
        if self.search:
            self.set_search_language(environment.get_template("partials/language.html"), config)
        for part in self.parts:
            part.start(config)
        return config

    def begin(self, config: MkDocsConfig) -> None:
        """Begin the build: take over what the stock plugins do for all files of all locales.

        Raises:
            ConfigurationError: It lists everything that is wrong with our options.
        """
        path = (config.config_file_path or "mkdocs.yml").rpartition("/")[2]
        problems = check_languages(self.i18n.config.languages)
        problems += [
            f"plugins.hexapla.{problem}"
            for part in self.parts
            for problem in part.check_options(self.config)
        ]
        if problems:
            raise ConfigurationError("\n".join(f"{path}: {problem}" for problem in problems))
        self.bundles = Bundles(self.i18n.all_languages, self.source)
        self.i18n.reconfigure_files_alternates = self.bundles.link_alternates
        meta: Any = config.plugins.get("material/meta")
        if meta:
            meta.config.enabled = False

    def read_catalogs(self, environment: Any) -> dict[str, dict[str, str]]:
        """Read our interface strings of all locales."""
        catalogs: dict[str, dict[str, str]] = defaultdict(dict)
        for name in environment.list_templates():
            if name.startswith(CATALOGS):
                text = environment.loader.get_source(environment, name)[0]
                for locale, strings in yaml.load(text, Loader).items():
                    catalogs[locale] |= strings
        return dict(catalogs)

    def write(self, path: str, data: bytes) -> None:
        """Write a file of the site; `hexapla build` puts its own way in this one's place."""
        write_file(data, f"{self.site_dir}/{path}")

    @property
    def is_source(self) -> bool:
        """Whether the source locale is built now."""
        return self.locale == self.source

    def get_root(self, locale: str) -> str:
        """Return the folder of a locale in the site: ``sv-SE/``; empty for the source's."""
        return "" if locale == self.source else f"{locale}/"

    def get_strings(self, locale: str) -> dict[str, str]:
        """Return our interface strings of a locale, with its tag and direction."""
        if locale not in self.strings:
            strings = self.catalogs[self.source] | self.catalogs.get(locale, {})
            place = {"language": locale, "direction": get_direction(locale)}
            self.strings[locale] = strings | place
        return self.strings[locale]

    def set_search_language(self, template: Any, config: MkDocsConfig) -> None:
        """Let the index of this locale be made for its language, not for the first one built."""
        translate = template.make_module({"config": config}).t
        found = {name: translate(f"search.config.{name}") for name in SEARCH_OPTIONS}
        self.search.search_index.config |= {
            "lang": [found["lang"]],
            "separator": found["separator"],
            "pipeline": [step.strip() for step in found["pipeline"].split(",") if step.strip()],
        }

    @event_priority(-50)  # after the meta plugin has read its files, before i18n chooses among them
    def learn_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Learn the bundles' shared metadata; keep our catalog out of the site."""
        self.hide_catalogs(files)
        if not self.bundles.pages:
            self.bundles.learn(files, find_metadata_name(config))
        for part in self.parts:
            part.see_files(files, config)
        return self.bundles.keep_locale(files, self.locale)

    def hide_catalogs(self, files: Files) -> None:
        """Keep our catalogs out of the site."""
        for file in files:
            if file.src_uri.startswith(CATALOGS):
                file.inclusion = InclusionLevel.EXCLUDED

    @event_priority(-150)  # after i18n has chosen the files of the locale
    def choose_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Let the parts add files of their own."""
        for part in self.parts:
            part.choose_files(files, config)
        return files

    on_files = CombinedEvent(learn_files, choose_files)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation of this locale, for pages that no file stands behind."""
        self.nav = nav
        return nav

    @event_priority(100)  # where the meta plugin would do it
    def merge_metadata(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give the page what its bundle shares; what it says itself counts.

        The meta plugin would add up lists, end the build where one page has a list and another a
        single value, and go through all files for every page.
        """
        page.meta = self.bundles.merge_metadata(page.file.src_uri) | dict(page.meta)
        return markdown

    @event_priority(-50)  # after the meta plugin
    def change_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let the parts change the text."""
        for part in self.parts:
            markdown = part.change_markdown(markdown, page, files)
        return markdown

    on_page_markdown = CombinedEvent(merge_metadata, change_markdown)

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Title alerts in the language of the text, which a fallback has not from the site."""
        if "admonition" in html:
            html = title_alerts(html, self.get_strings(self.get_text_locale(page)))
        for part in self.parts:
            html = part.change_content(html, page, files)
        return html

    def on_env(self, env: Any, config: MkDocsConfig, files: Files) -> Any:
        """Let the parts see all pages together; compile templates for one locale only."""
        if env.bytecode_cache is None:
            env.bytecode_cache = self.codes
        for part in self.parts:
            part.prepare_templates(env)
            part.see_pages(files, config)
        return env

    def get_text_locale(self, page: Page) -> str:
        """Return the locale of a page's text: the source's on a fallback."""
        return getattr(page.file, "locale", self.locale)

    @cached_property
    def homes(self) -> dict[str, str]:
        """The addresses of the locales' homes."""
        locales = [language.locale for language in self.i18n.config.languages]
        return {locale: self.get_root(locale) or "./" for locale in locales}

    def find_locale_name(self, locale: str) -> str:
        """Return a configured locale's own name for itself."""
        names = {language.locale: language.name for language in self.i18n.config.languages}
        return str(names.get(locale, locale))

    def list_locales(self, files: dict[str, Alternate]) -> dict[str, dict[str, str]]:
        """Return the switcher's links: the same page in each locale, else the locale's home."""
        pages = {locale: files[locale].url for locale in self.homes if locale in files}
        return {"links": self.homes | pages}

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell the templates in which locales this page exists, and whose text it shows."""
        files: dict[str, Alternate] = getattr(page.file, "alternates", {})
        text_locale = self.get_text_locale(page)
        base = config.site_url
        translated = {
            locale: join_address(base, file.url)
            for locale, file in sorted(files.items())
            if base and file.locale == locale
        }
        if self.source in translated:
            translated["x-default"] = translated[self.source]
        extra: Any = context
        extra["switcher"] = self.list_locales(files)
        extra["translations"] = translated
        extra["fallback"] = None
        if text_locale != self.locale:
            extra["fallback"] = {"locale": text_locale, "direction": get_direction(text_locale)}
            # The same text is at the source's address: that is the one to be found.
            if config.site_url:
                page.canonical_url = translated.get(text_locale)
        for part in self.parts:
            part.tell_template(context, page, config)
        return context

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Say the direction on the root element; the theme says it on the body only."""
        for part in self.parts:
            output = part.change_page(output, page, config)
        return mend_theme(self.set_direction(output))

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig) -> str:
        """Do the same for the pages that no article stands behind."""
        return mend_theme(self.set_direction(output)) if template_name.endswith(".html") else output

    def set_direction(self, output: str) -> str:
        """Add `dir` to the root element."""
        return output.replace("<html ", f'<html dir="{get_direction(self.locale)}" ', 1)

    @event_priority(-50)  # after the search plugin, before i18n builds the other locales
    def write_locale_index(self, config: MkDocsConfig) -> None:
        """Write what belongs to the locale built now, its search index first of all.

        The index has addresses relative to its locale's root.
        """
        self.finish_locale(config)

    def finish_locale(self, config: MkDocsConfig) -> None:
        """Write what the parts, and Material's search, have of the locale."""
        for part in self.parts:
            part.finish(config)
        if not self.search:
            return
        root = "" if self.is_source else f"{self.locale}/"
        index = self.search.search_index
        entries = [
            entry | {"location": entry["location"].removeprefix(root)} for entry in index.entries
        ]
        text = json.dumps(
            {
                "config": {key: index.config[key] for key in (*SEARCH_OPTIONS, "fields")},
                "docs": entries,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        if self.is_source:
            self.source_index = text
        else:
            self.write(f"{root}search/search_index.json", text.encode())

    @event_priority(-200)  # after i18n has written one index of all locales over the source's
    def write_source_index(self, config: MkDocsConfig) -> None:
        """End the site; write the source's index to the place where stock readers look for it."""
        if not self.i18n.building:
            for part in self.parts:
                part.finish_site(config)
        if self.search and not self.i18n.building:
            self.write("search/search_index.json", self.source_index.encode())

    on_post_build = CombinedEvent(write_locale_index, write_source_index)
