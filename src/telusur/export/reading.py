"""The reading view: one self-contained HTML page with the article, its highlights and the records beside it.

Comes in: a `Record`, a language. Goes out: HTML without script and without any outside request.
Every text of the record is escaped; classes and anchors are made from numbers of our own, never from its ids.
"""

from __future__ import annotations

from functools import cache

from ..config import Lang
from ..lexicon import data_file
from ..model.claim import ChainLink
from ..model.document import Block
from ..model.record import Record
from ..model.span import Span
from .concerns import anchor, concerns
from .digest import Statement, Told, digest
from .marks import Marks, escape
from .stance import Marked, of_claim, of_statement
from .wording import Wording, clean, shorten

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LONGEST = 180
_SKIPPED = ("chrome", "related")


def to_html(record: Record, lang: Lang = "id") -> str:
    """The reading view as a whole page."""
    view = _View(record, lang, "")
    title = escape(clean(record.document.article.title or view.say("untitled")))
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title} · telusur</title>\n<style>\n{_style()}{view.lights()}</style>\n</head>\n"
        f'<body class="telusur">\n<a class="skip" href="#text">{escape(view.say("view.skip"))}</a>\n'
        f"{view.frame()}\n</body>\n</html>\n"
    )


def to_cell(record: Record, lang: Lang = "id") -> str:
    """The reading view as a fragment for a notebook cell: its styles reach nothing outside it.

    Anchors start with the text's hash, so that several cells of one notebook do not meet.
    """
    view = _View(record, lang, f"t{record.document.source.sha256[:8]}-".replace('"', ""))
    return f'<div class="telusur" lang="{lang}"><style>\n{_style()}{view.lights()}</style>\n{view.frame()}</div>\n'


@cache
def _style() -> str:
    return data_file("reading.css").read_text(encoding="utf-8")


