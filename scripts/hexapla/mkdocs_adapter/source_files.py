"""Source files: their text as MkDocs' `File.content_string` gives it, in fewer steps."""

from __future__ import annotations

from mkdocs.structure.files import File

from hexapla.errors import StorageError
from hexapla.storage import read_limited

LIMIT = 2**26
"""Bytes of a file; a larger one is left to MkDocs."""


def read_text(file: File) -> str:
    """Read a file's text.

    Raises:
        OSError: There is no such file.
        ValueError: It is no UTF-8.
    """
    if file._content is not None or file.abs_src_path is None:
        return file.content_string
    try:
        data = read_limited(file.abs_src_path, LIMIT)
    except StorageError:
        return file.content_string  # it may follow a link
    return decode_text(data)


def decode_text(data: bytes) -> str:
    """Decode a file's text: without a byte order mark, lines ended as Python ends them.

    Raises:
        ValueError: It is no UTF-8.
    """
    text = data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
