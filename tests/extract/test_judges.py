"""The networks that judge by the encoder's states: what they are given, and what becomes of what they say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extract.marked_article import Marked, marked
from telusur.analyse.encoder import load_model, understand
from telusur.analyse.sentences import find_sentences
from telusur.extract.casting import MARKS
from telusur.extract.judges import AROUND, FARTHEST, SENTENCES, Judges, Laid, Places
from telusur.extract.units import Reading, read_units
from telusur.ingest.files import from_text
from telusur.model.claim import CLAIM_TYPES
from telusur.model.document import Hints
from telusur.model.signals import Argument, Frame, Signals, States, Tier
from telusur.parse import parse_page

WIDTH = 5


def states_of(article: Marked, judges: dict[str, np.ndarray] | None = None) -> tuple[States, Reading]:
    """A word's state is its number among the article's words, and that number's square."""
    reading = read_units(article.document, find_sentences(article.document), article.mentions, article.times)
    words = [u.span.start for u in reading.units if u.kind != "mark"]
    rows = np.array([[n, n * n, 0, 0, 1] for n in range(len(words))], dtype=np.float32)
    return States(tuple(words), rows, judges or {}), reading


def weights(kind: str, odds: float) -> dict[str, np.ndarray]:
    """Networks that say ``odds`` of one type and of the first role, whatever they see."""
    out = {f"events {n}": np.zeros((WIDTH, 3)) for n in ("word", "around", "sentence")} | {f"parts {n}": np.zeros((WIDTH, 3)) for n in ("trigger", "who", "between")}
    out |= {"events number": np.zeros((SENTENCES, 3)), "parts away": np.zeros((2 * FARTHEST + 1, 3)), "events out": np.zeros((3, len(CLAIM_TYPES))), "parts out": np.zeros((3, 3))}
    out["parts marks"] = np.zeros((len(MARKS), 3))
    for network in ("events", "parts"):
        out |= {f"{network} {n}": np.zeros(3) for n in ("bias", "norm", "norm bias", "hidden bias")} | {f"{network} hidden": np.zeros((3, 3))}
    out["events out bias"], out["parts out bias"] = np.zeros(len(CLAIM_TYPES)), np.zeros(3)
    out["events out bias"][CLAIM_TYPES.index(kind)] = odds
    out["parts out bias"][0] = odds
    return {name: value.astype(np.float32) for name, value in out.items()}


ARTICLE = "[Rini Astuti|PER1] <<mengadu>> ke polisi. [Budi|PER2] lalu datang dan {kapal itu sudah pergi|PER2}, katanya."


def test_a_trigger_is_seen_with_what_stands_around_it_and_with_its_sentence() -> None:
    article = marked(ARTICLE)
    states, reading = states_of(article)
    places, laid = Places(states.starts, reading), Laid(states)
    at = next(n for n, u in enumerate(reading.units) if u.low == "datang")
    word, around, sentence, number = places.events([at])
    row = places.row(reading.units[at].span.start)
    assert word[0] == row
    assert laid.rows[word][0, 0] == row
    first, last = max(0, row - AROUND), min(len(states.starts) - 1, row + AROUND)
    assert laid.mean(around)[0, 0] == pytest.approx((first + last) / 2)
    inside = [n for n, start in enumerate(states.starts) if reading.units[reading.first_at(article.place("Budi")) or 0].span.start <= start]
    assert laid.mean(sentence)[0, 0] == pytest.approx(sum(inside) / len(inside))
    assert number[0] == 1


def test_whoever_may_take_part_is_seen_from_the_trigger() -> None:
    article = marked(ARTICLE)
    states, reading = states_of(article)
    places, laid = Places(states.starts, reading), Laid(states)
    at = reading.first_at(article.triggers[0]) or 0
    trigger, who, between, away = places.parts([at, at], [article.place("Rini Astuti"), article.place("polisi")])
    row, rini, police = (places.row(span.start) for span in (article.triggers[0], article.place("Rini Astuti"), article.place("polisi")))
    assert list(trigger) == [row, row]
    assert laid.mean(who)[0, 0] == rini
    assert laid.mean(between)[1, 0] == pytest.approx((row + police) / 2)
    assert (away[0] - FARTHEST, away[1] - FARTHEST) == (rini - row, police - row)


