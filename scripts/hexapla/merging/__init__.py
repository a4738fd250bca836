"""Merging: a new delivery into a page that a writer has edited, unit by unit.

Pure: texts in, the merged text and the conflicts out.
"""

from hexapla.merging.annotating import annotate_page
from hexapla.merging.conflicts import EDIT, OURS, THEIRS, WHOLE, Choices, Conflict, Torn
from hexapla.merging.pages import Merged, merge_page, settle_page
from hexapla.merging.versions import Span, Version

__all__ = [
    "EDIT",
    "OURS",
    "THEIRS",
    "WHOLE",
    "Choices",
    "Conflict",
    "Merged",
    "Span",
    "Torn",
    "Version",
    "annotate_page",
    "merge_page",
    "settle_page",
]
