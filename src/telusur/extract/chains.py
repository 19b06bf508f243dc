"""The hands through which words passed: origins before the speaker, relays after.

In comes the place of a cue; out go the links that its sentence writes, each with the words that show it:
`seperti dikutip dari Antara`, `kepada Kompas.com`, `dalam wawancara dengan Reuters` name relays,
`berdasarkan keterangan Rini`, `dari informasi warga` origins.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from telusur.lexicon import read_table
from telusur.model.claim import ChainLink
from telusur.model.span import Span

from .cues import cue_words
from .sources import read_phrase
from .units import Reading

_FILLERS = frozenset({"dari", "oleh", "kantor", "berita", "media", "stasiun", "televisi", "surat", "kabar", "harian", "laman", "situs", "kanal", "akun", "platform", "sosial", "unggahan", "majalah", "portal", "video", "laporan", "koran", "tv", "youtube", "siaran", "wawancara", "dengan", "resmi", "pribadi", "di", "melalui", "resminya", "pribadinya", "saluran", "aplikasi", "pesan", "radio"})
_TOLD = frozenset({"kepada", "dikonfirmasi", "dihubungi", "diterima", "ditemui", "pada"})
_PLACED = frozenset({"di", "melalui", "lewat", "via", "platform", "kanal", "akun", "unggahan", "aplikasi"})
_CARRIED_BEFORE = frozenset({"seperti", "sebagaimana", "demikian", "yang", "sebagai"})
_LONGEST_LINK = 8


@cache
def carriers() -> dict[str, str]:
    """Outlets, agencies and platforms by lower-case name, with their kind."""
    return {row["word"].casefold(): row["kind"] for row in read_table("carriers", ("word", "kind"))}


def carrier_kind(text: str) -> str | None:
    """`agency`, `outlet` or `platform`, where the name is one that carries words."""
    name = text.casefold().removeprefix("@")
    if kind := carriers().get(name):
        return kind
    if name.endswith((".com", ".id", ".co", ".net", ".co.id", ".tv", ".org")):
        return "outlet"
    last = name.rsplit(" ", 1)[-1]
    if last in ("news", "times", "post", "tv", "daily", "herald", "tribune", "chronicle", "today", "journal", "press", "online"):
        return "outlet"
    return "outlet" if name.split(" ", 1)[0] in ("kompas", "tribun", "detik", "antara", "liputan6", "cnn", "bbc", "tempo", "tribunnews") else None


def find_relays(reading: Reading, low: int, high: int) -> tuple[ChainLink, ...]:
    """The relays written in units ``[low, high)``, in the order of the text, each once."""
    out: list[ChainLink] = []
    for at in range(low, high):
        for link in _relays_at(reading, at, high):
            if all(link.span != known.span for known in out):
                out.append(link)
    return tuple(out)


def _relays_at(reading: Reading, at: int, high: int) -> Iterator[ChainLink]:
    unit = reading.units[at]
    rows = cue_words().get(unit.low, ())
    if any(row.form == "carrier" for row in rows):
        yield from _links_after(reading, at, high, known_only=unit.low not in ("dikutip", "dilansir", "mengutip", "melansir", "dinukil"))
    elif unit.low in _TOLD or unit.low in _PLACED or (unit.low == "dengan" and reading.low(at - 1) == "wawancara"):
        yield from _links_after(reading, at, high, known_only=True)


def _links_after(reading: Reading, at: int, high: int, *, known_only: bool) -> Iterator[ChainLink]:
    start = at
    if reading.low(at - 1) in _CARRIED_BEFORE:
        start = at - 1
    here = at + 1
    while here < min(high, at + _LONGEST_LINK) and reading.low(here) in _FILLERS and reading.units[here].name is None:
        here += 1
    while here < high:
        unit = reading.units[here]
        if unit.name is None or unit.name.type == "PER":
            return
        if known_only and carrier_kind(unit.span.of(reading.text)) is None:
            return
        yield ChainLink("relay", unit.span, unit.name.entity or None, "written", Span(reading.units[start].span.start, unit.span.end))
        if here + 2 < high and reading.low(here + 1) in ("dan", ",", "dari") and reading.units[here + 2].name is not None:
            here += 2
            known_only = True
        else:
            return


_GROUND = frozenset({"berdasarkan", "dari", "menurut"})
_GROUND_NOUNS = frozenset({"keterangan", "laporan", "informasi", "pengakuan", "penjelasan", "kesaksian", "pernyataan", "data", "hasil"})


def find_origins(reading: Reading, low: int, high: int, apart_from: Span) -> tuple[ChainLink, ...]:
    """Where the speaker says he has it from, in units ``[low, high)``: `berdasarkan keterangan Rini`, `informasi dari warga`."""
    for at in range(low, high - 1):
        if reading.low(at) not in _GROUND:
            continue
        here = at + 1
        if reading.low(here) in _GROUND_NOUNS:
            here += 1
            if reading.low(here) in ("dari", "yang"):
                here += 1
            if reading.low(here) in ("diperoleh", "diterima", "disampaikan"):
                here += 1
        elif not (reading.low(at) == "dari" and reading.low(at - 1) in ("informasi", "laporan", "keterangan", "kabar")):
            continue
        source = read_phrase(reading, here, high)
        if source is None or source.points == "person" or not source.solid or source.span.overlaps(apart_from):
            continue
        entity = source.name.entity or None if source.name else None
        return (ChainLink("origin", source.span, entity, "written", Span(reading.units[at].span.start, source.span.end)),)
    return ()
