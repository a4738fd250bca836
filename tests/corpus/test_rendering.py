"""Real articles, rendered by one instance of Markdown and by one of their own each."""

from __future__ import annotations

from mkdocs.structure.files import Files

from hexapla.mkdocs_adapter.rendering import Renderer
from tests.corpus.archives import ROOT, read_archive
from tests.site.rendering import compare, make_page, read_configuration

ARCHIVES = {
    "alchemy.sv-SE.live": 20,
    "alchemy.ja-JP.live": 25,
    "alchemy.ar-SA.live-sxs": 40,
    "officejs.fr-FR.live": 6,
}
"""Every how many-th article is rendered."""


def test_articles_are_rendered_the_same() -> None:
    config = read_configuration(ROOT)
    renderer = Renderer()
    count = 0
    for name, step in ARCHIVES.items():
        for path, content in sorted(read_archive(name).items())[::step]:
            text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
            compare(make_page(text, config, path), config, Files([]), renderer)
            count += 1
    assert count > 400
    assert len(renderer.kept) == 1
