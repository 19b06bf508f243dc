"""Heat tables: who speaks about what, which outlet lives on whose copy. A table whose cells are the darker the more they hold;
the number stands in each, so that nothing is told by colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...export.marks import escape
from ...export.wording import clean
from .drawing import Picture, Table, Tongue, cut, element, link

MOST_ROWS, MOST_COLUMNS = 25, 14
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """So many of a row in a column; ``href`` leads to them."""

    row: str
    column: str
    count: int
    href: str | None = None


def speaker_matrix(cells: Sequence[Cell], tongue: Tongue, *, title: str = "") -> Picture:
    """Who speaks about what or whom, and how often."""
    says = tongue.gettext("{rows} speakers, {columns} subjects, {n} statements; most: {row} about {column}, {most}.")
    corner = tongue.gettext("Who speaks"), tongue.gettext("about whom or what")
    return _heat("matrix", cells, title or tongue.gettext("Who speaks about what"), says, corner, tongue, shares=None)


def dependence(cells: Sequence[Cell], printed: Mapping[str, int], tongue: Tongue, *, title: str = "") -> Picture:
    """Which share of an outlet's articles carries which agency's copy. ``printed``: all articles of each outlet."""
    says = tongue.gettext("{rows} outlets, {columns} agencies, {n} articles with an agency's copy; most: {row} from {column}, {most}.")
    corner = tongue.gettext("Outlet"), tongue.gettext("agency")
    return _heat("dependence", cells, title or tongue.gettext("Who lives on whose copy"), says, corner, tongue, shares=printed)


def drawn(cells: Sequence[Cell]) -> tuple[frozenset[str], frozenset[str]]:
    """The rows and columns that are drawn, those with the most."""
    return frozenset(_largest(cells, "row", MOST_ROWS)), frozenset(_largest(cells, "column", MOST_COLUMNS))


def _heat(
    name: str, cells: Sequence[Cell], title: str, says: str, corner: tuple[str, str], tongue: Tongue, *, shares: Mapping[str, int] | None
) -> Picture:
    rows, columns = _largest(cells, "row", MOST_ROWS), _largest(cells, "column", MOST_COLUMNS)
    held = {(cell.row, cell.column): cell for cell in cells}
    worth = {key: _worth(cell, shares) for key, cell in held.items() if cell.row in rows and cell.column in columns}
    most = max(worth.values(), default=0.0)
    head = "".join(element("th", element("span", escape(cut(column, 28))), scope="col") for column in columns)
    head = element("th", escape(corner[0]) + element("span", escape(f" × {corner[1]}"), class_="role"), scope="col") + head
    body = "".join(_row(row, columns, held, worth, most, tongue, shares) for row in rows)
    drawn = element("table", element("caption", escape(title), class_="out") + f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>", class_="heat")
    dropped = len({c.row for c in cells}) - len(rows), len({c.column for c in cells}) - len(columns)
    if any(dropped):
        told = tongue.gettext("Not shown: {rows} rows and {columns} columns with less.").format(rows=tongue.whole(dropped[0]), columns=tongue.whole(dropped[1]))
        drawn += element("p", escape(told), class_="more")
    table = Table((corner[0], corner[1], tongue.gettext("Count")), tuple((clean(c.row), clean(c.column), c.count) for c in _sorted(cells)))
    return Picture(name, title, _says(says, held, rows, columns, tongue), drawn, table, wide="w30" if len(columns) > 4 else "w20")


def _worth(cell: Cell, shares: Mapping[str, int] | None) -> float:
    return float(cell.count) if shares is None else cell.count / max(1, cell.count, shares.get(cell.row, 0))


def _largest(cells: Iterable[Cell], side: str, most: int) -> list[str]:
    counts: Counter[str] = Counter()
    for cell in cells:
        counts[cell.row if side == "row" else cell.column] += cell.count
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]]


def _sorted(cells: Iterable[Cell]) -> list[Cell]:
    return sorted(cells, key=lambda cell: (-cell.count, cell.row, cell.column))[: 40 * MOST_ROWS]


def _row(
    row: str, columns: Sequence[str], held: Mapping[tuple[str, str], Cell], worth: Mapping[tuple[str, str], float], most: float, tongue: Tongue,
    shares: Mapping[str, int] | None,
) -> str:  # fmt: skip
    drawn = element("th", escape(cut(row, 40)), scope="row")
    for column in columns:
        cell = held.get((row, column))
        if cell is None:
            drawn += "<td></td>"
            continue
        value = worth[(row, column)]
        step = 1 + min(_STEPS - 1, int(_STEPS * value / most)) if most else 1
        words = tongue.whole(cell.count) if shares is None else tongue.share(value)
        drawn += element("td", link(escape(words), cell.href), class_=f"heat{step}")
    return element("tr", drawn)


def _says(words: str, held: Mapping[tuple[str, str], Cell], rows: Sequence[str], columns: Sequence[str], tongue: Tongue) -> str:
    if not held:
        return tongue.gettext("There is nothing to count yet.")
    top = max(held.values(), key=lambda cell: (cell.count, cell.row, cell.column))
    return words.format(
        rows=tongue.whole(len(rows)), columns=tongue.whole(len(columns)), n=tongue.whole(sum(c.count for c in held.values())),
        row=cut(top.row, 50), column=cut(top.column, 50), most=tongue.whole(top.count),
    )  # fmt: skip
