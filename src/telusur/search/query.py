"""The query language: what a person types, as a tree.

Comes in: a line such as ``"serangan udara" who:Allawi -certainty:possible``. Goes out: a tree of `Text`, `Field`, `And`, `Or`
and `Not`, in which every word is a stem and every field a known one. Nothing of what was typed goes on as syntax of any
other language. ``docs/search.md`` describes the language; what cannot be understood is told with what to do about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NoReturn

from ..analyse.stems import fold, stem, stems
from ..archive.places import day_of
from ..errors import BadRequest
from ..lexicon import read_table
from ..model.claim import EVENT_TYPES, STATE_TYPES

LONGEST = 2000
MOST_TERMS = 64
DEEPEST = 16
SHORTEST_PREFIX = 2

FieldName = Literal["who", "said", "about", "where", "from", "to", "type", "certainty", "review", "outlet", "wire"]

FIELDS: dict[str, FieldName] = {
    "who": "who", "siapa": "who",
    "said": "said", "kata": "said", "berkata": "said",
    "about": "about", "tentang": "about", "soal": "about",
    "where": "where", "mana": "where", "dimana": "where", "tempat": "where",
    "from": "from", "since": "from", "sejak": "from", "dari": "from",
    "to": "to", "until": "to", "sampai": "to", "hingga": "to",
    "type": "type", "jenis": "type",
    "certainty": "certainty", "kepastian": "certainty",
    "review": "review", "periksa": "review", "tinjauan": "review",
    "outlet": "outlet", "media": "outlet",
    "wire": "wire", "kantor": "wire",
}  # fmt: skip
"""The names of fields, English and Indonesian."""

ITEM_FIELDS = frozenset({"who", "said", "about", "where", "type", "certainty", "review"})
"""Fields that speak of one claim or saying; the others speak of the article."""

CERTAINTIES = {
    "certain": "certain", "pasti": "certain", "probable": "probable", "kemungkinan-besar": "probable", "kemungkinan besar": "probable",
    "kemungkinan": "probable", "possible": "possible", "mungkin": "possible", "barangkali": "possible", "unknown": "unknown",
    "belum-jelas": "unknown", "belum diketahui": "unknown", "takpasti": "unknown",
}  # fmt: skip
"""Words for how certain a claim is, English and Indonesian: those that the screen shows, and others that mean the same."""

REVIEWS = {
    "machine": "machine", "mesin": "machine", "accepted": "accepted", "diterima": "accepted", "corrected": "corrected", "dikoreksi": "corrected",
    "added": "corrected", "ditambahkan": "corrected", "rejected": "rejected", "ditolak": "rejected",
}  # fmt: skip
"""What people decided of a claim or saying. What they rejected answers only where it is asked for."""

_OPERATORS = {"AND": "AND", "DAN": "AND", "OR": "OR", "ATAU": "OR", "NOT": "NOT", "BUKAN": "NOT"}
_TOKEN = re.compile(r'\s*(?:(?P<open>\()|(?P<close>\))|(?P<minus>-)(?=[^\s)])|(?P<field>[^\W\d_][\w-]*):(?!//)|"(?P<phrase>[^"]*)"|(?P<word>[^\s()"]+))')


@dataclass(frozen=True, slots=True)
class Words:
    """Stems that stand side by side; with ``prefix`` the last is the beginning of a stem."""

    stems: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Words in the article's own blocks: any one of ``either``."""

    either: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field and its values, of which one must hold. ``said`` holds `Words`, days are counted from the year 1."""

    name: FieldName
    values: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()
    day: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    inner: Node


@dataclass(frozen=True, slots=True)
class And:
    """What must all hold. Fields of claims and sayings among ``parts`` speak of one and the same claim or saying."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Of which one must hold."""

    parts: tuple[Node, ...]


Node = Text | Field | Not | And | Or


def parse(query: str) -> Node | None:
    """The tree of a query; None for an empty one, which every article answers.

    Raises:
        BadRequest: the query cannot be understood; the message says where and what to do.
    """
    if len(query) > LONGEST:
        raise BadRequest(f"the query has {len(query):,} characters; nothing was searched; {LONGEST:,} are the most")
    tokens = list(_tokens(query))
    if sum(kind in ("word", "phrase") for kind, _ in tokens) > MOST_TERMS:
        raise BadRequest(f"the query has more than {MOST_TERMS} words; nothing was searched; ask for fewer at once")
    if not tokens:
        return None
    parser = _Parser(tokens)
    tree = parser.either(0)
    if parser.at < len(tokens):
        _fail("there is a closing parenthesis too many", "take it out, or put the words in quotation marks")
    if tree is None:
        _fail("the query holds no word to look for, only marks", "give a word, a name or a field such as who:NAME")
    return tree


