"""Theme files: what the theme and the site's overrides have for pages to load."""

from __future__ import annotations

from fnmatch import fnmatch

from hexapla.previewing.answers import Description
from hexapla.storage import sign_file


def find_theme_file(path: str, site: Description) -> str:
    """Find a file of the theme; the first folder that has it counts, and the docs before all.

    Args:
        path: Its path in the site, whose segments are names.
        site: What is known of the site.

    Returns:
        Its absolute path; empty where there is none, or where it is not served.
    """
    if not path or any(fnmatch(path.lower(), pattern) for pattern in site.hidden):
        return ""
    if sign_file(f"{site.roots['docs']}/{path}") is not None:
        return ""
    found = (f"{folder}/{path}" for folder in site.theme)
    return next((file for file in found if sign_file(file) is not None), "")
