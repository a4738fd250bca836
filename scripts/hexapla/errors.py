"""Errors: what keeps work from going on. What is merely wrong with an article is a finding."""

from __future__ import annotations

from functools import partial


class HexaplaError(Exception):
    """Base of every error that ends a command.

    Args:
        message: What is wrong, in one sentence without a full stop.
        path: The file concerned, relative to the repository where it can be.
        line: Its line, counted from 1.
        locale: The locale concerned.
        hint: What the user can do about it.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        locale: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.locale = locale
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword arguments when a worker process hands the error over."""
        restore = partial(
            type(self), path=self.path, line=self.line, locale=self.locale, hint=self.hint
        )
        return restore, (self.message,)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        text = f"{place}: {self.message}" if place else self.message
        if self.locale is not None:
            text += f" ({self.locale})"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class ConfigurationError(HexaplaError):
    """The repository's layout or its configuration file does not allow the command."""


class UsageError(HexaplaError):
    """The command's arguments name something that is not there or does not fit."""


class StorageError(HexaplaError):
    """The file system refused to read or write: full, read-only, or not permitted."""


class ArchiveError(HexaplaError):
    """An archive is damaged, too large, or holds members that point outside of it."""
