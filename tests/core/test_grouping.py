"""Articles become topics: by path first, by evidence where there is none, always the same."""

import math
from random import Random

import pytest
from hypothesis import given, strategies as st

from hexapla.evidence import Evidence
from hexapla.grouping import Loose, group_by_path, group_topics, resolve_collisions
from hexapla.model import Delivered, Form, Topic


def deliver(path: str) -> Delivered:
    """Name a delivered file by its path below locales/."""
    folder, _, name = path.partition("/")
    form = Form.LOOSE if folder.endswith(".loose") else Form.BILINGUAL
    return Delivered(folder.removesuffix(".loose"), form, path, name)


def gather(
    revision: str = "",
    commit: str = "",
    anchor: str = "share",
    *,
    custom: str = "",
    asset: str = "",
    addresses: str = "",
) -> Evidence:
    """Make an article's evidence; several values are divided by blanks."""
    return Evidence(
        revision, commit, anchor, frozenset(custom.split()), asset, frozenset(addresses.split())
    )


def loosen(path: str, evidence: Evidence, day: str = "20200915", title: str = "Titel") -> Loose:
    """Make a loose article."""
    return Loose(deliver(path), evidence, (day, 0), title)


def show(topics: list[Topic]) -> dict[str, list[str]]:
    """Give each topic's delivered paths."""
    return {topic.identifier: [file.path for file in topic.articles] for topic in topics}


def show_relations(topics: list[Topic]) -> list[tuple[str, str, bool, float]]:
    """Give each topic's relations."""
    return [
        (topic.identifier, relation.other, relation.joined, relation.score)
        for topic in topics
        for relation in topic.relations
    ]


def test_equal_paths_are_one_topic() -> None:
    paths = ["sv-SE/help/a.md", "nb-NO/help/a.md", "nb-NO/help/b.MD"]
    groups, findings = group_by_path(map(deliver, paths))
    assert findings == []
    assert {key: [file.path for file in files] for key, files in groups.items()} == {
        "help/a": ["sv-SE/help/a.md", "nb-NO/help/a.md"],
        "help/b": ["nb-NO/help/b.MD"],
    }


def test_paths_that_meet_are_never_one_topic() -> None:
    paths = ["sv-SE/A.md", "nb-NO/a.md", "nl-NL/a.md", "ja-JP/e\u0301.md", "sv-SE/é.md"]
    groups, findings = group_by_path(map(deliver, paths))
    assert sorted(groups) == ["a", "é"]
    assert [finding.render_text() for finding in findings] == [
        "locales/sv-SE/A.md: error: this path meets 'a' where case or normalization do not count"
        " (deliver it under another name) [path-collision]"
    ]


def test_a_path_that_leaves_no_name_is_reported() -> None:
    groups, findings = group_by_path([deliver("sv-SE/help/\u200b.md")])
    assert groups == {}
    assert [finding.code for finding in findings] == ["path-unusable"]


def test_of_paths_that_meet_the_one_with_more_files_stays() -> None:
    groups = {"A": [deliver("x/1")], "a": [deliver("x/2")], "B": [], "b": [deliver("x/3")]}
    assert resolve_collisions(groups) == (["A", "b"], [("B", "b"), ("a", "A")])


def test_an_equal_revision_is_the_same_topic() -> None:
    loose = [
        loosen("nl-NL.loose/1.txt", gather("r1", "c1", "sync")),
        loosen("sv-SE.loose/0.txt", gather("r1", "c1", "sync")),
    ]
    topics = group_topics({}, loose, {})
    assert show(topics) == {"sync": ["nl-NL.loose/1.txt", "sv-SE.loose/0.txt"]}
    assert show_relations(topics) == [("sync", "sv-SE.loose/0.txt", True, math.inf)]


def test_a_loose_article_joins_the_topic_with_its_revision() -> None:
    by_path = {"help/sync": [deliver("sv-SE/help/sync.md")]}
    evidence = {"help/sync": [("sv-SE/help/sync.md", gather("r1", "c1", "other"))]}
    topics = group_topics(by_path, [loosen("nl-NL.loose/1.txt", gather("r1", "c2"))], evidence)
    assert show(topics) == {"help/sync": ["nl-NL.loose/1.txt", "sv-SE/help/sync.md"]}
    assert show_relations(topics) == [("help/sync", "nl-NL.loose/1.txt", True, math.inf)]


