"""One instance of Markdown for many pages gives each what an instance of its own gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from hexapla.mkdocs_adapter import HexaplaPlugin
from hexapla.mkdocs_adapter.rendering import RESETTABLE, Renderer
from tests.site.rendering import compare, make_page, read_configuration

ROOT = Path(__file__).parents[2]

BLOCKS = (
    "# One *head* `code` &amp; \\* [to](../other/index.md#there)",
    "## Two <b>raw</b> {#own .class}",
    "# One",
    "#### [Deep](#own) ![alt](a.png)",
    "Setext\n===",
    "Under\n-----",
    "Text `code` `#!python x = 1` **strong** _em_ ***both*** **a_b_**c**, snake_case_word.  \nBroken.",
    "Entities &copy; & &nope; \\[x\\] \\\\ <http://x.example> <a@b.example> <span a='1'>*in*</span>",
    '[a](b.md "title") [b](<c d.md>) [c][ref] [ref] [ref][] ![i](i.png) ![i][ref] [no] [](x)',
    "`` a`b `` \\`no\\` `open *and* closed*",
    '[ref]: http://ref.example "Title"',
    "[ref]: other.md",
    "A note[^1], another[^long], the first[^1]; ^[none] [^gone]",
    "[^1]: First *note*.",
    "[^long]: Long.\n\n    More.",
    '!!! note "Title"\n    Inside\n\n    More',
    "!!! warning\n    - a",
    '??? tip "Closed"\n    Inside\n\n    - a\n\n        b',
    '=== "A"\n    One\n\n    Two\n\n=== "B"\n    - x\n\n        y',
    "> [!NOTE]\n> Alert\n> more",
    "> [!CAUTION]+ Own title\n>\n> Text",
    "> quote\n>> inner\n\n> again",
    "term\n:   definition\n\n    more\n\nother\n:   two",
    "- a\n- b\n  - c\n\n    d\n- e",
    "3. three\n4. four\n   - in\n\n\n5. five",
    "* [ ] task\n* [x] done",
    "| a | b |\n|:--|--:|\n| `1|2` | **x** |\n| \\| |",
    "a | b\n--|--\nc",
    "```python hl_lines='1'\nx = 1  # <b>\n```",
    "~~~\nplain *no*\n~~~",
    "```js title='T'\n<script>",
    "    indented *code*\n\n    more",
    '<div markdown="1">\n*md*\n\n<p markdown="span">x *y*</p>\n</div>',
    "<div>\nraw *no*\n\n</div>\nafter",
    "<p>open <em>x",
    "<!-- comment\n\n*x* -->",
    "<script>a\n\nb</script>",
    "<details><summary>*s*</summary>\n\ntext\n\n</details>",
    '<a name="here"></a><br>tail <img src="x.png">',
    "***",
    "- - -",
    "[TOC]",
    ":::row:::\n:::column:::\nleft\n:::column-end:::\n:::row-end:::",
    "# [One](#tab/one)\nfirst\n# [Two](#tab/two)\nsecond\n***",
    ":::image type='icon' source='a.png' alt-text='x':::",
    '[!VIDEO https://video.example/a] <xref:Name.Of> <a href="x.md">x</a>',
    "\x02klzzwxh:0001\x03 \x02wzxhzdk:0\x03 \x02hexapla:0\x03",
    "Ends with two  ",
    "ctrl++ kbd==x== ~~del~~ ^sup^ (c) --> 1/2",
    "*[HTML]: Hyper\n\nHTML is HTML.",
    "日本語の**強調**です。العربية *مائل*",
    "{: .block #id }",
)
"""A bit of everything that Markdown and the dialect have, broken ones among them."""

EXTRA: tuple[str, ...] = ("abbr", "nl2br", "pymdownx.betterem", "pymdownx.caret", "pymdownx.keys")
EXTRA += ("pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.tasklist", "pymdownx.tilde")


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    return read_configuration(ROOT)


NO_FILES = Files([])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw a text of blocks, some of them in others, joined with and without blank lines."""
    parts = []
    for block in draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=9)):
        for prefix in draw(st.lists(st.sampled_from(("    ", "> ", "  ", "- ")), max_size=2)):
            rest = "  " if prefix == "- " else prefix
            block = "\n".join((rest if n else prefix) + x for n, x in enumerate(block.split("\n")))
        parts += [block, draw(st.sampled_from(("\n\n", "\n\n", "\n", " ", "\n\n\n")))]
    return "".join(parts)


CHARACTERS = st.text("ab *_`~#>-+=|:!?[](){}<>/&;\\\n\"'^.1\t\x02\x03é日", max_size=60)
"""Texts without sense, of what Markdown looks for."""

