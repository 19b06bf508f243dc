"""Answers on a terminal: each line with its sentence, its chain and its link.

Comes in: what `ask` gives, and how the report is to look. Goes out: one text, with or without colour. Shape comes before
colour: marks are brackets where there is no colour, and what a person has reviewed carries a sign of its own.
"""

from __future__ import annotations

import io
import shlex
from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from ..export.json import from_json
from ..export.report import Look, to_text
from ..export.wording import DENIED, GLYPHS, Wording, clean, shorten
from ..trace.independence import Counts
from .ask import Found, Lines, Profile
from .lines import Article, Excerpt, Line, Link, Reference
from .sides import Side, sides
from .times import interval, when

_COLORS = {"●": "green", "◐": "yellow", "○": "magenta", "⊘": "red"}
REVIEWED = {"accepted": "✔", "corrected": "✎", "added": "✎", "rejected": "✘"}
"""What people decided, in one sign."""

_REVIEW_STYLES = {"machine": "dim", "rejected": "red"}
LONGEST = 420


class Paper:
    """Lines of text, gathered and then printed at once."""

    def __init__(self, look: Look) -> None:
        self.look, self.words = look, Wording(look.lang)
        self.say = self.words.say
        self.out = io.StringIO()
        self.console = Console(
            file=self.out, width=look.width, force_terminal=look.color, color_system="standard" if look.color else None,
            no_color=not look.color, highlight=False, emoji=False, markup=False, legacy_windows=False,
        )  # fmt: skip

    def put(self, text: Text, indent: int = 0) -> None:
        self.console.print(Padding(text, (0, 0, 0, indent)))

    def gap(self) -> None:
        self.console.print()

    def section(self, title: str, sub: str = "") -> None:
        line = Text(title, style="bold")
        if sub:
            line.append(f"  {sub}", style="not bold dim")
        self.gap()
        self.console.print(Rule(line, align="left", style="dim", characters="─"))

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.out.getvalue().splitlines()).strip("\n") + "\n"

    # --- parts of a line ---

    def excerpt(self, excerpt: Excerpt) -> Text:
        """The sentence with its marks: bold where there is colour, in brackets where there is none."""
        shown, at = Text(), 0
        low, high = _window(excerpt)
        shown.append("… " if low else "")
        for start, end in (mark for mark in excerpt.marks if low <= mark[0] and mark[1] <= high):
            if start < max(at, low):
                continue
            shown.append(_flat(excerpt.text[max(at, low) : start]))
            word = _flat(excerpt.text[start:end])
            shown.append(word if self.look.color else f"[{word}]", style="bold cyan")
            at = end
        shown.append(_flat(excerpt.text[max(at, low) : high]).rstrip())
        return shown.append(" …" if high < len(excerpt.text) else "")

    def source(self, article: Reference) -> Text:
        """Day, outlet, title."""
        parts = [self.day(article), clean(article.outlet or ""), shorten(article.title, max(30, self.look.width - 34))]
        return Text(" · ".join(part for part in parts if part), style="dim")

    def day(self, article: Reference) -> str:
        if article.published:
            return self.words.day(article.published[:10])
        return self.say("answer.undated.after", when=self.words.day(article.not_before)) if article.not_before else self.say("answer.undated")

    def chain(self, line: Line) -> Text:
        """``kontak anonim ▸ Ayad Allawi ▸ Antara ▸ tirto.id``; a dotted arrow where a link is inferred."""
        shown = Text(f"{self.say('answer.chain')}: ", style="dim")
        hands = line.hands
        outlet = clean(line.article.outlet or "")
        if not hands:
            return shown.append(self.say("answer.outlet", outlet=outlet or self.say("word.page.unnamed")), style="not dim")
        for number, link in enumerate(hands):
            if number:
                shown.append(" ▹ " if link.stated == "inferred" else " ▸ ", style="dim")
            shown.append(self.hand(link), style="not dim bold" if link.role == "speaker" else "not dim")
        if outlet:
            shown.append(" ▸ ", style="dim").append(outlet, style="not dim")
        return shown

    def hand(self, link: Link) -> str:
        name = shorten(clean(link.name), 48)
        return name if link.named or link.role == "relay" else f"{name} ({self.say('word.anonymous')})"

    def link(self, line: Line) -> Text:
        parts = [clean(line.article.url)] if line.article.url else []
        return Text(" · ".join([*parts, f"telusur show {shlex.quote(line.id)}"]), style="dim")

    def sources(self, line: Line) -> Text:
        """``7 media · 2 naskah · 1 asal``; bold where several outlets tell it."""
        counts = line.sources
        if counts is None:
            return Text("")
        return Text(told_by(self.words, counts), style="" if counts.outlets > 1 else "dim")

    def stance(self, line: Line) -> Text:
        told = line.told
        glyph = DENIED if told.polarity == "negative" and told.certainty == "certain" else GLYPHS[told.certainty]
        glyph = "◐" if told.tense == "future" and glyph == GLYPHS["certain"] else glyph
        return Text(f"{glyph} ", style=_COLORS.get(glyph, ""))

    def line(self, line: Line, *, dated: bool = False) -> None:
        """A line of an answer, whole."""
        head = Text()
        if dated:
            head.append(f"{when(line.told.time, self.look.lang) or self.say('answer.no.date')}  ", style="bold")
        head.append_text(self.stance(line) if line.kind == "claim" else Text("❝ "))
        head.append(clean(line.in_english if self.look.lang == "en" else line.in_indonesian), style=_weight(line))
        head.append("  ").append_text(self.review(line))
        self.put(head)
        self.put(self.excerpt(line.sentence), 4)
        self.put(self.chain(line), 4)
        if line.sources:
            self.put(self.sources(line), 4)
        self.put(self.source(line.article), 4)
        self.put(self.link(line), 4)
        if line.differs:
            self.put(Text(f"! {self.say('answer.differs', others=', '.join(line.differs))}", style="yellow"), 4)

    def review(self, line: Line) -> Text:
        """What a person decided of it, or that nobody looked at it: by sign and word, so that it is seen without colour."""
        told = self.say(f"answer.{line.review}")
        shown = f"[{told}]" if line.review == "machine" else f"{REVIEWED.get(line.review, '')} {told}"
        return Text(shown, style=f"not bold not strike {_REVIEW_STYLES.get(line.review, 'cyan')}")

    def next(self, key: str | None) -> None:
        if key:
            self.gap()
            self.put(Text(self.say("answer.next", after=key), style="dim"))


