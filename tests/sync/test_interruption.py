"""Interruptions: killed, raced, out of space, not permitted; what is there stays whole."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from hexapla import pool
from hexapla.errors import StorageError
from hexapla.planning import Job
from hexapla.storage import Writer
from hexapla.working import Outcome as JobOutcome, Work, carry_out
from tests.support.disks import mount_disk
from tests.support.trees import Outcome, Tree, deliver, write_source

TOPICS = 105
"""So many that several processes work on them."""
LOCALES = ("sv-SE", "ar-SA")
MOMENTS = 20
SEED = 20200915


def write_deliveries(revision: int) -> dict[str, str]:
    """Write the articles of a few hundred files in a first or a second revision."""
    date = ("09/15/2020", "10/20/2020")[revision]
    files = {}
    for number in range(TOPICS):
        sentences = [f"This is sentence {line} of topic {number}." for line in range(8 + revision)]
        source = write_source(f"Topic {number}", *sentences)
        for locale in LOCALES:
            path = f"locales/{locale}/help/section-{number % 7}/topic-{number}.md"
            files[path] = deliver(source, locale, date=date, number=number)
    return files


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A repository in which the first revision is synced and the second delivered."""
    tree = Tree(tmp_path_factory.mktemp("before") / "repository", write_deliveries(0))
    tree.sync()
    tree.write(write_deliveries(1))
    tree.remove("locales/sv-SE/help/section-0/topic-7.md")
    return tree


