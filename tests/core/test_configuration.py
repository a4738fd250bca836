"""The source locale is the site's default language."""

import pytest

from hexapla.configuration import find_source_locale
from hexapla.errors import ConfigurationError

LANGUAGES = """
      languages:
        - locale: sv-SE
        - locale: nb-NO
          default: true
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "en-US"),
        ("site_name: Help\n", "en-US"),
        ("plugins:\n", "en-US"),
        ("plugins: [search, i18n]\n", "en-US"),
        ("plugins:\n- i18n:\n    languages: none\n", "en-US"),
        ("plugins:\n- search\n- i18n:" + LANGUAGES, "nb-NO"),
        ("plugins:\n  i18n:" + LANGUAGES, "nb-NO"),
        ("a: !ENV [X, y]\nb: !!python/name:os.system\nplugins:\n- i18n:" + LANGUAGES, "nb-NO"),
        ("- a list\n", "en-US"),
    ],
)
def test_the_default_language_is_the_source_locale(text: str, expected: str) -> None:
    assert find_source_locale(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [b\n", "mkdocs.yml:2: not valid YAML: "),
        ("a: 2021-13-45\n", "mkdocs.yml: not valid YAML: "),
        (
            "plugins:\n- i18n:\n    languages:\n    - {locale: svenska, default: true}\n",
            "mkdocs.yml: the default language 'svenska' is not a known locale\n"
            "  hint: use a BCP 47 tag such as en-US",
        ),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        find_source_locale(text)
    assert str(caught.value).startswith(message)
