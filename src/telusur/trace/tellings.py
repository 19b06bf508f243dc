"""Articles opened for comparison: what each claim says, in the parts by which claims of different articles are held together.

Comes in: a record with people's decisions laid over it, and whom the archive has joined. Goes out: a `Report` with its
`Telling`s. A telling depends on its own article alone, so that comparing two gives the same in any order of arrival.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, select

from ..analyse.stems import fold, stem
from ..archive.engine import Archive
from ..archive.keep import load_records
from ..archive.places import day_of, item_key
from ..archive.schema import actors, entities
from ..archive.spellings import sound_key
from ..lexicon import read_table
from ..model.document import ARTICLE_KINDS
from .parties import Party

Place = tuple[int, int]
"""Start and end of a stretch of an article's text."""

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_CLAUSE_CHARS = 70
_AT_ONCE = 50
_NUMBER_WEIGHT, _NAME_WEIGHT, _WORD_WEIGHT = 1.5, 1.5, 1.0
_ONE_SENTENCE, _LEAST_WORDS = 0.75, 7


@dataclass(frozen=True, slots=True)
class Hand:
    """One link of a claim's chain, from the fact towards the reader; ``evidence`` are the words that show it."""

    role: str
    who: Party
    written: bool
    evidence: Place | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of one article, or one sentence of it in which no claim was read (``claim`` is None, ``type`` empty).

    ``days`` is the interval that its time means, as ordinals, [from, to), None where unknown or open; ``words`` the weighted
    stems of its sentence, ``clause`` those round its trigger, ``numbers`` the figures in it. ``hands`` is its chain, empty where the
    outlet speaks itself. ``polarity`` is negative also where the one who speaks denies it (`membantah`): he does not tell it.
    """

    article: str
    number: int
    claim: int | None
    key: str
    type: str
    trigger: Place
    verb: str
    stems: frozenset[str]
    parties: tuple[Party, ...]
    days: tuple[int | None, int | None] | None
    certainty: str
    polarity: str
    tense: str
    casualties: Mapping[str, int]
    sentence: Place
    words: Mapping[str, float]
    clause: Mapping[str, float]
    numbers: frozenset[str]
    hands: tuple[Hand, ...]
    cue: Place | None
    saying: int | None
    headline: bool
    differs: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """What `telusur show` takes."""
        return f"{self.article}#{self.key}"

    def of(self, *roles: str) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if party.role in roles)


@dataclass(slots=True)
class Report:
    """One article opened: its tellings and what they rest on."""

    id: str
    number: int
    outlet: str
    url: str | None
    published: str | None
    title: str
    wires: tuple[str, ...]
    text: str
    record: Mapping[str, Any]
    joined: Mapping[int, int]
    tellings: tuple[Telling, ...] = ()
    sentences: tuple[Place, ...] = ()
    sayings: tuple[tuple[Hand, ...], ...] = ()
    parties: Mapping[str, Party] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    """Where each entity stands in the record's list."""
    names: frozenset[str] = frozenset()
    """What spellings of its names share."""
    not_before: int | None = None
    """The latest full date in the text of a page that prints none."""
    _weighed: dict[Place, tuple[dict[str, float], frozenset[str]]] = field(default_factory=dict)
    _tokens: dict[Place, list[_Token]] = field(default_factory=dict)

    def weighed(self, place: Place) -> tuple[dict[str, float], frozenset[str]]:
        """The weighted stems and the figures of a sentence."""
        if place not in self._weighed:
            self._weighed[place] = _weighed(self._tokens_of(place), place)
        return self._weighed[place]

    def weighed_within(self, sentence: Place, place: Place) -> dict[str, float]:
        """The weighted stems of a stretch of whole words within a sentence."""
        low, high = place
        return _weighed([token for token in self._tokens_of(sentence) if low <= token[0] < high], place)[0]

    def _tokens_of(self, sentence: Place) -> list[_Token]:
        if sentence not in self._tokens:
            self._tokens[sentence] = _tokens(self.text, sentence)
        return self._tokens[sentence]

    @property
    def day(self) -> int | None:
        return day_of(self.published)

    def sentence_at(self, place: int) -> Place:
        at = bisect_right(self.sentences, (place, len(self.text) + 1)) - 1
        if at >= 0 and place < self.sentences[at][1]:
            return self.sentences[at]
        return place, min(place + 1, len(self.text))

    def words(self, place: Place) -> str:
        return " ".join(self.text[place[0] : place[1]].split())


def open_reports(archive: Archive, connection: Connection, numbers: Sequence[int]) -> dict[int, Report]:
    """The articles of these numbers that are there."""
    joined: dict[int, dict[int, int]] = {}
    whole = select(entities.c.article, entities.c.entity, actors.c.whole).join(actors, actors.c.number == entities.c.actor)
    for start in range(0, len(numbers), _AT_ONCE):
        for row in connection.execute(whole.where(entities.c.article.in_(numbers[start : start + _AT_ONCE]))):
            joined.setdefault(int(row.article), {})[int(row.entity)] = int(row.whole)
    read = load_records(archive, connection, numbers)
    return {number: make_report(id, number, record, joined.get(number)) for number, (id, record) in read.items()}


