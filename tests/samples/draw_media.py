"""Draw the pictures of the sample help centre.

Run it from the repository root: `python -m tests.samples.draw_media`. The pictures are committed,
because compressed bytes may differ between builds of zlib; the deliveries only copy them.
"""

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

SAMPLES = Path(__file__).parent

Color = tuple[int, int, int]
Box = tuple[int, int, int, int, int]
"""Left, top, width, height, index of the color."""

PALETTE: tuple[Color, ...] = (
    (255, 255, 255),
    (243, 246, 249),
    (208, 216, 224),
    (120, 134, 148),
    (11, 83, 107),
    (20, 140, 160),
    (240, 170, 60),
    (200, 60, 60),
)

GLYPHS = {
    "A": "0e11111f111111",
    "D": "1e11111111111e",
    "E": "1f10101e10101f",
    "H": "1111111f111111",
    "R": "1e11111e141211",
    "S": "0f10100e01011e",
    "共": "0a0a1f0a1f0a11",
    "有": "041f081e0a1a0a",
}
"""Seven rows of five pixels, two hex digits each."""


def draw_picture(width: int, height: int, boxes: Sequence[Box]) -> bytes:
    """Draw boxes on a white ground and encode them as a PNG with a palette."""
    rows = [bytearray(width) for _ in range(height)]
    for left, top, box_width, box_height, color in boxes:
        for row in rows[max(top, 0) : top + box_height]:
            right = min(left + box_width, width)
            row[left:right] = bytes([color]) * (right - left)
    pixels = b"".join(b"\0" + bytes(row) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = b"".join(bytes(color) for color in PALETTE)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _encode_chunk(kind, content)
        for kind, content in (
            (b"IHDR", header),
            (b"PLTE", palette),
            (b"IDAT", zlib.compress(pixels, 9)),
            (b"IEND", b""),
        )
    )


def _encode_chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def draw_window(width: int, height: int) -> list[Box]:
    """Draw a window: frame, title bar, three buttons."""
    bar = [(0, 0, width, height, 2), (1, 1, width - 2, height - 2, 0), (1, 1, width - 2, 22, 4)]
    return bar + [(width - 16 * place, 8, 8, 8, 2) for place in (1, 2, 3)]


def draw_word(word: str, left: int, top: int, scale: int, color: int) -> list[Box]:
    """Draw a word in the small letters that this script knows."""
    boxes = []
    for place, letter in enumerate(word):
        for row, bits in enumerate(bytes.fromhex(GLYPHS[letter])):
            boxes += [
                (left + (place * 6 + column) * scale, top + row * scale, scale, scale, color)
                for column in range(5)
                if bits & 16 >> column
            ]
    return boxes


def draw_lines(left: int, top: int, widths: Sequence[int], color: int = 3) -> list[Box]:
    """Draw what stands for lines of text."""
    return [(left, top + 14 * place, width, 5, color) for place, width in enumerate(widths)]


def draw_share_dialog(word: str) -> bytes:
    """Draw the dialog in which a folder is shared, with a labelled button."""
    boxes = draw_window(320, 190)
    boxes += draw_lines(20, 40, (150,))
    boxes += [(20, 60, 280, 26, 2), (21, 61, 278, 24, 0)]
    boxes += draw_lines(28, 71, (110,), 2)
    boxes += [(20, 100, 18, 18, 6), (20, 124, 18, 18, 5)]
    boxes += draw_lines(46, 107, (120,)) + draw_lines(46, 131, (90,))
    boxes += [(200, 152, 100, 26, 5)]
    return draw_picture(320, 190, boxes + draw_word(word, 250 - 6 * len(word), 158, 2, 0))


def draw_table_view(rows: int, marked: int) -> bytes:
    """Draw a list of files of which one row is marked."""
    boxes = [*draw_window(360, 44 + 22 * rows), (1, 23, 70, 20 + 22 * rows, 1)]
    for row in range(rows):
        top = 36 + 22 * row
        boxes += [(80, top - 4, 270, 18, 6)] if row == marked else []
        boxes += [(86, top, 10, 10, 5), *draw_lines(104, top + 2, (100 + row * 17 % 60,))]
        boxes += draw_lines(270, top + 2, (60,), 2)
    return draw_picture(360, 44 + 22 * rows, boxes)


def draw_meeting() -> bytes:
    """Draw a meeting with four people and the controls below them."""
    boxes = draw_window(320, 200)
    for left, top, color in ((12, 32, 5), (164, 32, 2), (12, 102, 2), (164, 102, 6)):
        boxes += [(left, top, 144, 62, 1), (left + 58, top + 12, 28, 38, color)]
    controls = ((116, 5), (146, 5), (176, 7))
    return draw_picture(320, 200, boxes + [(left, 172, 24, 18, color) for left, color in controls])


def draw_icon(boxes: Sequence[Box]) -> bytes:
    """Draw an icon of 24 by 24 pixels."""
    return draw_picture(24, 24, boxes)


PICTURES = {
    "source/help/media/share-dialog.png": draw_share_dialog("SHARE"),
    "ja-JP/help/media/share-dialog.png": draw_share_dialog("共有"),
    "source/help/media/version-history.png": draw_table_view(6, 2),
    "source/help/media/storage-overview.png": draw_table_view(4, 0),
    "source/help/media/meeting-window.png": draw_meeting(),
    "source/help/media/icon-folder.png": draw_icon([(2, 5, 9, 4, 6), (2, 8, 20, 12, 6)]),
    "source/help/media/icon-cloud.png": draw_icon([(7, 6, 10, 6, 5), (3, 11, 18, 8, 5)]),
    "source/help/media/icon-warning.png": draw_icon(
        [*((11 - row, 3 + row, 2 * row + 2, 1, 6) for row in range(11)), (11, 7, 2, 5, 7)]
    ),
}


def write_pictures() -> None:
    """Write every picture to its place in the authoring text."""
    for name, content in PICTURES.items():
        path = SAMPLES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    write_pictures()
