"""Two texts: which words they share, what kind of copy that makes them, what was changed."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from copied_pages import (
    DIRECT,
    FORECAST,
    FORECAST_LATER,
    INDIRECT,
    MORE,
    OWN,
    QUOTING,
    REWORDED,
    SAME_EVENT,
    STATEMENT,
    STATEMENT_QUOTED,
    WIRE,
    answers,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from cpu_time import grows_no_faster
from telusur.trace.align import align
from telusur.trace.changes import compare, edits_between
from telusur.trace.forms import opening_days
from telusur.trace.judge import judge
from telusur.trace.texts import Piece, take_apart


def piece(paragraphs: Sequence[str]) -> Piece:
    text = "\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(("paragraph", at, at + len(paragraph)))
        at += len(paragraph) + 1
    return take_apart(text, blocks)


@given(st.lists(st.integers(0, 30), max_size=80), st.lists(st.integers(0, 30), max_size=80))
@settings(max_examples=60)
def test_runs_are_the_same_words_and_never_overlap(a: list[int], b: list[int]) -> None:
    """Whatever the texts: every run quotes the same words of both, and no word of the first is in two."""
    used: set[int] = set()
    for stretch in align(a, b):
        for run in stretch.runs:
            assert a[run.a : run.a + run.length] == b[run.b : run.b + run.length]
            places = set(range(run.a, run.a + run.length))
            assert used.isdisjoint(places)
            used |= places
            assert stretch.a <= run.a
            assert run.a + run.length <= stretch.a_end
            assert stretch.b <= run.b
            assert run.b + run.length <= stretch.b_end


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (WIRE, WIRE, "verbatim"),
        (WIRE, ["Selat Mandar (ANTARA)" + WIRE[0].removeprefix("Selat Mandar"), *WIRE[1:]], "verbatim"),  # the credit dropped
        (WIRE[:3], WIRE, "abridged"),
        ([*WIRE, *MORE], WIRE, "extended"),
        (REWORDED, WIRE, "rewritten"),
        ([*OWN[:3], WIRE[5], WIRE[1], *OWN[3:]], WIRE, "partial"),
        (QUOTING, WIRE, None),  # a quotation alone
        (SAME_EVENT, WIRE, None),  # the same event in other words
        (FORECAST, FORECAST_LATER, None),  # a form with other figures
        (answers([31, 33, 35, 37, 39]), answers([62, 64, 66, 68, 70]), None),  # the same form and the same opening
        (STATEMENT_QUOTED, STATEMENT, "extended"),  # one release, told by the one, laid in a mouth by the other
        (INDIRECT, DIRECT, None),  # a speaker's words, in quotation marks and without
        (OWN, WIRE, None),
    ],
    ids=["the same", "credit dropped", "cut", "with more", "reworded", "spliced", "quotation", "same event", "template", "answers", "release", "indirect", "nothing"],
)
def test_kinds_of_copies(one: Sequence[str], other: Sequence[str], kind: str | None) -> None:
    """And the same, seen from the other side."""
    turned = {"abridged": "extended", "extended": "abridged"}
    a, b = piece(one), piece(other)
    assert judge(a.side, b.side).kind == kind
    assert judge(b.side, a.side).kind == turned.get(kind or "", kind)


@pytest.mark.parametrize(
    ("own", "one_outlet", "kind"),
    [
        (OWN, True, "partial"),  # an outlet that repeats its report of yesterday under what is new has written another
        (OWN, False, "extended"),  # of another outlet's report it is a copy with more
        ([*OWN, *MORE[:1]], False, "partial"),  # unless half an article of its own comes first: then that is what it tells
    ],
    ids=["one outlet", "two outlets", "two outlets, half an article first"],
)
def test_what_stands_under_another_lead_is_background(own: Sequence[str], one_outlet: bool, kind: str) -> None:
    found = judge(piece([*own, *WIRE]).side, piece(WIRE).side, one_outlet=one_outlet)
    assert found.kind == kind
    assert found.taken == 1


NOTICE = (
    "Dinas perhubungan membuka layanan penukaran karcis kapal di dermaga {place} pada {day}, bagi penumpang yang keberangkatannya tertunda.",
    "Petugas loket melayani penukaran itu sejak pagi sampai persediaan karcis habis, dan setiap penumpang hanya boleh mengambil satu lembar.",
    "Calon penumpang diminta membawa kartu pengenal asli beserta salinannya, lalu mengisi formulir yang tersedia di meja pendaftaran.",
    "Penukaran tidak dipungut biaya apa pun, dan penumpang yang datang terlambat dapat kembali pada hari berikutnya di tempat yang sama.",
)


def notice(place: str, day: str) -> Piece:
    return piece([paragraph.format(place=place, day=day) for paragraph in NOTICE])


@pytest.mark.parametrize(
    ("one", "other", "one_outlet", "kind"),
    [
        (("Karampuang", "Kamis (6/3/2025)"), ("Karampuang", "Kamis (20/3/2025)"), True, None),
        (("Karampuang", "Kamis 6 Maret 2025"), ("Karampuang", "Jumat 7 Maret 2025"), True, None),
        (("Karampuang", "Kamis (6/3/2025)"), ("Karampuang", "Kamis (6/3)"), True, "verbatim"),  # one day, written otherwise
        (("Karampuang", "6 Maret 2025"), ("Karampuang", "7 Maret 2025"), False, "verbatim"),  # another outlet says when it had it
        (("Karampuang", "hari ini"), ("Karampuang", "Jumat (7/3/2025)"), True, "verbatim"),  # one of them names no day
    ],
    ids=["a form", "months by name", "one day", "two outlets", "no day"],
)
def test_what_an_outlet_prints_for_another_day_is_a_form(one: tuple[str, str], other: tuple[str, str], one_outlet: bool, kind: str | None) -> None:
    """A notice that differs from yesterday's by its day alone shares more words with it than most copies do."""
    a, b = notice(*one), notice(*other)
    assert judge(a.side, b.side, one_outlet=one_outlet).kind == kind
    assert judge(b.side, a.side, one_outlet=one_outlet).kind == kind


