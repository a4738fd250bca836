"""Messages: what is said of a page is said again when it need not be rendered again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

Messages = list[list[str]]
"""Of each message: logger, level, text."""

LOGGERS = ("mkdocs", "hexapla")


class Recorder(logging.Handler):
    """Keeps the warnings of a build instead of printing them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: Messages = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        root = record.name.partition(".")[0]
        self.messages.append([root, record.levelname, record.getMessage()])

    def take(self) -> Messages:
        """Take what was said since."""
        taken, self.messages = self.messages, []
        return taken


@contextmanager
def record_messages() -> Iterator[Recorder]:
    """Record what MkDocs and we say, instead of printing it."""
    recorder = Recorder()
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(found.handlers, found.propagate, found.level) for found in loggers]
    for found in loggers:
        found.handlers, found.propagate = [recorder], False
        found.setLevel(logging.WARNING)
    try:
        yield recorder
    finally:
        for found, (handlers, propagate, level) in zip(loggers, before, strict=True):
            found.handlers, found.propagate = handlers, propagate
            found.setLevel(level)
