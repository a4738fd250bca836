"""The preview: knows what is at each address, and which of the processes can say so.

A process has read what all locales share; from it one is forked for each locale that is looked at.
A change to a page is told to them; where what all share has changed they are replaced. What takes
long, planning the navigation, is done in another one while pages are served already.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from hexapla.building.changes import ROOTS
from hexapla.building.inheriting import name_inherited
from hexapla.errors import HexaplaError
from hexapla.previewing.answers import Answer, Description, Effect
from hexapla.previewing.effects import name_change
from hexapla.previewing.error_pages import write_error_page
from hexapla.previewing.kept import Kept, Shown
from hexapla.previewing.processes import LostError, Worker
from hexapla.previewing.staff import Staff
from hexapla.previewing.theme_files import find_theme_file

_ASSETS = 500
"""Changed files that are remembered for tabs that have not asked yet."""
_ROUNDS = 3
"""How often a question is asked whose process was replaced meanwhile."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the preview says of its work."""

    text: str
    """In one line, or more where there is a hint."""
    kind: str = "note"
    """`note`, `warning` or `error`."""


class Preview:
    """What the server serves; its methods are called by many threads.

    Args:
        nursery: The process that all others are forked from.
        root: The repository's absolute path.
        say: Told what is to be said in the terminal.
    """

    def __init__(self, nursery: Worker, root: str, say: Callable[[Said], None]) -> None:
        self._staff = Staff(nursery)
        self._kept = Kept()
        self._root = root
        self._say = say
        self._renewing = threading.RLock()
        self._error: HexaplaError | None = None
        self._told: set[str] = set()
        self._change = threading.Condition()
        self.version = 0
        """Grows with every change."""
        self.assets: list[tuple[int, str]] = []
        """Version and path of the files that have changed and that pages load."""
        self.description: Description | None = None
        self.is_over = False
        self.needs_plan = threading.Event()
        self.watch: Callable[[Iterable[str]], None] = lambda paths: None
        """Told what the site is made from, when that is known."""

    # -- what is shared --------------------------------------------------------------------------

    def renew(self) -> None:
        """Read anew what all pages share; where that cannot be done, say so on every page."""
        with self._renewing:
            try:
                description = self.description = self._staff.renew()
            except HexaplaError as error:
                self._fail(error)
                return
            if self._error is not None:
                self._say(Said("mended"))
            self._error = None
            self.watch(description.roots.values())

    def _fail(self, error: HexaplaError) -> None:
        """Take note that the site cannot be read; what was read before is kept."""
        if str(error) != str(self._error):
            self._say(Said(str(error), "error"))
        self._error = error
        self.watch(self.list_roots().values())  # it may be mended in a file that was not watched

    def list_roots(self) -> dict[str, str]:
        """Name what the site is made from, as far as that can be known: name → absolute path."""
        root = Path(self._root)
        told = self.description.roots if self.description else ROOTS
        inherited = {key: str(path) for key, path in name_inherited(root / "mkdocs.yml").items()}
        return {name: str(root / path) for name, path in {**told, **inherited}.items()}

    # -- what there is at an address -------------------------------------------------------------

    def show(self, path: str) -> Shown:
        """Give what is at an address, rendered now unless nothing has changed since.

        Args:
            path: Below the address of the site: ``sv-SE/help/start/``.
        """
        for _ in range(_ROUNDS):
            version = self.version
            if (known := self._kept.find_page(version, path)) is not None:
                return known
            try:
                shown = self._look(path)
            except LostError as error:
                self._forget_lost()
                lost = error
                continue
            if shown.answer.is_page:
                self._kept.keep_page(version, path, shown)
            return shown
        return self._show_error(lost)

    def _look(self, path: str) -> Shown:
        with self._renewing:  # whoever asks while the site is read waits for that
            error = self._error
        is_page = is_page_address(path)
        if error is not None and (is_page or not self._staff.has_site):
            return self._show_error(error)
        answer = self._kept.find_file(path) or self._find_theme_file(path)
        try:
            if answer is None:
                answer = self._staff.start_locale(self._find_locale(path)).ask("get", path)
        except LostError:
            raise
        except HexaplaError as found:
            self._tell(Said(str(found), "error"))
            return self._show_error(found)
        self._kept.keep_files(answer.files)
        for message in answer.messages:
            self._tell(Said(message, "warning"))
        return Shown(answer, sha256(answer.body).hexdigest())

    def _find_theme_file(self, path: str) -> Answer | None:
        """Find a file of the theme, unless the docs have one at its place."""
        if self.description is None or is_page_address(path):
            return None
        file = find_theme_file(path, self.description)
        return Answer(file=file) if file else None

    def _find_locale(self, path: str) -> str:
        """Find whose an address is: the source's are at the root."""
        assert self.description is not None
        source, *others = self.description.locales
        first = path.partition("/")[0]
        return first if first in others else source

    def _show_error(self, error: HexaplaError) -> Shown:
        """Show an error in the page's place."""
        body = write_error_page(error, self._root)
        return Shown(Answer(body, status=500, is_page=True), sha256(body).hexdigest())

    def _tell(self, said: Said) -> None:
        """Say something once, until something changes."""
        with self._change:
            is_new = said.text not in self._told
            self._told.add(said.text)
        if is_new:
            self._say(said)

    def _forget_lost(self) -> None:
        """Let go of processes that have ended: others will take their place."""
        with self._renewing:
            self._staff.forget_lost()
        if not self._staff.has_site and not self.is_over:
            self.renew()

    # -- changes ---------------------------------------------------------------------------------

    def see_changes(self, paths: set[str]) -> None:
        """See to it that what has changed is shown.

        Args:
            paths: The absolute paths of files.
        """
        roots = self.list_roots()
        names = sorted({name for path in paths if (name := name_change(path, roots))})
        if not names or self.is_over:
            return
        effect = self._judge(names)
        if effect is None:
            return
        if effect.is_whole:
            self.renew()
        with self._change:
            self._told.clear()
            self.version += 1
            self.assets += [(self.version, path) for path in effect.assets]
            del self.assets[:-_ASSETS]
            self._change.notify_all()
        listed = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        self._say(Said(f"changed: {listed}"))
        if effect.is_plan:
            self.needs_plan.set()

    def _judge(self, names: list[str]) -> Effect | None:
        """Tell the processes what has changed; give what follows, None where nothing does."""
        try:
            effect = self._staff.judge(names)
        except HexaplaError:
            return Effect(is_whole=True, is_plan=True)
        if effect is not None and self._error is not None:
            return Effect(True, effect.is_plan, effect.assets)  # perhaps that has mended it
        if effect is not None and not effect.is_whole:
            self._staff.tell_locales(names)
        return effect

    def wait(self, version: int, seconds: float) -> int:
        """Wait for a change.

        Args:
            version: The last one that is known.
            seconds: How long at most.

        Returns:
            The version now.
        """
        with self._change:
            self._change.wait_for(lambda: self.version > version or self.is_over, timeout=seconds)
            return self.version

    def list_assets(self, version: int) -> list[str]:
        """List the files that pages load and that have changed since a version."""
        with self._change:
            return sorted({path for when, path in self.assets if when > version})

    # -- the navigation --------------------------------------------------------------------------

    def plan(self) -> None:
        """Plan the navigation; where it is another than pages show, show it."""
        self.needs_plan.clear()
        try:
            plan = self._staff.plan()
        except LostError:
            return
        except HexaplaError as error:
            self._tell(Said(f"the navigation is not up to date: {error}", "warning"))
            return
        if self.description is None or self.description.plan == plan:
            return
        self.renew()
        with self._change:
            self.version += 1
            self._change.notify_all()

    def close(self) -> None:
        """Let all processes end."""
        self.is_over = True
        with self._change:
            self._change.notify_all()
        self.needs_plan.set()
        self._staff.abandon()


def is_page_address(path: str) -> bool:
    """Say whether an address is one of pages, and not of what pages load."""
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith(".html")
