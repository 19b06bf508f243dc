"""Who made an article: ``Reporter: X``, ``Laporan wartawan OUTLET, X``, ``X - detikNews``, ``(Tribunnews.com/X)``.

Comes in: the text of a byline, or the end of the last paragraph. Comes out: credits with the place of each name.
Initials (``(abc/def)``) name nobody and give no credit.
"""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import read_table, words
from ..model.document import Credit, CreditRole
from ..model.span import Span
from .datelines import is_outlet_name
from .dates import find_page_date

# A stop inside a name follows an initial or a title (`H. Amir`, `Drs. Amir`), never a whole word.
_TOKEN = r"(?:[A-ZÀ-Þ](?:[a-z]{0,2}\.|\.[A-Z]\.?)(?=\s)|[A-ZÀ-Þ][\w'’`-]*)"
_NAME = rf"{_TOKEN}(?: (?:{_TOKEN}|al|bin|binti|de|van|von|der|da)){{0,5}}"
_DOMAIN = r"[\w-]{2,30}(?:\.[\w-]{2,20}){1,3}"
_NAME_ONLY = re.compile(rf"^{_NAME}$")
_NAME_DASH = re.compile(
    rf"^(?P<name>{_NAME})\s{{1,3}}[-–—|]\s{{0,3}}(?P<outlet>[\w.]{{3,40}}(?: [\w.]{{2,20}}){{0,2}})$"
)
_NAME_BEFORE_DATE = re.compile(rf"^(?P<name>{_TOKEN} {_NAME})\s{{0,3}}[|•·-]\s{{0,3}}")
_REPORT = re.compile(
    r"^(?:Laporan|Dilaporkan oleh|Reported by)\s?:?\s(?:(?P<role>wartawan|reporter|jurnalis|kontributor|koresponden)\b)?",
    re.IGNORECASE,
)
_BAR = re.compile(r"\s{0,3}\|| I (?=[A-Z])")
_BRACKET = re.compile(rf"\(\s?(?P<outlet>{_DOMAIN})\s?/\s?(?P<name>{_NAME})\s?\)\s*$")
_CONTRIBUTED = re.compile(
    rf"(?P<name>{_NAME})(?: dan (?P<second>{_NAME}))? (?:berkontribusi|turut berkontribusi) (?:dalam|pada) "
)
_PARTS = re.compile(r"\s{0,3}(?:[,;&/|]|\bdan\b|\band\b)\s{0,3}")
ROLES_IN_REPORTS: dict[str, CreditRole] = {"kontributor": "contributor", "koresponden": "contributor"}


@cache
def roles() -> dict[str, CreditRole]:
    """Role words, lower-cased, and the role each gives."""
    return {row["word"]: row["role"] for row in read_table("credit_roles", ("word", "role", "bare"))}  # type: ignore[misc]


@cache
def _role_pattern() -> re.Pattern[str]:
    known = "|".join(re.escape(word) for word in sorted(roles(), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?P<role>{known})(?:\s?[/&]\s?(?P<also>{known}))?(?:\s{{0,3}}:|(?<=[a-z]),(?=\s[A-Z]))\s{{0,3}}",
        re.IGNORECASE,
    )


@cache
def _bare_pattern() -> re.Pattern[str]:
    bare = [
        row["word"] for row in read_table("credit_roles", ("word", "role", "bare")) if row["bare"] == "yes"
    ]
    opening = "|".join(re.escape(word) for word in sorted(bare, key=len, reverse=True))
    return re.compile(rf"^(?P<role>{opening})\s{{1,3}}", re.IGNORECASE)


@cache
def _no_person() -> frozenset[str]:
    """Names of agencies and sections, lower-cased: printed like names of people, but nobody's."""
    return frozenset(row["name"].casefold() for row in read_table("agencies", ("name", "kind"))) | words(
        "section_names"
    )


