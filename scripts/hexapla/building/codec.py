"""A codec for what the cache remembers: frozen dataclasses as plain JSON, and back."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints


def pack(value: Any) -> Any:
    """Turn a value into what JSON has: dataclasses become lists of their fields' values."""
    kind: Any = type(value)
    return _find_writer(kind)(value)


_PLAIN = frozenset({str, int, float, bool, types.NoneType})
"""The types of what JSON has as it is."""


@cache
def _find_writer(kind: Any) -> Callable[[Any], Any]:
    """Find what packs values of a type."""
    if issubclass(kind, Enum):
        return attrgetter("name")
    if issubclass(kind, str | int | float | types.NoneType):
        return lambda value: value
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
        return lambda value: _pack_items([getattr(value, name) for name in names])
    if issubclass(kind, Mapping):
        return lambda value: dict(zip(map(str, value), _pack_items(value.values()), strict=True))
    if issubclass(kind, frozenset | set):
        return lambda value: sorted(_pack_items(value))
    return _pack_items


def _pack_items(items: Iterable[Any]) -> list[Any]:
    """Pack several values; most are plain."""
    return [item if type(item) in _PLAIN else pack(item) for item in items]


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
        return lambda value: tuple([r(item) for r, item in zip(readers, value, strict=True)])
    if origin in {tuple, frozenset, list, set, Sequence}:
        inner = _find_reader(arguments[0])
        made: Any = tuple if origin is Sequence else origin
        return lambda value: made([inner(item) for item in value])
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
        return kind(*[r(item) for r, item in zip(readers, value, strict=True)])

    return read