def test_of_topics_with_equal_files_the_first_by_name_is_joined() -> None:
    by_path = {key: [deliver(f"sv-SE/{key}.md")] for key in ("b", "a", "c")}
    evidence = {key: [(f"sv-SE/{key}.md", gather("r1"))] for key in by_path}
    topics = group_topics(by_path, [loosen("nl-NL.loose/1.txt", gather("r1"))], evidence)
    assert show(topics)["a"] == ["nl-NL.loose/1.txt", "sv-SE/a.md"]


def test_good_evidence_joins_and_is_noted() -> None:
    by_path = {"help/share": [deliver("sv-SE/help/share.md")]}
    evidence = {"help/share": [("sv-SE/help/share.md", gather("r1", "c1", custom="7"))]}
    loose = [loosen("nl-NL.loose/1.txt", gather("r2", "c2", custom="7"))]
    topics = group_topics(by_path, loose, evidence)
    assert show(topics) == {"help/share": ["nl-NL.loose/1.txt", "sv-SE/help/share.md"]}
    assert show_relations(topics) == [("help/share", "nl-NL.loose/1.txt", True, 2.75)]


def test_weak_evidence_relates_both_sides() -> None:
    loose = [
        loosen("nb-NO.loose/3.txt", gather("r1", "c1", asset="a"), "20190822"),
        loosen("sv-SE.loose/4.txt", gather("r2", "c2", asset="a"), "20200914"),
    ]
    topics = group_topics({}, loose, {})
    assert show(topics) == {"share": ["nb-NO.loose/3.txt"], "share-2": ["sv-SE.loose/4.txt"]}
    assert show_relations(topics) == [
        ("share", "share-2", False, 1.75),
        ("share-2", "share", False, 1.75),
    ]


def test_weaker_evidence_says_nothing() -> None:
    loose = [
        loosen("nb-NO.loose/3.txt", gather("r1", "c1")),
        loosen("sv-SE.loose/4.txt", gather("r2", "c2")),
    ]
    topics = group_topics({}, loose, {})
    assert sorted(show(topics)) == ["share", "share-2"]
    assert show_relations(topics) == []


def test_two_files_of_one_commit_are_never_joined() -> None:
    loose = [
        loosen("nb-NO.loose/3.txt", gather("r1", "c1", custom="7")),
        loosen("sv-SE.loose/4.txt", gather("r2", "c1", custom="7")),
    ]
    topics = group_topics({}, loose, {})
    assert len(topics) == 2
    assert topics[0].relations[0].reasons[-1] == "but two files of one commit"


def test_what_one_member_forbids_is_forbidden_to_its_group() -> None:
    loose = [
        loosen("ar-SA.loose/1.txt", gather("r1", "c1", custom="7")),
        loosen("ja-JP.loose/2.txt", gather("r2", "c2", custom="7 8", asset="x")),
        loosen("nb-NO.loose/3.txt", gather("r3", "c1", custom="7 8", asset="x")),
    ]
    topics = group_topics({}, loose, {})
    assert sorted(show(topics).values()) == [
        ["ar-SA.loose/1.txt"],
        ["ja-JP.loose/2.txt", "nb-NO.loose/3.txt"],
    ]
    (alone,) = (topic for topic in topics if len(topic.articles) == 1)
    assert [(relation.joined, relation.score) for relation in alone.relations] == [(False, 2.75)]


def test_articles_of_one_locale_may_be_one_topic() -> None:
    loose = [
        loosen("sv-SE.loose/1.txt", gather("r1", "c1", custom="7")),
        loosen("sv-SE.loose/2.txt", gather("r2", "c2", custom="7"), "20210101"),
        loosen("sv-SE.loose/3.txt", gather("r1", "c1", custom="7")),
    ]
    assert show(group_topics({}, loose, {})) == {
        "share": ["sv-SE.loose/1.txt", "sv-SE.loose/2.txt", "sv-SE.loose/3.txt"]
    }


@pytest.mark.parametrize(
    ("anchor", "title", "expected"),
    [
        ("share", "Titel", "share"),
        ("", "Dela en mapp!", "dela-en-mapp"),
        ("", "共有 する", "共有-する"),
        ("", "", "0a"),
        ("..", "Titel", "titel"),
        ("../../etc", "Titel", "-..-etc"),
        ("a/b", "Titel", "a-b"),
        ("\u200b", "—", "0a"),
        ("x" * 5000, "", "x" * 200),
        ("", "あ" * 5000, "あ" * 66),
    ],
)
def test_a_topic_without_a_path_is_named_by_its_heading(
    anchor: str, title: str, expected: str
) -> None:
    loose = loosen("sv-SE.loose/0a.txt", gather(anchor=anchor), title=title)
    assert list(show(group_topics({}, [loose], {}))) == [expected]


