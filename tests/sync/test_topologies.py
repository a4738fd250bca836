"""One suite per topology of locales: which files and whose text each of them gives."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.support.delivery_writer import parse_source, source_text
from tests.support.trees import Files, Tree, deliver, write_source

SHARE = write_source("Share a folder", "Open Files.", "Select Share.")
EARLIER = write_source("Share a folder", "Open Files.", "Select Send.")
TRUE_SOURCE = source_text(parse_source(SHARE))
PLAIN = "\n# Share a folder\n\nOpen Files.\n\nSelect Share.\n"


def article(
    locale: str, source: str = SHARE, *, units: bool = True, date: str = "09/15/2020"
) -> str:
    """Write the topic's article of a locale."""
    return deliver(source, locale, units=units, date=date)


@dataclass(frozen=True, slots=True)
class Topology:
    """Deliveries, and what becomes of them."""

    title: str
    """Its name."""
    files: Files
    """Path below ``locales/`` → content."""
    pages: dict[str, str]
    """Path of each page below ``docs/`` → a text that it shows."""
    provenance: str
    """Where the source comes from, as ``.meta.yml`` says."""
    is_proven: bool = False
    """Whether the source hashes to the revision that translations name."""
    codes: tuple[str, ...] = ()
    """The codes of what is noticed."""


TOPOLOGIES = [
    Topology(
        "source only",
        {"en-US/help/share.md": TRUE_SOURCE},
        {"help/share/index.md": "Select Share."},
        "delivered",
    ),
    Topology(
        "source only, without front matter",
        {"en-US/help/share.md": PLAIN},
        {"help/share/index.md": "Select Share."},
        "delivered",
    ),
    Topology(
        "source delivered with a translation of it",
        {"en-US/help/share.md": TRUE_SOURCE, "sv-SE/help/share.md": article("sv-SE")},
        {
            "help/share/index.md": "Select Share.",
            "help/share/index.sv-SE.md": "Select Share. (sv-SE)",
        },
        "delivered",
        is_proven=True,
    ),
    Topology(
        "source reconstructed from one locale",
        {"sv-SE/help/share.md": article("sv-SE")},
        {
            "help/share/index.md": "Select Share.",
            "help/share/index.sv-SE.md": "Select Share. (sv-SE)",
        },
        "reconstructed",
        is_proven=True,
    ),
    Topology(
        "two locales",
        {"sv-SE/help/share.md": article("sv-SE"), "nb-NO/help/share.md": article("nb-NO")},
        {
            "help/share/index.md": "Select Share.",
            "help/share/index.nb-NO.md": "Select Share. (nb-NO)",
            "help/share/index.sv-SE.md": "Select Share. (sv-SE)",
        },
        "reconstructed",
        is_proven=True,
    ),
    Topology(
        "two locales of different revisions",
        {
            "sv-SE/help/share.md": article("sv-SE"),
            "nb-NO/help/share.md": article("nb-NO", EARLIER, date="01/15/2020"),
        },
        {
            "help/share/index.md": "Select Share.",
            "help/share/index.nb-NO.md": "Select Send. (nb-NO)",
            "help/share/index.sv-SE.md": "Select Share. (sv-SE)",
        },
        "reconstructed",
        is_proven=True,
    ),
    Topology(
        "right to left",
        {
            "ar-SA/help/share.md": deliver(
                SHARE, "ar-SA", into=lambda text: "\u200fافتح " + str(len(text)) + "."
            )
        },
        {"help/share/index.md": "Select Share.", "help/share/index.ar-SA.md": "\u200fافتح 13."},
        "reconstructed",
        is_proven=True,
    ),
    Topology(
        "script subtag",
        {
            "sr-Latn-RS/help/share.md": article("sr-Latn-RS"),
            "sr-Cyrl-RS/help/share.md": article("sr-Cyrl-RS"),
        },
        {
            "help/share/index.md": "Select Share.",
            "help/share/index.sr-Cyrl-RS.md": "Select Share. (sr-Cyrl-RS)",
            "help/share/index.sr-Latn-RS.md": "Select Share. (sr-Latn-RS)",
        },
        "reconstructed",
        is_proven=True,
    ),
    Topology(
        "language without a region",
        {"sv/help/share.md": article("sv")},
        {"help/share/index.md": "Select Share.", "help/share/index.sv.md": "Select Share. (sv)"},
        "reconstructed",
        is_proven=True,
    ),
    Topology(
        "source missing: no locale has units",
        {"sv-SE.monolingual/help/share.md": article("sv-SE", units=False)},
        {"help/share/index.sv-SE.md": "Select Share. (sv-SE)"},
        "none",
        codes=("source-missing",),
    ),
    Topology(
        "two trees of one hand-off",
        {
            "sv-SE/help/share.md": article("sv-SE"),
            "sv-SE.monolingual/help/share.md": article("sv-SE", units=False),
        },
        {
            "help/share/index.md": "Select Share.",
            "help/share/index.sv-SE.md": "Select Share. (sv-SE)",
        },
        "reconstructed",
        is_proven=True,
    ),
    Topology(
        "two trees, the monolingual one later",
        {
            "sv-SE/help/share.md": article("sv-SE", EARLIER, date="01/15/2020"),
            "sv-SE.monolingual/help/share.md": article("sv-SE", units=False),
        },
        {
            "help/share/index.md": "Select Send.",
            "help/share/index.sv-SE.md": "Select Share. (sv-SE)",
        },
        "reconstructed",
        is_proven=True,
    ),
    Topology(
        "two trees, the bilingual one later",
        {
            "sv-SE/help/share.md": article("sv-SE"),
            "sv-SE.monolingual/help/share.md": article(
                "sv-SE", EARLIER, date="01/15/2020", units=False
            ),
        },
        {
            "help/share/index.md": "Select Share.",
            "help/share/index.sv-SE.md": "Select Share. (sv-SE)",
        },
        "reconstructed",
        is_proven=True,
    ),
    Topology(
        "loose articles alone",
        {
            "sv-SE.loose/000.txt": article("sv-SE"),
            "nb-NO.loose/001.txt": article("nb-NO"),
        },
        {
            "share-a-folder/index.md": "Select Share.",
            "share-a-folder/index.nb-NO.md": "Select Share. (nb-NO)",
            "share-a-folder/index.sv-SE.md": "Select Share. (sv-SE)",
        },
        "reconstructed",
        is_proven=True,
        codes=("related-topics",),
    ),
    Topology(
        "a loose article beside one with its path",
        {
            "sv-SE/help/share.md": article("sv-SE"),
            "nb-NO.loose/001.txt": article("nb-NO"),
        },
        {
            "help/share/index.md": "Select Share.",
            "help/share/index.nb-NO.md": "Select Share. (nb-NO)",
            "help/share/index.sv-SE.md": "Select Share. (sv-SE)",
        },
        "reconstructed",
        is_proven=True,
        codes=("related-topics",),
    ),
]


