"""Who holds which office, who leads whom: states read from office phrases.

Comes in: the article in units. Goes out: drafts of ``holds-office``, ``leads`` and ``member-of``, one for each
office of a person, at the place that says most. An office phrase is a head from ``words/offices.tsv`` with its
portfolio (`Menteri` `Luar Negeri`), the body or place it is of, and a person before or after it:

    Wakil Presiden Irak Ayad Allawi          office, place, person
    Ketua KPK, Nawawi Pomolango              office, body, comma, person
    Ayad Allawi, Wakil Presiden Irak         person, comma, office
    Ayad Allawi yang juga Wakil Presiden     person, linking words, office
    kata Perdana Menteri Australia itu       office that points back to a person
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from telusur.lexicon import read_table, words
from telusur.model.claim import Participant, Tense
from telusur.model.layers import Mention

from .drafts import Draft
from .grammar import group
from .units import Reading

_FORMER = frozenset({"mantan", "eks", "bekas"})
_ACTING = frozenset({"plt", "pj", "plh", "pjs", "penjabat", "pelaksana", "tugas", "harian", "sementara", ".", "(", ")"})
_CANDIDATE = frozenset({"calon", "bakal", "cawapres", "capres", "kandidat", "bacalon"})
_WAS = frozenset({"pernah", "sempat", "sebelumnya", "tercatat"})
_RANKS_TOO = frozenset({"kapten"})
_BACK = frozenset({"itu", "ini", "tersebut"})
_OF_AN_OFFICE = frozenset({"juru bicara", "utusan khusus", "utusan", "staf ahli", "staf khusus", "penasihat", "asisten", "sekretaris"})
_PARLIAMENTS = ("dpr", "dprd", "mpr", "dpd ri", "parlemen", "kongres", "senat", "dewan perwakilan", "knesset", "komisi", "majelis permusyawaratan")
_ADJUNCTS = frozenset({"menurut", "kepada", "selain", "bagi", "terhadap", "untuk"})
_TO_PREPOSITION = 4
"""How many units before an office the preposition may stand that opens its phrase."""
_TAIL_UNITS = 22


@dataclass(frozen=True, slots=True)
class Office:
    """An office phrase: its head's row, the trigger's units, whose it is, and where the phrase ends."""

    type: str
    full: str
    first: int
    end: int
    recipients: tuple[Mention, ...]
    place: Mention | None
    person: Mention | None
    stop: int
    former: bool
    head_first: int


@dataclass(frozen=True, slots=True)
class Holding:
    """An office phrase with its holder and whether he holds it still."""

    office: Office
    person: Mention
    tense: Tense
    pointing: bool = False
    """Whether the phrase only points back (`Bupati Maruna itu`), so that its holder is a guess."""


@cache
def _heads() -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for row in read_table("offices", ("office", "type", "full")):
        phrase = tuple(row["office"].split())
        by_first.setdefault(phrase[0], []).append((phrase, row["type"], row["full"]))
    return {k: tuple(sorted(v, key=lambda x: -len(x[0]))) for k, v in by_first.items()}


def head_at(reading: Reading, at: int, stop: int) -> tuple[int, str, str] | None:
    """The office word that starts at unit ``at``: end, type, full form."""
    unit = reading.units[at]
    if unit.kind != "word":
        return None
    for phrase, kind, full in _heads().get(unit.low, ()):
        end = at + len(phrase)
        if end <= stop and reading.lows[at:end] == phrase:
            return end, kind, full
    return None


def heads_in(reading: Reading, start: int, stop: int) -> Iterator[tuple[int, tuple[int, str, str]]]:
    """The units ``[start, stop)`` at which an office word starts, each with its end, type, full form."""
    heads = _heads()
    for at in range(start, stop):
        if reading.low(at) in heads and (head := head_at(reading, at, stop)) is not None:
            yield at, head


def find_offices(reading: Reading) -> tuple[Holding, ...]:
    """Every office phrase whose holder the article names, at every place, in order of the text."""
    found = [h for start, stop in reading.bounds for h in offices_of_sentence(reading, start, stop)]
    named = {_which(h.office): h.person for h in reversed(found) if not h.pointing and h.tense == "present" and h.office.recipients}
    return tuple(replace(h, person=named[_which(h.office)]) if h.pointing and _which(h.office) in named else h for h in found)


def _which(office: Office) -> tuple[str, str | None]:
    """One office of one body or area: `Bupati Maruna itu` is whom the article calls so."""
    return office.full, office.recipients[0].entity if office.recipients else None


def find_states(reading: Reading, holdings: tuple[Holding, ...]) -> tuple[Draft, ...]:
    """Offices and memberships of persons, one draft each, in order of the text."""
    return tuple(sorted(_once_each(reading, holdings), key=lambda d: d.trigger))


def offices_of_sentence(reading: Reading, start: int, stop: int) -> Iterator[Holding]:
    """The office phrases of units ``[start, stop)``, one sentence, with their holders."""
    behind = start
    holder: Mention | None = None
    waiting: Office | None = None
    for at, head in heads_in(reading, start, stop):
        if at < behind:
            continue
        if _is_candidate(reading, at, start):
            behind = head[0]
            continue
        office = _read_office(reading, at, head, start, stop)
        nested = _nested(reading, office, start, stop)
        if nested is not None:
            yield Holding(nested, _person(nested), _tense(nested, False))
            if office.person is nested.person:
                office = replace(office, person=_person_after(reading, nested.stop, stop))
        if office.person is not None and _is_of_another(reading, office, start, stop):
            office = replace(office, person=None)
        if office.person is not None:
            yield Holding(office, office.person, _tense(office, False))
            if waiting is not None:
                yield Holding(waiting, office.person, _tense(waiting, False))
            behind, waiting = office.stop, None
            continue
        # `Menteri Lingkungan Hidup/Kepala Badan Pengendalian X Rini`: two offices, one holder behind both.
        waiting = office if reading.low(office.stop - 1) in {"/", "sekaligus", "merangkap"} else None
        before, past = _person_before(reading, office, start)
        if before is None and holder is not None and reading.low(office.first - 1) in {",", "dan", "serta", "hingga"}:
            before, past = holder, True
        pointing = before is None and reading.low(office.stop) in _BACK and bool(office.recipients or office.former)
        if pointing:
            before = _named_before(reading, office.first)
        if before is not None:
            yield Holding(office, before, _tense(office, past), pointing)
            holder = before
        behind = office.end


def _is_of_another(reading: Reading, office: Office, start: int, stop: int) -> bool:
    """Whether the person behind an office phrase and a comma is somebody else: linking words tie the office to one before it
    (`Rini selaku Kepala Dinas, Letjen Tono`), or a preposition opens what ends at the comma (`Menurut majelis hakim, Rini tidak tahu`)."""
    comma = next((at for at in range(office.end, office.stop) if reading.low(at) == ","), None)
    if comma is None:
        return False
    if reading.low(office.first - 1) in group("office links") and _person_before(reading, office, start)[0] is not None:
        return True
    before = range(office.first - 1, max(start, office.first - _TO_PREPOSITION) - 1, -1)
    opened = next((at for at in before if reading.low(at) in _ADJUNCTS or reading.low(at) == ","), None)
    if opened is None or reading.low(opened) == ",":
        return False
    return office.stop + 1 < stop and reading.units[office.stop + 1].kind == "word" and reading.low(office.stop + 1) not in group("prepositions")


def _person(office: Office) -> Mention:
    assert office.person is not None
    return office.person


def _tense(office: Office, past: bool) -> Tense:
    return "past" if office.former or past else "present"


def _is_candidate(reading: Reading, at: int, start: int) -> bool:
    return at > start and reading.low(at - 1) in _CANDIDATE


def _read_office(reading: Reading, at: int, head: tuple[int, str, str], start: int, stop: int) -> Office:
    """The phrase around a head: acting or former before it, portfolio, body and person after it."""
    head_end, kind, full = head
    first, former = at, False
    while first > start and reading.low(first - 1) in _ACTING and at - first < 5:
        first -= 1
    while first < at and reading.low(first) in {".", "(", ")", "sementara"}:
        first += 1
    if first > start and reading.low(first - 1) in _FORMER:
        former = True
    end, place, person, cursor = head_end, None, None, head_end
    recipients: list[Mention] = []
    open_portfolio, ordinal = True, False
    headline = reading.kinds[reading.units[at].sentence] == "title"
    inside = head_at(reading, head_end, stop) if full in _OF_AN_OFFICE and head_end < stop else None
    if inside is not None:
        cursor, open_portfolio = inside[0], False  # the office that a spokesman speaks for
    while cursor < min(stop, head_end + _TAIL_UNITS):
        unit, before = reading.units[cursor], reading.low(cursor - 1)
        if unit.name is not None:
            if unit.name.type == "PER":
                person = unit.name
                break
            if not recipients or before == "untuk":
                recipients.append(unit.name)
            elif before == "di" and place is None:
                place = unit.name
            open_portfolio = False
        elif unit.low == "(":
            closing = next((k for k in range(cursor, min(stop, cursor + 9)) if reading.low(k) == ")"), None)
            if closing is None:
                break
            cursor = closing
        elif unit.low in words("ranks"):
            open_portfolio = open_portfolio and unit.low == "besar"
        elif unit.low == ",":
            if not _goes_on(reading, cursor, stop, open_portfolio):
                break
        elif unit.kind == "number" or unit.low in {"pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh"}:
            ordinal = ordinal or unit.kind == "word" or before == "-"
        elif unit.kind == "time":
            former = True
        elif unit.kind == "word" and unit.capital:
            if head_at(reading, cursor, stop) is not None and cursor > head_end:
                break
            if recipients and headline and unit.low not in group("office through"):
                break  # `Gubernur Maruna Gugat Rini`: a headline writes its verb with a capital too
            if open_portfolio:
                end = cursor + 1
        elif unit.low not in group("office through") and not (unit.low == "." and before in words("ranks")):
            if not (full in {"menteri", "wakil menteri", "pejabat"} and cursor - head_end < 3 and unit.kind == "word" and unit.low not in _BACK | group("office links")):
                break
            end = cursor + 1 if open_portfolio else end
        cursor += 1
    kind = _kind(reading, kind, full, head_end, end, recipients)
    return Office(kind, full, first, end, tuple(recipients), place, person, cursor, former or ordinal, at)


def _kind(reading: Reading, kind: str, full: str, head_end: int, end: int, recipients: list[Mention]) -> str:
    """A head is of a unit when a unit's word follows it; a member sits in a parliament or belongs to a body."""
    if kind == "member":
        body = " ".join(reading.text[m.span.start : m.span.end] for m in recipients).casefold()
        return "holds-office" if any(p in body for p in _PARLIAMENTS) else "member-of"
    if kind == "leads" and end > head_end and reading.low(head_end) in group("units of a body"):
        return "holds-office"
    if full == "sekretaris jenderal" and recipients and recipients[0].span.of(reading.text).casefold() in {"pbb", "nato", "asean", "perserikatan bangsa-bangsa"}:
        return "leads"
    if full == "gubernur" and recipients and recipients[0].type == "ORG" and "bank" in recipients[0].span.of(reading.text).casefold():
        return "leads"
    return kind


