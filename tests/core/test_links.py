"""Links lead to the bundles, whatever their form; code and addresses stay."""

import pytest
from hypothesis import given, strategies as st

from hexapla.links import Place, rewrite_links, rewrite_reference
from tests.support.fixtures import load_cases

PLACE = Place("help/files/share.md", "help/files/share", ("help",))

PIECES = (
    "[a](b.md)",
    "](",
    "](<",
    "](../../../c.md)",
    "[r]: ",
    "\n",
    " ",
    "b.md",
    "m.png",
    ">",
    "(",
    ")",
    "`",
    "```\n",
    '<a href="',
    '"',
    "<!--",
    "-->",
    "~/",
    "\\",
    "%2F",
    "と",
)


def describe(text: str) -> str:
    """Write the rewritten text, then a line per finding."""
    rewritten, findings = rewrite_links(text, PLACE, "a.md")
    lines = [
        f"{finding.line}:{finding.column} {finding.code}: {finding.message}" for finding in findings
    ]
    return "\n".join([rewritten, *lines])


@pytest.mark.parametrize(("given", "expected"), load_cases("links.txt"))
def test_links_are_rewritten(given: str, expected: str) -> None:
    assert describe(given) == expected


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_lines_stay_where_they_are(text: str) -> None:
    assert rewrite_links(text, PLACE, "a.md")[0].count("\n") == text.count("\n")


@given(st.lists(st.sampled_from(("[a](b.md)", "と", "、", "[![](m.png)](c.md)"))).map("".join))
def test_no_link_is_left_out(text: str) -> None:
    rewritten, findings = rewrite_links(text, PLACE, "a.md")
    assert findings == []
    assert "(b.md)" not in rewritten
    assert "(c.md)" not in rewritten
    assert "(m.png)" not in rewritten


@given(st.text(st.sampled_from("./\\~%2Fe:a?#md()"), max_size=30))
def test_no_reference_leads_out_of_the_docset(reference: str) -> None:
    rewritten = rewrite_reference(reference, PLACE)
    if rewritten is not None and rewritten != reference:
        assert not rewritten.startswith(("/", "../../../../"))


def test_a_finding_names_its_place() -> None:
    _, findings = rewrite_links("One\nTwo [x](../../../y.md)", PLACE, "a.md")
    assert [finding.render_text() for finding in findings] == [
        "a.md:2:9: warning: the link ../../../y.md leaves the delivered tree [link-outside-docset]"
    ]
