"""The docfx dialect, rendered: tabs, images, columns, videos, zones, includes, code files.

A Markdown extension, `hexapla.docfx`, and two steps before it that need other files (includes and
code files). Text and values in, Markdown or elements out; MkDocs is not known here.
"""

from hexapla.docfx.extension import DocfxExtension


def makeExtension(**options: object) -> DocfxExtension:  # noqa: N802
    """Return the extension: the name Python-Markdown looks for."""
    return DocfxExtension(**options)
