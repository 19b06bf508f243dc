"""What the trained model heard, laid beside what the rules found: who speaks, who carried it, what is told at all."""

from __future__ import annotations

from typing import cast

import pytest
from spoken_article import Case, case, told

from telusur.model.signals import Argument, ArgumentRole, Frame, Signals


def test_the_model_adds_a_cue_that_no_table_holds() -> None:
    """A frame with content and speaker becomes an attribution; its bounds lose the final stop."""
    one = case("[Rini|PER1] melantunkan harga akan turun.")
    frame = Frame(
        "cue",
        "cue",
        one.place("melantunkan"),
        0.9,
        (Argument("content", one.place("harga akan turun."), 0.9), Argument("speaker", one.place("Rini"), 0.9)),
    )
    assert told(one, one.read()) == []
    assert told(one, one.read(Signals(frames=(frame,)))) == [("indirect", "melantunkan", "Rini", ("harga akan turun",))]


def test_the_model_makes_a_saying_surer_and_leaves_its_bounds() -> None:
    """What both saw is surer; on outlets that the model had not seen its ends were worse than the rules'."""
    one = case("[Rini|PER1] mengatakan harga akan turun, melalui siaran tertulis.")
    frame = Frame("cue", "cue", one.place("mengatakan"), 0.9, (Argument("content", one.place("harga"), 0.9),))
    (attribution,) = one.read(Signals(frames=(frame,)))
    assert attribution.content == one.read()[0].content
    assert attribution.score is not None
    assert attribution.score > 0.9


def _heard(one: Case, cue: str, **arguments: tuple[str, float]) -> Signals:
    """What the model hears at one cue: the words of each role, and how likely."""
    parts = tuple(Argument(cast(ArgumentRole, role), one.place(words), score) for role, (words, score) in arguments.items())
    return Signals(frames=(Frame("cue", "cue", one.place(cue), 0.9, parts),))


HEARD_SPEAKERS = [
    ("a description gives way to a likely one", ["Hasil penyelidikan [polisi|ORG1] mengungkap bahwa harga turun."], "mengungkap", ("polisi", 0.6), "polisi"),
    ("the beginning of a description is no better", ["Juru bicara kantor itu mengatakan harga turun."], "mengatakan", ("Juru bicara", 0.9), "Juru bicara kantor itu"),
    ("a sure name goes before another name", ["Menjawab [Budi|PER1], kata [Rini|PER2], harga turun."], "kata", ("Budi", 0.9), "Budi"),
    ("an unsure one does not", ["Menjawab [Budi|PER1], kata [Rini|PER2], harga turun."], "kata", ("Budi", 0.7), "Rini"),
]


@pytest.mark.parametrize(("reason", "paragraphs", "cue", "speaker", "expected"), HEARD_SPEAKERS, ids=[r[0] for r in HEARD_SPEAKERS])
def test_the_model_may_say_who_speaks(reason: str, paragraphs: list[str], cue: str, speaker: tuple[str, float], expected: str) -> None:
    one = case(*paragraphs)
    (attribution,) = one.read(_heard(one, cue, speaker=speaker))
    assert attribution.speaker.span.of(one.document.text) == expected, reason


def test_who_speaks_is_doubted_where_the_model_hears_another() -> None:
    one = case("[Budi|PER1] sakit. Menurut [Rini|PER2], harga turun.")
    (same,) = one.read(_heard(one, "Menurut", speaker=("Rini", 0.7)))
    (other,) = one.read(_heard(one, "Menurut", speaker=("Budi", 0.7)))
    (unheard,) = one.read(_heard(one, "Menurut"))
    assert (same.speaker.score, other.speaker.score, unheard.speaker.score) == (0.7, 0.3, None)


def test_the_model_hears_a_relay_that_no_rule_reads() -> None:
    one = case('"Harga turun," kata [Rini|PER1] di acara Kabar Pagi.')
    chain = [(link.role, link.span.of(one.document.text)) for link in one.read(_heard(one, "kata", relay=("Kabar Pagi", 0.7)))[0].chain]
    assert chain == [("speaker", "Rini"), ("relay", "Kabar Pagi")]
    assert len(one.read(_heard(one, "kata", relay=("Kabar Pagi", 0.3)))[0].chain) == 1


def test_a_place_alone_is_a_relay_only_where_the_model_takes_it_for_one() -> None:
    """`kata Rini tentang gambar di Facebook`: what is talked about, not where."""
    one = case('"Harga turun," kata [Rini|PER1] tentang gambar di [Facebook|ORG1].')
    assert [link.role for link in one.read()[0].chain] == ["speaker", "relay"]
    assert [link.role for link in one.read(_heard(one, "kata"))[0].chain] == ["speaker"]
    assert [link.role for link in one.read(_heard(one, "kata", relay=("Facebook", 0.4)))[0].chain] == ["speaker", "relay"]


def test_what_the_model_did_not_hear_is_told_where_its_signs_are_good() -> None:
    """Beside a cue that the model heard, it hears neither of two others: the likely one is told, the doubtful one is not."""
    one = case("[Rini|PER1] mengatakan harga turun.", "[Budi|PER2] membantah bahwa harga naik dua kali lipat.", "[Wati|PER3] percaya diri.", "Wati percaya harga itu.")
    heard = _heard(one, "mengatakan", speaker=("Rini", 0.9))
    assert [cue for _, cue, _, _ in told(one, one.read(heard))] == ["mengatakan", "membantah"]
    assert "percaya" in [cue for _, cue, _, _ in told(one, one.read())]


def test_a_weak_frame_is_no_evidence() -> None:
    one = case("[Rini|PER1] melantunkan harga akan turun.")
    frame = Frame("cue", "cue", one.place("melantunkan"), 0.2, (Argument("speaker", one.place("Rini"), 0.9),))
    assert one.read(Signals(frames=(frame,))) == ()
