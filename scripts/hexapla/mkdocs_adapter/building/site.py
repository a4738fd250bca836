"""The site: what all locales share, found out once; and the locales that are due, built at once."""

from __future__ import annotations

import pickle
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError as TheirConfigurationError, MkDocsException
from mkdocs.structure.files import File, Files, set_exclusions

from hexapla.building.changes import INPUTS, OUTPUTS, STATE, Changes, Roots
from hexapla.building.codec import pack, unpack
from hexapla.building.crew import Tick, share_out
from hexapla.building.memory import Memory, digest
from hexapla.building.outputs import SiteWriter, remove_files, replace_files
from hexapla.delivered_topics import find_topics
from hexapla.deliveries import take_inventory
from hexapla.errors import ConfigurationError, HexaplaError
from hexapla.git import read_change_days
from hexapla.mkdocs_adapter.article import ArticlePart
from hexapla.mkdocs_adapter.building.documents import DocumentBundles, SourceFiles
from hexapla.mkdocs_adapter.building.facts import Facts, Finder
from hexapla.mkdocs_adapter.building.locale_site import Built, LocaleSite
from hexapla.mkdocs_adapter.building.messages import Messages, record_messages
from hexapla.mkdocs_adapter.bundles import find_metadata_name
from hexapla.mkdocs_adapter.content import ContentPart
from hexapla.mkdocs_adapter.lists import Lists
from hexapla.mkdocs_adapter.lone_pages import LonePagesPart
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.redirecting import RedirectPart
from hexapla.mkdocs_adapter.tables import exclude_tables, read_tables
from hexapla.mkdocs_adapter.topics import TopicsPart, find_topic
from hexapla.model import Topic
from hexapla.navigation import Plan, place_topics, plan_navigation
from hexapla.normalizing import Setting
from hexapla.page_edits import read_bases
from hexapla.planning import find_target
from hexapla.products import Product
from hexapla.sections import Section
from hexapla.storage import Repository, clear_folder, list_files, read_limited, sign_file
from hexapla.surveying_history import survey_history
from hexapla.trend import Trend

FACTS = "facts"
PLAN = "plan"

_INHERIT = re.compile(r"^INHERIT:[ \t]*([^#\n]+)", re.M)
_LIMIT = 2**24

_FEW = 24
"""Topics that one process reads sooner than others could be started."""
_SLICES = 4
"""Into how many parts each process's share of the topics is divided."""
WHOLE_SITE = frozenset("files nav env pre_build post_build pre_template post_template".split())
"""The events of MkDocs at which a plugin sees the whole site: those that are not ours are not run
for single pages."""

KNOWN = frozenset({"i18n", "hexapla", "search", "material/search", "meta", "material/meta"})
"""The plugins whose part at these events is known."""