def _goes_on(reading: Reading, comma: int, stop: int, open_portfolio: bool) -> bool:
    """Whether an office phrase runs on past a comma: to its person, or inside a list of portfolios."""
    if comma + 1 >= stop:
        return False
    after = reading.units[comma + 1]
    if after.low == "dan" and comma + 2 < stop:
        return open_portfolio and reading.units[comma + 2].capital
    if after.name is not None:
        return after.name.type == "PER"
    if after.low in words("ranks"):
        return True
    if not open_portfolio or not after.capital or head_at(reading, comma + 1, stop) is not None:
        return False
    return any(reading.low(k) == "dan" for k in range(comma + 1, min(stop, comma + 7)))


def _nested(reading: Reading, office: Office, start: int, stop: int) -> Office | None:
    """The office inside another: `Juru Bicara` of the `Sekretaris Jenderal PBB Antonio Guterres`."""
    if office.full not in _OF_AN_OFFICE:
        return None
    head_end = office.head_first + len(office.full.split())
    head = head_at(reading, head_end, stop) if head_end < stop else None
    if head is None:
        return None
    inner = _read_office(reading, head_end, head, start, stop)
    return inner if inner.person is not None else None


def _person_after(reading: Reading, at: int, stop: int) -> Mention | None:
    """The person after a nested office's own: `Antonio Guterres, Farhan Haq`."""
    for cursor in range(at + 1, min(stop, at + 6)):
        unit = reading.units[cursor]
        if unit.name is not None:
            return unit.name if unit.name.type == "PER" else None
        if unit.low != "," and unit.low not in words("ranks"):
            return None
    return None


