"""Whatever is done to a project: a build after it makes what a first build would make."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings, strategies as st

from tests.building.projects import build, build_anew, differ, read_site
from tests.support.trees import Tree

Step = Callable[[Tree, Random], None]

STEPS: list[Step] = []


def step(function: Step) -> Step:
    """Add something that happens to projects."""
    STEPS.append(function)
    return function


def choose(tree: Tree, random: Random, folder: str, *endings: str) -> str:
    """Choose a file."""
    found = [path for path in tree.list_files(folder) if path.endswith(endings)]
    return random.choice(found)


def choose_topic(tree: Tree, random: Random) -> str:
    """Choose a bundle."""
    folders = {str(Path(path).parent) for path in tree.list_files("docs/help") if "/index" in path}
    return random.choice(sorted(folders))


@step
def add_a_paragraph(tree: Tree, random: Random) -> None:
    path = choose(tree, random, "docs", ".md")
    tree.write({path: tree.read(path) + f"\nA paragraph, number {random.random()}.\n"})


@step
def change_a_title(tree: Tree, random: Random) -> None:
    path = choose(tree, random, "docs/help", "index.md", ".sv-SE.md", ".ar-SA.md")
    lines = tree.read(path).split("\n")
    lines = [f"# Title {random.random()}" if line.startswith("# ") else line for line in lines]
    tree.write({path: "\n".join(lines)})


@step
def keep_search_engines_away(tree: Tree, random: Random) -> None:
    path = choose(tree, random, "docs/help", ".sv-SE.md", ".ar-SA.md")
    text = tree.read(path)
    front = text.removeprefix("---\n") if text.startswith("---\n") else f"---\n{text}"
    tree.write({path: f"---\nrobots: noindex\n{front}"})


@step
def remove_a_page(tree: Tree, random: Random) -> None:
    tree.remove(choose(tree, random, "docs/help", ".sv-SE.md", ".ar-SA.md", "index.md"))


@step
def rename_a_topic(tree: Tree, random: Random) -> None:
    topic = choose_topic(tree, random)
    (tree.root / topic).rename(tree.root / f"{topic}-{random.randrange(1000)}")


@step
def remove_a_topic(tree: Tree, random: Random) -> None:
    tree.remove(choose_topic(tree, random))


@step
def add_a_topic(tree: Tree, random: Random) -> None:
    topic = f"docs/help/new/topic-{random.randrange(100)}"
    other = choose_topic(tree, random).removeprefix("docs/help")
    text = f"# A new topic\n\nSee [this](../..{other}/index.md).\n"
    tree.write({f"{topic}/index.md": text, f"{topic}/index.sv-SE.md": "# Ett nytt ämne\n"})


@step
def change_shared_metadata(tree: Tree, random: Random) -> None:
    topic = choose_topic(tree, random)
    value = random.choice(["ms.service: tidelight-meet", "aliases: [old/place]", "author: x"])
    tree.write({f"{topic}/.meta.yml": f"{value}\n"})


@step
def change_what_pages_take_in(tree: Tree, random: Random) -> None:
    path = "docs/includes/plan-note/index.md"
    tree.write({path: f"A note, number {random.random()}.\n"})


@step
def change_the_configuration(tree: Tree, random: Random) -> None:
    text = tree.read("mkdocs.yml")
    old, new = random.choice(
        [
            ("topics_per_page: 50", "topics_per_page: 10"),
            ("name: Tidelight Mail", "name: Letters"),
            ("          name: العربية\n", "          name: عربي\n"),
            ("  - search\n", "  - search\n  # nothing\n"),
        ]
    )
    tree.write({"mkdocs.yml": text.replace(old, new)})


@step
def change_a_template(tree: Tree, random: Random) -> None:
    path = choose(tree, random, "overrides", "home.html", "related.html", "status.html")
    tree.write({path: tree.read(path) + f"\n{{# {random.random()} #}}\n"})


@step
def change_a_style(tree: Tree, random: Random) -> None:
    path = choose(tree, random, "overrides/assets", ".css")
    tree.write({path: tree.read(path) + f"\n/* {random.random()} */\n"})


@step
def change_a_delivered_article(tree: Tree, random: Random) -> None:
    path = choose(tree, random, "locales", ".md")
    text = tree.read(path)
    tree.write({path: text.replace("<source>", "<source>Now: ", 1) + "\nMore.\n"})


@step
def remove_a_delivered_article(tree: Tree, random: Random) -> None:
    tree.remove(choose(tree, random, "locales/sv-SE/help", ".md"))


@step
def sync(tree: Tree, random: Random) -> None:
    tree.run("sync", "--jobs", "1")


@step
def withdraw_or_deliver_again(tree: Tree, random: Random) -> None:
    """Take an article out of a delivery, or put it back; the locks say which pages are left."""
    tree.run("sync", "--jobs", "1")
    path = choose(tree, random, "locales/sv-SE/help", ".md")
    text = tree.read(path)
    tree.remove(path)
    tree.run("sync", "--jobs", "1")
    if random.random() < 0.5:
        tree.write({path: text})
        tree.run("sync", "--jobs", "1")


@step
def edit_what_was_delivered(tree: Tree, random: Random) -> None:
    """Change words of a page, or what was changed back; where it has a lock, figures follow."""
    path = choose(tree, random, "docs/help", ".sv-SE.md", ".ar-SA.md")
    text = tree.read(path)
    edited = text.replace(" och ", " samt ") if " och " in text else text.replace(" samt ", " och ")
    tree.write({path: edited if edited != text else f"{text.rstrip()} ..\n"})


@step
def change_the_site(tree: Tree, random: Random) -> None:
    tree.write({choose(tree, random, "site", ".html", ".json", ".css"): "changed"})


@step
def remove_of_the_site(tree: Tree, random: Random) -> None:
    tree.remove(choose(tree, random, "site", ".html", ".xml", ".js"))


@step
def damage_what_is_remembered(tree: Tree, random: Random) -> None:
    path = choose(tree, random, ".hexapla/build", "")
    data = bytearray((tree.root / path).read_bytes())
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    (tree.root / path).write_bytes(data[: random.choice([None, len(data) // 2])])


@step
def forget_everything(tree: Tree, random: Random) -> None:
    shutil.rmtree(tree.root / ".hexapla")


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    runs=st.lists(st.lists(st.sampled_from(STEPS), min_size=1, max_size=4), min_size=1, max_size=3),
    seed=st.integers(0, 2**32),
)
def test_incremental_equals_clean(
    make_copy: Callable[[], Tree], runs: list[list[Step]], seed: int
) -> None:
    tree, random = make_copy(), Random(seed)
    try:
        for steps in runs:
            for happens in steps:
                happens(tree, random)
            build(tree)
        fresh = build_anew(tree, tree.root.with_name(f"{tree.root.name}-fresh"))
        assert differ(read_site(tree), fresh) == []
    finally:
        shutil.rmtree(tree.root)


def test_every_step_happens_at_least_once(make_copy: Callable[[], Tree]) -> None:
    """All of them one after the other, each with a build of its own."""
    tree, random = make_copy(), Random(11)
    for happens in STEPS:
        if happens is not forget_everything:
            happens(tree, random)
            build(tree)
    fresh = build_anew(tree, tree.root.with_name(f"{tree.root.name}-fresh"))
    assert differ(read_site(tree), fresh) == []
