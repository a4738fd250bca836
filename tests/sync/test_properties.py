"""What must hold whatever is delivered, in whatever order, by however many processes."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from hexapla import pool, state
from hexapla.storage import Entry, Obstacle, Repository, scan_tree
from hexapla.sync import Options, synchronize
from tests.support.trees import Tree, deliver, write_source

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

DATES = ("01/15/2020", "05/20/2020", "09/15/2020")
LOCALES = ("sv-SE", "nb-NO", "ar-SA", "en-US")
TOPICS = ("help/share", "help/files/start", "help")
HEADINGS = {"help/share": "Share", "help/files/start": "Start", "help": "Share"}

ALIASES = re.compile(rb"^aliases:\n(?:- [^\n]*\n)+", re.MULTILINE)

Delivery = Mapping[str, str | bytes]


def write_article(topic: str, locale: str, revision: int, *, units: bool, translator: int) -> str:
    """Write one of the articles that the properties are tried on."""
    sentences = ["Open Files.", "Select Share.", "Select Send."][: revision + 1]
    source = write_source(HEADINGS[topic], *sentences, f"This is {topic}.")
    into = (str.upper, str.lower, str.title)[translator]
    number = TOPICS.index(topic)
    return deliver(source, locale, date=DATES[revision], number=number, units=units, into=into)


@st.composite
def deliveries(draw: st.DrawFn) -> Delivery:
    """Draw the files of a delivery: path below the repository → content."""
    files: dict[str, str | bytes] = {}
    for topic, locale, form in draw(
        st.sets(
            st.tuples(
                st.sampled_from(TOPICS),
                st.sampled_from(LOCALES),
                st.sampled_from(["", ".monolingual", ".loose"]),
            ),
            min_size=1,
            max_size=7,
        ).map(sorted)
    ):
        revision, translator = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        units = form == "" or (form == ".loose" and draw(st.booleans()))
        name = f"{topic.replace('/', '-')}.txt" if form == ".loose" else f"{topic}.md"
        files[f"locales/{locale}{form}/{name}"] = write_article(
            topic, locale, revision, units=units, translator=translator
        )
    for locale in draw(st.sets(st.sampled_from(LOCALES), max_size=3).map(sorted)):
        content = draw(st.sampled_from([b"one", b"two"]))
        files[f"locales/{locale}/help/media/a.png"] = content
    return files


@contextmanager
def make_tree(files: Delivery) -> Iterator[Tree]:
    """Make a repository that goes when it is no longer needed."""
    with tempfile.TemporaryDirectory() as folder:
        yield Tree(Path(folder) / "repository", {"locales/README.txt": "", **files})


def sync_fresh(files: Delivery) -> dict[str, bytes]:
    """Give what a first sync writes."""
    with make_tree(files) as tree:
        tree.run("sync")
        return take_results(tree)


def take_results(tree: Tree) -> dict[str, bytes]:
    """Give the files that sync has written, but for the former paths of topics that were renamed.

    Those no fresh sync can know.
    """
    written = tree.snapshot("docs", "locales")
    return {
        path: ALIASES.sub(b"", data)
        for path, data in written.items()
        if path.startswith("docs/") or path.endswith(".lock")
    }


@given(deliveries())
@FEW
def test_sync_is_idempotent(files: Delivery) -> None:
    with make_tree(files) as tree:
        tree.run("sync")
        before = tree.stamp("docs", "locales")
        for _ in range(2):
            assert "nothing to do" in tree.run("sync").output
        assert tree.stamp("docs", "locales") == before


@given(deliveries(), st.randoms(use_true_random=False))
@FEW
def test_the_order_of_files_does_not_matter(files: Delivery, generator: random.Random) -> None:
    expected = sync_fresh(files)

    def shuffle(root: Path) -> Iterator[Entry | Obstacle]:
        found = list(scan_tree(root))
        generator.shuffle(found)
        return iter(found)

    with make_tree(files) as tree, pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "scan_tree", shuffle)
        tree.run("sync")
        assert take_results(tree) == expected


@given(st.lists(deliveries(), min_size=2, max_size=4), st.booleans())
@FEW
def test_incremental_equals_fresh(steps: list[Delivery], forgets: bool) -> None:
    """Files are added, changed, removed and added again; nobody edits a page in between."""
    with make_tree(steps[0]) as tree:
        for before, files in zip([{}, *steps], steps, strict=False):
            tree.remove(*sorted(before.keys() - files.keys()))
            tree.write({path: files[path] for path in files if files[path] != before.get(path)})
            assert tree.run("sync", "--prune", "--allow-older").code in {0, 1}
            if forgets:
                tree.remove(".hexapla")
        assert take_results(tree) == sync_fresh(steps[-1])


def test_the_former_ids_of_a_topic_are_no_edit() -> None:
    """A topic goes to another path and back: nothing of the other one stays."""
    article = write_article("help/share", "sv-SE", 0, units=True, translator=0)
    loose = write_article("help/share", "sv-SE", 0, units=False, translator=0)
    delivered = {"locales/sv-SE/help/share.md": article}
    test_incremental_equals_fresh.hypothesis.inner_test(  # type: ignore[attr-defined]
        [delivered, {"locales/sv-SE.loose/help-share.txt": loose}, delivered], False
    )


def test_how_a_loose_article_came_to_its_topic_is_no_edit() -> None:
    path, loose = "help/share", "help-share.txt"
    article = write_article(path, "sv-SE", 1, units=True, translator=0)
    norwegian, swedish, later = (
        write_article(path, locale, revision, units=False, translator=0)
        for locale, revision in (("nb-NO", 1), ("sv-SE", 1), ("sv-SE", 0))
    )
    test_withdrawn_pages_go_when_they_are_pruned_later.hypothesis.inner_test(  # type: ignore[attr-defined]
        [
            {"locales/sv-SE/help/share.md": article},
            {f"locales/nb-NO.loose/{loose}": norwegian, f"locales/sv-SE.loose/{loose}": swedish},
            {f"locales/sv-SE.loose/{loose}": later},
        ]
    )


def test_a_file_of_one_locale_becomes_that_of_all() -> None:
    """What several locales have differently is left to one of them."""
    path = "help/media/a.png"
    steps = [
        {f"locales/nb-NO/{path}": b"two", f"locales/sv-SE/{path}": b"one"},
        {f"locales/sv-SE/{path}": b"one"},
    ]
    test_incremental_equals_fresh.hypothesis.inner_test(steps, False)  # type: ignore[attr-defined]


@given(st.lists(deliveries(), min_size=2, max_size=3))
@FEW
def test_withdrawn_pages_go_when_they_are_pruned_later(steps: list[Delivery]) -> None:
    with make_tree(steps[0]) as tree:
        for before, files in zip([{}, *steps], steps, strict=False):
            tree.remove(*sorted(before.keys() - files.keys()))
            tree.write({path: files[path] for path in files if files[path] != before.get(path)})
            tree.run("sync", "--allow-older")
        tree.run("sync", "--prune")
        assert take_results(tree) == sync_fresh(steps[-1])


@given(deliveries(), deliveries(), st.data(), st.booleans())
@FEW
def test_a_writers_edit_is_never_lost(
    first: Delivery, second: Delivery, data: st.DataObject, forgets: bool
) -> None:
    """What a writer added is on the page afterwards, whatever is delivered."""
    with make_tree(first) as tree:
        tree.run("sync")
        page = data.draw(st.sampled_from(tree.list_files("docs")))
        tree.write({page: (tree.root / page).read_bytes() + b"writer: A writer's own line.\n"})
        if forgets:
            tree.remove(".hexapla")
        tree.remove(*sorted(first.keys() - second.keys()))
        tree.write(second)
        for arguments in ((), ("--prune",), ()):
            tree.run("sync", *arguments)
            pages = b"".join(tree.snapshot("docs").values())  # it may have another name now
            assert pages.count(b"writer: A writer's own line.\n") == 1


@given(deliveries(), st.sampled_from([1, 2, 3]))
@settings(FEW, max_examples=6)
def test_the_number_of_processes_does_not_matter(files: Delivery, workers: int) -> None:
    many = dict(files)
    for path, content in files.items():
        for copy in range(6):
            many[path.replace("/help", f"/help{copy}", 1)] = content
    expected = sync_fresh(many)
    with make_tree(many) as tree, pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "_FEW", 1)
        patch.setattr(pool, "_CHUNK", 2)
        report = synchronize(Repository(tree.root), Options(workers=workers))
        assert take_results(tree) == expected
        assert report.changes == sorted(report.changes, key=lambda change: change[0])
