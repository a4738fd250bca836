"""Locks are read as they were written, whatever the paths, and refuse what is damaged."""

import pytest
from hypothesis import given, strategies as st

from hexapla.errors import ConfigurationError
from hexapla.lock import NOTHING, Line, parse_lock, render_lock

ONE, TWO = "1a" * 20, "2b" * 20
BLOBS = st.sampled_from((NOTHING, ONE, TWO))
PATHS = st.text() | st.text(
    st.sampled_from('ab /"#\\\n\r\t\0 \u2028\u200b\ud800é- 1a' + "\x85"), max_size=8
)
LINES = st.builds(Line, PATHS, BLOBS, BLOBS)


@given(st.lists(LINES, unique_by=lambda line: line.path), st.text("0123456789abcdef", max_size=12))
def test_a_lock_comes_back(lines: list[Line], setting: str) -> None:
    text = render_lock(setting, lines)
    lock = parse_lock(text, "locales/sv-SE.lock")
    assert lock.setting == setting
    assert lock.lines == {line.path: line for line in lines}
    assert render_lock(setting, reversed(list(lock.lines.values()))) == text
    assert text.count("\n") == len(lines) + 1
    text.encode()


def test_a_lock_is_for_reading() -> None:
    lines = [Line("sv-SE/b c.md", ONE, TWO), Line("docs/a/.meta.yml", NOTHING, ONE)]
    lines.append(Line("sv-SE/a\n.md", ONE, NOTHING))
    assert render_lock("0123", lines) == (
        f"# hexapla lock 1 0123\ndocs/a/.meta.yml - {ONE}\n"
        f'"sv-SE/a\\n.md" {ONE} -\nsv-SE/b c.md {ONE} {TWO}\n'
    )


def test_a_lock_of_another_version_makes_every_page_due() -> None:
    lock = parse_lock(f"# hexapla lock 999 0123\na.md {ONE} {TWO}\n", "a.lock")
    assert lock.setting == ""
    assert lock.lines == {"a.md": Line("a.md", ONE, TWO)}


@pytest.mark.parametrize(
    "row",
    [
        "a.md",
        f"a.md {ONE}",
        f"a.md {ONE} {TWO[:-1]}",
        f"a.md {ONE} {TWO}\r",
        f"a.md {ONE}  {TWO}",
        "<<<<<<< HEAD",
        "<<<<<<< Updated upstream",
        "=======",
        ">>>>>>> a branch",
        f'"a {ONE} {TWO}',
        f'"a" b {ONE} {TWO}',
        f'"\\x" {ONE} {TWO}',
    ],
)
def test_a_damaged_line_is_an_error_with_its_place(row: str) -> None:
    text = f"# hexapla lock 1 0123\na.md {ONE} {TWO}\n{row}\n"
    with pytest.raises(ConfigurationError, match=r"^locales/sv-SE\.lock:3: this line is damaged"):
        parse_lock(text, "locales/sv-SE.lock")


@pytest.mark.parametrize("text", ["", "\n", "# hexapla", "# hexapla lock", f"a.md {ONE} {TWO}\n"])
def test_other_text_is_no_lock(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^a\.lock:1: this is no lock of Hexapla's"):
        parse_lock(text, "a.lock")
