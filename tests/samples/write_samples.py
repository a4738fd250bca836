"""Write the sample deliveries under `locales/` from the authoring text beside this script.

Run it from the repository root: `python -m tests.samples.write_samples`. README.md describes the
authoring form.
"""

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.support.delivery_writer import (
    Handoff,
    QuoteStyle,
    Source,
    Translation,
    list_segments,
    parse_source,
    source_hash,
    source_text,
    write_bilingual,
    write_fragment,
    write_monolingual,
)

SAMPLES = Path(__file__).parent
SOURCE_TREE = "source"
MONOLINGUAL = ".monolingual"
SAME_AS_BEFORE = "="
SAME_AS_SOURCE = "=="
MERGED = "+"
LINE_BREAK = "⏎"

FIRST_DAY = datetime(2019, 1, 1)
FILES_PER_DAY = 20_000
FIRST_FILE_ID = 34_500_000


@dataclass(frozen=True, slots=True)
class AuthoredSource:
    """A source as its author wrote it, with the day it was handed off."""

    source: Source
    """Marked-up article."""
    date: str
    """`MM/DD/YYYY`, or empty for a file that is not an article."""


@dataclass(frozen=True, slots=True)
class AuthoredTranslation:
    """A translation as its author wrote it."""

    settings: tuple[tuple[str, str], ...]
    """Lines above the rule, e.g. `("type", "MT")`."""
    lines: tuple[str, ...]
    """One target per segment, in order."""

    def read_setting(self, name: str, default: str = "") -> str:
        """Return the value of a setting."""
        return dict(self.settings).get(name, default)

    def read_settings(self, name: str) -> list[str]:
        """Return every value of a setting that may be repeated."""
        return [value for key, value in self.settings if key == name]


def build_deliveries(samples: Path = SAMPLES) -> dict[str, bytes]:
    """Build every delivered file: bytes by path below `locales/`."""
    files: dict[str, bytes] = {}
    for tree in sorted(path.name for path in samples.iterdir() if (path / "help").is_dir()):
        if tree == SOURCE_TREE:
            continue
        if not tree.endswith(MONOLINGUAL):
            files.update(_copy_unmarked(samples, tree))
        for path in sorted((samples / tree).rglob("*")):
            relative = path.relative_to(samples / tree)
            if path.is_dir():
                continue
            if path.suffix != ".txt":
                files[f"{tree}/{relative.as_posix()}"] = path.read_bytes()
                continue
            name = relative.with_suffix("").as_posix()
            name = name if "." in name.rpartition("/")[2] else f"{name}.md"
            try:
                files[f"{tree}/{name}"] = _write_delivery(samples, tree, name, path).encode()
            except ValueError as error:
                raise ValueError(f"{tree}/{relative.as_posix()}: {error}") from error
    return files


