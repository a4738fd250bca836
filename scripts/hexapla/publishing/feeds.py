"""Feeds: a locale's topics that changed last, as RSS 2.0 and as JSON Feed 1.1.

Formats: https://www.rssboard.org/rss-specification, https://www.jsonfeed.org/version/1.1/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from hexapla.publishing.xml_text import write_text


@dataclass(frozen=True, slots=True)
class Item:
    """One changed topic."""

    location: str
    """Fully qualified."""
    title: str
    """Plain text."""
    summary: str
    """Plain text; may be empty."""
    changed: str
    """The day, ``2021-06-14``."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself."""

    title: str
    """Plain text, in the locale's language."""
    home: str
    """The location of the locale's home page."""
    folder: str
    """The location that the feeds' names are put after."""
    locale: str
    """Its tag."""


RSS_NAME = "feed.xml"
JSON_NAME = "feed.json"


def choose_items(items: Iterable[Item], most: int) -> list[Item]:
    """Choose the items that changed last; of one day, by location."""
    ordered = sorted(items, key=lambda item: item.location)
    return sorted(ordered, key=lambda item: item.changed, reverse=True)[:most]


def read_day(value: object) -> str:
    """Read a delivered day, ``06/14/2021`` or ``2021-06-14``, as ISO 8601; empty when it is none.

    The form is FORMAT.md's, Front matter.
    """
    text = str(value or "").strip()
    for form in ("%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    return ""


def write_rss(channel: Channel, items: Sequence[Item]) -> str:
    """Write the RSS feed."""
    title, home = write_text(channel.title), write_text(channel.home)
    own = write_text(channel.folder + RSS_NAME)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
        "<channel>",
        f"<title>{title}</title>",
        f"<link>{home}</link>",
        f"<description>{title}</description>",
        f"<language>{write_text(channel.locale)}</language>",
        f'<atom:link href="{own}" rel="self" type="application/rss+xml"/>',
    ]
    if items:
        lines.append(f"<lastBuildDate>{_write_date(items[0].changed)}</lastBuildDate>")
    for item in items:
        location = write_text(item.location)
        lines += [
            "<item>",
            f"<title>{write_text(item.title)}</title>",
            f"<link>{location}</link>",
            # One change, one item: readers hear of a topic again when it changes again.
            f'<guid isPermaLink="false">{location}#{item.changed}</guid>',
            f"<pubDate>{_write_date(item.changed)}</pubDate>",
        ]
        if item.summary:
            lines.append(f"<description>{write_text(item.summary)}</description>")
        lines.append("</item>")
    return "\n".join([*lines, "</channel>", "</rss>", ""])


def write_json_feed(channel: Channel, items: Sequence[Item]) -> str:
    """Write the JSON feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.folder + JSON_NAME,
        "language": channel.locale,
        "items": [
            {
                "id": f"{item.location}#{item.changed}",
                "url": item.location,
                "title": item.title,
                "content_text": item.summary or item.title,
                "date_modified": f"{item.changed}T00:00:00Z",
            }
            for item in items
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _write_date(day: str) -> str:
    """Write a day as RSS has it (RFC 822), at midnight UTC."""
    return format_datetime(datetime.combine(date.fromisoformat(day), time(), UTC), usegmt=True)
