"""A codec for what the cache remembers: frozen dataclasses as plain JSON, and back."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints


def pack(value: Any) -> Any:
    """Turn a value into what JSON has: dataclasses become lists of their fields' values."""
    if isinstance(value, Enum):
        return value.name
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if is_dataclass(value):
        return [pack(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return {str(key): pack(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(pack(item) for item in value)
    return [pack(item) for item in value]


def unpack(kind: Any, value: Any) -> Any:
    """Make a value of a type again from what `pack` gave.

    Args:
        kind: The type, as an annotation has it.
        value: What was packed.

    Raises:
        ValueError: It is not what such a value was packed to.
    """
    try:
        return _find_reader(kind)(value)
    except (TypeError, ValueError, AttributeError, LookupError) as error:
        raise ValueError(f"no {kind}") from error


@cache
def _find_reader(kind: Any) -> Any:
    """Find what reads values of a type."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: kind[value]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        inner = _find_reader(next(item for item in arguments if item is not types.NoneType))
        return lambda value: None if value is None else inner(value)
    if origin is tuple and arguments[-1:] != (...,):
        readers = [_find_reader(item) for item in arguments]
        return lambda value: tuple(r(item) for r, item in zip(readers, value, strict=True))
    if origin in {tuple, frozenset, list, set, Sequence}:
        inner = _find_reader(arguments[0])
        made: Any = tuple if origin is Sequence else origin
        return lambda value: made(inner(item) for item in value)
    if origin in {dict, Mapping}:
        inner = _find_reader(arguments[1])
        return lambda value: {key: inner(item) for key, item in value.items()}
    return lambda value: value


def _read_dataclass(kind: Any) -> Any:
    """Make what reads a dataclass; its fields may have its own type."""
    hints = get_type_hints(kind)
    readers: list[Any] = []

    def read(value: Any) -> Any:
        if not readers:
            readers.extend(_find_reader(hints[field.name]) for field in fields(kind))
        return kind(*(r(item) for r, item in zip(readers, value, strict=True)))

    return read
