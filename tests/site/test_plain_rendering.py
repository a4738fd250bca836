"""Plain pages: what is written without Markdown is what Markdown writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hexapla.mkdocs_adapter.plain_rendering import (
    HARMLESS,
    NEEDED,
    SAMPLE,
    PlainRenderer,
    make_plain_renderer,
)
from hexapla.mkdocs_adapter.rendering import RESETTABLE, Renderer
from hexapla.plain_markdown import PlainHtml, make_plain_sanitizer, render_plain_page
from hexapla.sanitizing import Policy, make_sanitizer
from tests.site.rendering import compare, make_page, read_configuration

ROOT = Path(__file__).parents[2]

PLAIN: tuple[str, ...] = (
    SAMPLE,
    "",
    "One paragraph.",
    " Three **blanks** before it.\n\n  Two.",
    "# Title {#title}\nText below it.\n## Part one: 1 {#x}",
    "- a\n- b\n\nText\n\n1. c\n2. d\n3) e",
    "- a\n\n- b\n- c\n\n- d",
    "3. three\n4. four",
    "* a\n    1. b\n    2. c\n* d\n\n  Text of d.\n\n* e",
    "- a\n  - b\n    - c\n  - d\n- e",
    "1. a\n\n   - b\n   - c\n\n   - d\n\n2. e",
    "- a\n+ b\n1. c",
    "1. a\n   > [!WARNING]\n   > said\n   > more\n\n2. b",
    "> quoted\n> \n> - item",
    "- item\ngoes on  \n   and on\n- item\n  - inner\n goes on\n\n  Below\nit goes on",
    "> [!Note]\n> said\n\n> [!TIP]\n> - said",
    "**[bold](https://example.com/a_b_c)** and [**it**](http://example.com), [[x]](mailto:a@b.c)",
    "One [x] and ] and [two words] and [ **it** ].",
    "# Title [in brackets] {#title}\n\n[[link](https://example.com)] and [[a](https://example.com) b].",
    "2 * 3 * 4, ** 5 ** x, snake_case_word, _slanting_, __strong__, C:\\Program, \\_",
    "Ends with two  \nand goes on   \nand ends.  ",
    "AT&amp;T &#169; &nbsp; & > \"quoted\" 'too'",
    "[here](other.md#part), [there](/absolute/path?a&amp;b&c), [self](#part), [gone](gone.md)",
    "日本語の**強調**です。**[次へ]**を。العربية *مائل* نص.",
    "12.5 percent, 1.x, 1984 was a year; a | b",
    "Text\n- item\n\n\n\nText\n1. item",
    "# Two\u3000words\u00a0 and  more {#x}\n\nText",
)
"""Plain pages, with what their parts may be next to."""

NOT_PLAIN: tuple[str, ...] = (
    "[TOC]",
    "a\tb",
    "\x02 \x03",
    "<b>x</b>",
    "```\ncode\n```",
    "a | b\n--|--\n1 | 2",
    "***both***",
    "**a *b* c**",
    "![x](y.png)",
    "[x][y]\n\n[y]: https://example.com",
    "[x](https://example.com \"title\")",
    "Title\n=====",
    "> quoted\nlazy",
    "    code",
    "- - nested",
    "# No id",
    "# Code `x` {#x}",
    "# A [link](https://example.com) {#x}",
    "[[a](https://example.com)](https://example.com)",
    "Term\n:   Definition",
    "{: .block }",
    "::: zone",
    "[^1]: Note",
    "* * *",
    "[!VIDEO https://video.example/a]",
    "[a [b](https://example.com) c](https://example.com)",
    f"{'> ' * 40}deep",
    "\n".join(f"{'  ' * level}- deep" for level in range(40)),
)
"""Pages with something that plain pages have not."""

LINES = (
    "# Title {#title}",
    "### Part {#part}",
    "Text with **strong** words,",
    "and *more* `code` of [it](https://example.com/?a&b).  ",
    " A blank before.",
    "- item",
    "* other **item**",
    "  - inner",
    "    - innermost",
    "  text below",
    "1. one",
    "2. two ",
    "   1. inner",
    "   2. inner",
    "goes on | here",
    "      goes on",
    "\u3000wide ",
    "ends wide\u3000",
    "\xa0",
    "   text below",
    "     deeper",
    "> [!NOTE]",
    "> quoted",
    "> - quoted item",
    ">",
    "   > quoted below",
    "**",
    "_a_ b_c __d__",
    "[x] \\* [y](z.md) & > &amp;",
    "[[a](https://example.com)] [ b ] [c",
    "## Part [two] {#two}",
    "1) one",
    "- ",
    "10",
    "",
    "",
    "",
    "",
)
"""Lines of which plain pages are made, and some that they are not."""

INLINE = st.text("ab *_`[]()\\&;>!.é日 \n", max_size=30)


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    return read_configuration(ROOT)


@pytest.fixture(scope="module")
def plain(config: MkDocsConfig) -> PlainRenderer:
    names, options = config.markdown_extensions, config.mdx_configs
    made = make_plain_renderer(Markdown(extensions=names, extension_configs=options), names, options)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def files(config: MkDocsConfig) -> Files:
    paths = ("help/topic/other.md", "help/topic/index.md")
    return Files([File(path, None, config.site_dir, use_directory_urls=True) for path in paths])


RENDERER = Renderer()

SANITIZE = make_sanitizer(Policy(site="https://support.example", locale="sv-SE"))
SANITIZE_PLAIN = make_plain_sanitizer(SANITIZE)


def assert_sanitized_the_same(page: Page) -> None:
    """Say that a page's content is sanitized as that of any page."""
    if isinstance(page.content, PlainHtml):
        assert SANITIZE_PLAIN(page.content) == SANITIZE(page.content)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_pages_are_written_the_same(
    text: str, config: MkDocsConfig, files: Files, plain: PlainRenderer
) -> None:
    page = make_page(text, config)
    compare(page, config, files, RENDERER)
    assert isinstance(page.content, PlainHtml)
    assert_sanitized_the_same(page)
    assert plain.render(text) is not None


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_other_pages_are_left_to_markdown(
    text: str, config: MkDocsConfig, files: Files, plain: PlainRenderer
) -> None:
    compare(make_page(text, config), config, files, RENDERER)
    assert plain.render(text) is None