@pytest.mark.parametrize("topology", TOPOLOGIES, ids=lambda topology: topology.title)
class TestTopology:
    """What must hold in every topology."""

    @pytest.fixture(autouse=True)
    def deliver(self, tree: Tree, topology: Topology) -> None:
        """Put the deliveries in place and sync."""
        tree.write({f"locales/{path}": content for path, content in topology.files.items()})
        self.outcome = tree.sync("--fail-on", "error")

    def test_pages(self, tree: Tree, topology: Topology) -> None:
        pages = [path for path in tree.list_files("docs") if path.endswith(".md")]
        assert pages == sorted(f"docs/{path}" for path in topology.pages)
        for path, text in topology.pages.items():
            assert f"\n{text}\n" in tree.read(f"docs/{path}")
            assert "<span" not in tree.read(f"docs/{path}")

    def test_provenance(self, tree: Tree, topology: Topology) -> None:
        folder = next(iter(topology.pages)).rpartition("/")[0]
        shared = tree.read(f"docs/{folder}/.meta.yml")
        assert f"provenance: {topology.provenance}\n" in shared
        assert ("\nproven: " in shared) == topology.is_proven

    def test_findings(self, tree: Tree, topology: Topology) -> None:
        outcome = tree.run("check", "--least", "info")
        found = {line.rpartition("[")[2][:-1] for line in outcome.lines if line.endswith("]")}
        assert found == set(topology.codes)

    def test_second_run_writes_nothing(self, tree: Tree, topology: Topology) -> None:
        before = tree.stamp("docs", "locales")
        assert ": nothing to do" in tree.sync().lines[-1]
        assert tree.stamp("docs", "locales") == before

    def test_every_locale_has_a_lock(self, tree: Tree, topology: Topology) -> None:
        locales = {path.partition("/")[0].partition(".")[0] for path in topology.files} | {"en-US"}
        locks = [path for path in tree.list_files("locales") if path.endswith(".lock")]
        assert locks == [f"locales/{locale}.lock" for locale in sorted(locales)]

    def test_front_matter_survives(self, tree: Tree, topology: Topology) -> None:
        everything = "".join(text.decode() for text in tree.snapshot("docs").values())
        for content in topology.files.values():
            assert isinstance(content, str)
            if content.startswith("---\n"):
                for line in content.split("---\n")[1].splitlines():
                    key, _, value = line.partition(": ")
                    assert f"{key}: " in everything
                    assert value.strip("'\"") in everything
