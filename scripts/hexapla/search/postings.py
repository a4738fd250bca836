"""Postings: which pages a term is in, and how often, in as few bytes as pays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def write_number(number: int) -> bytes:
    """Write a number in groups of seven bits, the lowest first."""
    groups = bytearray()
    while number > 127:
        groups.append(number & 127 | 128)
        number >>= 7
    groups.append(number)
    return bytes(groups)


SMALL = tuple(write_number(number) for number in range(1 << 14))
"""The numbers that occur most."""


def write_postings(postings: Sequence[int]) -> bytes:
    """Write the postings of a term: the distance from page to page, and the class of each.

    Args:
        postings: Four times the page's number plus the class, in order.
    """
    last = 0
    groups = []
    for posting in postings:
        page = posting >> 2
        number = (page - last) << 2 | posting & 3
        groups.append(SMALL[number] if number < len(SMALL) else write_number(number))
        last = page
    return b"".join(groups)


def write_terms(terms: Iterable[str]) -> str:
    """Write sorted terms: each with the number of characters that it has from the one before.

    Characters are UTF-16's, as the browser counts; one from 0 to 63 is written as ``0`` to ``o``.
    """
    last = ""
    lines = []
    for term in terms:
        shared = 0
        limit = min(len(last), len(term), 63)
        while shared < limit and last[shared] == term[shared] and term[shared] < "\ud800":
            shared += 1
        lines.append(chr(48 + shared) + term[shared:])
        last = term
    return "\n".join(lines)