@settings(max_examples=400, deadline=None)
@given(lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=12))
def test_any_lines_are_written_the_same(
    lines: list[str], config: MkDocsConfig, files: Files
) -> None:
    page = make_page("\n".join(lines), config)
    compare(page, config, files, RENDERER)
    assert_sanitized_the_same(page)


@settings(max_examples=400, deadline=None)
@given(text=INLINE)
def test_any_text_is_written_the_same(text: str, config: MkDocsConfig, files: Files) -> None:
    page = make_page(f"a {text}", config)
    compare(page, config, files, RENDERER)
    assert_sanitized_the_same(page)


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1)) [b](JAVASCRIPT:x) [c](data:text/html,x) [d](//evil.example)",
        "[a](vbscript:x) [b](https://example.com/\u200b) [c](#hexapla-x) [d](#a:b) [e](/en-us/x)",
        "# a {#one}\n# b {#one}",
        "# a {#hexapla-menu}",
        "# a {#__search}",
        "a\xa0b &copy; &nbsp; &#60;script&#62; &lt;b&gt;",
    ],
)
def test_plain_pages_hold_nothing_that_others_may_not(
    text: str, config: MkDocsConfig, files: Files
) -> None:
    page = make_page(text, config)
    compare(page, config, files, RENDERER)
    assert_sanitized_the_same(page)


def test_html_that_was_changed_is_sanitized_as_any() -> None:
    assert type(PlainHtml("<p>a</p>").replace("a", "b")) is str
    assert type(PlainHtml("<p>a</p>") + "<script>") is str


@pytest.mark.parametrize(
    "text",
    [
        "> " * 200_000,
        "- a\n" + "goes on\n" * 200_000,
        "\n".join(f"{'  ' * level}- a" for level in range(2_000)),
        "[" * 200_000,
        "[a](b " * 100_000,
        "**a " * 100_000,
        "`" * 200_000,
        "a " * 500_000,
    ],
)
def test_hostile_pages_take_no_long_time(text: str) -> None:
    """What takes the square of its length would take minutes."""
    assert render_plain_page(text) is None or "\n" not in text


@pytest.mark.parametrize("extra", sorted(RESETTABLE.keys() - NEEDED - HARMLESS))
def test_an_extension_that_may_find_something_leaves_all_to_markdown(
    extra: str, config: MkDocsConfig
) -> None:
    names, options = [*config.markdown_extensions, extra], config.mdx_configs
    markdown = Markdown(extensions=names, extension_configs=options)
    assert make_plain_renderer(markdown, names, options) is None


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("toc", {"baselevel": 2}),
        ("toc", {"toc_depth": 2}),
        ("toc", {"marker": "[CONTENTS]"}),
        ("pymdownx.quotes", {"callouts": False}),
        ("pymdownx.inlinehilite", {"style_plain_text": "python"}),
    ],
)
def test_options_that_write_pages_otherwise_leave_all_to_markdown(
    name: str, options: dict[str, object], config: MkDocsConfig
) -> None:
    changed = config.mdx_configs | {name: options}
    markdown = Markdown(extensions=config.markdown_extensions, extension_configs=changed)
    assert make_plain_renderer(markdown, config.markdown_extensions, changed) is None


def test_headings_without_permalinks_are_written_without(config: MkDocsConfig) -> None:
    changed = config.mdx_configs | {"toc": {"permalink": False}}
    names = config.markdown_extensions
    markdown = Markdown(extensions=names, extension_configs=changed)
    plain = make_plain_renderer(markdown, names, changed)
    assert plain is not None and plain.permalink == ""


def test_many_of_the_checkouts_own_pages_are_plain(plain: PlainRenderer, root: Path) -> None:
    texts = [path.read_text("utf-8").partition("\n---\n")[2] for path in root.rglob("docs/*/**/index*.md")]
    assert sum(plain.render(text.strip("\n")) is not None for text in texts) > len(texts) / 4
