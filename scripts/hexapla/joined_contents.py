"""Joined tables of contents: one table may take in another.

Each is taken in once, so that neither cycles nor repetition make the tree grow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hexapla.contents import Entry
from hexapla.findings import Finding


def join_contents(
    tables: Mapping[str, tuple[Entry, ...]], path: str
) -> tuple[dict[str, tuple[Entry, ...]], list[Finding]]:
    """Put the tables of one locale together.

    Args:
        tables: Path in the docset → entries.
        path: The folder they were delivered in, for findings.

    Returns:
        The tables that no other takes in, each with all that it takes in; and the findings.
    """
    joiner = _Joiner(tables, path)
    taken = {table for entries in tables.values() for table in joiner.list_tables(entries)}
    order = [name for name in sorted(tables) if name not in taken] + sorted(tables)
    roots = {}
    for name in order:  # those left over after the roots take each other in
        if name not in joiner.used:
            roots[name] = joiner.join(name, 0)
    return roots, joiner.findings


class _Joiner:
    """Takes tables into each other."""

    def __init__(self, tables: Mapping[str, tuple[Entry, ...]], path: str) -> None:
        self.tables = tables
        self.path = path
        self.by_folded = {name.lower(): name for name in sorted(tables, reverse=True)}
        self.used: set[str] = set()
        self.findings: list[Finding] = []

    def find(self, table: str) -> str:
        """Give the name of a table as it was delivered; a folder may have either form."""
        folded = table.lower()
        stem = folded.rpartition(".")[0]
        names = (folded, f"{stem}.yml", f"{stem}.md")
        return next((self.by_folded[name] for name in names if name in self.by_folded), "")

    def list_tables(self, entries: tuple[Entry, ...]) -> set[str]:
        """List the tables that entries take in."""
        found = {self.find(entry.table) for entry in entries if entry.table}
        for entry in entries:
            if entry.children:
                found |= self.list_tables(entry.children)
        return found - {""}

    def join(self, name: str, depth: int) -> tuple[Entry, ...]:
        """Give a table with those that it takes in."""
        self.used.add(name)
        return tuple(self._expand(entry, name, depth) for entry in self.tables[name])

    def _expand(self, entry: Entry, name: str, depth: int) -> Entry:
        children = tuple(self._expand(child, name, depth) for child in entry.children)
        if entry.table:
            found = self.find(entry.table)
            if not found:
                self._report(name, f"the table {entry.table} is not there")
            elif found in self.used or depth > 8:
                self._report(name, f"the table {found} is taken in already")
            else:
                children += self.join(found, depth + 1)
        return replace(entry, children=children, table="")

    def _report(self, name: str, message: str) -> None:
        self.findings.append(
            Finding(f"{self.path}/{name}", 0, 0, "contents-target-missing", message)
        )