def test_a_name_that_is_taken_gets_a_number() -> None:
    by_path = {"Share": [deliver("sv-SE/Share.md")]}
    loose = [
        loosen("nl-NL.loose/2.txt", gather("r2"), "20210101"),
        loosen("nl-NL.loose/1.txt", gather("r1"), "20200101"),
    ]
    assert show(group_topics(by_path, loose, {})) == {
        "Share": ["sv-SE/Share.md"],
        "share-2": ["nl-NL.loose/1.txt"],
        "share-3": ["nl-NL.loose/2.txt"],
    }


def test_a_loose_article_never_joins_two_topics_that_have_paths() -> None:
    by_path = {key: [deliver(f"sv-SE/{key}.md")] for key in ("a", "b")}
    evidence = {
        "a": [("sv-SE/a.md", gather("r1", "c1", custom="7"))],
        "b": [("sv-SE/b.md", gather("r2", "c2", custom="7", asset="x"))],
    }
    loose = [loosen("nl-NL.loose/1.txt", gather("r3", "c3", custom="7", asset="x"))]
    topics = group_topics(by_path, loose, evidence)
    assert show(topics) == {"a": ["sv-SE/a.md"], "b": ["nl-NL.loose/1.txt", "sv-SE/b.md"]}
    assert [relation.reasons[-1] for relation in topics[0].relations] == [
        "but each has a path of its own"
    ]


EVIDENCE = st.builds(
    gather,
    revision=st.sampled_from(("", "r1", "r2", "r3")),
    commit=st.sampled_from(("", "c1", "c2")),
    anchor=st.sampled_from(("", "share", "sync")),
    custom=st.sampled_from(("", "1", "2", "1 2")),
    asset=st.sampled_from(("", "a", "b")),
    addresses=st.sampled_from(("", "x", "x y", "z")),
)


@st.composite
def deliveries(
    draw: st.DrawFn,
) -> tuple[dict[str, list[Delivered]], list[Loose], dict[str, list[tuple[str, Evidence]]]]:
    """Draw topics with a path and loose articles."""
    by_path, evidence = {}, {}
    for key in draw(st.lists(st.sampled_from(("a", "share", "z")), unique=True)):
        path = f"sv-SE/{key}.md"
        by_path[key] = [deliver(path)]
        evidence[key] = [(path, draw(EVIDENCE))]
    days = st.sampled_from(("20190101", "20200101"))
    loose = [
        loosen(f"nl-NL.loose/{index}.txt", draw(EVIDENCE), draw(days))
        for index in range(draw(st.integers(0, 6)))
    ]
    return by_path, loose, evidence


@given(deliveries(), st.randoms(use_true_random=False))
def test_order_does_not_matter(
    drawn: tuple[dict[str, list[Delivered]], list[Loose], dict[str, list[tuple[str, Evidence]]]],
    random: Random,
) -> None:
    by_path, loose, evidence = drawn
    topics = group_topics(by_path, loose, evidence)
    keys = list(by_path)
    random.shuffle(keys)
    random.shuffle(loose)
    shuffled = group_topics({key: by_path[key] for key in keys}, loose, evidence)
    assert shuffled == topics


@given(deliveries())
def test_every_article_is_in_one_topic_and_rules_hold(
    drawn: tuple[dict[str, list[Delivered]], list[Loose], dict[str, list[tuple[str, Evidence]]]],
) -> None:
    by_path, loose, evidence = drawn
    topics = group_topics(by_path, loose, evidence)
    paths = [file.path for topic in topics for file in topic.articles]
    given_paths = [file.path for files in by_path.values() for file in files]
    given_paths += [article.delivered.path for article in loose]
    assert sorted(paths) == sorted(given_paths)
    for topic in topics:
        paths = [file.path for file in topic.articles if file.form is not Form.LOOSE]
        assert len(paths) == (topic.identifier in by_path)
    assert len({topic.identifier.casefold() for topic in topics}) == len(topics)
    topic_of = {file.path: topic.identifier for topic in topics for file in topic.articles}
    for one in loose:
        for two in loose:
            if one.evidence.revision and one.evidence.revision == two.evidence.revision:
                assert topic_of[one.delivered.path] == topic_of[two.delivered.path]
    names = {topic.identifier for topic in topics}
    for topic in topics:
        others = [(relation.joined, relation.other) for relation in topic.relations]
        assert len(set(others)) == len(others)
        assert all(other in (topic_of if joined else names) for joined, other in others)
        assert (False, topic.identifier) not in others
