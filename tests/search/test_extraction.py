"""Pages to passages."""

from __future__ import annotations

import pytest

from hexapla.search.extraction import LONGEST, Passage, extract_passages


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
