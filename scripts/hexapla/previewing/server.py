"""The server: HTTP for one writer on this machine, and for the tabs of their browser."""

from __future__ import annotations

import json
import socket
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from hexapla.errors import StorageError, UsageError
from hexapla.previewing.addresses import (
    RESERVED,
    find_content_type,
    is_allowed_host,
    is_same_site,
    read_target,
    write_address,
)
from hexapla.previewing.error_pages import add_script
from hexapla.previewing.kept import Shown
from hexapla.previewing.preview import Preview
from hexapla.storage import read_limited

_LIMIT = 2**31
_BREATH = 10.0
"""Seconds after which an idle line to a tab is tried: that it has gone shows in no other way."""
_PORTS = 20
"""How many ports are tried, from the one that was asked for."""
_FILES = ("preview.js", "preview.css")


class Server(ThreadingHTTPServer):
    """Serves a preview.

    Args:
        preview: What is served.
        host: The address to bind to.
        port: The port; 0: any that is free.

    Raises:
        OSError: The port is taken, or the address is not this machine's.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, preview: Preview, host: str, port: int) -> None:
        self.preview = preview
        self.bound = host
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a browser go that has hung up."""


def open_server(preview: Preview, host: str, port: int) -> Server:
    """Bind to a port, or to one of the next where it is taken.

    Raises:
        UsageError: None can be bound to.
    """
    for candidate in range(port, min(port + _PORTS, 65536)) if port else [0]:
        try:
            return Server(preview, host, candidate)
        except OSError as error:
            failure = error
    reason = failure.strerror or str(failure)
    raise UsageError(f"cannot listen at {host}:{port}: {reason}", hint="--port 0 takes a free port")


class Handler(BaseHTTPRequestHandler):
    """Answers requests; one that no browser of ours would send is refused."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer with the headers alone."""
        self._answer()

    def version_string(self) -> str:
        """Name no versions."""
        return "hexapla"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Leave the terminal to what is worth reading."""

    def _answer(self) -> None:
        host, origin = self.headers.get("Host"), self.headers.get("Origin")
        if not is_allowed_host(host, self.server.bound) or not is_same_site(origin, host):
            self._refuse(HTTPStatus.FORBIDDEN, "This host is not served here.")
            return
        path = read_target(self.path)
        if path is None:
            self._refuse(HTTPStatus.BAD_REQUEST, "This is no address of the site.")
        elif path.startswith(RESERVED):
            self._answer_reserved(path.removeprefix(RESERVED))
        else:
            self._answer_site(path)

    def _answer_reserved(self, name: str) -> None:
        """Answer what the preview's own script asks for."""
        if name == "events":
            self._tell_events()
        elif name in _FILES:
            file = Path(__file__).parent / name
            self._send(200, read_limited(file, _LIMIT), find_content_type(name))
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def _answer_site(self, path: str) -> None:
        """Answer with what the site has at an address."""
        preview = self.server.preview
        version = preview.version
        shown = preview.show("") if preview.description is None else None
        mount = preview.description.mount.strip("/") if preview.description else ""
        if mount and path in {"", mount}:
            self._redirect(f"{mount}/")
            return
        if mount and not path.startswith(f"{mount}/"):
            self._refuse(HTTPStatus.NOT_FOUND, f"The site is at /{mount}/.")
            return
        below = path.removeprefix(f"{mount}/") if mount else path
        shown = preview.show(below) if preview.description is not None or not shown else shown
        if shown.answer.status in {301, 302}:
            self._redirect(f"{mount}/{shown.answer.file}" if mount else shown.answer.file)
            return
        self._send_shown(below, shown, version)

    def _send_shown(self, path: str, shown: Shown, version: int) -> None:
        """Send what was found."""
        answer = shown.answer
        if answer.is_page:
            body = add_script(answer.body, path, shown.digest, version)
            self._send(answer.status, body, find_content_type(".html"))
            return
        try:
            body = read_limited(answer.file, _LIMIT) if answer.file else answer.body
        except StorageError:
            self._refuse(HTTPStatus.NOT_FOUND, "The file has gone.")
            return
        self._send(answer.status, body, find_content_type(answer.file or path))

    def _tell_events(self) -> None:
        """Tell a tab when what it shows has changed, for as long as it listens."""
        preview = self.server.preview
        query = parse_qs(self.path.partition("?")[2], keep_blank_values=True)
        path = query.get("path", [""])[0]
        shown = query.get("shown", [""])[0]
        if read_target(f"/{path}") is None:
            self._refuse(HTTPStatus.BAD_REQUEST, "This is no address of the site.")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        version = preview.version
        told = query.get("version", [""])[0]
        seen = min(int(told), version) if told.isdecimal() and len(told) < 10 else version
        self._tell("retry: 300\n\n")
        while not preview.is_over:
            if preview.show(path).digest != shown:
                self._tell("event: page\ndata: 1\n\n")
                return
            for asset in preview.list_assets(seen):
                mount = preview.description.mount if preview.description else "/"
                self._tell(f"event: asset\ndata: {json.dumps(mount + asset)}\n\n")
            seen = version
            while (version := preview.wait(seen, _BREATH)) == seen and not preview.is_over:
                self._tell(":\n\n")

    def _tell(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def _redirect(self, path: str) -> None:
        """Send the browser to another address of the site."""
        self.send_response(302)
        self.send_header("Location", write_address(path))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        """Refuse a request."""
        self._send(status, f"{reason}\n".encode(), find_content_type(".txt"))

    def _send(self, status: int, body: bytes, content_type: str) -> None:
        """Send a response; nothing is to be kept by the browser, since all of it may change."""
        start, end = self._read_range(len(body)) if status == 200 else (0, len(body))
        self.send_response(206 if end - start < len(body) else status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(end - start))
        if end - start < len(body):
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(body)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-cache, no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[start:end])

    def _read_range(self, size: int) -> tuple[int, int]:
        """Read which part of a file is asked for: browsers ask for videos in parts."""
        unit, _, asked = self.headers.get("Range", "").partition("=")
        first, dash, last = asked.strip().partition("-")
        if unit != "bytes" or not dash or not (first or last) or not f"{first}{last}".isdigit():
            return 0, size
        start = int(first) if first else max(size - int(last), 0)
        end = min(int(last) + 1, size) if first and last else size
        return (start, end) if 0 <= start < end else (0, size)