def test_what_an_outlet_prints_for_another_place_is_no_copy() -> None:
    """The same words round another name where both open; the rest of it differs as such notices do."""
    a, b = (piece([NOTICE[0].format(place=place, day="hari ini"), *NOTICE[1:], *more]) for place, more in (("Karampuang", OWN[:2]), ("Salabose", MORE[:2])))
    assert judge(a.side, b.side, one_outlet=True).kind is None
    assert judge(a.side, b.side).kind == "rewritten"
    corrected = [notice(place, "hari ini").side for place in ("Karampuang", "Karampoang")]
    assert judge(*corrected, one_outlet=True).kind == "verbatim"  # nothing else differs: a name was corrected


def test_two_follow_ups_of_an_outlet_share_their_background() -> None:
    """Both repeat who it is about, and end with yesterday's report; what each tells is its own."""
    first = "Kapal penyeberangan Mutiara Laut yang kandas di perairan dangkal dekat Pulau Karampuang kembali menjadi bahan rapat"
    background = [*WIRE[1:3], *WIRE[4:], *STATEMENT]
    a = piece([f"{first} para pedagang ikan.", *OWN[:3], *background])
    b = piece([f"{first} sejumlah warga.", *MORE, *background])
    assert judge(a.side, b.side, one_outlet=True).kind == "partial"
    assert judge(a.side, b.side).kind in ("rewritten", "extended")


def test_days_of_the_calendar_are_told_from_fractions() -> None:
    """Where a text opens; what it says of later is not what day it is of."""
    side = piece(["Dua per tiga (2/3 bagian) lahan kering pada Senin (3/3/2025) dan 4 Maret, skor 2/1.", *WIRE, "Rapat digelar 9 April 2025."]).side
    assert opening_days(side) == {(3, 3), (4, 3)}
    assert opening_days(piece(["Tanpa hari."]).side) == set()


def test_tables_are_no_prose() -> None:
    """Prices by weight, set as a sentence."""
    table = "Emas 0,5 gram Rp 1.051.000, emas 1 gram Rp 1.998.000, emas 2 gram Rp 3.934.000, emas 5 gram Rp 9.516.000, emas 10 gram Rp 18.876.000."
    assert piece([table]).side.prose.size == 0
    assert piece([WIRE[0]]).side.prose.size == len(WIRE[0].replace("-", " ").split())


def test_slips_of_the_pen_make_no_other_text() -> None:
    """One word in fifteen is misspelt."""
    chance = random.Random(3)
    slipped = [" ".join(word[:-1] + "x" if chance.random() < 0.07 else word for word in paragraph.split()) for paragraph in WIRE]
    assert judge(piece(slipped).side, piece(WIRE).side).kind in ("verbatim", "rewritten")


def test_every_paragraph_says_what_became_of_it() -> None:
    later = [WIRE[0], WIRE[2].replace("seratus dua puluh", "seratus tiga puluh"), MORE[0], WIRE[5]]
    changes = compare(piece(WIRE), piece(later))
    assert [change.kind for change in changes] == ["same", "cut", "reworded", "added", "cut", "cut", "same"]
    assert [(edit.op, edit.text.strip()) for edit in changes[2].edits if edit.op != "same"] == [("dropped", "dua"), ("added", "tiga")]


def test_a_sentence_that_went_into_two_is_told_once() -> None:
    """Each later paragraph is compared with its own part of the earlier one."""
    earlier = ["Nakhoda kapal sempat mengarahkan haluan ke pelabuhan terdekat, tetapi arus yang deras menyeret kapal itu ke gugusan karang."]
    later = ["Nakhoda kapal sempat mengarahkan haluan ke pelabuhan terdekat.", "Arus yang deras menyeret kapal itu ke gugusan karang."]
    dropped = [edit.text.strip() for change in compare(piece(earlier), piece(later)) for edit in change.edits if edit.op == "dropped"]
    assert dropped == ["tetapi"]


def test_what_became_less_sure_is_told() -> None:
    sure = ["Pompa hidrolik kemudi menjadi penyebab kandasnya kapal penyeberangan itu di perairan dangkal, kata kepala kantor pelabuhan."]
    unsure = [sure[0].replace("menjadi penyebab", "diduga menjadi penyebab")]
    assert compare(piece(sure), piece(unsure))[0].softened == ("diduga",)
    assert compare(piece(unsure), piece(sure))[0].hardened == ("diduga",)


def test_marks_and_case_are_no_change() -> None:
    assert {edit.op for edit in edits_between("Kapal itu kandas, kata nakhoda.", "kapal itu kandas kata nakhoda")} == {"same"}


def test_spans_quote_the_paragraphs() -> None:
    earlier, later = piece(WIRE), piece([*MORE[:1], *WIRE[3:]])
    for change in compare(earlier, later):
        if change.later is not None and change.kind == "same":
            assert change.later.of(later.text) in WIRE
        if change.kind == "cut" and change.earlier is not None:
            assert change.earlier.of(earlier.text) in WIRE


def test_a_text_that_repeats_itself_costs_no_more() -> None:
    """Four times the text takes about four times the time, though every run of words stands in it a thousand times."""

    def work(times: int) -> None:
        keys = piece(["arus yang deras menyeret kapal itu ke gugusan karang. " * times]).side.words.keys
        align(keys, keys)

    assert grows_no_faster(work, 400, 1600, 8)
