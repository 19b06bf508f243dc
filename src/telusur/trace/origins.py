"""From whom an article has what it tells: the path of one telling, from who knows to the page that prints it.

Comes in: one telling with its article, and who else tells the same. Goes out: a `Path`: nodes from the fact towards the reader,
each step written (with its words) or inferred (with its rule). Where the article says on whose word, the path is the
record's chain. Where it speaks itself, the rules below say from whom it may have it, the strongest first:

  same-words    the same sentence, printed elsewhere, is laid to somebody there
  same-page     the article tells the same again, on somebody's word
  own-words     the deed is a saying (asks, accuses, refuses): who did it is who said it
  own-act       the deed is a body's (arrests, appoints, rules, sells): whoever asks, asks that body
  only-voice    the article quotes nobody else, and this stands at its head or beside a quotation
  near-voice    the sentence beside it is laid to somebody
  own-report    none of these: the outlet's own report, as far as the page says

Where the article credits a wire for its text, or prints a text that others credit to one (wire-credit, family-wire), the wire stands
between whoever is named and the page; where nobody is named, it is the wire's own report, as far as the pages say.

  film          the sentence tells what a video or a recording shows

What lies further from a voice stays the outlet's own, with the voice as a hint: background that every article repeats is not
the word of the one who is quoted in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..archive.spellings import fold_key
from ..extract.carriers import carrier_kind
from ..lexicon import read_table
from .owners import medium_key
from .parties import Party, same_name
from .tellings import Hand, Place, Report, Telling

Kind = Literal["person", "body", "group", "document", "agency", "outlet"]
Basis = Literal["written", "inferred"]

_SAYING_TYPES = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "plans"})
_ACT_TYPES = frozenset({"POLICY", "SANCTION", "OFFICE", "INVESTIGATE", "COERCE", "MOBILIZE", "AID", "ECONOMY"})
_EYES = re.compile(
    r"\b(?:(?:pantauan|pengamatan|penelusuran|percobaan)\s+(?:tim\s+|wartawan\s+|redaksi\s+)?(?P<who>[\w.]+)"
    r"|(?:saat|ketika)\s+(?:tim\s+|wartawan\s+)?(?P<who2>[\w.]+)\s+(?:mencoba|membuka|mengakses|mendatangi|menyambangi|mengunjungi))",
    re.IGNORECASE,
)
_OURSELVES = frozenset({"kami", "redaksi", "wartawan", "tim", "langsung", "lapangan"})
_FILM = re.compile(
    r"\b(video|rekaman|cctv|foto|tangkapan layar)\b[^.\n]{0,160}?\b(?:viral|beredar|dibagikan|memperlihatkan|menunjukkan|terlihat|tampak|merekam|terekam|menampilkan)\b", re.IGNORECASE
)
_STAFF = re.compile(r"^(?:tim|redaksi|wartawan|reporter)\s+", re.IGNORECASE)
_HEAD_SENTENCES, _NEAR_SENTENCES = 4, 1

_LEAST_CONTENT = 5
"""Times the content of a saying that a sentence may be long: the rest is who says it, of what office, where and when."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of an article: its words, and where they stand."""

    article: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Node:
    """One who passed the words on, as one article names it. ``role``: origin, speaker, relay, outlet."""

    kind: Kind
    role: str
    who: Party
    article: str

    @property
    def name(self) -> str:
        return self.who.shown

    @property
    def named(self) -> bool:
        return self.who.named or self.kind in ("agency", "outlet")


@dataclass(frozen=True, slots=True)
class Step:
    """How words came from one node to the next. ``rule`` is empty where it is written."""

    basis: Basis
    rule: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """From who knows to the page: ``nodes``, and between them ``steps`` (one fewer). The last node is the outlet. ``seen``: the
    words by which the outlet says that it saw or tried it itself."""

    telling: Telling
    nodes: tuple[Node, ...]
    steps: tuple[Step, ...]
    seen: tuple[Evidence, ...] = ()

    @property
    def root(self) -> Node:
        return self.nodes[0]

    @property
    def sources(self) -> tuple[Node, ...]:
        """Who stands behind it: all before the carriers; the first carrier where there is nobody else."""
        return tuple(node for node in self.nodes if node.role in ("origin", "speaker")) or self.nodes[:1]

    @property
    def written(self) -> bool:
        return all(step.basis == "written" for step in self.steps)


@dataclass(frozen=True, slots=True)
class Wire:
    """Whom an article's text is credited to. ``rule``: ``wire-credit`` by the article itself, ``family-wire`` by others that print it."""

    name: str
    rule: str
    evidence: tuple[Evidence, ...]


def path_of(
    telling: Telling,
    report: Report,
    siblings: Sequence[tuple[Telling, Report]],
    same_words: Sequence[tuple[Telling, Report]] = (),
    wire: Wire | None = None,
) -> Path:
    """The path of one telling.

    Args:
        siblings: other tellings of the group in the same article.
        same_words: tellings of other articles that print the same sentence.
        wire: whom the article's text is credited to.
    """
    path = _voiced(telling, report, siblings, same_words)
    return _through(path, wire, report) if wire else path


