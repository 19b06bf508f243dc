"""How many independent sources a claim has: an interval, with its proof.

Comes in: a claim's group, the paths of its tellings, which articles are one text, whose the outlets are. Goes out: the sources
that stand behind the claim, what makes two of them one, and the counts.

``most`` counts two sources as one only where something says so: one person, one chain, one text, a spokesman and his body, two
of one press conference, outlets of one owner. ``least`` takes for one whatever may be one: unnamed people may be those who are
named elsewhere, a page that says nothing may have it from anybody who does. The truth lies between; where pages say little,
far between, and that is said rather than hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from ..archive.spellings import fold_key
from .groups import Group
from .origins import Evidence, Node, Path, Wire, collective, collectives, own_wire, path_of
from .owners import medium_key
from .parties import VOICE_REACH, VOICES, Party, same_party
from .sources import Source, chief, sources_of
from .tellings import Report, Telling, alike, one_sentence, small_words

Owner = Callable[[str], str]
"""What stands for an outlet's owner; empty where it is not known."""

MOST_UNMATCHED, MOST_ALONE = 1, 2
"""How many sources that are only possible add to ``most``; and where nothing else was found to tell it than one article."""

_UNSAID = frozenset({"only-voice", "near-voice"})
"""Rules by which an outlet's own words are laid to somebody whom it quotes on the page with other words."""
_FIRST_WORDS = 4
_SAME_PASSAGE = 0.5
_PRESS = re.compile(r"\b(?:konferensi pers|jumpa pers|konpers|jumpa media|temu media|keterangan pers|siaran pers|rilis pers|keterangan tertulis|keterangan resmi)\b", re.IGNORECASE)
_BEFORE = 60
_STATE = ("polisi", "penyidik", "jaksa", "hakim", "pemerintah", "kementerian", "tentara", "instansi")
"""Bodies of a state, by the words of `collectives` that stand for them."""

_MANY_VOICES = re.compile(r"\b(?:dpr|dprd|dpd|mpr|partai|fraksi|komisi|perwakilan|parlemen|senat)\b")


