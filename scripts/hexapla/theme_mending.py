"""Theme mending: what the theme's own templates get wrong, put right in the finished page.

The places lie outside of the theme's blocks, so that templates cannot override them.
"""

from __future__ import annotations

WRONG = (
    # `autocomplete` says nothing of a checkbox, and is not allowed on one (HTML, 4.10.18.7).
    (' type="checkbox" id="__drawer" autocomplete="off"', ' type="checkbox" id="__drawer"'),
    (' type="checkbox" id="__search" autocomplete="off"', ' type="checkbox" id="__search"'),
)
"""What is wrong, and what it should be."""


def mend_theme(output: str) -> str:
    """Put right what the theme gets wrong."""
    for wrong, right in WRONG:
        output = output.replace(wrong, right, 1)
    return output
