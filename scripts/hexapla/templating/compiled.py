"""Compiled templates, kept in memory: processes forked later need not compile them again."""

from __future__ import annotations

import marshal
from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class CompiledTemplates(BytecodeCache):
    """Keeps what templates were compiled to.

    Args:
        symbolic: Where templates that are rendered with symbols are kept: their code is another.
        data: What `render` gave in a process of the same Python.
    """

    def __init__(self, symbolic: CompiledTemplates | None = None, data: bytes = b"") -> None:
        self.symbolic = symbolic
        self.names: dict[str, frozenset[str] | None] = {}
        """Template → the names that it takes from outside; None: any."""
        self._codes: dict[tuple[str, str], CodeType] = marshal.loads(data) if data else {}
        self._known = len(self._codes)

    @property
    def has_more(self) -> bool:
        """Whether there are templates that were not among the data."""
        return len(self._codes) > self._known

    @property
    def is_new(self) -> bool:
        """Whether there were no data."""
        return not self._known

    def add(self, other: bytes) -> None:
        """Add what `render` gave in another process of this build."""
        self._codes |= marshal.loads(other)

    def render(self) -> bytes:
        """Give what these templates can be made of again."""
        return marshal.dumps(self._codes)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, where it is known for this very text."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code
