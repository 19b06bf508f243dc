"""What the report and the reading view say in words: one table of phrases, dates, numbers and claim types.

Comes in: a language, values of a record. Goes out: short texts for people, free of control characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..config import Lang
from ..lexicon import read_table
from ..model.claim import Casualties, Claim
from ..model.layers import Review, Time

GLYPHS = {"certain": "●", "probable": "◐", "possible": "◐", "unknown": "○"}
DENIED, UNJUDGED = "⊘", "·"

_FULL = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(.*))?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_PERIOD = re.compile(r"(\d{4})-([WQH])(\d{1,2})")
_DECADE = re.compile(r"(\d{3})X?")
_CLOCK = re.compile(r"(\d\d)(?::(\d\d))?.*")
# Control characters would let an article move the cursor; the marks of text direction would let it reorder a line.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BLANK = re.compile(r"\s+")


def clean(text: str) -> str:
    """One line of harmless characters: white space folded, controls and direction marks gone."""
    return _UNSAFE.sub("", _BLANK.sub(" ", text)).strip()


def shorten(text: str, most: int) -> str:
    """At most ``most`` characters, cut between words where there are any, with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > most // 2 else cut).rstrip(" ,;:-–…") + "…"


@cache
def _phrases(lang: Lang) -> dict[str, str]:
    return {row["key"]: row[lang] for row in read_table("ui", ("key", "id", "en"))}


@cache
def _verbs(lang: Lang) -> dict[str, str]:
    return {row["type"]: row[lang] for row in read_table("claimtypes", ("type", "id", "en", "gloss"))}


@cache
def _towards(lang: Lang) -> dict[str, str]:
    return {row["type"]: row[f"to_{lang}"] for row in read_table("claimtypes", ("type", "to_id", "to_en"))}


@cache
def _reasons() -> dict[str, str]:
    return {row["en"]: row["id"] for row in read_table("reasons", ("en", "id"))}


@cache
def _checks() -> dict[str, str]:
    return {row["en"]: row["check"] for row in read_table("reasons", ("en", "check"))}


def needs_check(reason: str, first: str, second: str) -> bool:
    """Whether a person should look at the join of two names for this reason."""
    when = _checks().get(clean(reason), "always")
    one, two = set(first.casefold().split()), set(second.casefold().split())
    return when == "always" or (when == "apart" and not (one <= two or two <= one))


