"""A site in every locale that deliveries come in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hexapla.interface_language import get_direction
from hexapla.locale_editing import add_language
from tests.site import topics_site
from tests.site.conftest import FOLDER

DELIVERED = (
    "ar-SA bg-BG cs-CZ da-DK de-DE el-GR es-ES et-EE fi-FI fr-FR he-IL hr-HR hu-HU id-ID it-IT"
    " ja-JP ko-KR lt-LT lv-LV nb-NO nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI sr-Latn-RS"
    " sv-SE th-TH tr-TR uk-UA vi-VN zh-CN zh-TW"
).split()


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("locales")
    topics_site.write_repository(root, target, "      products: null\n")
    for file in (target / "docs/help/mail").glob("[e-z]*/*"):
        file.unlink()
    text = (target / "mkdocs.yml").read_text(encoding="utf-8")
    for tag in DELIVERED:
        text = add_language(text, tag)
        (target / f"docs/help/other/index.{tag}.md").write_text("# Title\n", encoding="utf-8")
    (target / "mkdocs.yml").write_text(text, encoding="utf-8")
    done = topics_site.build(target, target / FOLDER)
    assert done.returncode == 0, done.stderr
    return target / FOLDER


@pytest.mark.parametrize("tag", DELIVERED)
def test_every_locale_has_its_site(site: Path, root: Path, tag: str) -> None:
    catalog = yaml.safe_load((root / "overrides/interface/topics.yml").read_text(encoding="utf-8"))
    html = (site / tag / "index.html").read_text(encoding="utf-8")
    assert f'<html dir="{get_direction(tag)}" lang="{tag}"' in html
    assert catalog[tag]["home.products"] in html
    assert catalog[tag]["home.newest"] in html
    assert (site / tag / "products/mail/index.html").is_file()
