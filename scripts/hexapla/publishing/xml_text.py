"""XML text: what any delivered text becomes so that XML can carry it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_text(text: str) -> str:
    """Escape text for an element or an attribute; what XML 1.0 forbids is left out."""
    return escape(_FORBIDDEN.sub("", text), {'"': "&quot;"})
