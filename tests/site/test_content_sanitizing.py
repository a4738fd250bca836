"""What of hostile HTML is left: exactly this."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given, settings, strategies as st

from hexapla.allowed_html import ATTRIBUTES, EVERYWHERE, FORCED, TAGS
from hexapla.assets import is_harmless_svg, is_published
from hexapla.sanitizing import Policy, make_sanitizer
from hexapla.security_policy import write_policy

POLICY = Policy(
    image_hosts=frozenset({"images.example"}),
    video_hosts=frozenset({"video.example"}),
    site="https://support.example",
    locale="sv-SE",
)

HOSTILE = [
    # scripts, and what holds them
    ("<script>alert(1)</script>a", "a"),
    ("<SCRIPT SRC=//evil.example/x.js></SCRIPT >a", "a"),
    ("a<style>@import 'x'</style><template><b>x</b></template>", "a"),
    ("<svg onload=alert(1)><script>alert(1)</script></svg>a", "a"),
    ("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=x'>", ""),
    ("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>a</noscript>",
     "<img alt=\"\" src=\"x\" loading=\"lazy\">'&gt;a"),
    ("<iframe src=https://evil.example>b</iframe><object data=x></object><embed src=x>a", "a"),
    ("<frameset><frame src=x></frameset>a", "a"),
    ("<base href=//evil.example><meta http-equiv=refresh content=0><link rel=stylesheet>a", "a"),
    ("a<!-- <script> -->b<![CDATA[x]]>", "ab"),
    # handlers and styles
    ("<p onclick=alert(1) style='position:fixed' class='md-overlay note'>a</p>",
     '<p class="note">a</p>'),
    ("<img src=a.png onerror=alert(1)>", '<img alt="" src="a.png" loading="lazy">'),
    ("<details ontoggle=alert(1) open>a</details>", '<details open="">a</details>'),
    ("<video src=a.mp4 autoplay onplay=x poster=javascript:x></video>",
     '<video src="a.mp4" controls=""></video>'),
    ('<a href="x"onmouseover="alert(1)">a</a>', '<a href="x">a</a>'),
    ("<b/onclick=alert(1)>a</b>", "<b>a</b>"),
    # addresses
    ("<a href=javascript:alert(1)>a</a>", "<a>a</a>"),
    ("<a href='JaVa\nScRiPt:alert(1)'>a</a>", "<a>a</a>"),
    ("<a href='&#1;javascript&colon;alert(1)'>a</a>", "<a>a</a>"),
    ("<a href='\u200bjavascript:alert(1)'>a</a>", "<a>a</a>"),
    ("<a href='data:text/html,<script>x</script>'>a</a>", "<a>a</a>"),
    ("<a href=vbscript:x>a</a><a href=file:///etc/passwd>b</a>", "<a>a</a><a>b</a>"),
    ("<a href=ms-msdt:/id>a</a><a href=search-ms:x>b</a>", "<a>a</a><a>b</a>"),
    ("<a href=ms-settings:display>a</a>", '<a href="ms-settings:display">a</a>'),
    ("<img src='data:image/svg+xml;base64,PHN2Zz4='>", '<img alt="" loading="lazy">'),
    ("<img src='data:image/png;base64,AA=='>",
     '<img alt="" src="data:image/png;base64,AA==" loading="lazy">'),
    ("<img src='data:text/html;base64,AA=='>", '<img alt="" loading="lazy">'),
    ("<img src=https://spy.example/1.gif>", '<img alt="" loading="lazy">'),
    ("<img src=//spy.example/1.gif>", '<img alt="" loading="lazy">'),
    ("<img src='/\\spy.example/1.gif'>", '<img alt="" loading="lazy">'),
    ("<img src='/\t/spy.example/1.gif'>", '<img alt="" loading="lazy">'),
    ("<img src=https://images.example/1.gif>",
     '<img alt="" src="https://images.example/1.gif" loading="lazy">'),
    ("<img src=a.png srcset='https://spy.example/1.gif 2x'>",
     '<img alt="" src="a.png" loading="lazy">'),
    ("<a href=a ping=https://spy.example>a</a>", '<a href="a">a</a>'),
    ("<q cite=javascript:x background=x>a</q>", "<q>a</q>"),
    # links that begin with a slash lead to the articles' own host
    ("<a href=/sharepoint/a?b#c>a</a>", '<a href="https://support.example/sv-SE/sharepoint/a?b#c">a</a>'),
    ("<a href=/en-us/a>a</a>", '<a href="https://support.example/sv-SE/a">a</a>'),
    ("<a href=/add-ins/a>a</a>", '<a href="https://support.example/sv-SE/add-ins/a">a</a>'),
    ("<a href=/>a</a>", '<a href="https://support.example/sv-SE/">a</a>'),
    ("<a href=//other.example/a>a</a>", '<a href="//other.example/a">a</a>'),
    # forms
    ("<form action=//evil.example><input name=password><button>a</button></form>", "a"),
    ("<textarea>a</textarea><select><option>b</select>c", "c"),
    ("<input type=text id=__tabbed_1_1 name=__tabbed_1>",
     '<input id="__tabbed_1_1" name="__tabbed_1" type="radio">'),
    ("<label for=__search>a</label>", "<label>a</label>"),
    # names that the theme or its scripts go by
    ("<div id=__search>a</div><p id=__md_scope>b</p><p id=hexapla-x>c</p>",
     "<div>a</div><p>b</p><p>c</p>"),
    ("<p id=a>1</p><p id=a>2</p><a name=a></a><a name=b></a>",
     '<p id="a">1</p><p>2</p><a></a><a id="b"></a>'),
    ("<img name=forms src=a.png>", '<img alt="" src="a.png" loading="lazy">'),
    ("<p data-md-component=search tabindex=5 contenteditable role=alert>a</p>", "<p>a</p>"),
    # our own components
    ("<span data-hexapla-video=https://evil.example/x>a</span>", "<span>a</span>"),
    ("<span data-hexapla-video='https://video.example@evil.example/'>a</span>", "<span>a</span>"),
    ("<span data-hexapla-video=javascript:x//video.example>a</span>", "<span>a</span>"),
    ("<div data-hexapla-tab='a b\"' data-hexapla-when=c>a</div>",
     '<div data-hexapla-when="c">a</div>'),
    # what tries to leave the page's own structure
    ("</article></main></body>a</div>", "a"),
    ("<p title='<img src=x onerror=alert(1)>'>a</p>",
     '<p title="&lt;img src=x onerror=alert(1)&gt;">a</p>'),
    ("<p title='&quot;><script>alert(1)</script>'>a</p>",
     '<p title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">a</p>'),
]  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), HOSTILE)
def test_what_is_left_of_hostile_html(html: str, expected: str) -> None:
    assert make_sanitizer(POLICY)(html) == expected


@pytest.mark.parametrize(("html", "expected"), HOSTILE)
def test_what_is_left_stays(html: str, expected: str) -> None:
    again = make_sanitizer(Policy(POLICY.schemes, POLICY.image_hosts, POLICY.video_hosts))
    assert again(expected) == expected


def test_what_markdown_makes_survives() -> None:
    html = markdown.markdown(
        "# A {#a}\n\nText[^1] `c` ~~x~~\n\n```python\nx = 1\n```\n\n| a |\n|---|\n| b<br>c |\n\n"
        "- [x](y.md)\n\n!!! note\n    N\n\n??? tip\n    T\n\n[^1]: F\n",
        extensions=["attr_list", "footnotes", "tables", "toc", "admonition", "pymdownx.details",
                    "pymdownx.highlight", "pymdownx.superfences"],
        extension_configs={"toc": {"permalink": True}},
    )  # fmt: skip
    cleaned = make_sanitizer(Policy())(html)
    for kept in (
        'id="a"',
        'class="headerlink"',
        'id="fnref:1"',
        'id="fn:1"',
        'class="footnote"',
        'class="admonition note"',
        'class="tip"',
        '<span class="mi">1</span>',
        "b<br>c",
    ):
        assert kept in cleaned, kept


class Reader(HTMLParser):
    """Notes what is not on the lists."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(tag)
        allowed = EVERYWHERE | ATTRIBUTES.get(tag, frozenset()) | set(FORCED.get(tag, ()))
        for name, value in attrs:
            if name not in allowed or name.startswith("on"):
                self.faults.append(f"{tag} {name}")
            if name in {"href", "src", "poster"} and re.match(
                r"\W*(javascript|vbscript|data:text)", (value or ""), re.I
            ):
                self.faults.append(f"{name}={value}")