@dataclass(frozen=True, slots=True)
class Union:
    """Why two sources are one, or may be. ``rule`` is explained on the page on how we count; ``surely``: ``most`` believes it."""

    one: int
    other: int
    surely: bool
    rule: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The line that stands wherever a claim is shown. ``named``, ``unnamed`` and ``own`` count sources: named origins, unnamed
    groups, outlets that speak themselves."""

    outlets: int
    texts: int
    named: int
    unnamed: int
    own: int
    least: int
    most: int

    def to_dict(self) -> dict[str, int]:
        return {
            "outlets": self.outlets, "texts": self.texts, "named": self.named, "unnamed": self.unnamed, "own": self.own,
            "least": self.least, "most": self.most,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Independence:
    """The counts with their proof. ``clusters``: sources that are surely one, by number; ``least_clusters`` that may be."""

    group: Group
    paths: tuple[Path, ...]
    sources: tuple[Source, ...]
    unions: tuple[Union, ...]
    clusters: tuple[tuple[int, ...], ...]
    least_clusters: tuple[tuple[int, ...], ...]
    counts: Counts


def count_sources(
    group: Group, texts: Mapping[str, str], owner: Owner, canonical: Callable[[str], str] = medium_key, wires: Mapping[str, Wire] | None = None
) -> Independence:
    """The independent sources of a group.

    Args:
        texts: for each article that is one text with others, what that text is called.
        owner: whose an outlet is.
        canonical: one key for all names of an outlet or agency.
        wires: for articles that credit nobody, whom others credit for the same text.
    """
    found = _perhaps_seen(_count(group, texts, owner, canonical, wires or {}))
    if not group.possible:
        return found
    near = {report.id: report for report in group.near}
    reports = dict(group.reports) | {bond.telling.article: near[bond.telling.article] for bond in group.possible}
    wider = _count(Group(group.asked, (*group.bonds, *group.possible), reports), texts, owner, canonical, wires or {}, len(group.tellings))
    unmatched = MOST_UNMATCHED if len(group.reports) > 1 else MOST_ALONE
    most = min(max(wider.counts.most, found.counts.most), found.counts.most + unmatched)
    return replace(found, counts=replace(found.counts, most=most))


def _perhaps_seen(found: Independence) -> Independence:
    """Where several outlets come to one source, and one of them only by quoting him elsewhere on its page, it may have seen for itself what
    it tells in its own words: nobody says that it did not."""
    counts = found.counts
    unsaid = any(step.rule in _UNSAID for path in found.paths for step in path.steps)
    if counts.most > 1 or min(counts.outlets, counts.texts) < 2 or not unsaid:
        return found
    return replace(found, counts=replace(counts, most=counts.most + MOST_UNMATCHED))


def _count(group: Group, texts: Mapping[str, str], owner: Owner, canonical: Callable[[str], str], wires: Mapping[str, Wire], sure: int | None = None) -> Independence:
    """The independent sources of a group, of which the first ``sure`` tellings belong together, None for all."""
    told = [(telling, group.reports[telling.article]) for telling in group.tellings]
    known = told[:sure]  # from what only may tell the same, nothing is concluded for the rest
    paths = tuple(_path(telling, report, known, own_wire(report) or wires.get(report.id)) for telling, report in told)
    sources = sources_of(paths, canonical)
    unions = tuple(_unions(sources, paths, group.reports, texts, owner))
    clusters = _clusters(len(sources), (u for u in unions if u.surely))
    least = _least(sources, clusters, unions)
    kinds = [chief([sources[n] for n in cluster]) for cluster in clusters]
    outlets = {canonical(report.outlet) or report.id for report in group.reports.values()}
    counts = Counts(
        outlets=len(outlets),
        texts=len({texts.get(id, id) for id in group.reports}),
        named=sum(source.named and source.kind not in ("outlet", "agency") for source in kinds),
        unnamed=sum(not source.named for source in kinds),
        own=sum(source.kind in ("outlet", "agency") for source in kinds),
        least=len(least),
        most=len(clusters),
    )
    return Independence(group, paths, sources, unions, clusters, least, counts)


def _path(telling: Telling, report: Report, told: Sequence[tuple[Telling, Report]], wire: Wire | None) -> Path:
    siblings = [(other, page) for other, page in told if page is report]
    same = [(other, page) for other, page in told if page is not report and one_sentence(telling.words, other.words)]
    return path_of(telling, report, siblings, same, wire)


# --- what makes two of them one ---------------------------------------------------------------------------------


def _unions(sources: Sequence[Source], paths: Sequence[Path], reports: Mapping[str, Report], texts: Mapping[str, str], owner: Owner) -> Iterable[Union]:
    at = {(n, node): source.number for source in sources for n in source.paths for node in source.nodes}
    for n, path in enumerate(paths):
        numbers = [at[n, node] for node in path.sources]
        for number, behind in pairwise(numbers):
            if number != behind:
                yield Union(number, behind, True, "one-chain", path.steps[0].evidence)
    yield from _one_text(paths, at, texts)
    offices = _offices(reports)
    for one in sources:
        for two in sources[one.number + 1 :]:
            yield from _pair(one, two, paths, reports, offices, owner)
    yield from _spoken_for(sources, offices, reports)


def _one_text(paths: Sequence[Path], at: Mapping[tuple[int, Node], int], texts: Mapping[str, str]) -> Iterable[Union]:
    """Paths of one text, or of one sentence: who copied cannot have another source than who was copied."""
    for n, path in enumerate(paths):
        for m in range(n + 1, len(paths)):
            other = paths[m]
            mine, theirs = path.telling, other.telling
            one, two = at[n, path.sources[0]], at[m, other.sources[0]]
            if one == two or mine.article == theirs.article:
                continue
            same_text = mine.article in texts and texts.get(mine.article) == texts.get(theirs.article)
            laid_apart = bool(mine.hands and theirs.hands)  # each says on whose word: like words are no copy
            near = alike(mine.words, theirs.words) >= _SAME_PASSAGE if same_text and not laid_apart else one_sentence(mine.words, theirs.words)
            if near and (same_text or not laid_apart):
                quotes = tuple(Evidence(t.article, *t.sentence, "") for t in (mine, theirs))
                yield Union(one, two, True, "one-text" if same_text else "one-sentence", quotes)


@dataclass(frozen=True, slots=True)
class _Office:
    """Who holds which office of which body, as an article of the group says."""

    holder: Party
    office: str
    body: Party | None
    evidence: Evidence


def _offices(reports: Mapping[str, Report]) -> list[_Office]:
    found = []
    for report in reports.values():
        for telling in report.tellings:
            if telling.type not in ("leads", "holds-office", "member-of") or telling.polarity != "positive":
                continue
            bodies: list[Party | None] = [p for p in telling.of("recipient", "place") if p.named]
            bodies = bodies or [None]
            quote = Evidence(report.id, *telling.sentence, report.words(telling.sentence))
            found += [_Office(who, fold_key(telling.verb), body, quote) for who in telling.of("actor") if who.named for body in bodies]
    return found


def _pair(one: Source, two: Source, paths: Sequence[Path], reports: Mapping[str, Report], offices: Sequence[_Office], owner: Owner) -> Iterable[Union]:
    """What two sources have in common."""
    if {one.kind, two.kind} <= {"outlet", "agency"}:
        if one.kind == two.kind == "outlet" and owner(one.name) and owner(one.name) == owner(two.name):
            yield Union(one.number, two.number, True, "one-owner", ())
        return
    if {one.kind, two.kind} & {"outlet", "agency", "group", "document"}:
        return
    if one.kind == two.kind == "body":
        if _is_authority(one, offices, reports) and _is_authority(two, offices, reports):
            yield Union(one.number, two.number, False, "two-authorities", ())
        return
    held, also = _held(one, offices), _held(two, offices)
    if one.kind == two.kind and (voice := _lends_voice(one, two, reports) or _lends_voice(two, one, reports)):
        yield Union(one.number, two.number, True, "speaks-for", (voice,))
        return
    if one.kind == two.kind:
        for office in held:
            for other in also:
                if office.body and other.body and office.body.type != "LOC" and same_party(office.body, other.body):
                    many = bool(_MANY_VOICES.search(fold_key(office.body.name))) or "anggota" in office.office
                    if not many:
                        yield Union(one.number, two.number, True, "one-body", (office.evidence, other.evidence))
                        return
        if press := _press(one, two, paths, reports):
            yield Union(one.number, two.number, True, "press-conference", press)
        elif _is_authority(one, offices, reports) and _is_authority(two, offices, reports):
            yield Union(one.number, two.number, False, "two-authorities", ())
        return
    person, body, known = (one, two, held) if one.kind == "person" else (two, one, also)
    for office in known:
        if office.body and any(same_party(office.body, node.who) for node in body.nodes):
            yield Union(person.number, body.number, True, "speaks-for", (office.evidence,))
            return
    if not any(office.body and office.body.type == "ORG" for office in known):
        yield Union(person.number, body.number, False, "may-speak-for", ())
    elif _is_authority(one, offices, reports) and _is_authority(two, offices, reports):
        yield Union(one.number, two.number, False, "two-authorities", ())


def _held(source: Source, offices: Sequence[_Office]) -> list[_Office]:
    return [office for office in offices if any(same_party(office.holder, node.who) for node in source.nodes)] if source.kind == "person" else []


def _lends_voice(voice: Source, client: Source, reports: Mapping[str, Report]) -> Evidence | None:
    """The words by which one is another's lawyer or manager: `kuasa hukum Rini Astuti, Budi Hartono`."""
    for node in voice.nodes:
        report = reports[node.article]
        before = max(0, node.who.start - VOICE_REACH)
        stretch = report.text[before : node.who.start]
        for found in VOICES.finditer(stretch):
            named = stretch[found.end() :]
            if any(word in named for other in client.nodes for word in (other.name, other.who.text) if word):
                return Evidence(report.id, before + found.start(), node.who.end, report.words((before + found.start(), node.who.end)))
    return None


