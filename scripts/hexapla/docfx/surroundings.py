"""What a page's dialect needs to know of the site around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def keep_reference(reference: str) -> str | None:
    """Leave a reference as it is written."""
    return reference


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Values and look-ups that rendering a page depends on; the defaults suit a text alone."""

    strings: Mapping[str, str] = field(default_factory=dict)
    """Our interface strings in the language of the text: ``content.table`` → ``Table``."""

    video_hosts: frozenset[str] = frozenset()
    """Hosts whose videos play in the page, once a reader asks for it: ``video.example``."""

    image_hosts: frozenset[str] = frozenset()
    """Hosts whose images a page may ask for; others' become links."""

    resolve: Callable[[str], str | None] = keep_reference
    """Give a relative reference's address as seen from the page; None when it is not published."""

    def say(self, key: str, value: str = "") -> str:
        """Give one of our strings with its value filled in; the key itself where it is unknown."""
        return self.strings.get(key, key).replace("%s", value)
