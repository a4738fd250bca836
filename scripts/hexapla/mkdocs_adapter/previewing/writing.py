"""Writing: what parts of the plugin write goes to whoever asks for it, and not to the site."""

from __future__ import annotations

from hexapla.storage import hash_blob


class Kept:
    """Keeps what is written until it is taken."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def write(self, path: str, data: bytes) -> None:
        """Keep a file."""
        self._files[path] = data

    def take(self) -> dict[str, bytes]:
        """Take what was written since."""
        taken, self._files = self._files, {}
        return taken


class Unwritten:
    """Takes note of what would be written."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        """Path → blob id."""

    def write(self, path: str, data: bytes) -> None:
        """Take note of a file."""
        self.files[path] = hash_blob(data)
