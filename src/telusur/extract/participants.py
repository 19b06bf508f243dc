"""Who does what to whom, and where: the participants that the sentence around a trigger gives.

A sentence is first cut into chunks: names, and noun phrases that may take part (`pasukan Irak`, `tiga tersangka`),
each with the preposition before it. Rules then choose among them by the form of the trigger: in the active
(`menangkap`, `berunding`) the subject acts and the object is acted upon; in the passive (`ditangkap`, `terkepung`) the
subject is acted upon and the agent follows; a noun (`serangan Israel ke Gaza`) has its actor behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from telusur.lexicon import words
from telusur.model.claim import Participant, ParticipantRole
from telusur.model.layers import EntityType
from telusur.model.span import Span

from .units import Reading

Form = Literal["active", "passive", "noun", "done-noun"]

_PREPOSITIONS = frozenset(
    "di ke dari pada kepada terhadap atas oleh dengan bersama untuk bagi dalam melalui tentang soal mengenai terkait "
    "antara sejak hingga sampai selama menuju akibat karena menurut atas seperti tanpa melawan lewat usai setelah "
    "sebelum saat ketika demi guna sebagai selain termasuk tanpa sekitar".split()
)
_PLACING = frozenset({"di", "ke", "dari", "menuju"})
_STOPS = _PREPOSITIONS | frozenset(
    "yang dan serta atau tetapi tapi namun bahwa jika kalau bila apabila agar supaya sehingga maka lalu kemudian juga "
    "akan telah sudah sedang tengah masih belum tidak tak bukan jangan bisa dapat harus perlu ingin hendak mau bakal "
    "pernah sempat turut ikut saling hanya pun sangat lebih paling adalah ialah merupakan ada yakni yaitu kini "
    "kembali terus langsung segera resmi berhasil gagal diduga mulai terjadi jadi secara bahkan sementara sedangkan "
    "meski meskipun walaupun sambil seraya demikian kata ujar tutur ucap tegas jelas ungkap imbuh tambah papar oleh "
    "boleh mungkin pasti lagi nanti tadi baru sejauh di-".split()
)
_AFTER = frozenset({"itu", "ini", "tersebut"})
_QUANTIFIERS = frozenset(
    "para seorang sebuah sejumlah beberapa banyak puluhan ratusan ribuan seluruh semua kedua ketiga keempat dua tiga "
    "empat lima enam tujuh delapan sembilan sepuluh sebelas belasan sebagian berbagai setiap tiap ribu juta miliar "
    "lebih satu salah kelima".split()
)
_PRONOUNS = frozenset({"ia", "dia", "mereka", "beliau", "dirinya"})
_SPEAKERS = frozenset({"saya", "kami", "kita", "aku"})
_NOT_VERBS = frozenset(
    "menteri berita teroris terduga tersangka terdakwa terlapor direktur dinas diplomat merek media berbagai beberapa "
    "beras bermotor bersenjata mereka dinasti direksi terpidana bersama bersaudara meja metode bertiga berdua dia diri "
    "dirinya tersebut terhadap terkait tertentu terbaru terakhir terbesar terlarang bersangkutan medis".split()
)
_OBJECT_ACTS = frozenset(
    "meminta mendesak memerintahkan menyerukan mengajak mendorong memaksa melarang mengizinkan membantu mengimbau "
    "menginstruksikan menuntut menyuruh diminta didesak diperintahkan diimbau dipaksa menuduh dituduh membuat".split()
)
_RECEIVING = frozenset({"mendapat", "mendapatkan", "menerima", "mengalami", "memperoleh", "terkena", "menjalani"})
_LIGHT = _RECEIVING | frozenset(
    "melakukan melancarkan menggelar meluncurkan mengadakan memberikan memberi menjatuhkan mengikuti menyampaikan "
    "menjalin memulai melanjutkan membuka menyatakan melontarkan mengeluarkan melaksanakan mengajukan menyelenggarakan "
    "dilakukan menghadiri memimpin menyerukan membuat menolak menggelontorkan memperluas menyaksikan lakukan gelar beri".split()
)
_TOWARDS = frozenset({"ke", "terhadap", "atas", "pada", "kepada", "dengan", "bagi", "untuk", "melawan", "bersama", "soal", "antara", "di"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch that may take part. ``agent`` says that it can act; ``before`` is the preposition before it or ""."""

    first: int
    last: int
    span: Span
    entity: str | None
    type: EntityType | None
    agent: bool
    before: str