def _fail(what: str, remedy: str) -> NoReturn:
    raise BadRequest(f"{what}; nothing was searched; {remedy}")


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    if query.count('"') % 2:
        _fail("a quotation mark is open", 'close it with another "')
    at, query = 0, query.rstrip()
    while at < len(query):
        found = _TOKEN.match(query, at)
        if found is None or found.lastgroup is None:
            _fail(f"the query cannot be read from {query[at : at + 20]!r} on", "put that in quotation marks")
        at = found.end()
        kind, value = found.lastgroup, found[found.lastgroup]
        if kind == "word" and value in _OPERATORS:
            yield "operator", _OPERATORS[value]
        elif kind == "field" and value.casefold() not in FIELDS:
            if at < len(query) and not query[at].isspace():
                _unknown_field(value)
            yield "word", value  # "katanya:" before a space is a word with a colon behind it
        else:
            yield kind, FIELDS[value.casefold()] if kind == "field" else value


def _unknown_field(name: str) -> NoReturn:
    from difflib import get_close_matches

    near = get_close_matches(name.casefold(), FIELDS, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}:?" if near else f"the fields are {', '.join(f'{field}:' for field in dict.fromkeys(FIELDS.values()))}"
    _fail(f"there is no field {name!r}", f"{hint} To look for the words themselves, put them in quotation marks")


class _Parser:
    """Or binds least, then and, then not; words side by side must all hold."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    def _next(self, kind: str, value: str | None = None) -> bool:
        """Takes the next token if it is that."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == kind and value in (None, self.tokens[self.at][1]):
            self.at += 1
            return True
        return False

    def either(self, depth: int) -> Node | None:
        if depth > DEEPEST:
            _fail(f"parentheses stand in one another more than {DEEPEST} deep", "make the query flatter")
        parts = [self.all(depth)]
        while self._next("operator", "OR"):
            parts.append(self.all(depth))
        kept = [part for part in parts if part is not None]
        return Or(tuple(kept)) if len(kept) > 1 else kept[0] if kept else None

    def all(self, depth: int) -> Node | None:
        parts: list[Node | None] = []
        start = self.at
        while self.at < len(self.tokens):
            kind, value = self.tokens[self.at]
            if kind == "close" or (kind == "operator" and value == "OR"):
                break
            if self._next("operator", "AND"):
                if self.at - 1 == start or self.at == len(self.tokens) or self.tokens[self.at][0] == "close":
                    _fail("AND stands without something on both sides", 'add what is missing, or write "AND" in quotation marks')
                continue
            parts.append(self.one(depth))
        if self.at == start:
            _fail("OR or a parenthesis stands where a word is due", "add what is missing, or put it in quotation marks")
        kept = [part for part in parts if part is not None]
        return And(tuple(kept)) if len(kept) > 1 else kept[0] if kept else None

    def one(self, depth: int) -> Node | None:
        if self._next("operator", "NOT") or self._next("minus"):
            if self.at == len(self.tokens):
                _fail("NOT stands at the end", "say after it what must not be there")
            if depth > DEEPEST:
                _fail("NOT stands before NOT too often", "write it once")
            inner = self.one(depth + 1)
            return Not(inner) if inner is not None else None
        if self._next("open"):
            tree = self.either(depth + 1)
            if not self._next("close"):
                _fail("a parenthesis is open", "close it with )")
            return And((tree,)) if isinstance(tree, Field) else tree  # in its own parenthesis, it speaks for itself
        kind, value = self.tokens[self.at]
        self.at += 1
        if kind == "field":
            return self._field(FIELDS[value])
        if kind in ("word", "phrase"):
            found = _words(value, kind == "phrase")
            return Text(found) if found else None
        return _fail(f"{value} stands where a word is due", "put it in quotation marks to look for it")

    def _field(self, name: FieldName) -> Node:
        if self._next("open"):
            values: list[tuple[str, str]] = []
            while not self._next("close"):
                if self.at == len(self.tokens):
                    _fail("a parenthesis is open", "close it with )")
                if not self._next("operator", "OR"):
                    values.append(self.tokens[self.at])
                    self.at += 1
        else:
            values = list(self.tokens[self.at : self.at + 1])
            self.at += 1
        if not values or any(kind not in ("word", "phrase") for kind, _ in values):
            _fail(f"{name}: has no value", f"write it right behind the colon, like {_EXAMPLES[name]}")
        return _make_field(name, values)


_EXAMPLES: dict[FieldName, str] = {
    "who": 'who:"Ayad Allawi"', "said": "said:aliansi", "about": "about:ISIS", "where": "where:Mosul", "from": "from:2017-03",
    "to": "to:2017-04-17", "type": "type:ASSAULT", "certainty": "certainty:possible", "review": "review:rejected", "outlet": "outlet:tirto.id", "wire": "wire:Antara",
}  # fmt: skip


