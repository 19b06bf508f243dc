"""The independent sources of a claim, asked of an archive.

    from telusur.archive import open_archive
    from telusur.trace.proof import independence

    with open_archive("archive.db") as archive:
        found = independence(archive, "0f83…#c499-511")
        print(found.counts, [source.name for source in found.sources])

Comes in: an archive, and a claim by its id. Goes out: `independence.Independence`, whole with its proof. Families of copies are
those of the tracing that `telusur trace` keeps up to date; where it was not run, sentences that are the same still count as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from ..archive.engine import Archive
from ..archive.schema import articles
from ..errors import BadRequest
from ..model.span import Span
from .copies import mirrored
from .credits import find_credits
from .families import first_of_each
from .groups import Group, Reports, group_of, group_of_sentence
from .independence import Counts, Independence, count_sources
from .origins import Evidence, Wire
from .owners import Owners, read_owners
from .tellings import Place, Report
from .texts import Shelf

_SHORTEST_ID = 6
_SENTENCE = re.compile(r"s(\d{1,9})-(\d{1,9})")


class Tracer:
    """Claims of one archive, in one state of it; what was opened for one claim is used for the next."""

    def __init__(self, archive: Archive, connection: Connection) -> None:
        self.connection = connection
        self.reports = Reports(archive, connection)
        self.owners: Owners = read_owners(connection)
        self._shelf = Shelf()
        self._texts: dict[int, str] = {}
        self._mirrored: dict[tuple[str, Span], Sequence[tuple[str, Span]]] = {}

    def group(self, number: int, claim: int) -> Group:
        """Who else tells what this claim tells."""
        return group_of(self.reports, number, claim, self.mirrored)

    def independence(self, number: int, claim: int) -> Independence:
        """The sources of the claim at this place of an article's list.

        Raises:
            KeyError: there is no such article or claim.
        """
        return self.weigh(self.group(number, claim))

    def sentence(self, number: int, place: Place) -> Independence:
        """The sources of a sentence in which no claim was read."""
        return self.weigh(group_of_sentence(self.reports, number, place, self.mirrored))

    def weigh(self, group: Group) -> Independence:
        """The sources of a group."""
        reports = {report.id: report for report in group.near} | dict(group.reports)
        texts = self._texts_of(reports.values())
        wires = _inherited([report for report in reports.values() if report.id in texts], texts)
        return count_sources(group, texts, self.owners.owner, self.owners.key, wires)

    def counts(self, number: int, claim: int) -> Counts:
        """The counts alone."""
        return self.independence(number, claim).counts

    def mirrored(self, article: str, span: Span) -> Sequence[tuple[str, Span]]:
        """Where else these characters are printed."""
        if (article, span) not in self._mirrored:
            self._mirrored[article, span] = mirrored(self.connection, article, span, self._shelf)
        return self._mirrored[article, span]

    def _texts_of(self, reports: Iterable[Report]) -> dict[str, str]:
        """For each article that is one text with others, the text's name."""
        reports = tuple(reports)
        missing = [report.number for report in reports if report.number not in self._texts]
        firsts = first_of_each(self.connection, missing)
        self._texts |= {number: f"f{firsts[number]}" if number in firsts else "" for number in missing}
        return {report.id: name for report in reports if (name := self._texts[report.number])}


def _inherited(reports: Sequence[Report], texts: Mapping[str, str]) -> dict[str, Wire]:
    """Whom others credit for the text of those that credit nobody: the most credited name of each text, with the words of the first
    who credits it."""
    credited: dict[str, dict[str, list[Evidence]]] = {}
    silent: list[Report] = []
    for report in sorted(reports, key=lambda report: (report.published or "~", report.id)):
        told = find_credits(report.record)
        for credit in told:
            quote = Evidence(report.id, credit.span.start, credit.span.end, report.words((credit.span.start, credit.span.end)))
            credited.setdefault(texts[report.id], {}).setdefault(credit.name, []).append(quote)
        silent += [] if told or report.wires else [report]
    found: dict[str, Wire] = {}
    for report in silent:
        if names := credited.get(texts[report.id]):
            name = min(names, key=lambda name: (-len(names[name]), name))
            found[report.id] = Wire(name, "family-wire", tuple(names[name][:1]))
    return found


def independence(archive: Archive, id: str) -> Independence:
    """The independent sources of a claim, by the id that a line prints (``ARTICLE#c499-511``).

    Raises:
        BadRequest: there is no such claim.
    """
    with archive.reading() as connection:
        tracer = Tracer(archive, connection)
        number, item = find_telling(tracer, id)
        return tracer.independence(number, item) if isinstance(item, int) else tracer.sentence(number, item)


def find_telling(tracer: Tracer, id: str) -> tuple[int, int | Place]:
    """Number of the article, and the place of the claim in its list or of the sentence in its text, that an id names.

    Raises:
        BadRequest: none or several articles have this id, or the article has no such claim.
    """
    article, _, key = id.strip().partition("#")
    if len(article) < _SHORTEST_ID or not key or set(article) - set("0123456789abcdef"):
        raise BadRequest(f"{id[:80]!r} is no id of a claim; nothing was traced; `telusur claim QUERY` prints ids, like 0f0083c8#c499-511")
    alike = select(articles.c.number).where(articles.c.id >= article, articles.c.id < f"{article}g").limit(2)
    numbers = tracer.connection.execute(alike).scalars().all()
    if len(numbers) != 1:
        what = "no article has" if not numbers else "more than one article has"
        raise BadRequest(f"{what} an id that begins with {article!r}; nothing was traced; give {'another' if not numbers else 'more of it'}")
    for telling in tracer.reports(numbers[0]).tellings:
        if telling.key == key and telling.claim is not None:
            return int(numbers[0]), telling.claim
    if sentence := _SENTENCE.fullmatch(key):
        place = int(sentence[1]), int(sentence[2])
        if place in tracer.reports(numbers[0]).sentences:
            return int(numbers[0]), place
    raise BadRequest(f"article {article} holds no claim or sentence {key[:40]!r}; nothing was traced; `telusur show {article}` shows all it holds")
