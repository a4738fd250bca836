"""The previewed site: what all locales share, read as shortly as it takes to show one page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.utils import markdown_extensions

from hexapla.building.changes import assign_input
from hexapla.building.listings import Listing
from hexapla.building.looking import join
from hexapla.building.memory import Memory
from hexapla.mkdocs_adapter.article import ArticlePart
from hexapla.mkdocs_adapter.building.site import Site
from hexapla.mkdocs_adapter.bundles import find_metadata_name
from hexapla.mkdocs_adapter.content import ContentPart
from hexapla.mkdocs_adapter.lists import Lists
from hexapla.mkdocs_adapter.previewing.planning import Delivered, Survey, list_changes, read_survey
from hexapla.mkdocs_adapter.previewing.writing import Unwritten
from hexapla.mkdocs_adapter.publishing import PublishingPart
from hexapla.mkdocs_adapter.topics import TopicsPart, find_topic
from hexapla.navigation import plan_navigation
from hexapla.previewing.answers import Description, Effect
from hexapla.previewing.effects import Kind, judge_change
from hexapla.storage import Repository, sign_file, walk_folders
from hexapla.subjects import read_subject

HIDDEN = (".*", "*/.*", "*.py", "*.pyc", "*.html", "*readme*", "mkdocs_theme.yml", "locales/*")
"""What of a theme MkDocs does not copy into a site."""

OURS = "interface/*"
"""Our interface strings."""


class Listed(Mapping[str, bool]):
    """Whether search engines may list a page: path → answer, read when it is asked for.

    Args:
        site: Whose pages they are.
    """

    def __init__(self, site: PreviewSite) -> None:
        self._site = site

    def __getitem__(self, path: str) -> bool:
        publishing: PublishingPart = self._site.part(PublishingPart)
        found: bool = publishing.read_listed(self._site.files[path])
        return found

    def __iter__(self) -> Any:
        return iter(self._site.files)

    def __len__(self) -> int:
        return len(self._site.files)


class PreviewSite(Site):
    """A site of which single pages are rendered."""

    listed: Any
    survey: Survey

    def __init__(self, repository: Repository, memory: Memory) -> None:
        super().__init__(repository, memory, 1)
        self.built = Memory(repository.cache / "build", memory.folder / "tmp")

    def load(self) -> None:
        """Read what it takes."""
        root, roots = self.repository.root, self.find_roots()
        inputs = Listing(assign=assign_input)
        for folder, names in walk_folders(root / roots["docs"]):
            inputs.take_names(join("docs", folder) if folder else "docs", names)
        self.begin(list_changes(root, roots, inputs))
        self.environment_of_templates.auto_reload = True
        self.survey = read_survey(self.memory)
        self.take_plan()
        self.take_rest()

    def clear(self) -> None:
        """Leave what others are at work on."""

    def take_plan(self) -> None:
        """Take the navigation over from the survey; without one there is none yet."""
        topics: TopicsPart = self.part(TopicsPart)
        pages = self.bundles.paths
        norms = {find_topic(norm): norm for norm in pages}
        plan = self.survey.plan
        if plan is None:
            plan = plan_navigation([], topics.products, {}, self.source)
        topics.plan = plan
        apart = {
            topic: frozenset(pages[norms[topic]])
            for topic in plan.subjects
            if topic in norms and self.source not in pages[norms[topic]]
        }
        topics.lists = Lists(plan, apart, self.bundles.locales, self.source, topics.size)

    def take_rest(self) -> None:
        """Give the parts what they would have read of the whole site."""
        publishing: PublishingPart = self.part(PublishingPart)
        publishing.listed = self.listed = Listed(self)
        publishing.days = {}  # only lists of the whole site show them
        article: ArticlePart = self.part(ArticlePart)
        topics: Any = Delivered(self.survey.topics)
        article.topics = topics
        self.days = {}

    def describe(self) -> Description:
        """Describe the site for the process that serves it."""
        config, root = self.config, self.repository.root
        hidden = [*HIDDEN, OURS, *(f"*{ending}" for ending in markdown_extensions)]
        path = urlsplit(config.site_url or "").path.strip("/")
        return Description(
            tuple(self.locales),
            f"/{path}/" if path else "/",
            {name: str(root / path) for name, path in self.find_roots().items()},
            str(self.site_folder),
            tuple(config.theme.dirs),
            (*hidden, *sorted(config.theme.static_templates)),
            self.survey.digest,
        )

    def see(self, names: list[str]) -> Effect | None:
        """Forget what has changed; say what follows, None where nothing does.

        Args:
            names: Changed files, named after the roots: ``docs/help/start/index.md``.
        """
        name = find_metadata_name(self.config)
        kinds = {path: judge_change(path, name) for path in names}
        kinds = {path: kind for path, kind in kinds.items() if kind is not Kind.NOTHING}
        if not kinds:
            return None
        self.forget(kinds)
        is_other = any(self.is_other_tree(path) for path in kinds)
        found = set(kinds.values())
        return Effect(
            is_whole=is_other or bool(found & {Kind.WHOLE, Kind.DELIVERY, Kind.TABLE}),
            is_plan=is_other
            or bool(found & {Kind.WHOLE, Kind.DELIVERY, Kind.TABLE, Kind.METADATA})
            or any(self.is_other_subject(path) for path in kinds),
            assets=tuple(
                path.partition("/")[2] for path, kind in kinds.items() if kind is Kind.ASSET
            ),
        )

    def is_other_tree(self, path: str) -> bool:
        """Say whether a file under docs/ has appeared or gone."""
        root, _, below = path.partition("/")
        if root != "docs":
            return False
        is_there = sign_file(Path(self.config.docs_dir) / below) is not None
        return is_there != (below in self.files)

    def is_other_subject(self, path: str) -> bool:
        """Say whether a changed source says something else that navigation follows from."""
        root, _, below = path.partition("/")
        topics: TopicsPart = self.part(TopicsPart)
        if root != "docs" or below not in self.bundles.paths:
            return False
        topic = find_topic(below)
        known = topics.plan.subjects.get(topic)
        if not topic:
            return False
        try:
            text = self.files[below].content_string
        except (OSError, ValueError):
            return False
        return read_subject(topic, text, self.bundles.merge_metadata(below)) != known

    def forget(self, kinds: Mapping[str, Kind]) -> None:
        """Forget what was read of changed files."""
        content: ContentPart = self.part(ContentPart)
        article: ArticlePart = self.part(ArticlePart)
        content.reported.clear()
        article.originals.clear()  # a page that is edited says so
        for path, kind in kinds.items():
            below = path.partition("/")[2]
            self.bundles.shared.pop(below, None)
            content.includes.pop(below, None)
            content.harmless.pop(below, None)
            if kind is Kind.TEMPLATE:
                self.forget_template(below)

    def forget_template(self, name: str) -> None:
        """Forget a template; another of the name may stand in its place now."""
        cache: Any = self.environment_of_templates.cache
        for key in [key for key in cache.keys() if key[1] == name]:  # noqa: SIM118
            del cache[key]

    def read_theme_files(self) -> None:
        """Leave the theme's files out: they are served from where they are."""

    def make_writer(self, name: str) -> Any:
        """Make what writes nothing."""
        return Unwritten()
