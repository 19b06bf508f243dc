"""What facets are counted from: number, outlet, kinds and agencies of all articles, as columns in memory.

Comes in: a connection. Goes out: the columns of the state that it sees. They are read once for a state of an archive and kept until
another is asked about: 24 bytes an article, and as much as reading 50 hits of each thousand one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import CompoundSelect, Connection, Engine, Select, func, select

from ..archive.engine import state_of
from ..archive.schema import articles, tags

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.int64]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Columns:
    """``numbers`` in rising order; beside each its ``outlet`` (-1 for none) and its kinds (`archive.parts`). ``wires``: the places in
    ``numbers`` of those that carry an agency's copy, one for each agency, and which of ``wire_names``."""

    numbers: Column
    outlets: Column
    kinds: Column
    wires: Column
    wire_codes: Column
    wire_names: Sequence[str]


_kept: dict[str, WeakKeyDictionary[Engine, tuple[str, Any]]] = {"columns": WeakKeyDictionary(), "lengths": WeakKeyDictionary()}
_lock = Lock()


def columns_of(connection: Connection) -> Columns:
    """The columns of all articles."""
    return _of_state(connection, "columns", _read)


def lengths_of_all(connection: Connection) -> tuple[int, float]:
    """How many articles there are, and how many characters one has in the mean (1 where there is none)."""
    return _of_state(connection, "lengths", _measure)


def _of_state(connection: Connection, what: str, read: Callable[[Connection], _T]) -> _T:
    """What was read of the state that a connection sees, or is read now."""
    engine, state, known = connection.engine, state_of(connection), _kept[what]
    with _lock:
        kept = known.get(engine)
    if kept is not None and kept[0] == state:
        return kept[1]  # type: ignore[no-any-return]
    found = read(connection)
    if state is not None:
        with _lock:
            known[engine] = state, found
    return found


def _measure(connection: Connection) -> tuple[int, float]:
    total, mean = connection.execute(select(func.count(), func.coalesce(func.avg(articles.c.chars), 1))).one()
    return int(total), float(mean)


def _read(connection: Connection) -> Columns:
    import numpy as np

    # Not by number: in the order of the index that holds just these.
    rows = table_of(connection, select(articles.c.number, func.coalesce(articles.c.outlet, -1), articles.c.kinds), 3)
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    numbers = rows[:, 0].copy()
    told = connection.execute(select(tags.c.value, tags.c.article).where(tags.c.field == "wire").order_by(tags.c.value)).cursor.fetchall()
    names = {name: code for code, name in enumerate(dict.fromkeys(name for name, _ in told))}
    carrying = np.fromiter((number for _, number in told), dtype=np.int64, count=len(told))
    codes = np.fromiter((names[name] for name, _ in told), dtype=np.int64, count=len(told))
    return Columns(numbers, rows[:, 1].copy(), rows[:, 2].copy(), np.searchsorted(numbers, carrying), codes, tuple(names))


def table_of(connection: Connection, rows: Select[Any] | CompoundSelect[Any], width: int) -> NDArray[np.int64]:
    """Rows of whole numbers, as the driver gives them: there may be one for every article."""
    import numpy as np

    told = connection.execute(rows).cursor.fetchall()
    return np.fromiter(chain.from_iterable(told), dtype=np.int64, count=len(told) * width).reshape(-1, width)
