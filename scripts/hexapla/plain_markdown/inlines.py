"""Text within a block: emphasis, links, code and escapes, and nothing else.

What may mean more than that is not plain: it is left to Python-Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SPECIAL = re.compile(r"[\\`*_\[\]<>&{]")
"""Characters that a text without markup has none of. A set of characters is found quickly."""

TOKEN = re.compile(
    r"(?<!!)\[(?P<label>(?:[^\[\]`\\]|\[[^\[\]`\\]*\])*)\]"
    r"\( *(?P<address>[^\s()\[\]<>'\"`\\]+) *\)(?!\{)"
    r"|(?<![\[!])(?P<bracket>\[)(?=(?! ?\])[^\[\]`\\!^\n][^\[\]`\\\n]*\](?![\[({:]))"
    r"|(?<!!)(?P<outer>\[)(?=\[[^\[\]`\\]*\]\([^\s()\[\]]*\)[^\[\]`\\\n]*\](?![\[({:]))"
    r"|(?P<closing>\](?![\[({:]))"
    r"|`(?P<code>(?![#:])[^`\\&<>\n]+)`(?![`{])"
    r"|\\(?P<escaped>[\\`*_{}\[\]()>#+.!-])"
    r"|(?P<backslash>\\)(?=[^\W_]|[ ,;])"
    r"|(?P<run>\*+|_+)"
    r"|(?P<entity>&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z0-9]+);)"
    r"|(?P<ampersand>&)(?![#a-zA-Z0-9])"
    r"|(?P<angle>>)"
)
"""What may stand at such a character; whatever else does may mean more."""

ENDING = "  \n"
"""Ends a line within a paragraph."""

LONE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)

SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")

ELEMENTS = {1: "em", 2: "strong"}
"""Length of a run of asterisks or underscores → what it makes of the text up to the next one."""

AS_IT_IS = {
    "bracket": "[",
    "outer": "[",
    "closing": "]",
    "backslash": "\\",
    "angle": "&gt;",
    "ampersand": "&amp;",
}
"""Kinds of tokens that are always written the same."""


class NotPlainError(Exception):
    """The page has something that is not plain."""


@dataclass(slots=True)
class Text:
    """Renders the texts of a page."""

    links: list[str] = field(default_factory=list)
    """Addresses within the site, whose links are to be resolved: `write_link` stands for them."""

    def render(self, source: str) -> str:
        """Render the text of a paragraph, an item or a link.

        Raises:
            NotPlainError: It may mean more.
        """
        if ENDING in source:
            lines = [self.render(line) for line in source.split(ENDING)]
            # Blanks between a line's end and an element are lost.
            others = [
                line if line.lstrip(" ")[:1] != "<" else line.lstrip(" ") for line in lines[1:]
            ]
            return "<br />\n".join((lines[0], *others))
        special = SPECIAL.search(source)
        if special is None:
            return source
        if "\\" in source and "`" in source:
            raise NotPlainError
        parts: list[str] = []
        emphasis = _Emphasis(source, parts)
        done = 0
        while special is not None:
            token = TOKEN.match(source, special.start())
            if token is None:
                raise NotPlainError
            parts.append(source[done : token.start()])
            done = token.end()
            kind = token.lastgroup or ""
            if kind == "run":
                parts.append(emphasis.see_run(token))
            else:
                parts.append(AS_IT_IS.get(kind) or self.render_token(kind, token))
            special = SPECIAL.search(source, done)
        if emphasis.run:
            raise NotPlainError
        parts.append(source[done:])
        return "".join(parts)

    def render_token(self, kind: str, token: re.Match[str]) -> str:
        """Render a token that differs from others of its kind."""
        match kind:
            case "address":
                return self.render_link(token["label"], token["address"])
            case "code":
                return f"<code>{token['code'].strip()}</code>"
            case "escaped":
                return "&gt;" if token["escaped"] == ">" else token["escaped"]
            case "entity":
                return token["entity"]
        raise NotPlainError

    def render_link(self, label: str, address: str) -> str:
        """Render a link: one that leaves the site leads where it says."""
        if "](" in label:
            raise NotPlainError
        inner = self.render(label)
        if SCHEME.match(address):
            return f'<a href="{escape_address(address)}">{inner}</a>'
        self.links.append(address)
        return f"\x02{inner}\x03"


class _Emphasis:
    """The emphasis of a text; within each other they are not plain."""

    def __init__(self, source: str, parts: list[str]) -> None:
        self.source = source
        self.parts = parts
        self.run = ""
        """The run that began an emphasis that has not ended."""
        self.place = 0
        """Where in the parts it stands."""

    def see_run(self, token: re.Match[str]) -> str:
        """Begin or end emphasis at a run of asterisks or underscores."""
        run = token["run"]
        before = self.source[token.start() - 1] if token.start() else ""
        after = self.source[token.end() : token.end() + 1]
        if token.start() > 1 and self.source[token.start() - 2] == "\\":
            raise NotPlainError  # what is escaped counts as no letter
        begins = bool(after) and not after.isspace()
        ends = bool(before) and not before.isspace()
        if run[0] == "_":
            begins, ends = begins and not is_word(before), ends and not is_word(after)
        if not begins and not (ends and self.run):
            if self.run and run[0] == "*":
                raise NotPlainError
            return run
        if before in ("*", "_") or after in ("*", "_") or len(run) not in ELEMENTS:
            raise NotPlainError
        if not self.run:
            self.run, self.place = run, len(self.parts)
            return ""
        if self.run != run or not ends:
            raise NotPlainError
        element, self.run = ELEMENTS[len(run)], ""
        self.parts[self.place] = f"<{element}>"
        return f"</{element}>"


def escape_address(address: str) -> str:
    """Write an address as it stands in an attribute."""
    return LONE_AMPERSAND.sub("&amp;", address) if "&" in address else address


def is_word(character: str) -> bool:
    """Say whether a character belongs to a word."""
    return character.isalnum() or character == "_"