@pytest.fixture(scope="module")
def after(before: Tree, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an uninterrupted sync makes of it."""
    tree = copy(before, tmp_path_factory.mktemp("after"))
    tree.sync()
    return tree.snapshot("docs", "locales")


def copy(tree: Tree, folder: Path) -> Tree:
    """Copy a repository, without its cache."""
    leave = shutil.ignore_patterns(".hexapla")
    # Links are enough: nothing is ever written in place.
    shutil.copytree(tree.root, folder / "repository", copy_function=os.link, ignore=leave)
    return Tree(folder / "repository")


def finish(tree: Tree) -> None:
    """Sync to the end, once the processes of a killed command have gone."""
    deadline = time.monotonic() + 30
    while (outcome := tree.run("sync")).code == 2 and time.monotonic() < deadline:
        assert "another hexapla command is at work" in outcome.errors
        time.sleep(0.02)
    assert outcome.code == 0, outcome


def test_killed_at_any_moment(
    before: Tree, after: dict[str, bytes], tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """The next run makes of it what an uninterrupted one does."""
    generator = random.Random(SEED)
    old = before.snapshot("docs")
    due = sum(after.get(path) != data for path, data in old.items())
    unfinished = 0
    for moment in range(MOMENTS):
        with subtests.test(moment=moment):
            tree = copy(before, tmp_path / str(moment))
            process = fork_sync(tree)
            # Told by what is written, since how long a run takes depends on the machine.
            wait_until_written(process, before, tree, generator.randrange(due))
            if process.is_alive() and process.pid:
                (os.killpg if moment % 2 else os.kill)(process.pid, signal.SIGKILL)
            process.join()
            unfinished += process.exitcode == -signal.SIGKILL
            whole_pages(tree, before, after)
            finish(tree)
            assert tree.snapshot("docs", "locales") == after
            shutil.rmtree(tree.root)
    assert unfinished >= MOMENTS // 4


def fork_sync(tree: Tree) -> BaseProcess:
    """Start a sync as a process that leads its group, and need not load what is loaded here."""

    def run() -> None:
        os.setsid()
        tree.run("sync")

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    return process


def wait_until_written(process: BaseProcess, before: Tree, tree: Tree, number: int) -> None:
    """Wait until a sync has written a number of pages, or has ended."""
    inodes = {tree.root / path: inode for path, (_, inode) in before.stamp("docs").items()}
    while process.is_alive():
        is_begun = (tree.root / ".hexapla").exists()
        written = sum(path.stat().st_ino != inode for path, inode in inodes.items() if is_begun)
        if is_begun and written >= number:
            return
        time.sleep(0.002)


def whole_pages(tree: Tree, before: Tree, after: dict[str, bytes]) -> None:
    """See that each page is as it was or as it will be, and that there is nothing else."""
    old = before.snapshot("docs")
    for path, data in tree.snapshot("docs").items():
        assert data in {old.get(path), after.get(path)}, path


def test_two_at_once(before: Tree, tmp_path: Path) -> None:
    tree = copy(before, tmp_path)
    (tree.root / ".hexapla").mkdir()
    with (tree.root / ".hexapla/sync.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for command in (["sync"], ["import", str(tree.root / "locales/sv-SE")]):
            outcome = tree.call(*command)
            assert outcome == Outcome(
                2,
                "",
                "hexapla: another hexapla command is at work in this repository\n"
                "  hint: wait for it to end\n",
            )
        assert tree.run("check").code == 0  # reads only
    assert tree.snapshot("docs") == before.snapshot("docs")


def test_two_that_start_together(before: Tree, after: dict[str, bytes], tmp_path: Path) -> None:
    tree = copy(before, tmp_path)
    processes = [tree.start("sync") for _ in range(2)]
    codes = []
    for process in processes:
        process.communicate(timeout=60)
        codes.append(process.returncode)
    assert sorted(codes) in ([0, 0], [0, 2])
    assert tree.snapshot("docs", "locales") == after


AGAIN = "free some space and run the command again: it goes on where it stopped"
REFUSALS = [
    (errno.ENOSPC, 1, AGAIN),
    (errno.ENOSPC, 2, AGAIN),
    (errno.ENOSPC, 200, AGAIN),
    (errno.EDQUOT, 20, AGAIN),
    (errno.EROFS, 20, "the file system is read-only"),
    (errno.EACCES, 20, "the folder's permissions do not allow writing"),
    (errno.EIO, 20, ""),
]
"""Error, how many writes succeed before it, and what the user is told to do."""


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda row: f"{errno.errorcode[row[0]]} {row[1]}")
def test_a_file_that_cannot_be_written(
    before: Tree,
    after: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    refusal: tuple[int, int, str],
) -> None:
    tree = copy(before, tmp_path)
    code, left, hint = refusal
    write = os.write

    def fail(descriptor: int, data: bytes) -> int:
        nonlocal left
        left -= 1
        if left > 0:
            return write(descriptor, data)
        if left == 0 and len(data) > 1:
            return write(descriptor, data[: len(data) // 2])  # as a full disk does
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "write", fail)
    outcome = tree.run("sync", "--jobs", "1")
    monkeypatch.undo()
    assert (outcome.code, outcome.output) == (2, "")
    first, *rest = outcome.errors.splitlines()
    assert first.startswith(f"hexapla: {tree.root}/")
    assert first.endswith(f": cannot write: {os.strerror(code)}")
    assert rest == ([f"  hint: {hint}"] if hint else [])
    whole_pages(tree, before, after)
    finish(tree)
    assert tree.snapshot("docs", "locales") == after
    assert not list((tree.root / ".hexapla").rglob("part"))


def kill_process(*_: object) -> None:
    """End the process as a system that is short of memory does."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail_unexpectedly(*_: object) -> None:
    """Fail as a defect does."""
    raise ZeroDivisionError("injected")


def refuse_storage(*_: object) -> None:
    """Fail as a disk does."""
    raise StorageError("cannot write: Input/output error", path="docs/help", hint="look at it")


LOSSES: list[tuple[Callable[..., None], int, str]] = [
    (
        kill_process,
        2,
        "hexapla: a worker process ended before its work did (exit code -9)\n"
        "  hint: the system may be short of memory: --jobs 1 needs the least\n",
    ),
    (
        fail_unexpectedly,
        3,
        "hexapla: internal error: ZeroDivisionError('injected'); please report it\n",
    ),
    (
        refuse_storage,
        2,
        "hexapla: docs/help: cannot write: Input/output error\n  hint: look at it\n",
    ),
]


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: str(loss[0].__name__))
def test_a_worker_process_that_is_lost(
    before: Tree,
    after: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    loss: tuple[Callable[..., None], int, str],
) -> None:
    """The command ends, and says why; it does not wait forever."""
    tree = copy(before, tmp_path)
    lose, code, message = loss
    main = os.getpid()

    def carry_out_until(job: Job, work: Work, writer: Writer) -> JobOutcome:
        if job.target.endswith("topic-50"):
            assert os.getpid() != main
            lose()
        return carry_out(job, work, writer)

    monkeypatch.setattr(pool, "carry_out", carry_out_until)
    outcome = tree.run("sync", "--jobs", "2")
    monkeypatch.undo()
    assert (outcome.code, outcome.output) == (code, "")
    assert outcome.errors.endswith(message)
    assert ("in carry_out_until" in outcome.errors) == (code == 3)
    whole_pages(tree, before, after)
    finish(tree)
    assert tree.snapshot("docs", "locales") == after


