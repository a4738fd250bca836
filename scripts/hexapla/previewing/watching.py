"""Watching: tells which files have changed, soon after they have."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from hexapla.storage import Signature, has_folder, sign_file, sign_tree

_QUIET = 0.015
"""Seconds without a change after which a series of them is told: editors write in steps."""
_LONGEST = 0.2
"""Seconds after which it is told in any case."""
_PAUSE = 1.0
"""Seconds between two looks where the system does not tell of changes."""
_TOLD = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
]
"""What the system is asked to tell. That files are read is not: planning reads all of them, and
what matters would be lost among so much."""


class Watcher:
    """Tells of changes to files, from a thread of its own.

    Args:
        tell: Told the absolute paths of files that have changed, appeared or gone.
    """

    def __init__(self, tell: Callable[[set[str]], None]) -> None:
        self._tell = tell
        self._changed: set[str] = set()
        self._arrival = threading.Condition()
        self._is_over = False
        self._observer: Any = None
        self._polled: dict[str, dict[str, Signature]] = {}
        self._watched: frozenset[str] = frozenset()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        with self._arrival:
            self._is_over = True
            self._arrival.notify()
        self._thread.join()
        self._stop_observing()

    def watch(self, paths: Iterable[str]) -> None:
        """Say which folders and files to watch from now on, instead of those before.

        Args:
            paths: Their absolute paths; what is not there is not watched.
        """
        wanted = frozenset(paths)
        if wanted == self._watched:
            return
        self._watched = wanted
        self._stop_observing()
        try:
            self._observe(wanted)
        except OSError:  # no more watches are to be had, or the file system has none
            self._stop_observing()
            self._polled = {path: look_at(path) for path in wanted}

    @property
    def is_polling(self) -> bool:
        """Whether the system does not tell of changes, so that they show later."""
        return bool(self._polled)

    def _observe(self, paths: Iterable[str]) -> None:
        """Let the system tell of changes."""
        self._polled = {}
        self._observer = Observer()
        handler = _Handler(self._add)
        folders: dict[str, bool] = {}
        for path in paths:
            if has_folder(Path(path)):
                folders[path] = True
            else:  # editors replace files: it is the folder that tells
                folders.setdefault(str(Path(path).parent), False)
        for folder, is_deep in folders.items():
            self._observer.schedule(handler, folder, recursive=is_deep, event_filter=_TOLD)
        self._observer.start()

    def _stop_observing(self) -> None:
        if self._observer is not None and self._observer.is_alive():
            self._observer.stop()
            self._observer.join()
        self._observer = None

    def _add(self, paths: Iterable[str]) -> None:
        """Take note of changes."""
        with self._arrival:
            self._changed.update(paths)
            self._arrival.notify()

    def _run(self) -> None:
        while not self._is_over:
            with self._arrival:
                self._arrival.wait_for(lambda: self._changed or self._is_over, timeout=_PAUSE)
            if self._polled:
                self._poll()
            changed = self._take()
            if changed and not self._is_over:
                self._tell(changed)

    def _take(self) -> set[str]:
        """Take the changes of a series, when it has come to an end."""
        found: set[str] = set()
        waited = 0.0
        while True:
            with self._arrival:
                if not self._changed or waited >= _LONGEST:
                    return found
                found |= self._changed
                self._changed = set()
                self._arrival.wait_for(lambda: self._changed or self._is_over, timeout=_QUIET)
                waited += _QUIET

    def _poll(self) -> None:
        """Compare the files with what they were."""
        for path, before in list(self._polled.items()):
            now = look_at(path)
            self._changed |= {
                name for name in before.keys() | now.keys() if before.get(name) != now.get(name)
            }
            self._polled[path] = now


class _Handler(FileSystemEventHandler):
    """Hands on the paths of files that events are about."""

    def __init__(self, add: Callable[[Iterable[str]], None]) -> None:
        self._add = add

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hand on an event."""
        if event.is_directory and event.event_type == "modified":
            return
        paths = [str(path) for path in (event.src_path, event.dest_path) if path]
        if event.is_directory and event.event_type in {"created", "moved"}:
            # What was put into it before it was watched is not told.
            paths += [f"{path}/{name}" for path in paths for name in sign_tree(path)]
        self._add(paths)


def look_at(path: str) -> dict[str, Signature]:
    """Sign a file, or all files in a folder: absolute path → signature."""
    if (signature := sign_file(path)) is not None:
        return {path: signature}
    return {f"{path}/{name}": signature for name, signature in sign_tree(path).items()}
