"""Serve a site as hosts do: texts compressed; if told, over a slow line."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

TEXTS = (".html", ".js", ".css", ".json", ".svg", ".xml", ".txt", ".map")
STEP = 4096


class Line:
    """The line to the reader: all answers share it. Counts what goes through."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.rate = 0.0
        self.delay = 0.0
        self.bytes = 0
        self.paths: list[str] = []

    def slow_down(self, bits: float, delay: float) -> None:
        """Let so many bits a second through, each answer that many seconds late; 0: as it is."""
        self.rate, self.delay = bits / 8, delay

    def forget(self) -> None:
        """Begin to count anew."""
        self.bytes, self.paths = 0, []

    def send(self, content: bytes, target: Any) -> None:
        """Send bytes, as fast as the line is."""
        for start in range(0, len(content), STEP):
            part = content[start : start + STEP]
            with self.lock:
                if self.rate:
                    time.sleep(len(part) / self.rate)
                self.bytes += len(part)
            target.write(part)


@lru_cache(maxsize=4096)
def _compress(path: str) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, Line]]:
    """Serve a folder while the block runs; give its address, and the line."""
    line = Line()

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if path.is_dir():
                path /= "index.html"
            time.sleep(line.delay)
            line.paths.append(self.path)
            if not path.is_file():
                self.send_error(404)
                return
            is_text = path.suffix in TEXTS
            content = _compress(str(path)) if is_text else path.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "max-age=600")
            if is_text:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            line.send(content, self.wfile)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """A browser that leaves is no error."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", line
        finally:
            server.shutdown()
            thread.join()
