"""The certainty strip: month by month, how sure what is told is told: certain, possible, not known, denied. It shows when sure
became unsure, or a rumour a fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .drawing import Days, Picture, Table, Tongue, axis, element, key_of, per_cent, svg, text, tip

MOST_MONTHS = 72
KINDS = ("certain", "possible", "unknown", "denied")
GLYPHS = {"certain": "●", "possible": "◐", "unknown": "○", "denied": "⊘"}
_HEIGHT, _TOP, _FLOOR = 150.0, 18.0, 120.0


@dataclass(frozen=True, slots=True)
class Month:
    """Claims of one month by how sure they are told. ``possible`` holds the probable and forecasts too."""

    first: date
    certain: int = 0
    possible: int = 0
    unknown: int = 0
    denied: int = 0

    def counts(self) -> tuple[int, int, int, int]:
        return self.certain, self.possible, self.unknown, self.denied

    @property
    def total(self) -> int:
        return sum(self.counts())


def by_month(told: Iterable[tuple[date, str]]) -> list[Month]:
    """Day and kind of each claim, counted by month, months without any too."""
    counts: dict[date, dict[str, int]] = {}
    for day, kind in told:
        month = counts.setdefault(day.replace(day=1), dict.fromkeys(KINDS, 0))
        month[kind] += 1
    if not counts:
        return []
    found: list[Month] = []
    at = min(counts)
    while at <= max(counts) and len(found) < 12 * 400:
        found.append(Month(at, **counts.get(at, {})))
        at = _next(at)
    return found


def _next(day: date) -> date:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)


def certainty_strip(months: Sequence[Month], tongue: Tongue, *, title: str = "") -> Picture:
    """A column a month, parted by how sure its claims are told; the latest `MOST_MONTHS` are drawn."""
    shown = months[-MOST_MONTHS:]
    title = title or tongue.gettext("How sure it was told, month by month")
    says = _says(shown, tongue)
    drawn = "".join(_column(n, month, len(shown), tongue) for n, month in enumerate(shown))
    if shown:
        drawn += axis(Days(shown[0].first, _next(shown[-1].first)), tongue, _HEIGHT - 8, grid=_FLOOR)
    names = _names(tongue)
    table = Table((tongue.gettext("Month"), *(names[kind] for kind in KINDS)), tuple((m.first.strftime("%Y-%m"), *m.counts()) for m in months))
    key = key_of((kind, f"{GLYPHS[kind]} {names[kind]}") for kind in KINDS)
    return Picture("sureness", title, says, svg(_hatch() + drawn, title, says, height=_HEIGHT), table, key)


def _names(tongue: Tongue) -> dict[str, str]:
    return {
        "certain": tongue.gettext("certain"), "possible": tongue.gettext("possible, forecast"), "unknown": tongue.gettext("not known"),
        "denied": tongue.gettext("denied"),
    }  # fmt: skip


def _hatch() -> str:
    """Denied is hatched, so that it is told from the others without colour."""
    line = element("path", d="M0 6L6 0", class_="hatch-line")
    return element("defs", element("pattern", element("rect", width=6, height=6, class_="hatch-ground") + line, id="hatch-denied", width=6, height=6, patternUnits="userSpaceOnUse"))


def _column(n: int, month: Month, many: int, tongue: Tongue) -> str:
    if not month.total:
        return ""
    slot = 1 / many
    gap = min(slot * 0.25, 0.012)
    x, width, y = per_cent(n * slot + gap / 2), per_cent(slot - gap), _FLOOR
    drawn = ""
    for kind, count in zip(KINDS, month.counts(), strict=True):
        tall = round((_FLOOR - _TOP) * count / month.total, 2)
        if tall:
            y -= tall
            fill = "url(#hatch-denied)" if kind == "denied" else None
            drawn += element("rect", x=x, width=width, y=round(y, 2), height=tall, class_=kind, fill=fill)
    if many <= 12:
        drawn += text(tongue.whole(month.total), per_cent((n + 0.5) * slot), _TOP - 6, class_="small", anchor="middle")
    names = _names(tongue)
    told = ", ".join(f"{names[kind]} {count}" for kind, count in zip(KINDS, month.counts(), strict=True) if count)
    return element("g", tip(f"{tongue.month(month.first)}: {told}") + drawn)


def _says(months: Sequence[Month], tongue: Tongue) -> str:
    total = sum(month.total for month in months)
    if not total:
        return tongue.gettext("No claim of this time is dated.")
    names = _names(tongue)
    parts = [f"{names[kind]} {tongue.share(sum(m.counts()[n] for m in months) / total)}" for n, kind in enumerate(KINDS)]
    return tongue.gettext("{n} claims from {first} to {last}: {parts}.").format(
        n=tongue.whole(total), first=tongue.month(months[0].first), last=tongue.month(months[-1].first), parts=", ".join(parts)
    )
