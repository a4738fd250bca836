"""Builds that are killed, meet each other, or find no room: the site stays whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.building.projects import build, build_anew, copy_project, differ, read_site
from tests.support.disks import mount_disk
from tests.support.trees import Tree

ARTICLES = "docs/help/files"


def edit_all(tree: Tree) -> None:
    """Give every page of a folder another text."""
    for path in tree.list_files(ARTICLES):
        if path.endswith(".md"):
            tree.write({path: tree.read(path) + "\nAnother paragraph.\n"})


def test_killed_at_any_moment_and_built_again(project: Tree, tmp_path: Path) -> None:
    before = read_site(project)
    edit_all(project)
    expected = build_anew(project, tmp_path / "fresh")
    random = Random(5)
    for _ in range(6):
        process = project.start("build", "--jobs", "2")
        time.sleep(random.uniform(0.2, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        site = read_site(project)
        whole = {
            path for path, data in site.items() if data in {before.get(path), expected.get(path)}
        }
        assert site.keys() - whole == set(), "half a file"
    build(project)
    assert differ(read_site(project), expected) == []


def test_two_builds_at_once(project: Tree, tmp_path: Path) -> None:
    edit_all(project)
    processes = [project.start("build") for _ in range(2)]
    ended = sorted((process.communicate()[1], process.returncode) for process in processes)
    codes = sorted(code for _, code in ended)
    assert codes in ([0, 0], [0, 2])
    if codes == [0, 2]:
        told = next(errors for errors, code in ended if code == 2)
        assert told.startswith("hexapla: another hexapla command is at work in this repository")
    assert differ(read_site(project), build_anew(project, tmp_path / "fresh")) == []


def test_a_killed_build_leaves_nothing_that_stops_the_next(project: Tree) -> None:
    edit_all(project)
    process = project.start("build")
    time.sleep(1)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    build(project)
    assert "nothing has changed" in build(project)
    assert not (project.root / ".hexapla/build/stage").exists()


@contextmanager
def edit_on_small_disk(built: Tree, place: Path) -> Iterator[tuple[Path, Tree, dict[str, bytes]]]:
    """Give a small disk, a built project on it whose pages were edited since, and its site."""
    place.mkdir()
    with mount_disk(place, 40_000):
        tree = copy_project(built, place / "repository", with_site=True)
        before = read_site(tree)
        edit_all(tree)
        yield place, tree, before


def test_a_full_disk_leaves_the_old_site(built: Tree, tmp_path: Path) -> None:
    with edit_on_small_disk(built, tmp_path / "disk") as (place, tree, before):
        expected = build_anew(tree, place / "fresh")
        free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
        ballast = place / "ballast"
        ballast.write_bytes(bytes(free - 150_000))
        errors = build(tree, code=2)
        assert errors.startswith("hexapla: ")
        assert "cannot write: No space left on device\n  hint: free some space" in errors
        assert differ(read_site(tree), before) == []
        ballast.unlink()
        build(tree)
        assert differ(read_site(tree), expected) == []


def test_a_read_only_disk_leaves_the_old_site(built: Tree, tmp_path: Path) -> None:
    with edit_on_small_disk(built, tmp_path / "disk") as (place, tree, before):
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        errors = build(tree, code=2)
        assert errors.startswith("hexapla: ")
        assert "Read-only file system" in errors
        assert differ(read_site(tree), before) == []


def test_what_is_remembered_is_never_trusted_when_damaged(project: Tree) -> None:
    before = read_site(project)
    random = Random(3)
    for path in project.list_files(".hexapla/build"):
        data = bytearray((project.root / path).read_bytes())
        data[random.randrange(len(data))] ^= 0xFF
        (project.root / path).write_bytes(data)
    build(project)
    assert differ(read_site(project), before) == []
    shutil.rmtree(project.root / ".hexapla")
    build(project)
    assert differ(read_site(project), before) == []
    assert "nothing has changed" in build(project)
