"""When: the time expressions of an article with their values.

Comes in: a `Document`. Goes out: `Time` of the blocks that hold the article's own words, in text order. `timegrammar`
finds the expressions, `timevalues` works out what they mean; here it is settled what they are measured from: the
page's date, and on a page without one the latest full date that the text prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ..model.document import ARTICLE_KINDS, Document
from ..model.layers import Time, TimeBasis
from .timegrammar import find_expressions
from .timemeaning import Calendar, Echo, Expression, Meaning, Range
from .timevalues import Now, Resolved, resolve
from .timewords import lexicon

_SENTENCE_CHARS = 240
_AHEAD = re.compile(r"\b(?:akan|bakal|dijadwalkan|direncanakan|rencananya|hendak)\b[^.,;:?!\"“”\n]{0,70}$")
_WORD = re.compile(r"\w+")
_SANE_YEARS = (1000, 9000)
"""A page date outside these is a fault of its maker, and sums from it would leave the calendar."""
_STORY_DAYS = 3
"""A page is put online at most so many days after the day it tells of, as far as ``hari ini`` is concerned."""


def find_times(document: Document) -> tuple[Time, ...]:
    """The time expressions of ``document``, sorted by start, never overlapping, with ids t1, t2, ...

    ``basis`` tells what an expression without a full date of its own was measured from; ``note`` where printed
    weekday, date and page date do not agree (the printed date stands).
    """
    paragraphs = [
        _inherit_years(tuple(find_expressions(document.text, b.span.start, b.span.end, b.kind == "title")))
        for b in document.blocks
        if b.kind in ARTICLE_KINDS
    ]
    now = _now(document, paragraphs)
    return tuple(
        Time(f"t{n}", e.span, r.type, r.value, r.mod, r.from_, r.to, r.basis, r.note)
        for n, (e, r) in enumerate(_resolve_all(document.text, paragraphs, now), 1)
    )


def _resolve_all(text: str, paragraphs: list[tuple[Expression, ...]], now: Now) -> Iterator[tuple[Expression, Resolved]]:
    for paragraph in paragraphs:
        now = replace(now, told_ago=now.told_ago + 1, day_ago=now.day_ago + 1)
        for expression in paragraph:
            resolved = resolve(_looking_ahead(text, expression, now), now)
            yield expression, resolved
            if isinstance(expression.meaning, Echo):
                continue
            if resolved.day is not None and not (now.told_day and _is_speech_day(text, expression)):
                now = replace(now, told_day=resolved.day, day_ago=0)
            if resolved.type in ("DATE", "TIME") and resolved.value[:2].isdigit():
                now = replace(now, told=resolved, told_ago=0)


def _looking_ahead(text: str, expression: Expression, now: Now) -> Meaning:
    """A day's name after ``akan`` is the next of that name (``akan diumumkan Kamis``), else the last one."""
    one, start = expression.meaning, expression.span.start
    if not isinstance(one, Calendar) or one.weekday is None or one.day is not None or now.anchor is None:
        return one
    if one.shift is not None or one.week_shift is not None or one.deictic is not None or one.weekday == now.anchor.isoweekday():
        return one
    return replace(one, shift=1) if _AHEAD.search(text[max(0, start - 80) : start]) else one


def _is_speech_day(text: str, expression: Expression) -> bool:
    """Whether the date tells when something was said (``ujar Laras kepada wartawan, Rabu (29/3).``), not when it happened."""
    one, start = expression.meaning, expression.span.start
    if not isinstance(one, Calendar) or one.weekday is None or text[max(0, start - 2) : start] != ", ":
        return False
    before = text[max(0, start - _SENTENCE_CHARS) : start]
    sentence = before[before.rfind(". ") + 1 :]
    return any(word in lexicon("speech") for word in _WORD.findall(sentence.lower()))


def _inherit_years(found: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """In a row such as ``September, Oktober dan November 2020`` the year that stands last is that of all."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, following = out[i], out[i + 1].meaning
        if isinstance(following, Range):
            following = following.first
        one = here.meaning
        if (
            here.joined
            and out[i + 1].span.start - here.span.end <= 12
            and isinstance(one, Calendar)
            and isinstance(following, Calendar)
            and one.year is None
            and one.month is not None
            and following.year is not None
            and following.month is not None
            and one.shift is None
            and one.year_shift is None
        ):
            out[i] = replace(here, meaning=replace(one, year=following.year))
    return tuple(out)


def _now(document: Document, paragraphs: list[tuple[Expression, ...]]) -> Now:
    """The article's own day: as the page states it, else as the text lets it be seen."""
    printed = [e.meaning for p in paragraphs for e in p if isinstance(e.meaning, Calendar)]
    published = document.article.published
    if published:
        try:
            page = date.fromisoformat(published[:10])
        except ValueError:
            page = None
        if page is not None and _SANE_YEARS[0] <= page.year <= _SANE_YEARS[1]:
            hour = published[11:16] if len(published) >= 16 and published[10] == "T" and published[11:13].isdigit() and published[14:16].isdigit() else None
            return Now(page, "page date", hour, _spoken_day(page, printed))
    said = [e.meaning for p in paragraphs for e in p if isinstance(e.meaning, Calendar) and _is_speech_day(document.text, e)]
    latest = _latest(printed, said)
    basis: TimeBasis | None = "latest date in text" if latest else None
    return Now(latest, basis, None, latest)


def _full_dates(printed: list[Calendar], weekday_too: bool) -> list[date]:
    out = []
    for one in printed:
        if one.year and one.month and one.day and one.valid and (one.weekday or one.deictic is not None or not weekday_too):
            try:
                day = date(one.year, one.month, one.day)
            except ValueError:
                continue
            if not (weekday_too and one.weekday and day.isoweekday() != one.weekday):
                out.append(day)
    return out


def _latest(printed: list[Calendar], said: list[Calendar]) -> date | None:
    """The latest full date in the text.

    ``besok, Rabu (8/11/2023)`` tells the article's day outright. Else a day on which somebody spoke is gone by for
    sure, where a day told may still be ahead; and dates with a weekday are news, where others may be birthdays.
    """
    for one in printed:
        if one.deictic is not None and (days := _full_dates([one], True)):
            return days[0] - timedelta(one.deictic)
    days = _full_dates(said, True) or _full_dates(printed, True) or _full_dates(printed, False)
    return max(days) if days else None


def _spoken_day(page: date, printed: list[Calendar]) -> date:
    """The day that ``hari ini`` means: an article that prints a date of the days before, and not the page's own, was written then."""
    days = _full_dates(printed, True)
    if page in days or not days:
        return page
    before = [d for d in days if d < page and (page - d).days <= _STORY_DAYS]
    return max(before) if before else page