class _View:
    """Builds the parts of one reading view."""

    def __init__(self, record: Record, lang: Lang, prefix: str) -> None:
        self.record, self.prefix = record, "".join(ch for ch in prefix if ch.isalnum() or ch == "-")
        self.digest = digest(record)
        self.words = Wording(lang)
        self.say = self.words.say
        told = [*self.digest.events, *(t for _, rows in self.digest.states for t in rows)]
        told.sort(key=lambda t: t.claim.trigger)
        first = len(self.digest.statements) + 1
        self.told: dict[int, Told] = dict(enumerate(told, first))

    # --- parts of the page ---

    def frame(self) -> str:
        return f'<div class="frame">\n<main class="text" id="{self.prefix}text">\n{self._text()}\n</main>\n<aside class="records" aria-label="{escape(self.say("view.records"))}">\n{self._records()}\n</aside>\n</div>'

    def lights(self) -> str:
        """The rules that light the words of a card under the pointer, and the other way round: no script needed."""
        out = []
        for n in [*(s.number for s in self.digest.statements), *self.told]:
            card, mark = f"#{self.prefix}c{n}", f".{self.prefix}m{n}"
            out.append(
                f".telusur:has({card}:hover,{card}:focus-within,{card}:target) {mark}{{background:var(--lit)}}\n"
                f".telusur:has(#{self.prefix}n{n}:hover) {card}{{border-left-color:var(--focus)}}\n"
            )
        return "".join(out)

    def _text(self) -> str:
        article = self.record.document.article
        lang = escape(article.language or "id")
        title = next((b for b in self.record.document.blocks if b.kind == "title"), None)
        parts = [self._about(title is None), self._legend(), f'<div lang="{lang}">']
        blocks = sorted(self.record.document.blocks, key=lambda b: b.span.start)
        inner = dict(zip(blocks, self._marks().render([b.span for b in blocks]), strict=True))
        skipped: list[str] = []
        for block in blocks:
            if block.kind in _SKIPPED:
                skipped.append(inner[block])
                continue
            parts += self._flush(skipped)
            parts.append(self._block(block, inner[block], block is title))
        parts += self._flush(skipped)
        return "\n".join([*parts, "</div>", self._foot()])

    def _about(self, untitled: bool) -> str:
        article = self.record.document.article
        made = dict.fromkeys(clean(c.name) for c in article.credits)
        parts = [escape(clean(x)) for x in (article.publisher, article.section, *made) if x]
        parts.append(escape(self._published()))
        url = self.record.document.source.url or self.record.document.hints.url or ""
        if url.casefold().startswith(("http://", "https://")):
            parts.append(f'<a href="{escape(url)}" rel="noreferrer noopener nofollow">{escape(shorten(clean(url), 60))}</a>')
        head = f"<h1>{escape(clean(article.title or self.say('untitled')))}</h1>\n" if untitled else ""
        return f'{head}<p class="about">{" · ".join(parts)}</p>'

    def _published(self) -> str:
        if published := self.record.document.article.published:
            stated = self.record.document.published_basis == "caller"
            return self.say("published.caller" if stated else "published", when=self.words.day(published))
        time = anchor(self.digest)
        if time and any(t.basis == "latest date in text" for t in self.record.times):
            text = clean(time.span.of(self.record.text))
            return self.say("published.anchor", when=self.words.day(time.value[:10]), text=text)
        return self.say("published.none")

    def _legend(self) -> str:
        kinds = [("per", "view.person"), ("org", "view.organisation"), ("loc", "view.place"), ("time", "view.time")]
        kinds += [("said", "view.statement"), ("trigger", "view.claim")]
        shown = " · ".join(f'<mark class="{c}">{escape(self.say(key))}</mark>' for c, key in kinds)
        return f'<p class="legend">{escape(self.say("view.marks"))}: {shown}<br>{escape(self.say("legend"))}</p>'

    def _flush(self, skipped: list[str]) -> list[str]:
        """The skipped lines gathered so far, folded away but named."""
        if not skipped:
            return []
        lines = "".join(f"<p>{line}</p>" for line in skipped)
        summary = f"{escape(self.say('view.skipped'))} ({len(skipped)})"
        skipped.clear()
        return [f"<details><summary>{summary}</summary>{lines}</details>"]

    def _block(self, block: Block, inner: str, is_title: bool) -> str:
        if is_title:
            return f"<h1>{inner}</h1>"
        if block.kind == "caption":
            return f"<figure><figcaption>{escape(self.say('view.caption'))}</figcaption><p>{inner}</p></figure>"
        tag, name = {
            "title": ("p", "again"),
            "lead": ("p", "lead"),
            "heading": ("h2", ""),
            "byline": ("p", "byline"),
        }.get(block.kind, ("p", ""))
        return f'<{tag} class="{name}">{inner}</{tag}>' if name else f"<{tag}>{inner}</{tag}>"

    def _foot(self) -> str:
        made = self.record.analysis
        by = self.say(
            "view.made",
            software=made.software,
            version=made.version,
            model=made.model,
            sha256=self.record.document.source.sha256,
        )
        return f'<p class="foot">{escape(self.say("view.machine"))}<br>{escape(by)}</p>'

    # --- marks in the text ---

    def _marks(self) -> Marks:
        marks = Marks(self.record.text)
        for mention in self.record.mentions:
            marks.add(mention.span, mention.type.casefold())
        for time in self.record.times:
            marks.add(time.span, "time")
        for number, told in self.told.items():
            marks.add(told.claim.trigger, "trigger", f"{self.prefix}m{number}")
            for participant in told.claim.participants:
                marks.add(participant.span, f"{self.prefix}m{number}")
            marks.note(told.claim.trigger.end, self._number(number, "of-claim"))
        for statement in self.digest.statements:
            name = f"{self.prefix}m{statement.number}"
            for span in (*statement.attribution.content, *statement.also):
                marks.add(span, "said", name)
            marks.note(statement.attribution.content[-1].end, self._number(statement.number, "of-statement"))
        return marks

    def _number(self, number: int, kind: str) -> str:
        label = escape(self.say("view.tocard", n=number))
        return f'<sup><a class="{kind}" id="{self.prefix}n{number}" href="#{self.prefix}c{number}" aria-label="{label}">{number}</a></sup>'

    # --- records beside it ---

    def _records(self) -> str:
        parts = [f"<h2>{escape(self.say('word.title'))}</h2>", self._tree()]
        lines = concerns(self.digest, self.words) or [self.say("check.none")]
        listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
        parts += [f"<h2>{escape(self.say('check.title'))}</h2>", f'<ul class="check">{listed}</ul>']
        if self.digest.statements:
            parts.append(self._heading("said.title", len(self.digest.statements)))
            parts += [self._statement(s) for s in self.digest.statements]
        numbered = {id(told): number for number, told in self.told.items()}
        if self.digest.events:
            parts.append(self._heading("event.title", len(self.digest.events)))
            parts += [self._claim(numbered[id(t)], t) for t in self.digest.events]
        rows = [t for _, rows in self.digest.states for t in rows]
        if rows:
            parts.append(self._heading("state.title", len(rows)))
            parts += [self._claim(numbered[id(t)], t) for t in rows]
        if self.record.entities:
            parts += [self._heading("view.entities", len(self.record.entities)), self._names()]
        return "\n".join(parts)

    def _heading(self, key: str, count: int) -> str:
        return f"<h2>{escape(self.say(key).upper())} <small>{self.words.whole(count)}</small></h2>"

    def _page(self) -> str:
        publisher = self.record.document.article.publisher
        if publisher:
            return f"{escape(clean(publisher))} <small>{escape(self.say('word.page'))}</small>"
        return f"<small>{escape(self.say('word.page.unnamed'))}</small>"

    def _tree(self) -> str:
        if not self.digest.branches:
            return f'<p class="about">{escape(self.say("word.nobody"))}</p>'
        out = []
        for branch in self.digest.branches:
            heads = "<br>".join(
                f"{self._link(head)} <small>{self._references(found)}</small>" for head, found in branch.heads
            )
            rest = "".join(f"<ol><li>{self._arrow(x)} {self._link(x)}" for x in branch.tail)
            closing = "</li></ol>" * len(branch.tail)
            last = (branch.tail or (branch.heads[0][0],))[-1]
            page = "" if self.digest.is_page(last) else f'<ol><li><span class="arrow">→</span> {self._page()}</li></ol>'
            out.append(f"<li>{heads}{rest}{page}{closing}</li>")
        return f'<ul class="tree">{"".join(out)}</ul><p class="about">{escape(self.say("view.written"))} · {escape(self.say("view.inferred"))}</p>'

    def _references(self, found: tuple[int, ...]) -> str:
        return ", ".join(f'<a href="#{self.prefix}c{n}">#{n}</a>' for n in found)

    def _arrow(self, link: ChainLink) -> str:
        return f'<span class="arrow">{"⇢" if link.stated == "inferred" else "→"}</span>'

    def _link(self, link: ChainLink) -> str:
        name = escape(self.digest.name(link))
        shown = f"<b>{name}</b>" if link.role == "speaker" else name
        if link.stated == "inferred":
            shown = f'<span class="inferred">{shown}</span> <small>({escape(self.say("word.inferred"))})</small>'
        if office := self.digest.offices.get(link.entity or ""):
            shown += f", {escape(office)}"
        if not link.entity and link.role != "relay":
            shown += f" <small>({escape(self.say('word.anonymous'))})</small>"
        if link.evidence and link.role != "speaker":
            shown += f" <small>“{escape(shorten(clean(link.evidence.of(self.record.text)), 80))}”</small>"
        return shown

    def _chain(self, statement: Statement) -> str:
        """The way of one statement in one line, from the fact towards the reader."""
        chain = statement.attribution.chain
        out = escape(self.digest.name(chain[0]))
        for link in chain[1:]:
            out += f" {self._arrow(link)} {escape(self.digest.name(link))}"
        return out if self.digest.is_page(chain[-1]) else f'{out} <span class="arrow">→</span> {self._page()}'

    def _statement(self, statement: Statement) -> str:
        attribution = statement.attribution
        said = " … ".join(clean(s.of(self.record.text)) for s in attribution.content).rstrip(",")
        said = shorten(said, _LONGEST)
        said = f"“{said}”" if attribution.style == "direct" else said
        stances = of_statement(statement, self.record.text, self.words)
        ranges = ", ".join(_range(s) for s in (statement.span, *statement.also))
        return self._card(
            statement.number,
            f"{self.say(f'view.{attribution.style}')} · {self.digest.name(attribution.speaker)}",
            attribution.confidence.get("speaker"),
            said,
            stances,
            f'<p class="chain">{self._chain(statement)}</p>',
            [self.words.review(attribution.review), self.say("view.range", range=ranges)],
        )

    def _claim(self, number: int, told: Told) -> str:
        claim = told.claim
        is_state = any(kind == claim.type for kind, _ in self.digest.states)
        kind = f"{self.say('view.state' if is_state else 'view.event')}: {self.words.verb(claim.type)}"
        if told.headline:
            kind += f" · {self.say('event.headline')}"
        meta = [self.words.review(claim.review), self.words.casualties(claim.casualties)]
        if told.time:
            when = self.words.when(told.time, told.time.span.of(self.record.text))
            meta.append(self.say("view.when", when=when))
        places = dict.fromkeys(self.digest.party(p) for p in claim.participants if p.role == "place")
        meta.append(self.say("view.where", where=", ".join(places)) if places else "")
        meta.append(self.say("view.range", range=_range(claim.trigger)))
        if told.statement:
            who = self.digest.name(told.statement.attribution.speaker)
            number_of = told.statement.number
            word = f'{escape(self.say("event.accordingto", who=who))} <a href="#{self.prefix}c{number_of}">#{number_of}</a>'
        else:
            word = escape(self.say("view.outlet"))
        parties = self._parties(told)
        return self._card(
            number,
            kind,
            claim.confidence.get("type"),
            told.excerpt,
            [of_claim(told, self.record.text, self.words)],
            f'{parties}<p class="chain">{word}</p>',
            meta,
        )

    def _parties(self, told: Told) -> str:
        """Who does it → to whom, by name: the roles as the reading has them, so that a wrong one shows."""
        sides = [
            ", ".join(
                dict.fromkeys(
                    self.digest.entity_name(p.entity) or self.digest.party(p)
                    for p in told.claim.participants
                    if p.role == role
                )
            )
            for role in ("actor", "recipient")
        ]
        if not any(sides):
            return ""
        return f'<p class="chain">{escape(sides[0] or "–")} → {escape(sides[1] or "–")}</p>'

    def _card(
        self,
        number: int,
        kind: str,
        confidence: float | None,
        title: str,
        stances: list[Marked],
        body: str,
        meta: list[str],
    ) -> str:
        sure = self.say("view.confidence", n=self.words.decimal(confidence, 2)) if confidence is not None else ""
        back = f'<a href="#{self.prefix}n{number}" aria-label="{number}: {escape(self.say("view.back"))}">{number}</a>'
        lines = "<br>".join(f"<b aria-hidden=\"true\">{g}</b> {escape(words)}" for g, words in stances)
        shown = " · ".join(escape(x) for x in meta if x)
        return (
            f'<article class="card" id="{self.prefix}c{number}"><p class="kind">{back} · {escape(kind)}'
            f"<span>{escape(sure)}</span></p><h3>{escape(title)}</h3>"
            f'<p class="stance">{lines}</p>{body}<p class="meta">{shown}</p></article>'
        )

    def _names(self) -> str:
        out = []
        counts: dict[str, int] = {}
        for mention in self.record.mentions:
            counts[mention.entity] = counts.get(mention.entity, 0) + 1
        for entity in sorted(self.record.entities, key=lambda e: (-counts.get(e.id, 0), e.name)):
            notes = [self.say("view.mentions", n=counts.get(entity.id, 0))]
            if entity.place:
                notes.append(self.say("view.coordinates", lat=f"{entity.place.lat:.2f}", lon=f"{entity.place.lon:.2f}"))
            if entity.candidates:
                notes.append(f"{len(entity.candidates)}?")
            name = f'<mark class="{entity.type.casefold()}">{escape(clean(entity.name))}</mark>'
            out.append(f"<li>{name} <small>{escape(' · '.join(notes))}</small></li>")
        return f'<ul class="names">{"".join(out)}</ul>'


def _range(span: Span) -> str:
    return f"{span.start}–{span.end}"

