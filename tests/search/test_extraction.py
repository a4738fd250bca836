"""Pages to passages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from hexapla.search.extraction import LONGEST, Passage, extract_passages, scan_passages


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("<h1>Title</h1>", []),
        ("<p>One</p><p>two</p>", [("", "", "One two")]),
        ("<p>in<b>si</b>de<br>next</p>", [("", "", "inside next")]),
        ("<p>a &lt;b&gt; &amp;amp;</p>", [("", "", "a <b> &amp;")]),
        (
            '<p>Lead</p><h2 id="x">Head <a class="headerlink" href="#x">¶</a></h2><p>Text</p>',
            [("", "", "Lead"), ("x", "Head", "Text")],
        ),
        ("<h3 class=a id='q&quot;'>Only</h3>", [('q"', "Only", "")]),
        ("<h2>None</h2>x", [("", "None", "x")]),
        ("a<script>var b='</p>';</script><style>p{}</style><!-- <p>c</p> -->d", [("", "", "ad")]),
        ('<p title="a > b">c</p>', [("", "", "c")]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", [("", "", "a b")]),
        ("<pre><code>x\n  y</code></pre>", [("", "", "x y")]),
        ("1 < 2 <3 <", [("", "", "1 < 2 <3 <")]),
        ("<svg><text>no</text></svg>yes", [("", "", "yes")]),
    ],
)
def test_passages(html: str, expected: list[tuple[str, str, str]]) -> None:
    assert list(extract_passages(html)) == [Passage(*passage) for passage in expected]


def test_long_text_is_cut() -> None:
    (passage,) = extract_passages("<p>" + "word " * LONGEST + "</p>")
    assert len(passage.text) <= LONGEST


PIECES = (
    "<h1 id='a'>Title</h1>",
    '<h1 id="a">Title<a class="headerlink" href="#a">¶</a></h1>',
    '<h2 id="b">Part</h2>',
    "<p>",
    "</p>",
    "<strong>bold</strong>",
    "one<em>two</em>three",
    '<a href="x?a&amp;b" title="a">link</a>',
    "<br>",
    "<li>\n",
    "<svg><text>x</text></svg>",
    "<!-- no -->",
    "a < b > c",
    "&lt;p&gt; &nbsp;&eacute;",
    "\xa0\n text ",
    "<A HREF=x>",
    "<img alt='>'>",
    '<div class="x">',
    "</div>",
)


@settings(max_examples=400, deadline=None)
@given(html=st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_a_page_read_at_once_is_what_it_is_from_tag_to_tag(html: str) -> None:
    assert extract_passages(html) == scan_passages(html)