def _person_before(reading: Reading, office: Office, start: int) -> tuple[Mention | None, bool]:
    """The person that a comma or linking words tie to the office after them; whether it is past."""
    first = office.first
    cursor, linked, past, closing = first - 1, False, False, 0
    while cursor >= start and first - cursor < 12:
        unit = reading.units[cursor]
        if unit.name is not None:
            if unit.name.type != "PER":
                return None, False
            agent = _agent_of_a_passive(reading, cursor, start) if linked else None
            if agent is not None:
                return _named_before(reading, agent), past
            if closing and not linked and _is_only_its_source(reading, cursor, office, start):
                return None, False
            return unit.name, past
        if unit.low in _FORMER or unit.low in _ACTING or unit.kind in {"time", "number"}:
            pass
        elif unit.low in group("office links"):
            linked, past = True, past or unit.low in _WAS
        elif unit.low in {"ia", "dia", "beliau", "dirinya"} and linked:
            return _named_before(reading, cursor), past
        elif unit.low == "," and closing == 0:
            closing = 1
        else:
            return None, False
        cursor -= 1
    return None, False


def _agent_of_a_passive(reading: Reading, at: int, start: int) -> int | None:
    """Where the passive stands whose agent is the person at unit ``at``: in `Rini ditunjuk Presiden Tono sebagai` it is not he who gets the office."""
    for cursor in range(at - 1, max(start, at - 6) - 1, -1):
        low = reading.low(cursor)
        if low in group("appointed"):
            return cursor
        if low != "oleh" and not reading.units[cursor].capital and low not in words("ranks"):
            return None
    return None