def test_without_states_or_without_weights_nothing_is_added() -> None:
    article = marked(ARTICLE)
    states, reading = states_of(article)
    for given in (None, states, States((), np.zeros((0, WIDTH), np.float32), weights("ACCUSE", 3.0))):
        judges = Judges(given, reading, [1, 2])
        assert judges.event(1, "ACCUSE") == 0.0
        assert not judges.parts([1], [article.place("polisi")], [(0,)]).any()


def test_what_they_say_decides_what_is_told_and_who_takes_part() -> None:
    article = marked("# Kabar", ARTICLE)
    untold, told = (article.claims(replace(_seen(article), states=states_of(article, weights("ACCUSE", odds))[0])) for odds in (-9.0, 9.0))
    assert [c for c in untold if c.type == "ACCUSE"] == []
    (claim,) = (c for c in told if c.type == "ACCUSE")
    assert article.words(claim.trigger) == "mengadu"
    assert article.people(claim, "actor") == ["Rini Astuti"]
    spoken = article.claims(replace(_seen(article), states=states_of(article, weights("ACCUSE", 9.0) | {"parts out bias": np.array([-9, 9, -9], np.float32)})[0]))
    assert [article.people(c, "recipient") for c in spoken if c.type == "ACCUSE"] == [["Rini Astuti", "polisi"]]


def test_somebody_whom_nobody_proposes_takes_part_where_the_judge_says_so() -> None:
    article = marked("# Kabar", "[Rini Astuti|PER1] <<mengadu>> soal [Budi Santosa|PER2] pagi itu.")
    for odds, recipients in ((-9.0, []), (9.0, ["Budi Santosa"])):
        said = weights("ACCUSE", 9.0) | {"parts out bias": np.array([9, odds, -9], np.float32)}
        (claim,) = (c for c in article.claims(replace(_seen(article), states=states_of(article, said)[0])) if c.type == "ACCUSE")
        assert [w for w in article.people(claim, "recipient") if w != "Rini Astuti"] == recipients


def test_who_stands_behind_which_preposition_is_told_to_the_judge() -> None:
    article = marked("# Kabar", "[Rini Astuti|PER1] <<bertemu>> dengan [Budi Santosa|PER2] dan [Sari|PER3] pagi itu.")
    with_whom = weights("CONSULT", 9.0) | {"parts out": np.eye(3, dtype=np.float32), "parts hidden": np.eye(3, dtype=np.float32), "parts norm": np.full(3, 9, np.float32)}
    with_whom["parts out bias"] = np.array([-9, -9, -9], np.float32)
    with_whom["parts marks"][MARKS.index("before dengan")] = [-2, 4, -2]
    seen = Signals(frames=(Frame("claim", "CONSULT", article.triggers[0], 0.4),), states=states_of(article, with_whom)[0])
    (claim,) = (c for c in article.claims(seen) if c.type == "CONSULT")
    assert article.people(claim, "recipient") == ["Budi Santosa", "Sari"]


def _seen(article: Marked) -> Signals:
    argument = Argument("actor", article.place("Rini Astuti"), 0.4)
    return Signals(frames=(Frame("claim", "ACCUSE", article.triggers[0], 0.4, (argument,)),))


@pytest.mark.parametrize("tier", ["accurate", "fast"])
def test_the_model_that_ships_has_judges_for_every_word_that_it_reads(tier: Tier) -> None:
    """Numbers that are numbers, of a text with hardly a word and of one with many windows."""
    model = load_model(tier=tier)
    assert model.judges
    for body in ("Polisi menangkap dua orang di Batam.", "Polisi menangkap dua orang di Batam, kata Rini Astuti kepada wartawan. " * 80):
        document = parse_page(from_text(f"Dua Orang Ditangkap\n\n{body}\n\n{body}\n", url=None, media_type="text/plain"), Hints())
        signals = understand(document, model)
        assert signals.states is not None
        assert list(signals.states.starts) == sorted(signals.states.starts)
        assert signals.states.rows.shape[0] == len(signals.states.starts)
        reading = read_units(document, find_sentences(document), (), ())
        judges = Judges(signals.states, reading, range(len(reading.units)))
        at = next(n for n, u in enumerate(reading.units) if u.low == "menangkap")
        assert judges.event(at, "COERCE") > judges.event(at, "AGREE")
        assert np.isfinite(judges.parts([at], [reading.units[at + 1].span], [(0, len(MARKS) - 1)])).all()
