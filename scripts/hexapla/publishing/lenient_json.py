"""Lenient JSON: what delivering systems read as JSON, with trailing commas and comments."""

from __future__ import annotations

import json
import re
from typing import Any

_TOKENS = re.compile(
    r'(?P<string>"(?:\\.|[^"\\])*(?:"|\Z))'
    r"|(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z))",
    re.DOTALL,
)
_COMMAS = re.compile(r'"(?:\\.|[^"\\])*(?:"|\Z)|(?P<comma>,(?=\s*[\]}]))', re.DOTALL)


def parse_lenient_json(text: str) -> Any:
    """Parse JSON that may have comments and trailing commas (FORMAT.md, Markdown dialect).

    Raises:
        ValueError: It is no JSON for all that, or nested too deeply.
    """
    text = _TOKENS.sub(lambda match: match["string"] or " ", text.removeprefix("\ufeff"))
    text = _COMMAS.sub(lambda match: "" if match["comma"] else match[0], text)
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