@cache
def is_verb(low: str) -> bool:
    """Whether a lower-case word looks like a verb by its prefix."""
    if low in _NOT_VERBS or len(low) < 5:
        return False
    return low.startswith(("me", "di", "ber", "ter")) and low not in words("agents")


def chunks(reading: Reading, start: int, stop: int) -> tuple[Chunk, ...]:
    """The chunks of one sentence (units ``start`` to ``stop``), in order."""
    found: list[Chunk] = []
    at = start
    while at < stop:
        chunk = _chunk_at(reading, at, start, stop)
        if chunk is None:
            at += 1
            continue
        found.append(chunk)
        at = chunk.last + 1
    return tuple(found)


def _chunk_at(reading: Reading, at: int, start: int, stop: int) -> Chunk | None:
    unit = reading.units[at]
    before = reading.low(at - 1) if at > start else ""
    preposition = before if before in _PREPOSITIONS else ""
    if unit.name is not None:
        return Chunk(at, at, unit.span, unit.name.entity or None, unit.name.type, True, preposition)
    if unit.kind not in {"word", "number"} or unit.low in _STOPS or is_verb(unit.low):
        return None
    if unit.low in _PRONOUNS | _SPEAKERS:
        return Chunk(at, at, unit.span, None, None, True, preposition)
    last, heads = at, unit.low in words("agents")
    for cursor in range(at + 1, min(stop, at + 6)):
        nxt = reading.units[cursor]
        if nxt.name is not None:
            if nxt.name.type == "PER" and (not heads or _titles(reading, at, cursor)):
                return None
            last = cursor
            break
        if nxt.kind not in {"word", "number"} or nxt.low in _STOPS or is_verb(nxt.low):
            break
        heads = heads or nxt.low in words("agents")
        last = cursor
        if nxt.low in _AFTER:
            break
    return Chunk(at, last, reading.span(at, last + 1), None, None, heads, preposition)


def _titles(reading: Reading, at: int, name: int) -> bool:
    """Whether the words before a person's name are his title rather than a group around him."""
    return reading.low(at) not in {"pemerintah", "pemerintahan", "pendukung", "keluarga", "kubu", "para", "tim", "rezim", "warga"}


def form_of(low: str) -> Form:
    """How a trigger's form casts its participants, by its prefix."""
    word = low.split()[0]
    if word.startswith("di") and len(word) > 4 and word not in {"dinas", "diskusi", "dialog"}:
        return "passive"
    if word.startswith("ter") and len(word) > 5 and word not in {"terima", "terjang", "teror", "terletak"}:
        return "passive"
    if word in {"tewas", "hilang", "meninggal", "gugur", "luka-luka", "tersangka", "mundur", "pensiun", "erupsi"}:
        return "passive"
    if word.startswith(("pem", "pen", "peng", "pe", "per")) and word.endswith("an") and len(word) > 6:
        return "noun" if word in {"perundingan", "pertemuan", "pertempuran", "peringatan", "perang", "pernyataan"} else "done-noun"
    if word.startswith(("me", "ber")) and len(word) > 4:
        return "active"
    if word.endswith("an") and len(word) > 5 and not word.endswith("kan"):
        return "noun"
    if word in words("bare-nouns"):
        return "noun"
    return "active"