def own_wire(report: Report) -> Wire | None:
    """Whom an article itself credits for its text."""
    if not report.wires:
        return None
    name = report.wires[0]
    place = report.text.rfind(name)
    return Wire(name, "wire-credit", (_quote(report, (place, place + len(name))),) if place >= 0 else ())


def _through(path: Path, wire: Wire, report: Report) -> Path:
    """A path with the wire before the outlet, where it does not stand in it yet and is not the outlet."""
    key = medium_key(wire.name)
    if any(medium_key(node.name).startswith(key) for node in path.nodes):
        return path
    party = Party("relay", wire.name, wire.name, "ORG", frozenset(), 0, 0)
    node = Node("agency", "relay", party, report.id)
    *before, outlet = path.nodes
    return Path(path.telling, (*before, node, outlet), (*path.steps, Step("inferred", wire.rule, wire.evidence)))


def _voiced(
    telling: Telling, report: Report, siblings: Sequence[tuple[Telling, Report]], same_words: Sequence[tuple[Telling, Report]]
) -> Path:
    """The path to whoever is named, if anybody is."""
    if (own := _own_eyes(telling, report)) and not any(hand.who.named and not _is_outlet(hand.who, report) for hand in telling.hands):
        return Path(telling, (_outlet(report),), (), (own,))
    if telling.hands:
        return _along(telling, report, telling.hands, report, "", ())
    for other, page in same_words:
        if other.hands:
            return _along(telling, report, other.hands, page, "same-words", (_quote(page, other.sentence),))
    if film := _FILM.search(report.text, *telling.sentence):
        place = film.start(1), film.end(1)
        shown = Party("origin", report.words(place), "", "", frozenset(), *place)
        return _inferred(telling, report, (Node("document", "origin", shown, report.id),), "film", (_quote(report, film.span()),))
    for other, page in siblings:
        if other.hands and other is not telling:
            return _along(telling, report, other.hands, page, "same-page", (_quote(page, other.sentence),))
    if telling.type in _SAYING_TYPES and (doer := next((p for p in telling.of("actor") if p.named and p.type != "LOC"), None)):
        return _inferred(telling, report, (_node(doer, "speaker", report),), "own-words", (_quote(report, (doer.start, doer.end)),))
    if telling.type in _ACT_TYPES and (doer := next((p for p in telling.of("actor") if p.type == "ORG" or collective(p)), None)):
        return _inferred(telling, report, (_node(doer, "speaker", report),), "own-act", (_quote(report, (doer.start, doer.end)),))
    near = _near_voice(telling, report)
    voices = _voices(report)
    if len(voices) == 1 and (near or _at_head(telling, report)):
        hands, place = voices[0]
        return _along(telling, report, hands, report, "only-voice", (_quote(report, place),))
    if near:
        return _along(telling, report, near[0], report, "near-voice", (_quote(report, near[1]),))
    return Path(telling, (_outlet(report),), ())


def collective(who: Party) -> str:
    """The word by which a description speaks for a body (`polisi`), else empty."""
    if who.type == "PER":
        return ""
    return next((word for word in fold_key(who.text).split()[:2] if word in collectives()), "")


@cache
def collectives() -> Mapping[str, tuple[str, ...]]:
    """How names of bodies and offices in them begin, by the words that stand for such a body."""
    return {row["word"]: tuple(row["names"].split()) for row in read_table("collectives", ("word", "names"))}


def saying_at(report: Report, place: Place) -> int | None:
    """The saying that makes up most of a stretch, its content with whoever says it and how; None where the outlet speaks itself."""
    best: tuple[int, int] | None = None
    for n, said in enumerate(report.record["attributions"]):
        content = _inside(said["content"], place)
        if content * _LEAST_CONTENT < place[1] - place[0]:
            continue
        parts = [*said["content"], *said["chain"], *([said["cue"]] if said.get("cue") else [])]
        inside = [part for part in parts if place[0] <= part["start"] < place[1]]
        if not inside:
            continue
        first, end = min(part["start"] for part in inside), min(place[1], max(part["end"] for part in inside))
        if (end - first) * 2 >= place[1] - place[0] and (best is None or content > best[0]):
            best = content, n
    return best[1] if best else None


def _inside(spans: Sequence[Mapping[str, int]], place: Place) -> int:
    """How many characters of a stretch these spans have."""
    return sum(max(0, min(span["end"], place[1]) - max(span["start"], place[0])) for span in spans)


# --- nodes and steps --------------------------------------------------------------------------------------------


