"""Redirect pages: a page at a former address that leads on, without a script."""

from __future__ import annotations

from html import escape

_PAGE = """\
<!doctype html>
<html lang="{locale}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={link}">
<link rel="canonical" href="{canonical}">
<link rel="stylesheet" href="{style}">
</head>
<body class="hexapla-redirect">
<main>
<h1>{title}</h1>
<p><a href="{link}" lang="{language}">{label}</a></p>
</main>
</body>
</html>
"""


def write_redirect_page(
    link: str,
    canonical: str,
    style: str,
    strings: dict[str, str],
    *,
    title: str = "",
    language: str = "",
) -> str:
    """Write the page at a former address.

    Args:
        link: Where it leads, relative or in full.
        canonical: The same, in full where the site's own address is known.
        style: The link to the style sheet.
        strings: The locale's interface strings, its tag and direction among them.
        title: The title of the page it leads to; empty when unknown.
        language: The title's, where it is not the locale's.
    """
    texts = {
        "locale": strings["language"],
        "direction": strings["direction"],
        "title": strings["redirect.title"],
        "label": title or strings["redirect.link"],
        "language": (title and language) or strings["language"],
        "link": link,
        "canonical": canonical,
        "style": style,
    }
    return _PAGE.format_map({name: escape(text) for name, text in texts.items()})
