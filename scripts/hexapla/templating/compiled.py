"""Compiled templates, kept in memory: processes forked later need not compile them again."""

from __future__ import annotations

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class CompiledTemplates(BytecodeCache):
    """Keeps what templates were compiled to.

    Args:
        symbolic: Where templates that are rendered with symbols are kept: their code is another.
    """

    def __init__(self, symbolic: CompiledTemplates | None = None) -> None:
        self.symbolic = symbolic
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, where it is known for this very text."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code
