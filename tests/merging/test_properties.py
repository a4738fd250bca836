"""Whatever is edited and delivered, every edit is on the page or in a conflict."""

from __future__ import annotations

import random

from hypothesis import given, settings, strategies as st

from hexapla.merging import Merged, Version, merge_page

WORDS = (
    "öppna filen välj dela mapp skicka användare konto sida knapp lista tabell klicka spara stäng"
    " fönster inställning nät säkerhet"
).split()
FRONT = 7
"""Lines of the front matter, which starts every page."""

Check = tuple[bool, str]
"""Whether a text must be on the page, or must not be; and the text."""


def write_sentence(generator: random.Random) -> str:
    words = [generator.choice(WORDS) for _ in range(generator.randint(2, 9))]
    return f"{' '.join(words).capitalize()}."


def write_page(generator: random.Random) -> str:
    """Write a page with sections, paragraphs, lists and alerts."""
    parts = [f"---\ntitle: {write_sentence(generator)}\nms.topic: a\nms.custom:\n- a\n- b\n---\n"]
    for _ in range(generator.randint(2, 5)):
        parts.append(f"\n## {write_sentence(generator)[:-1]} {{#{generator.choice(WORDS)}}}\n")
        for _ in range(generator.randint(1, 4)):
            sentences = [write_sentence(generator) for _ in range(generator.randint(2, 5))]
            kind = generator.randrange(4)
            if kind == 0:
                parts.append("\n" + "".join(f"1. {sentence}\n" for sentence in sentences))
            elif kind == 1:
                parts.append(f"\n> [!NOTE]\n> {sentences[0]}\n")
            else:
                parts.append(f"\n{' '.join(sentences)}\n")
    return "".join(parts)


def deliver(generator: random.Random, text: str) -> str:
    """Make another delivery: reworded, added, removed, moved and translated anew."""
    lines = text.split("\n")
    for _ in range(generator.randint(1, 15)):
        index = generator.randrange(FRONT, len(lines))
        kind = generator.randrange(6)
        if kind < 2 and lines[index]:
            words = lines[index].split(" ")
            words[generator.randrange(len(words))] = generator.choice(WORDS)
            lines[index] = " ".join(words)
        elif kind == 2:
            lines.insert(index, write_sentence(generator))
        elif kind == 3 and len(lines) > FRONT + 5:
            lines.pop(index)
        elif kind == 4:
            line = lines.pop(index)
            lines.insert(generator.randrange(FRONT, len(lines) + 1), line)
        elif lines[index][:1] not in {"#", ">"} and lines[index]:
            lines[index] = " ".join(write_sentence(generator) for _ in lines[index].split("."))
    return "\n".join(lines)


def edit(generator: random.Random, text: str) -> tuple[str, list[Check]]:
    """Edit a page as writers do, and say how each edit can be told."""
    lines = text.split("\n")
    checks: list[Check] = []
    for number in range(generator.randint(1, 8)):
        mark = f"Zq{number}x"
        index = generator.randrange(FRONT, len(lines))
        kind = generator.randrange(5)
        removable = [
            i for i, line in enumerate(lines) if i >= FRONT and len(line) > 12 and "Zq" not in line
        ]
        if kind == 0 and lines[index]:
            words = lines[index].split(" ")
            if not any("Zq" in word for word in words):
                words[generator.randrange(len(words))] = mark
                lines[index] = " ".join(words)
                checks.append((True, mark))
        elif kind == 1 and lines[index]:
            lines[index] += f" Ny {mark} mening."
            checks.append((True, mark))
        elif kind == 2:
            lines.insert(index, f"En rad {mark}.")
            checks.append((True, mark))
        elif kind == 3 and removable:
            line = lines.pop(generator.choice(removable))
            checks += [(False, line)] if line not in lines else []
        elif kind == 4:
            lines.insert(2, f"{mark}: värde")
            checks.append((True, f"{mark}: värde"))
    return "\n".join(lines), checks


def is_told(check: Check, merged: Merged) -> bool:
    """Say whether an edit is on the page, or in a conflict with its text."""
    is_there, text = check
    page = merged.data.decode()
    if is_there:
        return text in page or any(text in (c.ours or "") for c in merged.conflicts)
    sides = [c.base or c.theirs or "" for c in merged.conflicts]
    return text not in page.split("\n") or any(side in text or text in side for side in sides)


@given(st.integers(0, 10**9))
@settings(max_examples=150, deadline=None)
def test_no_edit_is_lost(seed: int) -> None:
    generator = random.Random(seed)
    base = write_page(generator)
    theirs = deliver(generator, base)
    ours, checks = edit(generator, base)
    merged = merge_page(Version(base), ours.encode(), Version(theirs), "index.sv-SE.md")
    assert [check for check in checks if not is_told(check, merged)] == []
    if merged.base:
        again = merge_page(
            Version(merged.base.decode()), merged.data, Version(theirs), "index.sv-SE.md"
        )
        assert again == merged


@given(st.integers(0, 10**9))
@settings(max_examples=50, deadline=None)
def test_what_nobody_edited_is_as_it_is_delivered(seed: int) -> None:
    generator = random.Random(seed)
    base = write_page(generator)
    theirs = deliver(generator, base)
    merged = merge_page(Version(base), base.encode(), Version(theirs), "index.sv-SE.md")
    assert merged == Merged(theirs.encode(), None)
    ours, _ = edit(generator, base)
    merged = merge_page(Version(base), ours.encode(), Version(base), "index.sv-SE.md")
    assert merged == Merged(ours.encode(), None)


@given(st.permutations(range(7)), st.permutations(range(7)), st.sampled_from(["\n\n", " "]))
@settings(max_examples=200, deadline=None)
def test_what_is_moved_is_there_once(ours: list[int], theirs: list[int], between: str) -> None:
    """Paragraphs, or the sentences of one; none is joined to another."""

    def write(order: list[int]) -> str:
        sentences = [f"{WORDS[number].capitalize()} {WORDS[-number - 1]}." for number in order]
        return f"{between.join(sentences)}\n"

    base, path = write(list(range(7))), "index.sv-SE.md"
    merged = merge_page(Version(base), write(ours).encode(), Version(write(theirs)), path)
    text = merged.data.decode()
    assert sorted(text[:-1].split(between)) == sorted(base[:-1].split(between))
    assert merged.conflicts == ()
    again = merge_page(Version(write(theirs)), merged.data, Version(write(theirs)), path)
    assert (again.data, again.torn) == (merged.data, ())
    if ours == theirs or ours == sorted(ours) or theirs == sorted(theirs):
        assert text == (write(theirs) if ours == sorted(ours) else write(ours))
        assert merged.torn == ()