@pytest.mark.parametrize("folder", ["docs", "."])
def test_a_full_disk(before: Tree, after: dict[str, bytes], tmp_path: Path, folder: str) -> None:
    """Where docs/ is on another disk than the cache, files are finished beside their place."""
    tree = Tree(tmp_path / "repository")
    (tree.root / "docs").mkdir()
    place = tree.root / folder
    if folder == ".":
        shutil.rmtree(tree.root)
        place.mkdir()
    with mount_disk(place, 600):
        some = {path: data for path, data in before.snapshot("locales").items() if "-1/" in path}
        assert some
        ballast = place / "ballast"
        tree.write({"mkdocs.yml": before.read("mkdocs.yml")})
        tree.write({path: data for path, data in some.items() if not path.endswith(".lock")})
        free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
        ballast.write_bytes(bytes(free - 60_000))
        outcome = tree.run("sync", "--jobs", "1")
        assert (outcome.code, outcome.output) == (2, "")
        assert "cannot write: No space left on device" in outcome.errors
        assert "it goes on where it stopped" in outcome.errors
        pages = tree.snapshot("docs")
        expected = {path: data for path, data in after.items() if path in pages}
        assert {p: d for p, d in pages.items() if p != "docs/ballast"} == expected
        ballast.unlink()
        assert tree.run("sync").code == 0
        assert tree.list_files("docs") == [
            path for path in after if path.startswith("docs/") and "-1/" in path
        ]


def test_docs_that_may_not_be_written(
    before: Tree, after: dict[str, bytes], tmp_path: Path
) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere: another test lets the system refuse")
    tree = copy(before, tmp_path)
    folders = [tree.root / "docs", *(p for p in (tree.root / "docs").rglob("*") if p.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    outcome = tree.run("sync")
    for folder in folders:
        folder.chmod(0o755)
    assert (outcome.code, outcome.output) == (2, "")
    assert "cannot write: Permission denied" in outcome.errors
    assert tree.snapshot("docs") == before.snapshot("docs")
    finish(tree)
    assert tree.snapshot("docs", "locales") == after


@pytest.mark.parametrize("name", ["rename", "mkdir", "unlink"])
def test_a_read_only_file_system(
    before: Tree,
    after: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """Whatever call is refused, the old files stay whole."""
    tree = copy(before, tmp_path)
    if name == "mkdir":
        tree.remove("docs/help/section-1")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(os, name, refuse)
        outcome = tree.run("sync", "--prune", "--jobs", "1")
    assert (outcome.code, outcome.output) == (2, "")
    assert "cannot write: Read-only file system" in outcome.errors
    assert "hint: the file system is read-only" in outcome.errors
    whole_pages(tree, before, after)
    finish(tree)
    assert {p: d for p, d in tree.snapshot("docs").items() if "topic-7/" not in p} == {
        p: d for p, d in after.items() if p.startswith("docs/") and "topic-7/" not in p
    }


def test_an_interrupt_from_the_keyboard(
    before: Tree, after: dict[str, bytes], tmp_path: Path
) -> None:
    tree = copy(before, tmp_path)
    process = tree.start("sync")
    deadline = time.monotonic() + 20
    while not (tree.root / ".hexapla/tmp").exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    if process.returncode:
        assert process.returncode == 130
        assert errors.strip() == "hexapla: interrupted; run the command again to go on"
    finish(tree)
    assert tree.snapshot("docs", "locales") == after
