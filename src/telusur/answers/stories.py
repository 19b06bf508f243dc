"""Stories, differences and origins as people and programs read them: on a terminal, as plain values, as rows.

Comes in: what `trace.stories` and `trace.origin` give. Goes out: one text. What was dropped and added is told by colour, and by marks
where there is none.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.text import Text

from ..export.report import Look
from ..export.wording import clean, shorten
from ..model.span import Span
from ..trace.changes import Change, Edit
from ..trace.copies import Copy
from ..trace.origin import Origin, Printed
from ..trace.stories import Comparison, Heading, Retelling, Story
from .report import Paper
from .tables import Form, _cell

_SHORT = 12
_LONGEST = 600
_CHANGES = ("same", "reworded", "shortened", "lengthened", "added", "cut")


# --- a story ----------------------------------------------------------------------------------------------------


def story(told: Story, look: Look) -> str:
    """The report of a story."""
    paper = Paper(look)
    count = paper.words.count("answer.articles", told.count)
    if told.count > len(told.retellings):
        count += f" · {paper.say('story.page', n=len(told.retellings))}"
    else:
        count += f" · {paper.words.count('story.outlets', len({r.member.outlet for r in told.retellings}))}"
    paper.section(paper.say("story.heading"), count)
    if told.family is None:
        paper.put(Text(paper.say("story.alone")))
    else:
        _first(paper, told)
    for retelling in told.retellings:
        paper.gap()
        _retelling(paper, told, retelling)
    if told.elsewhere:
        paper.section(paper.say("story.elsewhere"))
        for heading, copy in told.elsewhere:
            paper.put(_source(paper, heading).append(f" · {paper.words.count('story.words', sum(p.words for p in copy.passages))}", style="cyan"), 2)
            paper.put(_commands(heading.url, f"telusur diff {told.base[:_SHORT]} {copy.other[:_SHORT]}"), 6)
    if len(told.versions) > 1:
        paper.section(paper.say("story.versions"))
        for version in told.versions:
            times = [paper.say("story.version.published", when=paper.words.day(version.published))] if version.published else []
            times += [paper.say("story.version.captured", when=paper.words.day((version.retrieved or version.added)[:16]))]
            here = " ◂" if version.article == told.asked else ""
            paper.put(Text(" · ".join([*times, version.article[:_SHORT]]) + here), 2)
    paper.next(told.next)
    return paper.text()


def _first(paper: Paper, told: Story) -> None:
    assert told.family is not None
    family = told.family
    first = next((member for member in family.members if member.article == family.earliest), None)
    if first is not None and first.published:
        who = clean(first.outlet or first.url or first.article[:_SHORT])
        paper.put(Text(paper.say("story.earliest", who=who, when=paper.words.day(first.published)), style="bold"))
    elif family.earliest is None:  # else it stands on the first page
        paper.put(Text(paper.say("story.earliest.unknown"), style="yellow"))
    if family.undated and first is not None:
        paper.put(Text(paper.words.count("story.undated", family.undated), style="yellow"))
    names = ", ".join(map(clean, family.wires))
    paper.put(Text(paper.say("story.wires", names=names) if names else paper.say("story.wires.none")))


def _retelling(paper: Paper, told: Story, retelling: Retelling) -> None:
    member = retelling.member
    heading = Heading(member.article, member.outlet, member.published, member.url, member.title)
    paper.put(Text(shorten(clean(member.title) or paper.say("untitled"), paper.look.width), style="bold"))
    paper.put(_place(paper, heading), 2)
    if told.family is not None:
        paper.put(_standing(paper, told, retelling), 4)
    counts = ", ".join(paper.say(f"story.change.{kind}", n=retelling.paragraphs[kind]) for kind in _CHANGES if retelling.paragraphs.get(kind))
    if counts:
        paper.put(Text(paper.say("story.paragraphs", counts=counts), style="dim"), 4)
    if member.credits:
        paper.put(Text(paper.say("story.credits", names=", ".join(clean(credit.name) for credit in member.credits)), style="green"), 4)
    if member.dropped:
        paper.put(Text(f"! {paper.say('story.dropped', names=', '.join(map(clean, member.dropped)))}", style="yellow"), 4)
    compared = "" if member.article == told.base else f"telusur diff {told.base[:_SHORT]} {member.article[:_SHORT]}"
    paper.put(_commands(member.url, compared or f"telusur show {member.article[:_SHORT]}"), 4)


def _standing(paper: Paper, told: Story, retelling: Retelling) -> Text:
    if retelling.member.article == told.base:
        return Text(paper.say("story.base"), style="cyan")
    if retelling.copy is None:
        return Text(paper.say("story.by.way"), style="cyan")
    share = paper.say("story.share", share=round(retelling.copy.share * 100))
    return Text(f"{paper.say(f'story.kind.{retelling.copy.kind}')} · {share}", style="cyan")


def _place(paper: Paper, heading: Heading) -> Text:
    when = paper.words.day(heading.published) if heading.published else paper.say("answer.undated")
    return Text(" · ".join(part for part in (clean(heading.outlet or ""), when) if part))


def _source(paper: Paper, heading: Heading) -> Text:
    return _place(paper, heading).append(f" · {shorten(clean(heading.title), max(24, paper.look.width - 44))}")


def _commands(url: str | None, command: str) -> Text:
    return Text(" · ".join(part for part in (clean(url or ""), command) if part), style="dim")


# --- a difference -----------------------------------------------------------------------------------------------


def difference(told: Comparison, look: Look) -> str:
    """The report of two articles side by side."""
    paper = Paper(look)
    paper.section(paper.say("diff.heading"))
    for key, heading in (("earlier", told.earlier), ("later", told.later)):
        paper.put(Text(f"{paper.say(f'diff.{key}')}: ", style="bold").append_text(_place(paper, heading)).append(f" · {heading.article[:_SHORT]}", style="dim"))
    if told.same_page:
        paper.put(Text(paper.say("diff.page")))
    shares = {"earlier": round(told.share_of_earlier * 100), "later": round(told.share_of_later * 100)}
    paper.put(Text(paper.say("diff.shares", kind=paper.say(f"story.kind.{told.kind or 'none'}"), **shares), style="cyan"))
    paper.gap()
    paper.put(Text(f"{paper.say('diff.title')}: ", style="dim").append_text(_edits(paper, _title(told))))
    _changes(paper, told.changes)
    if told.changes and all(change.kind == "same" for change in told.changes):
        paper.put(Text(paper.say("diff.nothing")))
    return paper.text()


def _title(told: Comparison) -> Sequence[Edit]:
    """Titles word by word, or one behind the other where they have little in common."""
    same = sum(len(edit.text.split()) for edit in told.title if edit.op == "same")
    if same * 2 >= len(told.later.title.split()):
        return told.title
    return Edit("dropped", told.earlier.title), Edit("added", told.later.title)


def _changes(paper: Paper, changes: Sequence[Change]) -> None:
    """Paragraphs in their order; those that are the same are counted, not shown."""
    same = 0
    for change in (*changes, None):
        if change is not None and change.kind == "same":
            same += 1
            continue
        if same:
            paper.gap()
            paper.put(Text(f"  … {paper.words.count('diff.unchanged', same)}", style="dim"))
            same = 0
        if change is None:
            return
        paper.gap()
        paper.put(Text(f"{_SIGNS[change.kind]} {paper.say(f'diff.kind.{change.kind}')}", style=_STYLES[change.kind]))
        paper.put(_edits(paper, change.edits), 2)
        for key, words in (("softened", change.softened), ("hardened", change.hardened)):
            if words:
                paper.put(Text(f"! {paper.say(f'diff.{key}', words=', '.join(words))}", style="yellow"), 2)


_SIGNS = {"same": "=", "reworded": "~", "shortened": "<", "lengthened": ">", "added": "+", "cut": "-"}
_STYLES = {"same": "dim", "reworded": "cyan", "shortened": "cyan", "lengthened": "cyan", "added": "green", "cut": "red"}


def _edits(paper: Paper, edits: Iterable[Edit]) -> Text:
    """Dropped words struck out in red and added ones in green; in [-brackets-] and {+braces+} where there is no colour."""
    shown = Text()
    for edit in edits:
        text = _middle(" ".join(edit.text.split()), edit.op == "same")
        if not text:
            continue
        if edit.op == "dropped":
            shown.append(text if paper.look.color else f"[-{text}-]", style="red strike")
        elif edit.op == "added":
            shown.append(text if paper.look.color else f"{{+{text}+}}", style="green bold")
        else:
            shown.append(text)
        shown.append(" ")
    shown.rstrip()
    return shown


def _middle(text: str, same: bool) -> str:
    """A long stretch that did not change is shown by its ends."""
    text = clean(text)
    if same and len(text) > 180:
        return f"{text[:80].rsplit(' ', 1)[0]} … {text[-80:].split(' ', 1)[-1]}"
    return shorten(text, _LONGEST)


# --- an origin --------------------------------------------------------------------------------------------------


def origin(told: Origin, look: Look, texts: Mapping[str, str]) -> str:
    """The report of where words come from. ``texts``: those of the articles that print them, by id."""
    paper = Paper(look)
    paper.section(paper.say("origin.heading"), paper.words.count("answer.articles", len(told.found)) if told.found else "")
    if not told.found:
        paper.put(Text(paper.say("origin.nothing")))
        return paper.text()
    if told.how == "words":
        paper.put(Text(paper.say("origin.by.words"), style="yellow"))
    chief = next(printed for printed in told.found if printed.article == told.compared)
    paper.put(Text(paper.say("origin.first" if told.first else "origin.first.unknown"), style="bold" if told.first else "yellow"))
    paper.gap()
    if not told.first:
        paper.put(Text(paper.say("origin.compared", who=clean(chief.outlet or chief.article[:_SHORT]))))
    _printed(paper, chief, texts.get(chief.article, ""))
    if told.changes and any(change.kind != "same" for change in told.changes):
        paper.section(paper.say("origin.changed"))
        _changes(paper, told.changes)
    others = [printed for printed in told.found if printed is not chief]
    if others:
        paper.section(paper.say("origin.also"))
        for printed in others:
            paper.gap()
            _printed(paper, printed, "")
    return paper.text()


def _printed(paper: Paper, printed: Printed, text: str) -> None:
    heading = Heading(printed.article, printed.outlet, printed.published, printed.url, printed.title)
    paper.put(Text(shorten(clean(printed.title) or paper.say("untitled"), paper.look.width), style="bold"))
    paper.put(_place(paper, heading).append(f" · {paper.say('origin.share', share=round(printed.share * 100))}", style="cyan"), 2)
    if printed.said_by:
        paper.put(Text(paper.say("origin.said", names="; ".join(map(clean, printed.said_by))), style="cyan"), 4)
    for passage in printed.passages[:6] if text else ():
        paper.put(Text(f"“{_middle(passage.b.of(text), False)}”"), 4)
    paper.put(_commands(printed.url, f"telusur show {printed.article[:_SHORT]}"), 4)


# --- for other programs -----------------------------------------------------------------------------------------

_STORY = ("article", "outlet", "published", "title", "url", "kind", "share", "credits", "dropped", *_CHANGES, "is_base", "is_earliest")
_DIFF = ("kind", "block", "earlier_start", "earlier_end", "later_start", "later_end", "dropped", "added", "softened", "hardened")
_ORIGIN = ("article", "outlet", "published", "title", "url", "share", "said_by", "is_first", "start", "end")


def write(told: Story | Comparison | Origin, form: Form) -> str:
    """An answer in a form that programs read, ending in a line break."""
    if form == "json":
        return json.dumps(asdict(told), ensure_ascii=False, indent=2) + "\n"
    columns, rows = _rows(told)
    if form == "jsonl":
        return "".join(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell("" if value is None else "; ".join(value) if isinstance(value, list) else str(value)) for value in row])
    return out.getvalue()


def _rows(told: Story | Comparison | Origin) -> tuple[Sequence[str], list[list[Any]]]:
    if isinstance(told, Story):
        return _STORY, [_story_row(told, retelling) for retelling in told.retellings]
    if isinstance(told, Comparison):
        return _DIFF, [_diff_row(change) for change in told.changes]
    return _ORIGIN, [_origin_row(told, printed) for printed in told.found]


def _story_row(told: Story, retelling: Retelling) -> list[Any]:
    member, copy = retelling.member, retelling.copy
    earliest = told.family is not None and told.family.earliest == member.article
    return [
        *(member.article, member.outlet, member.published, member.title, member.url),
        *(copy.kind if isinstance(copy, Copy) else None, copy.share if isinstance(copy, Copy) else None),
        [credit.name for credit in member.credits],
        list(member.dropped),
        *(retelling.paragraphs.get(kind, 0) for kind in _CHANGES),
        member.article == told.base,
        earliest,
    ]


def _diff_row(change: Change) -> list[Any]:
    def ends(span: Span | None) -> tuple[int | None, int | None]:
        return (span.start, span.end) if span else (None, None)

    words = {op: " … ".join(edit.text.strip() for edit in change.edits if edit.op == op) for op in ("dropped", "added")}
    return [change.kind, change.block, *ends(change.earlier), *ends(change.later), words["dropped"], words["added"], list(change.softened), list(change.hardened)]


def _origin_row(told: Origin, printed: Printed) -> list[Any]:
    places = [passage.b for passage in printed.passages]
    start, end = (min(span.start for span in places), max(span.end for span in places)) if places else (None, None)
    return [
        *(printed.article, printed.outlet, printed.published, printed.title, printed.url),
        round(printed.share, 3),
        list(printed.said_by),
        printed.article == told.first,
        *(start, end),
    ]