def is_name(text: str) -> bool:
    """Whether a whole line can be a person's name: one to six capitalised words, none of them a word of the trade."""
    text = text.strip()
    if not 3 <= len(text) <= 60 or any(c.isdigit() for c in text) or _NAME_ONLY.match(text) is None:
        return False
    if text.casefold() in _no_person():
        return False
    return not any(word.strip(".").casefold() in words("no_name_words") for word in text.split())


def opens_with_role(text: str) -> bool:
    """Whether a line opens with a role word and a colon, or with ``Oleh`` and a name, or with ``Laporan wartawan``."""
    text = text.lstrip()[:200]
    if _role_pattern().match(text) is not None:
        return True
    bare = _bare_pattern().match(text)
    if (
        bare is not None
        and len(text) <= 90
        and all(is_name(part) for part in _PARTS.split(text[bare.end() :].strip(" .")) if part)
    ):
        return True
    report = _REPORT.match(text)
    return report is not None and (
        report["role"] is not None
        or _NAME_DASH.match(text[report.end() :].strip()) is not None
        or is_name(text[report.end() :])
    )


def names_author(text: str) -> bool:
    """Whether a line without a role word names an author: ``X - detikNews`` or ``(Tribunnews.com/X)``."""
    text = text.strip()
    if len(text) > 120:
        return False
    dashed = _NAME_DASH.match(text)
    if dashed is not None and is_name(dashed["name"]) and _is_outlet(dashed["outlet"]):
        return True
    bracket = _BRACKET.match(text)
    return bracket is not None and is_name(bracket["name"])


def names_several(text: str) -> bool:
    """Whether a line is two or three full names and nothing else: ``X | Y``, ``X, Y``, ``X dan Y``."""
    if not 10 <= len(text) <= 100:
        return False
    parts = [part for part in _PARTS.split(text.strip(" .")) if part]
    return 2 <= len(parts) <= 3 and all(is_name(part) and len(part.split()) >= 2 for part in parts)


def outlet_after_name(text: str) -> str | None:
    """The outlet that signs with its author: ``X - detikNews``."""
    dashed = _NAME_DASH.match(text.strip()) if len(text) <= 120 else None
    return (
        dashed["outlet"]
        if dashed is not None and is_name(dashed["name"]) and _is_outlet(dashed["outlet"])
        else None
    )


def _is_outlet(text: str) -> bool:
    """Whether it looks like an outlet's name: with a dot, in mixed case (``detikNews``) or of a known beginning."""
    return (
        is_outlet_name(text)
        or text[:1].islower()
        or text.casefold().startswith(
            ("tribun", "cnn", "cnbc", "okezone", "kompas", "tempo", "liputan", "antara", "sindo", "viva")
        )
    )


def find_credits(text: str, start: int, end: int, default: CreditRole = "writer") -> tuple[Credit, ...]:
    """The credits in a byline ``text[start:end]``; a bare name gets the ``default`` role."""
    line = text[start:end]
    found: list[Credit] = []
    marks = list(_role_pattern().finditer(line))
    stops = [mark.start() for mark in marks[1:]] + [len(line)]
    for mark, stop in zip(marks, stops, strict=False):
        for word in (mark["role"], mark["also"]):
            if word:
                found += _names(text, start + mark.end(), start + stop, roles()[word.casefold()])
    if marks:
        return tuple(found)
    if (bare := _bare_pattern().match(line)) is not None:
        return tuple(_names(text, start + bare.end(), end, roles()[bare["role"].casefold()]))
    if (report := _REPORT.match(line)) is not None:
        return tuple(
            _reporters(
                text,
                start + report.end(),
                end,
                ROLES_IN_REPORTS.get((report["role"] or "").casefold(), "reporter"),
            )
        )
    return _unmarked(text, start, end, default)


