"""Trees: a repository in a temporary folder, made from a dict of files, and commands run in it."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import hexapla.cli
from tests.support.delivery_writer import (
    Handoff,
    Translation,
    list_segments,
    parse_source,
    source_hash,
    source_text,
    write_bilingual,
    write_monolingual,
)

Files = Mapping[str, str | bytes]
"""Path relative to the repository → content."""

MKDOCS = """\
site_name: Help
plugins:
  - i18n:
      languages:
        - locale: en-US
          name: English
          default: true
        - locale: sv-SE
          name: Svenska
"""

_ROLES = ("AUTHOR", "COMMITTER")

SCRIPTS = Path(__file__).parents[2] / "scripts"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    code: int
    """Its exit code."""
    output: str
    """What it printed."""
    errors: str
    """What it printed on the standard error stream."""

    @property
    def lines(self) -> list[str]:
        """The lines it printed."""
        return self.output.splitlines()


class Tree:
    """A repository: ``mkdocs.yml`` and what a test puts beside it.

    Args:
        root: An empty folder, or none yet.
        files: What to put there.
    """

    def __init__(self, root: Path, files: Files | None = None) -> None:
        self.root = root
        self.write({"mkdocs.yml": MKDOCS, **(files or {})})

    def write(self, files: Files) -> None:
        """Write files, their folders included."""
        for path, content in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)

    def remove(self, *paths: str) -> None:
        """Remove files or whole folders, and the folders left empty."""
        for path in paths:
            target = self.root / path
            if target.is_dir():
                shutil.rmtree(target)
            else:
                target.unlink()
            for folder in target.parents:
                if folder == self.root or any(folder.iterdir()):
                    break
                folder.rmdir()

    def read(self, path: str) -> str:
        """Read a file's text, its line ends as they are."""
        return (self.root / path).read_bytes().decode()

    def snapshot(self, *folders: str) -> dict[str, bytes]:
        """Give the files of some folders, or of the whole repository: path → bytes."""
        return {path: (self.root / path).read_bytes() for path in self.list_files(*folders)}

    def stamp(self, *folders: str) -> dict[str, tuple[int, int]]:
        """Give the time and inode of each file: what changes when it is written again."""
        states = {}
        for path in self.list_files(*folders):
            with contextlib.suppress(FileNotFoundError):  # a command at work may remove it
                states[path] = (self.root / path).stat()
        return {path: (state.st_mtime_ns, state.st_ino) for path, state in states.items()}

    def list_files(self, *folders: str) -> list[str]:
        """List the regular files of some folders, or of the whole repository, sorted."""
        found = [
            f"{base}/{name}"
            for folder in folders or (".",)
            for base, _, names in os.walk(self.root / folder)
            for name in names
            if _is_file(f"{base}/{name}")
        ]
        return sorted(os.path.relpath(path, self.root) for path in found)

    def run(self, *arguments: str) -> Outcome:
        """Run a command in this process, as ``hexapla`` is run in the repository."""
        return run_hexapla("--root", str(self.root), *arguments)

    def sync(self, *arguments: str, code: int = 0) -> Outcome:
        """Sync, and see that the command ends with a code."""
        outcome = self.run("sync", *arguments)
        assert outcome.code == code, outcome
        return outcome

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command as a process of its own, the leader of its group."""
        return subprocess.Popen(
            [sys.executable, "-m", "hexapla", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(SCRIPTS), "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def commit(self, day: str) -> None:
        """Commit all files to the repository's history, which is begun where there is none."""
        self._git("init", "--quiet", day=day)
        self._git("add", "--all", day=day)
        self._git("commit", "--quiet", "--allow-empty", "--message", day, day=day)

    def _git(self, *arguments: str, day: str) -> None:
        """Run git, whatever is set for who runs the tests."""
        person = {"NAME": "Writer", "EMAIL": "writer@example.org", "DATE": f"{day}T12:00:00Z"}
        roles = {f"GIT_{role}_{key}": value for role in _ROLES for key, value in person.items()}
        subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **roles, "GIT_CONFIG_GLOBAL": os.devnull},
            check=True,
        )

    def call(self, *arguments: str) -> Outcome:
        """Run a command as a process of its own."""
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=60)
        return Outcome(process.returncode, output, errors)


def _is_file(path: str) -> bool:
    """Say whether there is a regular file at a path, and no link."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except FileNotFoundError:
        return False


def run_hexapla(*arguments: str) -> Outcome:
    """Run a command line in this process, output piped."""
    output, errors = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            hexapla.cli.main(arguments)
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
    return Outcome(code, output.getvalue(), errors.getvalue())


def translate(locale: str) -> Callable[[str], str]:
    """Give a translator that any text can be checked by: ``Share`` becomes ``Share (sv-SE)``."""
    return lambda text: f"{text} ({locale})"


def deliver(
    source: str,
    locale: str,
    *,
    date: str = "09/15/2020",
    number: int = 1,
    units: bool = True,
    into: Callable[[str], str] | None = None,
) -> str:
    """Write an article as a locale's delivery has it.

    Args:
        source: The marked-up source, as `tests.support.delivery_writer` reads it.
        locale: The locale it is translated to.
        date: Its hand-off.
        number: Distinguishes the commits and file ids of articles.
        units: Whether it carries units.
        into: The translator; else `translate`.
    """
    original = parse_source(source)
    into = into or translate(locale)
    targets = {segment.number: into(segment.text) for segment in list_segments(original)}
    handoff = Handoff(
        source_hash(source_text(original)), f"{number:040x}", "HT", date, str(50_000_000 + number)
    )
    write = write_bilingual if units else write_monolingual
    return write(original, Translation(locale, targets), handoff)


def write_source(title: str, *sentences: str) -> str:
    """Write a marked-up source with a title, a heading and a paragraph for each sentence."""
    paragraphs = "".join(f"\n⟦{sentence}⟧\n" for sentence in sentences)
    return f'---\ntitle: "{title}"\nms.topic: article\n---\n\n# ⟦{title}⟧\n{paragraphs}'