def write_deliveries(target: Path, samples: Path = SAMPLES) -> None:
    """Make a folder hold exactly the sample deliveries; locks in it are left alone."""
    files = {target / name: content for name, content in build_deliveries(samples).items()}
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    for path in sorted(target.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path.suffix != ".lock" and path not in files:
            path.unlink()


def read_source(name: str, revision: str = "", samples: Path = SAMPLES) -> AuthoredSource:
    """Read a marked-up source, e.g. `help/mail/block-a-sender.md`, at a revision, e.g. `r1`."""
    path = samples / SOURCE_TREE / name
    if revision:
        path = path.with_name(f"{path.stem}@{revision}{path.suffix}")
    text = path.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    if not first.startswith("handoff: "):
        return AuthoredSource(parse_source(text), "")
    return AuthoredSource(parse_source(rest), first.removeprefix("handoff: "))


def read_translation(path: Path) -> AuthoredTranslation:
    """Read the settings and the targets of one authored translation."""
    head, rule, rest = path.read_text(encoding="utf-8").partition("---\n")
    if not rule:
        raise ValueError("the rule --- between settings and targets is missing")
    pairs = [line.partition(": ") for line in head.splitlines()]
    return AuthoredTranslation(
        tuple((key, value) for key, _, value in pairs),
        tuple(line for line in rest.split("\n") if line),
    )


def _copy_unmarked(samples: Path, tree: str) -> dict[str, bytes]:
    copies = {}
    for path in sorted((samples / SOURCE_TREE).rglob("*")):
        if path.is_file() and "⟦".encode() not in path.read_bytes():
            name = path.relative_to(samples / SOURCE_TREE).as_posix()
            copies[f"{tree}/{name}"] = path.read_bytes()
    return copies


def _write_delivery(samples: Path, tree: str, name: str, path: Path) -> str:
    authored = read_translation(path)
    origin = read_source(name, authored.read_setting("revision"), samples)
    locale = tree.removesuffix(MONOLINGUAL)
    monolingual = tree != locale
    known = _read_bilingual_targets(samples, locale, name) if monolingual else {}
    translation = Translation(
        locale=locale,
        targets=_number_targets(origin.source, authored, known),
        prefix=_digest(f"{tree}/{name}")[:5],
        quotes=_read_quotes(authored),
        sources=_read_sources(authored),
        edits=tuple(_split_edit(edit) for edit in authored.read_settings("edit")),
    )
    if not origin.source.front:
        return write_fragment(origin.source, translation)
    date = authored.read_setting("handoff", origin.date)
    handoff = Handoff(
        source_hash=source_hash(source_text(origin.source)),
        commit=_digest(f"handoff of {date}"),
        translation_type=authored.read_setting("type", "MT"),
        date=date,
        file_id=_make_file_id(date, f"{tree}/{name}"),
    )
    if not monolingual:
        return write_bilingual(origin.source, translation, handoff)
    dropped = authored.read_setting("keys") == "none"
    return write_monolingual(origin.source, translation, None if dropped else handoff)


def _read_bilingual_targets(samples: Path, locale: str, name: str) -> Mapping[str, str | None]:
    path = samples / locale / name.replace(".md", ".txt")
    if not path.is_file():
        return {}
    authored = read_translation(path)
    source = read_source(name, authored.read_setting("revision"), samples).source
    targets = _number_targets(source, authored, {})
    return {segment.text: targets[segment.number] for segment in list_segments(source)}


def _number_targets(
    source: Source, authored: AuthoredTranslation, known: Mapping[str, str | None]
) -> dict[int, str | None]:
    segments = list_segments(source)
    if len(segments) != len(authored.lines):
        raise ValueError(f"{len(segments)} segments, but {len(authored.lines)} targets")
    seen: dict[str, str | None] = dict(known)
    targets: dict[int, str | None] = {}
    for segment, line in zip(segments, authored.lines, strict=True):
        if line == SAME_AS_BEFORE:
            if segment.text not in seen:
                raise ValueError(f"nothing translated before for {segment.text!r}")
            target = seen[segment.text]
        elif line == SAME_AS_SOURCE:
            target = segment.text
        else:
            target = None if line == MERGED else line.replace(LINE_BREAK, "\n")
        seen[segment.text] = targets[segment.number] = target
    return targets


def _read_quotes(authored: AuthoredTranslation) -> dict[int, QuoteStyle]:
    quotes: dict[int, QuoteStyle] = {}
    for setting in authored.read_settings("quotes"):
        number, _, style = setting.partition(" ")
        quotes[int(number)] = "mixed" if style == "mixed" else "whole"
    return quotes


def _read_sources(authored: AuthoredTranslation) -> dict[int, str]:
    pairs = [setting.partition(" ") for setting in authored.read_settings("source")]
    return {int(number): text for number, _, text in pairs}


def _split_edit(setting: str) -> tuple[str, str]:
    old, _, new = setting.partition(" => ")
    return old, new


def _make_file_id(date: str, path: str) -> str:
    days = (datetime.strptime(date, "%m/%d/%Y") - FIRST_DAY).days
    offset = int(_digest(path)[:8], 16) % FILES_PER_DAY
    return str(FIRST_FILE_ID + days * FILES_PER_DAY + offset)


def _digest(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


if __name__ == "__main__":
    write_deliveries(Path(sys.argv[1] if len(sys.argv) > 1 else "locales"))