def find_participants(
    reading: Reading, pieces: tuple[Chunk, ...], first: int, last: int, kind: str, speaker: Chunk | None
) -> tuple[Participant, ...]:
    """The participants of a trigger (units ``first`` to ``last``) of type ``kind`` among its sentence's chunks.

    ``speaker`` is who `saya` and `kami` are here, where the words stand in someone's mouth.
    """
    trigger = reading.span(first, last + 1).of(reading.text).casefold()
    outside = tuple(c for c in pieces if c.last < first or c.first > last)
    form = form_of(trigger)
    if kind in {"DISASTER", "family-of", "member-of", "allied-with", "capital-of", "part-of", "located-in"} and form == "active":
        form = "active"
    actors: list[Chunk] = []
    recipients: list[Chunk] = []
    subject = _subject(reading, outside, first)
    if form == "active":
        actors = _with_partners(reading, outside, subject)
        recipients = _objects(reading, outside, last)
    elif form == "passive":
        recipients = _with_partners(reading, outside, subject)
        actors = _agents(reading, outside, last)
    else:
        actors, recipients = _of_noun(reading, outside, first, last, form, subject)
    if kind == "DISASTER":
        recipients, actors = recipients or actors, []
    named = [*_resolved(reading, actors, "actor", first, speaker), *_resolved(reading, recipients, "recipient", first, speaker)]
    taken = {p.span for p in named}
    places = [Participant("place", c.span, c.entity) for c in _places(reading, outside, first, last) if c.span not in taken]
    return _unlike(named) + tuple(places)


def _subject(reading: Reading, pieces: Iterable[Chunk], first: int) -> Chunk | None:
    """The chunk that is the subject of the word at ``first``."""
    left = [c for c in pieces if c.last < first]
    bound = first
    while left:
        chunk = left.pop()
        if chunk.before and chunk.before not in {"oleh", "bahwa"}:
            bound = chunk.first
            continue
        verb = reading.low(chunk.first - 1)
        between = {reading.low(k) for k in range(chunk.last + 1, first)}
        governed = is_verb(verb) and not verb.startswith(("ter",))
        if governed and "yang" not in {reading.low(chunk.last + 1)}:
            if verb in _OBJECT_ACTS and between & {"untuk", "agar", "supaya", "karena", "atas"}:
                return chunk
            if between & {"untuk", "dan", "serta", ",", "lalu", "kemudian", "dengan", "sambil", "hingga", "agar", "usai", "setelah"} or verb in _LIGHT:
                continue
        return chunk
    return None


def _with_partners(reading: Reading, pieces: Iterable[Chunk], chunk: Chunk | None) -> list[Chunk]:
    """A subject with those joined to it before it: `Hamas dan Israel`."""
    if chunk is None:
        return []
    joined = [chunk]
    for other in reversed([c for c in pieces if c.last < chunk.first]):
        gap = [reading.low(k) for k in range(other.last + 1, joined[0].first)]
        if gap in (["dan"], ["serta"], [",", "dan"], ["bersama"]) or (gap == [","] and len(joined) > 1):
            if other.before and other.before not in {"antara", "oleh"}:
                break
            joined.insert(0, other)
            continue
        break
    return joined


def _run_on(reading: Reading, right: list[Chunk]) -> list[Chunk]:
    """The first of ``right`` and those joined to it after it."""
    joined = right[:1]
    for other in right[1:]:
        gap = [reading.low(k) for k in range(joined[-1].last + 1, other.first)]
        if gap in (["dan"], ["serta"], [",", "dan"], [",", "serta"]) or (gap == [","] and other.type == joined[-1].type is not None):
            joined.append(other)
            continue
        if gap and gap[0] == "(" and gap[-1] != ")" and other.type is not None:
            continue
        break
    return joined


def _objects(reading: Reading, pieces: Iterable[Chunk], last: int) -> list[Chunk]:
    """What stands after an active verb, directly or after `kepada`, `terhadap`, `dengan`."""
    right = [c for c in pieces if c.first > last]
    if not right:
        return []
    gap = [reading.low(k) for k in range(last + 1, right[0].first)]
    if any(g in {"bahwa", "agar", "supaya", "untuk", ".", ":", "di", "ke", "dari", "saat", "karena", "pada", "yang"} for g in gap) or len(gap) > 7:
        if not (gap and gap[-1] in {"terhadap", "dengan", "kepada", "atas"} and len(gap) < 6):
            return []
    return _run_on(reading, right)


