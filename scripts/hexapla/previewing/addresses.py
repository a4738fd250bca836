"""Addresses: what a browser asks for, and from where; nothing that comes in is trusted."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, unquote, urlsplit

RESERVED = "_hexapla/"
"""The folder of what the preview itself answers."""

_HOST = re.compile(r"(?:\[(?P<long>[0-9A-Fa-f:.]+)\]|(?P<short>[A-Za-z0-9.\-]+))(?::\d{1,5})?\Z")
_LONGEST = 4096

CONTENT_TYPES = {
    "atom": "application/atom+xml",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "map": "application/json; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
    "zip": "application/zip",
}
"""Ending → type; the same on every system, whatever its own list says."""


def find_content_type(path: str) -> str:
    """Give the type of a file's content by its ending."""
    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    return CONTENT_TYPES.get(ending, "application/octet-stream")


def read_target(target: str) -> str | None:
    """Read the path that a request names.

    Args:
        target: What stands in the request: ``/sv-SE/help/?q=1``.

    Returns:
        A path without its first slash, each segment the name of a file or folder: ``sv-SE/help/``.
        None where it is no such path: one that would lead out of the site, or means nothing.
    """
    if len(target) > _LONGEST or not target.startswith("/") or "\\" in target:
        return None
    path = target.partition("?")[0].partition("#")[0]
    try:
        path = unquote(path, errors="strict").removeprefix("/")
    except UnicodeDecodeError:
        return None
    segments = path.removesuffix("/").split("/") if path else []
    if any(not is_name(segment) for segment in segments):
        return None
    return path


def is_name(segment: str) -> bool:
    """Say whether a segment of a path is a name, and leads nowhere else."""
    if segment in {"", ".", ".."} or len(segment.encode("utf-8", "replace")) > 255:
        return False
    return segment.isprintable() and "/" not in segment and "\\" not in segment


def write_address(path: str) -> str:
    """Write a path of the site as an address on this host, never one on another."""
    return "/" + quote(path.lstrip("/"), safe="/~@!$&'()*+,;=:-._")


def is_allowed_host(header: str | None, bound: str) -> bool:
    """Say whether a request names this host, and not one that somebody else's name leads here by.

    A page of another site may let its own name lead to this machine (DNS rebinding) and would then
    read what is served; but the browser says what name it has asked for.

    Args:
        header: The request's ``Host``.
        bound: The host that the server was told to bind to.
    """
    match = _HOST.match(header or "")
    if not match:
        return False
    host = match["long"] or match["short"].lower().removesuffix(".")
    if host in {"localhost", bound.lower()} or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    # A bare address is nobody's name: where the server was told to be open, any of its own will do.
    return address.is_loopback or not is_loopback(bound)


def is_loopback(host: str) -> bool:
    """Say whether a host can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_same_site(header: str | None, host: str | None) -> bool:
    """Say whether a request's ``Origin``, where there is one, is the server itself."""
    return header is None or urlsplit(header).netloc == (host or "")
