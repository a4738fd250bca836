"""Locale settings: the languages of the site in ``mkdocs.yml``: checked, described, added to.

The file is edited as text, at the place that YAML's own parser gives: comments and layout stay.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError

from hexapla.errors import ConfigurationError, UsageError
from hexapla.interface_language import complete_tag, get_direction
from hexapla.locales import is_locale, parse_locale

_ACCEPTED = re.compile(r"[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?\Z")
"""The tags that mkdocs-static-i18n takes."""


_TOLD_APART = {"en": "US", "es": "ES", "fr": "FR", "pt": ""}
"""Languages that come in several territories; the one that needs no naming."""


@dataclass(frozen=True, slots=True)
class LocaleDescription:
    """One locale of the site."""

    tag: str
    """Its BCP 47 tag."""
    name: str
    """Its own name for itself."""
    theme_language: str
    """The theme's interface it gets."""
    script: str
    """ISO 15924."""
    direction: str
    """``ltr`` or ``rtl``."""
    missing_strings: int
    """How many of our interface strings it lacks."""
    articles: int
    """Its pages under ``docs/``."""
    is_source: bool = False
    """Whether it is the source locale."""


def find_own_name(tag: str) -> str:
    """Find what a locale's speakers call it, from CLDR: ``Svenska``, ``Português (Brasil)``."""
    language, script = complete_tag(tag)
    territory = tag.rpartition("-")[2] if re.search(r"-[A-Z]{2}\Z", tag) else ""
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language)
    names = locale.languages
    name = names.get(f"{language}_{script}") or names.get(language) or tag
    if territory in locale.territories and territory != _TOLD_APART.get(language, territory):
        name = f"{name} ({locale.territories[territory]})"
    return name[:1].upper() + name[1:]


def check_languages(languages: Iterable[Any]) -> list[str]:
    """List what is wrong with the languages of the plugin i18n.

    Args:
        languages: Each with ``locale`` and ``name``.
    """
    problems = []
    tags = [str(language.locale) for language in languages]
    for number, language in enumerate(languages):
        key = f"plugins.i18n.languages[{number}]"
        if language.locale != "null" and not is_locale(language.locale):
            problems.append(f"{key}.locale: {language.locale!r} is not a known locale")
        if not language.name:
            problems.append(f"{key}.name: the language's own name is missing")
    for tag, count in Counter(tags).items():
        if count > 1:
            problems.append(f"plugins.i18n.languages: {tag!r} is there {count} times")
    return problems


def describe_locales(
    languages: Sequence[Mapping[str, object]],
    catalogs: Mapping[str, Mapping[str, str]],
    articles: Mapping[str, int],
    source_locale: str,
    theme_languages: Mapping[str, str],
) -> list[LocaleDescription]:
    """Describe the locales of the site.

    Args:
        languages: The languages of the plugin i18n.
        catalogs: Locale → our interface strings.
        articles: Locale → the number of its pages.
        source_locale: The source locale.
        theme_languages: Locale → the theme's interface for it.
    """
    wanted = catalogs.get(source_locale, {}).keys()
    described = []
    for language in languages:
        tag = str(language.get("locale", ""))
        known = is_locale(tag)
        described.append(
            LocaleDescription(
                tag,
                str(language.get("name") or ""),
                theme_languages.get(tag, ""),
                complete_tag(tag)[1] if known else "",
                get_direction(tag) if known else "",
                len(wanted - catalogs.get(tag, {}).keys()),
                articles.get(tag, 0),
                tag == source_locale,
            )
        )
    return described


def add_language(text: str, tag: str, site_name: str = "", path: str = "mkdocs.yml") -> str:
    """Add a locale to the languages of the plugin i18n.

    Args:
        text: The text of ``mkdocs.yml``.
        tag: Any spelling of a BCP 47 tag.
        site_name: The site's name in that language; empty: the site's own is used.
        path: The path of the file, for errors.

    Returns:
        The new text; the same where the locale is there already.

    Raises:
        UsageError: CLDR does not know the tag, or the plugin i18n does not take it.
        ConfigurationError: There is no list of languages to add to.
    """
    tag = parse_locale(tag)
    if not _ACCEPTED.match(tag):
        hint = "a language of two letters, perhaps with a script and a territory: sr-Latn-RS"
        raise UsageError(f"mkdocs-static-i18n does not take {tag!r}", hint=hint)
    languages = _find_languages(text, path)
    items = [item for item in languages.value if isinstance(item, yaml.MappingNode)]
    if not items or languages.flow_style:
        hint = "write the first one by hand, as a block list"
        raise ConfigurationError("plugins.i18n.languages has no items", path=path, hint=hint)
    if tag in {_find_value(item, "locale") for item in items}:
        return text
    indent = " " * items[-1].start_mark.column
    dash = text.rfind("-", 0, items[-1].start_mark.index)
    lead = text[text.rfind("\n", 0, dash) + 1 : items[-1].start_mark.index]
    lines = [f"{lead}locale: {tag}", f"{indent}name: {_quote(find_own_name(tag))}"]
    if site_name:
        lines.append(f"{indent}site_name: {_quote(site_name)}")
    end = _find_end(text, items[-1])
    before = text[:end] if text[:end].endswith("\n") else text[:end] + "\n"
    return before + "\n".join(lines) + "\n" + text[end:]


def _quote(text: str) -> str:
    """Write a YAML scalar, quoted where it has to be."""
    plain = re.fullmatch(r"[^\W\d_][\w ()'’,.-]*[\w)]", text) is not None
    is_word = text.lower() in {"no", "yes", "on", "off", "true", "false", "null"}
    return text if plain and not is_word else json.dumps(text, ensure_ascii=False)


def _find_languages(text: str, path: str) -> yaml.SequenceNode:
    """Find the list of languages of the plugin i18n."""
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or "unreadable"
        raise ConfigurationError(f"not valid YAML: {problem}", path=path, line=line) from error
    plugins = _find_node(root, "plugins")
    holders = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for holder in holders:
        languages = _find_node(_find_node(holder, "i18n"), "languages")
        if isinstance(languages, yaml.SequenceNode):
            return languages
    hint = "add the plugin i18n with its languages first"
    raise ConfigurationError("plugins.i18n.languages is missing", path=path, hint=hint)


def _find_node(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """Find the value of a key; None where the node is no mapping or has no such key."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _find_value(node: yaml.Node, key: str) -> str:
    """Find a key's scalar."""
    value = _find_node(node, key)
    return str(value.value) if isinstance(value, yaml.ScalarNode) else ""


def _find_end(text: str, node: yaml.Node) -> int:
    """Find the end of the last line of a block; its end mark is where the next token starts."""
    while isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = text.find("\n", node.end_mark.index)
    if getattr(node, "style", None) in {"|", ">"}:  # these end at the start of a line
        end = node.end_mark.index - 1
    return len(text) if end < 0 else end + 1