def make_report(id: str, number: int, record: Mapping[str, Any], joined: Mapping[int, int] | None = None) -> Report:
    """A record opened for comparison. ``joined``: the archive's actor of each entity, by its place in the record's list."""
    article = record["article"]
    titles = [(b["start"], b["end"]) for b in record["blocks"] if b["kind"] == "title"]
    own = [(b["start"], b["end"]) for b in record["blocks"] if b["kind"] in ARTICLE_KINDS]
    report = Report(
        id, number, article["publisher"] or "", record["source"]["url"], article["published"], article["title"] or "",
        tuple(article["wires"]), record["text"], record, joined or {},
        sentences=tuple(sorted((s["start"], s["end"]) for s in record["sentences"])) or tuple(sorted(own)),
    )  # fmt: skip
    report.parties = {entity["id"]: _party(entity, n, report.joined) for n, entity in enumerate(record["entities"])}
    report.names = frozenset(sound_key(entity["name"]) for entity in record["entities"])
    report.places = {entity["id"]: n for n, entity in enumerate(record["entities"])}
    report.sayings = tuple(_hands(report, said) for said in record["attributions"])
    said_at = {said["id"]: n for n, said in enumerate(record["attributions"])}
    at = {claim["id"]: n for n, claim in enumerate(record["claims"])}
    times = {time["id"]: time for time in record["times"]}
    full = [time["value"] for time in record["times"] if _FULL.fullmatch(time.get("value") or "")]
    report.not_before = None if report.published else day_of(max(full, default=None))
    report.tellings = tuple(
        _telling(report, n, claim, said_at, at, times, titles) for n, claim in enumerate(record["claims"]) if claim.get("review") != "rejected"
    )
    return report


def _party(entity: Mapping[str, Any], n: int, joined: Mapping[int, int]) -> Party:
    ids = {f"{scheme}:{key}" for scheme, key in (entity.get("link") or {}).items()}
    ids |= {f"actor:{joined[n]}"} if n in joined else set()
    return Party("", entity["name"], entity["name"], entity["type"], frozenset(ids), 0, 0)


def party_at(report: Report, item: Mapping[str, Any], role: str) -> Party:
    """Who stands at a place of an article: by its entity, or as described."""
    known = report.parties.get(item.get("entity") or "")
    text = " ".join(str(item["text"]).split())
    if known is None:
        return Party(role, text, "", "", frozenset(), item["start"], item["end"])
    return Party(role, text, known.name, known.type, known.ids, item["start"], item["end"])


def _hands(report: Report, said: Mapping[str, Any]) -> tuple[Hand, ...]:
    found = []
    for link in said["chain"]:
        evidence = link.get("evidence")
        place = (evidence["start"], evidence["end"]) if evidence else None
        found.append(Hand(link["role"], party_at(report, link, link["role"]), link.get("stated") != "inferred", place))
    return tuple(found)


def _telling(
    report: Report,
    n: int,
    claim: Mapping[str, Any],
    said_at: Mapping[str, int],
    at: Mapping[str, int],
    times: Mapping[str, Any],
    titles: Sequence[Place],
) -> Telling:
    trigger = (claim["trigger"]["start"], claim["trigger"]["end"])
    sentence = report.sentence_at(trigger[0])
    words, numbers = report.weighed(sentence)
    saying = said_at.get(claim.get("according_to") or "")
    said = report.record["attributions"][saying] if saying is not None else {}
    cue = said.get("cue")
    denied = cue is not None and denies(report.text[cue["start"] : cue["end"]])
    time = times.get(claim.get("time") or "") or {}
    days = day_of(time.get("from")), day_of(time.get("to"))
    return Telling(
        article=report.id,
        number=report.number,
        claim=n,
        key=item_key("claims", claim),
        type=claim["type"],
        trigger=trigger,
        verb=" ".join(claim["trigger"]["text"].split()),
        stems=frozenset(stem(fold(word)) for word in _WORD.findall(claim["trigger"]["text"])),
        parties=tuple(party_at(report, p, p["role"]) for p in claim["participants"]),
        days=None if days == (None, None) else days,
        certainty=claim["certainty"],
        polarity="negative" if denied else claim["polarity"],
        tense=claim["tense"],
        casualties={name: count for name, count in (claim.get("casualties") or {}).items() if count is not None},
        sentence=sentence,
        words=words,
        clause=report.weighed_within(sentence, clause_at(report.text, sentence, trigger)),
        numbers=numbers,
        hands=report.sayings[saying] if saying is not None else (),
        cue=(cue["start"], cue["end"]) if cue else None,
        saying=saying,
        headline=any(start <= trigger[0] < end for start, end in titles),
        differs=tuple(at[other] for other in claim.get("differs_from") or () if other in at),
    )