PIECE = st.sampled_from(
    "<script> </script> <svg> </svg> <math> <style> </style> <p <img <a <div > /> \" ' = & ; "
    "<!-- --> <![CDATA[ ]]> onerror=alert(1) onclick=x src=x href=javascript:x "
    "href='java&#9;script:x' <template> <noscript> </noscript> <title> </title> <textarea> "
    "<table> <td> <iframe <form> <input style=x id=__search name=x &lt;script&gt; \x00 \u2028 "
    "<x:script> xlink:href=javascript:x".split(" ")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECE | st.text(max_size=4), max_size=16))
def test_no_script_and_no_handler_survives(pieces: list[str]) -> None:
    sanitize = make_sanitizer(POLICY)
    cleaned = sanitize(" ".join(pieces))
    reader = Reader()
    reader.feed(cleaned)
    reader.close()
    assert reader.faults == []


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<path d="M0 0h1"/><style>.a{fill:url(#b)}</style>', True),
        ('<use href="#a"/><image xlink:href="data:image/png;base64,AA=="/>', True),
        ('<metadata><x xmlns="urn:any">t</x></metadata>', True),
        ("<script>alert(1)</script>", False),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>', False),
        ('<path onclick="alert(1)"/>', False),
        ('<a href="javascript:alert(1)"><path/></a>', False),
        ('<use href="https://evil.example/#a"/>', False),
        ('<image href="data:image/svg+xml;base64,AA=="/>', False),
        ("<foreignObject/>", False),
        ('<h:body xmlns:h="http://www.w3.org/1999/xhtml"/>', False),
        ('<set attributeName="href" to="javascript:alert(1)"/>', False),
        ("<style>@import url(https://evil.example)</style>", False),
        ('<path style="fill:url(https://evil.example)"/>', False),
        ("<path>", False),
    ],
)
def test_images_that_only_draw_are_published(inner: str, expected: bool) -> None:
    assert is_harmless_svg(SVG.format(inner).encode()) is expected


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<?xml-stylesheet href="x"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "<svg xmlns='http://www.w3.org/2000/svg'/>".encode("utf-16"),
        b"<html><svg/></html>",
        b"\xff",
        b"",
    ],
)
def test_other_images_are_not(content: bytes) -> None:
    assert not is_harmless_svg(content)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.png", True), ("a.JPG", True), ("a.pdf", True), ("a.json", True), ("a.html", False),
     ("a.js", False), ("a.xml", False), ("a.xhtml", False), ("a.htm", False), ("a", False),
     ("a.png.html", False), ("a.css", False), ("a.mjs", False), ("a.wasm", False)],
)  # fmt: skip
def test_what_a_browser_would_run_is_not_published(name: str, expected: bool) -> None:
    assert is_published(name) is expected


def test_the_security_policy_names_the_sites_hosts() -> None:
    policy = write_policy(["b.example", "a.example"], ["images.example"])
    assert "frame-src https://a.example https://b.example;" in policy
    assert "img-src 'self' data: https://images.example;" in policy
    assert "unsafe" not in policy
    assert "frame-src 'none';" in write_policy()
