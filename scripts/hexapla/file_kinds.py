"""File kinds: what a file is that is no text, told by its first bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG image"),
    (0, b"\xff\xd8\xff", "JPEG image"),
    (0, b"GIF87a", "GIF image"),
    (0, b"GIF89a", "GIF image"),
    (8, b"WEBP", "WebP image"),
    (0, b"BM", "BMP image"),
    (0, b"II*\0", "TIFF image"),
    (0, b"MM\0*", "TIFF image"),
    (0, b"\0\0\1\0", "icon"),
    (4, b"ftypavif", "AVIF image"),
    (4, b"ftyp", "MP4 video"),
    (0, b"\x1aE\xdf\xa3", "WebM video"),
    (0, b"%PDF-", "PDF document"),
    (0, b"PK\3\4", "ZIP archive or Office document"),
    (0, b"\x1f\x8b", "gzip archive"),
    (0, b"wOF2", "font"),
    (0, b"wOFF", "font"),
    (0, b"ID3", "MP3 sound"),
)
"""Where bytes stand, what they are, and the kind of file that has them there."""

OTHER = "binary file"
"""The kind of what is not in the table."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG's segments that have its measures (ITU T.81, B.1.1.3)."""

_SEGMENTS = 200
"""Segments of a JPEG that are looked at."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is."""

    name: str
    """What people call it: ``PNG image``."""
    size: int
    """Its bytes."""
    width: int = 0
    """Pixels; 0 where it is no image, or does not say."""
    height: int = 0
    """Pixels, as above."""

    def describe(self) -> str:
        """Say it in words: ``PNG image, 640 x 480, 12,345 bytes``."""
        measures = f", {self.width} x {self.height}" if self.width else ""
        return f"{self.name}{measures}, {self.size:,} byte{'s' * (self.size != 1)}"


def find_kind(data: bytes) -> FileKind | None:
    """Say what a file is; None where it is a text."""
    try:
        data.decode()
    except UnicodeDecodeError:
        pass
    else:
        if b"\0" not in data:
            return None
    name = next((name for at, magic, name in MAGIC if data.startswith(magic, at)), OTHER)
    return FileKind(name, len(data), *_measure(name, data))


def _measure(name: str, data: bytes) -> tuple[int, int]:
    """Read the measures of an image; 0 where it does not say."""
    if name == "PNG image" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    if name == "GIF image" and len(data) >= 10:
        width, height = struct.unpack_from("<HH", data, 6)
        return width, height
    return _measure_jpeg(data) if name == "JPEG image" else (0, 0)


def _measure_jpeg(data: bytes) -> tuple[int, int]:
    """Find the segment of a JPEG that has its measures."""
    offset = 2
    for _ in range(_SEGMENTS):
        if offset + 9 > len(data) or data[offset] != 0xFF:
            break
        marker, length = data[offset + 1], int.from_bytes(data[offset + 2 : offset + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, offset + 5)
            return width, height
        offset += 2 + length
    return 0, 0
