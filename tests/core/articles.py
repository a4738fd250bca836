"""Articles for tests: written by hand in few words, or drawn by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from hexapla.model import Article, Delivered, Form, Unit
from hexapla.normalizing import Reading
from hexapla.parsing import parse_article
from hexapla.revisions import order_of
from hexapla.units import render_segments

REVISION = "ab" * 20
OTHER_REVISION = "cd" * 20
LOCALES = ("ar-SA", "ja-JP", "nb-NO", "sr-Latn-RS", "sv-SE")


def write_units(*parts: str | tuple[str, str]) -> str:
    """Write a body from text and pairs of target and source, numbered from 102."""
    segments: list[str | Unit] = []
    number = 102
    for part in parts:
        if isinstance(part, str):
            segments.append(part)
        else:
            segments.append(Unit(f"0a1b2-{number}", *part))
            number += 1
    return render_segments(segments)


def write_front(
    locale: str = "sv-SE",
    revision: str = REVISION,
    date: str = "09/15/2020",
    title: str = "Titel",
    extra: str = "",
) -> str:
    """Write front matter as delivered; `extra` is lines of further keys."""
    return (
        f"---\ntitle: {title}\nms.topic: article\n{extra}"
        f"ms.openlocfilehash: {revision}\nms.sourcegitcommit: {'ef' * 20}\n"
        f"ms.translationtype: MT\nms.contentlocale: {locale}\nms.lasthandoff: {date}\n"
        f'ms.locfileid: "47798070"\n---\n'
    )


def read_article(text: str | bytes, locale: str = "sv-SE", path: str = "a.md") -> Article:
    """Parse an article, whatever is wrong with it."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return parse_article(data, locale, path)[0]


def read(
    text: str | bytes,
    locale: str = "sv-SE",
    form: Form = Form.BILINGUAL,
    name: str = "help/start.md",
) -> Reading:
    """Read an article as one that was delivered at a path."""
    path = f"{locale}{form.value}/{name}"
    article = read_article(text, locale, f"locales/{path}")
    return Reading(Delivered(locale, form, path, name), article, order_of(article))


_WORDS = st.sampled_from(
    (
        "Dela ",
        "mappen",
        "共有",
        "مجلد",
        "**fet**",
        "\\*",
        "`kod`",
        "<span>",
        "</span>",
        "<b>x</b>",
        "&quot;",
        '"',
        "[länk](b.md)",
        "\u200b",
        "\ufeff",
        "\x85",
        "\u2028",
        "\n",
        " ",
    )
)
TEXTS = st.lists(_WORDS, max_size=5).map("".join)
_BLOCKS = st.sampled_from(
    (
        "\n\n",
        "# ",
        '## <a name="share"></a>',
        "- ",
        "1. ",
        "| ",
        " |\n",
        "> [!NOTE]\n> ",
        "```\n",
        "[",
        "](other.md)",
        "![bild](media/a.png)\n",
        "---\n",
        ":::row:::\n",
        "<!-- ",
        " -->",
        "\0",
        "\r",
        "\udcff",
    )
)


@st.composite
def units(draw: st.DrawFn, number: int) -> Unit:
    """Draw a unit whose texts its markup can hold."""
    target, source = draw(TEXTS), draw(TEXTS)
    prefix = draw(st.sampled_from(("", "p")))
    return Unit(f"0a1b2-{prefix}{number}", target, source, draw(st.integers(0, 63)))


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Draw a bilingual body."""
    segments: list[str | Unit] = []
    for number in range(102, 102 + draw(st.integers(0, 5))):
        segments += [draw(_BLOCKS), draw(units(number)), draw(TEXTS)]
    return render_segments([*segments, draw(st.sampled_from(("", "\n")))])


_KEYS = st.one_of(
    st.sampled_from(
        (
            "title",
            "description",
            "ms.custom",
            "ms,.custom",
            "ms.assetid",
            "a b",
            "on",
            "123",
            "2021-04-08",
            "<<",
            "=",
            "related",
            "delivered",
            "'quoted: key'",
            '"q"',
            "-x",
            "rubrik åäö",
        )
    ),
    st.text("abc.-_", min_size=1, max_size=4),
)
_SCALARS = st.sampled_from(
    (
        "",
        "100021",
        "04/21/2020",
        "2021-04-08",
        "2021-13-45",
        "yes",
        "~",
        "null",
        "1_000",
        "0x1F",
        "1:30",
        ".inf",
        "1.5",
        "text",
        "Ett ord till",
        "12 # comment",
        "text # comment",
        "''",
        '"12"',
        "'it''s'",
        '"a\\u2028b\\x92"',
        "[1, yes, text]",
        "{a: 1, 2: no}",
        "[]",
        "[!NOTE]",
        "<<",
        "=",
        "&a x",
        "*a",
        "!!int 3",
        "@x",
        "12\n  34",
        "12\n\n  34",
        '"12\n34"',
        "'x\ny: z'",
        "|\n  - 12\n  x: 12",
        ">-\n  12\n  13",
        "|+\n  12\n\n",
        "|2\n   12",
        '\n- "1828"\n- 9000231\n-',
        "\n  - 1\n  - - 2\n    - {a: 3}",
        "\n  a: 12\n  b:\n    - yes",
        "\t12",
        "x\ty",
        "x\x85y",
        "x\u2028y",
        "x\x92y",
        "x\ry: 1",
        "x\ufeff",
        "😀",
        "a: b",
        "# nothing",
        "{#id}",
        "%s",
    )
)


@st.composite
def front_matters(draw: st.DrawFn) -> str:
    """Draw front matter: as delivered, or as a hostile or broken system might."""
    entries = draw(st.lists(st.tuples(_KEYS, _SCALARS), max_size=6))
    lines = [f"{key}: {value}\n" for key, value in entries]
    if draw(st.booleans()):
        noise = st.sampled_from(("# comment\n", "\n", "...\n", "- item\n", "x\n", "? a\n: b\n"))
        lines.insert(draw(st.integers(0, len(lines))), draw(noise))
    return f"---\n{''.join(lines)}---\n"


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Draw a whole file: any line ends, perhaps a byte order mark, perhaps no UTF-8."""
    text = draw(st.sampled_from(("", "---\n---\n")) | front_matters()) + draw(bodies())
    ends = draw(st.sampled_from(("\n", "\r\n", "mixed", "\r\r\n")))
    if ends == "mixed":
        text = "".join(
            line.replace("\n", draw(st.sampled_from(("\n", "\r\n"))))
            for line in text.splitlines(keepends=True)
        )
    else:
        text = text.replace("\n", ends)
    mark = draw(st.sampled_from(("", "\ufeff")))
    return (mark + text).encode("utf-8", "surrogateescape")