RENDERER = Renderer()
"""Its instance has seen all pages of all examples before."""


@settings(max_examples=250, deadline=None)
@given(text=st.one_of(texts(), CHARACTERS, st.tuples(texts(), CHARACTERS).map("".join)))
def test_any_text_is_rendered_the_same(text: str, config: MkDocsConfig) -> None:
    compare(make_page(text, config), config, NO_FILES, RENDERER)


@pytest.mark.parametrize("extra", EXTRA)
def test_more_extensions_forget_a_page(root: Path, extra: str) -> None:
    config = read_configuration(root)
    config.markdown_extensions.append(extra)
    renderer = Renderer()
    for text in (*BLOCKS, "\n\n".join(BLOCKS), BLOCKS[6], "\n\n".join(reversed(BLOCKS))):
        compare(make_page(text, config), config, NO_FILES, renderer)
    assert len(renderer.kept) == 1


def test_all_extensions_that_forget_are_tested(config: MkDocsConfig) -> None:
    assert {*config.markdown_extensions, *EXTRA} == RESETTABLE.keys()


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\n---\n\n\n# B\n",
        "---\ntitle: A\n---  \n# B\n---\n",
        "---\ntitle: A\n...\n# B\n\n---\n\nc: d\n",
        "--- \ntitle: A\n---\n# B\n",
        "---\ntitle: A\n---",
        "---\n---\n# B\n---\n",
        "---\n\n---\n# B\n",
        "---\ntitle: A\n  b\nc: [d]\n---\n# B\n",
        "---\nbroken: [\n---\n# B\n",
        "title: A\n\n# B\n",
        "# B\n\n---\na: b\n---\n",
        "\n---\na: b\n---\nc\n",
    ],
)
def test_front_matter_is_read_the_same(text: str, config: MkDocsConfig) -> None:
    make_page(text, config)


def test_pages_do_not_depend_on_their_order(config: MkDocsConfig) -> None:
    renderer = Renderer()
    one, two = "\n\n".join(BLOCKS), "\n\n".join(reversed(BLOCKS))
    results = [
        compare(make_page(text, config), config, NO_FILES, renderer) for text in (one, two, one)
    ]
    assert results[0] == results[2] != results[1]


def test_an_instance_is_kept_for_a_configuration(root: Path) -> None:
    config = read_configuration(root)
    renderer = Renderer()
    titles = []
    for title in ("Link", "Länk", "Link"):
        config.mdx_configs["toc"]["permalink_title"] = title
        titles.append(compare(make_page("# A", config), config, NO_FILES, renderer)["content"])
    assert titles[0] == titles[2] and 'title="Länk"' in titles[1]
    assert len(renderer.kept) == 2


@pytest.mark.parametrize(
    ("extension", "options"),
    [("markdown.extensions.meta", {}), ("footnotes", {"UNIQUE_IDS": True})],
)
def test_an_instance_is_not_kept_where_extensions_may_remember(
    root: Path, extension: str, options: dict[str, Any]
) -> None:
    config = read_configuration(root)
    config.markdown_extensions.append(extension)
    config.mdx_configs[extension] = options
    renderer = Renderer()
    for text in ("A[^1]\n\n[^1]: B", "C[^1]\n\n[^1]: D"):
        compare(make_page(text, config), config, NO_FILES, renderer)
    assert not renderer.kept


def test_an_instance_that_failed_is_not_kept(config: MkDocsConfig) -> None:
    renderer = Renderer()
    compare(make_page("# A", config), config, NO_FILES, renderer)
    instance = renderer.kept[0]
    instance.title.run = None  # type: ignore[assignment, method-assign]
    with pytest.raises(TypeError):
        renderer.render(make_page("# A", config), config, NO_FILES)
    assert not renderer.kept
    compare(make_page("# A", config), config, NO_FILES, renderer)


def test_the_checkouts_own_pages(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderer = Renderer()
    pages = 0

    def render(page: Page, config: MkDocsConfig, files: Files) -> None:
        nonlocal pages
        compare(page, config, files, renderer)
        pages += 1

    monkeypatch.setattr(Page, "render", render)
    monkeypatch.setattr(Files, "copy_static_files", lambda *arguments, **more: None)
    for name in ("_build_page", "_build_theme_template"):
        monkeypatch.setattr(build, name, lambda *arguments, **more: None)
    # What follows the pages is of no account here.
    monkeypatch.setattr(HexaplaPlugin, "finish_locale", lambda *arguments: None)
    config = read_configuration(root)
    config.site_dir = str(tmp_path)
    build.build(config)
    assert pages > 100
    assert len(renderer.kept) == 7
