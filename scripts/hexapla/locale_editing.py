"""Locale editing: a locale is added to ``mkdocs.yml``, whose comments and layout stay.

The file is edited as text, at the place that YAML's own parser gives.
"""

from __future__ import annotations

import json
import re

import yaml

from hexapla.errors import ConfigurationError, UsageError
from hexapla.locale_settings import find_own_name
from hexapla.locales import parse_locale

_ACCEPTED = re.compile(r"[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?\Z")
"""The tags that mkdocs-static-i18n takes."""


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
