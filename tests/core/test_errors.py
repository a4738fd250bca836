"""Errors say where and what to do, and survive the way from a worker process."""

import pickle

import pytest

from hexapla.errors import (
    ArchiveError,
    ConfigurationError,
    HexaplaError,
    StorageError,
    UsageError,
)

KINDS = (HexaplaError, ConfigurationError, UsageError, StorageError, ArchiveError)


@pytest.mark.parametrize("kind", KINDS)
def test_errors_survive_pickling(kind: type[HexaplaError]) -> None:
    error = kind("no space is left", path="docs/a.md", line=3, locale="sv-SE", hint="make some")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert str(copy) == str(error)
    assert (copy.message, copy.path, copy.line, copy.locale, copy.hint, copy.exit_code) == (
        "no space is left",
        "docs/a.md",
        3,
        "sv-SE",
        "make some",
        2,
    )


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (HexaplaError("broken"), "broken"),
        (HexaplaError("broken", path="a.md"), "a.md: broken"),
        (HexaplaError("broken", path="a.md", line=3), "a.md:3: broken"),
        (HexaplaError("broken", locale="sv-SE"), "broken (sv-SE)"),
        (
            HexaplaError("broken", path="a.md", locale="sv-SE", hint="mend it"),
            "a.md: broken (sv-SE)\n  hint: mend it",
        ),
    ],
)
def test_an_error_says_where_and_what_to_do(error: HexaplaError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize("kind", KINDS)
def test_all_errors_are_caught_as_one(kind: type[HexaplaError]) -> None:
    with pytest.raises(HexaplaError, match="broken"):
        raise kind("broken")
