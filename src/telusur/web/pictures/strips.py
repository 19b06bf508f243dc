"""Copy strips: each text as a bar, grey where it is copied, coloured where it is its own: who added what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...export.marks import escape
from ...export.wording import clean
from .drawing import Picture, Table, Tongue, aside, cut, element, key_of, link, number, per_cent, tip

MOST_STRIPS, MOST_PIECES = 100, 400
_HEIGHT = 18.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) of a text. ``copied`` from the text it is held against, its ``own``, or ``skipped``: the site's."""

    start: int
    end: int
    kind: Literal["copied", "own", "skipped"]


@dataclass(frozen=True, slots=True)
class Strip:
    """One text. ``note``: when, and what it says of its source; ``warning``: what should be looked at."""

    label: str
    length: int
    pieces: tuple[Piece, ...]
    note: str = ""
    warning: str = ""
    href: str | None = None

    @property
    def copied(self) -> float:
        """The share of what is not skipped that is copied, from 0 to 1."""
        count = {kind: sum(p.end - p.start for p in self.pieces if p.kind == kind) for kind in ("copied", "own")}
        return count["copied"] / max(1, count["copied"] + count["own"])


def copy_strips(strips: Sequence[Strip], tongue: Tongue, *, title: str = "") -> Picture:
    """Texts under one another, each as long as it is beside the longest."""
    shown = strips[:MOST_STRIPS]
    longest = max((strip.length for strip in shown), default=1) or 1
    items = "".join(element("li", _label(strip, tongue) + _bar(strip, longest, tongue)) for strip in shown)
    drawn = element("ol", items, class_="strips")
    if len(strips) > len(shown):
        more = tongue.gettext("The first {n} of {all} are shown.").format(n=tongue.whole(len(shown)), all=tongue.whole(len(strips)))
        drawn += element("p", escape(more), class_="more")
    columns = (tongue.gettext("Text"), tongue.gettext("Copied"), tongue.gettext("Characters"), tongue.gettext("Note"))
    rows = tuple((clean(s.label), tongue.share(s.copied), s.length, clean(" · ".join(filter(None, (s.note, s.warning))))) for s in strips[: 10 * MOST_STRIPS])
    key = key_of((("copied", tongue.gettext("copied")), ("own", tongue.gettext("its own words")), ("skipped", tongue.gettext("not of the article"))))
    return Picture("strips", title or tongue.gettext("Who copied what, who added what"), _says(shown, tongue), drawn, Table(columns, rows), key)


def _label(strip: Strip, tongue: Tongue) -> str:
    name = element("b", link(escape(cut(strip.label, 80)), strip.href))
    share = element("span", escape(tongue.gettext("{share} copied").format(share=tongue.share(strip.copied))), class_="share")
    note = element("span", escape(clean(strip.note)), class_="soft") if strip.note else ""
    warning = element("span", "⚠ " + escape(clean(strip.warning)), class_="warning") if strip.warning else ""
    return element("div", " ".join(filter(None, (name, share, note, warning))), class_="line")


def _bar(strip: Strip, longest: int, tongue: Tongue) -> str:
    words = {"copied": tongue.gettext("copied"), "own": tongue.gettext("its own words"), "skipped": tongue.gettext("not of the article")}
    drawn = []
    for piece in sorted(strip.pieces, key=lambda p: p.start)[:MOST_PIECES]:
        wide = max(0.0008, (piece.end - piece.start) / longest)
        told = f"{words[piece.kind]}: {number(piece.start)}–{number(piece.end)}"
        drawn.append(element("rect", tip(told), x=per_cent(piece.start / longest), width=per_cent(wide), y=1, height=_HEIGHT - 2, class_=piece.kind))
    frame = element("rect", x="0%", width=per_cent(strip.length / longest), y=0.5, height=_HEIGHT - 1, class_="frame")
    return aside("".join(drawn) + frame, height=_HEIGHT, class_="strip")


def _says(strips: Sequence[Strip], tongue: Tongue) -> str:
    if not strips:
        return tongue.gettext("No texts to hold against one another.")
    whole = sum(strip.copied > 0.95 for strip in strips)
    most = min(strips, key=lambda strip: strip.copied)
    said = tongue.gettext("{n} texts; {whole} of them are copied from end to end.").format(n=tongue.whole(len(strips)), whole=tongue.whole(whole))
    if most.copied < 1:
        said += " " + tongue.gettext("Most of its own has {name}: {share}.").format(name=cut(most.label, 60), share=tongue.share(1 - most.copied))
    return said