@cache
def _reason_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The reasons with places to fill, as patterns. A place takes no more than a date or a few words."""
    forms = ((en, told) for en, told in _reasons().items() if "{" in en)
    return tuple((re.compile(re.sub(r"\\{\d\\}", "(.{1,40}?)", re.escape(en))), told) for en, told in forms)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    lang: Lang

    def say(self, key: str, **filled: object) -> str:
        """The phrase under ``key`` in ``ui.tsv``, its braces filled."""
        return _phrases(self.lang)[key].format(**filled)

    def count(self, key: str, n: int) -> str:
        """A phrase with a number; ``key.one`` where the language has one for a single thing."""
        one = f"{key}.one"
        return self.say(one if n == 1 and one in _phrases(self.lang) else key, n=self.whole(n))

    def review(self, review: Review) -> str:
        """What a person decided of an item; "" where nobody did."""
        return self.say(f"review.{review}") if review else ""

    def verb(self, claim_type: str) -> str:
        """The claim type in short: a noun for an event ("serangan"), a verb for a state ("memimpin")."""
        return _verbs(self.lang).get(claim_type, claim_type)

    def part(self, role: str, claim_type: str) -> str:
        """What stands before one who takes part in a claim of a type: *terhadap* one who is attacked, *dengan* one who is met."""
        return _towards(self.lang).get(claim_type, "") if role == "recipient" else self.say(f"part.{role}")

    def reason(self, text: str) -> str:
        """A reason or note of the record, which is in English there, in this language where the table has it."""
        text = clean(text)
        if self.lang == "en":
            return text
        if told := _reasons().get(text):
            return told
        for form, told in _reason_forms():
            if found := form.fullmatch(text):
                return told.format(*(_reasons().get(part, part) for part in found.groups()))
        return text

    def whole(self, n: int) -> str:
        """2671 as ``2.671`` or ``2,671``."""
        return f"{n:,}".replace(",", self.say("thousands"))

    def decimal(self, x: float, places: int) -> str:
        """0.97 as ``0,97`` or ``0.97``."""
        return f"{x:.{places}f}".replace(".", self.say("decimal"))

    def months(self, short: bool = False) -> list[str]:
        return self.say("months.short" if short else "months").split()

    def day(self, value: str) -> str:
        """An ISO date, with or without a time of day, as ``17 April 2017`` or ``17 April 2017, 14.30``."""
        if not (found := _FULL.fullmatch(value)) or not 1 <= int(found[2]) <= 12:
            return clean(value)
        shown = f"{int(found[3])} {self.months()[int(found[2]) - 1]} {found[1]}"
        return shown + (f", {self._clock(found[4])}" if found[4] else "")

    def when(self, time: Time | None, text: str) -> str:
        """When, in the granularity that the text gives; "" where there is no time.

        A value that has no short form is shown in the text's own words.
        """
        if time is None:
            return ""
        shown = self._value(time.value) or f"“{shorten(clean(text), 28)}”"
        return self.say(f"mod.{time.mod}", when=shown) if time.mod else shown

    def _value(self, value: str) -> str:
        references = {"PRESENT_REF": "ongoing", "PAST_REF": "past.ref", "FUTURE_REF": "future.ref"}
        if value in references:
            return self.say(references[value])
        if "/" in value and not value.startswith("P"):
            first, _, last = value.partition("/")
            return f"{self._point(first)} – {self._point(last)}" if self._point(first) and self._point(last) else ""
        return self._point(value)

    def _point(self, value: str) -> str:
        if found := _FULL.fullmatch(value):
            return self._short_day(found[1], found[2], found[3], found[4])
        if (found := _MONTH.fullmatch(value)) and 1 <= int(found[2]) <= 12:
            return f"{self.months(short=True)[int(found[2]) - 1]} {found[1]}"
        if found := _PERIOD.fullmatch(value):
            key, name = {"W": ("week", "week"), "Q": ("quarter", "quarter"), "H": ("half", "half")}[found[2]]
            return self.say(key, year=found[1], **{name: int(found[3])})
        if re.fullmatch(r"\d{4}", value):
            return value
        if found := _DECADE.fullmatch(value):
            return self.say("decade", year=f"{found[1]}0")
        return ""

    def _short_day(self, year: str, month: str, day: str, clock: str | None) -> str:
        """``Sen 17-04-2017``: the weekday lets a reader check the day."""
        try:
            weekday = self.say("days.short").split()[date(int(year), int(month), int(day)).weekday()]
        except ValueError:  # a day that no calendar has: shown as it came
            return f"{year}-{month}-{day}"
        return f"{weekday} {day}-{month}-{year}" + (f" {self._clock(clock)}" if clock else "")

    def _clock(self, clock: str) -> str:
        """``TMO`` as morning, ``T14:30`` as 14.30."""
        if clock in ("MO", "MI", "AF", "EV", "NI", "DT"):
            return self.say(f"part.{clock}")
        found = _CLOCK.fullmatch(clock)
        if not found:
            return ""
        return f"{found[1]}{'.' if self.lang == 'id' else ':'}{found[2] or '00'}"

    def stance(self, claim: Claim) -> tuple[str, str]:
        """How the text puts a claim: a glyph and words. A future that is certain is a forecast all the same."""
        if claim.polarity == "negative" and claim.certainty == "certain":
            return DENIED, ", ".join((self.say("polarity.negative"), self.say(f"tense.{claim.tense}")))
        glyph, words = GLYPHS[claim.certainty], [self.say(f"certainty.{claim.certainty}")]
        if claim.polarity == "negative":
            words.append(self.say("polarity.negative"))
        if claim.certainty == "unknown":
            return glyph, ", ".join(words)
        if claim.tense == "future":
            glyph, words = "◐", [self.say("stance.forecast"), *words]
        else:
            words.append(self.say(f"tense.{claim.tense}"))
        return glyph, ", ".join(words)

    def casualties(self, counts: Casualties | None) -> str:
        """``tewas 3, luka 5``; "" where the text states none."""
        if counts is None:
            return ""
        fields = ("killed", "injured", "missing", "displaced")
        known = [(f, getattr(counts, f)) for f in fields if getattr(counts, f) is not None]
        return ", ".join(self.say(f"count.{field}", n=self.whole(n)) for field, n in known)