def _make_field(name: FieldName, values: Sequence[tuple[str, str]]) -> Field:
    if name == "said":
        words = tuple(word for kind, value in values for word in _words(value, kind == "phrase"))
        if not words:
            _fail("said: holds no word", "give one, like said:aliansi")
        return Field(name, words=words)
    told = tuple(part.strip() for kind, value in values for part in ([value] if kind == "phrase" else value.split(",")) if part.strip())
    if not told or not any(ch.isalnum() for part in told for ch in part):
        _fail(f"{name}: has no value", f"write it right behind the colon, like {_EXAMPLES[name]}")
    if name in ("from", "to"):
        if len(told) > 1:
            _fail(f"{name}: takes one date", f"write it like {_EXAMPLES[name]}")
        return Field(name, day=_day(name, told[0]))
    if name == "type":
        return Field(name, tuple(_type(value) for value in told))
    if name == "certainty":
        return Field(name, tuple(_known(name, value, CERTAINTIES) for value in told))
    if name == "review":
        return Field(name, tuple(_known(name, value, REVIEWS) for value in told))
    return Field(name, told)


@cache
def _types() -> dict[str, str]:
    """Types by their own name and by the words that pages show for them, in both languages: *pertemuan*, *talks*."""
    shown = {row[lang].casefold(): row["type"] for row in read_table("claimtypes", ("type", "id", "en")) for lang in ("id", "en")}
    joined = {word.replace(" ", "-"): name for word, name in shown.items()}
    return {**shown, **joined, **{name.casefold(): name for name in (*EVENT_TYPES, *STATE_TYPES)}}


@cache
def _named() -> dict[str, str]:
    """Types as a message names them: *talks (CONSULT)*."""
    return {row["type"]: f"{row['en']} ({row['type']})" for row in read_table("claimtypes", ("type", "en"))}


def _type(value: str) -> str:
    """A type; of a word that names an event of some type, like *perundingan*, the type is named."""
    key = value.casefold()
    if key not in _types():
        for row in read_table("triggers", ("word", "type")):
            if row["word"] == key:
                return _fail(f"type: does not know {value!r}, which is a word of the type {row['type']}", f"write type:{row['type']}, or look for the word itself")
    return _known("type", value, _types())


def meant(name: FieldName, value: str) -> str:
    """A field's value by its own name: *mungkin* as possible, *pertemuan* as CONSULT; the value itself where it is none."""
    known = {"type": _types(), "certainty": CERTAINTIES, "review": REVIEWS}.get(name, {})
    return known.get(value.casefold(), value)


def _known(field: str, value: str, known: dict[str, str]) -> str:
    from difflib import get_close_matches

    key = value.casefold()
    if key in known:
        return known[key]
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    names = {**dict.fromkeys(known.values(), ""), **(_named() if field == "type" else {})}
    hint = f"did you mean {known[near[0]]}?" if near else f"it takes {', '.join(told or name for name, told in names.items())}"
    return _fail(f"{field}: does not know {value!r}", hint)


def _day(field: str, value: str) -> int:
    """The first day meant (``from``), or the day after the last (``to``), of a date, a month or a year."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", value)
    try:
        if found is None:
            raise ValueError
        year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
        first = date(year, month, day)
        if field == "from":
            return first.toordinal()
        if found[3]:
            return first.toordinal() + 1
        if found[2]:
            return (date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else date.max).toordinal()
        return date(year + 1, 1, 1).toordinal() if year < 9999 else date.max.toordinal()
    except ValueError:
        return _fail(f"{field}: cannot read the date {value!r}", f"write it as year, year-month or year-month-day, like {_EXAMPLES[field]}")  # type: ignore[index]


def _words(value: str, phrase: bool) -> tuple[Words, ...]:
    """What a word or a phrase looks for; more than one alternative only for a prefix, which may begin a word or its stem."""
    if not phrase and value.endswith("*") and value.strip("*"):
        plain = [part for part in re.split(r"[\W_]+", fold(value)) if part]
        if not plain:
            return ()
        if len(plain[-1]) < SHORTEST_PREFIX:
            _fail(f"{value!r} is too short a beginning", f"give {SHORTEST_PREFIX} letters or more before the *")
        before = tuple(map(stem, plain[:-1]))
        ends = dict.fromkeys((plain[-1], stem(plain[-1])))
        return tuple(Words((*before, end), prefix=True) for end in ends)
    found = tuple(stems(value))
    return (Words(found),) if found else ()


def month_of(text: str) -> tuple[int, int]:
    """The days [first, last) of a year, a month or a day.

    Raises:
        BadRequest: it is none.
    """
    return _day("from", text), _day("to", text)


__all__ = ["And", "Field", "FieldName", "Node", "Not", "Or", "Text", "Words", "day_of", "meant", "month_of", "parse"]