def _along(telling: Telling, report: Report, hands: Sequence[Hand], page: Report, rule: str, because: tuple[Evidence, ...]) -> Path:
    """A path along a chain; with ``rule``, the chain is another sentence's, and its last step is inferred."""
    kept = [hand for hand in hands if not _is_outlet(hand.who, report) or hand.role == "origin"]
    kept = [hand for hand in kept if not (hand.role == "relay" and carrier_kind(hand.who.text) == "platform")]
    nodes = [_node(hand.who, hand.role, page) for hand in kept]
    steps = [_step(hand, page) for hand in kept]
    if not nodes:
        return Path(telling, (_outlet(report),), ())
    if rule:
        steps[-1] = Step("inferred", rule, because)
    elif not rule and telling.cue:
        last = steps[-1]
        quotes = (*last.evidence, _quote(report, telling.cue), _quote(report, telling.sentence))
        steps[-1] = Step(last.basis, last.rule, tuple(dict.fromkeys(quotes)))
    return Path(telling, (*nodes, _outlet(report)), tuple(steps))


def _inferred(telling: Telling, report: Report, nodes: tuple[Node, ...], rule: str, because: tuple[Evidence, ...]) -> Path:
    return Path(telling, (*nodes, _outlet(report)), (*(Step("inferred", rule, because) for _ in nodes),))


def _step(hand: Hand, page: Report) -> Step:
    places = [(hand.who.start, hand.who.end), *([hand.evidence] if hand.evidence else [])]
    return Step("written" if hand.written else "inferred", "" if hand.written else "chain", tuple(_quote(page, place) for place in places))


def _quote(report: Report, place: Place) -> Evidence:
    return Evidence(report.id, place[0], place[1], report.words(place))


def _node(who: Party, role: str, report: Report) -> Node:
    return Node(kind_of(who, role), role, who, report.id)


def kind_of(who: Party, role: str) -> Kind:
    """What somebody is as a source."""
    carrier = carrier_kind(who.text) or (carrier_kind(who.name) if who.name else None)
    if carrier in ("agency", "outlet"):
        return "agency"
    if who.named:
        return "person" if who.type == "PER" else "body"
    words = who.text.casefold().split()
    return "document" if any(word in _writings() for word in words[:2]) else "group"


@cache
def _writings() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("role-nouns", ("word", "kind")) if row["kind"] == "text")


def _outlet(report: Report) -> Node:
    return Node("outlet", "outlet", Party("outlet", report.outlet, report.outlet, "ORG", frozenset(), 0, 0), report.id)


def _is_outlet(who: Party, report: Report) -> bool:
    """Whether a hand is the outlet that prints the page: `kepada Kompas.com` on its own page passes nothing on."""
    own = medium_key(report.outlet)
    return bool(own) and any(medium_key(_STAFF.sub("", name)) == own for name in (who.text, who.name) if name)


def _own_eyes(telling: Telling, report: Report) -> Evidence | None:
    """The words by which the outlet says that it was there: `pantauan detikcom`, `saat Kompas.com mencoba`."""
    own = medium_key(report.outlet)
    for found in _EYES.finditer(report.text, *telling.sentence):
        told = medium_key(found["who"] or found["who2"])
        if told in _OURSELVES or (len(told) > 2 and (told.startswith(own) or own.startswith(told))):
            return _quote(report, found.span())
    return None


# --- who else speaks on the page --------------------------------------------------------------------------------


def _voices(report: Report) -> list[tuple[tuple[Hand, ...], Place]]:
    """One chain for each named source that the article quotes, with where; unnamed ones only where nobody is named."""
    named: list[tuple[tuple[Hand, ...], Place]] = []
    unnamed: list[tuple[tuple[Hand, ...], Place]] = []
    for n, hands in enumerate(report.sayings):
        speaker = next((hand.who for hand in hands if hand.role == "speaker"), None)
        if speaker is None or _is_outlet(speaker, report):
            continue
        content = report.record["attributions"][n]["content"]
        place = content[0]["start"], content[-1]["end"]
        known = named if speaker.named else unnamed
        if not any(_same_speaker(speaker, other) for other, _ in known):
            known.append((hands, place))
    return named or unnamed


def _same_speaker(one: Party, hands: Sequence[Hand]) -> bool:
    other = next(hand.who for hand in hands if hand.role == "speaker")
    if one.named and other.named:
        return bool(one.ids & other.ids) or bool(same_name(one.name, one.type, other.name, other.type))
    return one.text.casefold() == other.text.casefold()


def _at_head(telling: Telling, report: Report) -> bool:
    """Whether a sentence is of the first ones: title, lead, first paragraph."""
    return telling.sentence in report.sentences[:_HEAD_SENTENCES]


def _near_voice(telling: Telling, report: Report) -> tuple[tuple[Hand, ...], Place] | None:
    """The saying beside a sentence, the one behind before the one in front."""
    try:
        at = report.sentences.index(telling.sentence)
    except ValueError:
        return None
    for away in range(1, _NEAR_SENTENCES + 1):
        for n in (at + away, at - away):
            if 0 <= n < len(report.sentences) and (saying := saying_at(report, report.sentences[n])) is not None:
                return report.sayings[saying], report.sentences[n]
    return None
