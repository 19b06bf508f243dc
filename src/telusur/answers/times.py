"""When something is said to have been, in words, never more exactly than the text."""

from __future__ import annotations

from typing import Any

from ..config import Lang
from ..export.wording import Wording, clean
from ..model.layers import Time
from ..model.span import Span


def when(time: dict[str, Any] | None, lang: Lang) -> str:
    """``pertengahan Mar 2017``, ``Rab 29-03-2017``; the text's own words where a value has no short form; "" for none."""
    if time is None:
        return ""
    told = Time("", Span(0, 1), "DATE", time.get("value") or "", time.get("mod"))
    return Wording(lang).when(told, clean(time.get("text") or ""))


def interval(time: dict[str, Any] | None) -> str:
    """``2017-03-11/2017-03-21``: the days meant, the last not included; "" where the text does not give them."""
    if time is None or not (time.get("from") or time.get("to")):
        return ""
    return f"{time.get('from') or '..'}/{time.get('to') or '..'}"
