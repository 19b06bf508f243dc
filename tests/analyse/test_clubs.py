"""Football clubs named by their town: when a town is a club, when it stays a town, and which names are one club."""

from __future__ import annotations

import pytest
from test_links import NIL, code, link

from cpu_time import least
from telusur.analyse import clubs
from telusur.analyse.entities import resolve_entities
from telusur.model.document import Article, Document, Hints, Source
from telusur.model.layers import Mention
from telusur.model.span import Span

# text, name, its type, its link, why
CASES: list[tuple[str, str, str, str, str]] = [
    ("[LOC Madrid] kebobolan dua gol pada babak pertama.", "Madrid", "ORG", "wikidata:Q8682", "words of football alone"),
    ("Kiper [LOC Leicester] menepis penalti itu.", "Leicester", "ORG", "wikidata:Q19481", "behind a player's place"),
    ("[LOC Wolfsburg] menang atas [LOC Mainz] dalam laga itu.", "Mainz", "ORG", "wikidata:Q105254", "another town that may be a club"),
    ("[ORG Barca] dan [ORG Chelsea] tak mau kalah dari [LOC Madrid]. [LOC Madrid] tenang.", "Madrid", "ORG", "wikidata:Q8682", "two clubs are game enough"),
    ("[LOC Roma] unggul. Gelandang [LOC Roma] itu mencetak gol di [LOC Roma].", "Roma", "ORG", "wikidata:Q2739", "more mentions of the club than of the town"),
    ("Warga [LOC Madrid] turun ke jalan.", "Madrid", "LOC", "geonames:3117735", "a town in ordinary news"),
    ("[LOC Madrid] menggelar pertemuan para menteri musim ini.", "Madrid", "LOC", "geonames:3117735", "one word that is said elsewhere too"),
    ("Laga final Liga Champions itu digelar di [LOC Madrid].", "Madrid", "LOC", "geonames:3117735", "where a match is played"),
    ("Striker itu lahir di Anfield, [LOC Liverpool], [LOC Inggris], dan mencetak gol.", "Liverpool", "LOC", "geonames:2644210", "its country stands behind it"),
    ("Gol tercipta di [LOC Stadion Anfield], [LOC Liverpool].", "Liverpool", "LOC", NIL, "a town behind its stadium"),
    ("Petenis itu juara di babak final [LOC Madrid] Terbuka.", "Madrid", "LOC", "geonames:3117735", "a tournament of another sport"),
    ("Pembalap itu menambah poin di klasemen seusai laga [LOC Barcelona].", "Barcelona", "LOC", NIL, "a race"),
    ("Pesawat penyerang itu terbang ke [LOC Madrid].", "Madrid", "LOC", "geonames:3117735", "behind `ke` alone it tells nothing"),
    ("Bek [ORG City] itu mencetak gol.", "City", "ORG", "wikidata:Q50602", "a club's short name beside the game"),
    ("Lini [ORG City] lebih kuat daripada [ORG Chelsea].", "City", "ORG", "wikidata:Q50602", "a club's short name beside another club"),
    ("[ORG City] membuka kantor baru.", "City", "ORG", NIL, "the same without the game"),
    ("Bek [ORG City] itu mencetak gol ke gawang [ORG Leicester City].", "City", "ORG", NIL, "another club of that last word"),
    ("Gelandang [ORG United] dan bek [ORG Bali United] hadir.", "United", "ORG", NIL, "another United"),
    ("[ORG Newcastle] [ORG United] mencetak gol di laga itu.", "United", "ORG", NIL, "the rest of a longer name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "kind", "expected", "why"), CASES, ids=[c[4] for c in CASES])
def test_a_town_is_a_club_only_where_football_is_played(text: str, name: str, kind: str, expected: str, why: str) -> None:
    """A town's name is the club's where the game stands near and the town is not written as a place."""
    entity = link(text)[name]
    assert (entity.type, code(entity)) == (kind, expected), entity.because


def test_the_names_of_one_club_are_one_entity() -> None:
    """The full name, the byname and the town of one club are joined; another team of the name stays apart."""
    found = link("[ORG Real Madrid] menang. Pelatih [LOC Madrid] memuji [ORG Los Blancos], bukan [ORG Real Madrid U-19].")
    assert found["Madrid"].id == found["Los Blancos"].id != found["Real Madrid U-19"].id


def test_a_mention_has_the_type_of_its_club() -> None:
    """A mention of a town that is a club is a body's too, as the entity is."""
    text = "Kiper Leicester menepis penalti."
    document = Document(Source(b"", "text/plain", ""), Hints(), text, (), Article())
    _, (mention,) = resolve_entities(document, (Mention("m1", Span(6, 15), "LOC"),))
    assert mention.type == "ORG"


def test_the_game_is_looked_for_in_the_paragraph_alone() -> None:
    """A gol in another paragraph makes no club of a town."""
    assert link("Wali kota berpidato kepada [LOC Madrid].\n\nKiper itu menepis gol.")["Madrid"].type == "LOC"


def test_thousands_of_towns_take_bounded_time() -> None:
    """A book that names a town on every page is read in time that grows with its length alone."""
    name = "Madrid "
    text = name * 4_000
    document = Document(Source(b"", "text/plain", ""), Hints(), text, (), Article())
    mentions = tuple(Mention(f"m{i}", Span(i * 7, i * 7 + 6), "LOC") for i in range(4_000))
    assert least(lambda: clubs.type_clubs(document, mentions), 1.0) < 1.0