@dataclass(slots=True)
class Report:
    """What a build did."""

    pages: int = 0
    """Pages of the site."""
    rendered: int = 0
    """Those that were rendered."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why → how many."""
    written: int = 0
    """Files written."""
    removed: int = 0
    """Files removed."""
    size: int = 0
    """Bytes written."""
    locales: list[str] = field(default_factory=list)
    """The locales that were due."""
    messages: Messages = field(default_factory=list)
    """What was said: logger, level, text."""
    times: dict[str, float] = field(default_factory=dict)
    """Step → seconds of processor time, of all processes."""


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
    facts: dict[str, Facts]
    listed: dict[str, bool]
    days: Mapping[str, str]
    paths_digest: str
    shared_digest: str
    environment: str

    def __init__(self, repository: Repository, memory: Memory, jobs: int) -> None:
        self.repository = repository
        self.memory = memory
        self.jobs = jobs
        self.report = Report()
        self.config = read_config(repository.root)
        plugins: Any = self.config.plugins
        self.plugin = plugins["hexapla"]
        self.i18n = plugins["i18n"]
        self.site_folder = Path(self.config.site_dir)
        self.stage = memory.folder / "stage"
        self.workspace = memory.folder / "tmp"
        self.spool = memory.folder / "spool"
        self.new = Memory(memory.folder / "new", self.workspace)

    def find_roots(self) -> Roots:
        """Say what the site is made from."""
        root, config, shorten = self.repository.root, self.config, self.shorten
        roots = {
            "docs": shorten(config.docs_dir),
            "locales": shorten(Path(config.docs_dir).parent / "locales"),
            "mkdocs.yml": "mkdocs.yml",
        }
        if config.theme.custom_dir:
            roots["overrides"] = shorten(config.theme.custom_dir)
        for number, name in enumerate(sorted(config.hooks)):
            roots[f"hook-{number}"] = shorten(root / name)
        for number, path in enumerate(list_inherited(root / "mkdocs.yml"), 1):
            roots[f"inherited-{number}"] = shorten(path)
        return roots

    def shorten(self, path: str | Path) -> str:
        """Give a path relative to the repository, where it is in it."""
        root, found = self.repository.root, Path(path)
        return str(found.relative_to(root) if found.is_relative_to(root) else found)

    @contextmanager
    def time(self, step: str) -> Iterator[None]:
        """Measure a step."""
        started = time.process_time()
        try:
            yield
        finally:
            self.report.times[step] = time.process_time() - started

    def build(
        self, changes: Changes, only: Sequence[str], tick: Callable[[int, int], None]
    ) -> Report:
        """Build what is due.

        Args:
            changes: What there is.
            only: The locales to build; empty: all.
            tick: Told how many pages were done since, and how many there are.
        """
        self.changes = changes
        try:
            return self._build(only, tick)
        except TheirConfigurationError as error:
            raise ConfigurationError(str(error)) from error
        except MkDocsException as error:
            raise HexaplaError(f"the site cannot be built: {error}") from error

    def _build(self, only: Sequence[str], tick: Callable[[int, int], None]) -> Report:
        """Build, one step after the other."""
        with record_messages() as recorder:
            for folder in (self.stage, self.spool, self.memory.folder / "new"):
                clear_folder(folder)
            with self.time("begin"):
                self.begin()
            with self.time("topics"):
                self.find_facts()
            with self.time("navigation"):
                self.find_plan()
                self.share()
            built = self.build_locales(only, tick)
            with self.time("end"):
                self.report.messages = recorder.take()
                self.finish(built, only)
        return self.report

    # -- what all locales share ------------------------------------------------------------------

    def begin(self) -> None:
        """Read what stock builds read for each locale: files, templates, strings."""
        config, changes = self.config, self.changes
        self.source = self.i18n.default_language
        self.locales = list(self.i18n.build_languages)
        self.targets = [locale for locale in self.i18n.all_languages if locale != self.source]
        self.intact = {
            path: changes.outputs.find_blob(path)
            for path in changes.outputs
            if path not in changes.damaged
        }
        below = [path.removeprefix("docs/") for path in changes.inputs if path[:5] == "docs/"]
        self.paths_digest = digest(sorted(below))
        self.environment = self.digest_environment()
        self.files = SourceFiles(below, config)
        self.give_nothing()
        environment = config.theme.get_env()
        theme: Any = config.theme
        theme.get_env = lambda: environment
        self.environment_of_templates = environment
        self.plugin.write = self.make_writer("shared").write
        config.plugins.on_startup(command="build", dirty=False)
        self.config = config = config.plugins.on_config(config)
        name = find_metadata_name(config)
        self.bundles = DocumentBundles(self.i18n.all_languages, self.source, config, name)
        self.bundles.learn_paths(below)
        self.plugin.bundles = self.bundles
        config.plugins.on_pre_build(config=config)
        self.read_assets()

    def digest_environment(self) -> str:
        """Give a digest of what every page depends on beside its own content."""
        inputs = self.changes.inputs
        blobs = [
            f"{path} {inputs.find_blob(path)}"
            for path in inputs
            if not path.startswith(("docs/", "locales/", "overrides/assets/"))
        ]
        return digest([self.changes.environment, sorted(blobs)])

    def part(self, kind: Any) -> Any:
        """Give a part of the plugin."""
        return next(part for part in self.plugin.parts if isinstance(part, kind))

    def give_nothing(self) -> None:
        """Keep the parts from reading what will be given to them."""
        article: ArticlePart = self.part(ArticlePart)
        article.repository, article.topics = self.repository, {}
        lone: LonePagesPart = self.part(LonePagesPart)
        lone.is_given, lone.topics = True, []
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

    def read_theme_files(self) -> None:
        """List the theme's files; the walk through its thousands of icons is remembered."""
        names = [path for path in self.changes.inputs if path[:10] == "overrides/"]
        key = digest([self.environment, sorted(names)])
        known = self.memory.recall("theme") or {}
        if known.get("key") != key:
            theirs = Files([])
            theirs.add_files_from_theme(self.environment_of_templates, self.config)
            known = {"key": key, "files": [[file.src_uri, file.src_dir] for file in theirs]}
            self.memory.remember("theme", known)
        for path, folder in known["files"]:
            if self.assets.get_file_from_path(path) is None:
                config = self.config
                file = File(path, folder, config.site_dir, config.use_directory_urls)
                self.assets.append(file)

    def find_blob(self, path: str) -> str:
        """Give the blob id of a file under docs/; empty where there is none."""
        return self.changes.inputs.find_blob(f"docs/{path}")

    def make_writer(self, name: str) -> SiteWriter:
        """Make what writes into the site; each process has its own."""
        changes = self.changes
        return SiteWriter(
            self.site_folder, self.stage / name, self.workspace, self.intact, changes.present
        )

    # -- facts of each topic ---------------------------------------------------------------------

    def find_facts(self) -> None:
        """Find the facts of all bundles; only those whose files have changed are read."""
        remembered: dict[str, Any] = self.memory.recall(FACTS) or {}
        known = {norm: unpack_facts(value) for norm, value in remembered.items()}
        topics = self.find_topics({norm: facts for norm, facts in known.items() if facts})
        jobs: list[tuple[str, str, Topic | None]] = []
        self.facts = {}
        norms = {find_target(norm): norm for norm in self.bundles.paths}
        for target in topics.keys() | norms.keys():
            norm = norms.get(target, target)
            topic = topics.get(target)
            key = self.find_topic_key(norm, topic)
            facts = known.get(norm)
            if facts is None or facts.key != key or not self.has_originals(facts):
                jobs.append((norm, key, topic))
            else:
                self.facts[norm] = facts
        if jobs or remembered.keys() != self.facts.keys():
            self.do_jobs(sorted(jobs, key=lambda job: job[0]))
            packed = {norm: pack(self.facts[norm]) for norm in sorted(self.facts)}
            self.memory.remember(FACTS, packed)

    def find_topics(self, known: Mapping[str, Facts]) -> dict[str, Topic]:
        """Find the delivered topics by target: as remembered, where they must be the same."""
        paths = [
            path.removeprefix("locales/")
            for path in self.changes.inputs
            if path.startswith("locales/")
        ]
        loose = [f"{p} {self.find_delivered(p)}" for p in paths if ".loose/" in p]
        key = digest([self.environment, sorted(paths), sorted(loose)])
        state = self.memory.recall("grouping") or {}
        if state.get("key") == key:
            self.setting = Setting(self.source, tuple(state["roots"]))
            found = {target: known.get(norm) for target, norm in state["topics"].items()}
            if all(facts is not None and facts.topic is not None for facts in found.values()):
                return {t: f.topic for t, f in found.items() if f is not None and f.topic}
        roots = tuple(sorted(take_inventory(sorted(paths)).roots)) if paths else ()
        self.setting = Setting(self.source, roots)
        topics = find_topics(self.repository, self.source)
        norms = {find_target(norm): norm for norm in self.bundles.paths}
        named = {target: norms.get(target, target) for target in topics}
        self.memory.remember("grouping", {"key": key, "roots": roots, "topics": named})
        return topics

    def find_delivered(self, path: str) -> str:
        """Give the blob id of a delivered file."""
        return self.changes.inputs.find_blob(f"locales/{path}")

    def find_topic_key(self, norm: str, topic: Topic | None) -> str:
        """Give a digest of all files that facts are found in."""
        paths = self.bundles.paths.get(norm, {})
        told = [self.environment, *sorted(paths.values())]
        told += map(self.find_blob, sorted(paths.values()))
        told += map(self.find_blob, self.bundles.list_metadata(norm))
        if topic is not None:
            told.append(repr(topic.relations))
            for article in topic.articles:
                told += [article.path, self.find_delivered(article.path)]
        return digest(told)

    def has_originals(self, facts: Facts) -> bool:
        """Say whether the site has the files of originals that belong to a bundle."""
        return all(self.intact.get(path) == blob for path, blob in facts.originals.items())

    def do_jobs(self, jobs: Sequence[tuple[str, str, Topic | None]]) -> None:
        """Find facts, in several processes where they are many."""
        article: ArticlePart = self.part(ArticlePart)
        topics = [topic for _, _, topic in jobs if topic is not None]
        article.bases = read_bases(self.repository, self.source, topics)
        if len(jobs) <= _FEW or self.jobs == 1:
            done, originals = self.find_some(("few", jobs), lambda count: None)
            self.facts |= done
            article.originals |= originals
            return
        count = min(self.jobs * _SLICES, len(jobs) // _FEW + 1)
        parts = [(str(number), jobs[number::count]) for number in range(count)]
        for _, (done, _) in share_out(self.find_some_apart, parts, self.jobs, lambda count: None):
            self.facts |= done

    def find_some(self, part: tuple[str, Sequence[Any]], tick: Tick) -> tuple[Any, Any]:
        """Find the facts of some bundles, and their pages' originals."""
        name, jobs = part
        writer = self.make_writer(f"topics-{name}")
        self.plugin.write = writer.write
        publishing: PublishingPart = self.part(PublishingPart)
        finder = Finder(
            self.repository,
            self.setting,
            self.bundles,
            self.files,
            self.part(ArticlePart),
            publishing,
            writer,
        )
        facts: dict[str, Facts] = {}
        originals: dict[str, Any] = {}
        for norm, key, topic in jobs:
            facts[norm], originals[find_target(norm)] = finder.find(norm, key, topic)
        return facts, originals

    def find_some_apart(self, part: tuple[str, Sequence[Any]], tick: Tick) -> tuple[Any, Any]:
        """Do that in a process of its own; what pages need of originals waits on the disk."""
        facts, originals = self.find_some(part, tick)
        by_locale: dict[str, dict[str, Any]] = {}
        for target, found in originals.items():
            for locale, original in found.items():
                by_locale.setdefault(locale, {})[target] = {locale: original}
        spool = Memory(self.spool, self.workspace)
        for locale, values in by_locale.items():
            spool.remember_bytes(f"{locale}/{part[0]}", pickle.dumps(values))
        return facts, {}

    def read_spool(self, locale: str) -> dict[str, Any]:
        """Read what this build has found of a locale's originals."""
        spool = Memory(self.spool, self.workspace)
        found: dict[str, Any] = {}
        for name in list_files(self.spool / locale):
            found |= pickle.loads(spool.recall_bytes(f"{locale}/{name}"))
        return found

    # -- what is planned from the facts ----------------------------------------------------------

    def find_plan(self) -> None:
        """Plan the navigation, unless the plan must be the same as before."""
        inputs = self.changes.inputs
        subjects = [facts.subject for _, facts in sorted(self.facts.items()) if facts.subject]
        subjects.sort(key=lambda subject: subject.identifier)
        tables = [
            f"{path} {inputs.find_blob(path)}"
            for path in inputs
            if path.rpartition("/")[2].lower().startswith("toc.") or path.endswith("/docfx.json")
        ]
        self.plan_key = digest([self.environment, pack(subjects), sorted(tables)])
        topics: TopicsPart = self.part(TopicsPart)
        value = self.memory.recall(PLAN)
        plan = unpack_plan(value, self.plan_key, subjects) if value else None
        if plan is None:
            config = self.config
            read, _ = read_tables(config.docs_dir, self.assets, self.source)
            plan = plan_navigation(subjects, topics.products, read, self.source)
            self.memory.remember(PLAN, [self.plan_key, *pack_plan(plan)])
        topics.plan = plan
        pages = self.bundles.paths
        norms = {find_topic(norm): norm for norm in pages}
        partial_topics = {
            topic: frozenset(pages[norms[topic]])
            for topic in plan.subjects
            if self.source not in pages[norms[topic]]
        }
        topics.lists = Lists(plan, partial_topics, self.bundles.locales, self.source, topics.size)

    def share(self) -> None:
        """Give the parts what they would have read, once for all locales."""
        self.listed = {}
        for facts in self.facts.values():
            self.listed.update(facts.listed)
        publishing: PublishingPart = self.part(PublishingPart)
        publishing.listed = self.listed
        self.days = read_change_days(Path(self.config.docs_dir)) if self.config.site_url else {}
        publishing.days = dict(self.days)
        article: ArticlePart = self.part(ArticlePart)
        article.topics = {
            find_target(norm): facts.topic for norm, facts in self.facts.items() if facts.topic
        }
        lone: LonePagesPart = self.part(LonePagesPart)
        surveyed = [facts.standing for facts in self.facts.values() if facts.standing]
        lone.give(
            sorted(surveyed, key=lambda topic: topic.subject.identifier),
            survey_history(self.repository, self.source, self.jobs) if surveyed else Trend(),
        )
        self.config.extra["hexapla"]["has_status"] = bool(surveyed)
        self.share_moves()
        self.shared_digest = digest([self.plan_key, self.listed, bool(surveyed)])
        inputs = self.changes.inputs
        others = [f"{path} {inputs.find_blob(path)}" for path in inputs if is_shared_input(path)]
        self.common = digest(
            [
                self.environment,
                self.paths_digest,
                self.shared_digest,
                [pack(item) for item in lone.topics],
                repr(lone.trend),
                self.bundles.aliases,
                self.days,
                sorted(others),
            ]
        )

    def share_moves(self) -> None:
        """Read the former addresses of topics."""
        metadata = self.bundles.metadata_paths
        self.bundles.aliases = [
            (find_target(norm), metadata.get(find_target(norm), ""), list(facts.aliases))
            for norm, facts in sorted(self.facts.items())
            if facts.aliases
        ]
        redirects: RedirectPart = self.part(RedirectPart)
        names = [
            path.removeprefix("locales/")
            for path in self.changes.inputs
            if path.startswith("locales/")
        ]
        redirects.read_moves(self.repository.locales, sorted(names))

    # -- locales ---------------------------------------------------------------------------------

    def find_marks(self, norm: str, locale: str) -> str:
        """Give a digest of what a page shows of its original."""
        facts = self.facts.get(norm)
        return facts.marks.get(locale, "") if facts else ""

    def find_locale_key(self, locale: str) -> str:
        """Give a digest of everything that the site of a locale depends on."""
        told = [self.common]
        for norm, paths in self.bundles.paths.items():
            own = locale if locale in paths else self.source
            if own in paths:
                told += [self.find_blob(paths[own]), self.find_marks(norm, locale)]
        return digest(sorted(told))

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
        article.originals |= self.read_spool(locale)

    def build_locales(
        self, only: Sequence[str], tick: Callable[[int, int], None]
    ) -> dict[str, Built]:
        """Build the locales that are due, each in a process of its own."""
        unknown = sorted(set(only).difference(self.locales))
        if unknown:
            known = ", ".join(self.locales)
            raise ConfigurationError(
                f"{unknown[0]} is no locale of the site", path="mkdocs.yml", hint=f"it has {known}"
            )
        chosen = [locale for locale in self.locales if not only or locale in only]
        recall = self.memory.recall
        self.before = {locale: recall(f"built/{locale}") or {} for locale in self.locales}
        self.keys = {locale: self.find_locale_key(locale) for locale in chosen}
        due = [locale for locale in chosen if not self.is_settled(locale)]
        total = sum(len(self.bundles.paths) for _ in due)
        self.report.locales = due
        # The others' pages are in most cases as many: those with most text of their own first.
        counts = Counter(locale for paths in self.bundles.paths.values() for locale in paths)
        due.sort(key=lambda locale: (-counts[locale], locale))
        built: dict[str, Built] = {}
        told = partial(self.tell, tick, total)
        for locale, done in share_out(self.build_locale, due, self.jobs, told):
            built[locale] = done
        return built

    def tell(self, tick: Callable[[int, int], None], total: int, count: int) -> None:
        """Tell how far the work has come."""
        tick(count, total)

    def is_settled(self, locale: str) -> bool:
        """Say whether the site of a locale is as it should be."""
        before = self.before[locale]
        return before.get("key") == self.keys[locale] and all(
            path in self.intact for path in before["files"]
        )

    def build_locale(self, locale: str, tick: Tick) -> Built:
        """Build the site of one locale."""
        return LocaleSite(self, locale).build(tick)

    # -- the end ---------------------------------------------------------------------------------

    def finish(self, built: Mapping[str, Built], only: Sequence[str]) -> None:
        """Write what belongs to no locale; then let the new site replace the old one."""
        sums = {
            locale: {
                "key": self.keys[locale],
                "files": sorted(done.files),
                "sitemaps": done.sitemaps,
                "messages": done.messages,
                "pages": done.pages,
            }
            for locale, done in built.items()
        }
        now: dict[str, Any] = {**self.before, **sums}
        files = self.finish_site(now)
        for done in built.values():
            files |= done.files
        for facts in self.facts.values():
            files |= facts.originals
        staged = {name: list_files(self.stage / name) for name in self.list_stages()}
        written = {path for names in staged.values() for path in names}
        for name in sorted(staged):
            replace_files(self.site_folder, self.stage / name, self.workspace, staged[name])
        stale = self.find_stale(now, files, only)
        remove_files(self.site_folder, self.workspace, stale)
        self.remember(now, sums, files, changed=written | stale, is_part=bool(only))
        report = self.report
        for done in built.values():
            report.rendered += sum(done.reasons.values())
            report.reasons.update(done.reasons)
            for step, seconds in done.times.items():
                report.times[step] = report.times.get(step, 0.0) + seconds
            report.written += done.written
            report.size += done.size
        report.removed = len(stale)
        report.pages = sum(item.get("pages", 0) for item in now.values())
        for locale in self.locales:
            report.messages += now[locale].get("messages", [])

    def list_stages(self) -> list[str]:
        """List the folders of files that will replace others."""
        return sorted({path.partition("/")[0] for path in list_files(self.stage)})

    def finish_site(self, now: Mapping[str, Any]) -> dict[str, str]:
        """Write what belongs to no locale."""
        writer = self.make_writer("shared")
        self.plugin.write = writer.write
        publishing: PublishingPart = self.part(PublishingPart)
        publishing.sitemaps = [
            name for locale in self.locales for name in now[locale].get("sitemaps", [])
        ]
        for part in self.plugin.parts:
            part.finish_site(self.config)
        self.report.written += len(writer.written)
        self.report.size += writer.size
        return writer.files

    def find_stale(
        self, now: Mapping[str, Any], files: Mapping[str, str], only: Sequence[str]
    ) -> set[str]:
        """Find the files that no longer belong to the site."""
        kept = {path for value in now.values() for path in value.get("files", [])} | files.keys()
        present = self.changes.present | set(self.changes.outputs)
        return set() if only else {path for path in present if path not in kept}

    def remember(
        self,
        now: Mapping[str, Any],
        sums: Mapping[str, Any],
        files: Mapping[str, str],
        *,
        changed: set[str],
        is_part: bool,
    ) -> None:
        """Remember the site for the next build; what says that all is well comes last."""
        looked_at = time.time_ns()
        outputs = self.changes.outputs
        for path in changed - files.keys():
            outputs.discard(path)
        for path, blob in files.items():
            if path in changed or self.intact.get(path) != blob:
                signature = sign_file(self.site_folder / path)
                if signature is not None:
                    outputs.add(path, signature, blob, looked_at)
        self.memory.remember_bytes(OUTPUTS, outputs.render())
        for name in self.new.list_names():
            self.memory.remember_bytes(name, self.new.recall_bytes(name))
        for locale, value in sums.items():
            self.memory.remember(f"built/{locale}", value)
        for name in self.memory.list_names():
            folder, _, locale = name.partition("/")
            if folder in {"built", "pages"} and locale not in self.locales:
                self.memory.forget(name)
        self.memory.remember_bytes(INPUTS, self.changes.inputs.render())
        messages = [m for locale in self.locales for m in now[locale].get("messages", [])]
        state = {
            "environment": self.changes.environment,
            "roots": self.changes.roots,
            "site": self.shorten(self.site_folder),
            "pages": sum(value.get("pages", 0) for value in now.values()),
            "messages": messages,
        }
        if is_part:
            self.memory.forget(STATE)
        else:
            self.memory.remember(STATE, state)
        for place in (self.stage, self.spool, self.memory.folder / "new"):
            clear_folder(place)


def is_shared_input(path: str) -> bool:
    """Say whether an input is of all locales: no page, and no article of a delivery."""
    if path.startswith("locales/"):
        return not path.endswith((".md", ".lock"))
    return not path.endswith(".md") or "/includes/" in path


def read_config(root: Path) -> MkDocsConfig:
    """Read the configuration of a site.

    Raises:
        ConfigurationError: It lists everything that is wrong with it.
    """
    with record_messages() as recorder:
        try:
            config = load_config(str(root / "mkdocs.yml"))
        except (MkDocsException, OSError) as error:
            told = [text for _, _, text in recorder.take()]
            reason = "\n".join([*told, str(error)] if told else [str(error)])
            raise ConfigurationError(reason, path="mkdocs.yml") from error
    names = set(config.plugins)
    for name in ("i18n", "hexapla"):
        if name not in names:
            hint = f"list `{name}` under plugins"
            raise ConfigurationError(f"the plugin {name} is missing", path="mkdocs.yml", hint=hint)
    for name, plugin in config.plugins.items():
        seen = [event for event in sorted(WHOLE_SITE) if hasattr(plugin, f"on_{event}")]
        if name not in KNOWN and (seen := [e for e in seen if is_overridden(plugin, e)]):
            message = f"the plugin {name} looks at the whole site (on_{seen[0]})"
            hint = "hexapla build renders single pages: build this site with `mkdocs build`"
            raise ConfigurationError(message, path="mkdocs.yml", hint=hint)
    return config


def list_inherited(path: Path) -> list[Path]:
    """List the configurations that one inherits from, the nearest first."""
    found: list[Path] = []
    while (match := _INHERIT.search(read_limited(path, _LIMIT).decode("utf-8", "replace"))) and (
        path := path.parent / match[1].strip(" '\"\r")
    ) not in found:
        found.append(path)
    return found


def is_overridden(plugin: Any, event: str) -> bool:
    """Say whether a plugin handles an event."""
    return getattr(type(plugin), f"on_{event}", None) is not None


def unpack_facts(value: Any) -> Facts | None:
    """Make facts again; None where what is remembered is none."""
    try:
        return unpack(Facts, value)  # type: ignore[no-any-return]
    except ValueError:
        return None


def pack_plan(plan: Plan) -> list[Any]:
    """Pack a plan, without what follows from the rest."""
    names = {name: product.names for name, product in plan.products.items()}
    return [
        [[name, pack(names[name])] for name in plan.products],
        [[name, pack(topics)] for name, topics in plan.topics.items()],
        pack(plan.outlines),
        pack(plan.related),
        pack(plan.newest),
        pack(plan.most_linked),
    ]


def unpack_plan(value: Any, key: str, subjects: Sequence[Any]) -> Plan | None:
    """Make a plan again; None where it is another one."""
    found, products, topics, outlines, related, newest, most_linked = value
    if found != key:
        return None
    sections = unpack(dict[str, Section], outlines)
    members = {name: tuple(items) for name, items in topics}
    return Plan(
        {subject.identifier: subject for subject in subjects},
        {name: Product(name, names) for name, names in products},
        members,
        sections,
        place_topics(members, sections),
        unpack(dict[str, tuple[str, ...]], related),
        tuple(newest),
        tuple(most_linked),
    )
