"""The configurations that one inherits from, whatever is in them."""

from __future__ import annotations

from pathlib import Path

from hexapla.building.inheriting import list_inherited, name_inherited


def test_the_nearest_comes_first(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: a\nINHERIT: 'deep/base.yml'  # ours\n")
    (tmp_path / "deep/base.yml").write_text("INHERIT: ../missing.yml\nsite_name: [\n")
    assert list_inherited(tmp_path / "mkdocs.yml") == [
        tmp_path / "deep/base.yml",
        tmp_path / "deep/../missing.yml",
    ]
    assert list(name_inherited(tmp_path / "mkdocs.yml")) == ["inherited-1", "inherited-2"]
    assert list_inherited(tmp_path / "none.yml") == []


def test_a_circle_has_an_end(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\n")
    (tmp_path / "base.yml").write_text("INHERIT: mkdocs.yml\n")
    assert list_inherited(tmp_path / "mkdocs.yml") == [
        tmp_path / "base.yml",
        tmp_path / "mkdocs.yml",
    ]
