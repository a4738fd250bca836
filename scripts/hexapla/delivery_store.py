"""The delivery store: the bytes of what was delivered before, for merges where git has them not.

A cache below ``.hexapla/``, which may always be deleted: a pack for each sync that read something
new, the records one after the other. What it gives is looked up by blob id, and proven by it.
"""

from __future__ import annotations

import contextlib
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from hexapla.errors import StorageError
from hexapla.storage import (
    Repository,
    append_bytes,
    discard_file,
    has_folder,
    hash_blob,
    list_names,
    read_limited,
)

Deposit = tuple[str, str, bytes]
"""Delivered path, blob id and bytes."""

_CHUNK = 32
"""Deliveries that are compressed together."""
_MOST = 16
"""Packs that there may be; more are made one, with the latest of each path."""
_LIMIT = 2**32


class DeliveryStore:
    """Delivered path and blob id → bytes.

    Args:
        repository: Whose it is.
    """

    def __init__(self, repository: Repository) -> None:
        self._folder = repository.cache / "deliveries"
        self._current: Path | None = None
        self._chunks: dict[str, list[bytes]] | None = None

    def find(self, path: str, blob: str) -> bytes | None:
        """Give the bytes of a delivered file; None where they are not known."""
        return next((data for known, data in self.find_all(path) if known == blob), None)

    def find_all(self, path: str) -> Iterator[tuple[str, bytes]]:
        """Yield all that is known of a delivered path: blob id and bytes, the latest first."""
        if self._chunks is None:
            self._chunks = {}
            for name in self._list_packs():
                for paths, packed in self._read_pack(name):
                    for known in paths:
                        self._chunks.setdefault(known, []).append(packed)
        for packed in reversed(self._chunks.get(path, [])):
            for known, blob, data in _unpack(packed):
                if known == path and hash_blob(data) == blob:
                    yield blob, data

    def save(self, deposits: Sequence[Deposit]) -> None:
        """Add what was delivered; where that fails, later merges do without."""
        if not deposits:
            return
        if self._current is None:
            self._current = self._folder / self._name_next()
        try:
            append_bytes(self._current, _pack_all(deposits))
        except OSError:
            discard_file(self._current)

    def _name_next(self) -> str:
        """Name the next pack; where there are many, they are made one first."""
        packs = self._list_packs()
        number = int(packs[-1].partition(".")[0]) + 1 if packs else 1
        if len(packs) >= _MOST:
            latest = {
                deposit[0]: deposit
                for name in packs
                for _, packed in self._read_pack(name)
                for deposit in _unpack(packed)
            }
            with contextlib.suppress(OSError):
                append_bytes(self._folder / f"{number:08}.pack", _pack_all(list(latest.values())))
                for name in packs:
                    discard_file(self._folder / name)
            number += 1
        return f"{number:08}.pack"

    def _list_packs(self) -> list[str]:
        """List the packs, the earliest first."""
        if not has_folder(self._folder):
            return []
        return [name for name in list_names(self._folder, ".pack") if name[:8].isdigit()]

    def _read_pack(self, name: str) -> Iterator[tuple[list[str], bytes]]:
        """Yield a pack's chunks, each with its paths; what an interruption cut off is left out."""
        try:
            data = read_limited(self._folder / name, _LIMIT)
        except StorageError:
            return
        done = 0
        with contextlib.suppress(ValueError, TypeError):
            while (end := data.find(b"\n", done)) >= 0:
                length, paths = json.loads(data[done:end])
                done = end + 1 + length
                if done > len(data):
                    return
                yield paths, data[end + 1 : done]


def _pack_all(deposits: Sequence[Deposit]) -> Iterator[bytes]:
    """Yield the chunks of a pack: a line of JSON, and what is compressed together."""
    for start in range(0, len(deposits), _CHUNK):
        chunk = deposits[start : start + _CHUNK]
        head = json.dumps([[path, blob, len(data)] for path, blob, data in chunk]).encode()
        packed = zlib.compress(b"".join([head, b"\n", *(data for _, _, data in chunk)]), 1)
        yield json.dumps([len(packed), [path for path, _, _ in chunk]]).encode() + b"\n" + packed


def _unpack(packed: bytes) -> Iterator[Deposit]:
    """Yield the deliveries of a chunk; none of a damaged one."""
    with contextlib.suppress(ValueError, TypeError, zlib.error):
        head, _, data = zlib.decompress(packed).partition(b"\n")
        done = 0
        for path, blob, length in json.loads(head):
            yield path, blob, data[done : done + length]
            done += length
