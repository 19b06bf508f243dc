"""One record about invented people, with every kind of item and every optional field: what the export tests start from."""

from __future__ import annotations

import hashlib
from typing import Any

from telusur.model.claim import Attribution, Casualties, ChainLink, Claim, Participant
from telusur.model.document import Article, Block, BlockKind, Credit, Document, Hints, Image, Source
from telusur.model.layers import Entity, Join, Mention, Place, Sentence, Time
from telusur.model.record import Analysis, LeftOut, Record
from telusur.model.span import Span

LINES: tuple[tuple[BlockKind, str], ...] = (
    ("chrome", "Menu utama"),
    ("title", "Dua Tewas, Polisi Pastikan Menahan Juragan Kapal"),
    ("lead", "Polres Tanjung Rawa mungkin menahan seorang juragan kapal."),
    ("caption", "Kapal di Dermaga Rawa, Senin (6/5/2024). (Foto: Cakra/Wibi)"),
    ("paragraph", "Tanjung Rawa, Kabar Pesisir - Dua awak tewas dan tiga hilang ketika KM Camar terbakar pekan lalu."),
    (
        "paragraph",
        "“Juragannya bisa saja kami tahan,” kata Kapolres Tanjung Rawa Rukmini Saraswati, seperti dikutip dari Cakra. "
        "Rukmini mengaku mendengar itu dari seorang awak kapal.",
    ),
    ("paragraph", "Serikat Nelayan Rawa (SNR) menyebut lima orang tewas. Ketua SNR Jumadi tidak akan berdamai."),
    ("related", "Baca juga: Dermaga Rawa Ditutup"),
    ("byline", "Editor: Wulan Ayuningtyas"),
)
TEXT = "\n".join(line for _, line in LINES)


def at(words: str, occurrence: int = 0) -> Span:
    """The span of ``words`` in the text, the n-th time they stand there."""
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def _blocks() -> tuple[Block, ...]:
    out, position = [], 0
    for kind, line in LINES:
        out.append(Block(kind, Span(position, position + len(line))))
        position += len(line) + 1
    return tuple(out)


def make_document(**changed: Any) -> Document:
    fields: dict[str, Any] = {
        "source": Source(
            data=b"",
            media_type="text/plain",
            sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
            url="https://kabarpesisir.example/berita/1",
            name="kapal.txt",
            retrieved="2024-05-07T03:00:00Z",
        ),
        "hints": Hints(id="kapal"),
        "text": TEXT,
        "blocks": _blocks(),
        "article": Article(
            title=LINES[1][1],
            lead=LINES[2][1],
            publisher="Kabar Pesisir",
            section="Daerah",
            language="id",
            published="2024-05-07T09:30+07:00",
            modified="2024-05-07",
            credits=(Credit("Wulan Ayuningtyas", "editor", at("Wulan Ayuningtyas")), Credit("Bagas Pradipta", "reporter")),
            wires=("Cakra",),
            images=(Image("Kapal di Dermaga Rawa, Senin (6/5/2024).", "Cakra/Wibi"),),
            topics=("kapal",),
        ),
        "published_basis": "page",
    }
    return Document(**(fields | changed))


ENTITIES = (
    Entity("e1", "ORG", "Polres Tanjung Rawa", candidates=(("wikidata", "Q1"), ("wikidata", "Q2"))),
    Entity("e2", "PER", "Rukmini Saraswati", joins=(Join(("m3", "m4"), "short form of a fuller name in this article"),), confidence={"name": 0.9}),
    Entity("e3", "LOC", "Dermaga Rawa", link=("geonames", "123"), place=Place(-1.25, 110.5, "ID", 2000)),
    Entity("e4", "ORG", "Serikat Nelayan Rawa", joins=(Join(("m6", "m7"), "the acronym stands in brackets"),)),
    Entity("e5", "PER", "Jumadi", link=("wikidata", "Q77")),
    Entity("e6", "ORG", "Cakra"),
    Entity("e7", "LOC", "Tanjung Rawa"),
)

