"""The hands through which words passed: origins before the speaker, relays after.

In comes the place of a cue; out go the links that its sentence writes, each with the words that show it:
`seperti dikutip dari Antara`, `kepada Kompas.com`, `dalam wawancara dengan Reuters` name relays,
`berdasarkan keterangan Rini`, `dari informasi warga` origins.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from telusur.model.claim import ChainLink
from telusur.model.signals import Argument
from telusur.model.span import Span

from .carriers import carrier_kind, is_channel, is_written_small
from .cues import carrying_words
from .phrases import read_phrase
from .units import Reading
from .wordkinds import clause_words

_FILLERS = frozenset({"dari", "oleh", "kantor", "berita", "media", "stasiun", "televisi", "surat", "kabar", "harian", "laman", "situs", "kanal", "akun", "platform", "sosial", "unggahan", "majalah", "portal", "video", "laporan", "koran", "tv", "youtube", "siaran", "wawancara", "dengan", "resmi", "pribadi", "di", "melalui", "resminya", "pribadinya", "saluran", "aplikasi", "pesan", "radio"})
_MEDIA_WORDS = frozenset({"berita", "stasiun", "televisi", "kabar", "harian", "laman", "situs", "majalah", "portal", "koran", "media", "radio"})
_TOLD = frozenset({"kepada", "dikonfirmasi", "dihubungi", "diterima", "ditemui", "dijumpai", "pada", "tahu"})
_TALK = frozenset({"wawancara", "wawancaranya", "berbincang", "perbincangan"})
"""Before `dengan`."""
_PLACED = frozenset({"di", "melalui", "lewat", "via", "platform", "kanal", "akun", "unggahan", "aplikasi"})
_CARRIED_BEFORE = frozenset({"seperti", "sebagaimana", "demikian", "yang", "sebagai"})
_LONGEST_LINK = 8
_LONGEST_NAME = 4
_HEARD_ALONE = 0.5
"""From where on the model's word for a relay is enough. Of 12 such on readings that it had not learnt from, 9 were relays."""


def find_relays(reading: Reading, low: int, high: int, heard: tuple[Argument, ...] | None = None) -> tuple[ChainLink, ...]:
    """The relays written in units ``[low, high)``, in the order of the text, each once.

    ``heard``: what the model takes for relays, None where it was not asked. A place alone (`di Facebook`) shows a relay
    only where the model takes it for one too: words may as well be about what is there.
    """
    out: list[ChainLink] = []
    begin = _begin_relays()
    for at in range(low, high):
        for link in _relays_at(reading, at, high) if reading.low(at) in begin else ():
            only_placed = heard is not None and reading.low(at) in _PLACED and not any(a.span.overlaps(link.span) for a in heard)
            if not only_placed and all(link.span != known.span for known in out):
                out.append(link)
    return tuple(out)


def heard_relays(reading: Reading, heard: tuple[Argument, ...]) -> tuple[ChainLink, ...]:
    """The relays that the model hears and no rule reads, where they are written as a name: `di acara Kabar Pagi`."""
    out: list[ChainLink] = []
    for argument in heard:
        at, last = reading.first_at(argument.span), reading.last_at(argument.span)
        if argument.score < _HEARD_ALONE or at is None or last is None:
            continue
        first, whole = reading.units[at], argument.span.of(reading.text)
        person = any(u.name is not None and u.name.type == "PER" for u in reading.units[at : last + 1])
        if first.span.start == argument.span.start and not person and (first.capital or carrier_kind(whole)):
            entity = first.name.entity or None if first.name is not None and first.name.span == argument.span else None
            out.append(ChainLink("relay", argument.span, entity, "written", argument.span))
    return tuple(out)


@cache
def _begin_relays() -> frozenset[str]:
    """The words that relays can be written behind: few of a text."""
    return carrying_words().union(_TOLD, _PLACED, ("dengan", "termasuk"))


def _relays_at(reading: Reading, at: int, high: int) -> Iterator[ChainLink]:
    unit = reading.units[at]
    if unit.low in carrying_words():
        yield from _links_after(reading, at, high, known_only=unit.low not in ("dikutip", "dilansir", "mengutip", "melansir", "dinukil"))
    elif unit.low in _TOLD or unit.low in _PLACED or (unit.low == "dengan" and reading.low(at - 1) in _TALK) or _is_among_reporters(reading, at):
        yield from _links_after(reading, at, high, known_only=True)


def _is_among_reporters(reading: Reading, at: int) -> bool:
    """`kepada wartawan, termasuk Okezone`."""
    return reading.low(at) == "termasuk" and "wartawan" in (reading.low(at - 1), reading.low(at - 2))


def _links_after(reading: Reading, at: int, high: int, *, known_only: bool) -> Iterator[ChainLink]:
    start = at
    if reading.low(at - 1) in _CARRIED_BEFORE:
        start = at - 1
    here = at + 1
    while here < min(high, at + _LONGEST_LINK) and reading.low(here) in _FILLERS and reading.units[here].name is None:
        known_only = known_only and reading.low(here) not in _MEDIA_WORDS
        here += 1
    while here < high:
        end = _name_end(reading, here, high)
        span = reading.span(here, end) if end > here else None
        kind = carrier_kind(span.of(reading.text)) if span is not None else None
        owner = _name_end(reading, end, high) if kind == "platform" else end
        if owner > end and is_channel(reading.span(end, owner).of(reading.text)):
            here, known_only = end, False  # `kanal YouTube Kompas TV`: the outlet whose channel it is
            continue
        if span is None or (known_only and kind is None):
            return
        name = reading.units[here].name
        entity = name.entity or None if name is not None else None
        yield ChainLink("relay", span, entity, "written", Span(reading.units[start].span.start, span.end))
        if end + 1 < high and reading.low(end) in ("dan", "dari") and reading.units[end + 1].capital:
            here, known_only = end + 1, True
        else:
            return