def _unmarked(text: str, start: int, end: int, default: CreditRole) -> tuple[Credit, ...]:
    line = text[start:end]
    bracket = _BRACKET.search(line)
    if bracket is not None and is_name(bracket["name"]):
        return (
            Credit(
                bracket["name"], "writer", Span(start + bracket.start("name"), start + bracket.end("name"))
            ),
        )
    dashed = _NAME_DASH.match(line)
    if names_several(line):
        return tuple(_names(text, start, end, default))
    if dashed is not None and is_name(dashed["name"]):
        return (Credit(dashed["name"], default, Span(start, start + dashed.end("name"))),)
    signed = _NAME_BEFORE_DATE.match(line)
    if signed is not None and is_name(signed["name"]) and find_page_date(line[signed.end() :]) is not None:
        return (Credit(signed["name"], default, Span(start, start + signed.end("name"))),)
    at = start + (len(line) - len(line.lstrip(" :–—-|")))
    if text[start:at].strip() or is_name(text[at:end]) or names_several(text[at:end]):
        return tuple(_names(text, at, end, default))
    return ()


def _names(text: str, start: int, end: int, role: CreditRole) -> list[Credit]:
    """The names in a list of names. ``Kontributor Tegalwaru, X`` gives X as a contributor."""
    out: list[Credit] = []
    at = start
    for part in [*_PARTS.finditer(text, start, end), None]:
        stop = part.start() if part else end
        piece = text[at:stop].strip(" \t.:")
        first = piece.split(" ", 1)[0].casefold()
        if first in ("kontributor", "koresponden", "reporter", "wartawan"):
            role = ROLES_IN_REPORTS.get(first, "reporter")
            # The place he works in follows, not his name: `Kontributor Tegalwaru, X`.
            piece = piece.split(" ", 1)[1] if " " in piece and part is None else ""
        name = _leading_name(piece)
        if name is not None:
            offset = text.index(piece, at)
            out.append(Credit(name, role, Span(offset, offset + len(name))))
        elif out:
            break
        if out and part is not None and "/" in part[0]:
            # After the bar stands where he works: `Penulis: X/DW Indonesia`.
            break
        at = part.end() if part else end
    return out


def _leading_name(text: str) -> str | None:
    """The name that a text opens with, up to the first word of the trade (`Siti Aminah Copyright` gives `Siti Aminah`)."""
    match = re.match(_NAME, text)
    kept: list[str] = []
    for word in match[0].split() if match else []:
        if word.strip(".").casefold() in words("no_name_words"):
            break
        kept.append(word)
    name = " ".join(kept)
    return name if kept and text.startswith(name) and is_name(name) else None


def _reporters(text: str, start: int, end: int, role: CreditRole) -> list[Credit]:
    """The name after ``Laporan wartawan``: what stands after the outlet's comma, or before the bar and the place."""
    tail = text[start:end]
    bar = _BAR.search(tail)
    if bar is not None:
        return _names(text, start, start + bar.start(), role)
    comma = tail.find(",")
    if comma >= 0:
        return _names(text, start + comma + 1, end, role)
    outlet = re.match(rf"\s{{0,3}}{_DOMAIN}\s", tail)
    return _names(text, start + (outlet.end() if outlet else 0), end, role)


def find_closing_credits(text: str, start: int, end: int) -> tuple[Credit, ...]:
    """Credits at the end of a last paragraph, where a site ran its lines together.

    Only the last 400 characters are looked at, and only role words with a capital and a colon, a bracket with an
    outlet in it, and ``X berkontribusi dalam penulisan artikel ini`` count: running text says ``editor`` too.
    """
    at = max(start, end - 400)
    tail = text[at:end]
    found: list[Credit] = []
    for mark in _role_pattern().finditer(tail):
        if mark["role"][0].isupper():
            following = _role_pattern().search(tail, mark.end())
            found += _names(
                text,
                at + mark.end(),
                at + (following.start() if following else len(tail)),
                roles()[mark["role"].casefold()],
            )[:1]
    if not found and (bracket := _BRACKET.search(tail)) is not None and is_name(bracket["name"]):
        found.append(
            Credit(bracket["name"], "writer", Span(at + bracket.start("name"), at + bracket.end("name")))
        )
    for match in _CONTRIBUTED.finditer(tail):
        for group in ("name", "second"):
            if match[group]:
                found.append(
                    Credit(match[group], "contributor", Span(at + match.start(group), at + match.end(group)))
                )
    return tuple(found)
