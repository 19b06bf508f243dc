"""Who does what to whom, and where: the participants that the sentence around a trigger gives.

Comes in: a trigger and the chunks of its sentence. Rules choose by the trigger's form: in the active (`menangkap`,
`berunding`) the subject acts and the object is acted upon; in the passive (`ditangkap`, `terkepung`) the subject is acted
upon and the agent follows; a noun (`serangan Israel ke Gaza`) has its actor behind it, `penangkapan X oleh Y` its object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from telusur.lexicon import words
from telusur.model.claim import Participant, ParticipantRole
from telusur.model.layers import Mention

from .chunks import PRONOUNS, SPEAKERS, Chunk, is_verb, name_before
from .grammar import group
from .units import Reading

Form = Literal["active", "passive", "noun", "deed"]

_PLACING = frozenset({"di", "ke", "dari", "menuju"})
_RECEIVING = frozenset({"mendapat", "mendapatkan", "menerima", "mengalami", "memperoleh", "terkena", "menjalani", "dikenakan"})
"""Words that make the noun after them the setting of a verb, not what is done: `berjalan di lokasi serangan`."""
_TOWARDS = frozenset({"ke", "terhadap", "atas", "pada", "kepada", "dengan", "bagi", "melawan", "bersama", "untuk"})
_SAME_CLAUSE = frozenset({"untuk", "dan", "serta", ",", "lalu", "kemudian", "dengan", "sambil", "hingga", "agar", "usai", "setelah", "guna", "demi"})
_NAME_WANTED = frozenset({"ACCUSE", "SUPPORT", "THREATEN", "REQUEST"})
_RELATIONS = frozenset({"allied-with", "rival-of", "family-of", "same-as", "member-of", "capital-of", "part-of"})
_THINGS_CHANGE = frozenset({"POLICY"})
_SUBJECT_SUFFERS = frozenset({"tewas", "hilang", "meninggal", "gugur", "luka-luka", "tersangka", "mundur", "pensiun", "bersalah", "jatuh"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules see of one trigger: its sentence's chunks, its units and type, and who speaks here."""

    reading: Reading
    pieces: tuple[Chunk, ...]
    first: int
    last: int
    kind: str
    speaker: Chunk | None = None
    body: Mention | None = None
    """For whom the speaker speaks: `pihaknya` is his body's."""


@lru_cache(maxsize=1 << 14)
def form_of(low: str) -> Form:
    """How a trigger's form casts its participants, by its first word."""
    word = low.split()[0]
    if word in _SUBJECT_SUFFERS:
        return "passive"
    if word in words("bare-nouns"):
        return "noun"
    if is_verb(word):
        if word.startswith("di") or (word.startswith("ter") and word not in {"terletak", "terjadi"}):
            return "passive"
        return "active"
    if word.endswith("an") and len(word) > 5 and not word.endswith("kan"):
        if word.startswith("pe") and word not in {"perundingan", "pertemuan", "pertempuran", "peringatan", "pembicaraan"}:
            return "deed"
        return "noun"
    return "active"


def find_participants(scene: Scene) -> tuple[Participant, ...]:
    """The participants of a trigger among its sentence's chunks: actors, recipients, places."""
    actors, recipients = _cast(scene)
    named = [*_resolved(scene, actors, "actor"), *_resolved(scene, recipients, "recipient")]
    taken = {p.span for p in named}
    places = [Participant("place", c.span, c.entity) for c in _places(scene) if c.span not in taken]
    return _unlike(named) + tuple(places)


