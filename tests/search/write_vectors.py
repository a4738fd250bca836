"""Write `vectors.json`: what the analysis makes of texts in all languages.

    python -m tests.search.write_vectors

The texts are the interface's, which every locale has; words as CLDR inflects and declines them; and
what is hard: codes, digits, scripts side by side, characters of several parts.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import yaml
from babel import Locale

from hexapla.search.analysis import Analyser
from hexapla.search.languages import choose_analysis

ROOT = Path(__file__).parents[2]
VECTORS = Path(__file__).with_name("vectors.json")

FURTHER = ("hi-IN", "ga-IE", "hy-AM", "ne-NP", "ta-IN", "lo-LA", "km-KH", "my-MM", "fa-IR", "ka-GE")
"""Languages that no locale of the interface has."""

HARD = (
    "Error 0xC004B100, 0x80070005 and AADSTS50020: see 5.7.750 or 550-5.7.1.",
    "KB4011052 v2.0.10-beta, 2020-06-01, MS-500, file_name.2.txt, a.b.c",
    "Skype-användare, 10.5-användare, Outlook.com-alternativ; l'utilisateur d'Été; O'Reilly's",
    "IŞIK ışık İstanbul ISPARTA; straße STRASSE; Øst œuvre Łódź þorn; ΟΔΟΣ οδός",
    "Teamsの直接ルーティングを構成する 2016年 ﾃｽﾄ ｶﾞｷﾞ 々 学",
    "사용자를 추가합니다; 用户 帐户管理; 𠮷野家",
    "การตั้งค่า Teams; ການຕັ້ງ; ការកំណត់; ဆက်တင်",
    "المُستخدمين إدارة الـــبريد ٢٠٢١ ۱۲; הַמִּשְׁתַּמֵּשׁ והגדרות שלום",
    "Ђоковић Његош љубав џеп; Đoković Njegoš",
    "co\u00adop\u00aderate zero\u200dwidth e\u0301te\u0301 ﬁle Ⅷ ½ ² ①",
    "x" * 90 + " " + "é" * 70 + " 1.2.3.4.5.6.7.8.9.10.11.12.13.14.15",
    "under_score __init__ C++ C# .NET a I i",
    "",
)


def list_texts(tag: str) -> list[str]:
    """List texts of a locale: longest strings of the interface, and CLDR's names."""
    chance = random.Random(tag)
    texts: list[str] = []
    for path in sorted((ROOT / "overrides/interface").glob("*.yml")):
        strings = yaml.safe_load(path.read_text(encoding="utf-8")).get(tag, {})
        texts += sorted((str(text) for text in strings.values()), key=len)[-4:]
    names = sorted(map(str, Locale.parse(tag, sep="-").languages.values()))
    return [*texts, " ".join(chance.sample(names, min(40, len(names))))]


def make_vectors() -> list[dict[str, object]]:
    """Make all vectors."""
    tags = list(yaml.safe_load((ROOT / "overrides/interface/base.yml").read_text(encoding="utf-8")))
    vectors: list[dict[str, object]] = []
    for tag in (*tags, *FURTHER):
        analysis = choose_analysis(tag)
        analyser = Analyser(analysis)
        texts = [*list_texts(tag), *HARD]
        vectors.append(
            {
                "locale": tag,
                "analysis": analysis.describe(),
                "texts": texts,
                "terms": [" ".join(analyser.list_terms(text)) for text in texts],
            }
        )
    return vectors


if __name__ == "__main__":
    lines = [json.dumps(vector, ensure_ascii=False) for vector in make_vectors()]
    VECTORS.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