def _is_only_its_source(reading: Reading, at: int, office: Office, start: int) -> bool:
    """Whether the person before a comma is but whose word it is: `menurut Rini, pemilik tidak tahu` says nothing of Rini's office."""
    before = at - 1
    while before > start and (reading.low(before) in words("ranks") or reading.low(before) == "."):
        before -= 1
    return reading.low(before) == "menurut" and reading.low(office.stop) not in {",", ".", ")"}


def _named_before(reading: Reading, at: int) -> Mention | None:
    """The nearest person named before unit ``at``, but for those whom a phrase before the subject names: `Di partai Tono itu, ia ...`."""
    sentence = reading.units[at].sentence
    for cursor in range(at - 1, max(-1, at - 250), -1):
        unit = reading.units[cursor]
        if unit.name is not None and unit.name.type == "PER" and not (unit.sentence == sentence and _is_in_front(reading, cursor, at)):
            return unit.name
    return None


def _is_in_front(reading: Reading, at: int, subject: int) -> bool:
    """Whether the name at unit ``at`` stands in a phrase that a preposition opens and a comma parts from what begins at ``subject``."""
    if not any(reading.low(k) == "," for k in range(at + 1, subject)):
        return False
    for cursor in range(at - 1, reading.around(at)[0] - 1, -1):
        if reading.low(cursor) in {",", "bahwa"}:
            return False
        if reading.low(cursor) in group("prepositions"):
            return True
    return False


def _once_each(reading: Reading, holdings: tuple[Holding, ...]) -> Iterator[Draft]:
    """One draft for each office of a person: the place in the body that says most."""
    best: dict[tuple[str, str], tuple[tuple[int, int, int, int], Draft]] = {}
    for holding in holdings:
        office, person, tense = holding.office, holding.person, holding.tense
        if not office.recipients and (office.type == "member-of" or office.full in _RANKS_TOO):
            continue  # `Kapten Rini` flies or sails, or holds a rank; `kapten tim Norlandia` leads
        trigger = reading.span(office.first, office.end)
        participants = [Participant("actor", person.span, person.entity or None)]
        # nobody holds an office in himself, even where two names of one thing were read as person and body
        bodies = (m for m in office.recipients if not m.entity or m.entity != person.entity)
        participants += [Participant("recipient", m.span, m.entity or None) for m in bodies]
        if office.place is not None:
            participants.append(Participant("place", office.place.span, office.place.entity or None))
        who = person.entity or person.span.of(reading.text).casefold()
        kind = reading.kinds[reading.units[office.first].sentence]
        rank = (
            int(kind in {"paragraph", "lead"}),
            int(bool(office.recipients)),
            len(person.span),
            -office.first,
        )
        draft = Draft(office.type, trigger, office.first, office.end - 1, tuple(participants), 0.9, tense)
        key = (who, _class_of(reading, office))
        if key not in best or rank > best[key][0]:
            best[key] = (rank, draft)
    for _, draft in best.values():
        yield draft


def _class_of(reading: Reading, office: Office) -> str:
    """Under which name two phrases are one office: ministers of one person are one, chairs of two bodies are two."""
    if office.full.startswith(("menteri", "wakil menteri")):
        return office.full.split(" ")[0]
    if office.type in {"leads", "member-of"} or office.full in {"anggota", "wakil ketua", "hakim"}:
        body = office.recipients[0] if office.recipients else None
        return f"{office.full} {body.entity if body else ''}"
    return office.full
