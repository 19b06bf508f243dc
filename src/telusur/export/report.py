"""The report on a terminal: on whose word, who said what, what happened, who holds what, what to check.

Comes in: a `Record`, a language, a width. Goes out: one text, with or without colour.
Shape comes before colour: every mark can be read in black and white.
"""

from __future__ import annotations

import io
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..config import DEFAULT_WIDTH, Lang
from ..model.claim import ChainLink
from ..model.record import Record
from ..model.span import Span
from .concerns import anchor, concerns, numbers
from .digest import Branch, Digest, Statement, Told, digest
from .stance import Marked, of_claim, of_statement
from .wording import GLYPHS, UNJUDGED, Wording, clean, shorten

MOST_ROWS = 15
"""Rows of a section before the report names the rest by number; ``full`` shows all."""

MOST_CONCERNS = 8
_Row = TypeVar("_Row")
_COLORS = {"●": "green", "◐": "yellow", "○": "magenta", "⊘": "red", UNJUDGED: "dim"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is to look. ``file`` is what the reader would type again; ``full`` leaves nothing out."""

    lang: Lang = "id"
    width: int = DEFAULT_WIDTH
    color: bool = False
    full: bool = False
    file: str | None = None


def to_text(record: Record, look: Look | None = None) -> str:
    """The report on one article, ending in a line break."""
    look = look or Look()
    out = io.StringIO()
    console = Console(
        file=out,
        width=look.width,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=not look.color,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    report = _Report(digest(record), Wording(look.lang), look)
    for part in report.parts():
        console.print(part)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    return "\n".join([*lines, *report.commands()]).strip("\n") + "\n"


class _Report:
    """Builds the parts of one report, top to bottom."""

    def __init__(self, told: Digest, words: Wording, look: Look) -> None:
        self.digest, self.words, self.look = told, words, look
        self.say = words.say
        self.article = told.record.document.article

    def parts(self) -> Iterable[RenderableType]:
        yield from self._head()
        yield from self._on_whose_word()
        if self.digest.statements:
            yield from self._who_said_what()
        if self.digest.events:
            yield from self._events()
        if self.digest.states:
            yield from self._states()
        yield from self._needs_checking()
        yield from self._foot()

    def _section(self, title: str, sub: str = "") -> Iterable[RenderableType]:
        line = Text(title, style="bold")
        if sub:
            line.append("  ").append(shorten(sub, self.look.width - len(title) - 6), style="dim")
        yield Text()
        yield line.append(" " + "─" * max(0, self.look.width - line.cell_len - 1), style="dim")

    # --- head ---

    def _head(self) -> Iterable[RenderableType]:
        article = self.article
        yield Text(clean(article.title or self.say("untitled")), style="bold")
        roles: dict[str, list[str]] = {}
        for credit in article.credits:
            names = roles.setdefault(clean(credit.name), [])
            role = self.say(f"role.{credit.role}")
            names.extend([role] if role not in names else [])
        made = [f"{', '.join(roles_of)}: {name}" for name, roles_of in roles.items()]
        made = [line[:1].upper() + line[1:] for line in made]
        parts = [clean(x) for x in (article.publisher, article.section) if x] + made
        if parts:
            yield Text(" · ".join(parts), style="dim")
        yield Text(self._published(), style="dim")

    def _published(self) -> str:
        published = self.article.published
        if published:
            stated = self.digest.record.document.published_basis == "caller"
            return self.say("published.caller" if stated else "published", when=self.words.day(published))
        if not any(t.basis == "latest date in text" for t in self.digest.record.times):
            return self.say("published.none")
        if (time := anchor(self.digest)) is None:
            return self.say("published.none")
        text = clean(time.span.of(self.digest.record.text))
        return self.say("published.anchor", when=self.words.day(time.value[:10]), text=text)

    # --- on whose word ---

    def _on_whose_word(self) -> Iterable[RenderableType]:
        yield from self._section(self.say("word.title"), self._sources())
        branches, left = self._cut(self.digest.branches)
        for branch in branches:
            yield from self._branch(branch)
        yield from self._hidden(left)
        relays = {self.digest.name(x).casefold() for b in self.digest.branches for x in b.tail if x.role == "relay"}
        if wires := [clean(w) for w in self.article.wires if clean(w).casefold() not in relays]:
            yield Text(f"  {self.say('word.wires', names=', '.join(wires))}", style="dim")

    def _sources(self) -> str:
        """``1 sumber bernama, lewat Antara, 1 sumber hulu``."""
        links = [link for s in self.digest.statements for link in s.attribution.chain]
        if not links:
            return self.say("word.nobody")
        named = {link.entity for link in links if link.role == "speaker" and link.entity}
        unnamed = {self.digest.name(x) for x in links if x.role == "speaker" and not x.entity}
        origins = {self.digest.name(x) for x in links if x.role == "origin"}
        relays = dict.fromkeys(self.digest.name(x) for x in links if x.role == "relay")
        parts = [self.words.count("word.named", len(named))] if named else []
        parts += [self.words.count("word.unnamed", len(unnamed))] if unnamed else []
        parts += [self.say("word.relays", names=", ".join(relays))] if relays else []
        parts += [self.words.count("word.origins", len(origins))] if origins else []
        return ", ".join(parts)

    def _branch(self, branch: Branch) -> Iterable[RenderableType]:
        shown, hidden = self._cut(branch.heads)
        for head, found in shown:
            yield Padding(self._link(head).append(f"  {numbers(list(found))}", style="cyan"), (0, 0, 0, 2))
        yield from self._hidden(hidden)
        depth = 3
        for link in branch.tail:
            arrow = "└▷ " if link.stated == "inferred" else "└▶ "
            yield Padding(Text(arrow) + self._link(link), (0, 0, 0, depth))
            depth += 4
        last = (branch.tail or (branch.heads[0][0],))[-1]
        if self.digest.is_page(last):
            return
        page = Text("└▶ ")
        if self.article.publisher:
            page.append(f"{clean(self.article.publisher)} ").append(self.say("word.page"), style="dim")
        else:
            page.append(self.say("word.page.unnamed"), style="dim")
        yield Padding(page, (0, 0, 0, depth))

    def _link(self, link: ChainLink) -> Text:
        line = Text(shorten(self.digest.name(link), 60), style="bold" if link.role == "speaker" else "")
        office = self.digest.offices.get(link.entity or "")
        if office:
            line.append(f", {office}", style="not bold")
        notes = [] if link.entity or link.role == "relay" else [self.say("word.anonymous")]
        notes += [self.say("word.inferred")] if link.stated == "inferred" else []
        if notes:
            line.append(f" ({', '.join(notes)})", style="not bold dim")
        if self.digest.is_page(link):
            line.append(f" {self.say('word.page')}", style="not bold dim")
        if link.evidence and link.role != "speaker":  # a speaker's evidence is the cue: it says nothing new
            words = shorten(clean(link.evidence.of(self.digest.record.text)), 40)
            line.append(f" “{words}”", style="not bold dim")
        return line

    # --- who said what ---

    def _who_said_what(self) -> Iterable[RenderableType]:
        rows = self.digest.statements
        yield from self._section(self.say("said.title"), self.words.whole(len(rows)))
        table = _table()
        table.add_column("#", justify="right", style="cyan", no_wrap=True)
        table.add_column(self.say("said.who"), ratio=17, overflow="fold")
        table.add_column(self.say("said.what"), ratio=45, overflow="fold")
        table.add_column(self.say("said.stance"), ratio=22, overflow="fold")
        table.add_column(self.say("said.where"), justify="right", no_wrap=True, style="dim")
        shown, hidden = self._cut(rows)
        for statement in shown:
            table.add_row(
                str(statement.number),
                Text(shorten(self.digest.name(statement.attribution.speaker), 40)),
                Text(self._content(statement)),
                self._stance(statement),
                _range(statement.span),
            )
        yield table
        yield from self._hidden(hidden)

    def _content(self, statement: Statement) -> str:
        text = self.digest.record.text
        said = " … ".join(clean(span.of(text)) for span in statement.attribution.content)
        # A comma before the closing mark belongs to the sentence round the quote, not to what was said.
        said = said.rstrip(",")
        if not self.look.full:
            said = shorten(said, max(80, self.look.width * 5 // 4))
        return f"“{said}”" if statement.attribution.style == "direct" else said

    def _stance(self, statement: Statement) -> Text:
        out = Text()
        for number, (glyph, said) in enumerate(of_statement(statement, self.digest.record.text, self.words)):
            style = "dim" if glyph == UNJUDGED else ""
            out.append("\n" if number else "").append_text(_glyph(glyph)).append(said, style=style)
        if review := self.words.review(statement.attribution.review):
            out.append(f"\n{review}", style="bold")
        return out

    # --- events, states ---

    def _events(self) -> Iterable[RenderableType]:
        yield from self._section(self.say("event.title"), self.say("event.sub"))
        shown, hidden = self._cut(self.digest.events)
        dated, placed = any(map(self._when, shown)), any(map(self._where, shown))
        table = _table()
        if dated:
            table.add_column(self.say("event.when"), ratio=17, overflow="fold")
        table.add_column("")
        table.add_column(self.say("event.what"), ratio=47, overflow="fold")
        table.add_column(self.say("event.kind"), ratio=15, overflow="fold", style="dim")
        if placed:
            table.add_column(self.say("event.place"), ratio=14, overflow="fold")
        table.add_column(self.say("said.where"), justify="right", no_wrap=True, style="dim")
        for told in shown:
            row: list[Text | str] = [Text(self._when(told))] if dated else []
            row += [_glyph(self._mark(told)[0]), self._what(told), self.words.verb(told.claim.type)]
            row += [Text(shorten(self._where(told), 40))] if placed else []
            table.add_row(*row, _range(told.claim.trigger))
        yield table
        yield from self._hidden(hidden)

    def _mark(self, told: Told) -> Marked:
        return of_claim(told, self.digest.record.text, self.words)

    def _when(self, told: Told) -> str:
        text = told.time.span.of(self.digest.record.text) if told.time else ""
        return self.words.when(told.time, text)

    def _where(self, told: Told) -> str:
        return ", ".join(dict.fromkeys(self.digest.party(p) for p in told.claim.participants if p.role == "place"))

    def _what(self, told: Told) -> Text:
        out = Text(told.excerpt)
        notes = [review] if (review := self.words.review(told.claim.review)) else []
        if counts := self.words.casualties(told.claim.casualties):
            notes.append(counts)
        glyph, said = self._mark(told)
        reported = glyph != self.words.stance(told.claim)[0]
        if glyph != GLYPHS["certain"] and not reported:
            notes.append(said)
        if told.headline:
            notes.append(self.say("event.headline"))
        if told.statement:
            who = self.digest.name(told.statement.attribution.speaker)
            by = f"{who} {said}" if reported else self.say("event.accordingto", who=who)
            notes.append(f"{by} #{told.statement.number}")
        return out.append(f" ({'; '.join(notes)})", style="dim") if notes else out

    def _states(self) -> Iterable[RenderableType]:
        yield from self._section(self.say("state.title"), self.say("state.sub"))
        table = _table(header=False)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        for kind, rows in self.digest.states:
            line = Text()
            shown, hidden = self._cut(rows)
            for number, told in enumerate(shown):
                line.append(" · " if number else "").append_text(self._state(told))
            if hidden:
                line.append(f" · {self.say('more', n=hidden)}", style="dim")
            table.add_row(Text(self.words.verb(kind)), line)
        yield table

    def _state(self, told: Told) -> Text:
        """``Haider al-Abadi: Perdana Menteri``, ``ISIS → Qaim, Hawija``; doubt, denial and time stand with it."""
        claim = told.claim
        sides = {
            role: ", ".join(dict.fromkeys(self.digest.party(p) for p in claim.participants if p.role == role))
            for role in ("actor", "recipient")
        }
        trigger = clean(claim.trigger.of(self.digest.record.text))
        if claim.type == "holds-office":
            line = Text(f"{sides['actor'] or '?'}: {trigger} {sides['recipient']}".rstrip())
        elif claim.type == "plans" or not sides["recipient"]:
            line = Text(told.excerpt if claim.type == "plans" else f"{sides['actor'] or '?'} “{trigger}”")
        else:
            line = Text(f"{sides['actor'] or '?'} → {sides['recipient']}")
        glyph, said = self._mark(told)
        notes = [self._when(told)] if told.time else []
        notes += [review] if (review := self.words.review(claim.review)) else []
        if glyph != GLYPHS["certain"]:
            notes.insert(0, f"{glyph} {said}")
        elif claim.tense == "past":
            notes.insert(0, self.say("state.past"))
        notes += [self.say("event.headline")] if told.headline else []
        if told.statement:
            notes.append(f"#{told.statement.number}")
        return line.append(f" ({'; '.join(notes)})", style="dim") if notes else line

    # --- what to check, what was left out ---

    def _needs_checking(self) -> Iterable[RenderableType]:
        yield from self._section(self.say("check.title"))
        lines = concerns(self.digest, self.words)
        most = len(lines) if self.look.full else MOST_CONCERNS
        table = _table(header=False)
        table.add_column(no_wrap=True, style="yellow")
        table.add_column(ratio=1, overflow="fold")
        for line in lines[:most]:
            table.add_row("!", Text(line))
        if len(lines) > most:
            table.add_row("", Text(self.say("check.more", n=len(lines) - most), style="dim"))
        if not lines:
            table.add_row("", Text(self.say("check.none"), style="dim"))
        yield table

    def _foot(self) -> Iterable[RenderableType]:
        record = self.digest.record
        skipped = [
            f"“{shorten(clean(b.span.of(record.text)), 32)}”"
            for b in record.document.blocks
            if b.kind in ("chrome", "related") and clean(b.span.of(record.text))
        ]
        most = len(skipped) if self.look.full else 3
        listed = ", ".join(skipped[:most]) + (f" (+{len(skipped) - most})" if len(skipped) > most else "")
        parts = [self.say("skipped", texts=listed) if skipped else self.say("skipped.none")]
        parts.append(self.say("chars", n=self.words.whole(len(record.text))))
        if record.analysis.seconds:
            parts.append(self.say("seconds", n=self.words.decimal(record.analysis.seconds, 1)))
        yield Text()
        yield Text(self.say("legend"), style="dim")
        yield Text(" · ".join(parts), style="dim")

    def commands(self) -> list[str]:
        """What to type next, each in one line however long: a broken line could not be copied."""
        if not self.look.file:
            return []
        file = shlex.quote(clean(self.look.file))
        return [
            f"{self.say('next.open')}: telusur read {file} --open",
            f"{self.say('next.json')}: telusur read {file} --json",
        ]

    def _cut(self, rows: tuple[_Row, ...]) -> tuple[tuple[_Row, ...], int]:
        """The rows to show, and how many are left out."""
        most = len(rows) if self.look.full or len(rows) <= MOST_ROWS + 2 else MOST_ROWS
        return rows[:most], len(rows) - most

    def _hidden(self, count: int) -> Iterable[RenderableType]:
        if count:
            yield Padding(Text(self.say("more", n=count), style="dim"), (0, 0, 0, 2))


def _table(header: bool = True) -> Table:
    return Table(box=None, expand=True, show_header=header, header_style="dim", padding=(0, 0, 0, 1), pad_edge=True)


def _glyph(glyph: str) -> Text:
    return Text().append(f"{glyph} ", style=_COLORS[glyph])


def _range(span: Span) -> str:
    return f"{span.start}–{span.end}"
