"""What a file is, told by its first bytes."""

from __future__ import annotations

import pytest

from hexapla.file_kinds import FileKind, find_kind

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    b"\xff\xc2\x00\x11\x08\x00\x20\x00\x40\x03\1\x22\0\2\x11\1\3\x11\1"
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", None),
        ("# Öppna\n".encode(), None),
        (b"<svg/>", None),
        (b"\0", FileKind("binary file", 1)),
        (b"caf\xe9", FileKind("binary file", 4)),
        (b"\x89PNG\r\n\x1a\n", FileKind("PNG image", 8)),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\x10",
            FileKind("PNG image", 24, 256, 16),
        ),
        (b"GIF89a\x02\x01\x03\x00\xff", FileKind("GIF image", 11, 258, 3)),
        (JPEG, FileKind("JPEG image", 39, 64, 32)),
        (JPEG[:24], FileKind("JPEG image", 24)),
        (b"\xff\xd8\xff\xe0\x00\x00" * 90_000, FileKind("JPEG image", 540_000)),
        (b"RIFF\xff\0\0\0WEBPVP8 ", FileKind("WebP image", 16)),
        (b"\0\0\0\x18ftypmp42", FileKind("MP4 video", 12)),
        (b"%PDF-1.7\n\xe2\xe3", FileKind("PDF document", 11)),
    ],
)
def test_kinds(data: bytes, kind: FileKind | None) -> None:
    assert find_kind(data) == kind


def test_a_kind_in_words() -> None:
    assert (
        FileKind("PNG image", 12_345, 640, 480).describe() == "PNG image, 640 x 480, 12,345 bytes"
    )
    assert FileKind("binary file", 1).describe() == "binary file, 1 byte"