def _agents(reading: Reading, pieces: Iterable[Chunk], last: int) -> list[Chunk]:
    """Who did what the passive says: after `oleh`, or directly after the verb."""
    right = [c for c in pieces if c.first > last]
    if right and right[0].first == last + 1 and right[0].agent:
        return _run_on(reading, right)
    for number, chunk in enumerate(right):
        if chunk.first - last > 14:
            break
        if chunk.before == "oleh":
            return _run_on(reading, right[number:])
    return []


def _of_noun(
    reading: Reading, pieces: tuple[Chunk, ...], first: int, last: int, form: Form, subject: Chunk | None
) -> tuple[list[Chunk], list[Chunk]]:
    """Actors and recipients of an event that a noun names."""
    right = [c for c in pieces if c.first > last]
    actors: list[Chunk] = []
    recipients: list[Chunk] = []
    if right and right[0].first == last + 1 and (right[0].type is not None or right[0].agent):
        if form == "done-noun":
            recipients = _run_on(reading, right)
        else:
            actors = _run_on(reading, right)
    for number, chunk in enumerate(right):
        if chunk.first - last > 8:
            break
        if chunk.before == "oleh" and not actors:
            actors = _run_on(reading, right[number:])
        elif chunk.before in _TOWARDS and not recipients and (chunk.type is not None or chunk.agent):
            recipients = _run_on(reading, right[number:])
    if not actors and subject is not None:
        verbs = [reading.low(k) for k in range(subject.last + 1, first) if is_verb(reading.low(k))]
        if verbs and verbs[-1] in _RECEIVING and not recipients:
            recipients = [subject]
        elif verbs and verbs[-1] in _LIGHT:
            actors = _with_partners(reading, pieces, subject)
    return actors, recipients


def _places(reading: Reading, pieces: Iterable[Chunk], first: int, last: int) -> Iterator[Chunk]:
    """Places told after the trigger in its sentence, else the one told before it: `di Batujajar, Bandung`."""
    named = [c for c in pieces if c.type in {"LOC", "ORG"}]
    after = [c for c in named if c.first > last and c.first - last < 16]
    for number, chunk in enumerate(after):
        if chunk.before in _PLACING and chunk.type == "LOC":
            yield chunk
            end = chunk.last
            for other in after[number + 1 :]:
                if other.type == "LOC" and [reading.low(k) for k in range(end + 1, other.first)] in ([","], ["dan"], [",", "dan"]):
                    yield other
                    end = other.last
                else:
                    break
            return
    for chunk in reversed([c for c in named if c.last < first]):
        if chunk.before in {"di", "dari"} and chunk.type == "LOC" and first - chunk.last < 12:
            yield chunk
            return


def _resolved(
    reading: Reading, given: list[Chunk], role: ParticipantRole, first: int, speaker: Chunk | None
) -> Iterator[Participant]:
    """Participants from chunks, pronouns replaced by whom they mean."""
    for chunk in given:
        low = chunk.span.of(reading.text).casefold()
        if low in _SPEAKERS:
            if speaker is not None:
                yield Participant(role, speaker.span, speaker.entity)
            continue
        if low in _PRONOUNS:
            meant = _meant(reading, chunk.first, low == "mereka")
            if meant is not None:
                yield meant_as(meant, role)
            continue
        yield Participant(role, chunk.span, chunk.entity)


def meant_as(participant: Participant, role: ParticipantRole) -> Participant:
    """The same participant in another role."""
    return Participant(role, participant.span, participant.entity)


def _meant(reading: Reading, at: int, many: bool) -> Participant | None:
    """The nearest name before a pronoun that fits it: a body for `mereka`, a person for `ia`."""
    for cursor in range(at - 1, max(-1, at - 150), -1):
        name = reading.units[cursor].name
        if name is not None and (name.type == "ORG" if many else name.type == "PER"):
            return Participant("actor", name.span, name.entity or None)
    return None


def _unlike(given: list[Participant]) -> tuple[Participant, ...]:
    """Each thing once: whoever acts is not also acted upon."""
    kept: list[Participant] = []
    for one in given:
        if any(one.span == k.span or (one.entity is not None and one.entity == k.entity) for k in kept):
            continue
        kept.append(one)
    return tuple(kept)
