"""What is wrong with a query, in the reader's language.

Comes in: the English message of an error, parts of it parted by ``;``. Goes out: the same in Indonesian where the table
`query-errors` has every part, else the message as it is: half a translation would be harder to read than none.
"""

from __future__ import annotations

from functools import cache
from itertools import zip_longest

from ..config import Lang
from ..lexicon import read_table


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
            between = indonesian.split("*")
            return "".join(part for pair in zip_longest(between, held[: len(between) - 1], fillvalue="") for part in pair)
    return ""


@cache
def _patterns() -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = [(tuple(row["en"].split("*")), row["id"]) for row in read_table("query-errors", ("en", "id"))]
    return tuple(sorted(rows, key=lambda row: -sum(map(len, row[0]))))


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
