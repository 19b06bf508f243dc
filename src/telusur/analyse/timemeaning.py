"""What a time expression says, before it is known when the article was written.

`timegrammar` reads these out of the words; `timevalues` turns them into TIMEX3 values and intervals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from ..model.layers import TimeMod, TimeType
from ..model.span import Span

Unit = Literal["D", "W", "M", "Y", "DE", "CE", "Q", "HY", "H", "MIN", "S"]
"""Day, week, month, year, decade, century, quarter, half-year, hour, minute, second."""

UNITS: dict[str, Unit] = {unit: unit for unit in get_args(Unit)}

@dataclass(frozen=True, slots=True)
class Calendar:
    """A day, month or year by the calendar, with what stands beside it. None: not said.

    ``deictic`` counts days from the day of speaking (``kemarin`` -1). ``shift`` is the direction of ``lalu`` (-1),
    ``ini`` (0) and ``mendatang`` (1); ``week_shift`` that of ``pekan lalu`` after a day's name. ``part`` is
    ``TMO``, ``TAF`` or ``TNI``; ``clock`` is ``HH:MM`` or ``HH:MM:SS``; ``part_mod`` belongs to a part of a day.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    deictic: int | None = None
    shift: int | None = None
    week_shift: int | None = None
    part: str | None = None
    clock: str | None = None
    mod: TimeMod | None = None
    year_shift: int | None = None
    """The direction of ``tahun lalu`` after a month (``Maret tahun lalu``)."""
    told: bool | None = None
    """True for ``malam itu``: the day told last, however far back."""
    valid: bool = True
    """False where what is printed is no date (``31/4/2025``)."""

    @property
    def names_day(self) -> bool:
        """Whether the words tell one day."""
        return self.day is not None or self.weekday is not None or self.deictic is not None


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month, year, quarter, half-year, season or decade, by number or by its distance from now.

    ``number`` is the quarter or half; ``code`` the season (``SU``) or ``WE`` for the week's end.
    """

    unit: Unit | Literal["season", "sport-season"]
    shift: int | None = None
    year: int | None = None
    number: int | None = None
    code: str | None = None
    mod: TimeMod | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from now or from the time told last: ``dua hari lalu``, ``sehari sebelumnya``."""

    count: float
    unit: Unit
    direction: Literal[-1, 1]
    from_told: bool
    counted: bool
    """False where the unit carries its own one (``sepekan``, ``setahun``)."""
    mod: TimeMod | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """A duration: ``count`` of TIMEX3 (``3``, ``2.5``, ``X``) and unit. ``anchored``: -1 up to now, 1 from now on."""

    count: str
    unit: Unit
    anchored: Literal[-1, 0, 1] = 0
    upper: str | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """An expression whose value the words alone give."""

    type: TimeType
    value: str
    mod: TimeMod | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Echo:
    """A word that points back: ``saat itu``, ``tahun yang sama``. ``unit`` is None for any time.

    ``near``: only to a time told in this paragraph or the one before (``hari ketiga``).
    """

    unit: Unit | None
    near: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From one time to another, both included."""

    first: Calendar
    last: Calendar


Meaning = Calendar | Period | Offset | Length | Fixed | Echo | Range


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression as it stands: where, and what its words say."""

    span: Span
    meaning: Meaning
    joined: bool = field(default=False, compare=False)
    """Whether only a comma or a word such as ``dan`` parts it from the expression that follows."""