def _is_authority(source: Source, offices: Sequence[_Office], reports: Mapping[str, Report]) -> bool:
    """Whether somebody holds an office of a state, or is a body of it: mayor, minister, police station."""
    heads = _authorities()
    if source.kind == "person" and _titles(source, reports) & heads:
        return True
    if source.kind == "body" and any(word in heads for node in source.nodes for word in fold_key(node.name).split()[:1]):
        return True
    told = [text for office in _held(source, offices) for text in (office.office, fold_key(office.body.name) if office.body else "")]
    return any(word in heads for text in told for word in text.split()[:_FIRST_WORDS])


def _titles(source: Source, reports: Mapping[str, Report]) -> frozenset[str]:
    """The words that stand right before a name: `Kapolres Rawa AKBP` Rina."""
    found: set[str] = set()
    for node in source.nodes:
        report = reports.get(node.article)
        if report is not None and node.who.end:
            start = max(report.sentence_at(node.who.start)[0], node.who.start - _BEFORE)
            found |= set(fold_key(report.text[start : node.who.start].rstrip(" ,").rpartition(",")[2]).split())
    return frozenset(found)


@cache
def _authorities() -> frozenset[str]:
    return frozenset(name for word in _STATE for name in collectives()[word])


def _press(one: Source, two: Source, paths: Sequence[Path], reports: Mapping[str, Report]) -> tuple[Evidence, ...]:
    """The words by which two speak at a press conference, where both do, within a day."""
    found: list[tuple[int | None, Evidence]] = []
    for source in (one, two):
        for n in source.paths:
            report = reports[paths[n].telling.article]
            start, end = paths[n].telling.sentence
            if match := _PRESS.search(report.text, max(0, start - 300), min(len(report.text), end + 300)):
                found.append((report.day, Evidence(report.id, *match.span(), match.group())))
                break
    if len(found) < 2 or found[0][1].words.casefold().split()[0] not in ("konferensi", "jumpa", "konpers", "temu"):
        return ()
    days = [day for day, _ in found if day is not None]
    return tuple(quote for _, quote in found) if len(days) < 2 or abs(days[0] - days[1]) <= 1 else ()


