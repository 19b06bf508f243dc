"""Whose copy an article uses, and how its datelines name the outlet.

Comes in: the paragraphs and bylines of a page. Comes out: datelines with place and outlet, and the wires: agencies
and media that the text says it takes its matter from (``dilansir AFP``, ``(Antara)``, ``Sumber: Antara``). A picture's
credit is never looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..lexicon import read_table
from ..model.span import Span

_OUTLET = r"(?:[A-Za-z][\w-]{1,25}\.\s?(?:com|co\.id|co|id|net|tv|news|go\.id|or\.id|media)\b|(?:ANTARA|Antara|CNN|CNBC|BBC|VOA|DW)(?: (?:News|NEWS|Indonesia|INDONESIA))?|[A-Z]{2}[\w-]{2,25}\.(?:CO\.ID|COM|CO|ID|NET|TV))"
_PLACE = r"[A-Z][\w.'’-]*(?:[ ,/-]{1,2}[A-Z(][\w.'’)-]*){0,5}"
_END = r"\s{0,2}(?:[-–—]{1,3}|\|\s|:\s)"
_DATELINES = (
    re.compile(rf"^(?P<place>{_PLACE})\s{{0,2}},\s{{0,2}}(?P<outlet>{_OUTLET})(?:,\s?[^-–—\n]{{0,30}})?{_END}\s{{0,3}}"),
    re.compile(rf"^(?P<outlet>{_OUTLET})\s{{0,2}}[,.]\s{{0,2}}(?P<place>{_PLACE})\s{{0,2}}(?:[-–—]{{1,3}}|\(\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?\)\s?[-–—]{{0,2}})\s{{0,3}}"),
    re.compile(rf"^(?P<place>{_PLACE})\s{{0,2}}\((?P<outlet>{_OUTLET})\)\s{{0,2}}[-–—]{{1,3}}\s{{0,3}}"),
    re.compile(rf"^(?P<place>{_PLACE})\s{{1,2}}(?P<outlet>{_OUTLET})\s{{0,2}}[-–—]{{1,3}}\s{{0,3}}"),
    re.compile(rf"^(?P<outlet>{_OUTLET})(?P<place>)\s{{0,2}}[-–—]{{1,3}}\s{{0,3}}"),
    re.compile(rf"^(?P<outlet>{_OUTLET})\s{{0,2}},\s{{0,2}}(?P<place>[A-Z][a-z'’-]+(?: (?:Selatan|Utara|Timur|Barat|Pusat|Tengah|[A-Z][a-z]+(?= [-–—])))?)\s{{1,3}}(?=[A-Z\"“])"),
    re.compile(r"^(?P<outlet>)(?P<place>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2})\s{0,2}[-–—]{1,3}\s{1,3}(?=[A-Z\"“])"),
)
_CUE = (
    r"(?:di|me)(?:lansir|kutip|wartakan|beritakan|laporkan)|(?:di|me)ngutip|mengutip|melansir|dinukil|menukil|disitat|menyitat|dihimpun|"
    r"memberitakan|diberitakan|dikabarkan|dilaporkan|menurut laporan|laporan|menurut sumber"
)
_CITED = re.compile(
    rf"\b(?:{_CUE})(?:\s?(?:dari|oleh|melalui|via|dalam))?(?:\s?(?:kantor berita|laman|situs(?: web| berita)?|media|harian|surat kabar|koran|stasiun televisi|sumber))?(?:\s(?:resmi|Inggris|AS|Israel|Rusia|China|Qatar|asing|Prancis))?\s?",
    re.IGNORECASE,
)
_CITING = re.compile(r"\s?(?:pada (?:\w+) \([^)]{3,14}\) )?(?:memberitakan|melaporkan|mewartakan|menyebut|menulis)\b")
_TOLD = re.compile(r"\bkepada\s?(?:kantor berita\s?)?", re.IGNORECASE)
_CLOSING = re.compile(r"[(\[](?:Sumber\s?:\s?)?(?P<name>[A-Za-z][\w .-]{1,30}?)(?:/[\w .-]{1,30})?[)\]]\s{0,3}\.?\s{0,3}$")
_SOURCE_LINE = re.compile(r"^\W{0,3}(?:Sumber|Source)\s{0,3}:\s{0,3}(?P<name>[^\n]{2,60})$", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?:the |The )?[A-Z][\w’'-]*(?:\.com|\.id|\.co\.id)?(?: (?:[A-Z][\w’'-]*|of|and|de)){0,4}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place and outlet at a paragraph's start. ``outlet`` is None where only a place stands (``JAKARTA -``)."""

    span: Span
    outlet: str | None


@cache
def _agencies() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {row["name"]: row["kind"] for row in read_table("agencies", ("name", "kind"))}
    ordered = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?:{ordered})(?![A-Z])"), names


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that opens a paragraph, without its dash's trailing blank, or None."""
    head = text[start : min(end, start + 140)]
    for pattern in _DATELINES:
        found = pattern.match(head)
        if found is not None:
            length = len(found[0].rstrip())
            return Dateline(Span(start, start + length), found["outlet"].strip() or None)
    return None


def find_wires(text: str, paragraphs: Sequence[Span], bylines: Sequence[Span], publisher: str | None) -> tuple[str, ...]:
    """The agencies and media whose copy the article uses, as printed, each once, in order of their place."""
    found: dict[str, str] = {}
    for name in _candidates(text, paragraphs, bylines):
        key = name.casefold().replace(" ", "").replace("-", "")
        if key and not _is_publisher(key, publisher):
            found.setdefault(key, name)
    return tuple(found.values())


def _is_publisher(key: str, publisher: str | None) -> bool:
    own = (publisher or "").casefold().replace(" ", "").replace("-", "")
    return bool(own) and (key in own or own.split(".")[0] == key.split(".")[0])


def _candidates(text: str, paragraphs: Sequence[Span], bylines: Sequence[Span]) -> Iterator[str]:
    for span in bylines:
        if (line := _SOURCE_LINE.match(span.of(text))) is not None:
            yield line["name"].strip()
        elif "/" in span.of(text)[:200] and (agency := _agency_at(text, text.index("/", span.start) + 1)):
            yield agency
    for at, span in enumerate(paragraphs):
        yield from _cited(text, span)
        if at == len(paragraphs) - 1 and (closing := _CLOSING.search(text[max(span.start, span.end - 60) : span.end])):
            name = closing["name"].strip()
            if name.casefold() in ("ant", "antara") or _agencies()[1].get(name) == "agency":
                yield name


def _cited(text: str, span: Span) -> Iterator[str]:
    """Names after a citing verb. An agency may follow any of them; a medium must be known or be printed like a site."""
    for found in _CITED.finditer(text, span.start, span.end):
        at = found.end()
        for _ in range(3):
            name = _agency_at(text, at)
            if name is None:
                break
            yield name
            more = re.compile(r"\s?(?:,|dan|serta)\s?").match(text, at + len(name), span.end)
            if more is None:
                break
            at = more.end()


def _agency_at(text: str, at: int) -> str | None:
    found = _agencies()[0].match(text, at)
    return found[0] if found else None
