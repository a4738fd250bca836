"""The docfx dialect: what of it Markdown has, and what is kept as it is (FORMAT.md).

Alerts become GitHub's (``> [!NOTE]``), whatever their case and language: writers know them, and
they render. A construct that has no equivalent yet is passed through and reported once per
article and kind, never dropped.
"""

from __future__ import annotations

import re

from hexapla.code_spans import find_code, is_inside
from hexapla.findings import Finding, locate


def _fold(word: str) -> str:
    """Give a keyword in one case; Turkish has four letters i, and capitals mix them up."""
    return word.strip().lower().replace("\xa0", " ").replace("\u0307", "").replace("ı", "i")


ALERTS: dict[str, str] = {
    _fold(word): kind
    for kind, words in {
        "NOTE": (
            "note, notes, obs, merk, merknad, notera, anmärkning, anteckning, opmerking, "
            "hinweis, anmerkung, notiz, remarque, nota, observação, notă, bemærk, bemærkning, "
            "huomautus, huomaa, märkus, piezīme, pastaba, uwaga, poznámka, opomba, napomena, "
            "beleške, napomene, megjegyzés, catatan, not, lưu ý, ghi chú, ملاحظة, הערה, "
            "примечание, примітка, забележка, σημείωση, หมายเหตุ, 注, 注意事项, 备注, 備註, 附註, "
            "メモ, 注記, 注意, 참고, 메모, 提示信息"
        ),
        "TIP": (
            "tip, tips, tipp, conseil, astuce, sugerencia, consejo, suggerimento, dica, sfat, "
            "vihje, nõuanne, padoms, patarimas, wskazówka, porada, savjet, savet, nasvet, tippek, "
            "petunjuk, saran, ipucu, mẹo, تلميح, עצה, טיפ, совет, порада, съвет, συμβουλή, "
            "เคล็ดลับ, 提示, 秘訣, ヒント, 팁"
        ),
        "IMPORTANT": (
            "important, viktigt, viktig, belangrijk, wichtig, importante, vigtigt, tärkeää, "
            "oluline, svarīgi, svarbu, ważne, důležité, dôležité, pomembno, važno, fontos, "
            "penting, önemli, quan trọng, هام, مهم, חשוב, важно, важливо, σημαντικό, สำคัญ, "
            "重要, 重要事项, 重要提示, 중요"
        ),
        "WARNING": (
            "warning, varning, advarsel, waarschuwing, warnung, avertissement, advertencia, "
            "avviso, aviso, avertisment, advarsler, varoitus, hoiatus, brīdinājums, įspėjimas, "
            "ostrzeżenie, upozornění, upozornenie, opozorilo, upozorenje, figyelmeztetés, "
            "peringatan, uyarı, cảnh báo, تحذير, אזהרה, предупреждение, попередження, "
            "προειδοποίηση, คำเตือน, 警告, 경고"
        ),
        "CAUTION": (
            "caution, försiktighet, forsiktig, forsiktighet, let op, vorsicht, achtung, "
            "attention, precaución, attenzione, cuidado, atenție, forsigtig, huomio, ettevaatust, "
            "uzmanību, dėmesio, przestroga, pozor, oprez, vigyázat, perhatian, dikkat, thận "
            "trọng, تنبيه, זהירות, внимание, увага, προσοχή, ข้อควรระวัง, 小心, 注意事項, 주의"
        ),
    }.items()
    for word in words.split(", ")
}
"""Alert keyword, in any of the 36 languages deliveries come in and in one case → its kind."""

_ALERT = re.compile(r"^([ \t>]*>)[ \t]?\[![ \t]*+([^\]\[\n:(\"=/]{1,30}?)[ \t]*\]", re.MULTILINE)

PASSED_THROUGH: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an include ([!INCLUDE])", re.compile(r"\[!include[ \t]*\[", re.IGNORECASE)),
    ("a video ([!VIDEO])", re.compile(r"\[!video[ \t]", re.IGNORECASE)),
    ("a styled block ([!div])", re.compile(r"\[!div[ \t]", re.IGNORECASE)),
    ("a code file ([!code])", re.compile(r"\[!code(?:-[\w#+]+)?[ \t]*\[", re.IGNORECASE)),
    ("tabs (# [Title](#tab/id))", re.compile(r"^#{1,6}[ \t].*\]\(#tab/", re.MULTILINE)),
    ("an image (:::image:::)", re.compile(r":::[ \t]*image\b", re.IGNORECASE)),
    ("rows or columns (:::row:::)", re.compile(r":::[ \t]*(?:row|column)\b", re.IGNORECASE)),
    ("a moniker (::: moniker)", re.compile(r":::[ \t]*moniker\b", re.IGNORECASE)),
    ("a zone (::: zone)", re.compile(r":::[ \t]*zone\b", re.IGNORECASE)),
    ("a cross reference (xref:)", re.compile(r"[<(]xref:", re.IGNORECASE)),
)
"""Constructs kept as they are: name and example, pattern."""


def normalize_dialect(text: str, path: str) -> tuple[str, list[Finding]]:
    """Write alerts as GitHub does, and report what is passed through.

    Args:
        text: An article's body.
        path: Where it was delivered, for findings.

    Returns:
        The text, with as many lines as before, and the findings.
    """
    has_alerts, has_colons = "[!" in text, ":::" in text
    if not (has_alerts or has_colons or "#tab/" in text or "xref:" in text):
        return text, []
    findings: list[Finding] = []
    code = find_code(text)
    for name, pattern in PASSED_THROUGH:
        for match in pattern.finditer(text):
            if not is_inside(match.start(), code):
                place = locate(text, match.start())
                message = f"{name} is kept as it is"
                findings.append(Finding(path, *place, "dialect", message))
                break

    def write(match: re.Match[str]) -> str:
        is_code = is_inside(match.start(2), code)
        return match[0] if is_code else _write_alert(match, path, findings)

    return _ALERT.sub(write, text) if has_alerts else text, findings


def _write_alert(match: re.Match[str], path: str, findings: list[Finding]) -> str:
    """Write an alert's first line with GitHub's keyword; one not known stays."""
    word = _fold(match[2])
    kind = ALERTS.get(word)
    if kind is not None:
        return f"{match[1]} [!{kind}]"
    if not word.startswith(("include", "video", "div", "code")):
        place = locate(match.string, match.start(2))
        message = f"the alert keyword {match[2]!r} is not known"
        findings.append(Finding(path, *place, "unknown-alert", message))
    return match[0]
