"""What happens between two builds: a writer edits a page, a vendor delivers articles again."""

from __future__ import annotations

from pathlib import Path

from benchmarks.projects import Project, name_page, run_sync

UNIT_ENDS = '</span><span class="sxs-lookup">'


def list_articles(project: Project) -> list[Path]:
    """List the delivered articles of all locales that have units."""
    return [
        path
        for path in sorted((project.root / "locales").rglob("*.md"))
        if "includes" not in path.parts
    ]


def edit_page(project: Project, turn: int) -> None:
    """Add a sentence to one page: of an article that is never delivered again."""
    article = list_articles(project)[5]
    tag, *folders = article.relative_to(project.root / "locales").with_suffix("").parts
    page = project.docs.joinpath(*folders) / name_page(tag)
    with page.open("a", encoding="utf-8") as file:
        file.write(f"\nA sentence of turn {turn}.\n")


def redeliver(project: Project, turn: int, every: int) -> int:
    """Deliver every so many-th article with another word in its first unit, and run sync.

    Returns:
        The number of articles.
    """
    changed = 0
    for article in list_articles(project)[1::every]:
        text = article.read_text(encoding="utf-8", errors="surrogateescape")
        before, end, after = text.partition(UNIT_ENDS)
        if end:
            text = f"{before} {turn}x{every}{end}{after}"
            article.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
            changed += 1
    run_sync(project)
    return changed
