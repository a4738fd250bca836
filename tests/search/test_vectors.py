"""Python and the browser make the same terms of the same texts."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from hexapla.search.analysis import Analyser
from hexapla.search.languages import STEMMERS, choose_analysis
from tests.search.node import run_in_node
from tests.search.write_vectors import ROOT, VECTORS

TABLE: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", TABLE, ids=lambda vector: str(vector["locale"]))
def test_python_keeps_to_the_table(vector: dict[str, Any]) -> None:
    analysis = choose_analysis(vector["locale"])
    assert analysis.describe() == vector["analysis"]
    analyser = Analyser(analysis)
    assert [" ".join(analyser.list_terms(text)) for text in vector["texts"]] == vector["terms"]


def test_the_browser_keeps_to_the_table() -> None:
    found = run_in_node({"do": "analyse", "languages": TABLE})
    for vector, texts in zip(TABLE, found, strict=True):
        assert [" ".join(terms) for terms in texts] == vector["terms"], vector["locale"]


def test_the_table_has_all_locales_and_stemmers() -> None:
    tags = {vector["locale"] for vector in TABLE}
    catalog = yaml.safe_load((ROOT / "overrides/interface/base.yml").read_text(encoding="utf-8"))
    assert tags >= set(catalog)
    assert {vector["analysis"]["stemmer"] for vector in TABLE} >= set(STEMMERS.values())
