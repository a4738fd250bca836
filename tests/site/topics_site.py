"""A docs/ with more topics than fit on one page, sections, and titles that are not translated."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

WORDS = (
    "Add Block Create Delete Edit Find Give Hide Invite Join Keep Leave Move Name Open Print Quit"
    " Read Share Translate Undo View Write Export Zip"
).split()
"""The titles of 25 topics begin with them."""

HOME = "---\ntemplate: home.html\nhide: [navigation, toc]\n---\n# Home {locale}\n"

SECTIONS = """\
- name: {guide}
  items:
  - {{name: x, href: mail/block-a-file.md}}
  - {{name: x, href: mail/add-a-file.md}}
  - name: {rules}
    items:
    - {{href: mail/create-a-file.md}}
    - {{href: mail/delete-a-file.md}}
- {{name: Gone, href: mail/gone.md}}
- {{name: Loop, href: TOC.yml}}
"""

PRODUCTS = """\
      products:
        - id: mail
          name: {en-US: Mail, sv-SE: "Post & brev", ar-SA: البريد}
          match: {path: help/mail}
        - id: late
          name: Late
          match: {title: ^(write|zip)}
      topics_per_page: 10
"""

TRANSLATED = 20
"""How many of the topics are in Swedish and Arabic."""


def list_files() -> dict[str, str]:
    """Give the files of the repository: path → text."""
    files = {
        "docs/index.md": HOME.format(locale="en-US"),
        "docs/index.sv-SE.md": HOME.format(locale="sv-SE"),
        "docs/index.ar-SA.md": HOME.format(locale="ar-SA"),
        "docs/help/start/index.md": "# A <b>b</b> & c\n\n[x](../mail/add-a-file/index.md)\n",
        "docs/help/other/index.md": "# Other\n\n[x](../mail/add-a-file/index.md)\n",
        "docs/help/other/only/index.sv-SE.md": "# Bara på svenska\n",
        "locales/sv-SE/help/TOC.yml": SECTIONS.format(guide="Guide", rules="Regler & <b>råd</b>"),
        "locales/ar-SA/help/TOC.yml": SECTIONS.format(guide="الدليل", rules="القواعد"),
        "locales/sv-SE/help/docfx.json": "{}",
        "locales/sv-SE/help/broken/TOC.yml": "- [",
    }
    for number, word in enumerate(WORDS):
        folder = "late" if word in {"Write", "Zip"} else "mail"
        bundle = f"docs/help/{folder}/{word.lower()}-a-file"
        files[f"{bundle}/.meta.yml"] = f"ms.date: 01/{number + 1:02}/2021\nms.custom: [a, b]\n"
        files[f"{bundle}/index.md"] = f"# {word} a file\n"
        if number < TRANSLATED:
            files[f"{bundle}/index.sv-SE.md"] = f"---\nms.custom: x\n---\n# Å {word}\n"
            files[f"{bundle}/index.ar-SA.md"] = f"# ملف {word}\n"
    return files


def write_repository(root: Path, target: Path, options: str = PRODUCTS) -> None:
    """Write the repository: the project's own mkdocs.yml with other options of our plugin."""
    for path, text in list_files().items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("custom_dir: overrides", f"custom_dir: {root / 'overrides'}")
    text, number = re.subn(
        r"( +)# By the source alone.*?topics_per_page: \d+\n",
        lambda found: options,
        text,
        flags=re.S,
    )
    assert number == 1, "mkdocs.yml has another form now: mend this"
    (target / "mkdocs.yml").write_text(text, encoding="utf-8")


def build(target: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build the site."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "--quiet", "build", "--strict", "--site-dir", str(site)],
        cwd=target,
        env=os.environ
        | {
            "HEXAPLA_SITE_URL": "https://help.example/help/",
            "NO_MKDOCS_2_WARNING": "true",
            "SOURCE_DATE_EPOCH": "0",
        },
        capture_output=True,
        text=True,
        check=False,
    )
