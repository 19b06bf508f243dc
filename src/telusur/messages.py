"""What is said to people in messages, in the reader's language.

Comes in: the English message of an error or a command, parts of it parted by ``;``. Goes out: the same in Indonesian where the
table `messages` has every part, else the message as it is: half a translation would be harder to read than none.
"""

from __future__ import annotations

from functools import cache
from itertools import zip_longest

from .config import Lang
from .lexicon import read_table


def told(message: str, lang: Lang) -> str:
    """A message for a reader."""
    if lang == "en":
        return message
    parts = [_part(part) for part in message.split("; ")]
    return "; ".join(part for part in parts if part) if all(parts) else message


def _part(english: str) -> str:
    """A part in Indonesian; "" where the table does not know it. The most exact pattern, which comes with the most letters, wins."""
    for pieces, indonesian in _patterns():
        if (held := _held(english, pieces)) is not None:
            between, values = indonesian.split("*"), [_value(value) for value in held]
            return "".join(part for pair in zip_longest(between, values[: len(between) - 1], fillvalue="") for part in pair)
    return ""


def _value(english: str) -> str:
    """What stands for a star: as it was typed, or, where it is a thing or a list of things that the table knows, their names."""
    things = [_whole().get(thing, "") for thing in english.split(", ")]
    return ", ".join(things) if all(things) else english


@cache
def _patterns() -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = [(tuple(row["en"].split("*")), row["id"]) for row in read_table("messages", ("en", "id"))]
    return tuple(sorted(rows, key=lambda row: -sum(map(len, row[0]))))


@cache
def _whole() -> dict[str, str]:
    """What the table knows without a star, and the kinds of claims as messages name them: *talks (CONSULT)*."""
    rows = read_table("claimtypes", ("type", "id", "en"))
    kinds = {f"{row['en']} ({row['type']})": f"{row['id']} ({row['type']})" for row in rows}
    return kinds | {pieces[0]: indonesian for pieces, indonesian in _patterns() if len(pieces) == 1}


def _held(text: str, pieces: tuple[str, ...]) -> list[str] | None:
    """What stands for each star, where the text has the pieces in their order, from its beginning to its end."""
    if not text.startswith(pieces[0]) or not text.endswith(pieces[-1]) or len(text) < sum(map(len, pieces)):
        return None
    if len(pieces) == 1:
        return [] if text == pieces[0] else None
    held, at, end = [], len(pieces[0]), len(text) - len(pieces[-1])
    for piece in pieces[1:-1]:
        found = text.find(piece, at, end)
        if found < 0:
            return None
        held.append(text[at:found])
        at = found + len(piece)
    return [*held, text[at:end]]
