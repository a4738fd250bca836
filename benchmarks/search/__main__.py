"""Measure how well and how fast pages are found: ``python -m benchmarks.search --help``."""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path

from benchmarks.search.browser import (
    ENGINES,
    ask_engine,
    measure_blocking,
    measure_first,
    prepare_pagefind,
)
from benchmarks.search.growth import measure_growth
from benchmarks.search.headless import ask_in_node
from benchmarks.search.queries import (
    make_codes,
    make_english,
    make_former,
    make_typing_errors,
    read_queries,
)
from benchmarks.search.rating import HEAD, rate_answers, write_row

say = partial(print, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    _add_make(commands.add_parser("make", help="make queries from docs/ and older deliveries"))
    _add_browser(commands.add_parser("browser", help="ask the engines of a built site in Chromium"))
    _add_quick(commands.add_parser("quick", help="ask ours in Node, without a browser"))
    growth = commands.add_parser("growth", help="sizes and times up to many topics")
    growth.add_argument("--docs", type=Path, default=Path("docs"))
    growth.add_argument("--locale", default="sv-SE")
    growth.add_argument("--topics", type=int, nargs="+", default=[2_900, 10_000, 30_000])
    options = parser.parse_args()
    {"make": _make, "browser": _ask_browser, "quick": _ask_quick, "growth": _grow}[options.command](
        options
    )


def _add_make(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="the bundles")
    parser.add_argument("--locale", required=True)
    parser.add_argument("--source", default="en-US")
    parser.add_argument("--former", type=Path, help="an older delivery: its titles are asked for")
    parser.add_argument("--most", type=int, default=300, help="queries in a set (300)")
    parser.add_argument("--output", type=Path, required=True)


def _add_asked(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("queries", type=Path, nargs="+", help="files: queries.sv-SE.json")
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--source", default="en-US")
    parser.add_argument("--typing", action="store_true", help="each set again, with an error in it")


def _add_browser(parser: argparse.ArgumentParser) -> None:
    _add_asked(parser)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["hexapla"])


def _add_quick(parser: argparse.ArgumentParser) -> None:
    _add_asked(parser)
    parser.add_argument("--weights", default="{}", help="others than ranking.js has, as JSON")


def _make(options: argparse.Namespace) -> None:
    sets = {
        "english": make_english(options.docs, options.source, options.most),
        "codes": make_codes(options.docs, options.locale, options.source, options.most),
    }
    if options.former:
        sets["old_title"] = make_former(
            options.docs, options.locale, options.source, options.former, options.most
        )
    text = json.dumps(sets, ensure_ascii=False, indent=1)
    options.output.write_text(text + "\n", encoding="utf-8")


def _read_asked(
    options: argparse.Namespace, path: Path
) -> tuple[str, str, dict[str, dict[str, str]]]:
    """Read a file of queries; give its locale, the locale's folder, and the sets."""
    locale = path.name.split(".")[1]
    sets = read_queries(path)
    if options.typing:
        sets |= {f"{name}, mistyped": make_typing_errors(sets[name]) for name in list(sets)}
    return locale, "" if locale == options.source else f"{locale}/", sets


def _ask_browser(options: argparse.Namespace) -> None:
    if "pagefind" in options.engines:
        prepare_pagefind(options.site)
    rows, costs = [], []
    for path in options.queries:
        locale, root, sets = _read_asked(options, path)
        text = next(text for queries in sets.values() for text in queries.values())
        for engine in options.engines:
            say(f"{locale}, {engine} …")
            for name, answers in ask_engine(options.site, root, engine, sets).items():
                rows.append(write_row(locale, name, engine, rate_answers(answers)))
            first = measure_first(options.site, root, engine, text)
            costs.append(
                f"| {locale} | {engine} | {first.bytes / 1000:,.0f} kB | {first.seconds:.2f} s |"
            )
        blocked = measure_blocking(options.site, root, text)
        costs.append(f"| {locale} | the box, longest task | | {blocked:.0f} ms |")
    say("\n".join([HEAD, *rows]))
    say("\n| locale | engine | before the first results | first results, slow line |")
    say("\n".join(["|---|---|---:|---:|", *costs]))


def _ask_quick(options: argparse.Namespace) -> None:
    say(HEAD)
    for path in options.queries:
        locale, root, sets = _read_asked(options, path)
        answers = ask_in_node(options.site / root / "hexapla-search", sets, options.weights)
        for name, found in answers.items():
            say(write_row(locale, name, "hexapla", rate_answers(found)))


def _grow(options: argparse.Namespace) -> None:
    for line in measure_growth(options.docs, options.locale, options.topics):
        say(line)


if __name__ == "__main__":
    main()
