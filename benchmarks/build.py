"""How long a build takes, and what it costs, beside others: from nothing and after changes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.changing import edit_page, redeliver
from benchmarks.contestants import CONTESTANTS, Contestant, forget
from benchmarks.measuring import Measurement, measure
from benchmarks.projects import ENVIRONMENT, Project, prepare_project

COLD = "from nothing"


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is done before a build."""

    name: str
    """As ``--scenario`` takes it."""
    label: str
    """As the table has it."""
    change: Callable[[Project, int], object]
    """Changes the content; the number is different each time."""


SCENARIOS = (
    Scenario("cold", COLD, lambda project, turn: None),
    Scenario("nothing", "nothing changed", lambda project, turn: None),
    Scenario("edit", "one page edited", edit_page),
    Scenario("1%", "1 % redelivered", lambda project, turn: redeliver(project, turn, 100)),
    Scenario("10%", "10 % redelivered", lambda project, turn: redeliver(project, turn, 10)),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure."""

    topics: int = 0
    """Number of topics; 0: all of the corpus."""
    locales: int = 6
    """Number of locales, the source's among them."""
    only: frozenset[str] = frozenset()
    """Names of contestants; empty: all."""
    scenarios: frozenset[str] = frozenset()
    """Names of scenarios; empty: all."""
    rounds: int = 3
    """How often everything is repeated."""
    limit: float = 600
    """Seconds after which a build is stopped."""
    folder: Path | None = None
    """Where to work; None: the system's folder for temporary files."""


@dataclass(slots=True)
class Result:
    """What was measured of one contestant."""

    contestant: Contestant
    """Who it is."""
    version: str
    """Its tools and their versions; empty where they are not installed."""
    content: str = ""
    """What it was given, where that is not what the others got."""
    articles: int = 0
    """The articles it was given."""
    runs: dict[str, list[Measurement]] = field(default_factory=dict)
    """By scenario."""
    steps: dict[str, list[Measurement]] = field(default_factory=dict)
    """By command, from nothing."""
    pages: int = 0
    """HTML files that it wrote."""
    size: int = 0
    """Bytes of them, without their lists: the mean."""
    problem: str = ""
    """What is wrong with what it wrote, or why there is nothing."""

    failed: bool = False
    """Whether a command ended with an error."""

    @property
    def is_over(self) -> bool:
        """Whether it failed, or was not given the time to end."""
        return self.failed or any(run.stopped for runs in self.runs.values() for run in runs)


def compare_builds(options: Options, say: Callable[[str], None]) -> tuple[str, list[Result]]:
    """Measure all contestants by turns.

    Returns:
        What the content was, and the results in the table's order.
    """
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="bench-") as name:
        say("Preparing the content …")
        project = prepare_project(Path(name) / "site", options.topics, options.locales)
        say(f"{project.description}: {len(project.list_pages()):,} articles")
        results = [
            result
            for contestant in CONTESTANTS
            if not options.only or contestant.name in options.only
            for result in [_enter(contestant, options, say)]
        ]
        ready = [result for result in results if result.version]
        subsets = [result for result in ready if result.contestant.subset]
        others = [result for result in ready if not result.contestant.subset]
        _run_all(project, others, options, say)
        for result in subsets:
            _run_subset(Path(name), result, options, say)
        return project.description, results


def _enter(contestant: Contestant, options: Options, say: Callable[[str], None]) -> Result:
    try:
        version = contestant.version()
    except OSError as error:
        say(f"  {contestant.label}: not measured, {error}")
        return Result(contestant, "", problem=f"not installed: {error}")
    return Result(contestant, version)


def _run_subset(folder: Path, result: Result, options: Options, say: Callable[[str], None]) -> None:
    """Give a contestant whose cost grows with the square what it can do, from nothing only."""
    locales, topics = result.contestant.subset or (2, 1000)
    project = prepare_project(folder / result.contestant.name, topics, locales)
    result.content = project.description
    few = Options(rounds=1, scenarios=frozenset({"cold"}), limit=options.limit)
    _run_all(project, [result], few, say)


def _run_all(
    project: Project, results: Sequence[Result], options: Options, say: Callable[[str], None]
) -> None:
    """Run every scenario with every contestant, round by round."""
    for result in results:
        result.articles = len(project.list_pages())
        forget(result.contestant, project)
        try:
            result.contestant.prepare(project)
        except (RuntimeError, ValueError) as error:
            result.failed = True
            result.problem = f"could not be prepared: {error}"
            say(f"  {result.contestant.label}: {result.problem}")
    chosen = [
        scenario
        for scenario in SCENARIOS
        if not options.scenarios or scenario.name in options.scenarios | {"cold"}
    ]
    for turn in range(1, options.rounds + 1):
        for scenario in chosen:
            scenario.change(project, turn)
            for result in results:
                if not result.is_over:
                    _try(project, result, scenario, options, say)


def _try(
    project: Project,
    result: Result,
    scenario: Scenario,
    options: Options,
    say: Callable[[str], None],
) -> None:
    """Run a contestant once; where it fails, the others go on."""
    try:
        _run(project, result, scenario, options, say)
    except RuntimeError as error:
        result.failed = True
        result.problem = f"failed: {scenario.label}"
        say(f"  {result.contestant.label}, {scenario.label}: {error}")


def _run(
    project: Project,
    result: Result,
    scenario: Scenario,
    options: Options,
    say: Callable[[str], None],
) -> None:
    """Run a contestant's commands once."""
    contestant = result.contestant
    contestant.refresh(project)
    if scenario.label == COLD:
        forget(contestant, project)
    total = Measurement(0, 0, 0)
    for step, command in contestant.commands(project):
        left = options.limit - total.wall
        run = measure(command, project.root, ENVIRONMENT, left)
        total += run
        if scenario.label == COLD:
            _add_step(result, step, run)
        if run.stopped:
            break
    result.runs.setdefault(scenario.label, []).append(total)
    end = f", stopped after {options.limit:.0f} s" if total.stopped else ""
    say(f"  {contestant.label}, {scenario.label}: {total.wall:.2f} s{end}")
    if scenario.label == COLD and not total.stopped:
        _inspect(project, result)


def _add_step(result: Result, step: str, run: Measurement) -> None:
    """Add what one command took to its step in this round: a step may be several commands."""
    runs = result.steps.setdefault(step, [])
    number = len(result.runs.get(COLD, []))
    if len(runs) > number:
        runs[number] += run
    else:
        runs.append(run)


def _inspect(project: Project, result: Result) -> None:
    """Look whether all pages and a search index are there, and how large pages are."""
    sites = list(project.root.glob(result.contestant.site))
    sizes = [path.stat().st_size for site in sites for path in site.rglob("*.html")]
    result.pages = len(sizes)
    result.size = sum(sizes) // max(1, len(sizes))
    problems = []
    if len(sizes) < result.articles:
        problems.append(f"{result.articles - len(sizes):,} pages are missing")
    for site in sites:
        if not any(path.stat().st_size for path in site.glob(result.contestant.index)):
            problems.append("no search index")
    result.problem = ", ".join(problems)