def clause_at(text: str, sentence: Place, trigger: Place) -> Place:
    """What stands round a trigger within its sentence, in whole words."""
    start, end = max(sentence[0], trigger[0] - _CLAUSE_CHARS), min(sentence[1], trigger[1] + _CLAUSE_CHARS)
    while start > sentence[0] and text[start - 1].isalnum():
        start -= 1
    while end < sentence[1] and text[end].isalnum():
        end += 1
    return start, end


def denies(cue: str) -> bool:
    """Whether a cue says that what follows is not so: `membantah`, `menepis`."""
    return " ".join(cue.casefold().split()) in _denials()


@cache
def _denials() -> frozenset[str]:
    return frozenset(row["word"].casefold() for row in read_table("cues", ("word", "stance")) if row["stance"] == "denies")


@cache
def small_words() -> frozenset[str]:
    """Words that tell no two sentences apart."""
    found = {row["word"] for row in read_table("clause-words", ("word", "kind"))}
    return frozenset(found | {row["word"] for row in read_table("common-words", ("word",))})


_Token = tuple[int, str, bool, bool]
"""Where a word begins, its stem or figure, whether it is a figure, whether it has a capital."""


def _tokens(text: str, place: Place) -> list[_Token]:
    """The words of a stretch that tell it from others."""
    return [(match.start(), *told) for match in _WORD.finditer(text, *place) if (told := _told_by(match.group()))]


def weigh(text: str, place: Place) -> tuple[dict[str, float], frozenset[str]]:
    """The stems of a stretch, each with what it weighs when two are compared, and the figures in it."""
    return _weighed(_tokens(text, place), place)


def _weighed(tokens: Iterable[_Token], place: Place) -> tuple[dict[str, float], frozenset[str]]:
    found: dict[str, float] = {}
    numbers: set[str] = set()
    for start, told, is_number, is_capital in tokens:
        if is_number:
            numbers.add(told)
            found[told] = _NUMBER_WEIGHT
        elif is_capital and start > place[0]:
            found[told] = _NAME_WEIGHT
        elif told not in found:
            found[told] = _WORD_WEIGHT
    return found, frozenset(numbers)


@lru_cache(maxsize=100_000)
def _told_by(word: str) -> tuple[str, bool, bool] | None:
    """A word's stem or figure, whether it is a figure, whether it has a capital; None where it tells no two sentences apart."""
    folded = fold(word)
    if folded in small_words():
        return None
    is_number = word[0].isdigit()
    return folded if is_number else stem(folded), is_number, word[0].isupper()


@lru_cache(maxsize=100_000)
def _weight_of_figure(figure: str) -> int:
    """How many digits of a figure tell it from others: `7.107,78` has six, `4,6` two, `600.000` and a day or a year none."""
    bare = figure.lstrip("0.,")
    if not (bare[:1].isdigit() and "".join(c for c in figure if c not in ".,").isdigit()):
        return 0
    whole, _, decimals = bare.partition(",")
    digits = whole.replace(".", "")
    if decimals:
        return len(digits + decimals)
    told = len(digits.rstrip("0"))
    return told if told > 1 and len(digits) > 2 and not (len(digits) == 4 and "." not in whole and digits < "2100") else 0


def peculiar(one: Iterable[str], other: Iterable[str]) -> dict[str, int]:
    """The figures that two stretches share and few others have, by how many digits tell them from others. One may be rounded to
    whole numbers: `7.107,78` is `7.107`."""
    mine, theirs = ({part: figure for figure in figures for part in (figure, figure.partition(",")[0])} for figures in (one, other))
    found: dict[str, int] = {}
    for part in mine.keys() & theirs.keys():
        exact = part == mine[part] or part == theirs[part]
        if exact and (part == mine[part] == theirs[part] or len(part.replace(".", "")) > 3) and (weight := _weight_of_figure(part)):
            found[part] = weight
    return found


def alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much of the shorter of two stretches the other holds, 0 to 1, by weight."""
    if not one or not other:
        return 0.0
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    shared = sum(min(weight, large[word]) for word, weight in small.items() if word in large)
    return shared / min(sum(one.values()), sum(other.values()))


def one_sentence(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether two sentences, by their weighted words, are the same words: one was copied from the other, or both from a third."""
    if min(len(one), len(other)) < _LEAST_WORDS:
        return False
    if len(one.keys() & other.keys()) < max(len(one), len(other)) * _ONE_SENTENCE / 2:  # cheap, and true of nearly all pairs
        return False
    shorter, longer = sorted((sum(one.values()), sum(other.values())))
    return alike(one, other) * shorter >= _ONE_SENTENCE * longer
