"""Within lines: merge a line that both sides changed, unit by unit or sentence by sentence."""

from __future__ import annotations

from hexapla.merging.arranging import space_slots
from hexapla.merging.conflicts import Slot
from hexapla.merging.following import find_reordered, follow_passages
from hexapla.merging.matching import match_elements
from hexapla.merging.passages import LONGEST, divide_line
from hexapla.merging.sequences import merge_sequences, see_text
from hexapla.merging.versions import Element


def merge_passages(
    base: Element, ours: Element, theirs: Element
) -> tuple[list[Slot], list[Slot]] | None:
    """Merge a line; None where it is too long, and is merged as a whole."""
    if max(len(line.text) for line in (base, ours, theirs)) > LONGEST:
        return None
    if base.spans or not theirs.spans:
        before, after = divide_line(base), divide_line(theirs)
        by_source = bool(base.spans and theirs.spans)
        to_theirs = match_elements(before, after, _see_nothing, by_source=by_source)
    else:
        after = divide_line(theirs)
        followed = follow_passages(after, base.text)
        before = [passage for _, passage in followed]
        to_theirs = {i: t for i, (t, _) in enumerate(followed) if t >= 0}
    now = find_reordered(before, ours.text) or follow_passages(before, ours.text)
    to_ours = {b: o for o, (b, _) in enumerate(now) if b >= 0}
    three = before, [passage for _, passage in now], after
    page, rest = merge_sequences(three, (to_ours, to_theirs), None, see_text)
    blank = next((passage.lead for passage in (*after[1:], *before[1:]) if passage.lead), "")
    indent = after[0].lead if after else ""
    space_slots(page, indent, blank)
    space_slots(rest, indent, blank, is_base=True)
    return page, rest


def _see_nothing(_: Element) -> str:
    return ""
