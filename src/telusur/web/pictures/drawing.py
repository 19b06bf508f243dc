"""What all pictures are made of: markup that is safe, a figure with its table twin, and a scale of days.

Comes in: rows and a language. Goes out: a `Picture`, finished markup without script and without inline style: looks come from
classes (``static/pictures.css``), sizes from presentation attributes. Places along an axis are told in per cent, so that
a picture is as wide as its page while its letters keep their size, on a phone too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ...config import Lang
from ...export.marks import escape
from ...export.wording import Wording, clean, shorten

Cell = str | int | float | None

MOST_TOLD = 100
"""Rows of a table twin on a page."""


def _plural(one: str, several: str, n: int) -> str:
    return one if n == 1 else several


@dataclass(frozen=True, slots=True)
class Tongue:
    """The words of one language: phrases by gettext (English in, this language out), numbers and dates by `Wording`."""

    lang: Lang = "en"
    gettext: Callable[[str], str] = str
    ngettext: Callable[[str, str, int], str] = _plural

    @property
    def wording(self) -> Wording:
        return Wording(self.lang)

    def whole(self, n: int) -> str:
        return self.wording.whole(n)

    def share(self, part: float) -> str:
        """0.824 as ``82%``."""
        return f"{round(part * 100)}%"

    def day(self, day: date) -> str:
        """``17 Apr 2017``"""
        return f"{day.day} {self.wording.months(short=True)[day.month - 1]} {day.year}"

    def month(self, day: date) -> str:
        """``Apr 2017``"""
        return f"{self.wording.months(short=True)[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a picture. The first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def to_dicts(self) -> list[dict[str, Cell]]:
        """For JSON."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_csv(self) -> str:
        """RFC 4180 with a header; no cell that a spreadsheet would take for a formula."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        for row in (self.columns, *self.rows):
            writer.writerow([_harmless(cell) for cell in row])
        return out.getvalue()

    def to_html(self, caption: str, tongue: Tongue) -> str:
        """As a table of a page, its first `MOST_TOLD` rows."""
        if len(self.rows) > MOST_TOLD:
            more = tongue.gettext("the first {n} of {all} rows; the files hold all")
            caption += f" ({more.format(n=tongue.whole(MOST_TOLD), all=tongue.whole(len(self.rows)))})"
        head = "".join(element("th", escape(name), scope="col") for name in self.columns)
        body = "".join(element("tr", _row(row, tongue)) for row in self.rows[:MOST_TOLD])
        return element("table", f"{element('caption', escape(caption))}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>")


def _row(row: Sequence[Cell], tongue: Tongue) -> str:
    first, *others = row
    told = element("th", _shown(first, tongue), scope="row")
    return told + "".join(element("td", _shown(cell, tongue), class_="number" if isinstance(cell, int | float) else None) for cell in others)


def _shown(cell: Cell, tongue: Tongue) -> str:
    if isinstance(cell, int):
        return tongue.whole(cell)
    if isinstance(cell, float):
        return tongue.wording.decimal(cell, 2)
    return escape(clean(cell or ""))


def _harmless(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    plain = clean(cell)
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@") else plain


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture. ``says`` is what it shows, in a sentence or two with its numbers: its alternative text.
    ``drawing`` and ``legend`` are markup; ``wide`` is the least width in which it can be read, as a class (``w40``), where a
    phone must scroll it sideways."""

    name: str
    title: str
    says: str
    drawing: str
    table: Table
    legend: str = ""
    wide: str = ""

    def figure(self, tongue: Tongue, *, level: int = 2) -> str:
        """The picture with title, key, and its table twin behind a button."""
        heading = element(f"h{level}", escape(self.title), class_="picture-title")
        drawing = element("div", self.drawing, class_=f"drawing {self.wide}".strip())
        if self.wide:
            drawing = element("div", drawing, class_="scroll", tabindex=0, role="group", aria_label=self.title)
        return element(
            "figure", heading + drawing + self.legend + element("p", escape(self.says), class_="picture-says") + self.twin(tongue),
            class_=f"picture picture-{self.name}",
        )  # fmt: skip

    def twin(self, tongue: Tongue) -> str:
        """The same as a table, folded."""
        if not self.table.rows:
            return ""
        summary = element("summary", escape(tongue.gettext("As a table")))
        held = element("div", self.table.to_html(self.title, tongue), class_="scroll", tabindex=0, role="group", aria_label=self.title)
        return element("details", summary + held, class_="twin")


# --- markup -----------------------------------------------------------------------------------------------------


