"""Products: what a topic is about, by rules in ``mkdocs.yml``.

A rule looks at the source and at shared metadata only, once per topic: so all locales agree. The
first product with a rule that matches has the topic; a topic that none has goes to the last,
``other``. Where no products are configured, a docset's folders are its products.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hexapla.locales import is_locale
from hexapla.product_rules import CONDITIONS, Condition, match_path
from hexapla.subjects import Subject

OTHER = "other"
"""The id of the product of topics that no rule matches."""

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_PAGE = re.compile(r"page-\d+\Z")
_RESERVED = f"{OTHER!r} is the product of what no rule matches: choose another id"


@dataclass(frozen=True, slots=True)
class Product:
    """One product."""

    identifier: str
    """What its address has: ``mail``."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Locale → name; the empty key has the name in all other locales."""
    rules: tuple[tuple[Condition, ...], ...] = ()
    """Of one rule all conditions must be met; one rule is enough."""

    def find_name(self, locale: str, source_locale: str) -> tuple[str, str]:
        """Give the name for a locale's readers, and the locale it is in where it is another."""
        if locale in self.names:
            return self.names[locale], ""
        if "" in self.names:
            return self.names[""], ""
        name = self.names.get(source_locale, "")
        return (name, source_locale) if name else (self.identifier, "")

    def has(self, subject: Subject) -> bool:
        """Say whether a topic is of this product."""
        return any(all(meets(subject) for meets in rule) for rule in self.rules)


def read_products(value: object) -> tuple[tuple[Product, ...], list[str]]:
    """Read the option ``products``.

    Args:
        value: Its value in ``mkdocs.yml``.

    Returns:
        The products, and everything that is wrong: the key and what is wrong with it.
    """
    problems: list[str] = []
    if value is None:
        return (), problems
    if not isinstance(value, list):
        return (), ["products: this is a list of products, each with id, name and match"]
    products = []
    for number, item in enumerate(value):
        key = f"products[{number}]"
        if not isinstance(item, dict):
            problems.append(f"{key}: a product has id, name and match")
            continue
        problems += [
            f"{key}.{name}: there is no such key (there are id, name, match)"
            for name in item
            if name not in {"id", "name", "match"}
        ]
        identifier = _read_identifier(item.get("id"), key, problems)
        names = _read_names(item.get("name"), key, problems)
        rules = _read_rules(item.get("match"), key, problems)
        products.append(Product(identifier, names, rules))
    counts = Counter(product.identifier for product in products if product.identifier)
    problems += [f"products: two have the id {name!r}" for name, n in counts.items() if n > 1]
    return tuple(products), problems


def _read_identifier(value: object, key: str, problems: list[str]) -> str:
    """Read a product's id."""
    identifier = str(value or "")
    if not _IDENTIFIER.match(identifier):
        problems.append(f"{key}.id: {identifier!r} is not made of a-z, 0-9 and single hyphens")
    elif identifier == OTHER or _PAGE.match(identifier):
        problems.append(
            f"{key}.id: {_RESERVED if identifier == OTHER else 'pages have such names'}"
        )
    return identifier


def _read_names(value: object, key: str, problems: list[str]) -> dict[str, str]:
    """Read a product's name: one for all locales, or one for each."""
    if isinstance(value, str) and value.strip():
        return {"": value}
    if not isinstance(value, dict) or not value:
        problems.append(f"{key}.name: a name is missing, or a list of locales with a name each")
        return {}
    for locale, name in value.items():
        if not isinstance(locale, str) or not is_locale(locale):
            problems.append(f"{key}.name: {locale!r} is not a known locale")
        if not isinstance(name, str) or not name.strip():
            problems.append(f"{key}.name.{locale}: a name is missing")
    return {str(locale): str(name) for locale, name in value.items()}


def _read_rules(value: object, key: str, problems: list[str]) -> tuple[tuple[Condition, ...], ...]:
    """Read the rules of one product: one, or a list."""
    several = isinstance(value, list)
    rules = value if isinstance(value, list) else [value]
    read = []
    for number, rule in enumerate(rules):
        place = f"{key}.match[{number}]" if several else f"{key}.match"
        if not isinstance(rule, dict) or not rule:
            problems.append(f"{place}: a rule has one or more of {', '.join(CONDITIONS)}")
            continue
        conditions = []
        for name, wanted in rule.items():
            if name not in CONDITIONS:
                problems.append(f"{place}.{name}: no such key (there are {', '.join(CONDITIONS)})")
                continue
            try:
                conditions.append(CONDITIONS[name](wanted))
            except ValueError as error:
                problems.append(f"{place}.{name}: {error}")
        read.append(tuple(conditions))
    return tuple(rule for rule in read if rule)


def divide_by_folder(subjects: Iterable[Subject]) -> tuple[Product, ...]:
    """Make products of the first folders that divide the topics; none where nothing does."""
    paths = [subject.identifier.split("/")[:-1] for subject in subjects]
    depth = 0
    while folders := {tuple(path[: depth + 1]) for path in paths if len(path) > depth}:
        if len(folders) > 1:
            break
        depth += 1
    products: dict[str, Product] = {}
    for folder in sorted(folders):
        identifier = re.sub(r"[^a-z0-9]+", "-", folder[-1].lower()).strip("-")
        if not identifier or identifier == OTHER or _PAGE.match(identifier):
            identifier = f"folder-{len(products) + 1}"
        while identifier in products:
            identifier += "-2"
        name = re.sub(r"[-_\s]+", " ", folder[-1]).strip()
        rule = (match_path("/".join(folder)),)
        products[identifier] = Product(identifier, {"": name[:1].upper() + name[1:]}, (rule,))
    return tuple(products.values())


def assign_products(
    subjects: Sequence[Subject], products: Sequence[Product]
) -> dict[str, list[str]]:
    """Give each product its topics, in the order of the subjects; empty products are left out."""
    assigned: dict[str, list[str]] = {product.identifier: [] for product in products}
    assigned[OTHER] = []
    for subject in subjects:
        found = next((item.identifier for item in products if item.has(subject)), OTHER)
        assigned[found].append(subject.identifier)
    return {identifier: topics for identifier, topics in assigned.items() if topics}