def _name_end(reading: Reading, at: int, high: int) -> int:
    """The unit after a name that carries words: a marked one that is no person's, else capitals that nobody marked."""
    name = reading.units[at].name
    if name is not None:
        return at if name.type == "PER" else at + 1
    end = at
    if at < high and len(reading.low(at)) > 1 and is_written_small(reading.units[at].span.of(reading.text)):
        return at + 1
    while end < min(high, at + _LONGEST_NAME) and reading.units[end].capital and reading.units[end].kind in ("word", "name"):
        if (inside := reading.units[end].name) is not None and inside.type == "PER":
            break
        end += 1
    while end + 1 < high and end > at and reading.low(end) == "." and reading.low(end + 1) in ("com", "id", "co", "tv"):
        end += 2
    return end


_GROUND = frozenset({"berdasarkan", "dari", "menurut"})
_GROUND_NOUNS = frozenset({"keterangan", "laporan", "informasi", "pengakuan", "penjelasan", "kesaksian", "pernyataan"})
_RECEIVED = ("mendapat", "menerima", "memperoleh")
_NEWS = frozenset({"informasi", "laporan", "kabar", "keterangan", "bocoran", "info", "berita", "data"})
_FURTHEST_GIVER = 16


def find_origins(reading: Reading, low: int, high: int, apart_from: Span) -> tuple[ChainLink, ...]:
    """Where the speaker says he has it from, in units ``[low, high)``: `berdasarkan keterangan Rini`, `mendapat informasi dari warga`."""
    for at in range(low, high - 1):
        start = _giver(reading, at, high) if reading.low(at).startswith(_RECEIVED) else _ground(reading, at, high)
        if start is None:
            continue
        link = _origin(reading, at, start, high, apart_from)
        if link is not None:
            return (link,)
    return ()


def origin_in_quote(reading: Reading, low: int, high: int, apart_from: Span) -> tuple[ChainLink, ...]:
    """The source that a quote itself opens with: `"Menurut korban, ...," kata Rini`."""
    if high - low < 3 or reading.low(low) not in _GROUND:
        return ()
    start = _ground(reading, low, high)
    if start is None and reading.low(low) == "menurut":
        start = low + 1
    link = _origin(reading, low, start, high, apart_from) if start is not None else None
    return (link,) if link is not None else ()


def _ground(reading: Reading, at: int, high: int) -> int | None:
    """Past `berdasarkan keterangan`, `menurut pengakuan` to who gave it; None where it is something else."""
    if reading.low(at) not in _GROUND or reading.low(at + 1) not in _GROUND_NOUNS:
        return None
    here = at + 2
    while here < high and reading.low(here) in ("dari", "yang", "diperoleh", "diterima", "disampaikan", "resmi", "awal", "sementara"):
        here += 1
    return None if reading.low(here) in clause_words("demonstrative") else here  # `menurut laporan itu, warga ...`


def _giver(reading: Reading, at: int, high: int) -> int | None:
    """Past `mendapatkan informasi soal itu ... dari` to who gave it."""
    if reading.low(at - 1) in clause_words("negation") or not any(reading.low(i) in _NEWS for i in range(at + 1, min(at + 4, high))):
        return None
    for here in range(at + 1, min(at + _FURTHEST_GIVER, high - 1)):
        if reading.low(here) == "dari":
            return here + 1
        if reading.low(here) in ("bahwa", ".", '"'):
            return None
    return None


def _origin(reading: Reading, at: int, start: int, high: int, apart_from: Span) -> ChainLink | None:
    source = read_phrase(reading, start, high)
    if source is None or source.points == "person" or not (source.solid or source.name) or source.span.overlaps(apart_from):
        return None
    if source.name is not None and carrier_kind(source.span.of(reading.text)) in ("agency", "outlet"):
        return None
    entity = source.name.entity or None if source.name else None
    return ChainLink("origin", source.span, entity, "written", Span(reading.units[at].span.start, source.span.end))


_WHAT_WAS_SAID = frozenset({"hal", "informasi", "kabar", "laporan", "soal", "tentang", "mengenai", "pernyataan", "keterangan"})
_BACK_WORDS = frozenset({"itu", "tersebut", "ini"})
_FURTHEST_BACK_WORD = 6


def points_back(reading: Reading, content: Span) -> bool:
    """Whether a content is about what was said just before: `mendapat informasi soal itu`, `mengetahui hal tersebut`."""
    first = reading.first_at(content)
    if first is None:
        return False
    return any(
        reading.low(i) in _BACK_WORDS and reading.low(i - 1) in _WHAT_WAS_SAID
        for i in range(first + 1, first + _FURTHEST_BACK_WORD)
    )