def _cast(scene: Scene) -> tuple[list[Chunk], list[Chunk]]:
    """Actors and recipients by the trigger's type and form."""
    reading, pieces, first, last = scene.reading, scene.pieces, scene.first, scene.last
    low = reading.span(first, last + 1).of(reading.text).casefold()
    form = form_of(low)
    if scene.kind in _RELATIONS and not is_verb(low.split()[0]):
        return _related(reading, pieces, first, last)
    if scene.kind == "located-in":
        return _partners(reading, pieces, _subject(reading, pieces, first)), list(_places(scene))
    if scene.kind == "DISASTER":
        return [], _hit(reading, pieces, first, last, low, form)
    subject = _subject(reading, pieces, first)
    if form == "active":
        return _by_type(scene, low, _partners(reading, pieces, subject), _objects(reading, pieces, last))
    if form == "passive":
        actors = _agents(reading, pieces, last)
        if scene.kind == "RETREAT":
            return _partners(reading, pieces, subject), []
        return actors or _behind(reading, pieces, last), _partners(reading, pieces, subject)
    actors, recipients = _of_noun(reading, pieces, first, last, form, subject)
    if scene.kind == "ASSAULT":
        recipients = _victims(reading, pieces, last) or _fallen(reading, pieces, first) or recipients
    return actors, recipients


def _by_type(
    scene: Scene, low: str, actors: list[Chunk], recipients: list[Chunk]
) -> tuple[list[Chunk], list[Chunk]]:
    """What some types want of an active verb: a plan has no object, a figure is none, what rises is acted upon."""
    units = scene.reading.units
    if scene.kind == "plans":
        return actors, []
    if scene.kind == "REQUEST":
        asked = [c for c in recipients if c.agent or c.inner is not None]
        return actors, asked or _asked(scene.reading, scene.pieces, scene.last)
    if scene.kind in {"ECONOMY", "RETREAT"} or not low.startswith("me"):
        if not low.startswith("me"):
            recipients = [c for c in recipients if c.agent]
        recipients = [c for c in recipients if units[c.first].kind != "number" and units[c.first].low not in {"rp", "usd", "us"}]
    if scene.kind in _THINGS_CHANGE and actors and not recipients and not actors[0].agent:
        return [], actors
    return actors, recipients


def _related(reading: Reading, pieces: tuple[Chunk, ...], first: int, last: int) -> tuple[list[Chunk], list[Chunk]]:
    """Who stands in a relation to whom: `X, sekutu Y`, `X adalah kader Y`, `anak Y, X`."""
    right = [c for c in pieces if c.first > last]
    recipients: list[Chunk] = []
    actors: list[Chunk] = []
    if right and right[0].first - last < 4 and not any(reading.low(k) in {",", "."} for k in range(last + 1, right[0].first)):
        recipients = _run_on(reading, right)
        rest = [c for c in right if c.first > recipients[-1].last]
        if rest and rest[0].type == "PER" and rest[0].first - recipients[-1].last < 4:
            gap = {reading.low(k) for k in range(recipients[-1].last + 1, rest[0].first)}
            actors = rest[:1] if gap <= {",", "(", ")"} | words("ranks") else []
    if not actors:
        actors = _partners(reading, pieces, _subject(reading, pieces, first))
    return actors, recipients


def _hit(reading: Reading, pieces: tuple[Chunk, ...], first: int, last: int, low: str, form: Form) -> list[Chunk]:
    """Whom or what a disaster hit: the object of `melanda`, the subject of `tenggelam`, the thing after `kebakaran`."""
    word = low.split()[0]
    if form == "active" and word.startswith("me") and word not in _SUBJECT_SUFFERS:
        return [c for c in _objects(reading, pieces, last) if c.type != "LOC" or c.before not in _PLACING]
    if form in {"noun", "deed"} or word in words("calamities"):
        right = [c for c in pieces if c.first > last]
        if right and right[0].first == last + 1:
            return right[:1]
        return _victims(reading, pieces, last)
    return _partners(reading, pieces, _subject(reading, pieces, first))


def _asked(reading: Reading, pieces: tuple[Chunk, ...], last: int) -> list[Chunk]:
    """Of whom something is asked: `menyerukan agar warga mengungsi`."""
    for chunk in pieces:
        if last < chunk.first < last + 6 and chunk.agent and reading.low(chunk.first - 1) in {"agar", "supaya", "kepada"}:
            return _run_on(reading, [c for c in pieces if c.first >= chunk.first])
    return []


