"""Error pages: what is wrong, where, and what to do, in the place of a page; and live pages.

English, as the command line is: they are for whoever writes the site.
"""

from __future__ import annotations

from html import escape
from pathlib import PurePath

from hexapla.errors import HexaplaError, StorageError
from hexapla.previewing.addresses import RESERVED
from hexapla.storage import read_limited

_AROUND = 3
"""Lines shown before and after the one that is wrong."""
_LIMIT = 2**22

_PAGE = """<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – hexapla serve</title>
<link rel="stylesheet" href="/{reserved}preview.css">
</head>
<body>
<main>
<h1>{title}</h1>
{place}<p role="alert" class="message">{message}</p>
{hint}{excerpt}<p>The page comes back by itself when this is mended.</p>
</main>
</body>
</html>
"""


def write_error_page(error: HexaplaError, root: str) -> bytes:
    """Write the page that shows an error.

    Args:
        error: The error.
        root: The repository's absolute path.
    """
    path = shorten(error.path or "", root)
    place = ":".join(str(part) for part in (path, error.line) if part)
    hint = f'<p class="hint">{escape(error.hint)}</p>\n' if error.hint else ""
    return _PAGE.format(
        title="This page cannot be shown",
        reserved=RESERVED,
        place=f'<p class="place"><code dir="ltr">{escape(place)}</code></p>\n' if place else "",
        message=escape(error.message),
        hint=hint,
        excerpt=_write_excerpt(path, error.line, root),
    ).encode("utf-8", "replace")


def shorten(path: str, root: str) -> str:
    """Give a path relative to the repository, where it is in it."""
    return path.removeprefix(f"{root}/")


def _write_excerpt(path: str, line: int | None, root: str) -> str:
    """Write the lines around the one that is wrong."""
    if not path or not line:
        return ""
    try:
        text = read_limited(PurePath(root) / path, _LIMIT).decode("utf-8", "replace")  # type: ignore[arg-type]
    except StorageError:
        return ""
    lines = text.split("\n")
    first = max(line - 1 - _AROUND, 0)
    shown = []
    for number, content in enumerate(lines[first : line + _AROUND], first + 1):
        told = f"{number:>5}  {escape(content)}"
        shown.append(f"<mark>{told}</mark>" if number == line else told)
    return '<pre tabindex="0">' + "\n".join(shown) + "</pre>\n"


def add_script(body: bytes, path: str, digest: str, version: int) -> bytes:
    """Add to a page what shows it anew when it changes; the site's own files never have it.

    Args:
        body: The page.
        path: Its path in the site.
        digest: What tells it from later ones.
        version: That of the site when the page was asked for.
    """
    script = (
        f'<script src="/{RESERVED}preview.js" data-path="{escape(path)}"'
        f' data-shown="{digest}" data-version="{version}" defer></script>'
    ).encode()
    start, end, rest = body.rpartition(b"</body>")
    return start + script + end + rest if end else body + script