MENTIONS = (
    Mention("m1", at("Polres Tanjung Rawa"), "ORG", "e1", {"type": 0.8, "entity": 0.7}),
    Mention("m2", at("Dermaga Rawa"), "LOC", "e3"),
    Mention("m3", at("Rukmini Saraswati"), "PER", "e2", {"type": 0.95}),
    Mention("m4", at("Rukmini", 1), "PER", "e2"),
    Mention("m5", at("Cakra", 1), "ORG", "e6"),
    Mention("m6", at("Serikat Nelayan Rawa"), "ORG", "e4"),
    Mention("m7", at("SNR"), "ORG", "e4"),
    Mention("m8", at("SNR", 1), "ORG", "e4"),
    Mention("m9", at("Jumadi"), "PER", "e5"),
    Mention("m10", at("Tanjung Rawa", 1), "LOC", "e7"),
)

TIMES = (
    Time("t1", at("Senin (6/5/2024)"), "DATE", "2024-05-06", None, "2024-05-06", "2024-05-07", "text"),
    Time("t2", at("pekan lalu"), "DATE", "2024-W18", None, "2024-04-29", "2024-05-06", "page date", "the week before"),
)

ATTRIBUTIONS = (
    Attribution(
        "a1",
        "direct",
        (at("Juragannya bisa saja kami tahan,"),),
        at("kata"),
        (
            ChainLink("origin", at("seorang awak kapal"), None, "inferred", at("mendengar itu dari")),
            ChainLink("speaker", at("Rukmini Saraswati"), "e2"),
            ChainLink("relay", at("Cakra", 1), "e6", "written", at("seperti dikutip dari Cakra")),
        ),
        confidence={"speaker": 0.4, "cue": 0.9},
    ),
    Attribution(
        "a2",
        "indirect",
        (at("lima orang tewas"),),
        at("menyebut"),
        (ChainLink("speaker", at("Serikat Nelayan Rawa"), "e4"),),
    ),
    Attribution(
        "a3",
        "indirect",
        (at("mendengar itu dari seorang awak kapal"),),
        at("mengaku"),
        (ChainLink("speaker", at("Rukmini", 1), "e2"),),
    ),
)

CLAIMS = (
    Claim("c1", "COERCE", at("Menahan"), (Participant("recipient", at("Juragan Kapal")),), tense="future", differs_from=("c2",)),
    Claim(
        "c2",
        "COERCE",
        at("tahan"),
        (Participant("actor", at("Polres Tanjung Rawa"), "e1"),),
        certainty="possible",
        tense="future",
        according_to="a1",
        differs_from=("c1",),
        confidence={"type": 0.3},
    ),
    Claim(
        "c3",
        "DISASTER",
        at("terbakar"),
        (Participant("recipient", at("KM Camar")), Participant("place", at("Tanjung Rawa", 1), "e7")),
        time="t2",
        casualties=Casualties(killed=2, injured=0, missing=3, displaced=0),
        differs_from=("c4",),
    ),
    Claim("c4", "DISASTER", at("tewas", 1), (), casualties=Casualties(killed=5), according_to="a2", differs_from=("c3",)),
    Claim("c5", "leads", at("Ketua"), (Participant("actor", at("Jumadi"), "e5"), Participant("recipient", at("SNR", 1), "e4")), tense="present"),
    Claim("c6", "REJECT", at("berdamai"), (Participant("actor", at("Jumadi"), "e5"),), polarity="negative", tense="future"),
    Claim("c7", "holds-office", at("Kapolres"), (Participant("actor", at("Rukmini Saraswati"), "e2"),), tense="present"),
)


def make_record(**changed: Any) -> Record:
    """The record, with the fields in ``changed`` put in its place."""
    document = changed.pop("document", None) or make_document()
    fields: dict[str, Any] = {
        "sentences": tuple(Sentence(b.span) for b in document.blocks if b.kind in ("title", "lead", "caption", "paragraph")),
        "entities": ENTITIES,
        "mentions": MENTIONS,
        "times": TIMES,
        "attributions": ATTRIBUTIONS,
        "claims": CLAIMS,
        "analysis": Analysis("telusur", "0.1.0", "reader-1", 0.25, "tables-1", LeftOut(0.2, claims=2)),
    }
    return Record(document, **(fields | changed))