def _weight(line: Line) -> str:
    """How a line's sentence is printed: what a person rejected is struck through."""
    return "dim strike" if line.review == "rejected" else "bold"


def told_by(words: Wording, counts: Counts) -> str:
    """How many outlets, texts and origins tell a claim, in words."""
    origins = words.count("count.origins", counts.most)
    if counts.least != counts.most:
        origins = words.say("count.origins.between", least=words.whole(counts.least), most=words.whole(counts.most))
    return " · ".join((words.count("count.outlets", counts.outlets), words.count("count.texts", counts.texts), origins))


def _flat(text: str) -> str:
    """Line breaks and controls gone; blanks at the edges kept, since pieces are put together."""
    lead, tail = " " if text[:1].isspace() else "", " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{clean(text)}{tail}"


def _window(excerpt: Excerpt) -> tuple[int, int]:
    """What of a very long sentence to show: round its first mark."""
    if len(excerpt.text) <= LONGEST:
        return 0, len(excerpt.text)
    first = excerpt.marks[0][0] if excerpt.marks else 0
    low = max(0, min(first - LONGEST // 4, len(excerpt.text) - LONGEST))
    low = excerpt.text.rfind(" ", 0, low) + 1 if low else 0
    return low, min(len(excerpt.text), low + LONGEST)


def found(answer: Found, query: str, look: Look) -> str:
    """The report of a search."""
    paper = Paper(look)
    told = paper.words.count("answer.articles", answer.count)
    paper.section(paper.say("answer.search"), told if answer.count_exact else paper.say("answer.more.than", articles=told))
    if not answer.all_ranked:
        paper.put(Text(paper.say("answer.newest.ranked"), style="dim"))
    for hit in answer.hits:
        paper.gap()
        title = Text(shorten(hit.article.title or paper.say("untitled"), look.width), style="bold")
        paper.put(title)
        paper.put(paper.source(Reference(hit.article.id, "", hit.article.outlet, hit.article.published, None, hit.article.not_before)), 2)
        if not hit.lines:
            paper.put(paper.excerpt(hit.sentence), 4)
        for line in hit.lines:
            head = paper.stance(line) if line.kind == "claim" else Text("❝ ")
            told = line.in_english if look.lang == "en" else line.in_indonesian
            paper.put(head.append(clean(told), style="strike" if line.review == "rejected" else "").append("  ").append_text(paper.review(line)), 4)
            paper.put(paper.excerpt(line.sentence), 6)
            paper.put(paper.chain(line), 6)
            if line.sources:
                paper.put(paper.sources(line), 6)
        parts = [clean(hit.article.url)] if hit.article.url else []
        paper.put(Text(" · ".join([*parts, f"telusur show {hit.article.id[:12]}"]), style="dim"), 4)
    for name, values in answer.facets.items():
        paper.section(paper.say(f"answer.facet.{name}"))
        paper.put(Text(" · ".join(f"{_value(paper, name, value)} {paper.words.whole(count)}" for value, count in values[:20]) or "–"), 2)
    if not answer.hits:
        paper.put(Text(paper.say("answer.nothing")))
    paper.next(answer.next)
    return paper.text()


def _value(paper: Paper, name: str, value: str) -> str:
    """A facet's value in the reader's language; a type with the word that a query takes for it."""
    if name == "type":
        return f"{paper.words.verb(value)} ({value})"
    return paper.say(f"certainty.{value}") if name == "certainty" else clean(value)


def lines(answer: Lines, title: str, look: Look, *, dated: bool = False) -> str:
    """The report of claims, or of what happened."""
    paper = Paper(look)
    paper.section(title, paper.say("answer.shape"))
    for line in answer.lines:
        paper.gap()
        paper.line(line, dated=dated)
    if not answer.lines:
        paper.put(Text(paper.say("answer.nothing")))
    _disagreements(paper, answer.lines)
    paper.next(answer.next)
    return paper.text()


def profile(answer: Profile, look: Look) -> str:
    """The report on somebody or something."""
    paper = Paper(look)
    paper.section(clean(answer.asked))
    shown = " · ".join(f"{clean(name)} ({paper.say(f'answer.{kind}')}, {paper.words.count('answer.articles', n)})" for name, kind, n in answer.names[:12])
    paper.put(Text(shown or paper.say("answer.unknown.name")), 2)
    for title, told in (("answer.holds", answer.holds), ("answer.held", answer.held)):
        if told:
            paper.section(paper.say(title), paper.say("answer.as.of"))
            for group in sides(told):
                _side(paper, group)
    _disagreements(paper, (*answer.holds, *answer.held))
    if answer.said:
        paper.section(paper.say("answer.said"))
        for line in answer.said:
            paper.gap()
            paper.line(line)
    paper.next(answer.next)
    return paper.text()


def one(line: Line, look: Look) -> str:
    """One claim or saying, whole."""
    paper = Paper(look)
    paper.section(paper.say(f"answer.one.{line.kind}"), line.id)
    paper.line(line, dated=line.told.time is not None)
    other = line.in_indonesian if look.lang == "en" else line.in_english
    paper.put(Text(clean(other), style="italic"), 4)
    if told := interval(line.told.time):
        paper.put(Text(f"{paper.say('event.when')}: {told}", style="dim"), 4)
    if line.kind == "claim":
        told = ", ".join(f"{paper.say(f'field.{p.role}')}: {clean(p.shown())}" for p in line.told.parties)
        stance = (paper.say(f"certainty.{line.told.certainty}"), paper.say(f"value.{line.told.polarity}"), paper.say(f"value.{line.told.tense}"))
        paper.put(Text(" · ".join(part for part in (_value(paper, "type", line.told.type), ", ".join(stance), told) if part), style="dim"), 4)
    return paper.text()


def _side(paper: Paper, side: Side) -> None:
    """One state with all who tell it: as of which day, according to whom; the newest in full."""
    newest = side.lines[0]
    paper.gap()
    head = paper.stance(newest).append(clean(side.headline(paper.look.lang)), style=_weight(newest)).append("  ").append_text(paper.review(newest))
    paper.put(head.append(f"  {_days(paper, side.lines)} · {paper.words.count('answer.articles', len(side.lines))}", style="not bold dim"))
    paper.put(paper.excerpt(newest.sentence), 4)
    paper.put(paper.chain(newest), 4)
    if newest.sources:
        paper.put(paper.sources(newest), 4)
    paper.put(paper.source(newest.article), 4)
    paper.put(paper.link(newest), 4)


def _days(paper: Paper, told: Sequence[Line]) -> str:
    days = sorted(line.article.published[:10] for line in told if line.article.published)
    if not days:
        return paper.day(told[0].article)
    first, last = paper.words.day(days[0]), paper.words.day(days[-1])
    return first if first == last else f"{first} – {last}"


def _disagreements(paper: Paper, told: Iterable[Line]) -> None:
    """Both sides, where what is told of one thing does not go together."""
    apart = [group for group in sides(told) if group.against]
    if not apart:
        return
    paper.section(paper.say("answer.apart"), paper.say("answer.apart.sub"))
    seen: set[str] = set()
    for side in apart:
        if side.key in seen:
            continue
        seen |= {side.key, *(other.key for other in side.against)}
        paper.gap()
        for one_side in (side, *side.against):
            line = one_side.lines[0]
            told_as = Text("⇄ ", style="yellow").append_text(paper.stance(line)).append(clean(one_side.headline(paper.look.lang)))
            told_as.append("  ").append_text(paper.review(line))
            paper.put(told_as.append(f"  {_days(paper, one_side.lines)}", style="dim"), 2)
            told_by_all = f" · {paper.sources(line).plain}" if line.sources else ""
            paper.put(paper.chain(line).append(f"{told_by_all} · telusur show {shlex.quote(line.id)}", style="dim"), 6)


def title(key: str) -> Callable[[Look], str]:
    """A heading in whatever language the report speaks."""
    return lambda look: Wording(look.lang).say(key)


def shown(answer: Line | Article, look: Look) -> str:
    """One line, or an article's whole report."""
    return one(answer, look) if isinstance(answer, Line) else to_text(from_json(answer.record), look)
