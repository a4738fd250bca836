"""Configuration: what ``mkdocs.yml``, the one configuration file, says of the languages."""

from __future__ import annotations

from typing import Any

import yaml

from hexapla.errors import ConfigurationError
from hexapla.locales import SOURCE_LOCALE, is_locale


class _Loader(yaml.SafeLoader):
    """Reads MkDocs' configuration; the tags of its extensions are of no interest here."""


def _ignore(loader: _Loader, suffix: str, node: yaml.Node) -> None:
    """Give nothing for a tag that names code."""


_Loader.add_multi_constructor("", _ignore)


def find_source_locale(text: str, path: str = "mkdocs.yml") -> str:
    """Find the locale that articles are translated from: the site's default language.

    Args:
        text: The text of ``mkdocs.yml``.
        path: Its path, for errors.

    Raises:
        ConfigurationError: It is not YAML, or the default language is no known locale.
    """
    for language in _list_languages(text, path):
        if isinstance(language, dict) and language.get("default") is True:
            locale = str(language.get("locale", ""))
            if not is_locale(locale):
                message = f"the default language {locale!r} is not a known locale"
                raise ConfigurationError(message, path=path, hint="use a BCP 47 tag such as en-US")
            return locale
    return SOURCE_LOCALE


def find_locales(text: str, path: str = "mkdocs.yml") -> tuple[str, ...]:
    """List the locales that the site has, in their order; those that are none are left out.

    Raises:
        ConfigurationError: It is not YAML.
    """
    languages = _list_languages(text, path)
    tags = (str(item.get("locale", "")) for item in languages if isinstance(item, dict))
    return tuple(dict.fromkeys(tag for tag in tags if is_locale(tag)))


def find_plugin_options(text: str, plugin: str, path: str = "mkdocs.yml") -> dict[str, Any]:
    """Find the options of a plugin, whatever form the plugins are written in.

    Raises:
        ConfigurationError: It is not YAML.
    """
    try:
        settings = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:  # no date: 2021-13-45
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        line = mark.line + 1 if mark else None
        raise ConfigurationError(f"not valid YAML: {problem}", path=path, line=line) from error
    plugins = settings.get("plugins") if isinstance(settings, dict) else None
    items = (
        plugins.items()
        if isinstance(plugins, dict)
        else [pair for item in plugins or [] if isinstance(item, dict) for pair in item.items()]
    )
    return next((o for name, o in items if name == plugin and isinstance(o, dict)), {})


def _list_languages(text: str, path: str) -> list[Any]:
    """List the languages of the i18n plugin."""
    languages = find_plugin_options(text, "i18n", path).get("languages")
    return languages if isinstance(languages, list) else []
