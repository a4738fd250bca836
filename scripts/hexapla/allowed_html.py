"""Allowed HTML: the lists of what rendered articles may have; sanitizing.py goes by them."""

from __future__ import annotations

from hexapla.docfx.blocks import MAX_COLUMNS, STYLES

SCHEMES = frozenset("http https mailto tel sip ms-settings".split())
"""Schemes that links may have unless the site names more. Not all `ms-` ones are harmless."""

TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rp rt"
    " ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr"
    " u ul var video audio source track wbr".split()
)

DROPPED_WITH_TEXT = frozenset(
    "script style iframe frame frameset noframes object embed applet template noscript textarea"
    " select option title svg math xmp noembed plaintext".split()
)
"""Elements whose text is for no reader."""

EVERYWHERE = frozenset("id class lang dir title".split())

ATTRIBUTES: dict[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "a": "href name role aria-label",
        "audio": "src",
        "col": "span",
        "colgroup": "span",
        "del": "datetime",
        "details": "open",
        "div": "data-hexapla-tab data-hexapla-when",
        "img": "src alt width height",
        "input": "name checked",
        "ins": "datetime",
        "label": "for",
        "li": "value role",
        "ol": "start type reversed",
        "section": "role",
        "source": "src type",
        "span": "data-hexapla-video",
        "sup": "role",
        "td": "colspan rowspan headers",
        "th": "colspan rowspan headers scope",
        "time": "datetime",
        "track": "src kind srclang label",
        "video": "src poster width height",
    }.items()
}

FORCED = {
    "img": {"loading": "lazy"},
    "input": {"type": "radio"},  # the theme's own tabs; no other input gets a name or an id
    "video": {"controls": ""},
    "audio": {"controls": ""},
}
"""Attributes that elements are given: one each, as nh3 writes several in any order."""

CLASSES = frozenset(
    set(STYLES)
    | {f"hexapla-span-{span}" for span in range(2, MAX_COLUMNS + 1)}
    | {
        f"hexapla-{name}"
        for name in (
            "tabs tab tab-title tab-when row column div zone zone-label figure icon border lightbox"
            " video xref missing left center right"
        ).split()
    }
    | set(
        "admonition admonition-title note abstract info tip success question warning failure"
        " danger bug example quote important caution inline end headerlink footnote footnote-ref"
        " footnote-backref highlight highlighttable linenos lineno linenodiv code filename hll"
        " tabbed-set tabbed-alternate tabbed-labels tabbed-content tabbed-block md-button"
        " md-button--primary".split()
    )
)
"""Classes that articles may use: those of Markdown, of highlighted code and of the dialect."""