def _behind(reading: Reading, pieces: tuple[Chunk, ...], last: int) -> list[Chunk]:
    """Who is behind what killed: `tewas akibat serangan Israel`, the name inside the cause."""
    for chunk in pieces:
        if last < chunk.first < last + 8 and chunk.before in {"akibat", "dalam", "oleh"} and chunk.inner is not None:
            inner = chunk.inner
            return [Chunk(chunk.first, chunk.last, inner.span, inner.entity or None, inner.type, True, "")]
    return []


def _fallen(reading: Reading, pieces: tuple[Chunk, ...], first: int) -> list[Chunk]:
    """Who fell in what the noun names: `tiga warga tewas dalam serangan`."""
    for cursor in range(first - 1, max(0, first - 5), -1):
        if reading.low(cursor) in {"tewas", "terbunuh", "terluka", "meninggal", "gugur"}:
            return _partners(reading, pieces, _subject(reading, pieces, cursor))
    return []


def _victims(reading: Reading, pieces: tuple[Chunk, ...], last: int) -> list[Chunk]:
    """The object of what an event goes on to do: `serangan itu menewaskan tiga orang`."""
    right = [c for c in pieces if c.first > last]
    for number, chunk in enumerate(right):
        if chunk.first - last > 16:
            break
        if reading.low(chunk.first - 1) in group("harming"):
            return _run_on(reading, right[number:])
    return []


def _subject(reading: Reading, pieces: Iterable[Chunk], first: int) -> Chunk | None:
    """The chunk that is the subject of the word at ``first``: agents before things, never an object of another verb."""
    left = [c for c in pieces if c.last < first]
    thing: Chunk | None = None
    for chunk in reversed(left):
        after = reading.low(chunk.last + 1)
        relative = after == "yang" or (after == "," and reading.low(chunk.last + 2) == "yang")
        if chunk.before and not relative:
            continue
        verb = reading.low(chunk.first - 1)
        between = {reading.low(k) for k in range(chunk.last + 1, first)}
        if is_verb(verb) and not relative:
            if verb in group("object acts") and (between & {"untuk", "agar", "supaya", "karena", "atas"} or chunk.last == first - 1):
                return chunk
            if between & _SAME_CLAUSE or chunk.last < first - 1:
                continue
        if chunk.agent:
            return chunk
        thing = thing or chunk
        if relative:
            return chunk
    return thing


def _partners(reading: Reading, pieces: Iterable[Chunk], chunk: Chunk | None) -> list[Chunk]:
    """A subject with those joined to it before it: `Hamas dan Israel`."""
    if chunk is None:
        return []
    joined = [chunk]
    for other in reversed([c for c in pieces if c.last < chunk.first]):
        gap = [reading.low(k) for k in range(other.last + 1, joined[0].first)]
        if gap in (["dan"], ["serta"], [",", "dan"], ["bersama"]) or (gap == [","] and len(joined) > 1):
            if other.before and other.before not in {"antara", "oleh"} and chunk.before != other.before:
                break
            if reading.low(other.last) in group("befalls"):  # `sebuah kapal tenggelam dan tiga awaknya tewas`: two clauses
                break
            joined.insert(0, other)
            continue
        break
    return joined


def _run_on(reading: Reading, right: list[Chunk]) -> list[Chunk]:
    """The first of ``right`` and those joined to it after it."""
    joined = right[:1]
    for other in right[1:]:
        if reading.low(other.last + 1) in group("befalls"):  # `menangkap dua orang dan tiga lainnya terluka`
            break
        gap = [reading.low(k) for k in range(joined[-1].last + 1, other.first)]
        if gap in (["dan"], ["serta"], [",", "dan"], [",", "serta"]) or (gap == [","] and other.type == joined[-1].type is not None):
            joined.append(other)
        elif gap == ["("] and other.type is not None:
            continue
        else:
            break
    return joined


def _objects(reading: Reading, pieces: Iterable[Chunk], last: int) -> list[Chunk]:
    """What stands after an active verb, directly or after `kepada`, `terhadap`, `dengan`."""
    right = [c for c in pieces if c.first > last]
    if not right:
        return []
    gap = [reading.low(k) for k in range(last + 1, right[0].first)]
    if gap and gap[-1] in {"terhadap", "dengan", "kepada", "atas", "melawan"} and len(gap) < 5:
        return _run_on(reading, right)
    if len(gap) > 3 or any(g in group("object ends") or is_verb(g) for g in gap):
        return []
    return _run_on(reading, right)


