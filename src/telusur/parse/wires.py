"""Whose copy an article uses, and how its datelines name the outlet.

Comes in: the paragraphs and bylines of a page. Comes out: datelines with place and outlet, and the wires: agencies
and media that the text says it takes its matter from (``dilansir AFP``, ``(Antara)``, ``Sumber: Antara``). A picture's
credit is never looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from ..lexicon import read_table
from ..model.span import Span
from .datelines import read_head

DATELINE_CHARS = 140
"""A dateline is looked for in so many characters of a paragraph."""
_OUTLET = r"(?:[A-Za-z][\w-]{1,25}\.\s?(?:com|co\.id|co(?!\.id)|id|net|tv|news|go\.id|or\.id|media)\b|(?:ANTARA|Antara|CNN|CNBC|BBC|VOA|DW)(?: (?:News|NEWS|Indonesia|INDONESIA))?|[A-Z]{2}[\w-]{2,25}\.\s?(?:CO\.ID|COM|CO(?!\.ID)|ID|NET|TV))"
_PLACE = r"[A-Z][\w.'’-]*(?:[ ,/]{1,2}[A-Z(][\w.'’)-]*){0,5}"
_END = r"\s{0,2}(?:[-–—]{1,3}|\|\s|:\s)"
_DATELINES = (
    re.compile(
        rf"^(?P<place>{_PLACE})\s{{0,2}},\s{{0,2}}(?P<outlet>{_OUTLET})(?:,\s?[^-–—\n]{{0,30}})?{_END}\s{{0,3}}"
    ),
    re.compile(
        rf"^(?P<outlet>{_OUTLET})\s{{0,2}}[,.|]\s{{0,2}}(?P<place>{_PLACE})\s{{0,2}}(?:[-–—]{{1,3}}|\(\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?\)\s?[-–—]{{0,2}})\s{{0,3}}"
    ),
    re.compile(rf"^(?P<place>{_PLACE})\s{{0,2}}\((?P<outlet>{_OUTLET})\)\s{{0,2}}[-–—]{{1,3}}\s{{0,3}}"),
    re.compile(rf"^(?P<place>{_PLACE})\s{{1,2}}(?P<outlet>{_OUTLET})\s{{0,2}}[-–—]{{1,3}}\s{{0,3}}"),
    re.compile(
        rf"^(?P<outlet>{_OUTLET})\s{{0,2}}[-–—]{{1,3}}\s{{0,2}}(?P<place>[A-Z]{{3,}}(?: [A-Z]{{3,}}){{0,2}})\.\s{{1,3}}"
    ),
    re.compile(rf"^(?P<outlet>{_OUTLET})(?P<place>)\s{{0,2}}[-–—]{{1,3}}\s{{0,3}}"),
    re.compile(
        rf"^(?P<outlet>{_OUTLET})\s{{0,2}},\s{{0,2}}(?P<place>[A-Z][a-z'’-]+(?: (?:Selatan|Utara|Timur|Barat|Pusat|Tengah|[A-Z][a-z]+(?= [-–—])))?)\s{{1,3}}(?=[A-Z\"“])"
    ),
)
_CUE = (
    r"(?:di|me)(?:lansir|kutip|wartakan|beritakan|laporkan)|(?:di|me)ngutip|mengutip|melansir|dinukil|menukil|disitat|menyitat|dihimpun|"
    r"memberitakan|diberitakan|dikabarkan|dilaporkan|menurut laporan|menurut sumber|tayang di"
)
_CITED = re.compile(  # the first letter is looked at before the verbs: every place of every paragraph is asked
    rf"(?=[dmt])(?:{_CUE})(?:\s?(?:dari|oleh|melalui|via|dalam))?(?:\s?(?-i:kantor berita|laman|situs(?: web| berita)?|media|harian|surat kabar|koran|stasiun televisi|sumber))?(?:\s(?:resmi|Inggris|AS|Israel|Rusia|China|Qatar|asing|Prancis))?\s?",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s?(?:,|dan|serta)\s?")
_CITING = re.compile(r"\s?(?:pada (?:\w+) \([^)]{3,14}\) )?(?:memberitakan|melaporkan|mewartakan)\b")
_PASSED_ON = re.compile(r"\s?yang (?:dilansir|dikutip|diberitakan)")
_TOLD = re.compile(r"\bkepada\s?(?:kantor berita\s?)?", re.IGNORECASE)
_ANY_NAME = re.compile(
    r"(?P<name>(?:the |The )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}(?:\.com|\.co\.id)?|the[a-z]{5,12})(?=\s?,|\.(?:\s|$)|\s?\(|\sdengan judul|$)"
)
_ANY_CUE = re.compile(
    r"\b(?:melansir|dilansir|mengutip|dinukil|menukil)(?: dari)?\s?$|\btayang di\s?$",
    re.IGNORECASE,
)
_CALLED_AGENCY = re.compile(r"(?i:kantor berita) (?P<name>[A-Z][\w’'-]{1,25}(?: News)?)")
_NO_MEDIUM = re.compile(
    r"^(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Instagram|Twitter|Facebook|YouTube|TikTok|Telegram|WhatsApp|X$|Indonesia$|Youtube|TV$|Health$|People$|Pajak|USGS|Ensiklopedia|Encyclopedia|Channel Y|Akun|Badan|Kantor|Kementerian|Dinas|BPS|BMKG|Bank|PT|Pusat|KPU|Polri|Pemerintah|Menteri|Presiden|Data|Undang|UU|Pasal|Wikipedia|Google|BI|OJK|Bappebti|Dewan)"
)
_CLOSING = re.compile(
    r"[(\[](?:Sumber\s?:\s?)?(?P<name>[A-Z][\w .-]{1,30}?(?=/)|[A-Za-z][\w .-]{1,30}(?=[)\]]))(?:/[\w .-]{1,30})?[)\]]\s{0,3}\.?\s{0,3}$"
)
_SOURCE_LINE = re.compile(r"^\W{0,3}(?:Sumber|Source)\s{0,3}:\s{0,3}(?P<name>[^\n]{2,60})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place and outlet at a paragraph's start. ``outlet`` is None where only a place stands (``JAKARTA -``).

    ``by_agency``: the outlet stands in brackets, as those sign who print an agency's copy (``JAKARTA (CAKRA) -``).
    """

    span: Span
    outlet: str | None
    by_agency: bool = False


