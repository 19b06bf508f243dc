"""Which claims of different articles tell of one happening, each with the reasons.

Comes in: a claim of an archive. Goes out: its `Group`: the claims, and the sentences in which no claim was read, that tell the
same, each with why it is held to. A group belongs to the claim that was asked about: everything in it was compared with that
claim itself, so that nothing drifts; and since two claims are compared by what stands in their two articles alone, it is the
same in whatever order the articles came.

A false group is worse than two groups: where parties, words and time do not agree in enough ways, claims stay apart. Claims of
opposite polarity never stand together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from ..archive.engine import Archive
from ..archive.schema import articles
from ..model.span import Span
from .agreeing import Bond, compare
from .nearness import MOST_ARTICLES, near_articles
from .perhaps import others_there, perhaps
from .tellings import Place, Report, Telling, alike, open_reports
from .unread import copied_sentence, retold_sentences, sentence_telling

Mirrored = Callable[[str, Span], Sequence[tuple[str, Span]]]
"""Where else the characters of an article are printed; see `copies.mirrored`."""


@dataclass(slots=True)
class Group:
    """All who tell what a claim tells: the claim itself first, then by article id and place. ``near`` are the articles that it was
    compared with; ``possible`` what may tell the same beside it, of each article the likeliest (`perhaps`)."""

    asked: Telling
    bonds: tuple[Bond, ...]
    reports: Mapping[str, Report]
    near: tuple[Report, ...] = ()
    possible: tuple[Bond, ...] = ()

    @property
    def tellings(self) -> tuple[Telling, ...]:
        return self.asked, *(bond.telling for bond in self.bonds)


class Reports:
    """Articles opened once each."""

    def __init__(self, archive: Archive, connection: Connection) -> None:
        self.archive, self.connection = archive, connection
        self._opened: dict[int, Report] = {}

    def __call__(self, number: int) -> Report:
        return self.several((number,))[0]

    def several(self, numbers: Sequence[int]) -> list[Report]:
        """These articles, opened with one question for all.

        Raises:
            KeyError: one of them is not there.
        """
        missing = [number for number in dict.fromkeys(numbers) if number not in self._opened]
        if missing:
            self._opened |= open_reports(self.archive, self.connection, missing)
        return [self._opened[number] for number in numbers]


def group_of(reports: Reports, number: int, claim: int, mirrored: Mirrored | None = None) -> Group:
    """Who else tells what the claim at this place of the article's list tells.

    Raises:
        KeyError: there is no such article or claim.
    """
    own = reports(number)
    asked = next((telling for telling in own.tellings if telling.claim == claim), None)
    if asked is None:
        raise KeyError((number, claim))
    return gather(asked, own, _near(reports, own, asked, mirrored), mirrored)


def group_of_sentence(reports: Reports, number: int, place: Place, mirrored: Mirrored | None = None) -> Group:
    """Who else tells what a sentence tells in which no claim was read: sentences nearly the same, and copies of it.

    Raises:
        KeyError: there is no such article.
    """
    own = reports(number)
    telling = sentence_telling(own, place)
    asked = replace(telling, stems=frozenset(telling.words))
    return gather(asked, own, _near(reports, own, asked, mirrored), mirrored)


def _near(reports: Reports, own: Report, asked: Telling, mirrored: Mirrored | None) -> list[Report]:
    """The articles to compare a claim with: those near, and those that print its sentence."""
    numbers = near_articles(reports.connection, own, asked.sentence)
    copies = [id for id, _ in mirrored(own.id, Span(*asked.sentence))] if mirrored else []
    if copies:
        found = reports.connection.execute(select(articles.c.number).where(articles.c.id.in_(copies[:MOST_ARTICLES]))).scalars()
        numbers = list(dict.fromkeys((*map(int, found), *numbers)))
    return reports.several([number for number in numbers if number != own.number])


def gather(asked: Telling, own: Report, near: Iterable[Report], mirrored: Mirrored | None = None) -> Group:
    """The group of a claim among some articles; a function of those articles alone."""
    printed = {id: span for id, span in mirrored(own.id, Span(*asked.sentence))} if mirrored else {}
    bonds: list[Bond] = []
    possible: list[Bond] = []
    opened = {own.id: own}
    compared = tuple(sorted((own, *near), key=lambda report: report.id))
    for report in compared:
        found = list(_bonds(asked, own, report, printed.get(report.id)))
        if found:
            opened[report.id] = report
            bonds += found
    for report in compared:
        possible += others_there(asked, own, report, bonds) if report.id in opened else perhaps(asked, own, report, bonds)
    return Group(asked, tuple(bonds), opened, compared, tuple(possible))


def _bonds(asked: Telling, own: Report, report: Report, copied: Span | None) -> Iterable[Bond]:
    """The tellings of another article that are one with a claim: those of the same sentence, else those that agree with it."""
    best: dict[Place, tuple[tuple[float, ...], Bond]] = {}
    for telling in report.tellings:
        if telling is asked:
            continue
        same_words = copied is not None and copied.start <= telling.trigger[0] < copied.end
        if reasons := compare(asked, own, telling, report, copied=same_words):
            rank = len(reasons), alike(asked.clause, telling.clause), -telling.trigger[0]
            if telling.sentence not in best or rank > best[telling.sentence][0]:
                best[telling.sentence] = rank, Bond(telling, reasons)
    found = [bond for _, bond in best.values()]
    if found or asked.headline or report is own:
        return found
    if copied is not None and (copy := copied_sentence(asked, own, report, copied)):
        return [copy]
    return retold_sentences(asked, own, report)
