"""A small docs/ with every case that the site must get right."""

from __future__ import annotations

LOCALES = ("en-US", "sv-SE", "nb-NO", "nl-NL", "ar-SA", "ja-JP", "sr-Latn-RS")
"""What mkdocs.yml configures, the source locale first."""

HOME = "---\ntemplate: home.html\n---\n# Home {locale}\n"

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6364f8cf500f0003018601809de2c6da0000000049454e44ae426082"
)

SYNC = """\
---
title: Title of the front matter {locale}
description: What the page is about.
---
# Sync everything {locale} {{#sync}}

> [!NOTE]
> The first alert.

> [!IMPORTANT] A title of its own
> The second alert.

> [!CAUTION]
> The third alert.

```
> [!NOTE]
```

![A pixel](media/pixel.png)

See [pictures](../sync-a-picture/index.md).
"""

SMALL_SITE: dict[str, str | bytes] = {
    "index.md": HOME.format(locale="en-US"),
    **{f"index.{locale}.md": HOME.format(locale=locale) for locale in LOCALES[1:]},
    # In every locale but the last one, which falls back to the source.
    "sync/.meta.yml": "description: Shared\nauthor: only-sync\naliases: [old/sync.md]\n",
    "sync/index.md": SYNC.format(locale="en-US"),
    **{f"sync/index.{locale}.md": SYNC.format(locale=locale) for locale in LOCALES[1:-1]},
    "sync/media/pixel.png": PIXEL,
    # Its name begins with another topic's; it has bundle metadata of its own.
    "sync-a-picture/.meta.yml": "description: What a picture is\n",
    "sync-a-picture/index.md": "# Sync a picture\n\nWith zebrafinch.\n",
    "sync-a-picture/index.sv-SE.md": "# Synka en bild\n\nMed zebrafink.\n",
    # Its source is missing.
    "chat/only-here/index.sv-SE.md": "# Bara här\n\nText.\n",
    "chat/only-here/index.ar-SA.md": "# هنا فقط\n\nنص.\n",
    # What the delivery had wrong must not end the build.
    "chat/broken/index.md": "# Broken\n\n[gone](nowhere.md) [away](/elsewhere/x) [none](#none)\n",
    # Snippets are no pages.
    "includes/shared/index.md": "A snippet.\n",
    "chat/includes/shared/index.sv-SE.md": "Ett stycke.\n",
}