@cache
def _agencies() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {row["name"]: row["kind"] for row in read_table("agencies", ("name", "kind"))}
    ordered = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?:{ordered})(?![A-Z])"), names


def find_dateline(text: str, start: int, end: int, outlets: Set[str] = frozenset()) -> Dateline | None:
    """The dateline that opens a paragraph, without its dash's trailing blank, or None.

    ``outlets``: names of outlets, lower-cased, that the page prints elsewhere.
    """
    head = text[start : min(end, start + DATELINE_CHARS)]
    for pattern in _DATELINES:
        found = pattern.match(head)
        if found is not None:
            length = len(found[0].rstrip())
            return Dateline(
                Span(start, start + length),
                found["outlet"].replace(" ", "" if "." in found["outlet"] else " ") or None,
                found.end("outlet") < len(head) and head[found.end("outlet")] == ")",
            )
    told = read_head(head, text, outlets)
    if told is None:
        return None
    return Dateline(Span(start, start + told.length), told.outlet, told.by_agency)


def find_wires(
    text: str, paragraphs: Sequence[Span], bylines: Sequence[Span], publisher: str | None
) -> tuple[str, ...]:
    """The agencies and media whose copy the article uses, as printed, each once, in order of their place."""
    found: dict[str, str] = {}
    for name in _candidates(text, paragraphs, bylines):
        key = name.casefold().replace(" ", "").replace("-", "").removesuffix("news") or name
        if key and not _is_publisher(key, publisher):
            found.setdefault(key, name)
    return tuple(found.values())


def _is_publisher(key: str, publisher: str | None) -> bool:
    own = (publisher or "").casefold().replace(" ", "").replace("-", "")
    same = own.split(".")[0].removesuffix("news")
    return bool(own) and same == key.split(".")[0].removesuffix("news")


def _candidates(text: str, paragraphs: Sequence[Span], bylines: Sequence[Span]) -> Iterator[str]:
    for span, before in zip(bylines, [None, *bylines], strict=False):
        if before is not None and before.of(text).strip(" :").casefold() in ("sumber", "source"):
            yield span.of(text)[:80].strip(" :.")
        if (line := _SOURCE_LINE.match(span.of(text)[:120])) is not None:
            yield line["name"].strip(" .")
        elif "/" in span.of(text)[:200] and (agency := _agency_at(text, text.index("/", span.start) + 1)):
            yield agency
    if paragraphs and (line := _SOURCE_LINE.match(paragraphs[-1].of(text)[:120])) is not None:
        yield line["name"].strip(" .")
    for at, span in enumerate(paragraphs):
        yield from _cited(text, span)
        yield from _reporting(text, span)
        if at == len(paragraphs) - 1 and (
            closing := _CLOSING.search(text[max(span.start, span.end - 60) : span.end])
        ):
            name = closing["name"].strip()
            if name.casefold() in ("ant", "antara") or _agencies()[1].get(name) == "agency":
                yield name


def _cited(text: str, span: Span) -> Iterator[str]:
    """Names after a citing verb. An agency may follow any of them; a medium must be known or be printed like a site."""
    for found in _CITED.finditer(text, span.start, span.end):
        at = found.end()
        for _ in range(3):
            name = _agency_at(text, at) or _unknown_medium(text, at, span) or _called_agency(text, at)
            if name is None:
                break
            if _PASSED_ON.match(text, at + len(name)) is None:
                yield name
            more = _MORE.match(text, at + len(name), span.end)
            if more is None:
                break
            at = more.end()


def _reporting(text: str, span: Span) -> Iterator[str]:
    """An agency as the one that reports (``AFP memberitakan``), or as the one that a source told (``kepada Reuters``)."""
    if (opening := _agency_at(text, span.start)) and _CITING.match(text, span.start + len(opening)):
        yield opening
    for found in _TOLD.finditer(text, span.start, span.end):
        if (name := _agency_at(text, found.end())) is not None:
            yield name


def _unknown_medium(text: str, at: int, span: Span) -> str | None:
    """A name that the list of agencies lacks, after a verb that only media are the object of."""
    if _ANY_CUE.search(text, max(span.start, at - 30), at) is None:
        return None
    found = _ANY_NAME.match(text, at, min(span.end, at + 60))
    return found["name"] if found and _NO_MEDIUM.match(found["name"]) is None else None


def _called_agency(text: str, at: int) -> str | None:
    """A name that the list of agencies lacks, where the text itself calls it one (``dikutip dari Kantor Berita Cakra``)."""
    found = _CALLED_AGENCY.match(text, at) or _CALLED_AGENCY.match(text, max(0, at - len("kantor berita ")))
    return found["name"] if found and _NO_MEDIUM.match(found["name"]) is None else None


def _agency_at(text: str, at: int) -> str | None:
    found = _agencies()[0].match(text, at)
    return found[0] if found else None
