"""The desk: one item after another on a terminal, decided by single keys.

Each screen shows the article, the item's sentence with its words marked, the item's fields, and the keys. Every key that
decides writes at once; `u` undoes the last decision of this sitting.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..archive.decisions import Wish
from ..archive.engine import Archive
from ..archive.fields import CHOICES, FIELDS, read_value
from ..archive.queue import Waiting, copies_of, next_waiting, waiting
from ..archive.review import decide, undo
from ..config import DEFAULT_WIDTH, MIN_WIDTH, settings
from ..errors import BadRequest
from ..export.wording import Wording, clean, shorten
from .items import fields_of, in_words
from .status import DONE

Span = tuple[int, int]

_LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"
_BEFORE = 1
"""Sentences before the item's own that are shown."""

_ROLES = {"actor": "green", "recipient": "magenta", "place": "cyan", "speaker": "green", "origin": "cyan", "relay": "magenta"}


class Desk:
    """One sitting: what is skipped, what was decided."""

    def __init__(
        self, archive: Archive, who: str, why: str | None, among: Collection[int] | None, width: int | None, no_color: bool, lang: str | None
    ) -> None:
        chosen = settings(os.environ, lang=lang, width=width, no_color=no_color)
        self.archive, self.who, self.why, self.among = archive, who, why, among
        self.words = Wording(chosen.lang)
        self.say = self.words.say
        self.console = Console(
            width=chosen.width or max(MIN_WIDTH, min(Console().width, DEFAULT_WIDTH)), no_color=chosen.color is False, highlight=False, emoji=False, markup=False
        )
        self.skipped: set[tuple[str, str]] = set()
        self.made: list[str] = []
        self.count = self.passed = 0
        self.note = ""

    def run(self) -> int:
        """Until nothing waits, or the person goes."""
        while one := next_waiting(self.archive, among=self.among, skipped=self.skipped):
            self.show(one)
            if not self.press(one):
                break
        else:
            self.console.print(self.say("desk.none"))
        self.console.print(self.say("desk.done", n=self.words.whole(self.count), skipped=self.words.whole(self.passed)))
        return DONE

    # --- the screen ---

    def show(self, one: Waiting) -> None:
        if self.console.is_terminal:
            self.console.clear()
        article = one.record["article"]
        with self.archive.reading() as connection:
            left = waiting(connection) if self.among is None else len(self.among)
        head = Text(shorten(clean(article["title"] or one.article), self.console.width), style="bold")
        about = [article["publisher"], self.words.day(article["published"]) if article["published"] else None, one.article[:8]]
        self.console.print(head)
        self.console.print(Text(" · ".join(clean(part) for part in about if part), style="dim"))
        self.console.print(Text(self.say("desk.left", here=one.left, articles=self.words.whole(left)), style="dim"))
        if one.copies:
            self.console.print(Text(self.say("desk.copies", n=one.copies), style="yellow"))
        self.console.print()
        self.console.print(Padding(self.sentence(one), (0, 2)))
        self.console.print()
        self.console.print(self.fields(one))
        self.console.print()
        if self.note:
            self.console.print(Text(self.note, style="yellow"))
            self.note = ""
        self.console.print(Text(self.say("desk.keys"), style="bold"))

    def sentence(self, one: Waiting) -> Text:
        """The item's sentence and the one before it, with its words marked: also by signs, for those who see no colour."""
        record = one.record
        core, parts = _places(one)
        start, end = _stretch(record, core)
        marks = [(span, "bold reverse", "[", "]") for span in core]
        marks += [(span, f"{_ROLES[role]} underline", "", "") for span, role in parts if start <= span[0] and span[1] <= end and span not in core]
        out, at = Text(), start
        for (first, last), style, before, after in sorted(marks):
            if first < at:
                continue
            out.append(_line(record["text"][at:first])).append(f"{before}{_line(record['text'][first:last])}{after}", style=style)
            at = last
        return out.append(_line(record["text"][at:end]))

    def fields(self, one: Waiting) -> Table:
        kind = self.say("field.type") if one.layer == "claims" else self.say("said.what")
        table = Table(box=None, show_header=False, padding=(0, 1, 0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        table.add_row(kind, Text(self.words.verb(one.item["type"]) if one.layer == "claims" else self.say(f"view.{one.item['style']}"), style="bold"))
        for name, value in fields_of(one.record, one.layer, one.item):
            if value != "-" and name != "type":
                table.add_row(self.say(f"field.{name}"), Text(in_words(self.words, name, value)))
        table.add_row(self.say("desk.sure"), Text(self.words.decimal(one.confidence, 2)))
        return table

    # --- keys ---

    def press(self, one: Waiting) -> bool:
        """One key; False where the person goes."""
        key = click.getchar().casefold()
        if key in ("q", "\x04", "\x1b"):
            return False
        try:
            if key == "a":
                self.decide(Wish("accept", self.who, self.why, one.article, one.key))
            elif key == "r":
                self.decide(Wish("reject", self.who, self.why, one.article, one.key))
            elif key == "c":
                self.correct(one)
            elif key == "s":
                self.skip(one)
            elif key == "u":
                self.undo()
            elif key == "w":
                self.why = click.prompt(self.say("desk.why"), default=self.why or "", show_default=False) or None
            else:
                self.note = self.say("desk.help")
        except BadRequest as error:
            self.note = str(error)
        return True

    def decide(self, wish: Wish) -> None:
        self.made.append(decide(self.archive, wish).id)
        self.count += 1

    def skip(self, one: Waiting) -> None:
        """Not this time, nor in the copies of the text."""
        with self.archive.reading() as connection:
            self.skipped |= {(article, one.key) for article in (one.article, *copies_of(connection, one.article))}
        self.passed += 1

    def undo(self) -> None:
        if not self.made:
            self.note = self.say("desk.nothing")
            return
        undo(self.archive, self.made.pop(), self.who, self.why)
        self.count -= 1
        self.note = self.say("desk.undone")

    def correct(self, one: Waiting) -> None:
        """A field by one key, then its value: by one key where it is one of some words, else typed."""
        told = dict(fields_of(one.record, one.layer, one.item))
        fields = FIELDS[one.layer]
        self.console.print(Text(f"\n{self.say('desk.which')}", style="bold"))
        for letter, name in zip(_LETTERS, fields, strict=False):
            self.console.print(f"  {letter}  {self.say(f'field.{name}')}: {in_words(self.words, name, told.get(name, '-'))}")
        field = self.choose(fields)
        if field is None:
            return
        choices = CHOICES.get((one.layer, field))
        if choices:
            self.console.print(Text(f"\n{self.say('desk.to', field=self.say(f'field.{field}'))}", style="bold"))
            for letter, word in zip(_LETTERS, choices, strict=False):
                self.console.print(f"  {letter}  {in_words(self.words, field, word)}  {word if field == 'type' else ''}".rstrip())
            typed = self.choose(choices) or ""
        else:
            typed = click.prompt(self.say("desk.value", field=self.say(f"field.{field}")), default="", show_default=False)
        if not typed:
            return
        name, value = read_value(one.record, one.key, field, typed)
        self.decide(Wish("correct", self.who, self.why, one.article, one.key, name, value))

    def choose(self, words: Collection[str]) -> str | None:
        key = click.getchar().casefold()
        return dict(zip(_LETTERS, words, strict=False)).get(key)


def _line(text: str) -> str:
    """A stretch of the text as it can be shown in running lines, its spaces at both ends kept."""
    told = clean(text)
    return f"{' ' if text[:1].isspace() and told else ''}{told}{' ' if text[-1:].isspace() else ''}"


def _places(one: Waiting) -> tuple[list[Span], list[tuple[Span, str]]]:
    """Where the item itself stands, and those who take part in it."""
    item: Mapping[str, Any] = one.item
    if one.layer == "claims":
        return [(item["trigger"]["start"], item["trigger"]["end"])], [((p["start"], p["end"]), p["role"]) for p in item["participants"]]
    core = [(s["start"], s["end"]) for s in item["content"]]
    return core, [((link["start"], link["end"]), link["role"]) for link in item["chain"]]


def _stretch(record: Mapping[str, Any], core: list[Span]) -> Span:
    """From the sentence before the item's first to the end of its last."""
    start, end = min(s for s, _ in core), max(e for _, e in core)
    sentences = record["sentences"] or record["blocks"]
    inside = [n for n, s in enumerate(sentences) if s["start"] < end and s["end"] > start]
    if not inside:
        return start, end
    first = max(0, inside[0] - _BEFORE)
    return sentences[first]["start"], max(end, sentences[inside[-1]]["end"])