def element(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """One element around finished markup. ``class_`` and ``aria_label`` are written with hyphens; None is left out; values
    are escaped."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{content}</{name}>"


def number(value: float) -> str:
    """As short as two places after the point allow."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def per_cent(part: float) -> str:
    """0.125 as ``12.5%``, kept within what can be drawn."""
    return f"{number(round(max(-1.0, min(2.0, part)) * 100, 2))}%"


def svg(content: str, title: str, says: str, *, height: str | float, class_: str = "", view: str | None = None, linked: bool = False) -> str:
    """A drawing with title and description. ``linked``: it holds links, so that it is a group, not one image."""
    return element(
        "svg", element("title", escape(clean(title))) + element("desc", escape(clean(says))) + content,
        xmlns="http://www.w3.org/2000/svg", class_=f"chart {class_}".strip(), width="100%", height=height, viewBox=view,
        role="group" if linked else "img", aria_label=f"{clean(title)}. {clean(says)}",
    )  # fmt: skip


def aside(content: str, *, height: float, class_: str = "") -> str:
    """A drawing that only repeats what stands in words beside it."""
    return element("svg", content, xmlns="http://www.w3.org/2000/svg", class_=f"chart {class_}".strip(), width="100%", height=height, aria_hidden="true")


def text(content: str, x: str | float, y: str | float, *, class_: str = "", anchor: str | None = None) -> str:
    return element("text", escape(clean(content)), x=x, y=y, class_=class_ or None, text_anchor=anchor)


def tip(content: str) -> str:
    """What a pointer shows over a part."""
    return element("title", escape(clean(content)))


def key_of(parts: Iterable[tuple[str, str]]) -> str:
    """A key: class of the sample and its words."""
    items = "".join(element("li", element("span", class_=f"sample {name}", aria_hidden="true") + escape(words)) for name, words in parts)
    return element("ul", items, class_="key")


def cut(words: str, most: int) -> str:
    """One harmless line, not too long."""
    return shorten(clean(words), most)


def safe_link(target: str | None) -> str | None:
    """A link that leads within the archive or to a page of the web; None for any other."""
    if target is None:
        return None
    inside = target.startswith(("/", "?", "#")) and not target.startswith("//")
    return target if inside or target.startswith(("https://", "http://")) else None


def link(content: str, target: str | None, **attributes: str | float | None) -> str:
    """Finished markup as a link where there is somewhere to go."""
    href = safe_link(target)
    return element("a", content, href=href, **attributes) if href else content


# --- days -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days [first, last) as an axis from 0 to 1."""

    first: date
    last: date

    @property
    def length(self) -> int:
        return max(1, (self.last - self.first).days)

    def at(self, day: date) -> float:
        return (day - self.first).days / self.length

    def ticks(self, most: int = 5) -> list[date]:
        """Round days: of years, months or single days, at most so many."""
        years = [y for y in range(self.first.year, self.last.year + 1)]
        if self.length > 365 * 2:
            step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if len(years) / s <= most)
            found = [date(y, 1, 1) for y in years if y % step == 0 and y > 0]
        elif self.length > 70:
            months = [date(y, m, 1) for y in years for m in range(1, 13)]
            months = [m for m in months if self.first <= m < self.last]
            step = next(s for s in (1, 2, 3, 6, 12) if len(months) / s <= most)
            found = [m for m in months if (m.month - 1) % step == 0]
        else:
            step = max(1, -(-self.length // most))
            found = [date.fromordinal(self.first.toordinal() + n) for n in range(0, self.length, step)]
        return [day for day in found if self.first <= day < self.last]

    def tick_words(self, day: date, tongue: Tongue) -> str:
        if self.length > 365 * 2:
            return str(day.year)
        return tongue.month(day) if self.length > 70 else tongue.day(day).rsplit(" ", 1)[0]


def spanning(days: Iterable[date | None], room: float = 0.02) -> Days:
    """The axis on which all these days lie, with some room at its ends; today's year where there is none."""
    known = [day for day in days if day is not None]
    if not known:
        return Days(date(2000, 1, 1), date(2001, 1, 1))
    first, last = min(known).toordinal(), max(known).toordinal() + 1
    more = max(1, round((last - first) * room))
    return Days(date.fromordinal(max(1, first - more)), date.fromordinal(min(date.max.toordinal(), last + more)))


def axis(days: Days, tongue: Tongue, y: float, *, grid: float = 0, most: int = 5) -> str:
    """Ticks with their words at height ``y``, and lines up to ``grid``."""
    drawn = []
    for day in days.ticks(most):
        at = days.at(day)
        anchor = "start" if at < 0.06 else "end" if at > 0.94 else "middle"
        drawn.append(element("line", x1=per_cent(at), x2=per_cent(at), y1=grid, y2=y - 12, class_="grid"))
        drawn.append(text(days.tick_words(day, tongue), per_cent(at), y, class_="tick", anchor=anchor))
    return "".join(drawn)


def gridlines(days: Days, height: float, most: int = 5) -> str:
    """The lines of `axis` alone, for rows above it."""
    return "".join(element("line", x1=per_cent(days.at(d)), x2=per_cent(days.at(d)), y1=0, y2=height, class_="grid") for d in days.ticks(most))
