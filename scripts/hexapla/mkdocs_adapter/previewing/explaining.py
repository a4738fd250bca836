"""Explaining: where the error is that keeps a page from being shown: file, line, what to do."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from hexapla.errors import HexaplaError

_LINE = re.compile(r"\bline (\d+)\b")
_TEMPLATES = (".html", ".xml", ".txt", ".j2", ".jinja")


@contextmanager
def explained(root: Path, path: str) -> Iterator[None]:
    """Turn what goes wrong in the block into an error that names its place.

    Args:
        root: The repository.
        path: The file that is to blame where nothing else is known, relative to the repository.

    Raises:
        HexaplaError: Something has gone wrong.
    """
    try:
        yield
    except Exception as error:
        raise explain_error(error, root, path) from error


def explain_error(error: Exception, root: Path, path: str) -> HexaplaError:
    """Say what is wrong, and where."""
    causes = list(_list_causes(error))
    for cause in causes:
        if isinstance(cause, TemplateSyntaxError):
            file = _shorten(cause.filename or cause.name or path, root)
            return HexaplaError(_phrase(cause), path=file, line=cause.lineno)
        if isinstance(cause, yaml.MarkedYAMLError) and cause.problem_mark is not None:
            file = _find_yaml(cause, error, root, path)
            line = cause.problem_mark.line + 1
            return HexaplaError(f"this is not YAML: {cause.problem}", path=file, line=line)
    deepest = causes[-1]
    place = _find_template(deepest)
    if isinstance(error, HexaplaError) and not place:
        told = _LINE.search(error.message)
        found = error.line or (int(told[1]) if told else None)
        file = _shorten(error.path, root) if error.path else path
        return type(error)(error.message, path=file, line=found, hint=error.hint)
    if place:
        hint = "the template is missing" if isinstance(deepest, TemplateNotFound) else None
        file = _shorten(place[0], root)
        return HexaplaError(_phrase(deepest), path=file, line=place[1], hint=hint)
    own = _find_own(deepest, root)
    return HexaplaError(
        f"the page cannot be rendered: {_phrase(deepest)}",
        path=own[0] if own else path,
        line=own[1] if own else None,
    )


def _list_causes(error: BaseException) -> Iterator[BaseException]:
    """List an error and what it was raised from."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__


def _phrase(error: BaseException) -> str:
    """Say in one line what is wrong."""
    text = error.message if isinstance(error, TemplateError) else str(error)
    text = " ".join((text or "").split())
    return text if isinstance(error, TemplateError) and text else f"{type(error).__name__}: {text}"


def _find_template(error: BaseException) -> tuple[str, int] | None:
    """Find the innermost line of a template that an error was raised in."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename.endswith(_TEMPLATES) and frame.lineno:
            return frame.filename, frame.lineno
    return None


def _find_own(error: BaseException, root: Path) -> tuple[str, int] | None:
    """Find the innermost line of the repository's own code, such as a hook."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        is_own = path.is_relative_to(root) and not {".venv", "scripts"} & set(path.parts)
        if is_own and frame.lineno:
            return _shorten(frame.filename, root), frame.lineno
    return None


def _find_yaml(mark: yaml.MarkedYAMLError, error: Exception, root: Path, path: str) -> str:
    """Find the file whose YAML is wrong: the mark names it, or else the message does."""
    name = mark.problem_mark.name if mark.problem_mark else ""
    named = re.search(r"'([^']+\.ya?ml)'", str(error))
    if named:
        return f"docs/{named[1]}"
    return _shorten(name, root) if Path(name).is_absolute() else path


def _shorten(path: str, root: Path) -> str:
    """Give a path relative to the repository, where it is in it."""
    found = Path(path)
    return found.relative_to(root).as_posix() if found.is_relative_to(root) else path
