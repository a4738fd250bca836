"""Sanitizing: what of rendered articles may reach a browser, by an allow-list (nh3).

Articles come from outside, and Markdown lets any HTML through. What is rendered, our own
components included, passes here last: elements, attributes, classes, ids and addresses that are
not on the lists go; the text of most stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import nh3

from hexapla.allowed_html import (
    ATTRIBUTES,
    CLASSES,
    DROPPED_WITH_TEXT,
    EVERYWHERE,
    FORCED,
    SCHEMES,
    TAGS,
)
from hexapla.docfx.images import get_host
from hexapla.errors import UsageError
from hexapla.locales import parse_locale

ROLES = frozenset("doc-backlink doc-noteref doc-endnotes doc-endnote".split())
_CODE_CLASS = re.compile(r"language-[\w+#.\-]+\Z|[a-z][a-z0-9]{0,2}\Z")
"""A language, or a token's kind: Pygments' names for those have three letters at most."""

_THEME_TABS = re.compile(r"__tabbed_\d+(?:_\d+)?\Z")
_RESERVED = re.compile(r"__|hexapla")
_NUMBER = re.compile(r"\d{1,5}\Z")
_IDENTIFIERS = re.compile(r"[\w.\-]{1,100}\Z")
_SCHEME = re.compile(r"([^/?#:]*):")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_RASTER = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)
# nh3 escapes < and > within attributes: a bare < begins a tag.
_NAMED_ANCHOR = re.compile(r'<a name="([^"]*)"(?![^<>]*\sid=)')
_NO_TEXT = re.compile(r"<img(?![^<>]*\salt=)(?=[\s>])")
_NO_TAB = re.compile(r"<input(?![^<>]*\sid=)[^<>]*>")


@dataclass(frozen=True, slots=True)
class Policy:
    """What differs between sites and locales."""

    schemes: frozenset[str] = SCHEMES
    """Schemes that links may have."""

    image_hosts: frozenset[str] = frozenset()
    """Hosts that pages may ask for images."""

    video_hosts: frozenset[str] = frozenset()
    """Hosts whose videos play in the page, when a reader asks for it."""

    site: str = ""
    """Where site-absolute links lead: ``https://support.example``; empty: they stay."""

    locale: str = ""
    """The reader's locale, where that site has it as a path's first part."""


def make_sanitizer(policy: Policy) -> Callable[[str], str]:
    """Make a function that sanitizes the HTML of a page's text."""
    seen: set[str] = set()

    def filter_attribute(tag: str, name: str, value: str) -> str | None:
        match name:
            case "class":
                return keep_classes(value)
            case "id" | "name" | "for":
                return filter_identifier(tag, name, value, seen)
            case "href" | "src" | "poster":
                return filter_address(tag, value, policy)
            case _:
                return filter_value(name, value, policy)

    cleaner = nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(DROPPED_WITH_TEXT),
        attributes={"*": set(EVERYWHERE)} | {tag: set(names) for tag, names in ATTRIBUTES.items()},
        set_tag_attribute_values=FORCED,
        attribute_filter=filter_attribute,
        url_schemes={*policy.schemes, "data"},  # which addresses may have it: filter_address
        link_rel=None,
    )

    def sanitize(html: str) -> str:
        seen.clear()
        cleaned = _NAMED_ANCHOR.sub(r'<a id="\1"', cleaner.clean(html))
        return _NO_TAB.sub("", _NO_TEXT.sub('<img alt=""', cleaned))

    return sanitize


@lru_cache(maxsize=4096)
def keep_classes(value: str) -> str | None:
    """Keep the classes that articles may use."""
    kept = [name for name in value.split() if name in CLASSES or _CODE_CLASS.match(name)]
    return " ".join(kept) or None


def filter_identifier(tag: str, name: str, value: str, seen: set[str]) -> str | None:
    """Keep an id that is neither the theme's nor on the page already.

    A link's `name` becomes an id, too; other elements have names only as the theme's tabs.
    """
    if tag in {"input", "label"}:
        return value if _THEME_TABS.match(value) else None
    if not value or _INVISIBLE.search(value) or _RESERVED.match(value) or value in seen:
        return None
    seen.add(value)
    return value


def filter_address(tag: str, value: str, policy: Policy) -> str | None:
    """Keep an address of a harmless kind; lead site-absolute ones to the site they mean."""
    address = _INVISIBLE.sub("", value) if _INVISIBLE.search(value) else value
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() == "data":
        return value if tag == "img" and _RASTER.match(value) else None
    if scheme and scheme[1].lower() not in policy.schemes:
        return None
    if tag != "a":
        host = get_host(address)
        if (host or scheme) and not (tag == "img" and host in policy.image_hosts):
            return None
    if address.startswith("/") and not address.startswith(("//", "/\\")) and policy.site:
        return lead_to_site(address, policy) if tag == "a" else None
    return value.strip()


def lead_to_site(address: str, policy: Policy) -> str:
    """Write a site-absolute link in full, with the reader's locale for any that it has."""
    if not policy.locale:
        return policy.site + address
    first, slash, rest = address[1:].partition("/")
    path = slash + rest if is_tag(first) else address
    return f"{policy.site}/{policy.locale}{path}"


def is_tag(part: str) -> bool:
    """Say whether a part of a path is a locale with a territory: ``en-us``."""
    try:
        return "-" in part and bool(parse_locale(part))
    except UsageError:
        return False


def filter_value(name: str, value: str, policy: Policy) -> str | None:
    """Keep a value of the form that its attribute has."""
    match name:
        case "data-hexapla-video":
            is_known = value.startswith("https://") and get_host(value) in policy.video_hosts
            return value if is_known else None
        case "data-hexapla-tab" | "data-hexapla-when":
            return value if _IDENTIFIERS.match(value) else None
        case "role":
            return value if value in ROLES else None
        case "dir":
            return value if value in {"ltr", "rtl", "auto"} else None
        case "width" | "height" | "colspan" | "rowspan" | "span" | "start" | "value":
            return value if _NUMBER.match(value) else None
        case _:
            return value