def _spoken_for(sources: Sequence[Source], offices: Sequence[_Office], reports: Mapping[str, Report]) -> Iterable[Union]:
    """Descriptions that speak for a body (`polisi`): one with the only source that can be it; where several can, perhaps with each."""
    for source in sources:
        if holder := _by_office(source, sources, offices, reports):
            yield Union(source.number, holder.number, True, "stands-for", ())
            continue
        word = collective(source.nodes[0].who) if source.kind in ("group", "body") else ""
        if not word:
            continue
        can = [o for o in sources if o.named and o is not source and o.kind in ("person", "body") and _answers(o, word, offices, reports)]
        for other in can:
            yield Union(source.number, other.number, len(can) == 1, "stands-for" if len(can) == 1 else "may-stand-for", ())


def _by_office(source: Source, sources: Sequence[Source], offices: Sequence[_Office], reports: Mapping[str, Report]) -> Source | None:
    """The only person of whom a description is the office: `Mensos`, where a page writes `Menteri Sosial (Mensos) Rina Wahyuni`."""
    if source.kind != "group":
        return None
    words = set(fold_key(source.name).split()) - small_words()
    held = {
        other.number: _titles(other, reports) | {word for office in _held(other, offices) for word in office.office.split()}
        for other in sources
        if other.kind == "person" and other.named
    }
    found = [number for number, titles in held.items() if words and words <= titles]
    return sources[found[0]] if len(found) == 1 else None


def _answers(source: Source, word: str, offices: Sequence[_Office], reports: Mapping[str, Report]) -> bool:
    """Whether a named source is of the bodies for which a word stands: by its name, its office or its body."""
    told = [fold_key(node.name) for node in source.nodes]
    told += [text for office in _held(source, offices) for text in (office.office, fold_key(office.body.name) if office.body else "")]
    names = {word, *collectives()[word]}
    if source.kind == "person" and _titles(source, reports) & names:
        return True
    return any(first in names for text in told for first in text.split()[:_FIRST_WORDS])


# --- clusters ---------------------------------------------------------------------------------------------------


def _clusters(size: int, unions: Iterable[Union]) -> tuple[tuple[int, ...], ...]:
    parent = list(range(size))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for union in unions:
        one, other = sorted((root(union.one), root(union.other)))
        parent[other] = one
    found: dict[int, list[int]] = {}
    for n in range(size):
        found.setdefault(root(n), []).append(n)
    return tuple(tuple(numbers) for numbers in found.values())


def _least(sources: Sequence[Source], clusters: Sequence[tuple[int, ...]], unions: Sequence[Union]) -> tuple[tuple[int, ...], ...]:
    """The clusters where all that may be one is one: those without a solid source join the first that has one."""
    solid = [cluster for cluster in clusters if any(sources[n].solid for n in cluster)]
    soft = [n for cluster in clusters if cluster not in solid for n in cluster]
    if not solid:
        return (tuple(soft),)
    number = {n: at for at, cluster in enumerate(solid) for n in cluster}
    pairs = [Union(number[u.one], number[u.other], True, u.rule, ()) for u in unions if u.one in number and u.other in number]
    joined = [tuple(n for at in some for n in solid[at]) for some in _clusters(len(solid), pairs)]
    return ((*joined[0], *soft), *joined[1:])
