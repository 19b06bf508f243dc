"""How doubtful an item is: what a person should look at first.

Comes in: a record with people's decisions laid over it. Goes out: for each attribution and claim that nobody has decided
on, the least of its confidences, its own and those of the parts that it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LAYERS = ("attributions", "claims")
"""What is reviewed in the queue; the other layers are corrected where they spoil one of these."""

UNMEASURED = 0.5
"""Where nothing was measured, nothing is known: in the middle of the queue."""


def confidence(item: Mapping[str, Any]) -> float:
    """How sure the method is of an item: of its least sure field."""
    told = [*(item.get("confidence") or {}).values()]
    told += [value for part in item.get("participants") or () for value in (part.get("confidence") or {}).values()]
    return min(told, default=UNMEASURED)


def open_items(record: Mapping[str, Any]) -> list[tuple[float, str, Mapping[str, Any]]]:
    """Confidence, layer and item of all that is to be reviewed, the most doubtful first."""
    found = [(confidence(item), layer, item) for layer in LAYERS for item in record[layer] if not item.get("review")]
    return sorted(found, key=lambda one: (one[0], _start(one[2])))


def _start(item: Mapping[str, Any]) -> int:
    return int(item["trigger"]["start"] if "trigger" in item else item["content"][0]["start"])


def least_doubt(record: Mapping[str, Any]) -> Iterator[int]:
    """The least confidence of what is to be reviewed, in thousandths; none where all is reviewed."""
    if items := open_items(record):
        yield round(items[0][0] * 1000)
