"""The site: what all locales share, read once."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files, set_exclusions

from hexapla.building.changes import DOCS, LOCALES, Changes, Intact, Roots, list_others
from hexapla.building.memory import Memory, digest, render_json
from hexapla.building.outputs import SiteWriter
from hexapla.mkdocs_adapter.article import ArticlePart
from hexapla.mkdocs_adapter.building.configuration import (
    digest_catalogs,
    find_roots,
    read_config,
    shorten,
)
from hexapla.mkdocs_adapter.building.documents import (
    DocumentBundles,
    SourceFiles,
    find_exclusion,
)
from hexapla.mkdocs_adapter.building.fact_finding import FactFinding, read_spool
from hexapla.mkdocs_adapter.building.facts import Facts
from hexapla.mkdocs_adapter.building.plans import find_plan
from hexapla.mkdocs_adapter.building.quick_steps import quicken_steps
from hexapla.mkdocs_adapter.building.sharing import share
from hexapla.mkdocs_adapter.building.template_codes import recall_codes
from hexapla.mkdocs_adapter.bundles import find_metadata_name
from hexapla.mkdocs_adapter.content import ContentPart
from hexapla.mkdocs_adapter.lone_pages import LonePagesPart
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.tables import exclude_tables
from hexapla.mkdocs_adapter.topics import TopicsPart
from hexapla.storage import Repository, clear_folder


class Site:
    """A site that is being built.

    Args:
        repository: Where its content is.
        memory: What builds remember.
        jobs: How many processes there may be.
    """

    environment_of_templates: Any
    files: SourceFiles
    bundles: DocumentBundles
    finding: FactFinding
    facts: dict[str, Facts]
    replaced: dict[str, Facts]
    """Those that were remembered of bundles that have changed since."""
    listed: Mapping[str, bool]
    days: Mapping[str, str]
    paths_digest: str
    shared_digest: str
    environment: str
    plan_key: str
    common: str
    figures_digest: str
    page_digests: dict[str, str]

    def __init__(self, repository: Repository, memory: Memory, jobs: int) -> None:
        self.repository = repository
        self.memory = memory
        self.jobs = jobs
        self.config = read_config(repository.root)
        plugins: Any = self.config.plugins
        self.plugin = plugins["hexapla"]
        self.parts = {type(part): part for part in self.plugin.parts}
        self.i18n = plugins["i18n"]
        self.site_folder = Path(self.config.site_dir)
        self.stage = memory.folder / "stage"
        self.workspace = memory.folder / "tmp"
        self.spool = memory.folder / "spool"
        self.new = Memory(memory.folder / "new", self.workspace)

    def find_roots(self) -> Roots:
        """Say what the site is made from."""
        return find_roots(self.repository.root, self.config)

    def clear(self) -> None:
        """Remove what is of use to one build only."""
        for folder in (self.stage, self.spool, self.new.folder):
            clear_folder(folder)

    def begin(self, changes: Changes) -> None:
        """Read what stock builds read for each locale: files, templates, strings.

        Args:
            changes: What there is.
        """
        self.clear()
        self.changes = changes
        config = self.config
        self.source = self.i18n.default_language
        self.locales = list(self.i18n.build_languages)
        self.targets = [locale for locale in self.i18n.all_languages if locale != self.source]
        self.intact = Intact(changes)
        below = list(changes.inputs.list_paths("docs"))
        self.paths_digest = changes.inputs.digest_names(DOCS)
        folders = [
            (folder.removeprefix("docs").removeprefix("/"), found.names)
            for folder, found in changes.inputs.list_folders("docs")
        ]
        self.environment = self.digest_environment()
        self.files = SourceFiles(below, config)
        self.give_nothing()
        environment = config.theme.get_env()
        environment.bytecode_cache = recall_codes(self)
        theme: Any = config.theme
        theme.get_env = lambda: environment
        self.environment_of_templates = environment
        self.plugin.write = self.make_writer("shared").write
        self.remember_catalogs()
        config.plugins.on_startup(command="build", dirty=False)
        self.config = config = config.plugins.on_config(config)
        name = find_metadata_name(config)
        self.bundles = DocumentBundles(self.i18n.all_languages, self.source, config, name)
        self.bundles.learn_paths(folders, self.find_hidden(below))
        self.plugin.bundles = self.bundles
        config.plugins.on_pre_build(config=config)
        quicken_steps(config)
        self.read_assets()

    def digest_environment(self) -> str:
        """Give a digest of what every page depends on beside its own content."""
        inputs = self.changes.inputs
        blobs = [
            f"{path} {inputs.find_blob(path)}"
            for path in list_others(inputs)
            if not path.startswith("overrides/assets/")
        ]
        return digest([self.changes.environment, sorted(blobs)])

    def part(self, kind: Any) -> Any:
        """Give a part of the plugin."""
        return self.parts[kind]

    def give_nothing(self) -> None:
        """Keep the parts from reading what will be given to them."""
        article: ArticlePart = self.part(ArticlePart)
        article.repository, article.topics = self.repository, {}
        lone: LonePagesPart = self.part(LonePagesPart)
        lone.is_given = True
        self.part(TopicsPart).planned = True

    def read_assets(self) -> None:
        """List the files that are no pages, as MkDocs would."""
        config = self.config
        made = [
            File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
            for path in self.bundles.assets
        ]
        self.assets = Files(made)
        exclude_tables(config.docs_dir, self.assets)
        self.read_theme_files()
        self.plugin.hide_catalogs(self.assets)
        set_exclusions(self.assets, config)
        for kind in (ContentPart, PublishingPart):
            self.part(kind).see_files(self.assets, config)

    def remember_catalogs(self) -> None:
        """Have the interface's strings read once for as long as they are the same."""
        read = self.plugin.read_catalogs

        def recall(environment: Any) -> Any:
            key = digest_catalogs(self.config)
            known = self.memory.recall("catalogs") or {}
            if known.get("key") == key:
                return known["catalogs"]
            found = read(environment)
            with suppress(TypeError):  # YAML has more than JSON
                if json.loads(render_json(found)) == found:
                    self.memory.remember("catalogs", {"key": key, "catalogs": found})
            return found

        self.plugin.read_catalogs = recall

    def read_theme_files(self) -> None:
        """List the theme's files; the walk through its thousands of icons is remembered."""
        names = list(self.changes.inputs.list_paths("overrides"))
        key = digest([self.environment, sorted(names)])
        known = self.memory.recall("theme") or {}
        if known.get("key") != key:
            theirs = Files([])
            theirs.add_files_from_theme(self.environment_of_templates, self.config)
            root = self.repository.root  # the repository may be moved, with what is remembered
            files = [[file.src_uri, shorten(root, str(file.src_dir))] for file in theirs]
            known = {"key": key, "files": files}
            self.memory.remember("theme", known)
        folders = {folder for _, folder in known["files"]}
        places = {folder: str(self.repository.root / folder) for folder in folders}
        for path, folder in known["files"]:
            if self.assets.get_file_from_path(path) is None:
                config = self.config
                file = File(path, places[folder], config.site_dir, config.use_directory_urls)
                self.assets.append(file)

    def find_facts(self) -> None:
        """Find the facts of all bundles."""
        self.finding = FactFinding(self)
        self.facts, self.replaced = self.finding.find_all(), self.finding.replaced

    def find_hidden(self, paths: Collection[str]) -> frozenset[str]:
        """Find the files under docs/ that the configuration excludes: to ask for each takes long.

        Args:
            paths: The paths of all files there.
        """
        excluded = find_exclusion(self.config)
        told = [[one.include, str(one.regex)] for one in excluded.patterns]
        key = digest([told, self.paths_digest])
        known = self.memory.recall("hidden") or {}
        if known.get("key") != key:
            known = {"key": key, "paths": sorted(excluded.match_files(paths))}
            self.memory.remember("hidden", known)
        return frozenset(known["paths"])

    def find_touched(self) -> set[str] | None:
        """Find the bundles with pages that differ; None where what others share does."""
        touched: set[str] = set()
        for path in self.changes.differing:
            below = path.removeprefix(DOCS)
            if path.startswith(LOCALES) or self.bundles.is_metadata(below):
                return None
            norm, locale = self.bundles.divide_name(below)
            if path.startswith(DOCS) and self.bundles.paths.get(norm, {}).get(locale) == below:
                touched.add(norm)
        return touched

    def plan(self) -> None:
        """Plan the navigation, and give the parts what all locales share."""
        find_plan(self)
        share(self)

    def find_blob(self, path: str) -> str:
        """Give the blob id of a file under docs/; empty where there is none."""
        return self.changes.inputs.find_blob(f"docs/{path}")

    def make_writer(self, name: str) -> SiteWriter:
        """Make what writes into the site; each process has its own."""
        changes = self.changes
        return SiteWriter(
            self.site_folder, self.stage / name, self.workspace, self.intact, changes.is_present
        )

    def find_marks(self, norm: str, locale: str, text_locale: str) -> str:
        """Give a digest of what a page shows of its original, and of its article's end.

        Args:
            norm: Its bundle.
            locale: The reader's.
            text_locale: The locale of its text, another one on a fallback.
        """
        facts = self.facts.get(norm)
        return self.describe_marks(facts, norm, locale, text_locale) if facts is not None else ""

    def describe_marks(self, facts: Facts, norm: str, locale: str, text_locale: str) -> str:
        """Give that digest where a bundle's facts are these."""
        marks = facts.marks.get(locale, "") if locale == text_locale else ""
        path = self.bundles.paths[norm][text_locale]
        return f"{marks} withdrawn {path}" if path in facts.withdrawn else marks

    def choose_assets(self, locale: str) -> Files:
        """Choose the files of a locale that are no pages, as i18n does."""
        files: Files = self.i18n.reconfigure_files(self.assets, self.config)
        return files

    def begin_locale(self, locale: str) -> None:
        """Set the configuration up for a locale, as MkDocs and i18n do one after the other."""
        if locale != self.source:
            self.i18n.current_language = locale
            self.i18n.building = True
            self.config = self.config.plugins.on_config(self.config)
        article: ArticlePart = self.part(ArticlePart)
        article.originals |= read_spool(self, locale)
