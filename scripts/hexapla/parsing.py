"""Articles: from bytes as delivered to the model, and back to the very bytes."""

from __future__ import annotations

import re

from hexapla.findings import Finding, locate
from hexapla.front_matter import parse_front_matter
from hexapla.model import Article
from hexapla.units import parse_units, render_segments

MAXIMUM_SIZE = 8 * 2**20
"""Bytes; the largest article measured has 240,000."""

_MARK = "\ufeff"
_CONTROL = re.compile(b"\xc2[\x80-\x9f]")
_CONTROL_CHARACTERS = re.compile("[\x80-\x9f]+")


def parse_article(data: bytes, locale: str, path: str) -> tuple[Article, list[Finding]]:
    """Read an article; whatever is wrong with it is a finding, and the article comes through.

    Bytes that are not UTF-8 are kept as lone surrogates (PEP 383), so that rendering restores
    them.

    Args:
        data: The file's bytes.
        locale: The locale of the folder it was delivered in.
        path: Where it was delivered, for findings.
    """
    findings: list[Finding] = []
    text = _decode(data, path, findings)
    has_mark = text.startswith(_MARK)
    if has_mark:
        text = text[1:]
        findings.append(
            Finding(path, 1, 1, "byte-order-mark", "the file starts with a byte order mark")
        )
    carriage_returns: tuple[int, ...] | None = ()
    if "\r\n" in text:
        text, carriage_returns = _normalize_line_ends(text)
        findings.append(Finding(path, 0, 0, "carriage-returns", "the file has CRLF line ends"))
    if not text.strip():
        findings.append(Finding(path, 0, 0, "empty-file", "the file is empty"))
    _report_characters(data, text, path, findings)
    front, start, problems = parse_front_matter(text, path)
    findings += problems
    segments, problems = parse_units(text[start:], path)
    if problems and start:
        problems = [_shift(finding, text.count("\n", 0, start)) for finding in problems]
    findings += problems
    named = front.scalar("ms.contentlocale")
    if named and named != locale:
        message = f"the article names {named} as its locale, its folder {locale}"
        line = locate(text, text.find("ms.contentlocale"))[0]
        findings.append(Finding(path, line, 1, "foreign-locale", message))
    return Article(locale, path, front, segments, has_mark, carriage_returns), findings


def render_article(article: Article) -> bytes:
    """Write an article as it was delivered, byte for byte."""
    text = render_segments(article.front.segments) + render_segments(article.segments)
    if article.carriage_returns is None:
        text = text.replace("\n", "\r\n")
    elif article.carriage_returns:
        lines = text.split("\n")
        for index in article.carriage_returns:
            lines[index] += "\r"
        text = "\n".join(lines)
    mark = _MARK if article.byte_order_mark else ""
    return (mark + text).encode("utf-8", "surrogateescape")


def _decode(data: bytes, path: str, findings: list[Finding]) -> str:
    """Decode UTF-8, and report the first place where it is none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = locate(before, len(before))
        message = f"byte 0x{data[error.start]:02x} is not valid UTF-8: {error.reason}"
        findings.append(Finding(path, *place, "invalid-utf8", message))
        return data.decode("utf-8", "surrogateescape")


def _normalize_line_ends(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Turn CRLF into LF, and say which of the line ends it was."""
    lines = text.split("\n")
    ended = [line.endswith("\r") for line in lines[:-1]]
    normal = text.replace("\r\n", "\n")
    if all(ended):
        return normal, None
    return normal, tuple(index for index, is_ended in enumerate(ended) if is_ended)


def _report_characters(data: bytes, text: str, path: str, findings: list[Finding]) -> None:
    """Report characters that no text should hold."""
    if "\0" in text:
        place = locate(text, text.index("\0"))
        message = f"the file holds {text.count(chr(0))} NUL bytes"
        findings.append(Finding(path, *place, "nul-byte", message))
    if "\ufffd" in text:
        place = locate(text, text.index("\ufffd"))
        message = "characters were lost before delivery (U+FFFD)"
        findings.append(Finding(path, *place, "replacement-characters", message))
    if b"\xc2" in data and _CONTROL.search(data):
        match = _CONTROL_CHARACTERS.search(text)
        if match is not None:
            place = locate(text, match.start())
            message = f"control character U+{ord(match[0][0]):04X}"
            findings.append(Finding(path, *place, "control-characters", message))


def _shift(finding: Finding, lines: int) -> Finding:
    """Move a finding down: it was counted from the body's first line."""
    return Finding(
        finding.path,
        finding.line + lines,
        finding.column,
        finding.code,
        finding.message,
        finding.suggestion,
    )