def _agents(reading: Reading, pieces: Iterable[Chunk], last: int) -> list[Chunk]:
    """Who did what the passive says: directly after the verb, or after `oleh`."""
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
    if right and right[0].first == last + 1 and (right[0].agent or form == "deed"):
        if form == "deed":
            recipients = _run_on(reading, right)
        else:
            actors = _run_on(reading, right)
    for number, chunk in enumerate(right):
        if chunk.first - last > 8:
            break
        gap = {reading.low(k) for k in range(last + 1, chunk.first)}
        theirs = chunk.before == "antara" or (chunk.before in {"oleh", "dari"} and chunk.agent and chunk.type != "LOC")
        towards = chunk.before in _TOWARDS and not gap & {",", "yang", "dan"}
        if theirs and not actors:
            actors = _run_on(reading, right[number:])
        elif towards and not recipients and (chunk.agent or chunk.before in {"terhadap", "atas", "kepada"}):
            recipients = _run_on(reading, right[number:])
    if not actors and subject is not None:
        lead = [reading.low(k) for k in range(max(subject.last + 1, first - 4), first)]
        verbs = [] if group("setting only").intersection(lead) else [w for w in lead if is_verb(w)]
        if verbs and verbs[-1] in _RECEIVING and not recipients:
            recipients = _partners(reading, pieces, subject)
        elif verbs and verbs[-1] not in group("no light verb") and verbs[-1].startswith("me"):
            actors = _partners(reading, pieces, subject)
    return actors, recipients


def _places(scene: Scene) -> Iterator[Chunk]:
    """Places told after the trigger in its sentence, else the one told before it: `di Batujajar, Bandung`."""
    reading, first, last = scene.reading, scene.first, scene.last
    named = [c for c in scene.pieces if c.type == "LOC"]
    after = [c for c in named if c.first > last and c.first - last < 16]
    for number, chunk in enumerate(after):
        if chunk.before not in _PLACING:
            continue
        yield chunk
        end = chunk.last
        for other in after[number + 1 :]:
            if [reading.low(k) for k in range(end + 1, other.first)] not in ([","], ["dan"], [",", "dan"], []):
                break
            yield other
            end = other.last
        return
    for chunk in reversed([c for c in named if c.last < first]):
        if chunk.before in {"di", "dari"} and first - chunk.last < 12:
            yield chunk
            return


def _resolved(scene: Scene, given: list[Chunk], role: ParticipantRole) -> Iterator[Participant]:
    """Participants from chunks: pronouns replaced by whom they mean, deeds by whose they are."""
    for chunk in given:
        if chunk.inner is not None and not chunk.agent and scene.kind in _NAME_WANTED:
            yield Participant(role, chunk.inner.span, chunk.inner.entity or None)
            continue
        one = resolve_chunk(scene, chunk)
        if one is not None:
            yield Participant(role, one.span, one.entity)


def resolve_chunk(scene: Scene, chunk: Chunk) -> Participant | None:
    """The chunk as a participant (of any role); for a pronoun whom it means, None where nobody fits."""
    low = chunk.span.of(scene.reading.text).casefold()
    if low == "pihaknya" and scene.body is not None:
        return Participant("actor", scene.body.span, scene.body.entity or None)
    if low in SPEAKERS:
        return Participant("actor", scene.speaker.span, scene.speaker.entity) if scene.speaker is not None else None
    if low in PRONOUNS:
        name = name_before(scene.reading, chunk.first, ("ORG",) if low == "mereka" else ("PER",))
        return Participant("actor", name.span, name.entity or None) if name is not None else None
    return Participant("actor", chunk.span, chunk.entity)


def _unlike(given: list[Participant]) -> tuple[Participant, ...]:
    """Each thing once: whoever acts is not also acted upon."""
    kept: list[Participant] = []
    for one in given:
        if any(one.span == k.span or (one.entity is not None and one.entity == k.entity) for k in kept):
            continue
        kept.append(one)
    return tuple(kept)
